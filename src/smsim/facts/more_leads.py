"""Where reps are busy, half as many leads again lengthen the delay, lower the rate of leads that become sales, and bring little revenue.

How leads are made more: half as many customers again, and every channel spends half as much again, so that they are reached as well;
the same people. Lead quality, buying windows and goodwill stay as they are, the sales force does not grow. (More asking or more
spending on the same customers would bring idle askers and people who ask twice, not half as many leads of the same kind.)

Utilisation is reps' selling hours, stretched by admin, over their working hours after the warm-up. Delay is given twice: of the leads
that were called, and of all leads, where one not called within thirty days counts as thirty days. Lead to sale: won by the end among
leads born at least 26 weeks before it. Elasticity is ln(revenue ratio) / ln(lead ratio).

Source: Smith, Gopalakrishna & Chatterjee 2006, Journal of Marketing Research [C sign]; the bound of .5 on the elasticity is ours [D].
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from smsim.facts.fact import INFINITE, TESTS, Fact, Means, Measure, Played, World, response_hours
from smsim.scenario.sizing import larger_market
from smsim.world.company import Company

_MORE, _MONTH, _HALF_YEAR = 1.5, 720.0, 182


def numbers(played: Played) -> Mapping[str, float]:
    """Leads, their delays, their sales; revenue; hours."""
    hours = response_hours(played.old_leads)
    cohort = played.born_before_end(_HALF_YEAR)
    return {
        "leads": len(played.marketing_leads), "old_leads": len(hours), "called": float(hours.notna().sum()),
        "hours_of_called": float(hours.sum()), "hours_of_all": float(hours.fillna(_MONTH).clip(upper=_MONTH).sum()),
        "cohort": len(cohort), "sold": float((cohort["outcome"] == "won").sum()), "revenue": played.kpis["revenue"],
        "busy_hours": played.kpis["selling_hours"] / (1.0 - played.scenario["selling.admin"]), "working_hours": working_hours(played),
    }


def working_hours(played: Played) -> float:
    """Clock hours all reps were at work after the warm-up."""
    company = played.scenario.of(Company)
    days = sum(bool(company.works_on(int(day))) for day in played.days["day"] if day >= played.start)
    return float(days * (company.closes - company.opens) * 24.0 * company.reps)


def ratio(above: str, below: str) -> Callable[[Mapping[str, float]], float]:
    """One number of a world over another."""
    return lambda world: world[above] / world[below]


def change(of: Callable[[Mapping[str, float]], float]) -> Callable[[Means], float]:
    """What something is with more leads, less what it is without."""
    return lambda means: of(means["more"]) - of(means["firm"])


def rise(means: Means) -> float:
    """By how much leads rose, as a share."""
    return means["more"]["leads"] / means["firm"]["leads"] - 1.0


def elasticity(means: Means) -> float:
    """How revenue follows leads."""
    more, firm = means["more"], means["firm"]
    return math.log(more["revenue"] / firm["revenue"]) / math.log(more["leads"] / firm["leads"])


WORLDS = {
    "firm": World("b2b"),
    "more": World("b2b", larger_market(_MORE)),
}
FACT = Fact("5", "More leads can hurt", __doc__, WORLDS, numbers, (
    Measure("utilisation", "Condition: share of their working hours in which reps are busy", (0.9, INFINITE),
            lambda means: ratio("busy_hours", "working_hours")(means["firm"]), "selling.prospecting"),
    Measure("rise in leads", "Condition: leads more, as a share", (0.45, 0.55), rise, "market.customers"),
    Measure("delay of the called", "Change of the mean hours to the first call, leads that were called", (0.0, INFINITE),
            change(ratio("hours_of_called", "called"))),
    Measure("delay of all", "Change of the same, leads not called within 30 days counted as 30 days", (0.0, INFINITE),
            change(ratio("hours_of_all", "old_leads"))),
    Measure("lead to sale", "Change of the share of leads that were won", (-INFINITE, 0.0), change(ratio("sold", "cohort"))),
    Measure("elasticity", "Of revenue to leads", (-INFINITE, 0.5), elasticity),
), TESTS)
