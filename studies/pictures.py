"""Draws the findings from their CSV files: the pictures of docs/findings.md."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure

from smsim.report.look import FONT, GRID, INK, PAPER, QUIET
from studies import tables
from studies.panels import ablations, channels, costs, ranges, rhythm

STYLE: dict[Any, Any] = {
    "svg.fonttype": "none", "svg.hashsalt": "smsim", "font.family": "sans-serif", "font.size": 9.5,
    "font.sans-serif": ["Helvetica Neue", "Helvetica", "Arial", "Liberation Sans", "DejaVu Sans"],
    "axes.edgecolor": "#9aa5b1", "axes.labelcolor": QUIET, "axes.titlecolor": INK, "axes.titlesize": 10.5, "axes.titleweight": "bold",
    "axes.titlelocation": "left", "axes.grid": True, "axes.axisbelow": True, "axes.spines.top": False, "axes.spines.right": False,
    "grid.color": GRID, "text.color": INK, "xtick.color": INK, "ytick.color": INK, "xtick.labelsize": 9, "ytick.labelsize": 9,
    "figure.facecolor": PAPER, "legend.frameon": False, "legend.fontsize": 9.5, "lines.linewidth": 1.8,
}


@dataclass(frozen=True)
class Picture:
    """One picture: its file, the question it belongs to, the tables it is made of, how it is drawn and read."""

    file: str
    belongs: str
    needs: tuple[str, ...]
    draw: Callable[..., Figure]
    title: str
    caption: str


PICTURES = (
    Picture("finding-rhythm", "direction", ("rhythm", "direction"), rhythm, "What meeting more often does, by who talks to whom",
            "Difference from the same firm that never meets, in % of its mean; bars are 95% intervals of the mean over worlds. Ages are "
            "pooled only where both talk. Grey: the hours alone."),
    Picture("finding-costs", "rhythm", ("rhythm",), costs, "What meeting costs, and what is known",
            "Left: person-hours in meetings, on a scale of factors. Then the error of marketing's and of sales' beliefs of need, in "
            "tolerances. Dashed: the firm that never meets; bars are 95% intervals of the difference from it."),
    Picture("finding-channels", "channels", ("channels",), channels, "What each channel of a meeting carries",
            "Hours alone against never, then the Shapley values of sales telling marketing, marketing telling sales, and pooled ages; they "
            "add up to the last bar. In % of the mean of the firm that never meets; lines are 95% intervals."),
    Picture("finding-ablations", "ablations", ("ablations",), ablations, "What is left of the gain when one thing is left out",
            "Gain in contribution over the same firm that never meets, in % of its mean, with 95% intervals. Dashed: the full model "
            "meeting every four weeks."),
    Picture("finding-ranges", "ranges", ("ranges",), ranges, "On what the gain turns",
            "Gain in contribution over the same firm that never meets, as the setting changes, in % of the firm's own mean; bands are 95% "
            "intervals. The firm's own setting is in bold where it is among those played. Every panel has its own scale."),
)


def draw(docs: Path) -> list[Path]:
    """Draw every picture whose tables are there."""
    found = {path.stem: tables.read(path) for path in sorted((docs / "findings").glob("*.csv"))}
    (docs / "pictures").mkdir(parents=True, exist_ok=True)
    possible = [picture for picture in PICTURES if all(name in found for name in picture.needs)]
    return [save(picture, found, docs / "pictures" / f"{picture.file}.svg") for picture in possible]


def save(picture: Picture, found: Mapping[str, pd.DataFrame], path: Path) -> Path:
    """Draw a picture, put its name above and the command that makes it below."""
    with mpl.rc_context(STYLE):
        figure = picture.draw(*(found[name] for name in picture.needs))
        height = figure.get_figheight()
        figure.suptitle(picture.title, x=0.012, y=1 - 0.12 / height, ha="left", va="top", fontsize=13, fontweight="bold")
        foot = f"make study  ·  {worlds_played(found[picture.belongs])} worlds of each firm"
        figure.text(0.012, 0.08 / height, foot, fontsize=8, color=QUIET, va="bottom")
        figure.savefig(path, metadata={"Date": None, "Title": picture.title, "Description": foot, "Creator": "smsim"})
    path.write_text(lean(path.read_text(encoding="utf-8")), encoding="utf-8")
    return path


def lean(svg: str) -> str:
    """The same picture in fewer bytes: a tenth of a point is exact enough, and one font is named once. Its words stay as they are."""
    svg = re.sub(r'(?<==")[^"<>]*(?=")', lambda told: re.sub(r"\d+\.\d{2,}", _to_a_tenth, told[0]), svg)
    svg = re.sub(r"font-family: [^;\"]*;? ?", "", svg).replace("*{stroke-linejoin", f"*{{font-family: {FONT}; stroke-linejoin", 1)
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"\s*\n(?=[LC] )", " ", svg))


def _to_a_tenth(number: re.Match[str]) -> str:
    return f"{float(number[0]):.1f}"


def worlds_played(found: pd.DataFrame) -> int:
    """How many worlds there are at most."""
    return int(found["n"].max())
