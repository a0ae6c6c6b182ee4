"""What disputes, unclear roles, agreements and plans do to hours, queues and rules, counted by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from worlds import SMALL, model_of, scenario

from smsim import play
from smsim.mechanisms.clarity import clear_without_saying
from smsim.world.disputes import BUDGET, PRICE

QUARREL = SMALL | {"culture.conflicts.rate": "3 per week", "culture.conflicts.hours": 0}


def about(kind):
    """A firm that falls out about one thing only."""
    return QUARREL | {"culture.conflicts.about": {kind: 1.0}}


def test_a_price_dispute_puts_off_one_opportunity_and_no_other():
    model = model_of(about("price"))
    model.run_for(60)
    disputes, leads = model.world.disputes, model.world.leads
    held = disputes[:][(disputes["open"] == 1) & (disputes["subject"] >= 0) & (disputes["until"] > 60)]
    assert len(held) > 3
    assert set(held["kind"]) == {PRICE}
    assert len(set(held["identity"])) == len(held)
    lead = leads[held["subject"]]
    assert (lead["identity"] == held["identity"]).all()
    assert (lead["due"] == np.maximum(held["due"], held["until"])).all()
    long = held[held["until"] > 75]
    before = leads[long["subject"]]["meetings"].copy()
    model.run_for(15)
    assert len(long) > 3
    assert (leads[long["subject"]]["meetings"] == before).all()


def test_an_opportunity_goes_on_the_day_its_dispute_is_settled_from_above():
    model = model_of(about("price"), {"practices.arbitration.every": "8 weeks", "practices.arbitration.cases": 1})
    model.run_for(56)
    disputes = model.world.disputes
    pending = disputes[:][(disputes["open"] == 1) & (disputes["until"] > 56)]
    eldest = pending[np.argmin(pending["began"])]
    assert eldest["subject"] >= 0
    model.run_for(1)
    open_still = set(disputes["began"][disputes["open"] == 1].tolist())
    assert set(pending["began"].tolist()) - open_still == {float(eldest["began"])}
    lead = model.world.leads[int(eldest["subject"])]
    assert lead["identity"] != eldest["identity"] or lead["meetings"] > 0 or lead["due"] == max(eldest["due"], 56)


def test_a_channel_in_dispute_makes_no_contacts_and_costs_nothing():
    model = model_of(about("budget"))
    model.run_for(40)
    world = model.world
    disputes, upto = world.disputes, world.channels["upto"]
    disputed = set(disputes["subject"][(disputes["open"] == 1) & (disputes["kind"] == BUDGET)].tolist())
    made = np.diff(np.concatenate([[0.0], upto]))
    assert disputed
    assert {int(c) for c in np.flatnonzero(world.channels["frozen"])} == disputed
    assert (made[list(disputed)] == 0).all()
    pulsed = model.world.channel_names.index("trade_shows")
    free = set(range(len(made))) - disputed - {pulsed}
    assert all(made[c] > 0 for c in free)
    days = model.record.days()["marketing_spend"]
    assert days[39] < days[:40].max()


def test_a_rep_in_a_dispute_about_leads_calls_none_and_the_others_go_on():
    model = model_of(about("leads"), {"culture.conflicts.lasts": "500 weeks", "culture.conflicts.rate": "0.5 per week"})
    model.run_for(21)
    refusing = model.world.reps["refuses"].copy()
    assert 0 < refusing.sum() < len(refusing)
    model.world.reps["hours_leads"] = 0.0
    model.run_for(4)
    called = model.world.reps["hours_leads"]
    assert called.sum() > 0
    assert (called[refusing == 1] == 0).all()


def test_a_dispute_takes_the_hours_it_is_said_to_take():
    """Two people, 2 hours a week each, on five days a week; leads disputes have nothing else to wait for."""
    run = play(scenario(SMALL, {"culture.conflicts.rate": "2 per week", "culture.conflicts.about": {"leads": 1.0}}), 2)
    open_by_day = run.days["conflicts_open"]
    hours = run.days["conflict_hours"]
    assert (hours[np.arange(len(hours)) % 7 >= 5] == 0).all()
    assert hours.sum() == pytest.approx(open_by_day.sum() / 7 * 2 * 2, rel=0.05)


def test_off_means_that_nobody_ever_quarrels():
    model = model_of(SMALL)
    model.run_for(30)
    assert "conflict" not in model.world.parts
    assert model.world.disputes["open"].sum() == 0


@pytest.mark.parametrize(("heads", "clarity"), [(6, 0.7408), (12, 0.5488), (60, 0.0498), (600, 0.0)])
def test_clarity_falls_with_heads(heads, clarity):
    assert clear_without_saying(heads, 20.0) == pytest.approx(clarity, abs=5e-5)


@pytest.mark.parametrize(("formality", "clarity"), [(0.0, math.exp(-5 / 3)), (0.1, math.exp(-5 / 3)), (0.7, 0.7)])
def test_rules_count_where_less_goes_without_saying(formality, clarity):
    model = model_of(SMALL, {"company.roles.heads": 3, "practices.roles.formality": formality})
    model.run_for(8)
    assert model.world.firm["clarity"][0] == pytest.approx(clarity)
    assert model.world.firm["dropped"][0] == pytest.approx(0.25 * (1 - clarity) / 2)


@pytest.mark.parametrize(("owned", "share"), [(0.0, 0.06 + 0.125), (0.9, 0.1 * (0.06 + 0.125))])
def test_leads_without_owner_are_those_that_were_dropped_less_those_agreed_on(owned, share):
    made = scenario(SMALL, {"leads.arrivals": "400 per week", "company.roles.heads": 1, "company.reps": 30,
                            "practices.funnel_agreement.owned": owned})
    run = play(made, 1)
    spread = math.sqrt(share * (1 - share) / run.kpis["leads"] * 22 / 18)
    assert run.kpis["never_routed_share"] == pytest.approx(share, abs=4 * spread)


def test_calls_made_twice_are_hours_wasted():
    base = {"company.roles.dropped": 0.0, "leads.arrivals": "200 per week", "selling.plan": {"leads": 1.0}}
    clear, unclear = (play(scenario(SMALL, base, {"company.roles.heads": heads}), 1).days for heads in (1e6, 1))
    assert unclear["selling_hours"].sum() == pytest.approx(clear["selling_hours"].sum(), rel=0.02)
    assert unclear["wasted_selling_hours"].sum() > clear["wasted_selling_hours"].sum()


def test_an_agreement_makes_threshold_and_bar_one():
    """.4 and .42 meet at .41: nobody above is rejected, nobody below is passed on."""
    run = play(scenario(SMALL, {"practices.funnel_agreement.owned": "90%"}), 1, leads=True)
    assert set(run.days["lead_threshold"][7:].round(9)) == {0.41}
    since = run.leads["created"] > 8
    outcomes, scores = run.leads["outcome"].astype(str)[since], run.leads["score"][since]
    assert scores[outcomes != "below_threshold"].min() >= 0.41 - 1e-9 > scores[outcomes == "below_threshold"].max()
    assert "rejected" not in set(outcomes)
    assert "rejected" in set(play(scenario(SMALL), 1, leads=True).leads["outcome"].astype(str))


def test_who_waits_for_trouble_defines_roles_when_a_dispute_is_open_and_not_before():
    waiting = {"company.roles.heads": 3, "practices.roles.formality": 0.8, "practices.roles.start": "trouble",
               "practices.roles.neglect": 1.0}
    quiet = model_of(SMALL, waiting)
    quiet.run_for(60)
    assert quiet.world.firm["formality"][0] == 0.0
    loud = model_of(SMALL, waiting, {"culture.conflicts.rate": "3 per week"})
    loud.run_for(21)
    assert loud.world.firm["formality"][0] == 0.8


def test_a_plan_moves_idle_accounts_from_those_who_are_to_sell_more_to_those_who_are_to_sell_less():
    model = model_of(SMALL, {"company.forecasts.made": True, "practices.joint_forecast.hours": 1, "practices.joint_forecast.moved": 1.0})
    model.run_for(91)
    before, stage = model.world.accounts["owner"].copy(), model.world.customers["stage"].copy()
    model.run_for(1)
    after, plan = model.world.accounts["owner"], model.world.forecasts["plan"]
    moved = before != after
    assert moved.any()
    assert (stage[moved] == 0).all()
    assert (plan[before[moved]] > plan.mean()).all()
    assert (plan[after[moved]] < plan.mean()).all()
    for rep in np.flatnonzero(plan > plan.mean()):
        mine = before == rep
        wanted = int((1 - plan.mean() / plan[rep]) * mine.sum())
        assert (moved & mine).sum() == min(wanted, (mine & (stage == 0)).sum())
