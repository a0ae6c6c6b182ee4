"""What a workbook holds as plain tables: differences, means, weeks, raw runs, settings that differ, what each figure means."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from smsim.core.calendar import WEEK
from smsim.experiment import columns
from smsim.report import page, steps
from smsim.report.answers import answers
from smsim.report.figures import moved
from smsim.report.findings import Findings
from smsim.report.mattering import as_they_stand
from smsim.report.statistics import mean_interval
from smsim.report.takeaways import mattering
from smsim.report.takeaways.deck import LIMITS, decision, settings
from smsim.report.verdicts import verdicts
from smsim.report.wording import HEADLINE, label, sentence

READ = (
    ("Paired difference", "The mean, over the worlds both were played in, of the scenario's figure less the baseline's in the same world."),
    ("95% interval", "Student's t over those differences. It is about luck alone, not about whether the model is right."),
    ("Better in", "The share of worlds in which the scenario beats the baseline, ties counting half."),
    ("Verdict", "No difference that matters: the interval lies within the band. Better, worse, higher, lower: else, it excludes zero. "
                "Too close to call: else; then `runs needed` replications would settle it."),
)


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, what it shows in a line, its columns; the unit of each row, or of each column, where they have one."""

    name: str
    says: str
    table: pd.DataFrame
    of_rows: list[str] = field(default_factory=list)
    of_columns: dict[str, str] = field(default_factory=dict)


def sheets(findings: Findings) -> list[Sheet]:
    """Every sheet of which the folder holds the data."""
    return [sheet for make in MAKERS if not (sheet := make(findings)).table.empty]


def summary(findings: Findings) -> list[tuple[str, str]]:
    """The sheet one reads first: headings and sentences, the same as on the page and the slides."""
    said, sure = decision(findings)
    told = [(page.title(findings), ""), ("", f"{page.setting(findings)}."), ("The decision", ""), ("", f"{said}."), ("", sure)]
    asked = answers(findings)
    told += [("", f"{each.scenario}: {each.says} {each.numbers}") for each in verdicts(findings)] if asked is None else []
    told += [("", " ".join(pair).strip()) for kpi in asked.measure for pair in asked.says(kpi)] if asked is not None else []
    told += [("How sure this is", ""), *(("", text) for text in page.sure(findings, bands=False))]
    told += [("What it cannot tell", ""), *(("", head + text) for head, text in LIMITS)]
    return [*told, ("How to make it again", ""), *(("", f"{name}: {words}") for name, words in page.provenance(findings))]


def kpis(findings: Findings) -> list[str]:
    """The key figures of the runs that have a value, those first that the page leads with."""
    return findings.columns(*dict.fromkeys([*HEADLINE, *(str(name) for name in findings.runs.columns if name not in columns.RUN)]))


def _units(findings: Findings, names: list[str]) -> dict[str, str]:
    return {name: findings.kpi(name).unit for name in names}


def _mattering(findings: Findings) -> Sheet:
    says = "How much each figure hangs on each setting, and the figure with that setting alone at its low and its high end"
    return Sheet("What matters", says, mattering.table(findings))


def _differences(findings: Findings) -> Sheet:
    findings = as_they_stand(findings)
    rows: list[dict[str, Any]] = []
    for name in kpis(findings):
        base = float(findings.values(findings.baseline, name).mean())
        for scenario in findings.others:
            row = findings.difference(scenario, name)
            if row is not None:
                rows.append(_difference(findings, row, base))
    units = [findings.kpi(row["kpi"]).unit for row in rows]
    says = f"Paired difference of each scenario from {findings.baseline}, with its 95% interval"
    return Sheet("Differences", says, pd.DataFrame(rows), units)


def _difference(findings: Findings, row: pd.Series, base: float) -> dict[str, Any]:
    name, gap = str(row["kpi"]), float(row["difference"])
    ends = {"difference": gap, "low": float(row["low"]), "high": float(row["high"])}
    relative = {f"{end} %": value / abs(base) if abs(base) > 0 else math.nan for end, value in ends.items()}
    return {"figure": sentence(label(name)), "kpi": name, "unit": findings.kpi(name).unit, "scenario": str(row["scenario"]),
            "baseline mean": base, **ends, **relative, "better in": float(row["share_better"]),
            "worlds": int(row["n"]), "verdict": moved(findings, str(row["scenario"]), name), "runs needed": float(row["runs_needed"])}


def _why(findings: Findings) -> Sheet:
    """Every part of every figure over the settings that differ."""
    units = [findings.kpi(str(kpi)).unit for kpi in findings.why["kpi"]] if not findings.why.empty else []
    says = ("What each setting adds to the gap of each figure, with its 95% interval. Alone: nothing else is changed. Last: all else "
            "is changed already")
    return Sheet("Why", says, findings.why, units)


def _losses(findings: Findings) -> Sheet:
    """What became of the leads of each scenario, against the baseline's."""
    table = findings.losses
    if not table.empty:
        called = [steps.called(findings, str(row["scenario"]), row) for row in table.to_dict("records")]
        table = table.assign(part=called)
    says = f"The gap in revenue against {findings.baseline} over what became of the leads; per world, value with its interval"
    return Sheet("Leads", says, table, of_columns=dict.fromkeys(("money_saved", "money_lost", "value", "low", "high"), "money"))


def _means(findings: Findings) -> Sheet:
    findings = as_they_stand(findings)
    rows = []
    for name in kpis(findings):
        for scenario in findings.scenarios:
            mean, low, high = mean_interval(findings.values(scenario, name))
            rows.append({"figure": sentence(label(name)), "kpi": name, "unit": findings.kpi(name).unit, "scenario": scenario,
                         "mean": mean, "low": low, "high": high, "runs": int(findings.values(scenario, name).notna().sum())})
    units = [str(row["unit"]) for row in rows]
    return Sheet("Means", "Mean of the runs of each scenario, with its 95% interval", pd.DataFrame(rows), units)


def _settings(findings: Findings) -> Sheet:
    findings = as_they_stand(findings)
    table = settings(findings, findings.others)
    return Sheet("Settings", f"The settings in which scenarios differ from {findings.baseline}; all others are the same",
                 pd.DataFrame(table.rows, columns=table.heads))


def _weeks(findings: Findings) -> Sheet:
    """Days by week: the mean over the runs of each week's sum, or of its daily mean where a figure does not add up."""
    findings = as_they_stand(findings)
    days = findings.days
    if days.empty:
        return Sheet("Weeks", "", days)
    whole = (int(days["day"].max()) + 1) // WEEK
    table = days.assign(week=days["day"] // WEEK + 1)
    figures = [name for name in days.columns if name not in columns.DAY and days[name].notna().any()]
    how = {name: "sum" if findings.kpi(name).adds == "sum" else "mean" for name in figures}
    by_run = table[table["week"] <= whole].groupby(["scenario", "replication", "week"], sort=False, observed=True).agg(how)
    means = by_run.groupby(["scenario", "week"], sort=False, observed=True)[figures].mean().reset_index()
    order = {name: at for at, name in enumerate(findings.scenarios)}
    means = means.sort_values(["scenario", "week"], key=lambda values: values.map(order) if values.name == "scenario" else values)
    warm = f"; the first {findings.warm_up_days // WEEK} are warm-up" if findings.warm_up_days else ""
    says = f"Mean over the runs, week by week{warm}. What adds up: the week's sum; the rest: the mean of its days"
    return Sheet("Weeks", says, means, of_columns=_units(findings, figures))


def _runs(findings: Findings) -> Sheet:
    return Sheet("Runs", "Raw: a row per replication; rows with the same replication were played in the same world",
                 findings.runs[[*columns.RUN, *kpis(findings)]], of_columns=_units(findings, kpis(findings)))


def _glossary(findings: Findings) -> Sheet:
    good = {"up": "more is better", "down": "less is better", "neither": ""}
    rows = [(name, about.unit, good[about.better], about.meaning) for name in kpis(findings) for about in [findings.kpi(name)]]
    words = [(name, "", "", meaning) for name, meaning in READ]
    table = pd.DataFrame([*rows, *words], columns=["figure", "unit", "good", "meaning"])
    return Sheet("Glossary", "What the figures and the words mean", table)


#: What makes sheets, in the order of the workbook; one more is one more line.
MAKERS: tuple[Callable[[Findings], Sheet], ...] = (_mattering, _differences, _why, _losses, _means, _settings, _weeks, _runs, _glossary)
