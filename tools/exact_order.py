"""The cases of docs/exact.md about disputes and forecasts."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from exact_drawing import WORLDS, line, panels, points, row
from formulas import error_of_mean, open_between_hearings, open_disputes
from matplotlib.figure import Figure
from order import only_disputes, open_at_midnight, spread_of_mean

Played = tuple[Figure, list[str]]
_FEW = WORLDS[:16]


def disputes() -> Played:
    """Case 14: open disputes."""
    figure, (left, right) = panels("Open disputes, from none", "Open disputes, with hearings")
    weeks, rows = [1, 2, 4, 8, 13, 20, 30], []
    for number, lasts in enumerate((6, 2)):
        line(left, np.linspace(0, 30, 80), open_disputes(2.0, lasts, np.linspace(0, 30, 80)), number, label=f"{lasts} weeks each")
        played = np.array([open_at_midnight(only_disputes(2.0, lasts), seed, 30) for seed in _FEW])
        points(left, weeks, [played[:, 7 * week - 1] for week in weeks], number)
        long = [open_at_midnight(only_disputes(0.1, lasts), seed, 500)[350:].mean() for seed in _FEW]
        rows += [row(f"2 a week, {lasts} weeks each", f"open after {week} weeks", float(open_disputes(2.0, lasts, week)),
                     played[:, 7 * week - 1]) for week in (2, 8)]
        rows.append(row(f".1 a week, {lasts} weeks each", "open in the long run", 0.1 * lasts, long))
    left.set_xlabel("weeks; 2 disputes a week")
    left.legend()
    every = [1, 2, 4, 8]
    line(right, range(1, 9), [open_between_hearings(1.0, 6, gap) for gap in range(1, 9)])
    points(right, every, [[_heard(gap, seed) for seed in _FEW[:8]] for gap in every])
    right.set(xlabel="weeks from hearing to hearing; 1 dispute a week, 6 weeks each", ylim=(0, None))
    rows.append(row("1 a week, hearings every 4 weeks", "open", open_between_hearings(1.0, 6, 4), [_heard(4, seed) for seed in _FEW]))
    return figure, rows


def _heard(every: int, seed: int) -> float:
    made = only_disputes(1.0, 6, **{"practices.arbitration.every": f"{every} weeks", "practices.arbitration.cases": 1000})
    return float(open_at_midnight(made, seed, 40 * every)[7 * every:-7 * every].mean())


def forecasts() -> Played:
    """Case 21: the mean of two forecasts."""
    figure, (axis,) = panels("Error of the mean of two forecasts, over that of one")
    fine, shared = np.linspace(0, 1, 60), [0.0, 0.25, 0.53, 0.8, 0.95]
    line(axis, fine, [error_of_mean(one) for one in fine])
    played = [[spread_of_mean(one, seed) for seed in _FEW] for one in shared]
    points(axis, shared, played)
    axis.set_xlabel("correlation of the two sides' errors of judgement; 2,000 territories")
    return figure, [row(f"ρ {one:g}", "error of the mean over error of one", error_of_mean(one), worlds)
                    for one, worlds in zip(shared, played, strict=True) if one in (0.0, 0.53, 0.8)]


CASES: dict[str, Callable[[], Played]] = {"disputes": disputes, "forecasts": forecasts}
