"""When to announce: from twelve weeks before reps are ready to twelve weeks after, in firms that differ in one thing each.

    python -m studies.launch_timing --out results/launch-timing --docs docs

Reps of the shipped launch are ready (mean readiness .7) about five weeks after training begins: in week 52. Nothing moves but the day of
the announcement; worlds are the same, so differences are paired. The best date is chosen in one half of the worlds and judged in the other,
since the best of nine means of one sample is better than it should be.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

import smsim
from smsim.experiment.intervals import half_width
from smsim.scenario.sizing import larger_market
from studies.page import between

#: The week in which reps are ready, and the weeks from then on which the launch is announced.
READY, SHIFTS = 52, (-12, -9, -6, -3, 0, 3, 6, 9, 12)
FIGURES = ("revenue", "contribution", "launch_revenue", "burned_accounts")
#: Weeks of lateness over which its cost is reckoned.
LATE = SHIFTS[-1]
_FIRM = "launch"


def _plentiful(times: int) -> dict[str, float]:
    """So many times the customers for the same reps, and the money to reach each as before."""
    return larger_market(times, smsim.load(_FIRM))


def firms() -> dict[str, dict[str, Any]]:
    """What is different in each firm."""
    lasting = {"selling.readiness.retention": 0.98}
    pressed = {"launches.0.pressure": "30%"}
    return {
        "as shipped": {},
        "plentiful accounts": _plentiful(20),
        "8 hours of training": {"launches.0.training": "8 hours"},
        "20 hours of training": {"launches.0.training": "20 hours"},
        "burned for 13 weeks": {"selling.readiness.burn": "13 weeks"},
        "burned for 104 weeks": {"selling.readiness.burn": "104 weeks"},
        "short life cycle": {"products.widget.life_cycle": "52 weeks"},
        "long life cycle": {"products.widget.life_cycle": "208 weeks"},
        "rival from week 40": {"launches.0.rival_enters": "week 40"},
        "no rival": {"launches.0.rival_enters": "never"},
        "knowledge lasts": lasting,
        "reps are pressed": pressed,
        "pressed, burned for 104 weeks": pressed | {"selling.readiness.burn": "104 weeks"},
        "pressed, knowledge lasts": pressed | lasting,
        "pressed, lasts, plentiful": pressed | lasting | _plentiful(20),
    }


def scenarios(names: list[str]) -> Iterator[smsim.Scenario]:
    """Every firm at every date."""
    for name in names:
        for shift in SHIFTS:
            changes = firms()[name] | {"launches.0.announce": f"week {READY + shift}"}
            yield smsim.load(_FIRM).but(changes, name=f"{name}, {shift:+d}")


@dataclass(frozen=True)
class Curve:
    """A figure of a firm over the dates: rows are worlds, columns dates."""

    values: NDArray[np.float64]

    def against(self, shift: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Mean paired difference from one date, and half of its 95% interval."""
        apart = self.values - self.values[:, [SHIFTS.index(shift)]]
        return apart.mean(axis=0), np.array([half_width(len(apart), float(one.std(ddof=1))) for one in apart.T])

    def best(self) -> tuple[int, bool]:
        """The date that is best in the even worlds, and whether, in the odd ones, it is better than both ends beyond doubt."""
        best = int(np.argmax(self.values[::2].mean(axis=0)))
        apart = self.values[1::2, [best]] - self.values[1::2][:, [0, -1]]
        beyond = [one.mean() > half_width(len(one), float(one.std(ddof=1))) for one in apart.T]
        return SHIFTS[best], all(beyond) and 0 < best < len(SHIFTS) - 1

    def a_week_late(self) -> tuple[float, float]:
        """What a week of lateness costs, from the day reps are ready on."""
        mean, half = self.against(0)
        return -mean[-1] / LATE, half[-1] / LATE


def curve(runs: pd.DataFrame, firm: str, figure: str) -> Curve:
    """Read a curve off the runs of a study."""
    wide = runs.pivot_table(index="replication", columns="scenario", values=figure)
    return Curve(wide[[f"{firm}, {shift:+d}" for shift in SHIFTS]].dropna().to_numpy(float))


def _cell(mean: float, half: float, unit: float) -> str:
    text = f"{mean / unit:+,.0f} ± {half / unit:,.0f}".replace("-", "−")
    return f"*{text}*" if abs(mean) <= half else text


def table(runs: pd.DataFrame, names: list[str], figure: str = "contribution", unit: float = 1000.0) -> str:
    """A figure against an announcement on the day reps are ready, in thousands; in italics where the interval holds zero."""
    dates = [shift for shift in SHIFTS if shift]
    shown = " | ".join(f"{shift:+d}".replace("-", "−") for shift in dates)
    lines = [f"| firm | n | {shown} | best | a week late costs | of launch revenue |",
             "|---" * (len(dates) + 5) + "|"]
    for name in names:
        one = curve(runs, name, figure)
        mean, half = one.against(0)
        cells = [_cell(mean[SHIFTS.index(shift)], half[SHIFTS.index(shift)], unit) for shift in dates]
        best, inside = one.best()
        best_date = f"{best:+d}".replace("-", "−") + (", interior" if inside else "")
        late = _cell(*one.a_week_late(), unit), _cell(*curve(runs, name, "launch_revenue").a_week_late(), unit)
        lines.append(f"| {name} | {len(one.values)} | " + " | ".join((*cells, best_date, *late)) + " |")
    return "\n".join(lines)


def levels(runs: pd.DataFrame, name: str) -> str:
    """The figures themselves, of one firm."""
    lines = ["| weeks after ready | " + " | ".join(FIGURES) + " |", "|---" * (len(FIGURES) + 1) + "|"]
    units: Mapping[str, float] = {"burned_accounts": 1.0}
    for at, shift in enumerate(SHIFTS):
        cells = []
        for figure in FIGURES:
            values = curve(runs, name, figure).values[:, at]
            unit = units.get(figure, 1000.0)
            cells.append(f"{values.mean() / unit:,.1f} ± {half_width(len(values), float(values.std(ddof=1))) / unit:,.1f}")
        lines.append(f"| {shift:+d} | ".replace("-", "−") + " | ".join(cells) + " |")
    return "\n".join(lines)


def draw(runs: pd.DataFrame, names: list[str], figure: str, file: Path) -> None:
    """One panel a firm: the figure against an announcement on the day reps are ready, with 95% intervals."""
    from matplotlib.figure import Figure

    columns = min(3, len(names))
    rows = -(-len(names) // columns)
    page = Figure(figsize=(1 + 3 * columns, 0.6 + 2.3 * rows), layout="constrained")
    unit = 1.0 if figure == "burned_accounts" else 1000.0
    for at, name in enumerate(names):
        axes = page.add_subplot(rows, columns, at + 1)
        mean, half = curve(runs, name, figure).against(0)
        axes.axhline(0, color="0.6", linewidth=0.8)
        axes.axvline(0, color="0.6", linewidth=0.8, linestyle=":")
        axes.errorbar(SHIFTS, mean / unit, yerr=half / unit, color="#1f5f8b", marker="o", markersize=3, capsize=2, linewidth=1.4)
        axes.set_title(name, fontsize=9)
        axes.set_xticks(SHIFTS[::2])
        axes.tick_params(labelsize=8)
    what = figure.replace("_", " ") + ("" if unit == 1 else ", thousand")
    page.supxlabel("announced so many weeks after reps are ready", fontsize=9)
    page.supylabel(f"{what},\nagainst week 0", fontsize=9)
    page.savefig(file, metadata={"Date": None})


def main() -> None:
    """Play what is not yet played; print the tables, or write them into the page and draw the pictures."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--out", type=Path, default=Path("results/launch-timing"))
    asked.add_argument("--docs", type=Path, default=None)
    asked.add_argument("--firms", nargs="+", choices=list(firms()), default=list(firms()))
    asked.add_argument("--replications", type=int, default=60)
    asked.add_argument("--workers", type=int, default=1)
    said = asked.parse_args()
    names, found = said.firms, []
    for name in names:
        folder = said.out / name.replace(",", "").replace(" ", "-")
        played = smsim.run(list(scenarios([name])), replications=said.replications, workers=said.workers, out=folder)
        found.append(played.runs)
    runs = pd.concat(found, ignore_index=True)
    blocks = {"timing-levels": levels(runs, names[0]), "timing": table(runs, names)}
    sys.stdout.write("\n\n".join(blocks.values()) + "\n")
    if said.docs is not None:
        write(blocks, said.docs / "launch-timing.md")
        draw(runs, names, "contribution", said.docs / "pictures" / "launch-timing.svg")
        draw(runs, names, "burned_accounts", said.docs / "pictures" / "launch-burned.svg")


def write(blocks: Mapping[str, str], page: Path) -> None:
    """Put the tables between their markers on the page; words outside of them stay."""
    text = page.read_text(encoding="utf-8")
    for name, made in blocks.items():
        text = between(text, name, made)
    page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
