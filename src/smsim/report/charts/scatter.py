"""Many settings at once, each over a range: a dot for every firm, and the mean over firms alike, a panel per setting."""

from __future__ import annotations

import math
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from smsim.core import units
from smsim.report.answers import Answers, called
from smsim.report.charts.effects import scale_of, title_of
from smsim.report.look import BASELINE, BLUE, INK, QUIET, dressed
from smsim.report.statistics import mean_interval
from smsim.report.wording import label, sentence

#: Width and height of a panel, panels in a row, firms in a bin at least.
PANEL, HEIGHT, COLUMNS, BIN = 200, 160, 3, 6
_MOST_BINS = 6


def binned(x: pd.Series, y: pd.Series) -> pd.DataFrame:
    """The mean over the firms of each bin with its 95% interval: bins hold equally many firms; `x mean low high`."""
    count = max(2, min(_MOST_BINS, len(x) // BIN))
    order = np.argsort(x.to_numpy(), kind="stable")
    rows = []
    for part in np.array_split(order, count):
        if len(part):
            mean, low, high = mean_interval(y.iloc[part])
            rows.append({"x": float(x.iloc[part].mean()), "mean": mean, "low": low, "high": high})
    return pd.DataFrame(rows)


def scatters(answers: Answers, kpi: str) -> alt.TopLevelMixin:
    """Draw the panels, the settings that the key figure follows most closely first."""
    rows = answers.rows(kpi)
    dots = rows[rows["is_point"]].dropna(subset=["mean"])
    base = float(rows.loc[~rows["is_point"], "mean"].mean())
    leans = answers.leanings(kpi)
    order = sorted(range(len(leans)), key=lambda at: 1.0 if math.isnan(leans[at]) else -abs(leans[at]))
    panels = [_panel(dots, answers, kpi, (at, leans[at], base)) for at in order]
    subtitle = (f"A dot is a firm: its mean over the worlds; the dashed line is {answers.findings.baseline}. Line and band: mean of firms "
                "of like value with its 95% interval, whatever the others are. ρ: rank correlation; panels in its order.")
    return dressed(alt.concat(*panels, columns=COLUMNS, spacing=24).resolve_scale(y="shared"), title_of(answers, kpi), subtitle)


def _panel(dots: pd.DataFrame, answers: Answers, kpi: str, about: tuple[int, float, float]) -> Any:
    at, lean, base = about
    words = "" if math.isnan(lean) else f"ρ = {lean:+.2f}".replace("-", "−")
    heading = alt.TitleParams(called(answers.factors[at]), subtitle=words or "values without an order", fontSize=13, subtitleFontSize=11.5,
                              subtitleColor=QUIET, anchor="start", color=INK)
    unit = answers.findings.kpi(kpi).unit
    y: dict[str, Any] = {"title": sentence(label(kpi)), "axis": scale_of(unit), "scale": alt.Scale(zero=False)}
    layers = _over_numbers(dots, answers, at, y) if dots[f"x{at}"].notna().all() else _over_words(dots, answers, at, y)
    line = alt.Chart(pd.DataFrame([{"mean": base}])).mark_rule(color=BASELINE, strokeDash=[4, 2]).encode(y=alt.Y("mean:Q", **y))
    return alt.layer(line, *layers).properties(width=PANEL, height=HEIGHT, title=heading)


def _over_numbers(dots: pd.DataFrame, answers: Answers, at: int, y: dict[str, Any]) -> list[Any]:
    unit = answers.unit(answers.factors[at])
    axis = alt.Axis(format="~p" if unit == "share" else "~g", tickCount=5, grid=False)
    shown = unit if units.is_duration(unit) or units.is_rate(unit) else None
    x = alt.X("x:Q", title=shown, axis=axis, scale=alt.Scale(zero=False, nice=False, padding=6))
    means = binned(dots[f"x{at}"], dots["mean"])
    each = dots.rename(columns={f"x{at}": "x"})[["scenario", "x", "mean", "mean_words"]]
    return [
        alt.Chart(each).mark_point(color=BLUE, filled=True, size=22, opacity=0.35).encode(
            x=x, y=alt.Y("mean:Q", **y), tooltip=["scenario:N", "x:Q", "mean_words:N"]),
        alt.Chart(means).mark_area(color=BLUE, opacity=0.2).encode(x=x, y=alt.Y("low:Q", **y), y2="high:Q"),
        alt.Chart(means).mark_line(color=BLUE, strokeWidth=2, point=True).encode(x=x, y=alt.Y("mean:Q", **y)),
    ]


def _over_words(dots: pd.DataFrame, answers: Answers, at: int, y: dict[str, Any]) -> list[Any]:
    order = answers.words(answers.factors[at])
    x = alt.X("x:O", sort=order, title=None, axis=alt.Axis(labelAngle=-30, grid=False), scale=alt.Scale(type="point", padding=0.5))
    each = dots.rename(columns={f"f{at}": "x"})[["scenario", "x", "mean", "mean_words"]]
    ends = {words: mean_interval(each.loc[each["x"] == words, "mean"]) for words in order}
    means = pd.DataFrame([{"x": words, "mean": end[0], "low": end[1], "high": end[2]} for words, end in ends.items()])
    return [
        alt.Chart(each).mark_point(color=BLUE, filled=True, size=22, opacity=0.35).encode(x=x, y=alt.Y("mean:Q", **y)),
        alt.Chart(means).mark_rule(color=BLUE, strokeWidth=2.4).encode(x=x, y=alt.Y("low:Q", **y), y2="high:Q"),
        alt.Chart(means).mark_point(color=BLUE, filled=True, size=70, opacity=1).encode(x=x, y=alt.Y("mean:Q", **y)),
    ]
