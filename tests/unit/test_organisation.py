"""By customer or by product: who sells what to whom, who is trained, who calls in vain, and what is heard of other wants."""

from __future__ import annotations

import numpy as np
import pytest
from worlds import LAUNCH, SMALL, differing, model_of, scenario

from smsim import SalesMarketingModel, load, play
from smsim.practices.organisation import specialities
from smsim.world.customers import LEAD, NUMBERS
from smsim.world.leads import CROSS

BY_PRODUCT = {"practices.organisation.by": "product"}
ASKING = {"practices.organisation.asks": 1.0}
#: Enough of everything: many are interested, and a deal of the new product is the larger one.
KEEN = LAUNCH | {"products.widget.innovation": 4.0, "products.widget.value": 2.0, "company.reps": 4}
ANNOUNCED = 3 * 7


def played(days, *layers):
    """A model on the morning after so many days."""
    model = model_of(SMALL, KEEN, *layers)
    model.run_for(days)
    return model


def won(model, product):
    """The deals won of a product, from the log."""
    log = model.period().log
    return log[(log["product"] == product) & (log["outcome"] == 1)]


@pytest.mark.parametrize(("reps", "launched", "share", "expected"), [
    (4, 1, 0.25, [0, 0, 0, 1]), (4, 2, 0.25, [0, 0, 2, 1]), (8, 1, 0.25, [0] * 6 + [1] * 2), (3, 1, 0.0, [0, 0, 1]),
    (4, 0, 0.25, [0, 0, 0, 0]),
])
def test_the_last_reps_sell_what_is_launched(reps, launched, share, expected):
    assert specialities(reps, launched, share).tolist() == expected


@pytest.mark.parametrize(("reps", "launched", "share"), [(1, 1, 0.25), (2, 2, 0.25), (4, 1, 1.0), (0, 1, 0.5)])
def test_where_specialists_would_take_all_reps_nothing_is_divided(reps, launched, share):
    assert specialities(reps, launched, share) is None


def test_until_something_is_announced_everybody_sells_everything():
    before, after = (played(day, BY_PRODUCT).world.reps for day in (ANNOUNCED - 1, ANNOUNCED + 1))
    assert before["sells"].tolist() == [-1] * 4
    assert after["sells"].tolist() == [0, 0, 0, 1]
    assert before["trains"].tolist() == after["trains"].tolist() == [0, 0, 0, 1]


def test_who_sells_the_same_divides_all_customers():
    world = played(ANNOUNCED + 1, BY_PRODUCT, {"practices.organisation.specialists": 0.5}).world
    assert world.reps["place"].tolist() == [0, 1, 0, 1]
    assert world.reps["peers"].tolist() == [2, 2, 2, 2]
    assert (world.accounts["owner"] == np.arange(len(world.accounts)) % 2).all()


def test_a_lead_goes_to_a_rep_who_sells_what_it_is_about():
    log = played(120, BY_PRODUCT).period().log
    later = log[(log["created"] >= ANNOUNCED) & (log["rep"] >= 0) & (log["identity"] < CROSS)]
    assert set(later["rep"][later["product"] == 1]) == {3}
    assert set(later["rep"][later["product"] == 0]) == {0, 1, 2}


def test_in_turns_too_it_goes_to_one_who_sells_it():
    log = played(120, BY_PRODUCT, {"leads.routing": "round_robin"}).period().log
    later = log[(log["created"] >= ANNOUNCED) & (log["rep"] >= 0) & (log["product"] == 1)]
    assert set(later["rep"]) == {3}


def test_only_who_sells_a_product_is_trained_for_it():
    model = played(60, BY_PRODUCT, {"selling.readiness.practice": 0.0})
    hours = model.world.know_how["hours"].reshape(4, 2)[:, 1]
    assert (hours[:3] == 0).all()
    assert hours[3] > 5
    cost, usual = (one.record.days()["practice_hours_cost"].sum() for one in (model, played(60, {"selling.readiness.practice": 0.0})))
    assert cost == pytest.approx(usual / 4)


def test_who_sells_everything_never_calls_in_vain():
    assert play(scenario(SMALL, KEEN, ASKING), 1).kpis["duplicate_contacts"] == 0
    assert play(scenario(SMALL, KEEN, BY_PRODUCT), 1).kpis["duplicate_contacts"] > 0


def test_a_call_on_a_colleagues_customer_is_spent_and_opens_nothing():
    """All customers wait for a call about the standing business, so every own call of the specialist is made in vain."""
    model = played(ANNOUNCED + 1, BY_PRODUCT)
    world = model.world
    row = int(np.flatnonzero((world.leads["product"] == 0) & (world.leads["state"] > 0))[0])
    world.customers["stage"], world.accounts["held_by"] = LEAD, row
    before = world.reps["own_bad"][3], world.reps["own_good"][3]
    model.run_for(1)
    calls = world.reps["own_bad"][3] - before[0]
    assert model.record.days()["duplicate_contacts"][-1] >= calls > 0
    assert world.reps["own_good"][3] <= before[1]


def test_a_specialist_opens_nothing_but_his_product():
    log = played(120, BY_PRODUCT, {"launches.0.pressure": 0.0}).period().log
    own = log[(log["source"] == 1) & (log["rep"] == 3) & (log["created"] >= ANNOUNCED)]
    assert len(own)
    assert set(own["product"]) == {1}


def test_who_is_turned_down_and_sells_nothing_else_does_not_begin_again():
    pressed = {"launches.0.pressure": 1.0, "market.launched.persuaded": 0.0, "products.widget.innovation": 0.0,
               "products.widget.imitation": 0.0}
    log = played(120, BY_PRODUCT, pressed).period().log
    pushed = log[(log["source"] == 1) & (log["rep"] == 3) & (log["created"] >= ANNOUNCED) & (log["outcome"] > 0)]
    assert len(pushed)
    assert set(pushed["outcome"]) <= {4, 5}


def test_nothing_is_heard_where_nobody_asks():
    log = played(150).period().log
    assert (log["identity"] < CROSS).all()


def test_who_asks_sells_besides_himself():
    model = played(150, ASKING)
    log = model.period().log
    besides = log[log["identity"] >= CROSS]
    assert len(besides)
    assert set(besides["source"]) == {1}
    assert model.record.days()["cross_sold"].sum() == (besides["outcome"] == 1).sum()


def test_what_is_bought_already_is_not_sold_again():
    log = played(180, ASKING).period().log
    for deal in won(played(180, ASKING), 1):
        later = log[(log["customer"] == deal["customer"]) & (log["product"] == 1) & (log["created"] > deal["closed"])]
        assert not len(later)


@pytest.mark.parametrize(("passed", "any_of_them"), [(0.0, False), (1.0, True)])
def test_what_a_rep_does_not_sell_is_passed_on_or_lost(passed, any_of_them):
    log = played(120, BY_PRODUCT, {"practices.organisation.passed": passed}).period().log
    told = log[log["identity"] >= CROSS]
    assert bool(len(told)) is any_of_them
    assert set(told["source"]) <= {0}
    assert set((told["identity"] - CROSS) % NUMBERS - told["customer"]) <= {0}


def test_asking_takes_the_hours_it_says():
    """Nobody wants anything else, so asking is all that differs: what it costs is in proportion to its length."""
    alone = {"products.widget.innovation": 0.0, "products.widget.imitation": 0.0, "launches.0.pressure": 0.0}
    none, quarter = (played(60, alone, ASKING, {"selling.asking.hours": hours}).record.days()["practice_hours_cost"].sum()
                     for hours in (0.0, 0.25))
    assert none == played(60, alone).record.days()["practice_hours_cost"].sum()
    assert quarter > none


def test_with_nothing_launched_by_product_is_by_customer():
    by_product = play(scenario(SMALL, BY_PRODUCT, ASKING), 1, leads=True)
    assert differing(play(scenario(SMALL), 1, leads=True), by_product) == set()


def test_who_returns_to_selling_by_customer_has_his_territory_again():
    back = {"changes": [{"at": "week 8", "set": {"practices.organisation.by": "customer"}}]}
    model = SalesMarketingModel(scenario(SMALL, KEEN, BY_PRODUCT).but(back), 1)
    model.run_for(7 * 7)
    reps, owner = model.world.reps, model.world.accounts["owner"]
    assert reps["sells"].tolist() == [0, 0, 0, 1]
    assert set(owner) == {0, 1, 2}
    model.run_for(8)
    assert reps["sells"].tolist() == reps["trains"].tolist() == [-1] * 4
    assert (owner == np.arange(len(owner)) % 4).all()


def test_the_shipped_scenario_sells_by_product():
    assert load("launch_by_product")["practices.organisation.by"] == "product"
