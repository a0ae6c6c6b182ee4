"""The charts of a deck and of a workbook: the same tables that the pictures of the page are drawn from, as numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable

import pandas as pd

from smsim.experiment.intervals import CONFIDENCE
from smsim.report.charts.causes import REST, colour_of, endings, ordered
from smsim.report.charts.forest import VERDICTS, relative_differences
from smsim.report.charts.gap import gains
from smsim.report.charts.revenue import TRAILING, weekly
from smsim.report.figures import GLYPHS
from smsim.report.findings import Findings
from smsim.report.look import BASELINE, BLUE, GREEN, SKY, VERMILLION, look
from smsim.report.statistics import summarise
from smsim.report.takeaways.shapes import Chart, Number, Series
from smsim.report.verdicts import DECISIVE
from smsim.report.wording import label, sentence

#: Most rows of bars that can be read on a slide, most scenarios drawn as lines or columns, most causes that stand alone.
ROWS, LINES, COLUMNS, CAUSES = 16, 4, 4, 4
#: Leads of a hundred below which a cause does not stand alone; the share of the height below which its number stands beside its name.
SEEN, INSIDE = 0.2, 0.06
RELATIVE, SHARE, PER_HUNDRED, MONEY = "+0.0%;−0.0%;0%", "0%", "0", "#,##0"
#: Numbers inside a column: only where they have room.
ROOM = '[>=0.045]0%;""'
COLOURS = "Blue ▲ better, vermillion ▼ worse, grey ■ no difference that matters, orange ● too close to call."


def shown(findings: Findings, most: int) -> list[str]:
    """The scenarios that are drawn: all where they fit, else the baseline and those highest on the figure to decide on."""
    if len(findings.scenarios) <= most:
        return findings.scenarios
    name = next(iter(findings.columns(*DECISIVE)), "")
    best = sorted(findings.others, key=lambda each: -float(findings.values(each, name).mean())) if name else findings.others
    return [findings.baseline, *(each for each in findings.others if each in best[:most - 1])]


def _number(value: float) -> Number:
    return None if math.isnan(value) else float(value)


def differences(findings: Findings, kpis: Iterable[str]) -> Chart | None:
    """A bar for each scenario and key figure: the paired difference as a share of the baseline's mean, with its interval."""
    table = relative_differences(findings)
    table = table[table["kpi"].isin(list(kpis))] if not table.empty else table
    if table.empty:
        return None
    several = len(findings.others) > 1
    names, rows = _headed(table) if several else ([], [])
    if not several:
        names = [f"{sentence(label(str(row['kpi'])))}  {_told(row)}" for _, row in table.iterrows()]
        rows = [row for _, row in table.iterrows()]
    values, low, high = ([None if row is None else _number(row[end]) for row in rows] for end in ("difference", "low", "high"))
    colours = [BASELINE if row is None else VERDICTS.get(str(row["verdict"]), (BASELINE, ""))[0] for row in rows]
    series = Series(f"difference from {findings.baseline}", values, BLUE, low, high, colours)
    return Chart("differences", "bars", f"Paired difference from {findings.baseline}, as % of its mean", names, [series], RELATIVE,
                 note=f"Thin line: the {CONFIDENCE:.0%} interval. {COLOURS}")


def _headed(table: pd.DataFrame) -> tuple[list[str], list[pd.Series | None]]:
    """A row with the name of each key figure, and below it one for each scenario."""
    names: list[str] = []
    rows: list[pd.Series | None] = []
    for kpi, group in table.groupby("kpi", sort=False):
        if names and len(names) + 1 + len(group) > ROWS:
            break
        names, rows = [*names, sentence(label(str(kpi))).upper()], [*rows, None]
        for _, row in group.head(ROWS - 1).iterrows():
            names, rows = [*names, f"{row['scenario']}  {_told(row)}"], [*rows, row]
    return names, rows


def _told(row: pd.Series) -> str:
    return f"{' '.join(str(row['words']).split())} {GLYPHS.get(str(row['verdict']), '')}".strip()


def revenue(findings: Findings) -> Chart | None:
    """A line for each scenario: mean weekly revenue, a trailing mean of four weeks."""
    table = _weeks(findings)
    if table.empty:
        return None
    weeks = sorted(table["week"].unique())
    series = [Series(name, _along(table[table["scenario"] == name], weeks, "mean"), _colours(findings)[name])
              for name in shown(findings, LINES)]
    money = f" ({findings.currency})" if findings.currency else ""
    title = f"Revenue per week{money}, mean of the runs, {TRAILING}-week trailing mean"
    return Chart("revenue", "lines", title, [str(week) for week in weeks], series,
                 _money(table), "week", legend=True, note=drawn(findings, LINES))


def gained(findings: Findings) -> Chart | None:
    """A line for each scenario: what it has earned above the baseline in the same world so far, with the ends of the interval."""
    table = _gains(findings)
    if table.empty:
        return None
    weeks = sorted(table["week"].unique())
    series = []
    for name in shown(findings, LINES)[1:]:
        rows, colour = table[table["scenario"] == name], _colours(findings)[name]
        series.append(Series(name, _along(rows, weeks, "mean"), colour))
        series += [Series(f"{name}, {end} end", _along(rows, weeks, end), colour, thin=True) for end in ("low", "high")]
    note = f"Thin lines: the {CONFIDENCE:.0%} interval of the mean. Once both lie on one side of zero, it is more than luck."
    return Chart("gained", "lines", f"Revenue gained on {findings.baseline} so far", [str(week) for week in weeks], series,
                 _money(table), "week", legend=True, note=note)


def _money(table: pd.DataFrame) -> str:
    """How money is written along an axis: in thousands or millions where it is that much."""
    most = float(table["mean"].abs().max())
    return '0.0,,"M"' if most >= 1.5e6 else '#,##0,"k"' if most >= 1e4 else MONEY


def _along(rows: pd.DataFrame, weeks: list[int], column: str) -> list[Number]:
    return [_number(value) for value in rows.set_index("week")[column].reindex(weeks)]


def _weeks(findings: Findings) -> pd.DataFrame:
    if "revenue" not in findings.days or not findings.days["revenue"].notna().any():
        return pd.DataFrame()
    weeks = weekly(findings.days)
    return summarise(weeks, ["scenario", "week"], "revenue") if not weeks.empty else weeks


def _gains(findings: Findings) -> pd.DataFrame:
    if not findings.others or "revenue" not in findings.days:
        return pd.DataFrame()
    gaps = gains(findings.days, findings.baseline, findings.warm_up_days)
    return summarise(gaps, ["scenario", "week"], "gain") if not gaps.empty else gaps


def _colours(findings: Findings) -> dict[str, str]:
    return dict(zip(findings.scenarios, look(findings).colours, strict=True))


def drawn(findings: Findings, most: int) -> str:
    """Which scenarios are shown where not all are."""
    count = len(findings.scenarios)
    return "" if count <= most else f"Shown: {findings.baseline} and the {most - 1} that earn most of {count} scenarios."


def fates(findings: Findings) -> Chart | None:
    """A column for each scenario: what became of its leads by the last age of the curves."""
    table = causes(findings)
    if table.empty:
        return None
    names = [name for name in shown(findings, COLUMNS) if (table["scenario"] == name).any()]
    kinds = table.drop_duplicates("words").sort_values("rank", ascending=False)
    shares = table.pivot_table(index="scenario", columns="words", values="mean").reindex(names).fillna(0.0)
    series = [Series(str(words), [float(value) for value in shares[words]], colour_of(str(cause)), form=ROOM)
              for words, cause in zip(kinds["words"], kinds["cause"], strict=True)]
    return Chart("fates", "columns", f"What became of the leads within {days(findings)} days", names, series, SHARE, legend=True,
                 note=drawn(findings, COLUMNS))


def causes(findings: Findings) -> pd.DataFrame:
    """The mean share of leads that ended each way, by scenario, in the order of the desks."""
    ended = endings(findings.curves) if not findings.curves.empty else pd.DataFrame()
    return ordered(summarise(ended, ["scenario", "cause"], "share")) if not ended.empty else ended


def days(findings: Findings) -> str:
    """How many days after they came leads were last looked at."""
    return f"{findings.curves['age_hours'].max() / 24:.0f}"


def bridge(findings: Findings, scenario: str) -> Chart | None:
    """Of a hundred leads, how many are alive (open or won) in the baseline, what each cause gives or takes, how many in the other."""
    table = causes(findings)
    if table.empty or not {findings.baseline, scenario} <= set(table["scenario"]):
        return None
    shares = 100 * table.pivot_table(index="words", columns="scenario", values="mean").fillna(0.0)
    words = set(table[table["cause"].isin([REST, "won"])]["words"])
    start, end = (float(shares.loc[shares.index.isin(words), name].sum()) for name in (findings.baseline, scenario))
    steps = _steps((shares[findings.baseline] - shares[scenario])[~shares.index.isin(words)])
    inside = INSIDE * max(start, end, start + sum(step for step in steps.values() if step > 0))
    told = [cause if abs(step) >= inside else f"{cause} {signed_number(step)}" for cause, step in steps.items()]
    names = [f"alive in {findings.baseline}", *told, f"alive in {scenario}"]
    return Chart("bridge", "columns", f"Of 100 leads: from {findings.baseline} to {scenario}, death by death", names,
                 _pillars(start, list(steps.values()), end, inside), PER_HUNDRED)


def _steps(saved: pd.Series) -> dict[str, float]:
    """What each cause gives, the largest by name and the rest together; what is gained first, so that no column falls below zero."""
    largest = saved[saved.abs() >= SEEN].abs().nlargest(CAUSES).index
    rest = float(saved[~saved.index.isin(largest)].sum())
    told = {str(cause): float(saved[cause]) for cause in saved[largest].sort_values(ascending=False).index}
    told |= {"all other causes": rest} if len(saved) > len(largest) else {}
    return dict(sorted(told.items(), key=lambda step: step[1] < 0))


def signed_number(value: float) -> str:
    """A number with its sign and one digit."""
    return f"{value:+.1f}".replace("-", "−")


def _pillars(start: float, steps: list[float], end: float, inside: float) -> list[Series]:
    """The columns of a waterfall: one that carries and is not seen, the two ends, what is gained, what is lost."""
    at, base = start, []
    for step in steps:
        base.append(min(at, at + step))
        at += step
    nothing: list[Number] = [None] * len(steps)
    return [Series("carries", [None, *base, None], ""), Series("alive or won", [start, *nothing, end], GREEN, form="0.0"),
            Series("fewer deaths", [None, *(step if step >= 0 else None for step in steps), None], SKY,
                   form=f'[>={inside:.3f}]+0.0;""'),
            Series("more deaths", [None, *(-step if step < 0 else None for step in steps), None], VERMILLION,
                   form=f'[>={inside:.3f}]−0.0;""')]
