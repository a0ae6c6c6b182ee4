"""Nothing is lost and nothing is made: Little's law for every stage, and the balance of leads and of money at every midnight.

Both sides of each identity come from different books: tables as they stand, tallies of the day, the log of leads.
"""

from __future__ import annotations

import functools

import numpy as np
import pytest
from formulas import erlang_a, within_four_errors
from stages import STAGES, alive_by_stage, keep_diary, live, midnights, stays
from waiting import queue

from smsim import SalesMarketingModel, load
from smsim.mechanisms.pay import MarketerPay, RepPay
from smsim.world.leads import DECIDING, SELLING
from smsim.world.outcomes import Outcome

DAYS = 26 * 7
WORLDS = {
    "b2b": load("b2b").but({"market.customers": 900, "company.reps": 4, "run.weeks": 26, "run.warm_up": 0}),
    "monthly": load("monthly").but({"market.customers": 500, "company.reps": 3, "run.weeks": 26, "run.warm_up": 0, "leads.age_seen": 1.0}),
    "web": load("web").but({"market.customers": 700, "company.reps": 4, "run.weeks": 26, "run.warm_up": 0}),
}


@functools.cache
def diary(name):
    return keep_diary(WORLDS[name], 4, DAYS)


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_holds_as_many_as_enter_a_day_times_the_days_they_stay(world, stage):
    """L = λ·W, exactly: summed over midnights, rows counted in the tables are the midnights of all stays in the log (case 4)."""
    book = diary(world)
    entered, left = stays(book, stage)
    stayed = midnights(entered, left, DAYS)
    assert book.stages[stage].sum() == stayed.sum() > 0
    often, long = np.isfinite(entered).sum() / DAYS, stayed.mean()
    assert book.stages[stage].mean() == pytest.approx(often * long, rel=1e-12)


@pytest.mark.parametrize("setting", [(10, 1, 10, 0.5), (4, 1.5, 3, 0.8)], ids=str)
def test_the_queue_at_midnight_is_as_long_as_erlang_a_says(setting):
    """L = Lq = λ·E[W]: the queue counted at midnights against the formula for the time that leads wait."""
    found = []
    for seed in range(20):
        model = SalesMarketingModel(queue(setting, weeks=9), seed)
        model.run_for(3)
        found.append(np.mean([length_tonight(model) for _ in range(60)]))
    within_four_errors(found, erlang_a(*setting)[1])


def length_tonight(model):
    """Play a day and count who waits at its end."""
    model.run_for(1)
    return alive_by_stage(model.world, model.days_played)[1]


@pytest.mark.parametrize("world", WORLDS)
def test_everybody_who_asked_or_was_found_is_somewhere_at_every_midnight(world):
    """Born = hand-off + queued + selling + deciding + ended of each cause: 0 left over, every day (case 5)."""
    book, days = diary(world), diary(world).days
    born = days["inquiries"] + days["opportunities"] - days["opportunities_marketing"]
    left_over = np.cumsum(born) - live(book.states) - book.outcomes.sum(axis=1)
    assert (left_over == 0).all()
    assert (book.outcomes[:, Outcome.OPEN] == 0).all()


@pytest.mark.parametrize("world", WORLDS)
def test_every_opportunity_is_open_or_ended_in_one_way(world):
    """Opened = selling + deciding + won + lost + undecided + stalled, and of each kind the day's tally is the log's count."""
    book, days = diary(world), diary(world).days
    ends = {"deals_won": Outcome.WON, "deals_lost": Outcome.LOST_TO_RIVAL, "deals_undecided": Outcome.NO_DECISION}
    for tally, outcome in ends.items():
        assert (np.cumsum(days[tally]) == book.outcomes[:, outcome]).all()
        assert book.outcomes[-1, outcome] > 0
    ended = book.outcomes[:, [*ends.values(), Outcome.STALLED]].sum(axis=1)
    opened = book.states[:, [SELLING, DECIDING]].sum(axis=1)
    assert (np.cumsum(days["opportunities"]) == opened + ended).all()


@pytest.mark.parametrize("world", WORLDS)
def test_who_comes_again_is_the_same_customer_later(world):
    """A recycled lead names an earlier one of the same customer that has ended."""
    log = diary(world).model.period().log
    at = {identity: row for row, identity in enumerate(log["identity"].tolist())}
    again = log[log["recycled_from"] >= 0]
    before = log[[at[identity] for identity in again["recycled_from"].tolist()]]
    assert len(again) > 0
    assert (before["customer"] == again["customer"]).all()
    assert (before["created"] < again["created"]).all()
    assert (before["outcome"] != Outcome.OPEN).all()


@pytest.mark.parametrize("world", WORLDS)
def test_every_coin_is_accounted_for_at_every_midnight(world):
    """Revenue = Σ value of deals won; pay = salaries + commission; contribution = margin − spend − pay − practices' money."""
    book, made = diary(world), WORLDS[world]
    days, reps, marketers = book.days, made.of(RepPay), made.of(MarketerPay)
    revenue = np.cumsum(days["revenue"])
    np.testing.assert_allclose(revenue, book.revenue, rtol=1e-12)
    salaries = (made["company.reps"] * reps.salary + made["company.marketers"] * marketers.salary) * 12 / 364
    paid = salaries * (days["day"] + 1) + reps.commission * revenue
    np.testing.assert_allclose(np.cumsum(days["pay_cost"]), paid, rtol=1e-12)
    kpis = book.model.result().kpis
    costs = days["marketing_spend"].sum() + paid[-1] + days["practice_money"].sum()
    assert kpis["contribution"] == pytest.approx(made["company.gross_margin"] * revenue[-1] - costs, rel=1e-12)
