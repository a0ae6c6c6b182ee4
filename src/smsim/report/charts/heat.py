"""Two settings at once: the mean of every combination, and its paired difference, as maps of cells with their figures in them."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from smsim.compare import TOO_CLOSE
from smsim.report.answers import Answers, called
from smsim.report.charts.effects import title_of
from smsim.report.figures import GLYPHS
from smsim.report.look import BLUE, INK, PAPER, QUIET, VERMILLION, dressed

#: Width and height of a cell; where more than this share of the scale is reached, its figures are white.
CELL, ROW, DARK = 82, 46, 0.74
_WHITE = "#f7f7f7"


def heat_maps(answers: Answers, kpi: str) -> alt.TopLevelMixin:
    """Draw the maps of mean and difference, one above the other where they are wide."""
    rows = answers.rows(kpi)
    wide = len(answers.words(answers.factors[0])) > 4
    maps = [_map(rows, answers, "mean", _sequential(rows["mean"])),
            _map(rows, answers, "gap", _diverging(rows["gap"], less_is_better=answers.findings.kpi(kpi).better == "down"))]
    joined: Any = (alt.vconcat if wide else alt.hconcat)(*maps, spacing=26).resolve_scale(color="independent")
    there = list(dict.fromkeys(verdict for verdict in rows["verdict"] if verdict))
    glyphs = ", ".join(f"{GLYPHS[verdict]} {verdict}" for verdict in there)
    subtitle = (f"Mean over the worlds, and paired difference from {answers.against}, ± half its 95% interval"
                f"{f': {glyphs}' if glyphs else ''}. Pale, in a dashed frame: not decided.")
    return dressed(joined, title_of(answers, kpi), subtitle)


def _sequential(values: pd.Series[float]) -> tuple[pd.Series[float], alt.Scale]:
    """How dark each cell is, from 0 to 1, and the scale of its colour."""
    low, high = float(values.min()), float(values.max())
    room = (high - low) or 1.0
    return (values - low) / room, alt.Scale(domain=[low, low + room], range=["#eef5fa", BLUE])


def _diverging(values: pd.Series[float], *, less_is_better: bool) -> tuple[pd.Series[float], alt.Scale]:
    most = float(values.abs().max()) or 1.0
    ends = [BLUE, _WHITE, VERMILLION] if less_is_better else [VERMILLION, _WHITE, BLUE]
    return values.abs() / most, alt.Scale(domain=[-most, 0, most], range=ends)


def _figures(base: alt.Chart, field: str, lines: int) -> Any:
    """The figures of cells that say so many lines, in their middle."""
    text = base.transform_filter(f"length(split(datum.{field}, '\\n')) == {lines}")
    return text.mark_text(fontSize=11.5, lineBreak="\n", lineHeight=14, dy=-7 * (lines - 1)).encode(
        text=f"{field}:N", color=alt.Color("ink:N", scale=None))


def _map(rows: pd.DataFrame, answers: Answers, which: str, coloured: tuple[pd.Series[float], alt.Scale]) -> Any:
    shade, scale = coloured
    (across, down), width = answers.factors, len(answers.words(answers.factors[0]))
    undecided = (rows["verdict"] == TOO_CLOSE) & (which == "gap")
    table = rows.assign(ink=[PAPER if dark > DARK else INK for dark in shade.where(~undecided, 0)], undecided=undecided)
    x = alt.X("f0:O", sort=answers.words(across), title=called(across), axis=alt.Axis(labelAngle=0, labelLimit=CELL, ticks=False))
    y = alt.Y("f1:O", sort=answers.words(down), title=called(down), axis=alt.Axis(ticks=False, labelLimit=160))
    base = alt.Chart(table).encode(x=x, y=y)
    pale = alt.condition("datum.undecided", alt.value(0.35), alt.value(1.0)) if which == "gap" else alt.value(1.0)
    cells = base.mark_rect(stroke=PAPER, strokeWidth=1).encode(color=alt.Color(f"{which}:Q", scale=scale, legend=None), opacity=pale)
    layers = [cells, *(_figures(base, f"{which}_words", lines) for lines in (1, 2))]
    if which == "gap":
        layers.append(base.transform_filter("datum.undecided").mark_rect(
            fillOpacity=0, stroke=QUIET, strokeWidth=1.2, strokeDash=[3, 2], height=ROW - 6, width=CELL - 6))
    heading = alt.TitleParams("mean" if which == "mean" else "paired difference", fontSize=13, anchor="start", frame="group")
    layered: Any = alt.layer(*layers).resolve_scale(color="independent")
    return layered.properties(width=CELL * width, height=ROW * len(answers.words(down)), title=heading)
