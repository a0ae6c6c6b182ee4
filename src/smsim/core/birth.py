"""At which hour of the week things happen: profiles of 168 hours, and how to draw an instant from them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smsim.core.kernel import kernel

HOURS = 168


def hours_of_week(profile: str | Sequence[float]) -> NDArray[np.float64]:
    """The share of a week's events in each hour, shape (168,), adding up to 1.

    `office`: 80% from Monday to Friday, nine to five. `evening`: 80% from six to eleven, every day. `always`: even. Or 24
    shares, one for each hour of any day. Raises ValueError for anything else.
    """
    hour, day = np.arange(HOURS) % 24, np.arange(HOURS) // 24
    if isinstance(profile, str):
        inside = {"office": (day < 5) & (hour >= 9) & (hour < 17), "evening": (hour >= 18) & (hour < 23),
                  "always": np.ones(HOURS, bool)}.get(profile)
        if inside is None:
            raise ValueError(f"no profile named {profile!r}")
        inner = np.where(inside, 1.0 / inside.sum(), 0.0)
        if inside.all():
            return inner
        return np.asarray(0.8 * inner + 0.2 * np.where(inside, 0.0, 1.0 / (~inside).sum()))
    shares = np.asarray(profile, dtype=float)
    if shares.shape != (24,) or shares.min() < 0 or shares.sum() <= 0:
        raise ValueError("a profile has 24 shares, one for each hour")
    return np.tile(shares / shares.sum(), 7) / 7


def day_weights(hours: NDArray[np.float64]) -> NDArray[np.float64]:
    """How many times an average day's events each weekday has, shape (7,)."""
    return hours.reshape(7, 24).sum(axis=1) * 7


def day_curves(hours: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each weekday the cumulative share of its events by the end of each hour, shape (7, 24)."""
    curves = np.cumsum(hours.reshape(7, 24), axis=1)
    total = curves[:, -1:]
    return np.asarray(np.where(total > 0, curves / np.where(total > 0, total, 1), np.arange(1, 25) / 24))


@kernel
def instant(curve: Any, u: Any) -> Any:
    """The time of day (a share of the day) at which a share `u` of the day's events has happened."""
    hour, below = 0, 0.0
    while hour < 23 and curve[hour] <= u:
        below = curve[hour]
        hour += 1
    width = curve[hour] - below
    inside = (u - below) / width if width > 0 else 0.5
    return (hour + min(max(inside, 0.0), 0.999999)) / 24.0
