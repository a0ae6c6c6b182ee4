"""How well a mean is known: the half-width of its interval, as it narrows world by world, and how many worlds a narrower one takes."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy import special

CONFIDENCE = 0.95
#: More replications than this are not a useful answer.
_MANY = 10_000_000

Values = NDArray[np.float64]


def half_width(n: int, spread: float, confidence: float = CONFIDENCE) -> float:
    """Half the interval (95% unless told) of a mean of n values with this standard deviation, by Student's t; NaN of fewer than two."""
    if n < 2 or math.isnan(spread):
        return math.nan
    return float(special.stdtrit(n - 1, (1 + confidence) / 2)) * spread / math.sqrt(n)


def runs_needed(n: int, spread: float, target: float) -> float:
    """The fewest replications, more than n, whose half-width is at most the target; NaN where none is of use."""
    if target <= 0 or not (count := (1.96 * spread / target) ** 2) < _MANY:
        return math.nan
    count = max(math.ceil(count), n + 1)
    while half_width(count, spread) > target:
        count += 1
    return float(count)


def narrowing(gaps: Values, base: Values) -> Values:
    """The half-width of the mean of `gaps` after each world, as a share of the mean of `base` until then.

    t(n−1)·s/√n / |mean of base|, n and s over the worlds so far that have both values. Infinite for fewer than two; where the mean
    is nought, nought if nothing has differed yet and infinite otherwise.
    """
    there = np.isfinite(gaps) & np.isfinite(base)
    n = np.cumsum(there)
    first = gaps[there][0] if there.any() else 0.0
    away = np.where(there, gaps - first, 0.0)
    total, squares = np.cumsum(away), np.cumsum(away * away)
    many = np.maximum(n, 2)
    variance = np.maximum(squares - total * total / many, 0.0) / (many - 1)
    half = special.stdtrit(many - 1, (1 + CONFIDENCE) / 2) * np.sqrt(variance / many)
    mean = np.abs(np.cumsum(np.where(there, base, 0.0))) / np.maximum(n, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(mean > 0, half / mean, np.where(half > 0, np.inf, 0.0))
    return np.where(n < 2, np.inf, share)
