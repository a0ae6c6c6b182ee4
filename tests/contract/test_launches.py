"""A launch costs hours, makes nobody buy, and does what its dates say; without one nothing is different."""

from __future__ import annotations

import numpy as np
import pytest
from worlds import LAUNCH, SMALL, TINY, differing, model_of, scenario

from smsim import SalesMarketingModel, play
from smsim.world.leads import DECIDING, FROM_MARKETING, FROM_REP
from smsim.world.outcomes import Outcome

#: Customers who become interested within weeks, so that a small world has many pitches.
KEEN = LAUNCH | {"products.widget.innovation": 4.0}


def launched(**dates):
    """The launch of these worlds with other dates."""
    return {"launches": [LAUNCH["launches"][0] | dates]}


def log_of(model):
    """Everything about the product that has ended or is live."""
    log = model.period().log
    return log[log["product"] == 1]


def test_a_product_that_is_only_described_changes_nothing():
    described = {"products.widget.value": 5.0, "products.widget.sale_type": "commodity", "selling.sale_types.commodity.time": 4.0,
                 "selling.readiness.burn": 9, "market.launched.reaction": 1.0}
    assert differing(play(scenario(TINY), 1, leads=True), play(scenario(TINY, described), 1, leads=True)) == set()


def test_without_launches_their_figures_are_empty():
    kpis = play(scenario(TINY), 1).kpis
    assert all(np.isnan(kpis[name]) for name in ("launch_revenue", "launch_ready_day", "burned_accounts"))


def test_a_launch_that_never_comes_brings_nothing_in():
    kpis = play(scenario(TINY, {"launches": [{"product": "widget"}]}), 1).kpis
    assert (kpis["launch_revenue"], kpis["burned_accounts"]) == (0, 0)
    assert np.isnan(kpis["launch_ready_day"])


def test_until_the_first_date_of_a_launch_the_world_is_the_same():
    models = [model_of(SMALL, extra) for extra in ({}, launched(train="day 70", announce="day 80", ship="day 90"))]
    for model in models:
        model.run_for(70)
    first, second = (model.result(leads=True) for model in models)
    assert differing(first, second) <= {"kpi launch_revenue", "kpi burned_accounts", "kpi launch_ready_day"}


def test_training_takes_its_hours_from_selling_over_six_weeks():
    model = model_of(SMALL, launched(train="week 8", announce="never", pressure=0))
    other = model_of(SMALL, launched(train="never", announce="never", pressure=0))
    for one in (model, other):
        one.run_for(7 * 8 + 42)
    lost = other.record.days()["selling_hours"] - model.record.days()["selling_hours"]
    assert lost[:56].sum() == 0
    assert lost.sum() == pytest.approx(12 * 3 * (1 - model.plot["selling.admin"]), rel=0.5)
    assert model.record.days()["practice_hours_cost"].sum() > 0


def test_trained_reps_know_what_they_were_taught_less_what_they_forgot():
    model = model_of(TINY, {"run.weeks": 20}, launched(train="week 0", announce="never", pressure=0))
    model.run_for(42)
    known = model.world.know_how["hours"].reshape(3, 2)
    kept = 0.85 ** (12 / 364)
    days = [day for day in range(42) if day % 7 < 5]
    assert known[:, 1] == pytest.approx(sum(12 / 30 * kept ** (41 - day) for day in days), rel=1e-9)
    assert (known[:, 0] == 0).all()


def test_nobody_asks_before_the_announcement_and_nothing_closes_before_it_ships():
    model = model_of(SMALL, KEEN, {"launches": [LAUNCH["launches"][0] | {"announce": "week 6", "ship": "week 18", "pressure": 0}]})
    model.run_for(18 * 7)
    log = log_of(model)
    assert len(log) > 20
    assert log["created"].min() >= 42
    assert not np.isin(log["outcome"], (Outcome.WON, Outcome.LOST_TO_RIVAL, Outcome.BURNED_UNREADY)).any()
    model.run_for(56)
    assert (log_of(model)["outcome"] == Outcome.WON).any()
    assert log_of(model)["closed"][log_of(model)["outcome"] == Outcome.WON].min() >= 18 * 7


def test_who_waits_for_the_product_longer_than_interest_lasts_decides_for_nothing():
    model = model_of(SMALL, KEEN, launched(announce="day 1", ship="never"))
    model.run_for(182)
    log = log_of(model)
    assert set(log["outcome"]) & {Outcome.NO_DECISION}
    waiting = model.world.leads[:][(model.world.leads["state"] == DECIDING) & (model.world.leads["product"] == 1)]
    waiting = waiting[waiting["due"] < 181]
    until = model.world.interests["until"][waiting["customer"]]
    assert (until >= 181).all()


def test_a_burned_account_asks_nobody_for_a_year():
    model = model_of(SMALL, KEEN, launched(train="never", pressure=0.9))
    burned = {}
    for day in range(182):
        model.run_for(1)
        for i in np.flatnonzero(model.world.accounts["burned_until"] > 0):
            burned.setdefault(i, day)
    log = model.period().log
    assert len(burned) > 5
    for i, day in burned.items():
        assert not (log["created"][log["customer"] == i] > day + 1).any()


def test_a_fully_ready_rep_burns_nobody():
    easy = {"selling.readiness.half": 0, "selling.readiness.spread": "6 minutes"}
    model = model_of(SMALL, KEEN, easy, launched(train="day 0", training=90))
    model.run_for(182)
    assert (log_of(model)["outcome"] == Outcome.NO_DECISION).any()
    assert model.result().kpis["burned_accounts"] == 0
    assert not (log_of(model)["outcome"] == Outcome.BURNED_UNREADY).any()


def twins():
    """Two worlds on the same luck, decisions of the same odds but for readiness: one's reps learn nothing, the other's everything."""
    plan = launched(train="day 0", training=90, pressure=0.9)
    flat = {"selling.choice.fit": 0, "selling.choice.goodwill": 0, "selling.readiness.spread": "6 minutes",
            "market.launched.persuaded": 1, "company.reps": 9, "market.customers": 2000}
    made = scenario(SMALL, KEEN, flat, plan)
    return [played(SalesMarketingModel(made.but({"selling.readiness.half": half}), 4)) for half in (1000, 0)]


def decided(model):
    """What became of each pitch that came to a decision, by the identity of its lead."""
    log = log_of(model)
    log = log[np.isin(log["outcome"], (Outcome.WON, Outcome.LOST_TO_RIVAL, Outcome.NO_DECISION, Outcome.BURNED_UNREADY))]
    return dict(zip(log["identity"].tolist(), log["outcome"].tolist(), strict=True))


def test_who_buys_from_an_unready_rep_buys_from_a_ready_one_and_a_loss_put_down_to_unreadiness_is_a_sale_to_the_ready():
    dull, ready = map(decided, twins())
    both = dull.keys() & ready.keys()
    assert len(both) > 50
    assert all(ready[lead] == Outcome.WON for lead in both if dull[lead] in (Outcome.WON, Outcome.BURNED_UNREADY))
    assert all(ready[lead] != Outcome.WON for lead in both if dull[lead] not in (Outcome.WON, Outcome.BURNED_UNREADY))
    assert sum(dull[lead] == Outcome.BURNED_UNREADY for lead in both) > 10


def played(model):
    model.run_for(182)
    return model


def test_pressure_makes_more_pitches_and_more_burned_accounts():
    calm, pressed = (model_of(SMALL, launched(train="never", pressure=share)) for share in (0, 0.8))
    for model in (calm, pressed):
        model.run_for(182)
    assert len(log_of(pressed)) > len(log_of(calm))
    assert pressed.result().kpis["burned_accounts"] > calm.result().kpis["burned_accounts"]


#: Customers without any interest of their own, and every own prospect pushed.
COLD = {"products.widget.innovation": 0.0, "products.widget.imitation": 0.0}
#: Reps who know all there is to know from the first day.
READY = {"selling.readiness.half": 0, "selling.readiness.spread": "6 minutes"}


def pushed(*layers, persuaded):
    """A world in which every own prospect is pushed."""
    plan = launched(train="day 0", training=90, pressure=1, announce="day 0", ship="day 0")
    return played(model_of(SMALL, *layers, {"market.launched.persuaded": persuaded}, plan))


def test_pressure_sells_nothing_to_those_who_cannot_be_persuaded_and_makes_nobody_interested():
    model = pushed(COLD, persuaded=0)
    assert model.result().kpis["launch_revenue"] == 0
    assert (model.world.interests["opened"] < 0).all()


def test_who_turns_a_rep_down_who_knows_nothing_is_burned():
    model = pushed(COLD, {"selling.readiness.half": 1000}, persuaded=0)
    log, sold = log_of(model), model.period().log
    assert len(log) > 20
    assert set(log["outcome"]) == {Outcome.BURNED_UNREADY, Outcome.OPEN}
    assert (model.world.accounts["burned_until"] > 0).sum() == (log["outcome"] == Outcome.BURNED_UNREADY).sum()
    assert (sold["source"][sold["outcome"] == Outcome.WON] == FROM_MARKETING).all()


def test_who_turns_a_ready_rep_down_buys_what_he_would_have_bought_but_later():
    calm = played(model_of(SMALL, COLD, READY, launched(train="day 0", training=90, announce="day 0", ship="day 0", pressure=0)))
    asked = pushed(COLD, READY, persuaded=0)
    assert set(log_of(asked)["outcome"]) == {Outcome.OPEN}
    assert asked.result().kpis["burned_accounts"] == 0
    lasted = []
    for model in (calm, asked):
        log = model.period().log
        won = log[(log["outcome"] == Outcome.WON) & (log["source"] == FROM_REP)]
        assert (won["value"] == model.world.accounts["value"][won["customer"]]).all()
        lasted.append((won["closed"] - won["created"]).mean())
    assert lasted[1] > lasted[0] + 5


def test_as_many_are_persuaded_as_it_says():
    """Of those found more than six weeks before the end, all have had their first meeting."""
    model = pushed(COLD, READY, persuaded=0.3)
    log = model.period().log
    met = int(((log["source"] == FROM_REP) & (log["created"] < 140)).sum())
    talked_into = int((model.world.interests["opened"] >= 0).sum())
    assert met > 60
    assert 0.15 * met < talked_into < 0.5 * met


def test_who_is_interested_already_needs_no_persuasion():
    model = pushed({"products.widget.innovation": 50.0}, READY, persuaded=0)
    log = log_of(model)
    assert ((log["source"] == FROM_REP) & (log["outcome"] == Outcome.WON)).sum() > 3


def test_nobody_is_pushed_what_he_has_bought():
    model = model_of(SMALL, KEEN, launched(pressure=1, train="day 0"))
    model.run_for(182)
    log = log_of(model)
    won = log[log["outcome"] == Outcome.WON]
    assert len(won) > 3
    assert len(set(won["customer"])) == len(won)


def test_a_product_sold_at_half_its_margin_leaves_half():
    rich, poor = (model_of(SMALL, KEEN, {"products.widget.margin": margin}) for margin in (0.8, 0.4))
    for model in (rich, poor):
        model.run_for(182)
    one, other = rich.result().kpis, poor.result().kpis
    assert one["revenue"] == other["revenue"]
    assert one["gross_margin"] - other["gross_margin"] == pytest.approx(0.4 * one["launch_revenue"])
    assert one["launch_revenue"] > 0


def test_a_lead_about_a_product_bears_its_name_as_campaign():
    run = play(scenario(SMALL, KEEN), 1, leads=True)
    assert set(run.leads["campaign"]) == {"", "widget"}


def test_a_date_may_move_while_the_run_goes_on():
    made = scenario(SMALL, KEEN)
    model = SalesMarketingModel(made.but({"changes": [{"at": "day 20", "set": {"launches.widget.announce": "day 60"}}]}), 1)
    model.run_for(90)
    assert model.world.interests["opened"][model.world.interests["opened"] >= 0].min() >= 60


def test_nobody_takes_an_interest_in_a_product_that_is_at_its_end_and_a_longer_life_brings_more_interest():
    short, long = (model_of(SMALL, KEEN, launched(ends=day)) for day in ("day 60", "never"))
    for model in (short, long):
        model.run_for(182)
    assert log_of(short)["created"].max() < 60 + 1
    assert short.world.interests["opened"].max() < 60
    assert log_of(long)["created"].max() > 100


@pytest.mark.parametrize("neutral", [
    {"products.widget.offers": 3.0}, {"market.launched.price": 50.0}, {"products.widget.price": 1.0},
    {"selling.sale_types.commodity.marketing": 1.0},
])
def test_what_is_not_asked_for_changes_nothing(neutral):
    assert differing(play(scenario(SMALL, KEEN), 1, leads=True), play(scenario(SMALL, KEEN, neutral), 1, leads=True)) == set()


def test_a_customer_who_knows_the_offer_from_marketing_alone_cares_for_no_design():
    told = {"selling.sale_types.new_system.marketing": 1.0, "selling.timing.most": 0.0}
    one, other = (play(scenario(SMALL, KEEN, told, {"selling.deals.field_noise": noise}, launched(pressure=1)), 1, leads=True)
                  for noise in (0.1, 5.0))
    product = [run.leads["campaign"] == "widget" for run in (one, other)]
    assert one.leads["outcome"][product[0]].tolist() == other.leads["outcome"][product[1]].tolist()
    assert np.isin("won", one.leads["outcome"][product[0]])


def prices(price, **more):
    """A model of a product at a price, and what rivals' offers weigh on its last day."""
    model = model_of(SMALL, KEEN, {"products.widget.price": price, "market.launched.reaction": 1.0, "market.launched.lag": "2 weeks"}, more)
    model.run_for(182)
    return model, float(model.world.products["rivals"][1])


def test_rivals_answer_a_lower_price_with_the_same_price_and_a_higher_one_with_nothing():
    assert prices(1.0)[1] == prices(1.3)[1] == 3
    assert prices(0.8)[1] == pytest.approx(3 * np.exp(5 * 0.2))
    assert prices(0.8, **{"market.launched.price": 0.0})[1] == 3


def test_a_deal_brings_its_price_and_costs_what_the_goods_cost():
    free = {"market.launched.price": 0.0, "company.gross_margin": 0.6}
    low, high = (prices(price, **free)[0].result().kpis for price in (1.0, 1.5))
    assert high["launch_revenue"] == pytest.approx(1.5 * low["launch_revenue"])
    assert low["launch_revenue"] > 0
    assert high["gross_margin"] - low["gross_margin"] == pytest.approx(0.5 * low["launch_revenue"])


def test_what_lies_in_the_product_is_not_designed():
    """A product that is all there is sells by what it offers: far from every need, hardly."""
    near, far = (play(scenario(SMALL, KEEN, {"products.widget.fixed": 1.0, "products.widget.offers": offers}), 1).kpis["launch_revenue"]
                 for offers in (0.0, 6.0))
    assert far < near
