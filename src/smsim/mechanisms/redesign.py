"""A frozen solution can be designed again, for hours: where it is possible, six is usual.

Before each meeting after the first the rep asks himself what the customer wants as he now sees it: what he believes of the segment,
what he knows of coming changes up to the day of the choice, and what he found to be this customer's own at the first meeting. He
believes that as it is with variance V, so that a design at squared distance q from it will fit, in the mean,

    E fit = (1 + V/(D·ω²))^{−D/2} · exp(−q / (2(D·ω² + V)))

A new design that fits better by Δ raises the odds of winning by weight·Δ, and what he expects of the deal by u(1 − u)·weight·Δ·value, u
being the usual share won. He does it when that is more than what its hours would bring elsewhere, which is what a normal week brings,
an hour.
"""

from __future__ import annotations

import math
from typing import Any

from smsim.core.contracts import Mechanism, Phase
from smsim.core.kernel import inner, kernel, launch
from smsim.core.kpi import Kpi
from smsim.core.section import Section, param
from smsim.mechanisms.choice import USUALLY_WON
from smsim.mechanisms.effort import Effort
from smsim.world.company import Company
from smsim.world.world import LOOK_AHEAD

_ODDS = USUALLY_WON * (1.0 - USUALLY_WON)


class Redesign(Section, at="selling.deals"):
    """What it takes to design a solution again."""

    redesign: float = param(math.inf, "hours", "Hours of a rep that a second design takes; `never` where the first one stays",
                            source="assumed", grade="C", low=0, high=100, words={"never": math.inf}, moves="redesigns -",
                            given={"selling.deals.redesign": "2 hours"})


class Redesigning(Mechanism):
    """Solutions that were designed again are counted."""

    name = "redesign"
    phase = Phase.LEARNING
    sections = (Redesign, Effort, Company)
    reads = ("reps.redesigns",)
    writes = ("reps.redesigns", "reps.hour_brings")
    kpis = (Kpi("redesigns", "count", "Solutions designed again"),)

    @classmethod
    def is_on(cls, scenario: Any) -> bool:
        """Where it can be done."""
        return bool(scenario.of(Redesign).redesign < math.inf)

    def tune(self, day: int) -> None:
        """What an hour of a normal week brings, as reps believe."""
        company, reps = self.scenario.of(Company), self.world.reps
        hours = 24.0 * (company.closes - company.opens) * sum(company.works_on(d) for d in range(7))
        reps["hour_brings"] = self.scenario.of(Effort).expected / hours / (1.0 - self.scenario["selling.admin"])

    def day(self, day: int) -> None:
        """Count."""
        self.done = launch(count_redesigns, self.world.reps.rows)

    def tallies(self) -> dict[str, float]:
        """Today's."""
        return {"redesigns": self.done}


@kernel
def count_redesigns(reps: Any) -> Any:
    """How many solutions have been designed again today; from then on none."""
    done = 0.0
    for r in range(len(reps)):
        done += reps[r].redesigns
        reps[r].redesigns = 0
    return done


@kernel
def expected_fit(squared: Any, var: Any, tolerance: Any) -> Any:
    """Mean fit of a design to a need that is believed to lie at a squared distance, with a variance per criterion."""
    width = 3.0 * tolerance * tolerance
    return (1.0 + var / width) ** -1.5 * math.exp(-squared / (2.0 * (width + var)))


@inner
def designed(wanted: Any, usual: Any, tailoring: Any) -> Any:
    """The design for what is wanted: so far from the product for the many."""
    return wanted + (tailoring - 1.0) * (wanted - usual)


@inner
def wanted_now(w: Any, p: Any, gain: Any, lead: Any, day: Any, d: Any) -> Any:
    """What the rep believes that the customer will want on the day of his choice, on one criterion."""
    segment = w.customers[lead.customer].segment
    belief = w.rep_insight[lead.rep * len(w.segments) + segment]
    own, told = 1.0 / belief.var, 1.0 / (belief.heard_var * p.gaps[0].orientation_gap)
    total = (own * belief.mean[d] + told * belief.heard[d]) / (own + told) + lead.own[d]
    left = day + p.deals[0].gap * (p.deals[0].meetings - lead.meetings - 1) + p.deals[0].deciding
    for target in range(day + 1, int(min(w.reps[lead.rep].horizon, left)) + 1):
        shock = w.shocks[segment * LOOK_AHEAD + target % LOOK_AHEAD]
        if shock.day == target:
            total += gain * shock.signal[d]
    return total


@inner
def unknown(w: Any, p: Any, lead: Any) -> Any:
    """Variance with which the rep knows what the customer wants, per criterion (V)."""
    belief = w.rep_insight[lead.rep * len(w.segments) + w.customers[lead.customer].segment]
    var = 1.0 / (1.0 / belief.var + 1.0 / (belief.heard_var * p.gaps[0].orientation_gap))
    spread, noise = p.market[0].offset * p.market[0].offset, p.deals[0].field_noise * p.deals[0].field_noise
    return var + spread * (1.0 - spread / (spread + var + noise))


@inner
def redesign_if_worth(w: Any, p: Any, gain: Any, row: Any, day: Any) -> Any:
    """Design again where that is worth its hours; returns them, 0 where the design stays."""
    lead = w.leads[row]
    if lead.meetings == 0 or math.isinf(p.redesign[0].redesign):
        return 0.0
    usual, tailoring = w.segments[w.customers[lead.customer].segment].message, p.deals[0].tailoring
    was, would = 0.0, 0.0
    for d in range(3):
        wanted = wanted_now(w, p, gain, lead, day, d)
        was += (wanted - lead.design[d]) ** 2
        would += (wanted - designed(wanted, usual[d], tailoring)) ** 2
    var, tolerance = unknown(w, p, lead), p.market[0].tolerance
    better = expected_fit(would, var, tolerance) - expected_fit(was, var, tolerance)
    if _ODDS * p.choice[0].fit * better * lead.value <= p.redesign[0].redesign * w.reps[lead.rep].hour_brings:
        return 0.0
    lead.apart = 0.0
    for d in range(3):
        lead.design[d] = designed(wanted_now(w, p, gain, lead, day, d), usual[d], tailoring)
        lead.apart += (lead.design[d] - usual[d]) * (lead.design[d] - usual[d])
    w.reps[lead.rep].redesigns += 1
    return p.redesign[0].redesign
