"""World by world, how far each candidate falls short of the best there: a map of cells with their figures in them."""

from __future__ import annotations

import altair as alt
import pandas as pd

from smsim.report.look import INK, PAPER, VERMILLION, dressed, names_axis

#: Width of a cell, least and most, its height, where figures turn white, and candidates that fit below each other.
_CELLS, _ROW, _DARK, MOST = (56, 110), 44, 0.7, 8
#: Width of all cells where they fit.
_WIDE = 520


def regret(table: pd.DataFrame, words: dict[str, str]) -> alt.TopLevelMixin:
    """Draw the map. The table has `world name regret say is_sure`; `words`: title and subtitle."""
    most = float(table["regret"].max()) or 1.0
    dark = (table["regret"] > _DARK * most) & table["is_sure"]
    rows = table.assign(ink=[PAPER if each else INK for each in dark])
    names, worlds = list(dict.fromkeys(table["name"])), list(dict.fromkeys(table["world"]))
    wide = min(max(_WIDE // len(worlds), _CELLS[0]), _CELLS[1])
    slanted = any(len(world) * 6.5 > wide for world in worlds)
    axis = alt.Axis(labelAngle=-35 if slanted else 0, labelLimit=240, ticks=False, domain=False)
    x = alt.X("world:N", sort=worlds, title=None, axis=axis)
    y = alt.Y("name:N", sort=names, title=None, axis=names_axis(size=11))
    base = alt.Chart(rows).encode(x=x, y=y)
    colour = alt.Color("regret:Q", scale=alt.Scale(domain=[0, most], range=["#f7f7f7", VERMILLION]), legend=None)
    pale = alt.condition("datum.is_sure", alt.value(1.0), alt.value(0.45))
    layers = [
        base.mark_rect(stroke=PAPER, strokeWidth=1).encode(color=colour, opacity=pale),
        base.mark_text(fontSize=11).encode(text="say:N", color=alt.Color("ink:N", scale=None)),
    ]
    layered = alt.layer(*layers).resolve_scale(color="independent")
    return dressed(layered.properties(width=wide * len(worlds), height=_ROW * len(names)), words["title"], words["subtitle"])
