"""What the figures say, in sentences: above the charts and at the head of the page."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd

from smsim.compare import BETTER, NO_DIFFERENCE, TOO_CLOSE, WORSE
from smsim.report.charts.causes import REST, endings
from smsim.report.charts.funnel import stages
from smsim.report.findings import Findings
from smsim.report.wording import amount, label, listed, outcome, sentence, signed, signed_amount

#: The KPIs verdicts are about, the one to decide on first.
DECISIVE = ("contribution", "revenue")
CLEAR = (BETTER, WORSE)


@dataclass(frozen=True)
class Verdict:
    """One scenario against the baseline on one KPI: the verdict's own words, the sentence, the numbers behind it."""

    scenario: str
    kpi: str
    verdict: str
    says: str
    numbers: str


def verdicts(findings: Findings) -> list[Verdict]:
    """One verdict per scenario and decisive KPI, in the order of the scenarios."""
    told = [_verdict(findings, scenario, name) for scenario in findings.others for name in DECISIVE]
    return [each for each in told if each is not None]


def _verdict(findings: Findings, scenario: str, name: str) -> Verdict | None:
    row = findings.difference(scenario, name)
    if row is None:
        return None
    change = _change(findings, scenario, name)
    unit, verdict = findings.kpi(name).unit, str(row["verdict"])
    gap = float(row["difference"])
    says = {
        TOO_CLOSE: f"whether it makes more or less {label(name)} is too close to call",
        NO_DIFFERENCE: f"it makes no difference that matters to {label(name)}",
    }.get(verdict, f"{label(name)} is {amount(abs(gap), unit, findings.currency)} {'higher' if gap >= 0 else 'lower'}")
    low, high = float(row["low"]), float(row["high"])
    numbers = [] if math.isnan(low) else [
        f"95% interval {signed_amount(low, unit, findings.currency)} to {signed_amount(high, unit, findings.currency)}"]
    if verdict in CLEAR:
        says += "" if math.isnan(change) else f" ({signed(change)})"
    else:
        about = signed_amount(gap, unit, findings.currency)
        numbers.insert(0, f"mean difference {about}" + ("" if math.isnan(change) else f" ({signed(change)})"))
    return Verdict(scenario, name, verdict, sentence(says) + ".", sentence("; ".join([*numbers, *_worlds(row)])) + ".")


def _worlds(row: pd.Series[Any]) -> list[str]:
    """In how many worlds it is better, and how many runs would settle it."""
    share, needed = float(row["share_better"]), float(row["runs_needed"])
    words = [] if math.isnan(share) else [f"better in {share:.0%} of {int(row['n'])} worlds"]
    if row["verdict"] == TOO_CLOSE and math.isfinite(needed):
        words.append(f"about {needed:,.0f} runs would settle it")
    return words


def _change(findings: Findings, scenario: str, name: str) -> float:
    """The paired difference as a share of the baseline's mean, NaN where there is none."""
    row = findings.difference(scenario, name)
    base = float(findings.values(findings.baseline, name).mean())
    return float(row["difference"]) / abs(base) if row is not None and abs(base) > 0 else math.nan


def revenue_title(findings: Findings) -> str:
    """What the revenue chart shows, in words: who earns more, if the differences say so."""
    told = [(name, findings.difference(name, "revenue")) for name in findings.others]
    clear = {name: _change(findings, name, "revenue") for name, row in told if row is not None and row["verdict"] in CLEAR}
    if not any(row is not None for _, row in told):
        return "Revenue week by week"
    if not clear:
        return f"No scenario's revenue is clearly above or below that of {findings.baseline}"
    if len(told) <= 2:
        first, *rest = [f"{name} earns {abs(change):.0%} {'more' if change > 0 else 'less'}" for name, change in clear.items()]
        return "; ".join([f"{first} than {findings.baseline}", *rest])
    more = [name for name, change in clear.items() if change > 0]
    best = max(clear, key=lambda name: clear[name])
    text = f"{len(more)} of {len(told)} scenarios earn more than {findings.baseline}, {len(clear) - len(more)} less"
    return text + (f"; {best} earns most, {signed(clear[best], 0)}" if more else "")


def gap_title(findings: Findings) -> str:
    """What the gap in revenue comes to by the end."""
    names = findings.others if len(findings.others) <= 2 else []
    rows = {name: findings.difference(name, "revenue") for name in names}
    gaps = {name: float(row["difference"]) for name, row in rows.items() if row is not None}
    parts = [f"{name} {signed_amount(gap, 'money', findings.currency)}" for name, gap in gaps.items()]
    return f"Revenue gained on {findings.baseline}" + (f" by the end: {listed(parts)}" if parts else "")


def forest_title(findings: Findings) -> str:
    """What the paired differences come to, on the KPI to decide on."""
    groups: dict[str, list[str]] = {}
    name = next((name for name in DECISIVE if any(findings.difference(each, name) is not None for each in findings.others)), "")
    for scenario in findings.others if name else []:
        row = findings.difference(scenario, name)
        if row is not None:
            groups.setdefault(str(row["verdict"]), []).append(scenario)
    if not groups:
        return f"What changes against {findings.baseline}"
    many = len(findings.others) > 3
    parts = [f"{verdict} in {len(names) if many else listed(names)}" for verdict, names in groups.items()]
    text = f"{sentence(label(name))} against {findings.baseline}: {', '.join(parts)}"
    return text + (f" of {len(findings.others)} scenarios" if many else "")


def survival_title(findings: Findings) -> str:
    """How long half of the leads live, for the baseline and for the longest-lived scenario."""
    if not findings.columns("lead_half_life_hours"):
        return "How long leads live"
    lives = {name: float(findings.values(name, "lead_half_life_hours").mean()) for name in findings.scenarios}
    lives = {name: hours for name, hours in lives.items() if not math.isnan(hours)}
    shown = list(lives)[:1] if len(findings.scenarios) == 1 else list(lives)[:3] if len(findings.scenarios) <= 3 else _ends(lives)
    parts = [f"{_age(lives[name])} in {name}" for name in shown]
    return f"Half of the leads are dead after {listed(parts)}" if parts else "How long leads live"


def _ends(lives: dict[str, float]) -> list[str]:
    low, high = min(lives, key=lambda name: lives[name]), max(lives, key=lambda name: lives[name])
    return [low] if low == high else [low, high]


def _age(hours: float) -> str:
    if hours < 1:
        return f"{hours * 60:.0f} minutes"
    return f"{hours:.1f} hours" if hours < 10 else f"{hours:.0f} hours" if hours < 72 else f"{hours / 24:.0f} days"


def causes_title(findings: Findings) -> str:
    """The largest cause of death in the baseline."""
    ended = endings(findings.curves)
    own = ended[(ended["scenario"] == findings.baseline) & ~ended["cause"].isin([REST, "won"])]
    if own.empty:
        return "What becomes of the leads"
    shares = own.groupby("cause")["share"].mean()
    return f"The largest cause of death in {findings.baseline}: “{outcome(str(shares.idxmax()))}”, {shares.max():.0%} of the leads"


def funnel_title(findings: Findings) -> str:
    """Of 100 leads, how many are won: the baseline and up to two more."""
    table = stages(findings.runs)
    rows = table[table["stage"] == "leads_won"] if not table.empty else pd.DataFrame({"scenario": [], "share": []})
    won = {str(name): float(share) for name, share in rows.set_index("scenario")["share"].dropna().items()}
    names = [name for name in findings.scenarios if name in won][:3 if len(findings.scenarios) <= 3 else 1]
    if not names:
        return "From lead to deal"
    parts = [f"{100 * won[name]:.1f} in {name}" for name in names]
    return f"Deals won for every 100 leads: {listed(parts)}"
