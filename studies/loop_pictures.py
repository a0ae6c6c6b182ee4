"""Draws docs/loop.md's pictures from docs/loop/*.csv: once round the loop, its gain, both ends, the links cut."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
from matplotlib import ticker
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap, TwoSlopeNorm
from matplotlib.figure import Figure

from smsim.report.look import BLUE, GREEN, INK, ORANGE, PURPLE, QUIET, VERMILLION
from studies.loop import PAID
from studies.loop_tables import FIRM, chosen, ends_of

#: Call order and whether ages are seen, as the pictures name them.
ORDERS = [("first_in", 0.0), ("first_in", 0.1), ("learned", 0.0), ("learned", 0.1), ("newest", 0.0), ("newest", 0.1)]
_NAMES = {"first_in": "oldest first", "learned": "learned", "newest": "newest first"}
_LINES = dict(zip(ORDERS, [(VERMILLION, "-", "o"), (ORANGE, "--", "s"), (PURPLE, "-", "^"), (BLUE, "--", "D"), (GREEN, "-", "v"),
                           (INK, ":", "x")], strict=True))
#: What marketing is paid for, as the pictures name it, by the firm.
PAYS = {"loop": "a salary", "loop, paid by leads": "leads", "loop, paid by revenue": "revenue, and told"}
#: The firms started at both ends.
STARTED = ["silo", "loop, base share 30%", "loop, base share 40%", "loop, base share 60%", PAID]
REPS, BASE = 8, 0.4


def name(order: str, seen: float) -> str:
    """A call order in words."""
    return f"{_NAMES[order]}, {'no' if not seen else f'{seen:.0%} of'} ages seen"


def firm(table: pd.DataFrame, reps: int, order: tuple[str, float], base: str = "loop") -> pd.DataFrame:
    """The rows of one firm."""
    return table[np.logical_and.reduce([table[key] == value if isinstance(value, str) else np.isclose(table[key], value)
                                        for key, value in zip(FIRM, (base, reps, *order), strict=True)])]


def returns(points: pd.DataFrame) -> Figure:
    """Hours held → hours chosen, by call order; and for which reps the firm of `loop` has two ends."""
    figure = Figure(figsize=(10, 4.6))
    left, right = figure.subplots(1, 2, gridspec_kw={"left": 0.07, "right": 0.975, "top": 0.84, "bottom": 0.16, "wspace": 0.22})
    left.plot([0, 1], [0, 1], color=QUIET, linewidth=1, zorder=1)
    for order, (colour, dash, mark) in _LINES.items():
        found = firm(points, REPS, order)
        back = [1 / (1 + math.exp(-chosen(trust, BASE, 1.0))) for trust in found["trust"]]
        left.plot(found["share"], back, color=colour, linestyle=dash, marker=mark, markersize=4.5, label=name(*order))
    left.set(xlabel="share of prospecting hours held for leads, s", ylabel="share reps would then choose, s'",
             xlim=(0, 0.9), ylim=(-0.14, 0.55))
    left.set_title("Once round the loop (base share 40%)")
    left.legend(loc="lower center", bbox_to_anchor=(0.62, 0.0), fontsize=7.5)
    _regions(right, firm(points, REPS, ("first_in", 0.0)))
    return figure


def _regions(axes: Axes, found: pd.DataFrame) -> None:
    """One end (few or many leads called) or two, over base share and slope of trust."""
    bases, slopes = np.linspace(0.1, 0.9, 81), np.linspace(0.25, 4, 76)
    kinds = np.array([[_kind(found, base, slope) for base in bases] for slope in slopes])
    axes.pcolormesh(bases, slopes, kinds, cmap=ListedColormap(["#f3d9c9", "#c9dff0", "#6b5b95"]), vmin=0, vmax=2, shading="nearest")
    for kind, words, colour in ((0, "few called", INK), (1, "many called", INK), (2, "two ends", "white")):
        here = np.argwhere(kinds == kind)
        if len(here):
            middle = here[np.argmin(((here - np.median(here, axis=0)) ** 2).sum(axis=1))]
            axes.text(bases[middle[1]], slopes[middle[0]], words, ha="center", va="center", color=colour, fontsize=9.5, fontweight="bold")
    for base in (0.3, 0.4, 0.6):
        axes.plot(base, 1, "o", markersize=6, markerfacecolor="white", markeredgecolor=INK)
    axes.set(xlabel="selling.base_share", ylabel="selling.trust_slope")
    axes.set_title("Where it can rest, oldest first, no ages seen")
    axes.grid(visible=False)


def _kind(found: pd.DataFrame, base: float, slope: float) -> int:
    rests = [share for share, stable in ends_of(found, base, slope) if stable]
    return 2 if len(rests) > 1 else int(rests[0] > 0.2)


def gains(points: pd.DataFrame, steps: pd.DataFrame) -> Figure:
    """The steepest place of each firm's curve: g and G over load, call order and what marketing is paid for."""
    figure = Figure(figsize=(10, 5.2))
    grid = figure.subplots(2, 2, gridspec_kw={"left": 0.17, "right": 0.985, "top": 0.82, "bottom": 0.14, "wspace": 0.06, "hspace": 0.32})
    for across, (column, title) in enumerate((("gain", "g: how W follows s"), ("full", "G: once round, through trust"))):
        for down, reps in enumerate(sorted(points["company.reps"].unique(), reverse=True)):
            axes = grid[down][across]
            _cells(axes, np.array([[firm(steps, reps, order, base)[column].max() for order in ORDERS] for base in PAYS]))
            axes.set_title(f"{title}; {reps:.0f} reps")
            axes.set_yticks(range(len(PAYS)), [_asked(points, reps, base) for base in PAYS] if not across else [""] * len(PAYS))
            words = [name(*order).replace(", ", "\n").replace(" ages", "\nages") for order in ORDERS] if down else [""] * len(ORDERS)
            axes.set_xticks(range(len(ORDERS)), words, fontsize=7.5)
    figure.text(0.012, 0.5, "marketing is paid", rotation=90, va="center", fontsize=9.5, color=QUIET)
    return figure


def _asked(points: pd.DataFrame, reps: float, base: str) -> str:
    """What marketing is paid for, and how many leads a rep gets a week for it."""
    leads = points[(points["company.reps"] == reps) & (points["base"] == base)]["leads"].mean()
    return f"{PAYS[base]}\n{leads:.0f} leads a week"


def _cells(axes: Axes, values: np.ndarray) -> None:
    axes.imshow(values, cmap="RdBu_r", norm=TwoSlopeNorm(1.0, 0.0, 5.0), aspect="auto", alpha=0.75)
    for (row, column), value in np.ndenumerate(values):
        words = "–" if math.isnan(value) else f"{value:.1f}"
        axes.text(column, row, words, ha="center", va="center", fontsize=10, fontweight="bold" if value > 1 else "normal",
                  color="white" if value > 4 or value < 0.12 else INK)
    axes.grid(visible=False)


def ways(found: pd.DataFrame) -> Figure:
    """Trust in ten years from .2 and from .8, with bands."""
    figure = Figure(figsize=(11, 3.6))
    row: Any = figure.subplots(1, len(STARTED), sharey=True,
                               gridspec_kw={"left": 0.06, "right": 0.985, "top": 0.7, "bottom": 0.2, "wspace": 0.08})
    for axes, one in zip(row, STARTED, strict=True):
        for start, colour, dash in ((0.8, BLUE, "-"), (0.2, VERMILLION, "--")):
            some = found[(found["firm"] == one) & (found["start"] == start)]
            year = (some["quarter"] + 0.5) / 4
            axes.plot(year, some["trust"], color=colour, linestyle=dash, label=f"from {start:g}")
            axes.fill_between(year, some["trust"] - some["half"], some["trust"] + some["half"], color=colour, alpha=0.2, linewidth=0)
        axes.set_title(one.replace(", ", "\n"))
        axes.axvline(3, color=QUIET, linewidth=0.8, linestyle=":")
        axes.set(xlabel="years", xlim=(0, 10), ylim=(0, 0.8))
    row[0].set_ylabel("trust in leads, mean of reps")
    row[0].legend(loc="upper right")
    return figure


def forest(found: pd.DataFrame) -> Figure:
    """Contribution with one link cut, against the same firm whole."""
    firms = list(dict.fromkeys(found["firm"]))
    figure = Figure(figsize=(11, 3.8))
    row: Any = figure.subplots(1, len(firms), gridspec_kw={"left": 0.15, "right": 0.98, "top": 0.76, "bottom": 0.18, "wspace": 0.12})
    cuts = list(dict.fromkeys(found["cut"]))[:0:-1]
    for axes, one in zip(row, firms, strict=True):
        some = found[(found["firm"] == one) & (found["kpi"] == "contribution")].set_index("cut").reindex(cuts)
        scale = 100 / some["base"].abs()
        axes.errorbar(some["gap"] * scale, range(len(some)), xerr=some["half"] * scale, fmt="o", color=BLUE, markersize=6, elinewidth=1.6)
        axes.set_yticks(range(len(some)), cuts if one == firms[0] else [""] * len(some))
        axes.axvline(0, color=INK, linewidth=0.9)
        axes.set_ylim(-0.6, len(some) - 0.4)
        axes.xaxis.set_major_formatter(ticker.FuncFormatter(lambda value, _: "0" if not value else f"{value:+g}%".replace("-", "−")))
        axes.set_title(one)
    return figure
