"""CRM, attribution, material, messages, lists, shared pay: the arithmetic of each, and that it does what it says."""

from __future__ import annotations

import math

import numpy as np
import pytest
from worlds import SMALL, TINY, model_of

from smsim.agents.aiming import Aiming
from smsim.mechanisms.leaflets import chance_of_use
from smsim.mechanisms.pay import in_all
from smsim.mechanisms.roi import return_on

QUIET = TINY | {"run.weeks": 30}
SHOCKS = {"market.shocks": "1 per 8 weeks"}


def played(days, *layers):
    """A model on the morning after so many days."""
    model = model_of(QUIET, *layers)
    model.run_for(days)
    return model


def test_logging_halves_in_its_half_life_without_support():
    model = played(183, {"practices.crm.tool": True, "practices.crm.half_life": "182 days"})
    assert model.world.reps["logging"] == pytest.approx(0.4, rel=1e-9)


def test_support_keeps_logging_where_forgetting_and_help_balance():
    model = played(200, {"practices.crm.tool": True, "practices.crm.half_life": "2 weeks", "practices.crm.support": "1 hour"})
    helped, kept = 1 - math.exp(-0.5), 0.5**0.5
    assert model.world.reps["logging"] == pytest.approx(helped / (1 - kept + helped), rel=1e-3)


def test_a_tool_without_a_process_loses_leads_and_a_process_hands_them_over():
    tool = played(8, {"practices.crm.tool": True}).world.firm[0]
    both = played(8, {"practices.crm.tool": True, "practices.crm.process": True}).world.firm[0]
    assert tool["lost"] > 0
    assert tool["astray"] > 0
    assert tool["at_once"] == 0
    assert both["lost"] == both["astray"] == 0
    assert both["at_once"] > 0.7


def test_what_goes_astray_comes_two_pulls_later():
    lost = {"practices.crm.tool": True, "practices.crm.astray": 1.0, "practices.crm.start": 1.0, "practices.crm.half_life": "3640 days"}
    model = played(15, lost, {"leads.pulled_share": 0.0, "leads.latency": "at once", "practices.crm.lost": 0.0, "leads.unowned": 0.0})
    rows = model.world.leads[:][model.world.leads["state"] == 1]
    assert len(rows)
    waits = rows["routed"] - rows["created"]
    assert (rows["routed"] % 1 == pytest.approx(9 / 24))
    assert waits.min() > 1


def test_marketing_reads_in_the_tool_what_became_of_leads_that_are_logged():
    paid = {"incentives.marketers.revenue": 1.0, "practices.crm.start": 1.0, "practices.crm.half_life": "3640 days"}
    told = played(100, paid, {"practices.crm.tool": True}).world.ledger["good"].sum()
    untold = played(100, paid, {"practices.crm.process": True}).world.ledger["good"].sum()
    all_of_it = played(100, paid, {"practices.crm.process": True, "crm.closed_loop": "yes"}).world.ledger["good"].sum()
    assert untold == 0
    assert told > 0.7 * all_of_it


def test_material_that_misses_each_criterion_by_a_tolerance_is_used_every_other_time():
    assert chance_of_use(0.0, 2.0, 0.5 * math.sqrt(3), 0.5) == pytest.approx(0.5)
    assert chance_of_use(0.0, 2.0, 0.0, 0.5) == pytest.approx(1 / (1 + math.exp(-2)))
    assert chance_of_use(0.0, 2.0, 1e9, 0.5) == pytest.approx(0.0)


def test_material_made_with_reps_misses_the_need_by_less():
    def miss(reps):
        model = played(169, {"practices.collateral.every": "12 weeks", "practices.collateral.reps": reps, "market.research.every": "never",
                             "market.customers": 800})
        return np.square(model.world.segments["text"] - model.world.segments["need"]).sum()

    assert miss(3) < miss(0)


def test_usable_material_saves_hours_and_is_read():
    ready = {"practices.collateral.every": "26 weeks", "selling.material.found": 20.0}
    model, without = played(100, ready), played(100)
    assert model.world.rep_insight["heard_var"].min() < 1e3 < without.world.rep_insight["heard_var"].min()
    used, there = (sum(model.record.days()[name]) for name in ("meetings_using_it", "meetings_with_material"))
    assert used == there > 0


def test_channels_depart_from_the_message_by_as_much_as_is_said():
    spreads = []
    for seed in range(40):
        model = model_of(TINY, {"market.accents.spread": 0.5}, seed=seed)
        model.run_for(1)
        spreads.append(model.world.segments["spread"].mean())
    channels = 8
    assert np.mean(spreads) == pytest.approx(3 * 0.25 * (1 - 1 / channels), rel=0.1)


def test_common_words_take_the_spread_away_until_channels_have_their_own_again():
    model = model_of(QUIET, {"market.accents.spread": 0.5, "practices.message.every": "8 weeks"})
    model.run_for(57)
    assert model.world.channels["own_words"].max() < 0.06
    model.run_for(50)
    assert model.world.channels["own_words"].min() > 0.2


def test_a_spread_of_nothing_is_one_voice():
    model = played(30)
    assert not model.world.segments["doubt"].any()
    assert not model.world.segments["strayed"].any()


def test_nobody_in_the_control_group_is_contacted():
    all_held = {"practices.attribution.every": "26 weeks", "practices.attribution.hold_out": 0.5, "practices.attribution.withheld": "all"}
    model = played(60, all_held)
    held = model.world.accounts["withheld"] == 1
    assert 0.35 < held.mean() < 0.65
    assert not model.world.customers["goodwill"][held].any()
    assert model.world.customers["goodwill"][~held].mean() > 0.5


def test_withholding_one_channel_leaves_the_others():
    model = played(27, {"practices.attribution.every": "26 weeks", "practices.attribution.hold_out": 0.9})
    held = model.world.accounts["withheld"] == 1
    assert model.world.firm["held"][0] == 1
    assert not (model.world.customers["channel"][held] == 0).any()
    assert (model.world.customers["channel"][held] > 0).any()
    assert (model.world.customers["channel"][~held] == 0).any()


def test_the_interval_of_a_return_holds_it_as_often_as_it_says():
    rng, hits = np.random.default_rng(1), 0
    for _ in range(400):
        reached, held = rng.normal(3.0, 5.0, 200), rng.normal(1.0, 5.0, 100)
        estimate = return_on(reached, held, 1.0)
        hits += estimate.low <= 1.0 <= estimate.high
    assert 0.92 < hits / 400 < 0.98


def test_nothing_can_be_said_of_a_group_of_one():
    assert return_on(np.ones(5), np.ones(1), 1.0) is None
    assert return_on(np.ones(5), np.ones(5), 0.0) is None


def test_who_does_not_trust_does_not_look():
    deaf = {"practices.attribution.every": "4 weeks", "practices.attribution.showing": 0.0}
    def counts(attention):
        model = played(29, deaf, {"practices.attribution.attention": attention})
        return float(model.world.reps["lead_good"].sum())

    assert counts(0.0) > counts(1.0)


def test_each_named_account_has_its_turn_once_in_its_time():
    model = model_of(QUIET, {"practices.target_lists.every": "13 weeks", "practices.target_lists.size": 20,
                             "practices.target_lists.again": "4 weeks", "practices.target_lists.hours": 1000.0})
    turns = []
    for _ in range(4):
        model.run_for(7)
        turns += [i for i in model.world.named["customer"].tolist() if i >= 0]
    assert len(turns) == len(set(turns)) == 60
    value, listed = model.world.accounts["value"], model.world.accounts["named"] == 1
    assert value[listed].min() > np.median(value)


def test_named_accounts_are_called_before_others():
    model = model_of(SMALL, {"practices.target_lists.every": "13 weeks", "selling.prospecting.success": 1.0,
                             "selling.prospecting.half": 1e6, "practices.target_lists.size": 60, "practices.target_lists.again": "1 week"})
    model.run_for(5)
    own = model.world.leads[:][model.world.leads["source"] == 1]
    assert len(own)
    assert model.world.accounts["named"][own["customer"][own["state"] > 0]].all()


@pytest.mark.parametrize(("known", "least"), [(0.0, 0.0), (0.5, 0.6), (1.0, 0.99)])
def test_what_is_known_of_value_is_as_much_as_is_said(known, least):
    model = model_of(SMALL, {"practices.valuable_customers.every": "13 weeks", "practices.valuable_customers.known": known})
    model.run_for(1)
    usual = np.log(model.world.segments["deal_value"])[model.world.customers["segment"]]
    apart = model.world.accounts["believed"] - usual
    if known == 0.0:
        assert apart == pytest.approx(0.0)
        return
    assert np.corrcoef(apart, np.log(model.world.accounts["value"]) - usual)[0, 1] == pytest.approx(math.sqrt(known), abs=0.06)
    assert np.corrcoef(apart, np.log(model.world.accounts["value"]) - usual)[0, 1] > least


def test_shared_pay_of_marketing_weighs_revenue():
    model = played(92, {"incentives.marketers.leads": 1.0, "crm.closed_loop": "yes", "practices.shared_metrics.share": 1.0})
    shared, revenue = Aiming(model.world), Aiming(model.world)
    revenue.paid = {"revenue": 1.0}
    assert shared.look()
    assert revenue.look()
    present, policies = shared.figures(shared.now()), shared.within_reach()
    assert [shared._worth(policy, present) for policy in policies] == [revenue._worth(policy, present) for policy in policies]


def test_what_is_shared_comes_on_top_of_the_team_share_of_a_scheme():
    assert in_all(0.0, 0.0) == 0.0
    assert in_all(0.2, 0.5) == pytest.approx(0.6)
    assert in_all(0.3, 1.0) == 1.0
