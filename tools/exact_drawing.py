"""How the pictures of docs/exact.md are drawn: lines are formulas, points are played, bars are 95% intervals over worlds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from scipy import stats

from smsim.core.luck import replication_seed
from smsim.report.look import COLOURS, GRID, INK, QUIET

STYLE = {
    "svg.fonttype": "none", "svg.hashsalt": "smsim",
    "font.family": ["Helvetica Neue", "Helvetica", "Arial", "Liberation Sans", "sans-serif"],
    "font.size": 10, "axes.edgecolor": "#9aa5b1", "axes.labelcolor": QUIET, "axes.titlecolor": INK, "axes.titlesize": 11,
    "axes.titlelocation": "left", "axes.titleweight": "bold", "axes.spines.top": False, "axes.spines.right": False, "axes.grid": True,
    "grid.color": GRID, "xtick.color": QUIET, "ytick.color": QUIET, "text.color": INK, "legend.frameon": False, "legend.fontsize": 9,
    "figure.figsize": (9, 3.6), "figure.constrained_layout.use": True, "axes.axisbelow": True,
}
#: The worlds of a study with seed 1, as `smsim run` plays them.
WORLDS = [replication_seed(1, number) for number in range(30)]
__all__ = ["COLOURS", "INK", "STYLE", "WORLDS", "interval", "line", "panels", "points", "row"]


def panels(*titles: str) -> tuple[Figure, list[Axes]]:
    """A picture of one panel per title, side by side."""
    figure = Figure()
    axes = figure.subplots(1, len(titles), squeeze=False)[0]
    for axis, title in zip(axes, titles, strict=True):
        axis.set_title(title)
    return figure, list(axes)


def interval(worlds: Sequence[float]) -> tuple[float, float]:
    """Mean over worlds, and half the width of its 95% interval."""
    values = np.asarray(worlds, float)
    error = values.std(ddof=1) / np.sqrt(len(values))
    return float(values.mean()), float(stats.t.ppf(0.975, len(values) - 1) * error)


def line(axis: Axes, xs: Any, ys: Any, number: int = 0, **more: Any) -> None:
    """What is known without playing."""
    axis.plot(xs, ys, color=COLOURS[number], lw=1.8, zorder=2, **more)


def points(axis: Axes, xs: Any, worlds: Sequence[Sequence[float]], number: int = 0, **more: Any) -> None:
    """What was played: one list of worlds for each x."""
    found = np.array([interval(values) for values in worlds])
    axis.errorbar(xs, found[:, 0], found[:, 1], fmt="o", ms=5, mfc="white", mew=1.6, capsize=2.5, color=COLOURS[number], zorder=3, **more)


def row(setting: str, figure: str, exact: float, worlds: Sequence[float] | float) -> str:
    """One line of a table: a mean over worlds with its interval, or a number that is one by identity."""
    if np.ndim(worlds) == 0:
        return f"| {setting} | {figure} | {exact:.6g} | {worlds:.6g} |"
    mean, half = interval(worlds)
    digits = max(0, min(6, 1 - int(np.floor(np.log10(half))))) if half > 0 else 4
    return f"| {setting} | {figure} | {exact:.{digits + 1}f} | {mean:.{digits}f} ± {half:.{digits}f} |"
