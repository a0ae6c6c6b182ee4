"""How every picture looks: Okabe–Ito colours with a dash each, the baseline in grey, one type, one grid."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, replace
from typing import Any

import altair as alt
import pandas as pd

from smsim.report.findings import Findings
from smsim.report.statistics import MEAN_NAME, SPREAD_NAME

FONT = "Helvetica Neue, Helvetica, Arial, Liberation Sans, sans-serif"
INK, QUIET, GRID, PAPER = "#1f2933", "#5f6b76", "#e4e8ec", "#ffffff"
BASELINE = "#5b5b5b"
BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY = "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"
COLOURS = (BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY)
DASHES = ([1, 0], [9, 3], [2, 2], [9, 3, 2, 3], [5, 2], [12, 3, 2, 3, 2, 3])
#: Width of a picture's plot, and the number of scenarios above which each has a panel of its own.
WIDTH, TOGETHER = 660, 3


@dataclass(frozen=True)
class Look:
    """The scenarios of a folder in order, the baseline first, each with a colour and a dash that stay the same in all pictures."""

    scenarios: list[str]
    currency: str = ""
    named: bool = True

    @property
    def baseline(self) -> str:
        """The scenario drawn in grey."""
        return self.scenarios[0]

    @property
    def in_panels(self) -> bool:
        """Whether there are too many scenarios for one plot."""
        return len(self.scenarios) > TOGETHER

    def without_legend(self) -> Look:
        """The same look where the panels' own headings name the scenarios."""
        return replace(self, named=False)

    @property
    def colours(self) -> list[str]:
        """One colour per scenario; a scenario alone is blue."""
        if len(self.scenarios) == 1:
            return [BLUE]
        return [BASELINE, *(COLOURS[at % len(COLOURS)] for at in range(len(self.scenarios) - 1))]

    @property
    def dashes(self) -> list[list[int]]:
        """One dash per scenario; after each round of colours the dashes move on by one."""
        if len(self.scenarios) == 1:
            return [[1, 0]]
        count = len(DASHES)
        return [[4, 2], *(DASHES[(at + at // count) % count] for at in range(len(self.scenarios) - 1))]

    def legend(self) -> alt.Legend | None:
        """The names, never cut, in as many columns as fit; none where there is nothing to tell apart."""
        if not self.named or self.in_panels or len(self.scenarios) == 1:
            return None
        longest = max(len(name) for name in self.scenarios)
        return alt.Legend(title=None, orient="top", columns=max(1, int(WIDTH / (7 * longest + 60))), labelLimit=0,
                          symbolType="stroke", symbolSize=500, symbolOpacity=1)

    def colour(self) -> alt.Color:
        """Colour tells the scenario."""
        return alt.Color("scenario:N", scale=alt.Scale(domain=self.scenarios, range=self.colours), legend=self.legend())

    def dash(self) -> alt.StrokeDash:
        """So does the dash, for those who do not see the colour."""
        return alt.StrokeDash("scenario:N", scale=alt.Scale(domain=self.scenarios, range=self.dashes), legend=self.legend())


def look(findings: Findings) -> Look:
    """The look of a results folder."""
    return Look(findings.scenarios, findings.currency)


def band_opacity() -> alt.Opacity:
    """Light for the spread of runs, dark for the uncertainty of the mean; the legend says which is which."""
    legend = alt.Legend(title=None, orient="top", labelLimit=0, symbolType="square", symbolSize=220, symbolFillColor=INK,
                        symbolStrokeWidth=0, columns=2)
    return alt.Opacity("band:N", scale=alt.Scale(domain=[SPREAD_NAME, MEAN_NAME], range=[0.13, 0.42]), legend=legend)


def in_panels(table: pd.DataFrame, look: Look, names: list[str]) -> pd.DataFrame:
    """Give each of the scenarios a panel, and lay the baseline's line, without bands, in those that are not its own."""
    lines = table[(table["scenario"] == look.baseline) & table["band"].isna()]
    own = table[table["scenario"].isin(names)].assign(panel=lambda rows: rows["scenario"].map(heading))
    return pd.concat([own, *(lines.assign(panel=heading(name)) for name in names if name != look.baseline)], ignore_index=True)


def heading(name: str) -> str:
    """A name in lines short enough to stand above a narrow panel."""
    return "\n".join(textwrap.wrap(name.replace("[", " [").replace("  ", " "), 32))


def facets(layers: Any, names: list[str], height: int) -> alt.TopLevelMixin:
    """Panels up to three in a row, one per scenario, all on the same axes."""
    columns = min(3, len(names))
    width = (WIDTH - 32 * (columns - 1)) // columns
    facet = alt.Facet("panel:N", sort=[heading(name) for name in names], header=panel_header(width))
    chart: alt.TopLevelMixin = layers.properties(width=width, height=height).facet(facet, columns=columns, spacing=20)
    return chart


def panel_header(width: int) -> alt.Header:
    """The name above a panel."""
    return alt.Header(title=None, labelFontSize=12.5, labelFontWeight="bold", labelColor=INK, labelAnchor="start", labelLimit=width)


def wrapped(text: str, width: int) -> list[str]:
    """As few lines as fit in `width`, and those of about equal length."""
    widest = textwrap.wrap(text, width)
    narrower = (textwrap.wrap(text, at) for at in range(width // 2, width))
    return next((lines for lines in narrower if len(lines) <= len(widest)), widest)


def names_axis(padding: int = 8, size: int = 12) -> alt.Axis:
    """An axis of names: no ticks, no line, no grid, and no name without end."""
    return alt.Axis(ticks=False, domain=False, grid=False, labelPadding=padding, labelFontSize=size, labelLimit=320)


def dressed(chart: Any, title: str, subtitle: str = "") -> alt.TopLevelMixin:
    """Put the words above a chart and the common look on it."""
    lines = wrapped(title, 84)
    below = textwrap.wrap(subtitle, 118)
    heading = alt.TitleParams(lines, subtitle=below, anchor="start", frame="bounds", offset=14)
    titled = chart.properties(title=heading, background=PAPER, padding={"left": 18, "right": 18, "top": 16, "bottom": 12})
    whole: alt.TopLevelMixin = (
        titled
        .configure(font=FONT, lineBreak="\n")
        .configure_title(fontSize=17, subtitleFontSize=12.5, color=INK, subtitleColor=QUIET, fontWeight=600, subtitlePadding=6,
                         lineHeight=21, subtitleLineHeight=17)
        .configure_view(stroke=None)
        .configure_axis(gridColor=GRID, domainColor="#9aa5b1", tickColor="#9aa5b1", labelColor=INK, titleColor=QUIET,
                        labelFontSize=12, titleFontSize=12, titleFontWeight="normal", labelLimit=0, titlePadding=8)
        .configure_legend(labelFontSize=12, labelColor=INK, labelLimit=0, symbolStrokeWidth=2.5)
            .configure_header(labelFont=FONT)
    )
    return whole
