"""A product is announced: customers take an interest by themselves and because others have (Bass 1969), ask for a while, and turn away.

Hazard p + q·F a year, F the share that has ever been interested, on each day with the F of its morning: the continuous model, in steps
of a day. Interest lasts a fixed time. Within it, a customer nobody talks to asks at the rate of a buying window. Who has not bought
may become interested again. No rival offers a new system before one enters; each of the others answers with some chance, every so
often (M37).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smsim.core.birth import day_weights, hours_of_week
from smsim.core.calendar import YEAR
from smsim.core.contracts import Mechanism, Phase
from smsim.core.kernel import inner, kernel, launch
from smsim.core.luck import luck
from smsim.core.section import Section, param
from smsim.mechanisms.arrivals import Arrivals
from smsim.mechanisms.choice import Choice, rivals_share
from smsim.mechanisms.demand import Demand, chance_to_ask, note_inquiry
from smsim.mechanisms.readiness import Readiness
from smsim.world.customers import CLOSED, IDLE, NUMBERS
from smsim.world.market import Market
from smsim.world.products import LIFE_CYCLE, NEW_SYSTEM, Launch, Product, SaleType, launches_of


class Launched(Section, at="market.launched"):
    """How customers and rivals take new products."""

    interest: float = param(84.0, "days", "How long a customer's interest lasts", source="assumed", grade="C", low=1, high=3640,
                            moves="launch_revenue ?")
    reaction: float = param(0.25, "share", "Chance that a rival without an offer against a new system answers with one, each time it "
                            "looks", source="steenkamp2005", grade="B", low=0, high=1, moves="launch_revenue -")
    lag: float = param(91.0, "days", "Time from the first rival's entry until the others look, and from one look to the next",
                       source="assumed", grade="C", low=1, high=3640, moves="launch_revenue +")


class Launching(Mechanism):
    """Customers take an interest in what was announced, and ask; rivals answer."""

    name = "launches"
    phase = Phase.DEMAND
    sections = (Product, Launch, SaleType, Launched)
    reads = ("customers.*", "accounts.burned_until", "products.*", "interests.*", "inquiries.*")
    writes = ("products.*", "interests.*", "inquiries.*", "customers.inquiries", "today.inquiries", "today.rival_wins")
    streams = ("interest", "asking", "rival", "reaction")
    can_switch = False

    @classmethod
    def is_on(cls, scenario: Any) -> bool:
        """Where a product is launched."""
        return bool(launches_of(scenario))

    def tune(self, day: int) -> None:
        """Lay out what holds for each product from now on; who is interested already stays so."""
        of, products, types = self.scenario.of, self.scenario.each(Product), self.scenario.each(SaleType)
        self.p, self.choice = of(Demand).row(), of(Choice)
        self.weights = day_weights(hours_of_week(of(Arrivals).birth_hours))
        self.launches = launches_of(self.scenario)
        self.entries = []
        for number, plan in enumerate(self.launches, 1):
            product = products[plan.product]
            self._lay(self.world.products[number], plan, product, types[product.sale_type])
            self.entries.append(self._entries(number, plan, product))

    def _lay(self, row: Any, plan: Launch, product: Product, kind: SaleType) -> None:
        readiness, a_day = self.scenario.of(Readiness), LIFE_CYCLE / product.life_cycle / YEAR
        row["announce"], row["ship"], row["pressure"] = plan.announce, plan.ship, plan.pressure
        row["innovation"], row["imitation"] = product.innovation * a_day, product.imitation * a_day
        row["interest"], row["value"], row["margin"] = self.scenario.of(Launched).interest, product.value, product.margin
        row["time"], row["base"], row["slope"] = kind.time, kind.base, kind.readiness
        row["practice"], row["burn"] = readiness.practice, readiness.burn

    def _entries(self, number: int, plan: Launch, product: Product) -> NDArray[np.float64]:
        """The day on which each rival has an offer."""
        rivals, p = self.scenario.of(Market).rivals, self.scenario.of(Launched)
        if product.sale_type != NEW_SYSTEM:
            return np.full(rivals, -np.inf)
        days = np.full(rivals, plan.rival_enters)
        for rival in range(1, rivals):
            looks = first_success(luck(self.luck.keys["reaction"][0], number * 1009 + rival, 0), p.reaction)
            days[rival] += p.lag * looks
        return days

    def day(self, day: int) -> None:
        """Count the rivals; let customers become interested, ask, turn away."""
        for row, entries in zip(self.world.products[1:], self.entries, strict=True):
            row["rivals"] = (entries <= day).sum()
            row["taken"] = rivals_share(self.choice, int(row["rivals"]))
        if day < min(plan.announce for plan in self.launches):
            return
        world, weight = self.world, self.weights[day % 7]
        asked, start = int(world.today["inquiries"][0]), 0
        launch(set_chances, world.products.rows, len(world.customers), day)
        while start >= 0:
            start = launch(take_interest, world.rows, self.p, self.luck.keys, (weight, asked), day, start)
            if start >= 0:
                world.inquiries.grow(2 * len(world.inquiries))


def first_success(u: float, chance: float) -> float:
    """How many tries it takes to succeed for the first time, inf if never: geometric, at a uniform number."""
    if chance <= 0:
        return math.inf
    return 1.0 if chance >= 1 else 1.0 + math.floor(math.log(u) / math.log1p(-chance))


@kernel
def set_chances(products: Any, customers: Any, day: Any) -> Any:
    """With what chance a customer becomes interested in each product today."""
    for number in range(1, len(products)):
        product = products[number]
        rate = product.innovation + product.imitation * product.opened / customers
        product.chance = 1.0 - math.exp(-rate) if day >= product.announce else 0.0


@kernel
def take_interest(w: Any, p: Any, keys: Any, today: Any, day: Any, start: Any) -> Any:
    """One day of every customer's interest from `start` on; returns where it stopped for want of room, or -1.

    Who has asked today about something else does not ask a second time: the first inquiries are in the order of customers.
    """
    weight, asked = today
    j = 0
    for i in range(start, len(w.customers)):
        if w.today[0].inquiries >= len(w.inquiries):
            return i
        while j < asked and w.inquiries[j].customer < i:
            j += 1
        free = w.customers[i].stage == IDLE
        silent = j < asked and w.inquiries[j].customer == i
        for number in range(1, len(w.products)):
            interest = w.interests[(number - 1) * len(w.customers) + i]
            if interest.bought or w.products[number].announce > day:
                continue
            if interest.until < 0:
                become_interested(w.products[number], interest, keys[0], number * NUMBERS + i, day)
            elif free and day >= interest.until:
                turn_away(w, interest, keys[0], number, i, day)
            elif free and not silent and w.accounts[i].burned_until <= day:
                silent = ask_about(w, p[0], keys[0], weight, number, i, day)
    return -1


@inner
def become_interested(product: Any, interest: Any, k: Any, identity: Any, day: Any) -> Any:
    """A customer may become interested today, for the first time or again."""
    if luck(k.interest, identity, day) < product.chance:
        interest.until = day + int(product.interest)
        if interest.opened < 0:
            interest.opened = day
            product.opened += 1


@inner
def turn_away(w: Any, interest: Any, k: Any, number: Any, i: Any, day: Any) -> Any:
    """Interest ends with nothing bought from the firm; a rival may have sold."""
    interest.until = CLOSED
    if luck(k.rival, number * NUMBERS + i, day) < w.products[number].taken:
        interest.bought = 1
        w.today[0].rival_wins += 1


@inner
def ask_about(w: Any, q: Any, k: Any, weight: Any, number: Any, i: Any, day: Any) -> Any:
    """An interested customer may ask today; whether he did."""
    if luck(k.asking, number * NUMBERS + i, day) >= chance_to_ask(w.customers[i].goodwill, q, weight):
        return False
    interest = w.interests[(number - 1) * len(w.customers) + i]
    note_inquiry(w, i, 1, day)
    row = w.inquiries[int(w.today[0].inquiries) - 1]
    row.product = number
    row.window_end = interest.until
    return True
