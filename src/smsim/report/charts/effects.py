"""What a setting does: the mean of every value and its paired difference, as lines over the values."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from smsim.report.answers import Answers, called
from smsim.report.look import BASELINE, BLUE, COLOURS, DASHES, INK, dressed
from smsim.report.wording import label, sentence

#: Width and height of a plot, and the most lines in one.
PANEL, HEIGHT, MOST = 340, 250, len(COLOURS)
_MONEY = "replace(format(datum.value, '~s'), 'G', 'B')"


def scale_of(unit: str) -> alt.Axis:
    """The axis of a key figure."""
    if unit == "share":
        return alt.Axis(format="~p", tickCount=5)
    return alt.Axis(labelExpr=_MONEY, tickCount=5) if unit == "money" else alt.Axis(tickCount=5)


def values_axis(answers: Answers, at: int) -> alt.X:
    """The values of a setting in the order of the file, evenly spaced."""
    words = answers.words(answers.factors[at])
    slanted = max(map(len, words)) * len(words) > 44
    axis = alt.Axis(labelAngle=-35 if slanted else 0, labelLimit=160, grid=False)
    return alt.X(f"f{at}:O", sort=words, title=called(answers.factors[at]), axis=axis, scale=alt.Scale(type="point", padding=0.4))


def title_of(answers: Answers, kpi: str) -> str:
    """The name of the question, and the key figure."""
    return f"{sentence(answers.asked['name'])}: {label(kpi)}"


def one_setting(answers: Answers, kpi: str) -> alt.TopLevelMixin:
    """Draw mean and paired difference over the values of the only setting, each with its 95% interval."""
    rows = answers.rows(kpi)
    panels = [_points(rows, answers, kpi, which) for which in ("mean", "gap")]
    subtitle = (f"Left: mean over the worlds. Right: paired difference from {answers.against}, world by world. Bars: 95% intervals. "
                "Values stand in the order of the file, not to scale.")
    return dressed(alt.hconcat(*panels, spacing=30), title_of(answers, kpi), subtitle)


def _points(rows: pd.DataFrame, answers: Answers, kpi: str, which: str) -> Any:
    low, high = ("low", "high") if which == "mean" else ("gap_low", "gap_high")
    base = alt.Chart(rows).encode(x=values_axis(answers, 0))
    y = _y(answers, kpi, which)
    layers = [
        base.mark_line(color=BLUE, strokeWidth=1.6).encode(y=y),
        base.mark_rule(color=BLUE, strokeWidth=2.4).encode(y=alt.Y(f"{low}:Q"), y2=f"{high}:Q"),
        base.mark_point(color=BLUE, filled=True, size=70, opacity=1).encode(y=y, tooltip=_tooltip(answers)),
    ]
    return _over_zero(layers, which).properties(width=PANEL, height=HEIGHT)


def _tooltip(answers: Answers) -> list[alt.Tooltip]:
    settings = [alt.Tooltip(f"f{at}:N", title=called(key)) for at, key in enumerate(answers.factors)]
    return [*settings, alt.Tooltip("mean_words:N", title="mean"), alt.Tooltip("gap_words:N", title="difference"), alt.Tooltip("verdict:N")]


def _y(answers: Answers, kpi: str, which: str) -> alt.Y:
    unit = answers.findings.kpi(kpi).unit
    words = sentence(label(kpi)) if which == "mean" else "Difference"
    currency = f" ({answers.findings.currency})" if unit == "money" and answers.findings.currency else ""
    if unit == "share" and which == "gap":
        return alt.Y("gap:Q", title=f"{words} (points)", axis=alt.Axis(labelExpr="format(100 * datum.value, '~g')", tickCount=5))
    return alt.Y(f"{which}:Q", title=words + currency, axis=scale_of(unit), scale=alt.Scale(zero=which == "gap"))


def _over_zero(layers: list[Any], which: str) -> Any:
    if which == "mean":
        return alt.layer(*layers)
    zero = alt.Chart(pd.DataFrame([{"gap": 0}])).mark_rule(color=BASELINE, strokeDash=[4, 2]).encode(y=alt.Y("gap:Q"))
    return alt.layer(zero, *layers)


def two_settings(answers: Answers, kpi: str) -> alt.TopLevelMixin | None:
    """Draw a line for each value of one setting over the values of the other; None where that would be too many lines."""
    counts = [len(answers.words(key)) for key in answers.factors]
    across, by = (0, 1) if counts[1] <= MOST else (1, 0)
    if counts[by] > MOST:
        return None
    rows = answers.rows(kpi)
    panels = [_lines(rows, answers, kpi, (across, by, which)) for which in ("mean", "gap")]
    subtitle = (f"Left: mean over the worlds. Right: paired difference from {answers.against}, world by world. Bars: 95% intervals. "
                "Values stand in the order of the file, not to scale.")
    return dressed(alt.hconcat(*panels, spacing=30), title_of(answers, kpi), subtitle)


def _lines(rows: pd.DataFrame, answers: Answers, kpi: str, roles: tuple[int, int, str]) -> Any:
    across, by, which = roles
    low, high = ("low", "high") if which == "mean" else ("gap_low", "gap_high")
    words = answers.words(answers.factors[by])
    legend = alt.Legend(title=called(answers.factors[by]), orient="top", symbolType="stroke", symbolSize=500, labelLimit=0,
                        titleColor=INK)
    field, spread = f"f{by}:N", 5 * (len(words) - 1)
    colour = alt.Color(field, scale=alt.Scale(domain=words, range=list(COLOURS[: len(words)])), legend=legend)
    dash = alt.StrokeDash(field, scale=alt.Scale(domain=words, range=DASHES[: len(words)]), legend=legend)
    aside = alt.XOffset(field, sort=words, scale=alt.Scale(domain=words, range=[-spread, spread]))
    base = alt.Chart(rows).encode(x=values_axis(answers, across), color=colour, xOffset=aside)
    y = _y(answers, kpi, which)
    layers = [base.mark_rule(strokeWidth=1.8).encode(y=alt.Y(f"{low}:Q"), y2=f"{high}:Q"),
              base.mark_line(strokeWidth=1.6).encode(y=y, strokeDash=dash),
              base.mark_point(filled=True, size=45, opacity=1).encode(y=y, tooltip=_tooltip(answers))]
    return _over_zero(layers, which).properties(width=PANEL, height=HEIGHT)


def main_effects(answers: Answers, kpi: str) -> alt.TopLevelMixin:
    """Draw what each of many settings does on average over all the others, a panel each, all on one scale."""
    panels = []
    for at, key in enumerate(answers.factors):
        rows = answers.main_effect(kpi, at).rename(columns={"value": f"f{at}"})
        y = _y(answers, kpi, "gap")
        base = alt.Chart(rows).encode(x=values_axis(answers, at))
        layers = [base.mark_line(color=BLUE, strokeWidth=1.6).encode(y=y),
                  base.mark_rule(color=BLUE, strokeWidth=2.4).encode(y=alt.Y("gap_low:Q"), y2="gap_high:Q"),
                  base.mark_point(color=BLUE, filled=True, size=60, opacity=1).encode(y=y)]
        heading = alt.TitleParams(called(key), fontSize=13, anchor="start", color=INK)
        panels.append(_over_zero(layers, "gap").properties(width=200, height=180, title=heading))
    subtitle = ("Each panel: one setting's paired difference from its first value (or the baseline's) in the same world, averaged over all "
                "values of the others. Bars: 95% intervals. How settings act together is not shown; the tables hold every firm.")
    return dressed(alt.concat(*panels, columns=3, spacing=26).resolve_scale(y="shared"), title_of(answers, kpi), subtitle)
