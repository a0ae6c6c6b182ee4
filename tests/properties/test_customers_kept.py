"""Whatever the settings: nobody renews who never bought, who has left stays away until he buys again, money and hours add up."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import LAUNCH, RENEWALS, SMALL, STREAM, WORLDS, differing, scenario
from worlds_at_random import scenarios

from smsim import SalesMarketingModel, play
from smsim.world.leads import NEVER

SEEDS = st.integers(0, 2**53)
ENOUGH = SMALL | RENEWALS


def kept_of(model):
    """The contracts in use, and which customers hold one."""
    world = model.world
    held = world.holders["contract"]
    rows = world.contracts[: (held >= 0).sum()]
    assert sorted(held[held >= 0]) == list(range(len(rows)))
    assert (held[rows["customer"]] == np.arange(len(rows))).all()
    return rows


def follow(model, days):
    """Play on, day by day, and see that contracts and customers agree."""
    world, active = model.world, 0
    for _ in range(days):
        bought = world.accounts["purchases"].copy()
        had = np.zeros(len(world.customers), bool)
        had[kept_of(model)["customer"][kept_of(model)["active"] == 1]] = True
        model.step()
        rows, days_so_far = kept_of(model), model.record.days()
        customers = rows["customer"]
        assert set(customers) == set(np.flatnonzero(world.accounts["purchases"]))
        has = np.zeros(len(world.customers), bool)
        has[customers[rows["active"] == 1]] = True
        came = has & ~had
        assert (world.accounts["purchases"][came] > bought[came]).all(), "who comes back has bought again"
        buying = (world.accounts["purchases"] > bought) & ~had
        left = days_so_far["churned"][-1]
        assert has.sum() == active + buying.sum() - left
        active = int(has.sum())
        assert (rows["renews"][rows["active"] == 0] == NEVER).all()
        assert ((rows["satisfaction"] >= 0) & (rows["satisfaction"] <= 1)).all()
        assert ((rows["churn"] > 0) & (rows["churn"] < 1)).all()
        assert days_so_far["renewals"][-1] <= had.sum() + buying.sum()
    return model


@pytest.mark.parametrize("world", [{}, STREAM, LAUNCH, WORLDS["pool"], {"incentives.reps.quota": "20000 per month"}])
def test_customers_are_conserved(world):
    model = follow(SalesMarketingModel(scenario(ENOUGH, world, {"run.weeks": 26}), 1), 182)
    days = model.record.days()
    assert days["renewals"].sum() > 0
    assert days["churned"].sum() > 0
    assert days["service_hours"].sum() == 2.0 * days["renewals"].sum()
    assert (days["deals_won"].cumsum() >= days["customers_gained"].cumsum()).all()


@given(scenarios(), SEEDS, st.sampled_from([1.0, 5.0, 21.0]), st.floats(0, 1))
def test_customers_are_conserved_in_any_world(made, seed, renewal, share):
    held = {"market.accounts.renewal": renewal, "selling.deals.tailoring": 2 * share, "selling.deals.gap": "at once",
            "selling.deals.deciding": "at once"}
    follow(SalesMarketingModel(made.but(held), seed), made["run.weeks"] * 7)


def test_no_commission_is_paid_for_renewals():
    run = play(scenario(ENOUGH, {"market.accounts.service": 0, "market.accounts.referral": 0}), 1)
    bare = play(scenario(SMALL), 1)
    assert run.kpis["renewal_revenue"] > 0
    assert run.kpis["revenue"] == pytest.approx(bare.kpis["revenue"] + run.kpis["renewal_revenue"])
    assert run.kpis["pay_cost"] == bare.kpis["pay_cost"]
    assert run.kpis["deals_won"] == bare.kpis["deals_won"]
    assert run.kpis["market_share"] == bare.kpis["market_share"]


def test_a_firm_that_looks_after_nobody_is_the_firm_before():
    """Where nobody is served and nobody refers, what happens after a sale moves no lead and no deal."""
    quiet = {"market.accounts.service": 0, "market.accounts.referral": 0}
    found = differing(play(scenario(SMALL), 1, leads=True), play(scenario(ENOUGH, quiet), 1, leads=True))
    assert not {name for name in found if name.startswith(("leads", "curves"))}


def test_more_satisfaction_never_makes_anybody_leave_earlier():
    """The same customers on the same draws: who stays at a slope of 0 with neutral satisfaction 1 stays with a lower neutral."""
    left = []
    for neutral in (0.9, 0.1):
        quiet = {"market.accounts.service": 0, "market.accounts.referral": 0, "market.accounts.neutral": neutral,
                 "market.accounts.slope": 3.0}
        model = SalesMarketingModel(scenario(ENOUGH, quiet), 1)
        model.run_for(182)
        rows = kept_of(model)
        left.append(dict(zip(rows["customer"].tolist(), rows["decisions"].tolist(), strict=True)))
    assert left[0].keys() == left[1].keys()
    assert sum(left[1].values()) > sum(left[0].values())


def test_a_firm_may_begin_and_cease_to_look_after_its_customers():
    never, often = {"market.accounts.renewal": "never"}, {"market.accounts.renewal": "2 weeks"}
    changes = {"changes": [{"at": "day 60", "set": often}, {"at": "day 110", "set": never}, {"at": "day 150", "set": often}]}
    model = SalesMarketingModel(scenario(SMALL, RENEWALS, never, changes), 1)
    model.run_for(182)
    renewals = model.record.days()["renewals"]
    assert np.isnan(renewals[:60]).all()
    assert np.isnan(renewals[110:150]).all()
    assert renewals[60:110].sum() > 0
    assert renewals[150:].sum() > 0
    kpis = model.result().kpis
    assert all(math.isfinite(kpis[name]) for name in ("gross_margin", "contribution", "retention_rate", "customer_lifetime_value"))


def test_a_fork_has_contracts_of_its_own():
    model = SalesMarketingModel(scenario(ENOUGH), 1)
    model.run_for(120)
    other = model.fork()
    before = kept_of(model).tobytes()
    other.run_for(62)
    assert kept_of(model).tobytes() == before
    model.run_for(62)
    assert differing(model.result(leads=True), other.result(leads=True)) == set()
