"""Measure everything, print it, and write it down: `make bench`, or `python -m benchmarks --quick` for a look."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.additions import additions
from benchmarks.commands import commands, compiling, processes, thousand
from benchmarks.goals import goals
from benchmarks.page import keep, tables
from benchmarks.rounds import interleave
from benchmarks.stage import Act, Stage
from smsim.core.kernel import sources_hash

HALF_YEAR, QUARTER = 182, 91
#: What plays in the rounds. Everybody is warm before; the largest plays four weeks a round, the others a quarter or a year.
ACTS = [
    Act("full", 500, HALF_YEAR, 364), Act("full", 2000, HALF_YEAR, 364), Act("full", 20_000, HALF_YEAR, 364),
    Act("full", 200_000, HALF_YEAR, QUARTER), Act("full", 1_000_000, HALF_YEAR, 28),
    Act("core", 2000, HALF_YEAR, 364), Act("core", 20_000, HALF_YEAR, 364),
    Act("twin", 2000, HALF_YEAR, QUARTER), Act("twin", 20_000, HALF_YEAR, QUARTER),
    Act("floor", 20_000, 7, 364), Act("floor", 200_000, 7, QUARTER),
]
PROFILED = ("full 2000", "full 20000", "full 200000")
PARTS = ("engines", "additions", "commands", "compiling", "processes", "thousand")


def arguments(given: list[str]) -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="two rounds, up to 20,000 customers, nothing written: a look, not a result")
    parser.add_argument("--rounds", type=int, help="how often everybody plays (7; quick: 2)")
    parser.add_argument("--only", action="append", choices=PARTS, help="measure this part alone, again for more; nothing is written")
    parser.add_argument("--check", action="store_true", help="compare the yearly totals of the core funnel and its Mesa twin, and stop")
    parser.add_argument("--page", type=Path, default=Path("docs/speed.md"), help="the page that gets the tables")
    asked = parser.parse_args(given)
    asked.rounds = asked.rounds or (2 if asked.quick else 7)
    return asked


def measure(asked: argparse.Namespace, console: Console) -> dict[str, Any]:
    """Everything that was asked for, part by part."""
    parts, rounds, tell = asked.only or PARTS, asked.rounds, console.log
    found: dict[str, Any] = {"rounds": rounds, "memory": {}, "profile": {}, **{part: {} for part in PARTS}}
    if "engines" in parts:
        found |= engines([act for act in ACTS if not asked.quick or act.customers <= 20_000], rounds, console)
    if "additions" in parts:
        found["additions"] = interleave(additions(), 3 * rounds, tell)
    if "commands" in parts:
        with commands() as started:
            found["commands"] = interleave(started, rounds, tell)
    if "compiling" in parts:
        with compiling() as compiled:
            found["compiling"] = interleave(compiled, min(rounds, 3), tell)
    if "processes" in parts:
        with processes(4 if asked.quick else 100) as studies:
            found["processes"] = interleave(studies, min(rounds, 5), tell)
    if "thousand" in parts:
        with thousand(40 if asked.quick else 1000) as played:
            found["thousand"] = interleave(played, min(rounds, 2), tell)
    return found


def engines(acts: Iterable[Act], rounds: int, console: Console) -> dict[str, Any]:
    """Engines side by side; then the memory of each, and where the full model's time goes."""
    with ExitStack() as stack:
        stages = {act.name: stack.enter_context(closing(Stage(act))) for act in acts}
        console.log(f"setting the stage for {', '.join(stages)}")
        memory = {name: stage.ask("memory") for name, stage in stages.items()}
        results = interleave({name: stage.round for name, stage in stages.items()}, rounds, console.log)
        watched = {name: stages[name] for name in PROFILED if name in stages}
        profiles = {name: partial(stage.ask, "profile") for name, stage in watched.items()}
        shares = interleave(profiles, min(rounds, 3), console.log)
    return {"engines": results, "memory": memory, "profile": shares}


def check(console: Console) -> int:
    """Hold the ten yearly totals of both models against each other."""
    from benchmarks.totals import agreements

    found = agreements()
    for one in found:
        console.print(f"{one.name:14} smsim {one.smsim:14,.1f}   twin {one.twin:14,.1f}   {one.errors:+5.2f} standard errors apart")
    return 0 if all(one.holds for one in found) else 1


def table(title: str, rows: list[list[str]]) -> Table:
    """A table for the screen."""
    made = Table(*rows[0], title=title, title_justify="left")
    for row in rows[1:]:
        made.add_row(*row)
    return made


def main(given: list[str]) -> int:
    """Measure, print, write down."""
    asked, console = arguments(given), Console()
    os.environ["SMSIM_STORE"] = "off"  # what is timed is played
    if asked.check:
        return check(console)
    before = sources_hash()
    found = measure(asked, console)
    if sources_hash() != before:
        console.print("The sources changed meanwhile: these are the figures of no version, and are not kept.", style="bold red")
        asked.quick = True
    for title, rows in tables(found, goals(found)).items():
        console.print(table(title, rows))
    if not (asked.quick or asked.only):
        keep(found, goals(found), asked.page)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
