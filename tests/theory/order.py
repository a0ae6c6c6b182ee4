"""Firms in which disputes, or forecasts, are all there is."""

from __future__ import annotations

import numpy as np

from smsim import SalesMarketingModel, load
from smsim.mechanisms.forecast import judgement

#: Nobody asks, nobody sells.
QUIET = {"company.reps": 2, "company.marketers": 2, "market.customers": 10, "market.windows": 0, "market.demand.idle_asking": 0,
         "selling.prospecting.success": 0, "run.warm_up": 0}


def only_disputes(rate, lasts, **more):
    """Disputes arise at `rate` a week and last `lasts` weeks in the mean; nobody is moved by anything."""
    settings = {"culture.conflicts.rate": rate, "culture.conflicts.lasts": f"{lasts} weeks", "culture.conflicts.slope": 0}
    return load("silo").but(QUIET | settings | {"run.weeks": 1040} | more)


def open_at_midnight(made, seed, weeks):
    """The number open at every midnight."""
    model = SalesMarketingModel(made, seed)
    model.run_for(weeks * 7)
    return np.array(model.daily()["conflicts_open"])


def arisen(made, seed, weeks):
    """How many disputes arose."""
    model = SalesMarketingModel(made, seed)
    model.run_for(weeks * 7)
    return float(np.sum(model.daily()["complaints"]))


def spread_of_mean(shared, seed, territories=2000):
    """Spread of the mean of both sides' errors of judgement, over that of one side's."""
    made = load("silo").but(QUIET | {"company.forecasts.made": True})
    key = SalesMarketingModel(made, seed).world.parts["forecast"].luck.keys[0]
    mine, theirs = judgement(key, territories, 1, shared)
    return float(((mine + theirs) / 2).std() / np.sqrt((mine.var() + theirs.var()) / 2))
