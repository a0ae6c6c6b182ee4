"""Marketers ride along with reps to customers, and see for themselves (002.11; M16, M19).

On each occasion every marketer who takes part spends some hours with one rep, the next in turn. At the customer whom the rep sees next
the marketer notes what is wanted, y = need + offset + field noise·Z, first hand: nobody has to report it or to be believed, and it goes
into marketing's belief with variance field noise² + offset². On the way the rep hears marketing's view, with the variance of his trust.
On a joint call the marketer speaks at the customer's himself: of that segment the rep has marketing's view with its own variance P,
whatever he thinks of marketers, and designs with it. What was seen and told counts as contact.

Pettigrew & Tropp 2006 (contact); sizes are judgement.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from smsim.core.contracts import Regular
from smsim.core.kernel import inner, kernel, launch
from smsim.core.luck import normal
from smsim.core.section import Section, param
from smsim.mechanisms.deals import Deals
from smsim.mechanisms.exchange import CONTACT, TOLD, tell, tell_all
from smsim.mechanisms.hours import take_hours
from smsim.mechanisms.insight import hear_of_need
from smsim.mechanisms.market import Horizon
from smsim.world.market import Market

_ON = {"practices.ride_alongs.every": "1 week"}


class RideAlongs(Section, at="practices.ride_alongs"):
    """Marketers at customers, beside reps."""

    every: float = param(math.inf, "days", "Time from one ride-along of a marketer to his next", source="pettigrew2006", grade="C", low=1,
                         high=3640, words={"never": math.inf}, moves="practice_cost -", given=_ON)
    hours: float = param(4.0, "hours", "A marketer's time for one", source="assumed", grade="C", low=0, high=8, moves="practice_cost +",
                         given=_ON)
    rep_hours: float = param(0.5, "hours", "What it costs the rep to have him along", source="assumed", grade="C", low=0, high=8,
                             moves="selling_hours -", given=_ON)
    who: float = param(1.0, "share", "Share of the marketers who ride along", source="assumed", grade="C", low=0, high=1,
                       moves="practice_cost +", given=_ON)
    joint: bool = param(False, "flag", "Whether the marketer speaks to the customer too: a joint call", source="assumed", grade="C",
                        moves="win_rate ?", given=_ON)


class RidingAlong(Regular):
    """Marketers go where the customers are."""

    name = "ride_alongs"
    sections = (RideAlongs,)
    reads = ("deals.head", "leads.*", "segments.need", "segments.heard_off", "accounts.offset", "customers.segment", "insight.*", "reps.*")
    writes = ("insight.*", *TOLD, "reps.horizon", "reps.away", "marketers.away", *CONTACT, "today.*")
    streams = ("seen",)
    costs = "hours of marketers, and a little of the reps' time"
    moves = "information: one more observation, first hand, and marketing's view told on the way; contact between the two sides"
    through = {
        "information": ("insight.*", *TOLD, "reps.horizon"),
        "trust": CONTACT,
    }

    def set_up(self) -> None:
        """The first marketer begins with the first rep."""
        self.turn, self.seen = 0, np.zeros(3)

    def tune(self, day: int) -> None:
        """Who goes, and what is seen."""
        self.p, of = self.scenario.of(RideAlongs), self.scenario.of
        self.market, self.noise, self.ahead = of(Market).row(), of(Deals).field_noise, of(Horizon).ahead
        self.pairs = min(math.ceil(self.p.who * len(self.world.marketers)), len(self.world.reps))

    def morning(self, day: int) -> None:
        """Ride."""
        world = self.world
        for m in range(self.pairs):
            r = (self.turn + m) % len(world.reps)
            if world.reps["back"][r] <= day:
                take_hours(world, "marketers", self.p.hours, slice(m, m + 1))
                take_hours(world, "reps", self.p.rep_hours, slice(r, r + 1))
                launch(ride_along, world.rows, (r, m), self.p.joint, self.market, self.noise, self.luck.keys, self.seen,
                       day + self.ahead, day)
        self.turn += self.pairs


@kernel
def ride_along(w: Any, pair: Any, joint: Any, market: Any, noise: Any, keys: Any, seen: Any, horizon: Any, day: Any) -> Any:
    """A marketer and a rep talk on the way, and see the customer who is due first."""
    r, m = pair
    rep, marketer, row = w.reps[r], w.marketers[m], next_visit(w, r)
    marketer.items_told += tell_all(w, r, horizon)
    if row < 0:
        return
    lead = w.leads[row]
    segment, offset = w.customers[lead.customer].segment, w.accounts[lead.customer].offset
    if joint:
        tell(w, r, segment, w.insight[segment].var)
    for d in range(3):
        seen[d] = w.segments[segment].need[d] + offset[d] + noise * normal(keys[0].seen, lead.identity, day * 4 + d)
        seen[d] += w.segments[segment].heard_off[d]
    hear_of_need(w.insight[segment], seen, noise * noise + market[0].offset * market[0].offset, 0.0, market)
    rep.items_told += 1.0
    marketer.items_heard += 1.0


@inner
def next_visit(w: Any, r: Any) -> Any:
    """The rep's next first meeting, where there is one among his opportunities; else whoever is due first; -1 for nobody."""
    row = w.deals[r].head
    while row >= 0 and w.leads[row].meetings > 0:
        row = w.leads[row].after
    return row if row >= 0 else w.deals[r].head
