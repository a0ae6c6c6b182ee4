"""The cases of docs/exact.md about closing, and about how often to meet."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from closing import closed, cost_of_meeting, decisions, walked_error
from exact_drawing import COLOURS, WORLDS, line, panels, points, row
from formulas import best_interval, closing
from matplotlib.figure import Figure
from scipy import optimize

Played = tuple[Figure, list[str]]
_FEW = WORLDS[:10]


def hazards() -> Played:
    """Case 7: geometric competing hazards."""
    figure, (left, right) = panels("Customers who have not yet bought", "Share won, of all who buy in the end")
    periods, some, rows = np.arange(26), [1, 3, 6, 10, 15, 20, 25], []
    for number, (won, lost) in enumerate(((0.05, 0.15), (0.2, 0.1))):
        line(left, periods, (1 - won - lost) ** periods, number, label=f"h {won:g}, l {lost:g}")
        ended = [np.concatenate([decisions(won, lost, seed).sum(axis=0), np.zeros(26)])[:26].cumsum() for seed in _FEW]
        points(left, some, [[1 - one[k - 1] / 4000 for one in ended] for k in some], number)
        found = np.array([closed(won, lost, seed) for seed in _FEW])
        for figure_, exact, played in zip(("share won", "mean time, periods"), closing(won, lost), found.T, strict=True):
            rows.append(row(f"h {won:g}, l {lost:g}", figure_, exact, list(played)))
    ratios = [0.1, 0.25, 0.5, 0.75, 0.9]
    line(right, [0, 1], [0, 1])
    points(right, ratios, [[closed(0.3 * share, 0.3 * (1 - share), seed)[0] for seed in _FEW] for share in ratios])
    left.set_xlabel("periods")
    left.legend()
    right.set_xlabel("h/(h + l)")
    return figure, rows


def how_often() -> Played:
    """Case 11: the best interval between meetings about a random walk."""
    figure, (left, right) = panels("Cost a unit of time: c/T + a·error(T)", "Best interval T*")
    fine, days, rows = np.linspace(1, 16, 60), [1, 2, 4, 6, 9, 12, 16], []
    for number, (cost, harm, moves) in enumerate(((2, 1, 0.25), (9, 2, 0.04))):
        line(left, fine, [cost / every + harm * moves * every / 2 for every in fine], number, label=f"c {cost}, a {harm}, σ² {moves}")
        costs = [cost_of_meeting(every, cost, harm, moves) for every in days]
        left.plot(days, costs, "o", ms=5, mfc="white", mew=1.6, color=COLOURS[number])
        best = best_interval(cost, harm, moves)
        left.axvline(best, color=COLOURS[number], lw=1, ls=":")
        rows.append(row(f"c {cost}, a {harm}, σ² {moves}", "best interval T*", best, least(cost, harm, moves)))
    line(right, fine, [best_interval(one, 1, 0.25) for one in fine])
    right.plot(days, [least(one, 1, 0.25) for one in days], "o", ms=5, mfc="white", mew=1.6, color=COLOURS[0])
    walks = [walked_error(4, 0.25, walk) for walk in range(30)]
    rows.append(row("σ² .25, the truth every 4 steps", "squared error at ages 1 to 4", 0.25 * 5 / 2, walks))
    left.set(xlabel="T", ylim=(0, 4))
    left.legend()
    right.set_xlabel("cost of a meeting, c (a 1, σ² .25)")
    return figure, rows


def least(cost: float, harm: float, moves: float) -> float:
    """The interval at which the cost is least, looked for."""
    found = optimize.minimize_scalar(cost_of_meeting, bounds=(0.1, 100), args=(cost, harm, moves), method="bounded",
                                     options={"xatol": 1e-6})
    return float(found.x)


CASES: dict[str, Callable[[], Played]] = {"closing": hazards, "how-often": how_often}
