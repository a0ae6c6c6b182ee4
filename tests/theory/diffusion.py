"""New products in a world where nothing else is left: interest that spreads, know-how that fades, choices among equals, races."""

from __future__ import annotations

import functools
import math

import numpy as np
from firms import AT_ONCE, STILL
from waiting import nothing_but_calls

from smsim import SalesMarketingModel, load
from smsim.world.outcomes import Outcome

#: Days of a year of 52 weeks.
YEAR = 364
#: An offer that is liked as much as no decision, by everybody, whatever it is.
EQUAL = {"selling.choice.base": 0, "selling.choice.rival": 0, "selling.choice.fit": 0, "selling.choice.goodwill": 0}
#: Every deal is one short meeting and a decision.
BRISK = {"selling.deals.meetings": 1, "selling.deals.meeting_hours": "3 minutes", "selling.deals.gap": "at once",
         "selling.deals.deciding": "at once", "selling.call.mean": "6 minutes"}


def bass(t, p, q):
    """F(t) = (1 − e^{−(p+q)t})/(1 + (q/p)·e^{−(p+q)t}): the share that has adopted after t years."""
    faded = np.exp(-(p + q) * np.asarray(t, float))
    return (1 - faded) / (1 + q / p * faded)


def peak(p, q):
    """When most adopt, the share that has by then, and how many do a year: t* = ln(q/p)/(p+q), ½ − p/2q, (p+q)²/4q."""
    return math.log(q / p) / (p + q), 0.5 - p / (2 * q), (p + q) ** 2 / (4 * q)


@functools.cache
def _silo():
    return load("silo")


def only_interest(p, q, years, customers=4000):
    """Nobody calls and nobody asks: customers hear of a product on the first day, and of each other."""
    least = {"run.weeks": 52 * years, "run.warm_up": 0, "company.reps": 0, "company.marketers": 0, "market.customers": customers}
    quiet = {f"channels.{name}.spend": 0 for name in _silo().tree()["channels"]}
    launch = {"launches": [{"product": "widget", "announce": "day 0"}]}
    rates = {"products.widget.innovation": p, "products.widget.imitation": q}
    return _silo().but(launch).but(STILL | least | quiet | rates)


@functools.cache
def interested_after(p, q, years, seed):
    """Years after which each customer became interested, those who have not left out, and how many customers there are."""
    model = SalesMarketingModel(only_interest(p, q, years), seed)
    model.run_for(years * YEAR)
    opened = model.world.interests["opened"]
    return (np.sort(opened[opened >= 0]) + 1) / YEAR, len(opened)


def asked_after_a_week(times, seed):
    """The share of customers, all interested since yesterday, all with so many times the reference goodwill, that has asked in a week."""
    model = SalesMarketingModel(only_interest(50, 0, 1).but({"products.widget.life_cycle": "4 weeks"}), seed)
    model.run_for(28)
    model.world.customers["goodwill"], model.world.customers["retention"] = 2.39 * times, 1.0
    interested = model.world.interests["until"] >= 28 + 7
    model.run_for(7)
    return (model.world.customers["asked"][interested] >= 28).mean()


def share_after(p, q, years, seed, t):
    """The share of customers who have become interested after t years."""
    when, customers = interested_after(p, q, years, seed)
    return np.searchsorted(when, t, side="right") / customers


def only_memory(retention, hours):
    """A model whose reps know so much of a product, and never hear of it again."""
    least = {"run.weeks": 104, "run.warm_up": 0, "company.reps": 3, "market.customers": 10, "market.windows": 0}
    made = _silo().but({"launches": [{"product": "widget"}]}).but(least | {"selling.readiness.retention": retention})
    model = SalesMarketingModel(made, 1)
    model.world.know_how["hours"] = hours
    return model


def only_choices(rivals, **more):
    """Everybody who asks is a buyer, is called at once, and chooses among equals."""
    return nothing_but_calls().but(AT_ONCE | BRISK | EQUAL | {
        "leads.arrivals": "700 per week", "company.reps": 20, "market.rivals": rivals, "channels.website.quality": 1, "run.weeks": 12,
        "run.warm_up": 0, "market.customers": 500} | more)


def only_pushing(rivals, lag):
    """Reps push a new system on everybody they find; a first rival has an offer from week 26 on, the others one after the other."""
    launch = {"launches": [{"product": "widget", "announce": "day 0", "ship": "day 0", "pressure": 1, "rival_enters": "week 26"}]}
    flat = {f"selling.sale_types.new_system.{name}": value for name, value in (("base", 0), ("readiness", 0), ("time", 1))}
    return _silo().but(launch).but(STILL | BRISK | EQUAL | flat | {
        "market.rivals": rivals, "market.launched.reaction": 1, "market.launched.lag": f"{lag} weeks", "market.customers": 20_000,
        "selling.readiness.burn": 0, "selling.plan": {"prospects": 1}, "selling.prospecting.success": 1, "selling.prospecting.half": 1e6,
        "leads.arrivals": "0 per week", "run.weeks": 52, "run.warm_up": 0, "company.reps": 4})


def only_races(cold, closes):
    """Nobody is ever called: a lead goes cold after so many hours on the mean, or its window closes after so many days."""
    return nothing_but_calls().but({
        "leads.arrivals": "2000 per week", "company.reps": 1, "selling.call.mean": "10000 hours", "selling.call.distribution": "fixed",
        "leads.decay.patient_mean": f"{cold} hours", "market.window_length": f"{closes} days", "channels.website.quality": 1,
        "run.weeks": 12, "run.warm_up": 0, "leads.expiry": "never"})


def decided(made, seed, days=None):
    """How many won, were lost to a rival, and stayed undecided, of the deals closed within some days."""
    model = SalesMarketingModel(made, seed)
    model.run_for(made["run.weeks"] * 7)
    log = model.period().log
    log = log if days is None else log[(log["product"] == 1) & (log["closed"] >= days[0]) & (log["closed"] < days[1])]
    return np.array([(log["outcome"] == one).sum() for one in (Outcome.WON, Outcome.LOST_TO_RIVAL, Outcome.NO_DECISION)])
