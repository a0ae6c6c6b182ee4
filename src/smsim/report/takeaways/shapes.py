"""What a deck and a workbook are made of: charts, tables and words as plain data, before any library draws them."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Literal

#: `bars` lie, with an interval each; `columns` stand on one another; `lines` run over the weeks.
Kind = Literal["bars", "columns", "lines"]
Number = float | None


def quarters(weeks: int) -> int:
    """Weeks between two marks on an axis: whole quarters where there are some."""
    return max(1, weeks // 8) if weeks < 26 else 13 * max(1, round(weeks / 104))


@dataclass(frozen=True)
class Series:
    """One row of numbers with a name and a colour; None where there is no number.

    `low` and `high` are the ends of the numbers' intervals; `colours` gives each number its own colour; `form` writes the numbers into
    the chart. A series without a colour is there to carry the next one and is not seen. A thin one has no name in the legend.
    """

    name: str
    values: list[Number]
    colour: str
    low: list[Number] = field(default_factory=list)
    high: list[Number] = field(default_factory=list)
    colours: list[str] = field(default_factory=list)
    thin: bool = False
    form: str = ""

    def reach(self, end: list[Number]) -> list[float]:
        """How far an end of the interval is from the number; 0 where there is none."""
        pairs = zip(self.values, end, strict=True)
        return [0.0 if value is None or other is None else abs(other - value) for value, other in pairs]


@dataclass(frozen=True)
class Chart:
    """A chart whose numbers stay numbers: whoever opens it can change them."""

    name: str
    kind: Kind
    title: str
    categories: list[str]
    series: list[Series]
    form: str
    axis: str = ""
    legend: bool = False
    note: str = ""


def span(chart: Chart) -> tuple[float, float, float]:
    """Where the axis of lying bars begins and ends so that every interval is seen, and its step: a round number."""
    ends = [value for own in chart.series for row in (own.values, own.low, own.high) for value in row if value is not None]
    low, high = min(ends, default=0.0), max(ends, default=0.0)
    low, high = min(low, 0.0), max(high, 0.0)
    rough = (high - low) / 6 or 1.0
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(round(size * each, 12) for each in (1, 2, 2.5, 5, 10) if size * each >= rough * (1 - 1e-9))
    bottom, top = round(math.floor(low / step + 1e-9) * step, 12), round(math.ceil(high / step - 1e-9) * step, 12)
    return bottom, top if top > bottom else step, step


@dataclass(frozen=True)
class Table:
    """A table of words; `widths` are shares of the whole."""

    heads: list[str]
    rows: list[list[str]]
    widths: list[float]


@dataclass(frozen=True)
class Words:
    """Paragraphs, each with a few words in bold before it (or none)."""

    told: list[tuple[str, str]]


Part = Chart | Table | Words


@dataclass(frozen=True)
class Slide:
    """One slide: what it says as its title, how sure that is below, its parts side by side, how to read them at the foot."""

    title: str
    below: str
    parts: list[Part]
    foot: str = ""
