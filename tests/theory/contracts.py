"""Firms in which customers buy once, at the start, and nothing then happens but that they stay or leave. Each function plays one world."""

from __future__ import annotations

import functools

import numpy as np
from diffusion import BRISK, EQUAL
from firms import STILL
from formulas import discounted_renewals

from smsim import SalesMarketingModel, load

#: Reps sell to whomever they call, for the first three weeks.
ONCE = STILL | BRISK | EQUAL | {
    "selling.choice.base": 20, "market.rivals": 0, "selling.plan": {"prospects": 1}, "selling.prospecting.success": 1,
    "selling.prospecting.half": 1e6, "leads.arrivals": "0 per week", "run.warm_up": 0, "company.reps": 10, "market.customers": 4000,
    "selling.delivery.after": "at once", "market.accounts.slope": 0, "market.accounts.service": 0,
}
#: Each deal has a margin of 100, and so has each renewal.
HUNDRED = {"market.value_spread": 0, "company.gross_margin": 1, "market.accounts.value": 1} | {
    f"market.segments.{name}.deal_value": 100 for name in ("small", "middle", "large")}


@functools.cache
def _silo():
    return load("silo")


def only_renewals(alpha, beta, every, weeks, **more):
    """Customers of so many weeks' contracts who have a chance to leave that is Beta(α, β) among them."""
    stop = {"changes": [{"at": "day 21", "set": {"selling.prospecting.success": 0}}]}
    return _silo().but(ONCE | {"market.accounts.alpha": alpha, "market.accounts.beta": beta, "run.weeks": weeks,
                               "market.accounts.renewal": f"{every} weeks"} | more).but(stop)


@functools.cache
def stays(alpha, beta, seed, periods=10):
    """After how many renewals each customer left; `periods` for those who had not by then."""
    made = only_renewals(alpha, beta, 4, 4 * (periods + 1))
    model = SalesMarketingModel(made, seed)
    model.run_for(made["run.weeks"] * 7)
    kept = model.world.contracts[: (model.world.holders["contract"] >= 0).sum()]
    assert (kept["decisions"][kept["active"] == 1] >= periods).all()
    return np.minimum(np.where(kept["active"] == 1, kept["decisions"], kept["decisions"] - 1), periods), kept["churn"]


def still_there(alpha, beta, seed, t):
    """The share of customers who stay t times."""
    return float((stays(alpha, beta, seed)[0] >= t).mean())


def retention_at(alpha, beta, seed, t):
    """Of those who stayed t − 1 times, the share who stay once more."""
    left = stays(alpha, beta, seed)[0]
    return float((left >= t).sum() / (left >= t - 1).sum())


def lifetime_value(alpha, beta, discount, seed):
    """What customers are worth to the firm when they are won, mean."""
    model = SalesMarketingModel(only_renewals(alpha, beta, 52, 4, **HUNDRED, **{"market.accounts.discount": discount}), seed)
    model.run_for(28)
    return model.result().kpis["customer_lifetime_value"]


def residual(alpha, beta, discount, seed, t):
    """What those who have stayed t times may still bring: the mean of r/(1 + d − r) of their own, over margin and period."""
    left, churn = stays(alpha, beta, seed)
    return float(discounted_renewals(1 - churn[left >= t], discount).mean())
