"""Money and hours become contacts, contacts goodwill, goodwill inquiries.

Contacts per customer: reach·(1 − e^{−spend/(cost·customers·reach)}), times the share of the marketers' day that is theirs. Goodwill
(Nerlove & Arrow 1962): G ← G·r + weight·fit, where r is the carry-over of the channels that built it. A customer in a buying window
asks at rate a·(G/G₀)^η (M1; η of Sethuraman, Tellis & Briesch 2011, divided by marketing's share of leads), at most four times a; a few
who were just contacted ask idly. The intercepts a and G₀ are solved once, in the reference world (`silo`), then frozen.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from smsim.core.birth import day_weights, hours_of_week
from smsim.core.contracts import Mechanism, Phase
from smsim.core.kernel import inner, kernel, launch
from smsim.core.luck import bits, exponential, high, low, luck
from smsim.core.section import Section, param
from smsim.mechanisms.arrivals import Arrivals, comes_from
from smsim.mechanisms.choice import Choice, rivals_share
from smsim.world.channels import Channel, divide
from smsim.world.customers import CLOSED, IDLE, NUMBERS
from smsim.world.market import Market

#: How many times as often as at reference goodwill a customer asks at the most.
MOST_TIMES = 4.0
#: Hours of a marketer's day.
WORKDAY = 8.0


class Demand(Section, at="market.demand"):
    """How goodwill turns into inquiries."""

    asking: float = param(0.5, "per week", "Rate at which a customer in a window asks, at reference goodwill (a)", source="assumed",
                          grade="C", low=0, high=7, moves="leads +")
    elasticity: float = param(0.45, "exponent", "How inquiries follow goodwill (η)", source="sethuraman2011", grade="B", low=0, high=2,
                              moves="leads ?", span=(0.2, 0.6))
    reference: float = param(2.39, "contacts", "Goodwill at which the rate of asking is a (G₀)", source="assumed", grade="C", low=1e-6,
                             high=1e6, moves="leads -")
    idle_asking: float = param(0.12, "share", "Chance that somebody just contacted asks although not looking to buy, for a channel "
                               "that attracts none but idlers", source="assumed", grade="C", low=0, high=1, moves="leads +")


class Asking(Mechanism):
    """Every customer may be contacted, may open or close a window, may ask."""

    name = "demand"
    phase = Phase.DEMAND
    sections = (Demand, Channel)
    reads = ("customers.*", "channels.*", "marketers.away", "accounts.withheld", "firm.held")
    writes = ("customers.*", "channels.upto", "channels.budget", "inquiries.*", "marketers.away", "today.*")
    streams = ("daily", "length", "idle", "rival")
    can_switch = False

    @classmethod
    def is_on(cls, scenario: Any) -> bool:
        """Only where leads come from demand."""
        return comes_from(scenario) == "demand"

    def tune(self, day: int) -> None:
        """Lay out the parameters and the hours at which people ask."""
        arrivals = self.scenario.of(Arrivals)
        self.p, self.market = self.scenario.of(Demand).row(), self.scenario.of(Market).row()
        self.rivals = rivals_share(self.scenario.of(Choice), self.scenario.of(Market).rivals)
        self.weights = day_weights(hours_of_week(arrivals.birth_hours))
        self._plan_spending(self.scenario.each(Channel))

    def _plan_spending(self, channels: dict[str, Channel]) -> None:
        """What channels cost and may spend; where the scenario gives them other money, what marketing made of the old is void."""
        every = list(channels.values())
        self.every = np.array([max(1, round(channel.pulse)) for channel in every])
        self.reach, self.cost = np.array([channel.reach for channel in every]), np.array([channel.cost for channel in every])
        self.given = np.array([channel.spend for channel in every])
        self.planned: tuple[int, float, bytes] | None = None
        self.bought: bytes | None = None
        if self.is_new(*(f"channels.{name}.spend" for name in channels)):
            self.world.channels["budget"] = -1.0

    def _buy(self) -> bool:
        """What each channel spends and reaches on a day on which it runs; a pulsed one spends its money in one week of so many."""
        budget, reach = self.world.channels["budget"][: len(self.given)], self.reach
        if (money := budget.tobytes()) == self.bought:
            return False
        self.bought = money
        spend = np.where(budget < 0, self.given, budget) * self.every
        bought = spend / self.cost / len(self.world.customers)
        self.contacts = reach * -np.expm1(-np.divide(bought, reach, out=np.zeros_like(bought), where=reach > 0)) / 7.0
        self.spend = spend / 7.0
        return True

    def day(self, day: int) -> None:
        """Spend, contact, ask."""
        world = self.world
        self._spend(day)
        weight, start = self.weights[day % 7], 0
        while start >= 0:
            start = launch(meet_the_market, world.rows, self.p, self.market, self.luck.keys, self.rivals, weight, day, start)
            if start >= 0:
                world.inquiries.grow(2 * len(world.inquiries))

    def _spend(self, day: int) -> None:
        away, channels = self.world.marketers["away"], self.world.channels
        free = 1.0 - float(np.add.reduce(np.minimum(away, WORKDAY))) / len(away) / WORKDAY if len(away) else 0.0
        if free < 1.0:
            away[:] = 0.0
        plan = (day // 7, free, channels["frozen"].tobytes())
        if plan != self.planned:
            self._plan(plan)
            launch(divide, channels.rows, self.running, free)
        self.world.today[0]["marketing_spend"] += self.money

    def _plan(self, plan: tuple[int, float, bytes]) -> None:
        """Which channels run from today on, and what they cost a day."""
        known, self.planned = self.planned, plan
        if self._buy() or known is None or (plan[0], plan[2]) != (known[0], known[2]):
            runs = (plan[0] % self.every == 0) & (self.world.channels["frozen"][: len(self.every)] == 0)
            self.running, self.money = self.contacts * runs, float(self.spend @ runs)


@kernel
def meet_the_market(w: Any, p: Any, market: Any, keys: Any, rivals: Any, weight: Any, day: Any, start: Any) -> Any:
    """One day of every customer from `start` on; returns where it stopped for want of room, or -1.

    Most days of most customers pass here and nowhere else: what is rare is decided by one comparison, without a branch for each reason.
    """
    k, q, channels, customers, daily = keys[0], p[0], w.channels, w.customers, keys[0].daily
    contacts = channels[len(channels) - 1].upto if len(channels) > 0 else 0.0
    opening = 1.0 - math.exp(-market[0].windows / 7.0)
    steep, scale, most = q.elasticity, 1.0 / q.reference, q.asking * weight / 7.0 * (1.0 + 1e-9)
    held = w.firm[0].held
    left = len(w.inquiries) - int(w.today[0].inquiries)
    for i in range(start, len(customers)):
        if left <= 0:
            return i
        customer = customers[i]
        z = bits(daily, i, day)
        customer.goodwill *= customer.retention
        u, v = high(z), low(z)
        if u < contacts and (held == 0 or reaches(w, held, u, i)):
            hear(customer, channels, u)
            if customer.window_end < 0 and v >= opening and customer.stage == IDLE:
                left -= ask_idly(w, q, k, weight, i, day)
        looks = customer.window_end >= 0
        bound = most * most_times(customer.goodwill * scale, steep) if looks else opening
        if (v < bound) | (looks & (day >= customer.window_end)):
            left -= take_a_step(w, q, market[0], k, rivals, weight, v, i, day)
    return -1


@inner
def reaches(w: Any, held: Any, u: Any, i: Any) -> Any:
    """Whether a contact takes place, while a channel (or each of them) is withheld from a control group."""
    if not w.accounts[i].withheld:
        return True
    c = 0
    for other in range(len(w.channels) - 1):
        c += 1 if u >= w.channels[other].upto else 0
    return held > 0 and held != c + 1


@inner
def take_a_step(w: Any, q: Any, market: Any, k: Any, rivals: Any, weight: Any, v: Any, i: Any, day: Any) -> Any:
    """A window opens or closes, or somebody in one may ask; returns the number of inquiries."""
    customer = w.customers[i]
    if customer.window_end >= 0:
        if day >= customer.window_end:
            close_window(w, rivals, k, i)
        elif customer.stage == IDLE and v < chance_to_ask(customer.goodwill, q, weight) and w.accounts[i].burned_until <= day:
            note_inquiry(w, i, 1, day)
            return 1
    elif customer.stage == IDLE:
        open_window(customer, market.window_length, k.length, i, day)
    return 0


@inner
def open_window(customer: Any, mean: Any, key: Any, i: Any, day: Any) -> Any:
    """Customer `i` begins to look for something to buy, for a time that luck says."""
    customer.windows += 1
    length = math.ceil(mean * exponential(key, i, day))
    customer.window_end = day + max(1, min(length, 100000))


@inner
def ask_idly(w: Any, q: Any, k: Any, weight: Any, i: Any, day: Any) -> Any:
    """Somebody who was just contacted may ask without looking to buy; returns the number of inquiries."""
    chance = q.idle_asking * (1.0 - w.channels[w.customers[i].channel].quality) * weight
    if luck(k.idle, i, day) < chance and w.accounts[i].burned_until <= day:
        note_inquiry(w, i, 0, day)
        return 1
    return 0


@kernel
def most_times(goodwill: Any, elasticity: Any) -> Any:
    """A bound on min(4, x^η) that needs no power: for η up to 1 the tangent at 1, which lies above."""
    return min(MOST_TIMES, 1.0 + elasticity * (goodwill - 1.0)) if elasticity <= 1.0 else MOST_TIMES


@inner
def note_inquiry(w: Any, i: Any, buyer: Any, day: Any) -> Any:
    """Customer `i` asks today; the hour and the score follow. Nobody asks twice a day: customer and day are the identity."""
    customer = w.customers[i]
    row = w.inquiries[int(w.today[0].inquiries)]
    row.identity = day * NUMBERS + i
    row.customer = i
    row.channel = customer.channel
    row.buyer = buyer
    row.holds, row.product = 1, 0
    customer.inquiries += 1
    customer.asked = day
    w.today[0].inquiries += 1


@inner
def hear(customer: Any, channels: Any, u: Any) -> Any:
    """A contact adds to goodwill, which from now on fades as its channels' mixture does."""
    c = 0
    for other in range(len(channels) - 1):
        c += 1 if u >= channels[other].upto else 0
    old, new = customer.goodwill, channels[c].weight * customer.appeal
    if old + new > 0.0:
        customer.retention = (old * customer.retention + new * channels[c].retention) / (old + new)
    customer.goodwill = old + new
    customer.channel = c


@kernel
def chance_to_ask(goodwill: Any, q: Any, weight: Any) -> Any:
    """Chance that a customer in a window asks today."""
    rate = q.asking * min(MOST_TIMES, (goodwill / q.reference) ** q.elasticity)
    return 1.0 - math.exp(-rate * weight / 7.0)


@inner
def close_window(w: Any, rivals: Any, k: Any, i: Any) -> Any:
    """A window closes with nothing bought from the firm; what an undecided customer does instead is a rival's purchase or none."""
    customer = w.customers[i]
    if customer.stage == IDLE:
        customer.window_end = CLOSED
        if luck(k.rival, i, customer.windows) < rivals:
            w.today[0].rival_wins += 1
