"""Moving deals to where an accelerator pays costs the firm some percent of its revenue in discounts.

Discounts over revenue before discounts, in a firm with a strong accelerator (`quota` with three times the commission beyond the quota),
less the same with commission alone (`linear`).

Source: Larkin 2014, Journal of Labor Economics [C]: 6–8%; the band 3–10% is ours [D].
"""

from __future__ import annotations

from collections.abc import Mapping

from smsim.facts.fact import TESTS, Fact, Means, Measure, Played, World


def numbers(played: Played) -> Mapping[str, float]:
    """Discounts, and revenue before them."""
    return {"discounts": played.kpis["discounts"], "listed": played.kpis["revenue"] + played.kpis["discounts"]}


def cost(means: Means) -> float:
    """Discounts given for timing, as a share of revenue."""
    with_it, without = means["accelerator"], means["linear"]
    return with_it["discounts"] / with_it["listed"] - without["discounts"] / without["listed"]


WORLDS = {"accelerator": World("quota", {"incentives.reps.accelerator": 3.0}), "linear": World("linear")}
FACT = Fact("9", "Gaming cost", __doc__, WORLDS, numbers, (
    Measure("discounts", "Share of revenue given away to move deals", (0.03, 0.10), cost),
), TESTS)
