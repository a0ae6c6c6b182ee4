"""The case of docs/exact.md about customers who have bought: how long they stay, and what they are worth."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from contracts import lifetime_value, retention_at, still_there
from exact_drawing import WORLDS, line, panels, points, row
from formulas import customer_value, mixed_value, retention_rate, still_customers, value_elasticity
from matplotlib.figure import Figure

_FEW = WORLDS[:8]
_ONE = 1e6


def staying() -> tuple[Figure, list[str]]:
    """Case 16: the shifted beta-geometric, and lifetime value."""
    figure, (left, right) = panels("Share of customers still there", "Of those still there, share who stay")
    rows, periods = [], range(1, 11)
    for number, (alpha, beta) in enumerate(((1, 4), (1, 6))):
        line(left, [0, *periods], [still_customers(alpha, beta, t) for t in (0, *periods)], number, label=f"α {alpha}, β {beta}")
        line(right, list(periods), [retention_rate(alpha, beta, t) for t in periods], number)
        points(left, periods, [[still_there(alpha, beta, seed, t) for seed in _FEW] for t in periods], number)
        points(right, periods, [[retention_at(alpha, beta, seed, t) for seed in _FEW] for t in periods], number)
    rows += [row("α 1, β 4", f"still there after {t}", still_customers(1, 4, t), [still_there(1, 4, seed, t) for seed in _FEW])
             for t in (1, 2, 5, 10)]
    rows += [row("α 1, β 4", f"stay at renewal {t}", retention_rate(1, 4, t), [retention_at(1, 4, seed, t) for seed in _FEW])
             for t in (1, 5)]
    same = {r: lifetime_value((1 - r) * _ONE, r * _ONE, 0.1, 0) for r in (0.849, 0.85, 0.851)}
    rows.append(row("r .85, d .1, m 100", "lifetime value, first margin at once", customer_value(100, 0.85, 0.1), same[0.85]))
    rows.append(row("r .85, d .1, m 100", "the same, first margin after a period", 340.0, same[0.85] - 100))
    slope = math.log(same[0.851] / same[0.849]) / math.log(0.851 / 0.849)
    rows.append(row("r .85, d .1", "its elasticity to retention", value_elasticity(0.85, 0.1), slope))
    rows.append(row("α 1, β 6, d .1, m 100", "lifetime value", 100 + 100 * mixed_value(1, 6, 0.1),
                    [lifetime_value(1, 6, 0.1, seed) for seed in _FEW]))
    left.legend()
    for axis in (left, right):
        axis.set_xlabel("renewals since the first deal")
        axis.set_xticks(np.arange(0, 11, 2))
    return figure, rows


CASES: dict[str, Callable[[], tuple[Figure, list[str]]]] = {"staying": staying}
