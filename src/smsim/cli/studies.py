"""The commands that play: run, compare; and report, which draws what they left."""

from __future__ import annotations

import contextlib
import dataclasses
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smsim.cli import tell
from smsim.cli.guard import say
from smsim.cli.manner import Manner
from smsim.cli.progress import shown
from smsim.errors import InputError, Problem, RunError, printable

if TYPE_CHECKING:
    from smsim.compare import Comparison
    from smsim.experiment.aim import Aim
    from smsim.experiment.plan import Plan
    from smsim.results import ResultSet


@dataclass(frozen=True)
class Asked:
    """Which scenarios, what is changed in all of them, and what they are played for if not for their replications."""

    scenarios: list[str]
    sets: list[str]
    varies: list[str]
    run: Mapping[str, str | None]
    aim: Mapping[str, str | None] = field(default_factory=dict)

    def load(self) -> list[Any]:
        """Read the scenarios. Raises ScenarioError."""
        from smsim.scenario import load_all
        from smsim.scenario.command import Told

        told = [Told(f"--{name}", f"run.{name}", value) for name, value in self.run.items() if value is not None]
        return list(load_all(self.scenarios, [*self.sets, *told], self.varies))


def run(asked: Asked, manner: Manner) -> int:
    """Play scenarios, write results, draw them."""
    results, out = _play(asked, manner, None)
    undrawn = draw_into(out, manner) if len(results.runs) else None
    if manner.json:
        tell.as_json(tell.of_run(results, out) | manner.where())
    elif len(results.runs):
        tell.in_words(results, out, quiet=manner.quiet)
        manner.tell_where()
    return status(results, out, undrawn)


def compare(asked: Asked, manner: Manner, band: str) -> int:
    """Play scenarios in the same worlds, pair them, write and draw the differences."""
    from smsim.compare import Comparison
    from smsim.reasons import losses

    share = share_of(band)
    results, out = _play(asked, manner, share)
    if results.baseline not in results.scenarios:
        return status(results, out)
    comparison = Comparison(results, share)
    comparison.write(out)
    losses.write(results, out)
    undrawn = draw_into(out, manner)
    if manner.json:
        tell.as_json(tell.of_comparison(comparison, out) | manner.where())
    else:
        tell.in_words(comparison, out, quiet=manner.quiet)
        manner.tell_where()
    return status(results, out, undrawn)


def report(folder: Path, band: str | None, manner: Manner) -> int:
    """Draw a results folder again."""
    from smsim.cli import mattering
    from smsim.compare import Comparison
    from smsim.report import draw
    from smsim.report.advice import is_advice
    from smsim.results import ResultSet

    results = ResultSet.read(folder) if not is_advice(folder) else None
    if results is not None and (band is not None or (folder / "differences.parquet").is_file()):
        share = share_of(band) if band is not None else float(results.provenance.get("band", 0.01))
        _judge_again(Comparison(results, share), folder)
    if results is not None and (folder / "sensitivity.parquet").is_file():
        mattering.write(Comparison(results), folder)
    files = draw(folder)
    shown_files = [str(path) for path in files or ()]
    if manner.takeaways is not None:
        manner.takeaways.write(folder)
    if manner.json:
        tell.as_json({"out": str(folder), "files": shown_files} | manner.where())
    elif not manner.quiet:
        print(f"{folder / 'report.html'} and {max(len(shown_files) - 1, 0)} pictures in {folder / 'charts'}")
        manner.tell_where()
    return 0


def _judge_again(comparison: Comparison, folder: Path) -> None:
    from smsim.experiment import provenance, tables
    from smsim.reasons import losses

    comparison.write(folder)
    losses.write(comparison.results, folder)
    about = provenance.read(folder)
    if about and about.get("band") != comparison.band:
        tables.write_text(folder / "provenance.json", provenance.as_text(about | {"band": comparison.band}))


def _play(asked: Asked, manner: Manner, band: float | None) -> tuple[ResultSet, Path]:
    from smsim.experiment.aim import aim_of
    from smsim.experiment.plan import Plan

    manner.count()
    plan = Plan(tuple(asked.load()), leads=manner.leads)
    if band is not None:
        plan.require_comparable()
    aim = aim_of({**asked.aim, "replications": asked.run.get("replications")}, paired=band is not None, band=band or 0.0)
    return play(plan, manner, manner.out or default_out(plan), {} if band is None else {"band": band}, aim)


def play(plan: Plan, manner: Manner, out: Path, notes: dict[str, Any], aim: Aim | None = None) -> tuple[ResultSet, Path]:
    """Play a plan into a folder, telling how far it is; the notes stand in its provenance."""
    from smsim.experiment.runner import Crew
    from smsim.experiment.study import Desk
    from smsim.report import wake
    from smsim.results import play_study

    crew = Crew(manner.count(), cluster=manner.cluster)
    if not manner.is_silent:
        _warn_of_logs(plan)
    desk = Desk(out, ["smsim", *sys.argv[1:]], notes=notes, aim=aim)
    try:
        with shown(quiet=manner.is_silent) as progress, contextlib.redirect_stdout(sys.stderr):  # a plugin may print
            desk = dataclasses.replace(desk, progress=progress)
            wake()
            results = play_study(plan, crew, desk)
        tell_of_store(results, manner)
        return results, out
    except KeyboardInterrupt:
        if (out / "provenance.json").is_file():
            say(f"What was finished is kept in {out}; the same command goes on from there.")
        raise


def tell_of_store(results: ResultSet, manner: Manner) -> None:
    """Say how many replications came from the store; also where nothing else is said, what was wrong with it."""
    about = results.provenance.get("store") or {}
    if about.get("reused") and not manner.is_silent:
        say(f"{about['reused']} of {len(results.runs)} replications had been played before and came from the store (`smsim store`)")
    for trouble in about.get("troubles") or ():
        say(trouble, "yellow")


def _warn_of_logs(plan: Plan) -> None:
    """Say which rows of a replayed log a run is too short for."""
    scenarios: list[Any] = list(plan.scenarios)
    for scenario in scenarios:
        if "leads.replay.file" in getattr(scenario, "written", dict)():
            from smsim.model import check

            if note := check(scenario):
                say(f"{scenario.name}: {note}")


def default_out(plan: Plan) -> Path:
    """`results/NAME`, and how many others: the first scenario's name as a folder may be called."""
    name = as_folder(plan.baseline)
    others = len(plan.scenarios) - 1
    return Path("results") / (f"{name}+{others}" if others else name)


def as_folder(name: str) -> str:
    """A name as a folder may be called."""
    return re.sub(r"[^\w.=+ -]+", "-", name).strip(" .-")[:100] or "scenario"


def share_of(text: str) -> float:
    """The share that `--band` says. Raises InputError."""
    from smsim.core import units

    allowed = "a share such as `1%` or `0.01`, from 0% to 100%"
    try:
        share = units.read(text if text.isascii() else "", "share")
    except ValueError as error:
        raise InputError(Problem("--band is no share", read=text[:80], allowed=allowed)) from error
    if not 0 <= share <= 1:
        meant = f"`{text}%`" if 1 < share <= 100 and not text.endswith("%") else ""
        raise InputError(Problem("--band is no share", read=text[:80], allowed=allowed, meant=meant))
    return share


def draw_into(out: Path, manner: Manner) -> RunError | None:
    """Draw a folder; what kept it from being drawn is told after the results."""
    from smsim.report import draw

    if not manner.is_silent and sys.stderr.isatty():
        say("drawing …", "dim")
    try:
        draw(out)
        if manner.takeaways is not None:
            manner.takeaways.write(out)
    except RunError as error:
        return error
    return None


def status(results: ResultSet, out: Path, undrawn: RunError | None = None) -> int:
    """The status a study leaves with. Raises RunError where a replication failed, or what was found could not be drawn."""
    failed = len(results.failures)
    if not failed and undrawn is not None:
        raise undrawn
    if not failed:
        return 0
    raise RunError(f"{failed} of {failed + len(results.runs)} replications failed, the first: {_first(results)}\n"
                   f"    all of them with tracebacks in {out / 'failures.parquet'}; the same command tries them again")


def _first(results: ResultSet) -> str:
    """Which replication failed, with what, where, and what may help."""
    first = results.failures.iloc[0]
    lines = re.findall(r'File "([^"]+)", line (\d+)', str(first["traceback"]))
    where = f" ({lines[-1][0]}:{lines[-1][1]})" if lines else ""
    narrow = "MemoryError" in first["error"] or "memory" in first["error"]
    told = f"{first['scenario']}, replication {first['replication']}: {printable(first['error'])[:300]}{where}"
    return f"{told}\n    fewer --workers leave more memory to each, fewer customers need less" if narrow else told
