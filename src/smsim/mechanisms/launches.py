"""A product is announced: customers take an interest by themselves and because others have (Bass 1969), ask for a while, and turn away.

Hazard p + q·F a year, F the share that has ever been interested, on each day with the F of its morning: the continuous model, in steps
of a day. Interest lasts a fixed time. Within it, a customer nobody talks to asks at the rate of a buying window. Who has not bought
may become interested again. No rival offers a new system before one enters; each of the others answers with some chance, every so
often, and in the same way a lower price with the same price (M37).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smsim.core.birth import day_weights, hours_of_week
from smsim.core.calendar import YEAR
from smsim.core.contracts import Mechanism, Phase
from smsim.core.kernel import launch
from smsim.core.luck import luck
from smsim.core.section import Section, param
from smsim.mechanisms.arrivals import Arrivals
from smsim.mechanisms.choice import Choice, rivals_share
from smsim.mechanisms.demand import MOST_TIMES, Demand
from smsim.mechanisms.readiness import Readiness
from smsim.mechanisms.urges import feel_urges, first_urges, hear_the_interested
from smsim.world.market import Market
from smsim.world.products import LIFE_CYCLE, NEW_SYSTEM, Launch, Product, SaleType, Urges, launches_of


class Launched(Section, at="market.launched"):
    """How customers and rivals take new products."""

    interest: float = param(84.0, "days", "How long a customer's interest lasts", source="assumed", grade="C", low=1, high=3640,
                            moves="launch_revenue ?")
    persuaded: float = param(0.2, "share", "Chance that a customer without an interest of his own takes one when a rep pushes the product "
                             "on him", source="assumed", grade="C", low=0, high=1, moves="launch_revenue +")
    reaction: float = param(0.25, "share", "Chance that a rival without an offer against a new system answers with one, or one that is "
                            "undersold with the same price, each time it looks", source="steenkamp2005", grade="B", low=0, high=1,
                            moves="launch_revenue -")
    lag: float = param(91.0, "days", "Time from the first rival's entry until the others look, and from one look to the next",
                       source="assumed", grade="C", low=1, high=3640, moves="launch_revenue +")
    price: float = param(5.0, "log-odds", "How much less a customer likes an offer that costs twice the usual price", source="assumed",
                         grade="C", low=0, high=100, moves="launch_revenue -", given={"products.widget.price": "1.3"})


class Launching(Mechanism):
    """Customers take an interest in what was announced, and ask; rivals answer."""

    name = "launches"
    phase = Phase.DEMAND
    sections = (Product, Launch, SaleType, Launched)
    reads = ("customers.*", "accounts.*", "products.*", "interests.*", "asking_days.*", "urges.*", "inquiries.*")
    writes = ("products.*", "interests.*", "asking_days.*", "urges.*", "inquiries.*", "customers.inquiries",
              "customers.asked", "today.inquiries", "today.rival_wins")
    streams = ("interest", "asking", "warm", "rival", "reaction")
    can_switch = False

    @classmethod
    def is_on(cls, scenario: Any) -> bool:
        """Where a product is launched."""
        return bool(launches_of(scenario))

    def set_up(self) -> None:
        """Every customer's first urge to look at each product, the earliest on top."""
        customers = len(self.world.customers)
        self.urges = self.world.urges = Urges(len(self.world.interests))
        launch(first_urges, self.urges.rows, self.luck.keys, customers)
        for start in range(0, len(self.urges), max(1, customers)):
            own = self.urges.rows[start:start + customers]
            own[:] = own[np.argsort(own["at"])]

    def tune(self, day: int) -> None:
        """Lay out what holds for each product from now on; who is interested already stays so."""
        of, products, types = self.scenario.of, self.scenario.each(Product), self.scenario.each(SaleType)
        self.p, self.choice = of(Demand).row(), of(Choice)
        self.weights = day_weights(hours_of_week(of(Arrivals).birth_hours))
        self.most = -math.expm1(-of(Demand).asking * MOST_TIMES * max(self.weights) / 7.0)
        self.launches = launches_of(self.scenario)
        self.entries, self.answers = [], []
        for number, plan in enumerate(self.launches, 1):
            product = products[plan.product]
            self._lay(self.world.products[number], plan, product, types[product.sale_type])
            self.entries.append(self._entries(number, plan, product))
            self.answers.append(self._answers(number, plan, product))
        self.first = min(plan.announce for plan in self.launches)
        self.turns = {day, *(math.ceil(one) for one in np.concatenate((*self.entries, *self.answers)) if one > day and one < np.inf)}

    def _lay(self, row: Any, plan: Launch, product: Product, kind: SaleType) -> None:
        readiness, launched, a_day = self.scenario.of(Readiness), self.scenario.of(Launched), LIFE_CYCLE / product.life_cycle / YEAR
        row["announce"], row["ship"], row["ends"], row["pressure"] = plan.announce, plan.ship, plan.ends, plan.pressure
        row["innovation"], row["imitation"] = product.innovation * a_day, product.imitation * a_day
        row["interest"], row["persuaded"], row["value"] = launched.interest, launched.persuaded, product.value * product.price
        row["cost"] = (1.0 - product.margin) / product.price
        row["time"], row["slope"], row["told"] = kind.time, kind.readiness, kind.marketing
        row["base"] = kind.base - launched.price * (product.price - 1.0)
        row["fixed"], row["offers"] = product.fixed, product.offers
        row["practice"], row["burn"] = readiness.practice, readiness.burn

    def _entries(self, number: int, plan: Launch, product: Product) -> NDArray[np.float64]:
        """The day on which each rival has an offer."""
        rivals, p = self.scenario.of(Market).rivals, self.scenario.of(Launched)
        if product.sale_type != NEW_SYSTEM:
            return np.full(rivals, -np.inf)
        days = np.full(rivals, plan.rival_enters)
        for rival in range(1, rivals):
            days[rival] += p.lag * self._looks(number, rival, 0)
        return days

    def _answers(self, number: int, plan: Launch, product: Product) -> NDArray[np.float64]:
        """The day on which each rival asks no more than the firm: in kind, if at all, and only where it is undersold."""
        entries = self.entries[number - 1]
        if product.price >= 1:
            return np.full(len(entries), np.inf)
        looks = np.array([self._looks(number, rival, 1) for rival in range(len(entries))])
        return np.asarray(np.maximum(entries, plan.announce) + self.scenario.of(Launched).lag * looks)

    def _looks(self, number: int, rival: int, at: int) -> float:
        """How often a rival looks until it answers."""
        return first_success(luck(self.luck.keys["reaction"][0], number * 1009 + rival, at), self.scenario.of(Launched).reaction)

    def day(self, day: int) -> None:
        """Count the rivals; let customers become interested, ask, turn away."""
        if day in self.turns:
            self._count_rivals(day)
        if day < self.first:
            return
        world, asking, done = self.world, (self.weights[day % 7], self.most), False
        launch(feel_urges, world.rows, self.urges.rows, self.luck.keys, self.most, day)
        while not done:
            done = launch(hear_the_interested, world.rows, self.p, self.luck.keys, asking, day)
            if not done:
                world.inquiries.grow(2 * len(world.inquiries))

    def _count_rivals(self, day: int) -> None:
        """Each with what its price makes of it."""
        for row, plan, entries, answers in zip(self.world.products[1:], self.launches, self.entries, self.answers, strict=True):
            dearer = self.scenario.each(Product)[plan.product].price - 1.0
            weights = np.where(answers <= day, math.exp(-self.scenario.of(Launched).price * dearer), 1.0)
            row["rivals"] = weights[entries <= day].sum()
            row["taken"] = rivals_share(self.choice, float(row["rivals"]))


def first_success(u: float, chance: float) -> float:
    """How many tries it takes to succeed for the first time, inf if never: geometric, at a uniform number."""
    if chance <= 0:
        return math.inf
    return 1.0 if chance >= 1 else 1.0 + math.floor(math.log(u) / math.log1p(-chance))
