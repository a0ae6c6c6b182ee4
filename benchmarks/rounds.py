"""Everybody once a round, in an order that rotates: what the machine does meanwhile falls on all alike."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping
from typing import Any

#: Name → what it gave, for each round: figure → value.
Results = dict[str, list[dict[str, float]]]


def interleave(contestants: Mapping[str, Callable[[], dict[str, float]]], rounds: int, tell: Callable[[str], Any]) -> Results:
    """Let each contestant act once in every round; the one that begins is another each time."""
    names = list(contestants)
    found: Results = {name: [] for name in names}
    for number in range(rounds):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            found[name].append(contestants[name]())
        tell(f"round {number + 1} of {rounds}: {len(names)} contestants")
    return found


def median(results: Results, name: str, figure: str) -> float:
    """The median over rounds of one figure; NaN for who did not take part."""
    return statistics.median(one[figure] for one in results[name]) if results.get(name) else float("nan")


def ratio(results: Results, above: str, below: str, figure: str) -> float:
    """The median of the ratio within each round, so that a slow spell of the machine cancels; NaN for who did not take part."""
    found = ratios(results, above, below, figure)
    return statistics.median(found) if found else float("nan")


def ratios(results: Results, above: str, below: str, figure: str) -> list[float]:
    """The ratio within each round; empty where one of the two did not take part."""
    if not results.get(above) or not results.get(below):
        return []
    return [one[figure] / other[figure] for one, other in zip(results[above], results[below], strict=True)]
