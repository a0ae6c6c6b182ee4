"""Pay moves what marketers decide, and only what they decide."""

import pytest
from worlds import SMALL, STREAM, differing, scenario

from smsim import SalesMarketingModel, play

LEADS = {"incentives.marketers.leads": 1.0}
CLOSING = {"incentives.marketers.closing_ratio": 1.0, "crm.closed_loop": "yes"}


def played(*layers, seed=1):
    return play(scenario(SMALL, *layers), seed, leads=True)


def test_paid_by_leads_is_a_lower_threshold_and_more_leads():
    paid, salaried = played(LEADS), played()
    assert paid.kpis["lead_threshold"] < salaried.kpis["lead_threshold"] - 0.05
    assert paid.kpis["leads"] > salaried.kpis["leads"]


def test_paid_by_the_closing_ratio_is_a_higher_threshold_and_fewer_leads():
    paid, salaried = played(CLOSING), played()
    assert paid.kpis["lead_threshold"] > salaried.kpis["lead_threshold"] + 0.05
    assert paid.kpis["leads"] < salaried.kpis["leads"]


def test_marketers_who_move_nothing_are_worth_the_same_whatever_they_are_paid_for():
    assert differing(played(LEADS, {"company.marketer_mind": "keeper"}), played()) == set()


@pytest.mark.parametrize("crm", [{"crm.closed_loop": "yes"}, {"crm.misattributed": 0.5}, {"crm.memory": 0.6}, {"leads.off_list": 0.5}])
def test_what_marketing_could_know_changes_nothing_where_nobody_is_paid_for_it(crm):
    assert differing(played(crm), played()) == set()


def test_shares_of_nothing_are_a_salary():
    assert differing(played({"incentives.marketers.leads": 0.0}), played()) == set()


def test_where_leads_come_from_elsewhere_pay_moves_nothing():
    assert differing(played(STREAM, LEADS), played(STREAM)) == set()


def test_the_threshold_may_be_withheld_from_marketing():
    paid = played(LEADS, {"incentives.marketers.may_move": ["mix"]})
    assert paid.kpis["lead_threshold"] == pytest.approx(0.4)
    assert differing(paid, played())


def test_money_moves_between_channels_and_none_is_saved():
    assert played(LEADS, {"incentives.marketers.may_move": ["mix"], "channels.trade_shows.pulse": 0.0}).kpis["marketing_spend"] == \
        pytest.approx(played({"channels.trade_shows.pulse": 0.0}).kpis["marketing_spend"])


def test_new_money_for_a_channel_makes_the_old_mix_void():
    model = SalesMarketingModel(scenario(SMALL, LEADS), 1)
    model.run_for(112)
    assert (model.world.channels["budget"] >= 0).all()
    model.change({"channels.website.spend": "2000 per week"})
    assert (model.world.channels["budget"] == -1).all()


def test_pay_that_begins_in_the_middle_finds_an_empty_ledger():
    model = SalesMarketingModel(scenario(SMALL), 1)
    model.run_for(56)
    model.change(LEADS)
    model.run_for(63)
    assert model.world.books["weeks"][0] < 10
    assert model.world.firm["threshold"][0] < 0.4


def test_a_new_message_takes_hours_and_hours_are_contacts():
    free, dear = played({"company.marketers": 1}), played({"company.marketers": 1, "market.message_hours": "8 hours"})
    assert dear.kpis["marketing_need_error"] == pytest.approx(free.kpis["marketing_need_error"], rel=0.1)
    assert differing(free, dear)
