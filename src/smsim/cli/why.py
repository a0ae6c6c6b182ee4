"""The command that says why two scenarios differ: through which settings, and through which leads."""

from __future__ import annotations

import contextlib
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smsim.cli import studies, tell
from smsim.cli.guard import say
from smsim.cli.manner import Manner
from smsim.errors import InputError, Problem

if TYPE_CHECKING:
    from smsim.experiment.plan import Plan
    from smsim.reasons.splitting import Split
    from smsim.reasons.study import Why
    from smsim.report.findings import Findings
    from smsim.results import ResultSet

_SIDES = ("key", "section")
_MOST_ORDERS = 10_000


@dataclass(frozen=True)
class Wanted:
    """What of the gap is split, and over what."""

    kpi: str
    by: str
    together: list[str]
    orders: str | None
    band: str


def why(asked: studies.Asked, manner: Manner, wanted: Wanted) -> int:
    """Split the gap between two scenarios, write it, draw it, say it."""
    from smsim.reasons import study

    share, split = studies.share_of(wanted.band), _split(asked, wanted)
    if not split.pieces:
        return _alike(split, manner, wanted.kpi)
    out = manner.out or Path("results") / studies.as_folder(f"why {split.a.name} {split.b.name}")
    plans = study.plans(split, out)
    _foretell(split, plans, out, manner)

    def player(plan: Plan, path: Path | None, notes: dict[str, Any]) -> ResultSet:
        assert path is not None
        return studies.play(plan, manner, path, notes)[0]

    found = study.play(split, player, out, {"band": share, "why": split.about(wanted.kpi)})
    results = found.comparison.results
    if results.baseline not in results.scenarios:
        return studies.status(results, out)
    undrawn = studies.draw_into(out, manner)
    _tell(found, wanted.kpi, out, manner)
    if found.between is not None and len(found.between.failures):
        return studies.status(found.between, out / study.BETWEEN)
    return studies.status(results, out, undrawn)


def _split(asked: studies.Asked, wanted: Wanted) -> Split:
    """What is split. Raises InputError."""
    from smsim.core.registry import registry
    from smsim.reasons import parts, splitting

    if wanted.by not in _SIDES:
        raise InputError(Problem("--by is no way to split a gap", read=wanted.by[:80], allowed=" or ".join(_SIDES)))
    together = tuple(tuple(name.strip() for name in names.split(",")) for names in wanted.together)
    manner = splitting.Manner(wanted.by, together, _orders(wanted.orders))  # type: ignore[arg-type]
    one, other = (replace(asked, scenarios=[source]).load()[0] for source in asked.scenarios)
    split = splitting.of(one, other, {}, manner)
    parts.require_kpi(wanted.kpi, dict(registry(tuple(map(str, dict.fromkeys([*one.plugins, *other.plugins])))).kpis))
    return split


def _orders(text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and 2 <= int(text[:9]) <= _MOST_ORDERS):
        raise InputError(Problem("--orders is no number of orders", read=text[:80], allowed=f"a whole number from 2 to {_MOST_ORDERS:,}"))
    return int(text)


def _alike(split: Split, manner: Manner, kpi: str) -> int:
    """Two scenarios without a difference have no gap to split: say so, play nothing."""
    if manner.json:
        tell.as_json({"a": split.a.name, "b": split.b.name, "total": 0.0, "kpi": kpi, "parts": []})
    elif not manner.quiet:
        print(f"{split.a.name} and {split.b.name} differ in no setting: on the same luck they live through the same; "
              "there is no gap to split")
    return 0


def _foretell(split: Split, plans: tuple[Plan, Plan | None], out: Path, manner: Manner) -> None:
    """Say beforehand how many firms are played, how often, and about how long it takes."""
    from smsim.experiment.compiling import is_cold
    from smsim.experiment.length import done, measure
    from smsim.experiment.runner import Crew
    from smsim.experiment.study import ready
    from smsim.reasons.study import BETWEEN

    if manner.is_silent:
        return
    if is_cold():
        say("timing one replication; the model is compiled first, once, which takes a minute or so")
    with contextlib.redirect_stdout(sys.stderr):  # a plugin may print
        length = measure(plans[0], out, ready(plans[0], Crew(manner.count())))
    if plans[1] is not None:
        runs, left = length.runs + len(plans[1]), length.left + len(plans[1]) - done(plans[1], out / BETWEEN)
        length = replace(length, firms=len(split.coalitions), runs=runs, left=left)
    count = len(split.pieces)
    over = "every coalition" if split.is_exact else f"{len(split.orders)} orders drawn of all there are"
    say(f"{count} setting{'s' if count > 1 else ''} differ, {over}: {length}")


def _tell(found: Why, kpi: str, out: Path, manner: Manner) -> None:
    from smsim.report.findings import read

    findings = read(out)
    if manner.json:
        tell.as_json(as_found(found, kpi) | {"out": str(out)} | manner.where())
    elif not manner.quiet:
        _in_words(findings)
        print(f"\nReport: {out / 'report.html'}")
        manner.tell_where()


def as_found(found: Why, kpi: str) -> dict[str, Any]:
    """What `why --json` prints."""
    rows = found.of(kpi)
    first = rows.iloc[0] if len(rows) else None
    columns = (("total", "total"), ("low", "total_low"), ("high", "total_high"))
    ends = {name: None if first is None else float(first[column]) for name, column in columns}
    split = found.split
    return {"a": split.a.name, "b": split.b.name, "kpi": kpi, **ends, "n": 0 if first is None else int(first["n"]), "exact": split.is_exact,
            "parts": tell.rows(rows[["setting", "value", "low", "high", "words", "alone", "last"]]),
            "losses": tell.rows(found.losses.drop(columns="scenario"))}


def _in_words(findings: Findings) -> None:
    from rich.table import Table
    from rich.text import Text

    from smsim.report import steps

    console = tell.on_terminal()
    for each in steps.every(findings):
        console.print(f"{steps.title(each)}.", style="bold", markup=False, highlight=False, soft_wrap=True)
        heads, rows = steps.table(each)
        table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
        for head in heads:
            table.add_column(Text(head), overflow="fold")
        for row in rows:
            table.add_row(*map(Text, row))
        console.print(table)
        console.print(f"{steps.how(each)}\n", style="dim", markup=False, highlight=False, soft_wrap=True)
