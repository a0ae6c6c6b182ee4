"""Rivals stand somewhere among the buying criteria, and answer slowly what the market wants (M37).

Each rival looks at every segment each `look`; with chance `reaction` it answers and moves its offer there to what is wanted on that
day, give or take `noise`. Mostly it does nothing (Steenkamp et al. 2005). So the mean time between two answers is look/reaction, and an
offer is about as stale as that. What a rival offers enters the choice as the firm's offer does: U = b + w·(fit − usual fit), where the
usual fit is that in `silo`, solved once and frozen as the other intercepts.

Of a criterion on which all offers are alike customers make little, where `focus` γ is above 0: criterion d weighs as range_d^γ, the
range being that of all offers before the customer, the firm's among them, and weights add up to the number of criteria (Kőszegi &
Szeidl 2013).
"""

from __future__ import annotations

import math
from typing import Any

from smsim.core.contracts import Mechanism, Phase
from smsim.core.kernel import inner, kernel, launch
from smsim.core.luck import luck, normal
from smsim.mechanisms.fit import fit
from smsim.world.market import Market
from smsim.world.rivals import Rivalry

#: The variance of needs where nothing draws them back: nobody can say anything.
_ANYTHING = 1e6


def variance_of_needs(market: Market) -> float:
    """The variance of a segment's need over the years: 1 by its drift, and what sudden changes add before they are forgotten."""
    added = market.shock_size**2 * (1.0 - math.exp(-market.shocks / 7.0))
    forgotten = 1.0 - math.exp(-2.0 * market.drift / 7.0)
    return min(_ANYTHING, 1.0 + (added / forgotten if forgotten > 0 else added * _ANYTHING))


class Rivalling(Mechanism):
    """Rivals look, and some answer."""

    name = "rivalry"
    phase = Phase.MARKET
    sections = (Rivalry, Market)
    reads = ("segments.need",)
    writes = ("rivals.offer",)
    streams = ("age", "start", "miss", "looks", "answers", "aim")
    can_switch = False

    @classmethod
    def is_on(cls, scenario: Any) -> bool:
        """Where rivals have positions."""
        return bool(scenario.of(Rivalry).positions)

    def tune(self, day: int) -> None:
        """Read how rivals look and answer; new rivals have been there for long."""
        self.p, market = self.scenario.of(Rivalry).row(), self.scenario.of(Market)
        known, rows = len(self.world.rivals), market.rivals * len(self.world.segments)
        if rows > known:
            self.world.rivals.grow(rows)
            launch(take_places, self.world.rows, self.p, self.luck.keys, market.drift, math.sqrt(variance_of_needs(market)), known)

    def day(self, day: int) -> None:
        """Whose day it is looks, and perhaps answers."""
        launch(answer, self.world.rows, self.p, self.luck.keys, day)


@kernel
def take_places(w: Any, p: Any, keys: Any, drift: Any, sd: Any, known: Any) -> Any:
    """A rival begins with an offer as old as offers are: its last answer was made to a need that has since drifted."""
    for row in range(known, len(w.rivals)):
        looks = 1.0 + math.floor(math.log(luck(keys[0].age, row, 0)) / math.log1p(-p[0].reaction)) if p[0].reaction < 1.0 else 1.0
        keep = math.exp(-drift / 7.0 * p[0].look * looks)
        need = w.segments[row % len(w.segments)].need
        for d in range(3):
            past = need[d] * keep + sd * math.sqrt(1.0 - keep * keep) * normal(keys[0].start, row, d)
            w.rivals[row].offer[d] = past + p[0].noise * normal(keys[0].miss, row, d)


@kernel
def answer(w: Any, p: Any, keys: Any, day: Any) -> Any:
    """Each rival looks on its own days; of the segments it looks at, it answers some."""
    every, count = max(1, int(p[0].look)), len(w.segments)
    for row in range(len(w.rivals)):
        rival = row // count
        if (day + int(every * luck(keys[0].looks, rival, 0))) % every != 0:
            continue
        if luck(keys[0].answers, row, day) < p[0].reaction:
            for d in range(3):
                w.rivals[row].offer[d] = w.segments[row % count].need[d] + p[0].noise * normal(keys[0].aim, row * 3 + d, day)


@inner
def shares_of(widths: Any, focus: Any) -> Any:
    """Weights of three criteria from the range of the offers on each; they add up to three, and are one each where nothing differs."""
    a, b, c = widths[0] ** focus, widths[1] ** focus, widths[2] ** focus
    total = a + b + c
    if total <= 0.0:
        return 1.0, 1.0, 1.0
    return 3.0 * a / total, 3.0 * b / total, 3.0 * c / total


@inner
def standing(w: Any, offers: Any) -> Any:
    """How many rivals stand behind so many offers; one that has cut its price counts for more than one."""
    return min(math.ceil(offers), len(w.rivals) // len(w.segments))


@inner
def range_of(w: Any, segment: Any, offers: Any, own: Any, d: Any) -> Any:
    """How far the offers to a segment lie apart on one criterion, the firm's among them."""
    least, most = own, own
    for rival in range(standing(w, offers)):
        offer = w.rivals[rival * len(w.segments) + segment].offer[d]
        least, most = min(least, offer), max(most, offer)
    return most - least


@inner
def weights(w: Any, rivalry: Any, lead: Any, offers: Any) -> Any:
    """What each criterion weighs with the customer of a lead."""
    if rivalry.positions == 0 or rivalry.focus == 0.0:
        return 1.0, 1.0, 1.0
    s = w.customers[lead.customer].segment
    wide, own = (range_of(w, s, offers, lead.design[0], 0), range_of(w, s, offers, lead.design[1], 1)), lead.design[2]
    return shares_of((wide[0], wide[1], range_of(w, s, offers, own, 2)), rivalry.focus)


@inner
def pull_of_rivals(w: Any, p: Any, market: Any, rivalry: Any, lead: Any, offers: Any, weight: Any) -> Any:
    """Σ e^U over the rivals in the race."""
    if rivalry.positions == 0:
        return offers * math.exp(p.rival)
    segment, offset, total = w.customers[lead.customer].segment, w.accounts[lead.customer].offset, 0.0
    rivals = standing(w, offers)
    for rival in range(rivals):
        offer, squared = w.rivals[rival * len(w.segments) + segment].offer, 0.0
        for d in range(3):
            gap = w.segments[segment].need[d] + offset[d] - offer[d]
            squared += weight[d] * gap * gap
        total += math.exp(p.rival + p.fit * (fit(squared, market.tolerance) - rivalry.usual_fit))
    return total * offers / max(1, rivals)
