"""What pay does: tables and pictures of docs/pay.md, from folders of results.

    python -m studies.pay FOLDER

FOLDER holds the results of the commands that the page names, each under its own name. Prints the tables, draws the pictures.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from scipy.stats import t

from smsim.report.look import QUIET
from studies.pictures import STYLE, lean

DOCS = Path(__file__).parents[1] / "docs"
_PAID = ("paid by leads", "paid by revenue", "paid by revenue, informed")
_COLOURS = ("#1f5fa8", "#c2571a", "#5b8c3e", "#8a4f9e")
_BARS = {0.42: "reps reject below .42", 0.0: "reps take whatever comes"}


def runs(folder: Path, study: str) -> pd.DataFrame:
    """The replications of a study."""
    return pd.read_parquet(folder / study / "runs.parquet")


def gain(found: pd.DataFrame, scenario: str, base: str, kpi: str) -> tuple[float, float]:
    """The mean paired difference of a figure in two scenarios, and half its 95% interval."""
    wide = found.pivot_table(index="replication", columns="scenario", values=kpi, observed=True)
    if scenario == base:
        return 0.0, 0.0
    one = (wide[scenario] - wide[base]).dropna()
    return float(one.mean()), float(t.ppf(0.975, len(one) - 1) * one.std() / np.sqrt(len(one)))


def swept(found: pd.DataFrame, key: str) -> dict[float, str]:
    """The scenarios of a sweep by the value in their names."""
    names = sorted(found["scenario"].astype(str).unique())
    return {_number(name.split(f"{key}=")[1].split("]")[0]): name for name in names}


def _number(words: str) -> float:
    return float(words.rstrip("%")) / (100 if words.endswith("%") else 1)


def table(found: pd.DataFrame, names: Mapping[str, str], base: str) -> Iterator[str]:
    """Lines of a Markdown table: leads, threshold, differences of revenue and contribution in thousands."""
    yield "| firm | leads | threshold | revenue, thousand | contribution, thousand |"
    yield "|---|---|---|---|---|"
    means = found.groupby("scenario", observed=True)[["leads", "lead_threshold"]].mean()
    for name, words in names.items():
        told = []
        for kpi in ("revenue", "contribution"):
            mean, half = (value / 1000 for value in gain(found, name, base, kpi))
            text = f"{mean:+.0f} ± {half:.0f}".replace("-", "−")
            told.append("–" if name == base else f"*{text}*" if abs(mean) < half else text)
        yield f"| {words} | {means['leads'][name]:,.0f} | {means['lead_threshold'][name]:.2f} | {told[0]} | {told[1]} |"


def thresholds(folder: Path) -> Figure:
    """Contribution over the fixed threshold, and where marketers come to who are paid."""
    figure, axes = plt.subplots(1, 2, figsize=(8.6, 3.9), sharey=True)
    found = runs(folder, "threshold")
    for axis, (bar, words), study in zip(axes, _BARS.items(), ("pay", "pay_norej"), strict=True):
        mine = found[found["scenario"].astype(str).map(lambda name, bar=bar: _of_bar(name, bar))]
        at = dict(sorted(swept(mine, "leads.threshold").items()))
        gains = [tuple(value / 1000 for value in gain(mine, name, at[0.4], "contribution")) for name in at.values()]
        axis.errorbar(list(at), [m for m, _ in gains], [h for _, h in gains], color=QUIET, marker="o", ms=3.5, label="threshold fixed")
        _mark(axis, runs(folder, study))
        axis.axhline(0, color=QUIET, lw=0.8)
        axis.set(title=words, xlabel="threshold, mean over the run")
    axes[0].set_ylabel("contribution against .4, thousand")
    axes[0].legend(loc="upper left")
    return figure


def _of_bar(name: str, bar: float) -> bool:
    return _number(name.split("leads.reject_below=")[1].split("]")[0]) == bar


def _mark(axis: Any, paid: pd.DataFrame) -> None:
    """Where each scheme comes to rest, on the mean."""
    for name, colour, mark in zip(_PAID, _COLOURS, "vs^", strict=False):
        mean, half = (value / 1000 for value in gain(paid, name, "silo", "contribution"))
        x = paid.loc[paid["scenario"] == name, "lead_threshold"].mean()
        axis.errorbar([x], [mean], [half], color=colour, marker=mark, ms=7, lw=1.5, linestyle="none", label=name)


def teams(folder: Path) -> Figure:
    """Revenue and contribution over the share of pay that goes by the team; revenue of the weeks of a quarter by scheme."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(8.6, 3.7), gridspec_kw={"width_ratios": [3, 2]})
    found = runs(folder, "team")
    at = dict(sorted(swept(found, "incentives.reps.team_share").items()))
    for kpi, colour in zip(("revenue", "contribution"), _COLOURS, strict=False):
        gains = [tuple(value / 1e6 for value in gain(found, name, at[0.0], kpi)) for name in at.values()]
        means, halves = zip(*gains, strict=True)
        left.errorbar([100 * share for share in at], means, halves, color=colour, marker="o", ms=4, label=kpi)
    left.axhline(0, color=QUIET, lw=0.8)
    left.set(title="Pay that goes by the team", xlabel="share of commission and bonus, %", ylabel="against 0%, million")
    left.legend()
    hump = runs(folder, "hump")
    for n, name in enumerate(("linear", "quota", "capped")):
        share = hump.loc[hump["scenario"] == name, "quarter_end_share"]
        half = t.ppf(0.975, len(share) - 1) * share.std() / np.sqrt(len(share))
        right.errorbar([n], [100 * share.mean()], [100 * half], color=_COLOURS[n], marker="o", ms=6)
    right.axhline(400 / 13, color=QUIET, lw=0.8, ls="--")
    right.set(title="Revenue in the last 4 weeks of a quarter", ylabel="% (dashed: even)", xlim=(-0.5, 2.5))
    right.set_xticks(range(3), ["linear", "quota", "capped"])
    return figure


def save(figure: Figure, name: str) -> None:
    """Write a picture, with the command that makes it."""
    figure.tight_layout(rect=(0, 0.035, 1, 1))
    figure.text(0.012, 0.008, "python -m studies.pay FOLDER", fontsize=8, color=QUIET)
    path = DOCS / "pictures" / f"{name}.svg"
    figure.savefig(path, metadata={"Date": None, "Title": name, "Creator": "smsim"})
    path.write_text(lean(path.read_text(encoding="utf-8")), encoding="utf-8")


def main() -> None:
    """Print the tables, draw the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    for study in ("pay", "pay_norej"):
        if (folder / study).exists():
            found = runs(folder, study)
            names = list(dict.fromkeys(found["scenario"].astype(str)))
            lines = table(found, {name: name for name in names}, "silo" if "silo" in names else names[0])
            sys.stdout.write("\n".join(["", study, *lines, ""]))
    with mpl.rc_context(STYLE):
        save(thresholds(folder), "pay-threshold")
        save(teams(folder), "pay-teams")


if __name__ == "__main__":
    main()
