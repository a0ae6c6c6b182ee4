"""What was found, as tables: on the screen, in a Markdown page between two markers, and whole in a JSON file."""

from __future__ import annotations

import json
import math
import os
import platform
import re
import statistics
from dataclasses import asdict
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.additions import PLAIN
from benchmarks.goals import Goal
from benchmarks.rounds import Results, median, ratio, ratios
from smsim.report.markers import between

LATEST = Path(__file__).with_name("latest.json")
BEGIN, END = "<!-- bench: written by `make bench` -->", "<!-- bench: end -->"
KINDS = {"full": "smsim, full first storey", "core": "smsim, core funnel", "twin": "Mesa twin of the core funnel", "floor": "floor"}
COMMANDS = {
    "python": "Python alone", "import mesa": "`import mesa`", "smsim --help": "`smsim --help`",
    "smsim run": "`smsim run`, one replication of 14 weeks, compiled before, with its report",
    "without report": "the same replication by `smsim.run`, without a report",
    "cold": "two weeks of `silo`, nothing compiled", "warm": "two weeks of `silo`, compiled",
    "one process": "a study of two scenarios, one process", "two processes": "the same study, two processes, started for it",
    "two ready": "the same study, two processes that were there already",
    "thousand by one": "1,000 replications of `silo`, two years, 2,000 customers, one warm process",
    "thousand by two": "the same, two warm processes",
}
#: Title → rows of cells, the first of them the header.
Tables = dict[str, list[list[str]]]


def tables(found: dict[str, Any], held: list[Goal]) -> Tables:
    """All tables for which something was measured."""
    made = {"Goals": _goals(held), "A simulated year": _engines(found["engines"]),
            "What each addition costs": _additions(found["additions"]), "Memory, bytes a customer": _memory(found["memory"]),
            "Whole commands": _commands(found), "Where a customer-day goes, nanoseconds": _profile(found["profile"])}
    return {title: rows for title, rows in made.items() if len(rows) > 1}


def _goals(held: list[Goal]) -> list[list[str]]:
    measured = [goal for goal in held if not math.isnan(goal.measured)]
    rows = [["goal", "wanted", "measured", "verdict"]]
    return rows + [[goal.name, goal.wanted, figure(goal.measured), goal.verdict] for goal in measured]


def _engines(results: Results) -> list[list[str]]:
    rows = [["engine", "customers", "ns a customer-day", "lowest and highest round", "seconds a year", "seconds to set up"]]
    for name, rounds in results.items():
        kind, size = name.split()
        days = [one["customer-day"] for one in rounds]
        middle = median(results, name, "customer-day")
        rows.append([KINDS[kind], f"{int(size):,}", figure(middle), f"{figure(min(days))} – {figure(max(days))}",
                     figure(middle * 364 * int(size) / 1e9), figure(median(results, name, "set up"))])
    return rows


def _additions(results: Results) -> list[list[str]]:
    rows = [["scenario, with the people, customers and money of `silo`", "seconds of the processor a year", "times `silo`",
             "middle half of the rounds"]]
    for name in results:
        times = ratios(results, name, PLAIN, "year")
        spread = "–" if name == PLAIN or len(times) < 2 else " – ".join(figure(statistics.quantiles(times)[at]) for at in (0, 2))
        rows.append([f"`{name}`", figure(median(results, name, "year")), figure(ratio(results, name, PLAIN, "year")), spread])
    return rows


def _memory(memory: dict[str, dict[str, float]]) -> list[list[str]]:
    rows = [["engine", "customers", "customers and accounts", "live leads", "all tables but the log", "log", "process grew by",
             "at its peak"]]
    for name, told in memory.items():
        kind, size = name.split()
        cells = [told.get("table customers", math.nan) + told.get("table accounts", math.nan), told.get("table leads", math.nan),
                 told.get("hot", math.nan), told.get("log", math.nan), told["grown"], told["peak"]]
        if kind != "floor":
            rows.append([KINDS[kind], f"{int(size):,}", *map(figure, cells)])
    return rows


def _commands(found: dict[str, Any]) -> list[list[str]]:
    rows = [["command", "seconds by the clock", "seconds of processors"]]
    for part in ("commands", "compiling", "processes", "thousand"):
        for name, rounds in found.get(part, {}).items():
            cpu = figure(median(found[part], name, "cpu")) if "cpu" in rounds[0] else ""
            rows.append([COMMANDS[name], figure(median(found[part], name, "seconds")), cpu])
    return rows


def _profile(profile: Results) -> list[list[str]]:
    sizes = list(profile)
    rows = [["part of the day", *(f"{int(size.split()[1]):,} customers" for size in sizes)]]
    middle = {size: {part: median(profile, size, part) for part in profile[size][0]} for size in sizes}
    whole = {size: sum(parts.values()) for size, parts in middle.items()}
    parts = sorted(middle[sizes[-1]], key=middle[sizes[-1]].__getitem__, reverse=True) if sizes else []
    return rows + [[part, *(f"{figure(middle[size][part])} ({middle[size][part] / whole[size]:.0%})" for size in sizes)] for part in parts]


def figure(value: float) -> str:
    """A number to three digits; a dash for none."""
    if math.isnan(value):
        return "–"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def machine() -> dict[str, Any]:
    """What it was measured on and with."""
    cpus = Path("/proc/cpuinfo")
    named = re.search(r"model name\s*: (.*)", cpus.read_text()) if cpus.exists() else None
    return {"processor": named[1] if named else platform.machine(), "cores": os.cpu_count(), "system": platform.system(),
            "python": platform.python_version(), **{name: version(name) for name in ("smsim", "mesa", "numba", "numpy")}}


def markdown(found: dict[str, Any], held: list[Goal]) -> str:
    """Every table, under what it was measured on."""
    on = machine()
    out = [f"Measured on {date.today():%d.%m.%Y}: medians of {found['rounds']} rounds on {on['processor']}, {on['cores']} cores, Python "
           f"{on['python']}, Mesa {on['mesa']}, Numba {on['numba']}."]
    drawn = {"engines": "![Cost of a customer-day by size](pictures/speed.svg)", "profile": "![Parts of the day](pictures/speed_day.svg)"}
    out += [picture for part, picture in drawn.items() if found[part]]
    for title, (header, *rows) in tables(found, held).items():
        lines = ["| " + " | ".join(row) + " |" for row in [header, ["---"] * len(header), *rows]]
        out.append(f"### {title}\n\n" + "\n".join(lines))
    return "\n\n".join(out)


def keep(found: dict[str, Any], held: list[Goal], page: Path) -> None:
    """Write what was found: every round into a file of numbers, tables into the page, pictures beside it."""
    from benchmarks.pictures import draw

    filled = between(page.read_text(encoding="utf-8"), BEGIN, END, f"\n\n{markdown(found, held)}\n\n")
    goals = [asdict(goal) | {"verdict": goal.verdict} for goal in held]
    LATEST.write_text(json.dumps({"machine": machine(), "goals": goals, **found}, indent=1) + "\n", encoding="utf-8")
    page.write_text(filled, encoding="utf-8")
    draw(found, page.parent / "pictures")
