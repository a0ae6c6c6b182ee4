"""Many scenarios on a few figures: a panel per figure, a row per scenario, a dot with its interval; the baseline a dashed line."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from smsim.report.look import BASELINE, BLUE, QUIET, Look, names_axis, panel_header

#: Width of a panel's plot, and panels in a row.
PANEL, COLUMNS = 230, 2


def strips(table: pd.DataFrame, look: Look, order: list[str], axis: alt.Axis) -> alt.TopLevelMixin:
    """Draw the rows `scenario panel mean low high words`; every panel has its own scale."""
    base = table[table["scenario"] == look.baseline].set_index("panel")["mean"]
    table = table.assign(base=table["panel"].map(base), end=table[["mean", "high"]].max(axis=1))
    y = alt.Y("scenario:N", sort=look.scenarios, title=None, axis=names_axis())
    colour = alt.condition(alt.FieldEqualPredicate(equal=look.baseline, field="scenario"), alt.value(BASELINE), alt.value(BLUE))
    scale = alt.Scale(zero=False, padding=10)
    rows = alt.Chart().encode(y=y, color=colour)
    tooltip = [alt.Tooltip("scenario:N"), alt.Tooltip("words:N", title="mean")]
    middle = alt.X("mean:Q", title=None, scale=scale, axis=axis)
    layers = [
        alt.Chart().mark_rule(color=BASELINE, strokeDash=[4, 2]).encode(x=alt.X("mean(base):Q", title=None, scale=scale)),
        rows.mark_rule(strokeWidth=2.2).encode(x=alt.X("low:Q", title=None, scale=scale, axis=axis), x2="high:Q"),
        rows.mark_point(filled=True, size=55, opacity=1).encode(x=middle, tooltip=tooltip),
        alt.Chart().mark_text(align="left", dx=8, fontSize=11, color=QUIET).encode(y=y, x=alt.value(PANEL), text="words:N"),
    ]
    facet = alt.Facet("panel:N", sort=order, header=panel_header(PANEL))
    panel: Any = alt.layer(*layers, data=table).properties(width=PANEL, height=alt.Step(18))
    chart: alt.TopLevelMixin = panel.facet(facet, columns=COLUMNS, spacing={"row": 24, "column": 90}).resolve_scale(x="independent")
    return chart
