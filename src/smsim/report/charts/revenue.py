"""Revenue over the weeks, with the spread of runs and the uncertainty of the mean told apart."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from smsim.core.calendar import QUARTER, WEEK
from smsim.report.look import GRID, QUIET, WIDTH, Look, band_opacity, dressed, facets, in_panels
from smsim.report.statistics import bands, summarise

#: Weeks that a trailing mean spans, so that the line can be read.
TRAILING = 4
MONEY = "replace(format(datum.value, '~s'), 'G', 'B')"


def weekly(days: pd.DataFrame, value: str = "revenue") -> pd.DataFrame:
    """Weekly sums of a daily figure as a trailing mean of four weeks; a broken week at the end is left out."""
    table = days[["scenario", "replication", "day", value]]
    whole = (int(table["day"].max()) + 1) // WEEK
    table = table.assign(week=table["day"] // WEEK + 1)
    sums = table[table["week"] <= whole].groupby(["scenario", "replication", "week"], sort=False, observed=True)[value].sum()
    window = TRAILING if whole >= 2 * TRAILING else 1
    smooth = sums.groupby(level=[0, 1], sort=False).transform(lambda weeks: weeks.rolling(window).mean())
    return smooth.dropna().reset_index()


def revenue_over_weeks(days: pd.DataFrame, look: Look, warm_up_days: int, title: str) -> alt.TopLevelMixin | None:
    """Draw each scenario's mean weekly revenue with its two bands; None where no whole week was played."""
    weeks = weekly(days)
    if weeks.empty:
        return None
    summary = summarise(weeks, ["scenario", "week"], "revenue")
    summary["low"] = summary["low"].clip(lower=0)
    table = pd.concat([bands(summary), summary[["scenario", "week", "mean"]].assign(band=None)], ignore_index=True)
    lowest, highest = float(table[["low", "mean"]].min().min()), float(table[["high", "mean"]].max().max())
    last = int(days["day"].max() + 1) // WEEK
    layers = _layers(look, last, warm_up_days / WEEK, zero=0 <= lowest < 0.4 * highest)
    if len(look.scenarios) == 1:
        return dressed(alt.layer(*layers, data=table).properties(width=WIDTH, height=300), title, "Line: mean over the runs.")
    names = look.scenarios
    panels = facets(alt.layer(*layers, data=in_panels(table, look, names)), names, 200 if len(names) < 4 else 140)
    return dressed(panels, title, f"Line: mean over the runs. The dashed grey line in every panel is {look.baseline}.")


def weeks_axis(last: int, panels: int) -> alt.X:
    """Weeks along the axis, a tick at the end of each quarter, or of fewer where panels are narrow."""
    step = QUARTER // WEEK * (1 if panels == 1 else 2)
    ticks = list(range(0, last + 1, step)) if last > step else alt.Undefined
    axis = alt.Axis(values=ticks, grid=False, format="d")
    return alt.X("week:Q", title="week", scale=alt.Scale(domain=[0, last], nice=False), axis=axis)


def banded(x: alt.X, y: dict[str, Any], look: Look) -> list[alt.Chart]:
    """The two bands, and over them the mean line, of rows told apart by `band`."""
    band = alt.Chart().mark_area().transform_filter("isValid(datum.band)").encode(
        x=x, y=alt.Y("low:Q", **y), y2="high:Q", color=look.colour(), opacity=band_opacity())
    tooltip = [alt.Tooltip("scenario:N"), alt.Tooltip("week:Q"), alt.Tooltip("mean:Q", format=",.0f")]
    line = alt.Chart().mark_line(strokeWidth=2).transform_filter("!isValid(datum.band)").encode(
        x=x, y=alt.Y("mean:Q", **y), color=look.colour(), strokeDash=look.dash(), tooltip=tooltip)
    return [band, line]


def _layers(look: Look, last: int, warm_up: float, *, zero: bool) -> list[alt.Chart]:
    panels = len(look.scenarios)
    x = weeks_axis(last, panels)
    money = f"revenue per week{f' ({look.currency})' if look.currency else ''}"
    title = [money, f"trailing {TRAILING}-week mean"] if last >= 2 * TRAILING else money
    y: dict[str, Any] = {"title": title, "scale": alt.Scale(zero=zero), "axis": alt.Axis(labelExpr=MONEY, tickCount=5)}
    words = look.without_legend() if panels > 1 else look
    return [*_warm_up(warm_up, last, x, narrow=panels > 1), *banded(x, y, words)]


def _warm_up(weeks: float, last: int, x: alt.X, *, narrow: bool) -> list[alt.Chart]:
    if not 0 < weeks < last:
        return []
    span = pd.DataFrame([{"week": 0, "end": weeks, "words": "warm-up" if narrow else "warm-up, not counted"}])
    shade = alt.Chart(span).mark_rect(color=GRID, opacity=0.7).encode(x=x, x2="end:Q")
    words = alt.Chart(span).mark_text(align="left", baseline="top", dx=4, dy=4, fontSize=11, color=QUIET).encode(
        x=x, y=alt.value(0), text="words:N")
    return [shade, words]
