"""Sales are high at the end of the fiscal period, where quotas end with it, and low at its start.

Revenue per week of the first, middle and last month of each quarter (4-4-5 weeks), whole quarters only, each over the sum of the three: a
third each if nothing moves. The world is `quota`: a quarterly quota, a bonus, an accelerator. The other is `linear`, with a salary and a
commission on everything, where the last month and the first are to differ by no more than a point.

Source: Oyer 1998, Quarterly Journal of Economics [C sign]; the order of all three months, and the null, are ours [D].
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from smsim.core.calendar import QUARTER, WEEK
from smsim.facts.fact import INFINITE, TESTS, Fact, Means, Measure, Played, World

MONTHS = {"first": (0, 4 * WEEK), "middle": (4 * WEEK, 8 * WEEK), "last": (8 * WEEK, QUARTER)}


def numbers(played: Played) -> Mapping[str, float]:
    """Revenue per week of each month, over all whole quarters."""
    begin, end = -(-int(played.start) // QUARTER) * QUARTER, int(played.end) // QUARTER * QUARTER
    days = played.days[(played.days["day"] >= begin) & (played.days["day"] < end)]
    at, quarters = days["day"] % QUARTER, (end - begin) / QUARTER
    return {name: float(days["revenue"][(at >= low) & (at < high)].sum()) / (quarters * (high - low) / WEEK)
            for name, (low, high) in MONTHS.items()}


def share(means: Means, world: str, month: str) -> float:
    """A month's revenue per week, over the sum of the three."""
    return means[world][month] / sum(means[world].values())


def later(world: str, month: str, than: str) -> Callable[[Means], float]:
    """How much greater one month's share is than another's."""
    return lambda means: share(means, world, month) - share(means, world, than)


FACT = Fact("8", "Quota calendar", __doc__, {"quota": World("quota"), "linear": World("linear")}, numbers, (
    Measure("last over middle", "With quotas, share of the last month less that of the middle one", (0.0, INFINITE),
            later("quota", "last", "middle")),
    Measure("middle over first", "With quotas, share of the middle month less that of the first", (0.0, INFINITE),
            later("quota", "middle", "first")),
    Measure("linear", "With commission alone, share of the last month less that of the first", (-0.01, 0.01),
            later("linear", "last", "first")),
), TESTS)
