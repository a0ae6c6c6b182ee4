"""Cost against gain: what was looked at, what was estimated afresh, and the best that can be had at each price."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from smsim.report.look import BASELINE, BLUE, INK, QUIET, VERMILLION, WIDTH, dressed

HEIGHT = 340
SEARCHED, FRESH, CHOSEN = "looked at in the search (flattered by luck)", "short list, on fresh luck", "recommended"
#: A label is broken into lines of so many letters.
_LINE = 34


def frontier(searched: pd.DataFrame, listed: pd.DataFrame, words: dict[str, str]) -> alt.TopLevelMixin:
    """Draw the frontier. `words`: title, subtitle, and the names of the axes, `cost` and `gain`."""
    kinds = [SEARCHED, FRESH, CHOSEN]
    dots = searched.assign(kind=SEARCHED)
    own = listed.assign(kind=[CHOSEN if chosen else FRESH for chosen in listed["is_recommended"]], label=listed["candidate"].map(_lines))
    axis = alt.Axis(labelExpr="datum.value < 0 ? '' : format(datum.value, '~s')", grid=False, tickCount=8)
    x: dict[str, Any] = {"title": words["cost"], "axis": axis, "scale": _scale(searched, listed)}
    y: dict[str, Any] = {"title": words["gain"], "axis": gain_axis(words["form"]), "scale": alt.Scale(zero=True)}
    legend = alt.Legend(title=None, orient="top", labelLimit=0, symbolOpacity=1)
    colour = alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=["#b8c0c7", BLUE, VERMILLION]), legend=legend)
    zero = alt.Chart(pd.DataFrame([{"gain": 0}])).mark_rule(color=BASELINE, strokeDash=[4, 2]).encode(y=alt.Y("gain:Q", **y))
    base = alt.Chart(own).encode(x=alt.X("cost:Q", **x), color=colour)
    tooltip = [alt.Tooltip("candidate:N"), alt.Tooltip("cost:Q", format=",.0f"), alt.Tooltip("gain:Q", format=",.3~s")]
    line = alt.Chart(own[own["on_frontier"]]).mark_line(interpolate="step-after", color=INK, strokeWidth=1.3, opacity=0.55).encode(
        x=alt.X("cost:Q", **x), y=alt.Y("gain:Q", **y))
    named = own[own["on_frontier"] | own["is_recommended"]]
    layers = [
        zero,
        alt.Chart(dots).mark_point(filled=True, size=28, opacity=0.8).encode(
            x=alt.X("cost:Q", **x), y=alt.Y("gain:Q", **y), color=colour, tooltip=tooltip),
        line,
        base.mark_rule(strokeWidth=2).encode(y=alt.Y("low:Q", **y), y2="high:Q"),
        base.mark_point(filled=True, size=95, opacity=1).encode(y=alt.Y("gain:Q", **y), tooltip=tooltip),
        alt.Chart(named).mark_text(align="left", dx=8, dy=-8, fontSize=10.5, color=QUIET, lineBreak="\n", baseline="line-bottom").encode(
            x=alt.X("cost:Q", **x), y=alt.Y("gain:Q", **y), text="label:N"),
    ]
    return dressed(alt.layer(*layers).properties(width=WIDTH, height=HEIGHT), words["title"], words["subtitle"])


def gain_axis(form: str) -> alt.Axis:
    """An axis of gains: zero has no unit."""
    return alt.Axis(labelExpr=f"datum.value == 0 ? '0' : format(datum.value, '{form}')", tickCount=8)


def _scale(searched: pd.DataFrame, listed: pd.DataFrame) -> alt.Scale:
    """From nothing to the dearest, with room for its name."""
    costs = [0.0, *searched["cost"], *listed["cost"]]
    low, wide = min(costs), (max(costs) - min(costs)) or 1.0
    return alt.Scale(domain=[low - 0.02 * wide, max(costs) + 0.25 * wide], nice=False, zero=False)


def _lines(name: str) -> str:
    """A candidate in lines, a lever or two on each."""
    lines = [""]
    for part in name.split(" + "):
        if lines[-1] and len(lines[-1]) + len(part) > _LINE:
            lines.append("")
        lines[-1] += (" + " if lines[-1] else "") + part
    return "\n".join(lines)
