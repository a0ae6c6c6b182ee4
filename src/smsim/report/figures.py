"""The headline figures of each scenario: mean, paired difference with its interval, share of worlds, verdict."""

from __future__ import annotations

import math
from dataclasses import dataclass

from smsim.compare import NO_DIFFERENCE
from smsim.report.findings import Findings
from smsim.report.statistics import mean_interval
from smsim.report.wording import HEADLINE, label, sentence, signed, signed_amount

#: The glyph of each verdict, the same shapes as in the picture of differences.
GLYPHS = {"better": "▲", "worse": "▼", "no difference that matters": "■", "too close to call": "●", "higher": "△", "lower": "▽"}


@dataclass(frozen=True)
class Figure:
    """One KPI of one scenario in words; the parts about the difference are empty for the baseline and where nothing was paired."""

    scenario: str
    kpi: str
    mean: str
    give_or_take: str = ""
    change: str = ""
    interval: str = ""
    share_better: str = ""
    verdict: str = ""

    @property
    def label(self) -> str:
        """The KPI in words."""
        return sentence(label(self.kpi))

    @property
    def glyph(self) -> str:
        """The verdict as a shape."""
        return GLYPHS.get(self.verdict, "")


def figures(findings: Findings, most: int | None = None) -> list[list[Figure]]:
    """A row for each headline KPI the runs have, at most so many, in it one figure per scenario."""
    return [[_figure(findings, scenario, name) for scenario in findings.scenarios] for name in findings.columns(*HEADLINE)[:most]]


def _figure(findings: Findings, scenario: str, name: str) -> Figure:
    mean, low, _ = mean_interval(findings.values(scenario, name))
    said = findings.said(mean, name)
    about = "" if math.isnan(low) else f"± {findings.said(mean - low, name)}"
    row = findings.difference(scenario, name) if scenario != findings.baseline else None
    if row is None:
        return Figure(scenario, name, said, about)
    gap, low, high, share = (float(row[end]) for end in ("difference", "low", "high", "share_better"))
    base = abs(float(findings.values(findings.baseline, name).mean()))
    unit = findings.kpi(name).unit
    relative = base > 0 and unit != "share" and not name.startswith("trust")

    def words(value: float) -> str:
        return signed(value / base) if relative else signed_amount(value, unit, findings.currency)

    interval = "" if math.isnan(low) else f"{words(low).removesuffix(' pts')} to {words(high)}"
    better = "" if math.isnan(share) else f"{share:.0%}"
    return Figure(scenario, name, said, about, words(gap), interval, better, moved(findings, scenario, name))


def moved(findings: Findings, scenario: str, name: str) -> str:
    """The verdict; a figure that is neither good nor bad is *higher* or *lower* where its interval leaves zero and the band."""
    row = findings.difference(scenario, name)
    if row is None:
        return ""
    low, high, verdict = float(row["low"]), float(row["high"]), str(row["verdict"])
    if findings.kpi(name).better != "neither" or verdict != NO_DIFFERENCE or not (low > 0 or high < 0):
        return verdict
    margin = findings.band * abs(float(findings.values(findings.baseline, name).mean()))
    if -margin <= low and high <= margin:
        return verdict
    return "higher" if low > 0 else "lower"
