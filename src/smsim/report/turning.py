"""Whether a decision turns on a setting, and at which value.

The decision is the sign of a difference whose 95% interval excludes zero. It

    turns on a setting   one end has one sign, the other end or the firms as they stand the other
    hangs on it          it is decided as they stand, not at one of the ends
    is won by it         it is not decided as they stand, but is at one of the ends
    holds, is open       all three are decided alike; none is

Where the mean changes its sign, it crosses zero between two values played. The value given lies on the straight line between them; its
interval is that of the worlds (bootstrap).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smsim.core import units

TURNS, HANGS, WON, HOLDS, OPEN = "turns", "hangs on it", "won by it", "holds", "open"
_RESAMPLES = 400
type Worlds = NDArray[np.float64]


def decision(signs: Sequence[int]) -> str:
    """What becomes of a decision whose sign is known at the low end, as the firms stand, and at the high end; 0 is not decided."""
    if 1 in signs and -1 in signs:
        return TURNS
    if signs[1]:
        return HOLDS if all(signs) else HANGS
    return WON if any(signs) else OPEN


def decided(row: pd.Series[Any], end: str) -> bool:
    """Whether the interval at an end excludes zero."""
    return bool(row[f"at_{end}_low"] > 0 or row[f"at_{end}_high"] < 0)


def crossing(at: Sequence[float], values: Worlds, seed: int) -> tuple[float, float, float] | None:
    """Where the mean crosses zero on the line between two neighbouring values, with the interval of that; None where it does not."""
    if not all(math.isfinite(value) for value in at):
        return None
    order = np.argsort(at, kind="stable")
    places, worlds = np.asarray(at, dtype=float)[order], values[order]
    found = _root(places, worlds.mean(axis=1))
    if math.isnan(found):
        return None
    drawn = np.random.default_rng(seed).integers(worlds.shape[1], size=(_RESAMPLES, worlds.shape[1]))
    roots = np.array([_root(places, worlds[:, rows].mean(axis=1)) for rows in drawn])
    low, high = np.quantile(roots[np.isfinite(roots)], (0.025, 0.975))
    return found, float(low), float(high)


def _root(places: Worlds, means: Worlds) -> float:
    for at in range(len(places) - 1):
        one, other = means[at], means[at + 1]
        if one * other < 0:
            return float(places[at] + (places[at + 1] - places[at]) * one / (one - other))
    return math.nan


def in_words(value: float, unit: str) -> str:
    """A value of a setting in its unit, in three digits."""
    return units.say(float(f"{value:.3g}"), "number" if unit == "count" else unit)
