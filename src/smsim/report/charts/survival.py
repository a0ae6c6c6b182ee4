"""How long leads live: the share still alive at each age."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from smsim.report.look import QUIET, WIDTH, Look, dressed, facets, in_panels
from smsim.report.statistics import MEAN_NAME, summarise

#: Ages in words, in hours, and the age below which the axis is nearly linear.
AGES = {0: "birth", 5 / 60: "5 min", 1: "1 hour", 8: "8 hours", 24: "1 day", 168: "1 week", 720: "30 days"}
BEND = 0.1


def lead_survival(curves: pd.DataFrame, look: Look, title: str) -> alt.TopLevelMixin | None:
    """Draw the share of leads alive by age, mean over the runs with its 95% interval; None where there is no curve."""
    alive = curves[(curves["curve"] == "surviving") & curves["value"].notna()]
    if alive.empty:
        return None
    summary = summarise(alive, ["scenario", "age_hours"], "value")
    band = summary.assign(band=MEAN_NAME).dropna(subset=["low"])
    band = band.assign(low=band["low"].clip(lower=0), high=band["high"].clip(upper=1))
    lines = summary[["scenario", "age_hours", "mean"]].assign(band=None)
    table = pd.concat([band.drop(columns=["count", "p_low", "p_high"]), lines], ignore_index=True)
    layers = _layers(look, float(table["age_hours"].max()))
    subtitle = "Line: mean over the runs; band: uncertainty of the mean (95%). Open and won leads are not counted as dead."
    if look.in_panels:
        panels = alt.layer(*layers, data=in_panels(table, look, look.scenarios[1:]))
        return dressed(facets(panels, look.scenarios[1:], 150), title, f"{subtitle} Grey: {look.baseline}.")
    return dressed(alt.layer(*layers, data=table).properties(width=WIDTH, height=320), title, subtitle)


def _layers(look: Look, oldest: float) -> list[alt.Chart]:
    crowded = {0, 5 / 60, 8, 168} if look.in_panels else set()
    ages = {hours: words for hours, words in AGES.items() if hours <= oldest and hours not in crowded}
    words = "".join(f"abs(datum.value - {hours}) < 1e-6 ? '{text}' : " for hours, text in ages.items()) + "''"
    x = alt.X("age_hours:Q", title="age of the lead" + ("" if look.in_panels else " (stretched: the first hours get most room)"),
              scale=alt.Scale(type="symlog", constant=BEND, domain=[0, oldest], nice=False),
              axis=alt.Axis(values=list(ages), labelExpr=words, grid=True, labelOverlap="parity", labelFlush=True))
    axis = alt.Axis(format="%", tickCount=5)
    alive: dict[str, Any] = {"title": "leads still alive", "scale": alt.Scale(domain=[0, 1]), "axis": axis}
    y = alt.Y("mean:Q", **alive)
    tooltip = [alt.Tooltip("scenario:N"), alt.Tooltip("age_hours:Q", title="age in hours", format=".3~g"),
               alt.Tooltip("mean:Q", title="alive", format=".1%")]
    half = alt.Chart(pd.DataFrame([{"mean": 0.5, "words": "half the leads"}])).encode(y=y)
    band = alt.Chart().mark_area(opacity=0.3).transform_filter("isValid(datum.band)").encode(
        x=x, y=alt.Y("low:Q", **alive), y2="high:Q", color=look.colour())
    line = alt.Chart().mark_line(strokeWidth=2).transform_filter("!isValid(datum.band)").encode(
        x=x, y=y, color=look.colour(), strokeDash=look.dash(), tooltip=tooltip)
    words_of_half = half.mark_text(align="right", baseline="bottom", dx=-4, dy=-3, fontSize=11, color=QUIET)
    return [half.mark_rule(color=QUIET, strokeDash=[2, 3]), words_of_half.encode(x=alt.value("width"), text="words:N"), band, line]
