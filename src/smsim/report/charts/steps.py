"""What each step buys: the gain of every lever on top of those before, and all of them together, with intervals."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from smsim.report.charts.frontier import gain_axis
from smsim.report.look import BASELINE, BLUE, INK, ORANGE, QUIET, VERMILLION, WIDTH, dressed, names_axis

STEP, ALL = "this step, on top of those before", "all steps so far"
_ROW = 44


def steps(table: pd.DataFrame, words: dict[str, str]) -> alt.TopLevelMixin:
    """Draw the steps one below the other. `words`: title, subtitle, the name of the axis and its form; the table has `words` for each."""
    each = table.assign(kind=STEP, mean=table["step_gain"], low=table["step_low"], high=table["step_high"], say=table["step_words"])
    together = table.assign(kind=ALL, mean=table["gain"], say=table["gain_words"])
    rows = pd.concat([each, together], ignore_index=True)
    rows["ink"] = [INK if kind == ALL else BLUE if low > 0 else VERMILLION if high < 0 else ORANGE
                   for kind, low, high in zip(rows["kind"], rows["low"], rows["high"], strict=True)]
    y = alt.Y("name:N", sort=list(table["name"]), title=None, axis=names_axis(size=12))
    offset = alt.YOffset("kind:N", sort=[STEP, ALL])
    shape = alt.Shape("kind:N", scale=alt.Scale(domain=[STEP, ALL], range=["circle", "square"]),
                      legend=alt.Legend(title=None, orient="top", labelLimit=0))
    x: dict[str, Any] = {"title": words["gain"], "axis": gain_axis(words["form"]), "scale": alt.Scale(zero=True)}
    base = alt.Chart(rows).encode(y=y, yOffset=offset, color=alt.Color("ink:N", scale=None))
    zero = alt.Chart(pd.DataFrame([{"mean": 0}])).mark_rule(color=BASELINE).encode(x=alt.X("mean:Q", **x))
    layers = [
        zero,
        base.mark_rule(strokeWidth=2.2).encode(x=alt.X("low:Q", **x), x2="high:Q"),
        base.mark_point(filled=True, size=85, opacity=1).encode(x=alt.X("mean:Q", **x), shape=shape),
        alt.Chart(rows).mark_text(align="left", dx=8, fontSize=11, color=QUIET).encode(
            y=y, yOffset=offset, x=alt.value(WIDTH - 140), text="say:N"),
    ]
    return dressed(alt.layer(*layers).properties(width=WIDTH - 140, height=alt.Step(_ROW / 2)), words["title"], words["subtitle"])
