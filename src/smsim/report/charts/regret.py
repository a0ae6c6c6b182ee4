"""World by world, how far each candidate falls short of the best there: a map of cells with their figures in them."""

from __future__ import annotations

import altair as alt
import pandas as pd

from smsim.report.look import INK, PAPER, VERMILLION, dressed, names_axis

_CELL, _ROW, _DARK = 92, 30, 0.7
#: Columns that fit beside each other.
MOST = 8


def regret(table: pd.DataFrame, words: dict[str, str]) -> alt.TopLevelMixin:
    """Draw the map. The table has `world column regret say is_sure`; `words`: title and subtitle."""
    most = float(table["regret"].max()) or 1.0
    rows = table.assign(ink=[PAPER if value > _DARK * most else INK for value in table["regret"]])
    columns, worlds = list(dict.fromkeys(table["column"])), list(dict.fromkeys(table["world"]))
    x = alt.X("column:N", sort=columns, title=None, axis=alt.Axis(orient="top", labelAngle=0, labelLimit=_CELL, ticks=False, domain=False))
    y = alt.Y("world:N", sort=worlds, title=None, axis=names_axis(size=11))
    base = alt.Chart(rows).encode(x=x, y=y)
    colour = alt.Color("regret:Q", scale=alt.Scale(domain=[0, most], range=["#f7f7f7", VERMILLION]), legend=None)
    pale = alt.condition("datum.is_sure", alt.value(1.0), alt.value(0.45))
    layers = [
        base.mark_rect(stroke=PAPER, strokeWidth=1).encode(color=colour, opacity=pale),
        base.mark_text(fontSize=11).encode(text="say:N", color=alt.Color("ink:N", scale=None)),
    ]
    layered = alt.layer(*layers).resolve_scale(color="independent")
    return dressed(layered.properties(width=_CELL * len(columns), height=_ROW * len(worlds)), words["title"], words["subtitle"])
