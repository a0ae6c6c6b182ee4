"""What a channel brought, by a group from which it was withheld: an estimate with its interval, and how many it takes (M27).

    ROI = (y₁ − y₀)/c − 1 ± z·√(s₁²/n₁ + s₀²/n₀)/c        n per arm = 2·(z₁₋α⁄₂ + z_power)²·sd²/δ²

y and s are mean and standard deviation of margin per customer with and without the channel, c what it cost for each.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from smsim.world.period import Period

#: 95% of a normal distribution lies within so many standard errors.
_Z = 1.959963984540054


class Estimate(NamedTuple):
    """Return on what was spent, as a share of it: 0 is its money back."""

    mean: float
    low: float
    high: float


def return_on(reached: Any, held: Any, cost: float) -> Estimate | None:
    """The return by margin of customers who were reached and of those who were not; None where it cannot be said."""
    if min(len(reached), len(held)) < 2 or cost <= 0:
        return None
    mean = float(reached.mean() - held.mean()) / cost - 1.0
    half = _Z * math.sqrt(float(reached.var(ddof=1)) / len(reached) + float(held.var(ddof=1)) / len(held)) / cost
    return Estimate(mean, mean - half, mean + half)


def arm(sd: float, effect: float, level: float = 0.05, power: float = 0.9) -> float:
    """Customers in each of two groups that it takes to tell an effect from nothing, two-sided."""
    from scipy.special import ndtri

    return 2.0 * (float(ndtri(1.0 - level / 2.0)) + float(ndtri(power))) ** 2 * sd**2 / effect**2


def _estimates(period: Period) -> tuple[Any, Any]:
    if "roi_low" not in period.days:
        return np.zeros(0), np.zeros(0)
    low, high = period.days["roi_low"], period.days["roi_high"]
    made = ~np.isnan(low)
    return low[made], high[made]


def width(period: Period) -> float:
    """Median width of the intervals."""
    low, high = _estimates(period)
    return float(np.median(high - low)) if len(low) else math.nan


def proven(period: Period) -> float:
    """Share of the intervals that lie above 0."""
    low, _ = _estimates(period)
    return float((low > 0).mean()) if len(low) else math.nan
