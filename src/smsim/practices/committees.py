"""A few of both sides sit in a committee (002.12; M33).

A share of the people of each side, always the same, gives some hours at a rhythm. As far as there is no product to launch they talk
about the market, as in a meeting: the reps among them tell what they have seen, freshest first, and hear marketing's view. Where a
product is being launched, a share of the time goes to it, and the reps among them know as many hours more about it: that is launch fit
by know-how, of those who sat there and nobody else.

Le Meunier-FitzHugh & Massey 2019: cross-functional teams improve collaboration; sizes are judgement.
"""

from __future__ import annotations

import math

from smsim.core.contracts import Regular
from smsim.core.kernel import launch
from smsim.core.section import Section, param
from smsim.mechanisms.exchange import CONTACT, TOLD, counted_since, pass_down, pass_up
from smsim.mechanisms.hours import take_hours
from smsim.mechanisms.market import Horizon
from smsim.world.market import Market
from smsim.world.products import launches_of

_ON = {"practices.committees.every": "2 weeks"}


class Committees(Section, at="practices.committees"):
    """A mixed committee."""

    every: float = param(math.inf, "days", "Time from one sitting to the next", source="lemeunier2019", grade="C", low=1, high=3640,
                         words={"never": math.inf}, moves="practice_cost -", given=_ON)
    length: float = param(2.0, "hours", "Length of a sitting", source="assumed", grade="C", low=0, high=8, moves="practice_cost +",
                          given=_ON)
    who: float = param(0.25, "share", "Share of the people of each side who are in it", source="assumed", grade="C", low=0, high=1,
                       moves="practice_cost +", given=_ON)
    bandwidth: float = param(12.0, "items per hour", "Observations that can be passed on in an hour", source="assumed", grade="C", low=0,
                             high=1000, moves="marketing_need_error ?", given=_ON | {"practices.committees.every": "8 weeks"})
    on_launch: float = param(0.5, "share", "Share of the time that goes to a product being launched, until half a year after it ships",
                             source="assumed", grade="C", low=0, high=1, moves="launch_revenue ?", given=_ON)


class Committee(Regular):
    """Some of both sides know more of each other."""

    name = "committees"
    sections = (Committees,)
    reads = ("notes.*", "insight.*", "reps.*", "marketers.stereotype", "segments.marketer", "products.ship")
    writes = ("notes.sent", "insight.*", *TOLD, "reps.horizon", "reps.away", "marketers.away",
              "know_how.hours", *CONTACT, "today.*")
    costs = "hours of those who are in it"
    moves = "information of its members (up, down, know-how of what is launched); contact between them"
    through = {
        "information": ("notes.sent", "insight.*", *TOLD, "reps.horizon", "know_how.hours"),
        "trust": CONTACT,
    }

    def tune(self, day: int) -> None:
        """Who is in it."""
        self.p, of, world = self.scenario.of(Committees), self.scenario.of, self.world
        self.market, self.ahead, self.launches = of(Market).row(), of(Horizon).ahead, launches_of(self.scenario)
        self.reps, self.marketers = (math.ceil(self.p.who * len(side)) for side in (world.reps, world.marketers))

    def morning(self, day: int) -> None:
        """Sit."""
        world, hours = self.world, self.p.length
        take_hours(world, "reps", hours, slice(self.reps))
        take_hours(world, "marketers", hours, slice(self.marketers))
        coming = [number for number, plan in enumerate(self.launches, 1) if day < plan.ship + _AFTER]
        if coming:
            self._prepare(coming, self.p.on_launch * hours / len(coming))
            hours *= 1 - self.p.on_launch
        members, since = world.marketers[: self.marketers], counted_since(self.scenario, day)
        items = math.floor(self.p.bandwidth * hours + 1e-9)
        members["items_heard"] += launch(pass_up, world.rows, self.market, (0, self.reps), items, since, day)
        members["items_told"] += launch(pass_down, world.rows, self.reps, day + self.ahead)

    def _prepare(self, products: list[int], hours: float) -> None:
        """The members learn about products that are being launched, so many hours each."""
        known = self.world.know_how[:].reshape(len(self.world.reps), len(self.world.products))
        for product in products:
            known["hours"][: self.reps, product] += hours


#: How long after shipping, in days, a product is still being launched.
_AFTER = 182.0
