"""The core funnel as one would write it in Mesa: customers and reps are agents, leads are objects, each day everybody acts.

It follows the rules of core_funnel.yaml in smsim, in the same order, with luck of its own. It is kept to be compared with and is never
extended. Nothing in it is vectorised, and nothing is slower than a careful Mesa modeller would leave it.
"""

from __future__ import annotations

import math
from bisect import bisect
from collections import deque
from dataclasses import dataclass
from itertools import accumulate

import mesa


@dataclass(frozen=True)
class Channel:
    """A way to reach customers: contacts a customer and day when it runs, what they are worth, and how long they last."""

    contacts: float
    every: int
    weight: float
    retention: float
    idlers: float


@dataclass(frozen=True)
class Settings:
    """What the two models have in common; rates are per day, times in days."""

    customers: int
    reps: int
    channels: tuple[Channel, ...]
    opening: float
    window_length: float
    asking: float
    reference: float
    elasticity: float
    hours: tuple[tuple[float, ...], ...]
    segments: tuple[tuple[float, float], ...]
    value_spread: float
    apart: float
    threshold: float
    impatient_share: float
    impatient_mean: float
    patient_mean: float
    call: float
    opens: float
    closes: float
    base: float
    rivals: float
    goodwill: float
    half_goodwill: float


@dataclass(slots=True, eq=False)
class Lead:
    """Somebody who asked."""

    customer: Customer
    buyer: bool
    born: float
    dies: float
    window_ends_it: bool


class Customer(mesa.Agent):
    """Hears of the firm, looks for something to buy from time to time, and asks."""

    def __init__(self, model: Funnel, rep: Rep) -> None:
        super().__init__(model)
        self.rep = rep
        self.value = model.deal_value()
        self.goodwill = 0.0
        self.retention = 0.99
        self.channel: Channel | None = None
        self.window_end: int | None = None
        self.busy = False

    def live(self, day: int) -> None:
        """Forget a little, perhaps hear something, perhaps look around, perhaps ask."""
        random = self.random.random
        self.goodwill *= self.retention
        u = random()
        contacted = u < self.model.contacts
        if contacted:
            self.hear(self.model.running_channels[bisect(self.model.below, u)])
        if self.window_end is not None:
            if day >= self.window_end:
                if not self.busy:
                    self.window_end = None
            elif not self.busy and random() < self.chance_to_ask():
                self.model.ask(self, True)
        elif not self.busy:
            if random() < self.model.settings.opening:
                self.open_window(day)
            elif contacted and random() < self.channel.idlers * self.model.weight:
                self.model.ask(self, False)

    def hear(self, channel: Channel) -> None:
        """A contact adds to goodwill, which fades as the mixture of its channels does."""
        self.channel = channel
        total = self.goodwill + channel.weight
        self.retention = (self.goodwill * self.retention + channel.weight * channel.retention) / total
        self.goodwill = total

    def chance_to_ask(self) -> float:
        """The more goodwill, the likelier."""
        settings = self.model.settings
        rate = settings.asking * min(4.0, (self.goodwill / settings.reference) ** settings.elasticity)
        return 1.0 - math.exp(-rate * self.model.weight)

    def open_window(self, day: int) -> None:
        """Begin to look for something to buy."""
        self.window_end = day + max(1, math.ceil(self.random.expovariate(1.0 / self.model.settings.window_length)))
        self.model.windows += 1


class Rep(mesa.Agent):
    """Calls the leads of a territory, one after the other."""

    def __init__(self, model: Funnel) -> None:
        super().__init__(model)
        self.queue: deque[Lead] = deque()
        self.offers: deque[Lead] = deque()
        self.carry = 0.0

    def work(self, day: int) -> None:
        """Fill the working day; a call once begun is finished."""
        now, end = day + self.model.settings.opens + self.carry, day + self.model.settings.closes
        while now < end:
            if self.offers:
                self.model.deciding.append(self.offers.popleft())
            elif not self.queue or self.queue[0].born >= end:
                now = end
            elif self.queue[0].born > now:
                now = self.queue[0].born
            else:
                now = self.call(self.queue.popleft(), now)
        self.carry = max(0.0, now - end)

    def call(self, lead: Lead, now: float) -> float:
        """Call a lead: a live buyer gets an offer, the others are let go."""
        model, customer = self.model, lead.customer
        model.calls += 1
        if lead.dies <= now:
            model.too_late += 1
            customer.busy = False
            if not lead.window_ends_it:
                customer.window_end = None
        elif lead.buyer:
            model.opportunities += 1
            self.offers.append(lead)
        else:
            customer.busy = False
        return now + model.settings.call


class Funnel(mesa.Model):
    """A firm, its market, its funnel."""

    TOTALS = ("windows", "inquiries", "leads", "calls", "too_late", "opportunities", "won", "lost", "revenue")

    def __init__(self, settings: Settings, rng: int = 1) -> None:
        super().__init__(rng=rng)
        self.settings = settings
        reps = list(Rep.create_agents(self, settings.reps))
        Customer.create_agents(self, settings.customers, [reps[i % len(reps)] for i in range(settings.customers)])
        self.reps, self.customers = self.agents_by_type[Rep], self.agents_by_type[Customer]
        self.asked: list[tuple[Customer, bool]] = []
        self.deciding: list[Lead] = []
        for total in self.TOTALS:
            setattr(self, total, 0)
        self.datacollector = mesa.DataCollector(model_reporters={total: total for total in self.TOTALS})

    def deal_value(self) -> float:
        """Deals are lognormal around the median of the customer's segment."""
        medians, shares = zip(*self.settings.segments, strict=True)
        return self.random.choices(medians, shares)[0] * self.random.lognormvariate(0.0, self.settings.value_spread)

    def step(self) -> None:
        """One day: customers live, inquiries become leads, offers of the days before are decided, reps call."""
        day = self.steps - 1
        self.plan_contacts(day)
        self.customers.do("live", day)
        self.take_in(day)
        self.decide()
        if day % 7 < 5:
            self.reps.shuffle_do("work", day)
        self.datacollector.collect(self)

    def plan_contacts(self, day: int) -> None:
        """Which channels run today, and how many people ask on such a day."""
        self.running_channels = [channel for channel in self.settings.channels if day // 7 % channel.every == 0]
        self.below = list(accumulate(channel.contacts for channel in self.running_channels))
        self.contacts = self.below[-1]
        self.weight = 7.0 * sum(self.settings.hours[day % 7])

    def ask(self, customer: Customer, buyer: bool) -> None:
        """Note an inquiry."""
        self.inquiries += 1
        self.asked.append((customer, buyer))

    def take_in(self, day: int) -> None:
        """Score the inquiries of the day; those that pass are leads, and stand in their rep's queue in the order of their birth."""
        passed = [self.give_life(*asked, day) for asked in self.asked if self.passes(asked[1])]
        self.asked.clear()
        for lead in sorted(passed, key=lambda lead: lead.born):
            lead.customer.busy = True
            lead.customer.rep.queue.append(lead)
        self.leads += len(passed)

    def passes(self, buyer: bool) -> bool:
        """Whether a noisy score reaches the threshold."""
        settings = self.settings
        x = self.random.gauss() + settings.apart * (buyer - 0.5)
        return 0.5 * math.erfc(-x / math.sqrt(2.0)) >= settings.threshold

    def give_life(self, customer: Customer, buyer: bool, day: int) -> Lead:
        """Draw the hour at which somebody asks, and how long they wait."""
        settings = self.settings
        hour = self.random.choices(range(24), settings.hours[day % 7])[0]
        born = day + (hour + self.random.random()) / 24.0
        mean = settings.impatient_mean if self.random.random() < settings.impatient_share else settings.patient_mean
        cold = born + self.random.expovariate(1.0 / mean)
        end = customer.window_end if buyer else math.inf
        return Lead(customer, buyer, born, min(cold, end), end < cold)

    def decide(self) -> None:
        """Customers choose among the firm, its rivals and no decision."""
        settings = self.settings
        for lead in self.deciding:
            customer = lead.customer
            warmth = customer.goodwill / (customer.goodwill + settings.half_goodwill)
            firm = math.exp(settings.base + settings.goodwill * warmth)
            u = self.random.random() * (1.0 + firm + settings.rivals)
            if u < firm:
                self.won += 1
                self.revenue += customer.value
            elif u < firm + settings.rivals:
                self.lost += 1
            customer.busy, customer.window_end = False, None
        self.deciding.clear()
