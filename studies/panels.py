"""The panels of the findings' pictures: lines over the rhythm, bars by channel, a forest of ablations, small multiples of ranges."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, product
from typing import Any, Literal

import numpy as np
import pandas as pd
from matplotlib import ticker
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import smsim
from smsim.report.look import BASELINE, BLUE, GREEN, INK, ORANGE, PURPLE, SKY, VERMILLION
from smsim.report.wording import label, sentence
from studies.questions import FEW, FIRMS, RANGES, RHYTHMS

_ARMS = {"both": (BLUE, "-", "o"), "up": (VERMILLION, "--", "^"), "down": (GREEN, ":", "v"), "none": (BASELINE, "-.", "s")}
_WORDS = {"both": "both", "up": "up: sales tells", "down": "down: marketing tells", "none": "none: hours only"}
_EVERY = {"4 weeks": (BLUE, "-", "o"), "1 week": (ORANGE, "--", "s"), "1 day": (PURPLE, ":", "D")}
_OFTEN = {"4 weeks": "every 4 weeks", "1 week": "every week", "1 day": "every day"}
_PARTS = {"hours": BASELINE, "up": VERMILLION, "down": GREEN, "pooling": SKY, "sum": BLUE}
_PERCENT = ("percent", "percent_low", "percent_high")
_MONEY = ("contribution", "revenue")


def sheet(rows: int, columns: int, size: tuple[float, float], sharey: Literal["row", "none"] = "row") -> tuple[Figure, list[list[Axes]]]:
    """An empty picture with room for its name, a legend, and the command below; `size` is that of a panel, in inches."""
    width, height = columns * size[0] + 0.5, rows * size[1] + 1.25
    figure = Figure(figsize=(width, height))
    axes = figure.subplots(rows, columns, squeeze=False, sharey=sharey)
    figure.subplots_adjust(left=0.75 / width, right=1 - 0.15 / width, top=1 - 1.05 / height, bottom=0.78 / height,
                           wspace=0.32, hspace=0.95 / size[1])
    return figure, axes.tolist()


def _legend(figure: Figure, axes: Axes) -> None:
    handles, names = axes.get_legend_handles_labels()
    figure.legend(handles, names, loc="upper left", ncols=len(names), bbox_to_anchor=(0.005, 1 - 0.38 / figure.get_figheight()))


def _zero(axes: Axes, *, upright: bool = False) -> None:
    (axes.axvline if upright else axes.axhline)(0, color=INK, linewidth=0.9)
    axis = axes.xaxis if upright else axes.yaxis
    axis.set_major_formatter(ticker.FuncFormatter(lambda value, _: "0" if not value else f"{value:+g}%".replace("-", "−")))


def _errors(rows: pd.DataFrame, *names: str) -> Any:
    """How far the bars reach below and above; in percent unless told otherwise."""
    middle, low, high = (rows[name].to_numpy(dtype=float) for name in names or _PERCENT)
    return np.vstack([middle - low, high - middle])


def _some(found: pd.DataFrame, **wanted: str) -> pd.DataFrame:
    for column, value in wanted.items():
        found = found[found[column] == value]
    return found


def rhythm(both: pd.DataFrame, one_way: pd.DataFrame) -> Figure:
    """Contribution and revenue over the rhythm, a line for each way of talking."""
    found = pd.concat([both, one_way])
    figure, grid = sheet(2, 2, (3.9, 2.6))
    for axes, (kpi, firm) in zip(chain(*grid), product(_MONEY, FIRMS), strict=True):
        for at, (arm, (colour, dash, mark)) in enumerate(_ARMS.items()):
            rows = _some(found, kpi=kpi, firm=firm, arm=arm).set_index("every").reindex(RHYTHMS)
            axes.errorbar(np.arange(len(RHYTHMS)) + 0.06 * (at - 1.5), rows["percent"], _errors(rows),
                          color=colour, linestyle=dash, marker=mark, markersize=5, elinewidth=1.3, label=_WORDS[arm])
        axes.set_xticks(range(len(RHYTHMS)), RHYTHMS)
        axes.set_title(f"{sentence(label(kpi))}, {firm}")
        _zero(axes)
    _legend(figure, grid[0][0])
    return figure


def costs(found: pd.DataFrame) -> Figure:
    """Hours in meetings and errors of belief over the rhythm."""
    kpis = ("meeting_hours", "marketing_need_error", "sales_need_error")
    figure, grid = sheet(1, 3, (2.95, 2.6), "none")
    for axes, kpi in zip(grid[0], kpis, strict=True):
        for at, (firm, colour, mark) in enumerate(zip(FIRMS, (BLUE, VERMILLION), ("o", "^"), strict=True)):
            rows = _some(found, kpi=kpi, firm=firm).set_index("every").reindex(RHYTHMS)
            axes.errorbar(np.arange(len(RHYTHMS)) + 0.1 * (at - 0.5), rows["mean"], _errors(rows, "difference", "low", "high"),
                          color=colour, marker=mark, markersize=5, elinewidth=1.3, label=firm)
            if kpi != "meeting_hours":
                axes.axhline(rows["baseline_mean"].iloc[0], color=colour, linestyle=(0, (4, 3)), linewidth=1.1)
        axes.set_xticks(range(len(RHYTHMS)), [every.replace(" ", "\n") for every in RHYTHMS])
        axes.set_title(sentence(label(kpi)))
    hours = grid[0][0]
    hours.set_yscale("log")
    hours.yaxis.set_major_formatter(ticker.StrMethodFormatter("{x:,.0f}"))
    _legend(figure, grid[0][0])
    return figure


def channels(found: pd.DataFrame) -> Figure:
    """Bars for the hours, each channel, and their sum; contribution filled, revenue pale."""
    rhythms = list(dict.fromkeys(found["every"]))
    figure, grid = sheet(len(rhythms), len(FIRMS), (3.9, 2.5))
    for axes, (every, firm) in zip(chain(*grid), product(rhythms, FIRMS), strict=True):
        for at, (kpi, opacity) in enumerate(zip(_MONEY, (1.0, 0.4), strict=True)):
            rows = _some(found, kpi=kpi, firm=firm, every=every).set_index("arm").reindex(list(_PARTS))
            places = np.arange(len(_PARTS)) + 0.38 * (at - 0.5)
            axes.bar(places, rows["percent"], 0.36, color=list(_PARTS.values()), alpha=opacity)
            axes.errorbar(places, rows["percent"], _errors(rows), fmt="none", ecolor=INK, elinewidth=1.1)
        axes.set_xticks(range(len(_PARTS)), list(_PARTS))
        axes.grid(visible=False, axis="x")
        axes.set_title(f"{firm}, {_OFTEN[every]}")
        _zero(axes)
    figure.text(0.012, 1 - 0.42 / figure.get_figheight(), "strong colour: contribution; pale: revenue", va="top", fontsize=9.5)
    return figure


def ablations(found: pd.DataFrame) -> Figure:
    """A forest: a row for what is left out, a point for each rhythm."""
    gains, names = _some(found, kpi="contribution", arm="gain"), list(dict.fromkeys(found["setting"]))
    figure, grid = sheet(1, 2, (4.4, 3.6))
    figure.subplots_adjust(left=1.6 / figure.get_figwidth(), wspace=0.08)
    for axes, firm in zip(grid[0], FIRMS, strict=True):
        for at, (every, (colour, _, mark)) in enumerate(_EVERY.items()):
            rows = _some(gains, firm=firm, every=every).set_index("setting").reindex(names)
            axes.errorbar(rows["percent"], np.arange(len(names)) + 0.2 * (at - 1), xerr=_errors(rows),
                          fmt=mark, color=colour, markersize=5, elinewidth=1.5, label=_OFTEN[every])
        full = _some(gains, firm=firm, every=FEW[0], setting="full model")["percent"].iloc[0]
        axes.axvline(full, color=BLUE, linestyle=(0, (4, 3)), linewidth=1)
        axes.set_yticks(range(len(names)), names)
        axes.set_ylim(len(names) - 0.5, -0.5)
        axes.set_title(firm)
        _zero(axes, upright=True)
    _legend(figure, grid[0][0])
    return figure


def ranges(found: pd.DataFrame) -> Figure:
    """Small multiples: a column for each setting, a row for each firm, a line with its band for each rhythm."""
    figure, grid = sheet(len(FIRMS), len(RANGES), (2.3, 2.4), "none")
    for row, firm in zip(grid, FIRMS, strict=True):
        for axes, (setting, values) in zip(row, RANGES.items(), strict=True):
            _range(axes, _some(found, kpi="contribution", firm=firm, setting=setting), [str(value) for value in values])
            own = _own(firm, setting)
            if own in map(str, values):
                axes.get_xticklabels()[list(map(str, values)).index(own)].set_fontweight("bold")
            axes.set_title(f"{setting.rpartition('.')[2].replace('_', ' ')}, {firm}")
            _zero(axes)
    _legend(figure, grid[0][0])
    return figure


def _range(axes: Axes, found: pd.DataFrame, values: Sequence[str]) -> None:
    for every, (colour, dash, mark) in _EVERY.items():
        rows, places = _some(found, every=every).set_index("value").reindex(list(values)), np.arange(len(values))
        axes.fill_between(places, rows["percent_low"], rows["percent_high"], color=colour, alpha=0.2, linewidth=0)
        axes.plot(places, rows["percent"], color=colour, linestyle=dash, marker=mark, markersize=4, label=_OFTEN[every])
    wordy = values[0].isalpha()
    names = [value.replace("_", " ") for value in values]
    axes.set_xticks(range(len(values)), names, rotation=35 if wordy else 0, ha="right" if wordy else "center")
    axes.grid(visible=False, axis="x")
    axes.yaxis.set_major_locator(ticker.MaxNLocator(4))


def _own(firm: str, setting: str) -> str:
    """What the firm has anyway, as it is written in the tables."""
    return "1" if setting == "load" else str(smsim.load(firm)[setting])
