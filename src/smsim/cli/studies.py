"""The commands that play: run, compare; and report, which draws what they left."""

from __future__ import annotations

import dataclasses
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smsim.cli import tell
from smsim.cli.guard import say
from smsim.cli.progress import shown
from smsim.errors import InputError, Problem, RunError

if TYPE_CHECKING:
    from smsim.compare import Comparison
    from smsim.experiment.plan import Plan
    from smsim.results import ResultSet


@dataclass(frozen=True)
class Asked:
    """Which scenarios, and what is changed in all of them."""

    scenarios: list[str]
    sets: list[str]
    varies: list[str]
    run: Mapping[str, float | None]

    def load(self) -> list[Any]:
        """Read the scenarios. Raises ScenarioError."""
        from smsim.scenario import load_all

        told = [f"run.{name}={value:g}" if isinstance(value, float) else f"run.{name}={value}"
                for name, value in self.run.items() if value is not None]
        return list(load_all(self.scenarios, [*self.sets, *told], self.varies))


@dataclass(frozen=True)
class Manner:
    """How a study is played and told."""

    workers: int | None
    out: Path | None
    leads: bool
    quiet: bool
    json: bool

    @property
    def is_silent(self) -> bool:
        """Whether nothing but results may be said."""
        return self.quiet or self.json


def run(asked: Asked, manner: Manner) -> int:
    """Play scenarios, write results, draw them."""
    results, out = _play(asked, manner, None)
    if len(results.runs):
        _draw(out, manner)
    if manner.json:
        tell.as_json(tell.of_run(results, out))
    elif len(results.runs):
        tell.in_words(results, out, quiet=manner.quiet)
    return _status(results, out)


def compare(asked: Asked, manner: Manner, band: str) -> int:
    """Play scenarios in the same worlds, pair them, write and draw the differences."""
    from smsim.compare import Comparison

    share = _share(band)
    results, out = _play(asked, manner, share)
    if results.baseline not in results.scenarios:
        return _status(results, out)
    comparison = Comparison(results, share)
    comparison.write(out)
    _draw(out, manner)
    if manner.json:
        tell.as_json(tell.of_comparison(comparison, out))
    else:
        tell.in_words(comparison, out, quiet=manner.quiet)
    return _status(results, out)


def report(folder: Path, band: str | None, *, quiet: bool, json: bool) -> int:
    """Draw a results folder again."""
    from smsim.compare import Comparison
    from smsim.report import draw
    from smsim.results import ResultSet

    results = ResultSet.read(folder)
    if band is not None or (folder / "differences.parquet").is_file():
        share = _share(band) if band is not None else float(results.provenance.get("band", 0.01))
        _judge_again(Comparison(results, share), folder)
    files = draw(folder)
    shown_files = [str(path) for path in files or ()]
    if json:
        tell.as_json({"out": str(folder), "files": shown_files})
    elif not quiet:
        print(f"{folder / 'report.html'} and {max(len(shown_files) - 1, 0)} pictures in {folder / 'charts'}")
    return 0


def _judge_again(comparison: Comparison, folder: Path) -> None:
    from smsim.experiment import provenance, tables

    comparison.write(folder)
    about = provenance.read(folder)
    if about and about.get("band") != comparison.band:
        tables.write_text(folder / "provenance.json", provenance.as_text(about | {"band": comparison.band}))


def _play(asked: Asked, manner: Manner, band: float | None) -> tuple[ResultSet, Path]:
    from smsim.experiment.plan import Plan
    from smsim.experiment.runner import Crew
    from smsim.experiment.study import Desk
    from smsim.experiment.versions import cores
    from smsim.results import play_study

    plan = Plan(tuple(asked.load()), leads=manner.leads)
    if band is not None:
        plan.require_comparable()
    if not manner.is_silent:
        _warn_of_logs(plan)
    out = manner.out or default_out(plan)
    desk = Desk(out, ["smsim", *sys.argv[1:]], notes={} if band is None else {"band": band})
    try:
        with shown(quiet=manner.is_silent) as progress:
            desk = dataclasses.replace(desk, progress=progress)
            return play_study(plan, Crew(manner.workers or cores()), desk), out
    except KeyboardInterrupt:
        if (out / "provenance.json").is_file():
            say(f"What was finished is kept in {out}; the same command goes on from there.")
        raise


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
    name = re.sub(r"[^\w.=+ -]+", "-", plan.baseline).strip(" .-")[:100] or "scenario"
    others = len(plan.scenarios) - 1
    return Path("results") / (f"{name}+{others}" if others else name)


def _share(text: str) -> float:
    from smsim.core import units

    try:
        share = units.read(text, "share")
    except ValueError as error:
        raise InputError(Problem("--band is no share", read=text, allowed=str(error) or units.allowed("share"))) from error
    if not 0 <= share <= 1:
        meant = f"`{text}%`" if share > 1 and not text.endswith("%") else ""
        raise InputError(Problem("--band is no share", read=text, allowed="a share from 0% to 100%", meant=meant))
    return share


def _draw(out: Path, manner: Manner) -> None:
    from smsim.report import draw

    if not manner.is_silent and sys.stderr.isatty():
        say("drawing …", "dim")
    draw(out)


def _status(results: ResultSet, out: Path) -> int:
    failed = len(results.failures)
    if not failed:
        return 0
    first = results.failures.iloc[0]
    raise RunError(f"{failed} of {failed + len(results.runs)} replications failed, the first with {first['error']}\n"
                   f"    all of them with tracebacks in {out / 'failures.parquet'}; the same command tries them again")
