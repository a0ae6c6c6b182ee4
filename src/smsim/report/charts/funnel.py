"""The funnel: how many leads come in, are worked, become opportunities and are won."""

from __future__ import annotations

import math

import altair as alt
import pandas as pd

from smsim.report.charts.strips import strips
from smsim.report.look import INK, WIDTH, Look, dressed, names_axis
from smsim.report.statistics import summarise
from smsim.report.wording import short

#: The stages by KPI, in order; what the runs lack is skipped.
STAGES = {"leads": "marketing leads", "leads_worked": "called", "leads_qualified": "became opportunities", "leads_won": "won by the end"}

#: Whole numbers as long as they are short.
NUMBER = "datum.value < 1e5 ? format(datum.value, ',d') : format(datum.value, '~s')"


def stages(runs: pd.DataFrame) -> pd.DataFrame:
    """Mean number per run at each stage, its interval, and its share of the first stage."""
    there = [name for name in STAGES if name in runs and runs[name].notna().any()]
    if len(there) < 2:
        return pd.DataFrame()
    long = runs.melt(["scenario", "replication"], there, var_name="stage", value_name="count_of").dropna(subset=["count_of"])
    table = summarise(long, ["scenario", "stage"], "count_of")
    first = table[table["stage"] == there[0]].set_index("scenario")["mean"]
    table["share"] = table["mean"] / table["scenario"].map(first)
    pieces = zip(table["mean"], table["share"], table["stage"] == there[0], strict=True)
    table["words"] = [_words(mean, math.nan if is_first else share) for mean, share, is_first in pieces]
    return table.assign(stage_words=table["stage"].map(STAGES))


def _words(mean: float, share: float) -> str:
    number = f"{mean:,.0f}" if mean < 1e5 else short(mean)
    return number if math.isnan(share) else f"{number}  ({share:.0%})"


def funnel(runs: pd.DataFrame, look: Look, title: str) -> alt.TopLevelMixin | None:
    """Draw a bar per stage and scenario, with the 95% interval of its mean; None where there are fewer than two stages."""
    table = stages(runs)
    if table.empty:
        return None
    subtitle = "Mean per run with its 95% interval; in brackets as % of the leads created."
    order = [words for words in STAGES.values() if (table["stage_words"] == words).any()]
    if look.in_panels:
        chart = strips(table.assign(panel=table["stage_words"]), look, order, alt.Axis(labelExpr=NUMBER, tickCount=4))
        return dressed(chart, title, f"{subtitle} Dashed line: {look.baseline}. Every panel has its own scale.")
    return dressed(_bars(table, look, order), title, subtitle)


def _bars(table: pd.DataFrame, look: Look, order: list[str]) -> alt.TopLevelMixin:
    y = alt.Y("stage_words:N", sort=order, title=None, axis=names_axis(10, 13),
              scale=alt.Scale(paddingInner=0.25, paddingOuter=0.1))
    offset = alt.YOffset("scenario:N", sort=look.scenarios, scale=alt.Scale(paddingInner=0.15, paddingOuter=0.1))
    number = "number per run, after the warm-up"
    x = alt.X("mean:Q", title=number, axis=alt.Axis(labelExpr=NUMBER, tickCount=6))
    base = alt.Chart(table).encode(y=y, yOffset=offset)
    tooltip = [alt.Tooltip("scenario:N"), alt.Tooltip("stage_words:N", title="stage"), alt.Tooltip("words:N", title="mean")]
    bars = base.mark_bar().encode(x=x, color=_colour(look), tooltip=tooltip)
    whiskers = base.mark_rule(strokeWidth=1.4, color=INK).encode(x=alt.X("low:Q", title=number), x2="high:Q")
    end = alt.Chart(table.assign(end=table["high"].fillna(table["mean"]))).encode(y=y, yOffset=offset)
    words = end.mark_text(align="left", dx=6, fontSize=11.5, color=INK).encode(x=alt.X("end:Q", title=number), text="words:N")
    return alt.layer(bars, whiskers, words).properties(width=WIDTH - 80, height=alt.Step(20))


def _colour(look: Look) -> alt.Color:
    several = len(look.scenarios) > 1
    longest = max(len(name) for name in look.scenarios)
    legend = alt.Legend(title=None, orient="top", columns=max(1, int(WIDTH / (7 * longest + 40))), symbolType="square",
                        symbolSize=180, symbolStrokeWidth=0)
    return alt.Color("scenario:N", scale=alt.Scale(domain=look.scenarios, range=look.colours), legend=legend if several else None)
