"""A tenth more advertising brings little revenue at first and about twice as much in the end; a tenth more selling brings more.

Two years after the start every channel spends a tenth more for good, or every rep has a tenth more hours for selling; the third arm goes on
as before. All three are one world until that morning and have the same luck after it. Elasticity is the change of ln(revenue) over ln 1.1.
Short-run: revenue of the first quarter with the tenth more (until then more for a quarter and more for good are the same). Long-run: of the
second year with it, when goodwill has settled (a year leaves .932^52 = 3% of the way). More hours for selling come out of
administration, 36% of the day before: the same people, territories and office hours. Ten times the firm `silo`, since ±10% of one
quarter of a firm of eight reps could not be told from luck.

Source: Sethuraman, Tellis & Briesch 2011, Journal of Marketing Research [C]; selling: Albers, Mantrala & Sridhar 2010, as their
authors restate it [S]; that selling is above advertising follows from both [D].
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from smsim.core.calendar import QUARTER, YEAR
from smsim.facts.fact import INFINITE, Fact, Means, Measure, Played, World
from smsim.mechanisms.selling import Selling
from smsim.scenario.sizing import larger_market
from smsim.world.channels import Channel

_SIZE, _MORE = 10, 1.1
#: The morning of the change, and days from it to the end.
CHANGE, AFTER = 2 * YEAR, 2 * YEAR
#: Each span over which revenue is added up, in days since the change.
SPANS = {"quarter": (0, QUARTER), "year": (YEAR, AFTER)}


def more_ads(scenario: Any) -> dict[str, float]:
    """Every channel spends a tenth more."""
    return {f"channels.{name}.spend": _MORE * channel.spend for name, channel in scenario.each(Channel).items()}


def more_selling(scenario: Any) -> dict[str, float]:
    """A tenth more of the day is there for selling."""
    return {"selling.admin": 1.0 - _MORE * (1.0 - scenario.of(Selling).admin)}


def numbers(played: Played) -> Mapping[str, float]:
    """Revenue of each span since the change, for each arm."""
    found = spans("plain", played.days["revenue"])
    model = played.again()
    model.run_for(CHANGE)
    for name, changes in (("ads", more_ads(played.scenario)), ("selling", more_selling(played.scenario))):
        arm = model.fork()
        arm.change(changes)
        arm.run_for(AFTER)
        found |= spans(name, arm.record.days()["revenue"])
    return found


def spans(arm: str, revenue: Any) -> dict[str, float]:
    """What came in over each span."""
    return {f"{arm}_{span}": float(sum(revenue[CHANGE + low : CHANGE + high])) for span, (low, high) in SPANS.items()}


def elasticity(arm: str, span: str) -> Callable[[Means], float]:
    """How revenue follows what was made more."""
    return lambda means: math.log(means["firm"][f"{arm}_{span}"] / means["firm"][f"plain_{span}"]) / math.log(_MORE)


SHORT, LONG, EFFORT = elasticity("ads", "quarter"), elasticity("ads", "year"), elasticity("selling", "year")
SETTINGS = {"company.reps": 8 * _SIZE, "company.marketers": 4 * _SIZE, **larger_market(_SIZE), "run.weeks": (CHANGE + AFTER) // 7}
FACT = Fact("6", "Elasticities", __doc__, {"firm": World("silo", SETTINGS)}, numbers, (
    Measure("ads, short-run", "Of revenue to advertising, first quarter", (0.05, 0.20), SHORT),
    Measure("ads, long-run", "Of revenue to advertising, second year", (0.15, 0.40), LONG),
    Measure("ratio", "The second over the first", (1.5, 2.5), lambda means: LONG(means) / SHORT(means)),
    Measure("selling", "Of revenue to hours for selling, second year", (0.20, 0.45), EFFORT),
    Measure("selling over ads", "That to hours for selling less that to advertising, second year", (0.0, INFINITE),
            lambda means: EFFORT(means) - LONG(means)),
))
