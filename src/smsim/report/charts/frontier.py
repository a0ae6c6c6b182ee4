"""Cost against gain: what was looked at, what was estimated afresh, and the best that can be had at each price."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from smsim.report.look import BASELINE, BLUE, INK, VERMILLION, WIDTH, dressed

HEIGHT = 340
SEARCHED, FRESH, CHOSEN = "looked at in the search (flattered by luck)", "short list, on fresh luck", "recommended"
#: So many candidates have a letter.
_LETTERS = 26


def frontier(searched: pd.DataFrame, listed: pd.DataFrame, words: dict[str, str]) -> alt.TopLevelMixin:
    """Draw the frontier. `words`: title, subtitle, and the names of the axes, `cost` and `gain`."""
    kinds = [SEARCHED, FRESH, CHOSEN]
    own = listed.assign(kind=[CHOSEN if chosen else FRESH for chosen in listed["is_recommended"]],
                        label=listed["candidate"].map(lettered(listed)))
    axis = alt.Axis(labelExpr="datum.value < 0 ? '' : format(datum.value, '~s')", grid=False, tickCount=8)
    x: dict[str, Any] = {"title": words["cost"], "axis": axis, "scale": _scale(searched, listed)}
    y: dict[str, Any] = {"title": words["gain"], "axis": gain_axis(words["form"]), "scale": alt.Scale(zero=True)}
    legend = alt.Legend(title=None, orient="top", labelLimit=0, symbolOpacity=1)
    colour = alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=["#b8c0c7", BLUE, VERMILLION]), legend=legend)
    zero = alt.Chart(pd.DataFrame([{"gain": 0}])).mark_rule(color=BASELINE, strokeDash=[4, 2]).encode(y=alt.Y("gain:Q", **y))
    place = {"x": alt.X("cost:Q", **x), "y": alt.Y("gain:Q", **y), "color": colour}
    layers = [zero, *_layers(searched.assign(kind=SEARCHED), own, place, y)]
    return dressed(alt.layer(*layers).properties(width=WIDTH, height=HEIGHT), words["title"], words["subtitle"])


def _layers(dots: pd.DataFrame, own: pd.DataFrame, place: dict[str, Any], y: dict[str, Any]) -> list[Any]:
    """Dots of the search, the line of the best at each price, the short list with its intervals and names."""
    tooltip = [alt.Tooltip("candidate:N"), alt.Tooltip("cost:Q", format=",.0f"), alt.Tooltip("gain:Q", format=",.3~s")]
    base, named = alt.Chart(own), own[own["on_frontier"] | own["is_recommended"]]
    at = {"x": place["x"], "y": place["y"]}
    return [
        alt.Chart(dots).mark_point(filled=True, size=28, opacity=0.8).encode(**place, tooltip=tooltip),
        alt.Chart(own[own["on_frontier"]]).mark_line(interpolate="step-after", color=INK, strokeWidth=1.3, opacity=0.55).encode(**at),
        base.mark_rule(strokeWidth=2).encode(x=place["x"], color=place["color"], y=alt.Y("low:Q", **y), y2="high:Q"),
        base.mark_point(filled=True, size=95, opacity=1).encode(**place, tooltip=tooltip),
        alt.Chart(named).mark_text(align="left", dx=7, dy=-9, fontSize=12, fontWeight=600, color=INK).encode(
            **at, text="label:N"),
    ]


def gain_axis(form: str) -> alt.Axis:
    """An axis of gains: zero has no unit."""
    return alt.Axis(labelExpr=f"datum.value == 0 ? '0' : format(datum.value, '{form}')", tickCount=8)


def _scale(searched: pd.DataFrame, listed: pd.DataFrame) -> alt.Scale:
    """From nothing to the dearest, with room for its name."""
    costs = [0.0, *searched["cost"], *listed["cost"]]
    low, wide = min(costs), (max(costs) - min(costs)) or 1.0
    return alt.Scale(domain=[low - 0.02 * wide, max(costs) + 0.05 * wide], nice=False, zero=False)


def lettered(listed: pd.DataFrame) -> dict[str, str]:
    """A letter for each candidate that is the best at its price or recommended, from the cheapest on."""
    named = listed[listed["on_frontier"] | listed["is_recommended"]].sort_values("cost", kind="stable")["candidate"]
    return {str(name): chr(ord("A") + at) for at, name in enumerate(named) if at < _LETTERS}
