"""Whatever the settings: customers, leads and money are conserved, lists hold together, shares are shares, times stand in order."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from worlds import QUEUE, SMALL, STREAM, differing, scenario
from worlds_at_random import scenarios

from smsim import SalesMarketingModel
from smsim.core.registry import registry
from smsim.mechanisms.pay import MarketerPay, RepPay
from smsim.world.company import Company
from smsim.world.customers import CLOSED, IDLE, LEAD, OPPORTUNITY
from smsim.world.leads import FREE, HANDOFF, QUEUED, SELLING
from smsim.world.outcomes import DESK_OF, Outcome

SEEDS = st.integers(0, 2**53)
SHARES = {"never_worked_share", "cold_share", "win_rate", "marketing_sourced_share", "intel_used_share", "trust_sales_in_marketing",
          "trust_marketing_in_sales", "trust_sales_in_marketing_end", "trust_marketing_in_sales_end", "attribution_coverage",
          "market_share", "quarter_end_share", "lead_threshold"}


def walk(leads, ends):
    """The rows of a list from head to tail; what a row says of the one before it is true."""
    found, before, row = [], -1, int(ends["head"])
    while row >= 0:
        assert leads["before"][row] == before
        assert len(found) <= len(leads), "the list bites its tail"
        found.append(row)
        before, row = row, int(leads["after"][row])
    assert before == ends["tail"]
    return found


def check_lists(world):
    """Every waiting lead stands in exactly one queue, every opportunity in its rep's list, both by rank; free rows in the list of free."""
    leads, pool = world.leads, len(world.reps)
    queued, selling = [], []
    for index, ends in enumerate(world.queues[:]):
        rows = walk(leads, ends)
        assert (np.diff(leads["rank"][rows]) >= 0).all()
        assert all(leads["rep"][row] == index or (index == pool and leads["rep"][row] < 0) for row in rows)
        queued += rows
    for rep, ends in enumerate(world.deals[:]):
        rows = walk(leads, ends)
        assert (np.diff(leads["rank"][rows]) >= 0).all()
        assert (leads["rep"][rows] == rep).all()
        selling += rows
    assert sorted(queued) == np.flatnonzero(leads["state"] == QUEUED).tolist()
    assert sorted(selling) == np.flatnonzero(leads["state"] == SELLING).tolist()
    free, row = set(), int(world.firm["free"][0])
    while row >= 0:
        assert row not in free
        free.add(row)
        row = int(leads["after"][row])
    assert free == set(np.flatnonzero(leads["state"] == FREE).tolist())
    assert len(free) + int(world.firm["live"][0]) == len(leads)


def check_customers(world):
    """A customer is taken up by one live row at most, and stands where that row says."""
    leads = world.leads[:]
    holding = leads[(leads["state"] != FREE) & (leads["holds"] == 1)]
    assert len(np.unique(holding["customer"])) == len(holding)
    stage = np.full(len(world.customers), IDLE)
    is_lead = np.isin(holding["state"], (HANDOFF, QUEUED))
    stage[holding["customer"][is_lead]] = LEAD
    stage[holding["customer"][~is_lead]] = OPPORTUNITY
    assert (world.customers["stage"] == stage).all()
    assert (world.customers["window_end"] >= CLOSED).all()
    assert (world.customers["goodwill"] >= 0).all()
    assert ((world.customers["appeal"] >= 0) & (world.customers["appeal"] <= 1)).all()


def check_log(model):
    """Every lead ended of one cause, in an order of times that can be."""
    log = model.period().log
    assert np.isin(log["outcome"], list(Outcome)).all()
    assert all(Outcome(int(outcome)) in DESK_OF for outcome in np.unique(log["outcome"]))
    order = [log[name] for name in ("created", "routed", "first_touch", "qualified", "closed")]
    cold = np.isin(log["outcome"], (Outcome.COLD_IN_QUEUE, Outcome.COLD_IN_HANDOFF, Outcome.WINDOW_CLOSED, Outcome.EXPIRED,
                                    Outcome.NEVER_ROUTED))
    last = log["created"].copy()
    for name, times in zip(("created", "routed", "first_touch", "qualified", "closed"), order, strict=True):
        there = np.isfinite(times) & ~(cold if name == "closed" else np.zeros(len(log), bool))
        assert (times[there] >= last[there] - 1e-9).all(), name
        last[there] = times[there]
    ended = log["outcome"] != Outcome.OPEN
    assert np.isfinite(log["closed"][ended]).all()
    assert np.isnan(log["closed"][~ended]).all()
    assert (log["closed"][ended] >= log["created"][ended] - 1e-9).all()
    never = log["outcome"] == Outcome.NEVER_ROUTED
    assert np.isnan(log["routed"][never]).all()
    qualified = np.isin(log["outcome"], (Outcome.WON, Outcome.LOST_TO_RIVAL, Outcome.NO_DECISION, Outcome.STALLED))
    assert np.isfinite(log["qualified"][qualified]).all()
    not_a_lead = log["outcome"] == Outcome.BELOW_THRESHOLD
    assert np.isnan(log["first_touch"][not_a_lead]).all()


@given(scenarios(), SEEDS)
def test_every_lead_is_in_one_place_every_day(made, seed):
    model = SalesMarketingModel(made, seed)
    born = 0
    for _ in range(made["run.weeks"] * 7):
        today = model.world.firm
        before = int(today["live"][0]) + int(today["logged"][0])
        model.step()
        now = int(today["live"][0]) + int(today["logged"][0])
        assert now >= before
        born += now - before
        assert now == born
        check_lists(model.world)
        check_customers(model.world)
    days = model.record.days()
    assert born == days["inquiries"].sum() + (model.period().log["source"] == 1).sum()
    check_log(model)


@given(scenarios(), SEEDS)
def test_money_adds_up_and_shares_are_shares(made, seed):
    model = SalesMarketingModel(made, seed)
    model.run_for(made["run.weeks"] * 7)
    run, period = model.result(leads=True), model.period()
    kpis, days = run.kpis, period.days
    assert set(kpis) == set(registry().kpis)
    for name in SHARES:
        assert np.isnan(kpis[name]) or -1e-12 <= kpis[name] <= 1 + 1e-12, name
    log = period.log
    won = log[(log["outcome"] == Outcome.WON) & (log["closed"] >= period.start)]
    renewed, kept, tailored = (float(np.nansum(days.get(name, 0.0))) for name in ("renewal_revenue", "renewal_margin", "tailoring_cost"))
    sold = kpis["revenue"] - renewed
    np.testing.assert_allclose(sold, won["value"].sum(), rtol=1e-9, atol=1e-9 * kpis["revenue"])
    assert kpis["deals_won"] == len(won)
    margin = made["company.gross_margin"]
    np.testing.assert_allclose(kpis["gross_margin"], sold - (sold + kpis["discounts"]) * (1 - margin) + kept - tailored, rtol=1e-9,
                               atol=1e-6)
    money = kpis["gross_margin"] - kpis["marketing_spend"] - kpis["pay_cost"] - days["practice_money"].sum()
    np.testing.assert_allclose(kpis["contribution"], money, rtol=1e-9, atol=1e-6)
    company, rep, marketer = made.of(Company), made.of(RepPay), made.of(MarketerPay)
    salaries = (company.reps * rep.salary + company.marketers * marketer.salary) * 12 / 364 * len(days["day"])
    if rep.quota == "none" and made["company.people.quits"] == 0:
        np.testing.assert_allclose(kpis["pay_cost"], salaries + rep.commission * sold, rtol=1e-9)
    for name, known in registry().kpis.items():
        if known.is_daily and known.adds == "sum":
            np.testing.assert_allclose(kpis[name], run.days[name][int(period.start):].sum(), rtol=1e-12)
    cohort = period.cohort
    assert kpis["leads"] == len(cohort)
    assert kpis["leads_worked"] == np.isfinite(cohort["first_touch"]).sum()
    assert kpis["leads_won"] <= kpis["leads_qualified"] <= kpis["leads_worked"] <= kpis["leads"]


@given(scenarios(), SEEDS)
def test_nobody_works_longer_than_the_day_is(made, seed):
    model = SalesMarketingModel(made, seed)
    company, admin, spent, worked = made.of(Company), made["selling.admin"], 0.0, 0.0
    for day in range(made["run.weeks"] * 7):
        model.run_for(1)
        days, reps = model.record.days(), model.world.reps
        longest = np.minimum(1 - company.opens, reps["effort"] * (company.closes - company.opens)).sum() * 24
        worked += longest * company.works_on(day)
        spent = days["selling_hours"].sum() / (1 - admin)
        there = worked + reps["carry"].sum() * 24
        assert spent <= there + 1e-6
    assert (model.record.days()["wasted_hours"] <= model.record.days()["lead_hours"] + 1e-9).all()


@given(scenarios(), SEEDS)
def test_day_by_day_is_the_same_as_in_one_go(made, seed):
    one, other = SalesMarketingModel(made, seed), SalesMarketingModel(made, seed)
    one.run_for(made["run.weeks"] * 7)
    for _ in range(made["run.weeks"] * 7):
        other.run_for(1)
    assert differing(one.result(leads=True), other.result(leads=True)) == set()


@given(scenarios(), SEEDS)
def test_beliefs_and_trust_stay_possible(made, seed):
    model = SalesMarketingModel(made, seed)
    model.run_for(made["run.weeks"] * 7)
    world = model.world
    assert (world.insight["var"] > 0).all()
    assert np.isfinite(world.insight["mean"]).all()
    assert (world.rep_insight["var"] > 0).all()
    assert (world.rep_insight["heard_var"] > 0).all()
    for column in ("trust", "sure_fresh", "share_leads", "newest_first"):
        assert ((world.reps[column] >= 0) & (world.reps[column] <= 1)).all(), column
    for column in ("fresh_good", "fresh_bad", "stale_good", "stale_bad", "lead_good", "lead_bad", "own_good", "own_bad"):
        assert (world.reps[column] >= 0).all(), column
    assert (world.follow_up["worked"] <= world.follow_up["born"]).all()


@given(st.floats(1.0, 20.0), SEEDS)
def test_a_longer_patience_never_makes_a_lead_cold_that_is_called_at_the_same_instant(times, seed):
    """Calls take a fixed time, no cold lead leaves the queue, nobody becomes a customer: the calls fall at the same instants."""
    fixed = STREAM | QUEUE | {"company.reps": 1, "run.weeks": 3, "run.warm_up": 0, "market.customers": 50, "leads.decay.visible": False,
                              "selling.call.distribution": "fixed", "selling.call.mean": "2 hours",
                              **{f"channels.{name}.quality": 0.0 for name in scenario().tree()["channels"]}}
    cold = []
    for mean in (2.0, 2.0 * times):
        model = SalesMarketingModel(scenario(fixed, {"leads.decay.impatient_mean": mean}), seed)
        model.run_for(21)
        leads = model.result(leads=True).leads
        cold.append((leads["first_touch"], np.char.startswith(leads["outcome"].astype(str), "cold")))
    np.testing.assert_array_equal(cold[0][0], cold[1][0])
    assert not (cold[1][1] & ~cold[0][1]).any()


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0), SEEDS)
def test_more_owners_never_take_one_from_a_lead(low, high, seed):
    low, high = sorted((low, high))
    unowned = []
    for share in (low, high):
        model = SalesMarketingModel(scenario(STREAM, {"run.weeks": 2, "run.warm_up": 0, "company.reps": 2, "market.customers": 50,
                                                      "leads.unowned": share}), seed)
        model.run_for(14)
        unowned.append(np.isnan(model.result(leads=True).leads["routed"]) & (model.result(leads=True).leads["created"] < 10))
    assert not (unowned[0] & ~unowned[1]).any()


def test_customers_who_ask_are_those_of_the_market():
    model = SalesMarketingModel(scenario(SMALL), 1)
    model.run_for(60)
    assert set(np.unique(model.period().log["customer"])) <= set(range(800))
