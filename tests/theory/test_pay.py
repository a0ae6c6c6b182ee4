"""What reps are paid against sums done by hand, and how long they work against the best effort known exactly (case 17)."""

from __future__ import annotations

import numpy as np
import pytest
from worlds import model_of, scenario

from smsim import SalesMarketingModel, load
from smsim.core.calendar import QUARTER
from smsim.errors import ScenarioError
from smsim.mechanisms.climbing import best_effort
from smsim.mechanisms.effort import outlook
from smsim.mechanisms.pay import RepPay, pay_for, pay_reps, per_hour, period_of
from smsim.mechanisms.reporting import share_reported
from smsim.world.people import Reps

SCHEME = RepPay(commission=0.1, quota="1000 per quarter", bonus=50.0, accelerator=2.0, cap=1.5)
#: Quota, commission, best effort: evidence, section D, case 17, B 1, s .5, b = c = 1.
CASE_17 = [(0.5, 0.0, 0.7226), (1.0, 0.0, 0.2967), (1.25, 0.0, 0.0434), (0.5, 0.3, 0.8893), (1.0, 0.3, 1.0861), (1.25, 0.3, 1.0133),
           (1.5, 0.3, 0.3591)]
ONE_REP = {"company.reps": 1, "company.marketers": 0, "market.customers": 1, "run.weeks": 13, "run.warm_up": "0 weeks",
           "incentives.reps.bonus": 1.0, "selling.effort.normal_commission": 1.0, "selling.effort.doubt": 0.5,
           "selling.effort.least": 0.0, "selling.effort.most": 3.0, "selling.effort.expected": 1 / 13}


@pytest.mark.parametrize(("sales", "paid"), [
    (0.0, 0.0), (400.0, 40.0), (999.0, 99.9), (1000.0, 150.0), (1200.0, 100.0 + 40.0 + 50.0), (1500.0, 100.0 + 100.0 + 50.0),
    (9000.0, 100.0 + 100.0 + 50.0),
])
def test_a_scheme_pays_what_it_says(sales, paid):
    """10% up to the quota of 1000, 20% from there to the cap at 1500, 50 for reaching the quota."""
    assert pay_for(sales, 1000.0, SCHEME.row()[0]) == pytest.approx(paid, rel=1e-12)


def test_a_team_share_is_paid_on_the_teams_mean():
    """Sales 2000 and 0 with 40% for the team, mean 1000: .6·250 + .4·150 = 210, and .4·150 = 60."""
    reps = Reps(2)
    reps["quota"], reps["sold"] = 1000.0, [2000.0, 0.0]
    paid = pay_reps(reps.rows, SCHEME.but(team_share=0.4).row())
    assert reps["earned"].tolist() == pytest.approx([210.0, 60.0], rel=1e-12)
    assert paid == pytest.approx(270.0, rel=1e-12)
    assert pay_reps(reps.rows, SCHEME.but(team_share=0.4).row()) == 0.0


@pytest.mark.parametrize(("quota", "ends"), [
    ("1 per month", (28, 56, 91, 119)), ("1 per quarter", (91, 182, 273)), ("1 per year", (364, 728)), ("none", (91, 182)),
])
def test_periods_follow_the_calendar(quota, ends):
    days = [day for day in range(ends[-1] + 1) if period_of(day, quota)[0] == day]
    assert days == [0, *ends]
    assert all(start <= day < end for day in range(ends[-1]) for start, end in [period_of(day, quota)])


@pytest.mark.parametrize("period", ["60000 per month", "200000 per quarter", "800000 per year"])
def test_what_is_paid_is_what_every_rep_has_earned(period):
    """pay_cost = salaries + Σ over reps and periods of (1 − σ)·V(S) + σ·V(S̄), with each S added up from the log of deals."""
    made = scenario({"run.weeks": 56, "run.warm_up": "0 weeks", "market.customers": 800, "company.reps": 3, "incentives.reps.quota": period,
                     "incentives.reps.bonus": 3000.0, "incentives.reps.accelerator": 2.0, "incentives.reps.cap": 1.5,
                     "incentives.reps.team_share": 0.3})
    model = SalesMarketingModel(made, 3)
    model.run_for(56 * 7)
    log, pay = model.period().log, made.of(RepPay)
    won = log[log["outcome"] == 1]
    day = np.floor(won["closed"]).astype(int)
    expected = (3 * pay.salary + 4 * 5000) * 12 / 364 * 56 * 7
    starts = sorted({period_of(one, pay.quota)[0] for one in range(56 * 7)})
    for start in starts:
        end = period_of(start, pay.quota)[1]
        sold = [won["value"][(won["rep"] == rep) & (day >= start) & (day < end)].sum() for rep in range(3)]
        quota = float(pay.quota.partition(" ")[0])
        expected += sum(0.7 * pay_for(one, quota, pay.row()[0]) + 0.3 * pay_for(np.mean(sold), quota, pay.row()[0]) for one in sold)
    assert model.result().kpis["pay_cost"] == pytest.approx(expected, rel=1e-9)


def test_a_ratchet_makes_the_next_quota_follow_sales():
    model = model_of({"incentives.reps.quota": "100000 per quarter", "incentives.reps.ratchet": 0.5, "market.customers": 600})
    model.run_for(QUARTER - 1)
    before = model.world.reps["sold"].copy()
    model.run_for(1)
    last = before + 0.0
    found = model.world.reps["quota"]
    assert (model.world.reps["sold"] == 0).all()
    assert (found >= np.maximum(100000 + 0.5 * (last - 100000), 10000) - 1e-6).all()
    assert len(set(found.tolist())) > 1


def test_a_quota_that_begins_in_the_middle_counts_for_the_rest_of_the_period():
    """On day 30 of 91 a quota of 91,000 begins with 61,000; the next is whole, and what is paid is V of what was sold since."""
    model = model_of({"market.customers": 800, "company.reps": 3, "company.marketers": 0, "incentives.reps.salary": 0.0, "run.weeks": 30})
    model.run_for(30)
    model.change({"incentives.reps.quota": "91000 per quarter", "incentives.reps.accelerator": 2.0})
    assert model.world.reps["quota"].tolist() == pytest.approx([61_000.0] * 3)
    model.run_for(60)
    reps = model.world.reps
    scheme = model.plot.of(RepPay).row()[0]
    assert reps["earned"].tolist() == pytest.approx([pay_for(sold, 61_000.0, scheme) for sold in reps["sold"]])
    model.run_for(1)
    assert model.world.reps["quota"].tolist() == pytest.approx([91_000.0] * 3)


def test_reps_whose_quota_ends_work_the_normal_day_again():
    model = model_of({"incentives.reps.quota": "900000 per quarter", "incentives.reps.bonus": 9000.0, "market.customers": 800})
    model.run_for(85)
    assert (model.world.reps["effort"] != 1.0).any()
    model.change({"incentives.reps.quota": "none"})
    model.run_for(20)
    reps = model.world.reps
    assert (reps["effort"] == 1.0).all()
    assert (reps["pull"] == 0.0).all()
    assert (reps["push"] == 0.0).all()


@pytest.mark.parametrize("mind", ["steady", "quota_chaser", "balanced", "farmer"])
def test_every_strategy_lives_with_a_quota(mind):
    """Who hurries nobody gives no discount; who works the normal day has an effort of 1."""
    model = model_of({"incentives.reps.quota": "40000 per month", "incentives.reps.accelerator": 3.0, "company.rep_mind": mind,
                      "market.customers": 1500, "run.weeks": 40})
    model.run_for(280)
    kpis = model.result().kpis
    assert (kpis["discounts"] > 0) == (mind in ("steady", "quota_chaser"))
    assert (kpis["effort"] == 1.0) == (mind == "farmer")


def test_a_deal_brought_forward_is_cheaper_and_no_likelier_to_be_won():
    """Hurried by w weeks it costs haste·w/price less, and the customer's liking stays where it was."""
    made = scenario({"incentives.reps.quota": "40000 per month", "incentives.reps.accelerator": 3.0, "market.customers": 1500})
    model = SalesMarketingModel(made, 1)
    seen = 0
    for _ in range(200):
        model.run_for(1)
        leads = model.world.leads[:]
        moved = leads[(leads["state"] == 4) & (leads["moved"] == 1) & (leads["discount"] > 0)]
        share = moved["discount"] / (moved["value"] + moved["discount"])
        assert (np.abs(moved["edge"]) < 1e-12).all()
        assert ((share > 0) & (share <= 0.1 * 4 / 5 + 1e-9)).all()
        seen += len(moved)
    assert seen > 20


@pytest.mark.parametrize(("quota", "rate", "effort"), CASE_17)
def test_the_best_effort_is_the_highest_hill(quota, rate, effort):
    """The maximum over e of r·b·e + B·(1 − Φ((Q − b·e)/s)) − c·e²/2 (case 17)."""
    pay = SCHEME.but(commission=rate, bonus=1.0, accelerator=1.0, cap=np.inf).row()
    found = best_effort(outlook(usual=1.0, doubt=0.5, cost=1.0, quota=quota), pay)
    assert found == pytest.approx(effort, abs=6e-5)


def test_between_two_hills_the_rep_gives_up_all_at_once():
    """A cliff, where sales are sure enough (s .4): with quotas a little higher, the best effort falls from near the quota to hardly any."""
    pay = SCHEME.but(commission=0.3, bonus=1.0, accelerator=1.0, cap=np.inf).row()
    efforts = np.array([best_effort(outlook(usual=1.0, doubt=0.4, cost=1.0, quota=q), pay) for q in np.arange(1.0, 1.6, 0.001)])
    assert (np.diff(efforts) < -0.3).sum() == 1


@pytest.mark.parametrize(("quota", "rate", "effort"), CASE_17)
def test_a_rep_alone_in_the_world_works_as_case_17_says(quota, rate, effort):
    model = model_of(ONE_REP, {"incentives.reps.quota": f"{quota} per quarter", "incentives.reps.commission": rate})
    model.run_for(1)
    assert model.world.reps["effort"][0] == pytest.approx(effort, abs=6e-5)


@pytest.mark.parametrize(("rate", "effort"), [(0.3, 0.3), (0.8, 0.8), (1.0, 1.0)])
def test_with_commission_alone_effort_is_linear_in_it(rate, effort):
    """e* = r·b/c."""
    model = model_of(ONE_REP, {"selling.effort.chosen": "always", "incentives.reps.commission": rate})
    model.run_for(1)
    assert model.world.reps["effort"][0] == pytest.approx(effort, rel=1e-12)


def test_a_rep_paid_for_the_team_alone_works_an_nth():
    """e* = (1 − σ + σ/n)·r·b/c: fully shared pay rides free."""
    for shared, effort in ((0.0, 0.9), (0.5, 0.9 * 0.625), (1.0, 0.9 / 4)):
        pay = SCHEME.but(commission=0.9, team_share=shared).row()
        assert best_effort(outlook(usual=1.0, cost=1.0, reps=4.0), pay) == pytest.approx(effort, rel=1e-12)


def test_effort_is_highest_neither_far_below_nor_above_the_quota():
    """Over sales so far, effort rises to one peak and falls again; it is low where the quota is out of reach."""
    pay = SCHEME.but(commission=0.02, bonus=0.5, accelerator=1.0, cap=np.inf).row()
    sold = np.linspace(-3, 2, 60)
    efforts = np.array([best_effort(outlook(usual=1.0, doubt=0.3, cost=1.0, quota=1.0, sold=s, left=0.3), pay) for s in sold])
    peak = efforts.argmax()
    assert 0 < peak < len(sold) - 1
    assert (np.diff(efforts[: peak + 1]) >= -1e-6).all()
    assert (np.diff(efforts[peak:]) <= 1e-6).all()
    assert efforts[0] == pytest.approx(0.02, abs=1e-3)


def test_the_more_an_hour_of_selling_pays_the_less_is_reported():
    """The share is the argmax of δ·w·h·(x − x²/2) − h·x·m."""
    grid = np.linspace(0, 1, 100_001)
    for hour in (0.0, 10.0, 40.0, 100.0):
        best = grid[np.argmax(3 * 23 * (grid - grid**2 / 2) - grid * hour)]
        assert share_reported(3.0, 23.0, hour) == pytest.approx(best, abs=2e-5)
    assert share_reported(3.0, per_hour(0.0), 10.0) == 0.0


def test_linear_pay_at_the_normal_commission_is_the_firm_that_does_not_choose():
    one, other = (SalesMarketingModel(load(name).but({"run.weeks": 30}), 4) for name in ("silo", "linear"))
    for model in (one, other):
        model.run_for(210)
    same = {name for name, value in one.result().kpis.items() if value == other.result().kpis[name]}
    assert {"revenue", "pay_cost", "selling_hours", "quarter_end_share", "win_rate"} <= same


@pytest.mark.parametrize(("key", "value", "allowed"), [
    ("quota", "0 per quarter", "above 0"), ("quota", "300000", "per quarter"), ("quota", "300000 per week", "per quarter"),
    ("quota", "-5 per month", "above 0"), ("cap", "80%", "from 100%"), ("team_share", "120%", "100%"),
])
def test_a_scheme_that_cannot_be_is_refused_where_it_stands(tmp_path, key, value, allowed):
    file = tmp_path / "odd.yaml"
    file.write_text(f"extends: quota\nincentives:\n  reps:\n    {key}: {value}\n")
    with pytest.raises(ScenarioError) as error:
        load(file)
    assert f"odd.yaml:4:{7 + len(key)}" in str(error.value)
    assert allowed in str(error.value)
