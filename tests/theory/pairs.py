"""Two firms that hardly differ, in the same worlds; two firms that differ in nothing but names or the unit of money."""

from __future__ import annotations

import functools

import numpy as np

from smsim import SalesMarketingModel, load, play

SIZE = {"run.weeks": 39, "run.warm_up": "4 weeks", "market.customers": 800, "company.reps": 4}


@functools.cache
def pair(count=24):
    """`silo`, and the same with the age of 11% of leads seen rather than 10%, on the same seeds."""
    near = (load("silo").but(SIZE), load("silo").but(SIZE | {"leads.age_seen": 0.11}))
    return tuple([play(made, seed) for seed in range(count)] for made in near)


def without_own_luck():
    """A firm whose reps have no luck of their own: marketing leads only, the newest first."""
    return load("b2b").but(SIZE | {"leads.priority": "newest", "selling.plan": {"leads": 1.0}, "selling.prospecting.success": 0})


def played_with(order, made, seed):
    """Play with territories given to reps in another order: the rep `order[r]` has what was rep r's."""
    model = SalesMarketingModel(made, seed)
    accounts = model.world.accounts
    accounts["owner"] = np.asarray(order, accounts["owner"].dtype)[accounts["owner"]]
    model.run_for(made["run.weeks"] * 7)
    return model


def in_unit(made, times):
    """The same firm with every amount of money in a unit so many times smaller."""
    keys = [key for key in made.settled if made.param(key).unit.startswith("money")]
    return made.but({key: made[key] * times for key in keys})


def money_figures(made):
    """The key figures that are amounts of money."""
    return sorted(kpi.name for kpi in made.registry.kpis.values() if kpi.unit == "money")
