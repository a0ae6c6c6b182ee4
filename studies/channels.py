"""What a meeting costs in hours, and what each of its channels carries (up, down, pooled ages), by Shapley value."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from math import factorial

from studies.cells import Cell, Contrast, Label

CHANNELS = ("up", "down", "pooling")
Coalition = frozenset[str]


def coalitions() -> list[Coalition]:
    """All eight ways of having some of the three channels."""
    return [frozenset(some) for size in range(len(CHANNELS) + 1) for some in combinations(CHANNELS, size)]


def arm(some: Coalition) -> str:
    """A coalition as an arm."""
    talking = some - {"pooling"}
    direction = "both" if len(talking) == 2 else next(iter(talking), "none")
    return f"{direction} {'+' if 'pooling' in some else '-'} pooling"


def shapley(channel: str) -> dict[Coalition, float]:
    """The weight of each coalition's result in a channel's Shapley value.

    φ = Σ over coalitions S without it of |S|!(2−|S|)!/3! · (v(S ∪ channel) − v(S)): its mean gain over all orders in which the three
    can be added. The three values add up to v(all) − v(none).
    """
    count, weights = len(CHANNELS), dict.fromkeys(coalitions(), 0.0)
    for some in coalitions():
        if channel not in some:
            weight = factorial(len(some)) * factorial(count - 1 - len(some)) / factorial(count)
            weights[some | {channel}] += weight
            weights[some] -= weight
    return weights


def parts(firm: str, every: str, cells: Mapping[Coalition, Cell], never: Cell) -> list[Contrast]:
    """The hours' own effect, the three channels, and the gain they add up to."""
    nothing, everything = cells[frozenset()], cells[frozenset(CHANNELS)]
    total = {everything: 1.0, never: -1.0}
    sums: dict[str, dict[Cell, float]] = {"hours": {nothing: 1.0, never: -1.0}}
    for channel in CHANNELS:
        sums[channel] = {cells[some]: weight for some, weight in shapley(channel).items()}
    sums["sum"] = total
    return [Contrast(Label(firm, "", "", every, name), weights, never, whole=total) for name, weights in sums.items()]
