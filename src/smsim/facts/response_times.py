"""Of the web leads that are answered at all, about half are answered within the hour, seven in ten within a day, and a long tail waits.

Bands: within 1 hour .38 to .58, within 24 hours .59 to .79, mean of those answered within 30 days 27 to 57 hours, coefficient of
variation above 1.5. They were measured by asking 2,241 firms once each; here the leads of one firm are counted, those born after the
warm-up and at least thirty days before the end.

Source: Oldroyd, McElheran & Elkington 2011, Harvard Business Review, audit of 2,241 firms [C].
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from smsim.facts.fact import INFINITE, Fact, Means, Measure, Played, World, response_hours

#: Hours at which the distribution is read off.
HOURS = (1 / 12, 0.25, 0.5, 1, 2, 4, 8, 16, 24, 48, 72, 120, 168, 336, 504, 720)
_MONTH = 720.0


def numbers(played: Played) -> Mapping[str, float]:
    """Answered leads, how many of them within so many hours, and sums of the hours of those within thirty days."""
    hours = response_hours(played.old_leads).dropna()
    month = hours[hours <= _MONTH]
    return {
        "leads": len(played.old_leads), "answered": len(hours), **{within(h): float((hours <= h).sum()) for h in HOURS},
        "in_month": len(month), "hours": float(month.sum()), "hours_squared": float((month**2).sum()),
    }


def within(hours: float) -> str:
    """The name of the number of leads answered within so many hours."""
    return f"within_{hours:.4g}"


def share_within(hours: float) -> Callable[[Means], float]:
    """The share of answered leads that were answered within so many hours."""
    return lambda means: means["web"][within(hours)] / means["web"]["answered"]


def mean_hours(means: Means) -> float:
    """The mean response time of those answered within thirty days."""
    return means["web"]["hours"] / means["web"]["in_month"]


def variation(means: Means) -> float:
    """Standard deviation of the same over their mean."""
    mean = mean_hours(means)
    return math.sqrt(means["web"]["hours_squared"] / means["web"]["in_month"] - mean**2) / mean


FACT = Fact("2", "Response times", __doc__, {"web": World("web")}, numbers, (
    Measure("within 1 hour", "Share of answered leads answered within an hour", (0.38, 0.58), share_within(1), "selling.answering"),
    Measure("within 24 hours", "Share of answered leads answered within a day", (0.59, 0.79), share_within(24)),
    Measure("mean hours", "Mean response time of those answered within 30 days", (27.0, 57.0), mean_hours),
    Measure("variation", "Standard deviation of the same over the mean", (1.5, INFINITE), variation),
))
