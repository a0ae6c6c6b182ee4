"""Firms in which one thing is left on: messages, news of the market, follow-up, experience. Each function plays one world."""

from __future__ import annotations

import functools
from pathlib import Path

import numpy as np
from waiting import nothing_but_calls

from smsim import SalesMarketingModel, load, play

#: Everything about needs stands still, and a message hits the need of all.
STILL = {"market.drift": 0, "market.shocks": 0, "market.offset": 0, "market.tolerance": 5, "market.research.noise": 0.01,
         "market.windows": 0, "market.demand.idle_asking": 0}
#: Reps who call every lead at once, and have the day and the night for it.
AT_ONCE = {"leads.decay.patient_mean": "never", "selling.call.mean": "1 minute", "selling.call.distribution": "fixed",
           "market.window_length": "520 weeks"}


@functools.cache
def _silo():
    return load("silo")


@functools.cache
def _news():
    return load(str(Path(__file__).with_name("news.yaml")))


def only_messages(contacts, kept, pulse=0):
    """One channel that makes so many contacts per customer and day, of whose goodwill so much is left after a day."""
    others = [name for name in _silo().tree()["channels"] if name != "website"]
    least = {"run.weeks": 104, "run.warm_up": 0, "company.reps": 1, "market.customers": 5000}
    spend = -5 * np.log1p(-contacts * 7 / 5) * 5000 / max(1, pulse)
    channel = {"spend": spend, "cost": 1.0, "reach": 5.0, "weight": 1.0, "carry_over": kept**7, "pulse": pulse}
    return _silo().but(STILL | least | {f"channels.{name}.spend": 0 for name in others}
                       | {f"channels.website.{name}": value for name, value in channel.items()})


def goodwill_by_day(made, seed, days):
    """Mean goodwill of the customers at the end of every day."""
    model = SalesMarketingModel(made, seed)
    found = []
    for _ in range(days):
        model.run_for(1)
        found.append(model.world.customers["goodwill"].mean())
    return np.array(found)


def only_news(rate, every, by, weeks=104):
    """Marketing hears the truth every so many weeks, in a meeting or by research; needs forget at `rate` a week."""
    rhythm = {"practices.meetings.every": f"{every} weeks", "market.research.every": "never", "leads.arrivals": "840 per week"}
    if by == "research":
        rhythm = {"market.research.every": f"{every} weeks", "market.research.lag": 0, "leads.arrivals": "0 per week"}
    return _news().but(rhythm | {"market.drift": rate, "run.weeks": weeks, "run.warm_up": f"{max(every, 4)} weeks"})


@functools.cache
def squared_error(rate, every, by, seed):
    """Mean squared error of marketing's belief, per criterion, in units of the need's variance."""
    made = only_news(rate, every, by)
    return (play(made, seed).kpis["marketing_need_error"] * made["market.tolerance"]) ** 2


def only_follow_up(good, harshness, step=0.02, often=30.0):
    """Leads that are called at once with chance π, and never else, for want of an owner."""
    return nothing_but_calls().but(AT_ONCE | {
        "leads.arrivals": often * 7, "leads.unowned": 1 - good, "leads.expiry": "30 days", "company.reps": 20, "run.weeks": 52,
        "run.warm_up": "20 weeks", "culture.trust": 0.9, "culture.trust_step": step, "culture.harshness": harshness})


def only_experience(calls, good, memory, weeks=120):
    """Two reps who get so many calls a week each, of which a share reaches a live buyer, and who remember a share from week to week."""
    return nothing_but_calls().but(AT_ONCE | {
        "leads.arrivals": 2 * calls, "leads.routing": "territory", "market.customers": 200, "company.reps": 2, "leads.age_seen": 0,
        "channels.website.quality": good, "culture.memory": memory, "culture.harshness": 1, "run.weeks": weeks, "run.warm_up": 0})


def only_arrivals(often, **more):
    """A stream of so many leads a day."""
    return nothing_but_calls().but(AT_ONCE | {"leads.arrivals": often * 7, "company.reps": 20, "run.weeks": 60, "run.warm_up": 0} | more)
