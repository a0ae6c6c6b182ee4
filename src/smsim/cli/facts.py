"""The stylised facts, in words, as a list, or as one JSON object."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smsim.cli import tell
from smsim.cli.guard import say
from smsim.cli.progress import shown
from smsim.errors import RunError

if TYPE_CHECKING:
    from smsim.cli.manner import Manner
    from smsim.facts.fact import Fact, Measure
    from smsim.facts.judging import Finding, Judged
    from smsim.facts.playing import FactsPlan
    from smsim.results import ResultSet


def compute(ids: Sequence[str], sets: Sequence[str], run: Mapping[str, str | None], manner: Manner) -> int:
    """Play the worlds of the facts asked for and say what the model makes of each."""
    from smsim.facts.playing import Request, judge_all
    from smsim.facts.shelf import choose
    from smsim.scenario.command import Told

    chosen, workers = choose(ids), manner.count()
    told = [Told(f"--{name}", f"run.{name}", value) for name, value in run.items() if value is not None]
    plan = Request(chosen, [*sets, *told]).plan()
    results = _play(plan, workers, manner)
    if len(results.runs):
        findings = judge_all(chosen, results)
        if manner.json:
            tell.as_json({"facts": [of_finding(finding) for finding in findings]})
        elif not manner.quiet:
            _in_words(findings)
    return _status(results, manner.out)


def _play(plan: FactsPlan, workers: int, manner: Manner) -> ResultSet:
    """Play the worlds, telling how far it is."""
    from smsim.cli.studies import tell_of_store
    from smsim.experiment.runner import Crew
    from smsim.experiment.study import Desk
    from smsim.facts.playing import play_facts

    try:
        with shown(quiet=manner.is_silent) as progress:
            desk = Desk(manner.out, ["smsim", *sys.argv[1:]], progress)
            results = play_facts(plan, Crew(workers, cluster=manner.cluster), desk)
        tell_of_store(results, manner)
    except KeyboardInterrupt:
        if manner.out is not None and (manner.out / "provenance.json").is_file():
            say(f"What was finished is kept in {manner.out}; the same command goes on from there.")
        raise
    return results


def list_all(ids: Sequence[str], *, json: bool) -> int:
    """List the facts; nothing is played."""
    from smsim.facts.fact import KINDS
    from smsim.facts.shelf import choose

    chosen = choose(ids)
    if json:
        tell.as_json({"facts": [_about(fact) | {"measures": [_of_measure(one) for one in fact.measures]} for fact in chosen]})
        return 0
    for kind, about in KINDS.items():
        of_kind = [fact for fact in chosen if fact.kind == kind]
        _print(*([f"{kind.capitalize()} ({about})", ""] if of_kind else []))
        for fact in of_kind:
            _print(f"[{fact.id}] {fact.title} ({fact.kind})", f"    {fact.statement}", f"    {_source(fact)}", "")
    return 0


def of_finding(finding: Finding) -> dict[str, Any]:
    """A fact as `--json` prints it."""
    return _about(finding.fact) | {"measures": [_of_judged(one) for one in finding.measures], "verdict": finding.verdict}


def _about(fact: Fact) -> dict[str, Any]:
    worlds = list(dict.fromkeys(world.scenario for world in fact.worlds.values()))
    return {"id": fact.id, "title": fact.title, "kind": fact.kind, "statement": fact.statement, "scenarios": worlds,
            "source": fact.source, "confirmed": fact.confirmed}


def _of_measure(measure: Measure) -> dict[str, Any]:
    return {"name": measure.name, "says": measure.says, "band": list(measure.band), "restates": measure.restates}


def _of_judged(one: Judged) -> dict[str, Any]:
    found = {"value": one.value, "low": one.low, "high": one.high, "n": one.n, "verdict": one.verdict}
    return _of_measure(one.measure) | found


def _in_words(findings: Sequence[Finding]) -> None:
    from rich.table import Table
    from rich.text import Text

    for finding in findings:
        fact = finding.fact
        _print(f"[{fact.id}] {fact.title} ({fact.kind}): {finding.verdict}", f"    {fact.statement}", f"    {_source(fact)}")
        table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
        for head in ("   ", "measure", "value", "95% interval", "band", "verdict"):
            table.add_column(Text(head), overflow="fold")
        for one in finding.measures:
            cells = ("", one.measure.says, said(one.value), interval(one), band(one.measure), one.verdict)
            table.add_row(*map(Text, cells))
        tell.on_terminal().print(table)
        _print(f"    {finding.measures[0].n} replications of {', '.join(_about(fact)['scenarios'])}", "")
    _print(*in_sum(findings))


def in_sum(findings: Sequence[Finding]) -> list[str]:
    """A line for each kind of fact: which are inside their bands, which are not."""
    from smsim.facts.fact import KINDS

    lines = []
    for kind, about in KINDS.items():
        found: dict[str, list[str]] = {}
        for finding in findings:
            if finding.fact.kind == kind:
                found.setdefault(finding.verdict, []).append(finding.fact.id)
        if found:
            told = "; ".join(f"{verdict} {', '.join(ids)}" for verdict, ids in found.items())
            lines.append(f"{kind.capitalize()} ({about}): {told}.")
    return lines


def _source(fact: Fact) -> str:
    return f"{fact.source} ({fact.confirmed})"


def _print(*lines: str) -> None:
    for line in lines:
        tell.on_terminal().print(line, markup=False, highlight=False, soft_wrap=True)


def said(value: float) -> str:
    """A number of three digits, or a dash."""
    return f"{value:.3g}" if math.isfinite(value) else "–"


def interval(one: Judged) -> str:
    """The 95% interval."""
    return f"{said(one.low)} to {said(one.high)}"


def band(measure: Measure) -> str:
    """The band in words."""
    least, most = measure.band
    if math.isinf(most):
        return f"{least:g} or more"
    return f"{most:g} or less" if math.isinf(least) else f"{least:g} to {most:g}"


def _status(results: ResultSet, out: Path | None) -> int:
    failed = len(results.failures)
    if not failed:
        return 0
    where = f"\n    all of them with tracebacks in {out / 'failures.parquet'}" if out else ""
    first = results.failures.iloc[0]
    raise RunError(f"{failed} of {failed + len(results.runs)} replications failed, the first with {first['error']}{where}")
