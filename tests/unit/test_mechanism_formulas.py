"""Each mechanism against its formula, worked out another way."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from worlds import QUEUE, SMALL, STREAM, model_of, quality, scenario

from smsim import SalesMarketingModel, play
from smsim.core.kernel import kernel, rows
from smsim.core.luck import stream_key
from smsim.mechanisms.choice import Choice, rivals_share
from smsim.mechanisms.deals import foreseen
from smsim.mechanisms.decay import Decay, goes_cold
from smsim.mechanisms.demand import Demand, chance_to_ask
from smsim.mechanisms.fit import fit
from smsim.mechanisms.handoff import next_pull
from smsim.mechanisms.insight import aged, hear_of_need
from smsim.mechanisms.market import worth_of_a_signal
from smsim.mechanisms.pay import per_hour
from smsim.mechanisms.prospecting import Prospecting, find_buyer
from smsim.mechanisms.scoring import chance_below
from smsim.mechanisms.trust import rate, surer
from smsim.world.market import Insight, Market


@kernel
def patiences(key, decay, out):
    """Many leads' patience, in days."""
    for i in range(len(out)):
        out[i] = goes_cold(key, i, decay[0])


@pytest.mark.parametrize("share", [0.0, 0.5, 0.9, 1.0])
def test_patience_is_of_two_classes(share):
    decay = Decay(impatient_share=share, impatient_mean="25 minutes", patient_mean="72 hours")
    out = np.zeros(20_000)
    patiences(stream_key(1, "test.patience"), decay.row(), out)

    def law(hours):
        return 1 - share * np.exp(-hours / (25 / 60)) - (1 - share) * np.exp(-hours / 72)

    assert stats.kstest(out * 24, law).pvalue > 1e-3


def test_a_patience_of_never_never_ends():
    out = np.zeros(100)
    patiences(stream_key(1, "test.patience"), Decay(impatient_share=0.0, patient_mean="never").row(), out)
    assert np.isinf(out).all()


@given(st.floats(0, 1e4), st.floats(0.05, 5))
def test_fit_is_a_share_and_falls_with_distance(squared, tolerance):
    assert 0 <= fit(squared, tolerance) <= 1
    assert fit(squared, tolerance) >= fit(squared + 1, tolerance)


def test_every_criterion_missed_by_one_tolerance_fits_by_e_to_minus_one_half():
    assert fit(3 * 0.5**2, 0.5) == pytest.approx(math.exp(-0.5))
    assert fit(0.0, 0.5) == 1.0


@pytest.mark.parametrize("auc", [0.5, 0.7, 0.95])
def test_the_score_tells_buyers_as_well_as_it_says(auc):
    made = scenario(STREAM, quality(0.5), {"leads.score_auc": auc, "leads.arrivals": "700 per week", "run.weeks": 6, "run.warm_up": 0,
                                           "company.reps": 1, "leads.unowned": 1.0})
    model = SalesMarketingModel(made, 1)
    model.run_for(28)
    leads = model.world.leads[:][(model.world.leads["state"] != 0) & (model.world.leads["source"] == 0)]
    good, bad = leads["score"][leads["buyer"] == 1], leads["score"][leads["buyer"] == 0]
    found = stats.mannwhitneyu(good, bad).statistic / len(good) / len(bad)
    assert found == pytest.approx(auc, abs=0.03)
    assert ((leads["score"] > 0) & (leads["score"] < 1)).all()


@given(st.floats(-8, 8))
def test_chance_below_is_the_normal_distribution(x):
    assert chance_below(x) == pytest.approx(stats.norm.cdf(x), rel=1e-9)


@pytest.mark.parametrize(("born", "pulled"), [
    (0.2, 0.375), (0.375, 1.375), (0.9, 1.375), (4.1, 4.375), (4.5, 7.375), (5.0, 7.375), (6.9, 7.375), (7.1, 7.375),
])
def test_the_pull_is_at_nine_on_working_days(born, pulled):
    assert next_pull(born, (9 / 24, 17 / 24, True)) == pulled


def test_where_people_always_work_the_pull_is_at_midnight():
    assert next_pull(5.5, (0.0, 1.0, False)) == 6.0


@kernel
def call_all_week(w, p, keys, found, calls, weeks):
    """Own calls in many weeks; how often the n-th of a week was good."""
    for week in range(weeks):
        w.reps[0].own_calls = 0
        w.reps[0].listed = 0
        for n in range(calls):
            if find_buyer(w, p[0], keys[0], 0, week) >= 0:
                found[n] += 1


def test_every_own_call_of_a_week_is_worth_less_than_the_one_before():
    model = model_of({"company.reps": 1, "market.customers": 500})
    calls, weeks = 40, 4000
    found = np.zeros(calls)
    call_all_week(model.world.rows, Prospecting(success=0.2, half=13.0).row(), model.world.parts["selling"].luck.keys, found, calls, weeks)
    expected = 0.2 / (1 + np.arange(calls) / 13)
    assert stats.chisquare(found, expected * weeks / (expected * weeks).sum() * found.sum()).pvalue > 1e-3
    assert found[13] / weeks == pytest.approx(0.1, abs=0.02)


def test_customers_choose_by_the_logit():
    """Everything alike: no fit, no goodwill; a win, a loss, no decision as the weights say."""
    made = scenario(SMALL, {"selling.choice.fit": 0.0, "selling.choice.goodwill": 0.0, "selling.choice.base": 0.3,
                            "selling.choice.rival": -0.5, "market.rivals": 2, "selling.deals.stall": 0.0})
    run = [play(made, seed) for seed in range(6)]
    won = sum(r.days["deals_won"].sum() for r in run)
    rate_won = np.mean([r.kpis["win_rate"] for r in run])
    weights = np.array([math.exp(0.3), 2 * math.exp(-0.5), 1.0])
    exact = weights[0] / weights.sum()
    assert won > 150
    assert rate_won == pytest.approx(exact, abs=4 * math.sqrt(exact * (1 - exact) / (won / exact)))


def test_rivals_share_what_the_firm_does_not_get():
    assert rivals_share(Choice(rival=0.0), 3) == pytest.approx(3 / 4)
    assert rivals_share(Choice(), 0) == 0.0


def belief(mean, var):
    made = Insight(1)
    made["mean"][0], made["var"][0] = mean, var
    return made


@given(st.floats(0.05, 1.5), st.floats(0.01, 4), st.floats(0, 300), st.floats(-3, 3))
def test_hearing_of_a_need_is_a_kalman_step(var, noise, age, seen):
    made, market = belief((0.4, -0.2, 0.0), var), Market(drift=0.02)
    hear_of_need(made.rows[0], np.array([seen, 0.0, 1.0]), noise, age, market.row())
    keep = math.exp(-0.02 / 7 * age)
    aged = noise * keep**2 + 1 - keep**2
    precision = 1 / var + 1 / aged
    assert made["var"][0] == pytest.approx(1 / precision)
    expected = (np.array([0.4, -0.2, 0.0]) / var + np.array([seen, 0.0, 1.0]) * keep / aged) / precision
    np.testing.assert_allclose(made["mean"][0], expected, rtol=1e-9, atol=1e-12)


def test_a_belief_left_alone_becomes_what_anybody_knows():
    keep, var = math.exp(-0.02 / 7), 0.1
    for _ in range(7 * 500):
        var = aged(var, keep, 0.0)
    assert var == pytest.approx(1.0, abs=1e-6)


def test_a_signal_without_noise_is_worth_all_of_itself():
    assert worth_of_a_signal(1.0, 0.0) == 1.0
    assert worth_of_a_signal(0.0, 0.0) == 0.0
    assert worth_of_a_signal(1e-200, 0.0) == 0.0
    assert worth_of_a_signal(1.0, 0.5) == pytest.approx(0.8)


def test_only_changes_up_to_the_horizon_are_foreseen():
    model = model_of({"market.customers": 5, "company.reps": 1})
    shocks = model.world.shocks
    shocks["day"][:] = -1
    for day, signal in ((3, 1.0), (10, 5.0)):
        shocks["day"][day], shocks["signal"][day] = day, (signal, 0.0, 0.0)
    assert foreseen(shocks.rows, 0.5, 0, 0, 0, 9.0) == 0.5
    assert foreseen(shocks.rows, 0.5, 0, 0, 0, 10.0) == 3.0
    assert foreseen(shocks.rows, 0.5, 0, 0, 3, 9.0) == 0.0
    assert foreseen(shocks.rows, 0.5, 0, 0, 0, -1.0) == 0.0


def test_needs_keep_a_standard_deviation_of_one():
    model = model_of({"market.customers": 5, "company.reps": 0, "company.marketers": 0, "market.shocks": "0", "market.drift": 0.5})
    seen = []
    for _ in range(3000):
        model.world.parts["needs"].day(len(seen))
        seen.append(model.world.segments["need"].copy())
    assert np.std(seen) == pytest.approx(1.0, abs=0.08)


@given(st.floats(0, 100), st.floats(0, 100), st.floats(1, 10))
def test_a_believed_rate_is_between_nothing_and_all_and_harshness_lowers_it(good, bad, harsh):
    assert rate(good, bad, harsh) == pytest.approx((good + 0.3) / (good + harsh * bad + 1.5))
    assert 0 < rate(good, bad, harsh) < 1
    assert rate(good, bad, harsh + 1) <= rate(good, bad, harsh)


@given(*[st.floats(0, 60)] * 4)
def test_who_is_sure_of_one_is_unsure_of_the_other(good0, bad0, good1, bad1):
    one = surer(good0, bad0, good1, bad1)
    assert 0 <= one <= 1
    assert one + surer(good1, bad1, good0, bad0) == pytest.approx(1)
    assert surer(good0, bad0, good0, bad0) == pytest.approx(0.5)


def test_sureness_is_the_normal_chance_of_the_difference():
    m0, m1 = (8 + 0.3) / (10 + 1.5), (2 + 0.3) / (10 + 1.5)
    spread = m0 * (1 - m0) / 12.5 + m1 * (1 - m1) / 12.5
    assert surer(8, 2, 2, 8) == pytest.approx(stats.norm.cdf((m0 - m1) / math.sqrt(spread)))


@pytest.mark.parametrize("trust", [0.2, 0.45, 0.6])
def test_reps_start_with_the_trust_they_are_given(trust):
    world = model_of(SMALL, {"culture.trust": trust}).world
    assert world.reps["trust"] == pytest.approx([trust] * 3, abs=1e-9)
    assert world.firm["trust_in_sales"][0] == trust


def test_the_chance_to_ask_follows_goodwill_up_to_four_times():
    q = rows(Demand(asking=0.5, reference=4.0, elasticity=0.45).row())[0]
    at = [-math.log(1 - chance_to_ask(goodwill, q, 1.0)) * 7 for goodwill in (0.0, 4.0, 8.0, 1e9)]
    assert at == pytest.approx([0.0, 0.5, 0.5 * 2**0.45, 2.0])


def test_an_hour_costs_what_a_month_costs():
    assert per_hour(4000.0) == pytest.approx(4000 * 12 / 2080)


def test_contacts_follow_money_with_diminishing_returns():
    spend = {}
    for factor in (1, 2, 1000):
        changes = {f"channels.{name}.spend": 1000.0 * factor for name in scenario().tree()["channels"]}
        model = model_of(SMALL, changes)
        model.run_for(1)
        spend[factor] = model.world.parts["demand"].contacts.sum()
    assert spend[1] < spend[2] < 2 * spend[1]
    reach = sum(scenario()[f"channels.{name}.reach"] for name in scenario().tree()["channels"])
    assert spend[1000] == pytest.approx(reach / 7, rel=1e-3)


def test_poisson_arrivals_are_poisson():
    made = scenario(QUEUE, quality(0.0), {"leads.arrivals": 700.0, "leads.decay.impatient_mean": "1 hour", "run.weeks": 20,
                                          "run.warm_up": 0, "company.reps": 5, "market.customers": 20})
    born = np.sort(play(made, 3, leads=True).leads["created"])
    assert stats.kstest(np.diff(born) * 100, "expon").pvalue > 1e-3
    assert stats.kstest(born % 1, "uniform").pvalue > 1e-3


def test_a_rep_with_nothing_but_deals_works_them_when_they_are_due():
    """Without leads and prospects, the next due opportunity ends the wait, on the same day."""
    made = scenario(STREAM, quality(1.0), {
        "run.weeks": 6, "run.warm_up": 0, "company.reps": 1, "market.customers": 50, "company.working_hours": "always",
        "selling.prospecting.success": 0.0, "selling.deals.gap": "1 day", "selling.deals.stall": 0.0, "leads.decay.impatient_share": 0.0,
        "leads.arrivals": "3 per week", "selling.plan": {"leads": 1.0}, "selling.admin": 0.0})
    won = play(made, 1, leads=True).leads
    cycle = (won["closed"] - won["qualified"])[np.isfinite(won["closed"]) & np.isfinite(won["qualified"])]
    assert len(cycle) > 3
    assert (cycle < 4 * 1.5 + 14 + 1).all()
