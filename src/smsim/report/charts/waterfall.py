"""A waterfall that lies: each step begins where the one above it ended, and the last row is all of them together."""

from __future__ import annotations

import textwrap

import altair as alt
import pandas as pd

from smsim.report.look import BASELINE, BLUE, INK, QUIET, SKY, VERMILLION, dressed, names_axis
from smsim.report.steps import Steps, how, title

#: Width of the plot and height of a row; letters of a detail.
PANEL, ROW, LETTERS = 330, 36, 44
#: How numbers are written along the axis, by unit.
FORMS = {"money": "+~s", "share": "+.1%"}
GAINS, LOSES, WHOLE = "gains", "loses", "together"


def waterfall(steps: Steps) -> alt.TopLevelMixin:
    """Draw the steps with their intervals."""
    rows = _rows(steps)
    order = list(rows["name"])
    y = alt.Y("name:N", sort=order, title=None, axis=_names(), scale=alt.Scale(paddingInner=0.35, paddingOuter=0.2))
    money = f" ({steps.findings.currency})" if steps.unit == "money" and steps.findings.currency else ""
    x = alt.X("start:Q", title=f"against {steps.findings.baseline}{money}", scale=_scale(rows),
              axis=alt.Axis(tickCount=5, labelExpr=f"datum.value == 0 ? '0' : format(datum.value, '{FORMS.get(steps.unit, '+~g')}')"))
    good = BLUE if steps.findings.kpi(steps.kpi).better != "neither" else SKY
    bad = VERMILLION if good == BLUE else QUIET
    colour = alt.Color("kind:N", scale=alt.Scale(domain=[GAINS, LOSES, WHOLE], range=[good, bad, BASELINE]), legend=None)
    base = alt.Chart(rows).encode(y=y)
    tooltip = [alt.Tooltip("label:N", title="step"), alt.Tooltip("words:N", title="adds")]
    zero = alt.Chart(pd.DataFrame([{"start": 0}])).mark_rule(color=INK, strokeWidth=1).encode(x=x)
    layers = [zero,
              base.mark_bar(opacity=0.85).encode(x=x, x2="end:Q", color=colour, tooltip=tooltip),
              base.mark_rule(color=QUIET, strokeDash=[2, 2]).transform_filter("isValid(datum.next)").encode(x=alt.X("end:Q"), y2="next:N"),
              base.mark_rule(color=INK, strokeWidth=1.8).transform_filter("isValid(datum.from)").encode(x=alt.X("from:Q"), x2="to:Q"),
              base.mark_text(align="left", dx=10, fontSize=11.5, color=QUIET).encode(x=alt.value(PANEL), text="words:N")]
    return dressed(alt.layer(*layers).properties(width=PANEL, height=alt.Step(ROW)), title(steps), how(steps))


def _names() -> alt.Axis:
    """Names of one line or two, in the middle of their row."""
    axis = names_axis()
    axis.labelOffset = alt.condition("indexof(datum.label, '\\n') >= 0", alt.value(-8), alt.value(0))
    return axis


def _rows(steps: Steps) -> pd.DataFrame:
    """The rows as they are drawn: a name of one line or two, the ends of the interval where the step ends, what comes below."""
    rows = steps.drawn
    names = [f"{name}\n{textwrap.shorten(detail, LETTERS, placeholder=' …')}" if detail else name
             for name, detail in zip(rows["label"], rows["detail"], strict=True)]
    below = steps.findings.kpi(steps.kpi).better == "down"
    kinds = [GAINS if (value >= 0) != below else LOSES for value in rows["value"][:-1]]
    return rows.assign(name=names, kind=[*kinds, WHOLE], next=pd.Series([*names[1:], None], dtype=object),
                       **{"from": rows["start"] + rows["low"], "to": rows["start"] + rows["high"]})


def _scale(rows: pd.DataFrame) -> alt.Scale:
    ends = [0.0, *rows["start"], *rows["end"], *rows["from"].dropna(), *rows["to"].dropna()]
    room = 0.03 * (max(ends) - min(ends)) or 1.0
    return alt.Scale(domain=[min(ends) - room, max(ends) + room], nice=False, zero=False)
