"""What each of several things adds to a whole that they make together: Shapley values.

A coalition holds some of k things; v is what it earns. Thing i adds v(S ∪ i) − v(S) to those that came before it, S. Its share is the mean
of that over all k! orders in which things can come, or, which is the same,

    φ_i = Σ over S without i of |S|! (k − |S| − 1)! / k! · (v(S ∪ i) − v(S))

In every order the steps add up to v(all) − v(none), so the shares do too. A coalition is a number whose bit i says whether thing i is in.
Source: Shapley (1953); orders drawn with their reverses: Mitchell, Cooper, Frank & Holmes (2022).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from smsim.experiment.intervals import CONFIDENCE

#: Things up to which every coalition is played.
EXACT = 8
#: Coalitions that orders are drawn for where there are more things, and the fewest pairs of orders.
_BUDGET, _PAIRS = 256, 4

#: What each coalition earns, one number per world.
type Worth = Mapping[int, NDArray[np.float64]]


@dataclass(frozen=True)
class Share:
    """What one thing adds, with its 95% interval."""

    value: float
    low: float
    high: float


def drawn(things: int, seed: int, count: int | None = None) -> list[tuple[int, ...]]:
    """Orders in which things come, each followed by its reverse; the same seed, the same orders. `count` is made even."""
    pairs = max(_PAIRS, _BUDGET // (2 * (things - 1))) if count is None else max(2, math.ceil(count / 2))
    luck = np.random.default_rng([seed, things])
    orders = [tuple(int(thing) for thing in luck.permutation(things)) for _ in range(pairs)]
    return [each for order in orders for each in (order, order[::-1])]


def met(orders: Sequence[Sequence[int]]) -> list[int]:
    """The coalitions met on the way through some orders, from none to all."""
    found = {0}
    for order in orders:
        here = 0
        for thing in order:
            here |= 1 << thing
            found.add(here)
    return sorted(found, key=lambda one: (one.bit_count(), one))


def exact(worth: Worth, things: int) -> NDArray[np.float64]:
    """The share of each thing (row) in each world (column), from all coalitions."""
    shares = np.zeros((things, len(worth[0])))
    for thing in range(things):
        for before in (one for one in range(1 << things) if not one >> thing & 1):
            shares[thing] += _weight(before.bit_count(), things) * (worth[before | 1 << thing] - worth[before])
    return shares


def _weight(before: int, things: int) -> float:
    """The share of orders in which just these come before a thing."""
    return 1 / (things * math.comb(things - 1, before))


def along(worth: Worth, orders: Sequence[Sequence[int]]) -> NDArray[np.float64]:
    """What each thing adds in each pair of orders and each world: pairs × things × worlds."""
    steps = np.zeros((len(orders), len(orders[0]), len(worth[0])))
    for at, order in enumerate(orders):
        here = 0
        for thing in order:
            steps[at, thing] = worth[here | 1 << thing] - worth[here]
            here |= 1 << thing
    pairs: NDArray[np.float64] = (steps[0::2] + steps[1::2]) / 2
    return pairs


def over_worlds(values: NDArray[np.float64]) -> Share:
    """The mean over worlds, with Student's t interval; NaN where one world says nothing of others."""
    mean, count = float(values.mean()) if len(values) else math.nan, len(values)
    return _share(mean, float(values.var(ddof=1)) / count if count > 1 else math.nan, count - 1)


def over_orders(values: NDArray[np.float64]) -> Share:
    """The mean over pairs of orders (rows) and worlds (columns), with an interval that holds the luck of both.

    Each pair meets each world. With the means by pair (variance s_p², P of them), by world (s_w², W) and what is left (s_e²) the variance
    of the mean is s_p²/P + s_w²/W − s_e²/(P W), at least the larger of the first two; degrees of freedom by Satterthwaite.
    """
    pairs, worlds = values.shape
    mean = float(values.mean()) if values.size else math.nan
    if pairs < 2 or worlds < 2:
        return Share(mean, math.nan, math.nan)
    by_pair, by_world = values.mean(axis=1), values.mean(axis=0)
    rest = values - by_pair[:, None] - by_world[None, :] + mean
    of_pairs, of_worlds = float(by_pair.var(ddof=1)) / pairs, float(by_world.var(ddof=1)) / worlds
    of_rest = float((rest**2).sum()) / ((pairs - 1) * (worlds - 1)) / (pairs * worlds)
    both = of_pairs**2 / (pairs - 1) + of_worlds**2 / (worlds - 1)
    freedom = (of_pairs + of_worlds) ** 2 / both if both > 0 else pairs - 1
    return _share(mean, max(of_pairs + of_worlds - of_rest, of_pairs, of_worlds), freedom)


def _share(mean: float, variance: float, freedom: float) -> Share:
    if math.isnan(variance):
        return Share(mean, math.nan, math.nan)
    half = float(special.stdtrit(freedom, (1 + CONFIDENCE) / 2)) * math.sqrt(variance)
    return Share(mean, mean - half, mean + half)
