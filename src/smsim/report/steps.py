"""From one scenario to another, step by step: over the settings that differ, and over what became of the leads.

The same rows are drawn, told, and written into slides and workbook. The steps of a waterfall add up to its last row.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from smsim.report.findings import Findings
from smsim.report.wording import label, outcome, sentence, signed_amount

#: Steps that are drawn one by one; the smallest of more are drawn as one.
SHOWN = 12
_OUTSIDE = {"another price": "won in both, at another price", "the warm-up": "won in both, once in the warm-up",
            "own prospects": "reps' own prospects", "own prospects, launches": "reps' own prospects, new products",
            "renewals": "customers who renew", "open": "still open at the end"}


@dataclass(frozen=True)
class Steps:
    """The steps from the baseline to a scenario on one figure, the largest gain first: `label detail value low high start end words`."""

    findings: Findings
    scenario: str
    kpi: str
    rows: pd.DataFrame
    total: tuple[float, float, float]
    worlds: int

    @property
    def unit(self) -> str:
        """The unit of the figure."""
        return self.findings.kpi(self.kpi).unit

    def said(self, value: float) -> str:
        """A step in words."""
        return signed_amount(value, self.unit, self.findings.currency)

    def with_interval(self, value: float, low: float, high: float) -> str:
        """A step in words with its interval."""
        return self.said(value) + (f" ({self.said(low)} to {self.said(high)})" if not math.isnan(low) else "")

    @cached_property
    def drawn(self) -> pd.DataFrame:
        """The steps that are drawn, each from where the one before it ended, and a last row for all of them together."""
        table = self.rows
        if len(table) > SHOWN:
            small = table["value"].abs().sort_values().index[: len(table) - SHOWN + 1]
            rest = {"label": f"{len(small)} smaller steps", "detail": "", "value": float(table.loc[small, "value"].sum()),
                    "low": math.nan, "high": math.nan}
            table = pd.concat([table.drop(small), pd.DataFrame([rest])], ignore_index=True)
        end = table["value"].cumsum()
        value, low, high = self.total
        last = {"label": "together", "detail": "", "value": value, "low": low, "high": high, "start": 0.0, "end": value}
        whole = pd.concat([table.assign(start=end - table["value"], end=end), pd.DataFrame([last])], ignore_index=True)
        return whole.assign(words=[self.with_interval(*ends) for ends in zip(whole["value"], whole["low"], whole["high"], strict=True)])

    @property
    def is_sampled(self) -> bool:
        """Whether not every coalition of settings was played."""
        return bool((self.findings.provenance.get("why") or {}).get("orders"))


def over_settings(findings: Findings, kpi: str = "") -> Steps | None:
    """The gap over the settings that differ; None where nobody asked why, or the figure has no value."""
    name = kpi or str((findings.provenance.get("why") or {}).get("kpi", ""))
    own = findings.why[findings.why["kpi"] == name] if not findings.why.empty else findings.why
    if own.empty or not findings.others:
        return None
    rows = own.rename(columns={"setting": "label", "words": "detail"})[["label", "detail", "value", "low", "high", "alone", "last"]]
    first = own.iloc[0]
    total = (float(first["total"]), float(first["total_low"]), float(first["total_high"]))
    return Steps(findings, findings.others[0], name, _in_order(rows), total, int(first["n"]))


def over_leads(findings: Findings, scenario: str) -> Steps | None:
    """The gap in revenue over what became of the leads; None where leads were not kept."""
    own = findings.losses[findings.losses["scenario"] == scenario] if not findings.losses.empty else findings.losses
    row = findings.difference(scenario, "revenue")
    if own.empty or row is None:
        return None
    numbers = ("value", "low", "high", "saved", "lost", "money_saved", "money_lost")
    told = [{"label": called(findings, scenario, each), "detail": _counts(each), **{name: float(each[name]) for name in numbers}}
            for each in own.to_dict("records")]
    total = (float(row["difference"]), float(row["low"]), float(row["high"]))
    return Steps(findings, scenario, "revenue", _in_order(pd.DataFrame(told)), total, int(row["n"]))


def called(findings: Findings, scenario: str, row: dict[Any, Any]) -> str:
    """What a part is called: the desk, and what leads died of there."""
    part, desk = str(row["part"]), str(row["desk"])
    if part in ("only there", "only in the baseline"):
        return f"leads only in {scenario if part == 'only there' else findings.baseline}"
    return f"{desk}: {outcome(part)}" if desk else _OUTSIDE.get(part, part)


def _counts(row: dict[Any, Any]) -> str:
    """How many leads a part is about, per world."""
    saved, lost = float(row["saved"]), float(row["lost"])
    said = [f"{count:.1f}" if count < 9.95 else f"{count:.0f}" for count in (saved, lost, saved + lost)]
    if math.isnan(saved):
        return ""
    if row["part"] in ("only there", "only in the baseline"):
        return f"{said[2]} of them won"
    if row["part"] in ("another price", "the warm-up"):
        return f"{said[2]} leads"
    return ", ".join([f"{said[0]} saved"] * (saved > 0) + [f"{said[1]} lost"] * (lost > 0))


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.sort_values("value", ascending=False, kind="stable", ignore_index=True)


def every(findings: Findings) -> list[Steps]:
    """All there are: over the settings first, then over the leads of each scenario."""
    found = [over_settings(findings), *(over_leads(findings, name) for name in findings.others)]
    return [steps for steps in found if steps is not None]


def is_of_settings(steps: Steps) -> bool:
    """Whether the steps are settings; else they are what became of leads."""
    return "alone" in steps.rows


def title(steps: Steps) -> str:
    """What the steps show, in words: the whole gap, and the step that gives most of it."""
    gap, name = steps.total[0], label(steps.kpi)
    more = "differs in nothing from" if gap == 0 else "is above that of" if gap > 0 else "is below that of"
    whole = f"{sentence(name)} of {steps.scenario} {more} {steps.findings.baseline}"
    whole += f" by {steps.said(abs(gap)).lstrip('+')}" if gap else ""
    whole += ", too close to call" if gap and steps.total[1] <= 0 <= steps.total[2] else ""
    toward = steps.rows[steps.rows["value"] * gap > 0]
    if toward.empty:
        return whole
    largest = toward.iloc[int(toward["value"].abs().to_numpy().argmax())]
    share = float(largest["value"]) / gap
    if len(steps.rows) == 1 or share <= 1:
        return f"{whole}: {'all' if len(steps.rows) == 1 else f'{share:.0%}'} of it {_through(steps, largest)}"
    against = steps.rows.iloc[int((steps.rows["value"] * gap).to_numpy().argmin())]
    return f"{whole}: {', '.join(f'{steps.said(float(each["value"]))} {_through(steps, each)}' for each in (largest, against))}"


def _through(steps: Steps, row: pd.Series[Any]) -> str:
    return f"through {row['label']}" if is_of_settings(steps) else f"from “{row['label']}”"


def how(steps: Steps) -> str:
    """How the steps are to be read, in a sentence or two."""
    worlds = f"{steps.worlds} world{'s' if steps.worlds > 1 else ''}"
    ends = "Thin lines: 95% intervals." if steps.worlds > 1 else "One world: no intervals."
    if not is_of_settings(steps):
        return (f"The same leads in the same {worlds}: money of those dead in one scenario and won in the other, by the desk and cause of "
                f"death, and what no such lead brought. {ends}")
    every = "orders drawn at random with their reverses; the intervals hold that luck too" if steps.is_sampled else "all orders"
    return (f"What each setting adds when the settings of {steps.findings.baseline} become those of {steps.scenario} one after another, "
            f"mean over {every}, in {worlds}. {ends}")


def table(steps: Steps) -> tuple[list[str], list[list[str]]]:
    """The steps as a table of words: heads, and a row for each, all together last."""
    if is_of_settings(steps):
        alone = not steps.rows["alone"].isna().all()
        more = ["alone", "on top of the rest"] if alone else []
        heads = ["setting", f"{steps.findings.baseline} → {steps.scenario}", label(steps.kpi), *more]
        body = [[row["label"], row["detail"], steps.with_interval(row["value"], row["low"], row["high"]),
                 *([steps.said(row["alone"]), steps.said(row["last"])] if alone else [])] for row in steps.rows.to_dict("records")]
    else:
        heads = ["what became of the leads", "leads per world", "revenue", "saved", "lost"]
        body = [[row["label"], row["detail"], steps.with_interval(row["value"], row["low"], row["high"]),
                 *(_plain(steps, row[name]) for name in ("money_saved", "money_lost"))] for row in steps.rows.to_dict("records")]
    last = ["together", "", steps.with_interval(*steps.total)]
    return heads, [*body, [*last, *[""] * (len(heads) - len(last))]]


def _plain(steps: Steps, value: float) -> str:
    return steps.said(value).lstrip("+") if value else "–"
