"""Where the money for channels goes, by what is on record; and which messages are worth their hours."""

import numpy as np
import pytest
from worlds import TINY, model_of


def mixing(**changes):
    """The mix of a firm that pays for leads, its credits still empty."""
    return model_of(TINY, {"incentives.marketers.leads": 1.0, **changes}).marketers[0].mix


def credit(mix, leads, good=0.0):
    mix.world.credits["leads"], mix.world.credits["good"] = leads, good


def test_with_nothing_on_record_the_mix_stays():
    mix = mixing()
    assert mix.best(mix.now()) == pytest.approx(mix.now(), rel=1e-6)


def test_the_money_stays_the_same_whatever_is_on_record():
    mix = mixing()
    credit(mix, [500, 0, 3, 80, 0, 1000, 7, 1])
    for _ in range(30):
        mix.follow()
    assert mix.world.channels["budget"].sum() == pytest.approx(mix.given.sum())
    assert (mix.world.channels["budget"] > 0).all()


def test_the_channel_with_the_record_gets_more_and_those_of_which_much_was_expected_less():
    mix = mixing()
    credit(mix, [0, 0, 0, 0, 0, 1000, 0, 0])
    change = mix.best(mix.now()) - mix.now()
    assert change.argmax() == 5
    assert change[[0, 4]].max() < 0


def test_a_channel_that_leaves_no_trace_is_thought_worth_less_than_its_equal():
    mix = mixing(**{"channels.website.spend": 500.0, "channels.website.cost": 3.0, "channels.website.reach": 0.5})
    credit(mix, [10, 10, 300, 10, 10, 30, 10, 10])
    worth = mix.worth(mix.now())
    assert worth[5] < worth[2]


def test_the_last_coin_is_thought_to_bring_as_much_in_every_channel_that_is_not_at_its_least():
    mix = mixing()
    credit(mix, [120, 80, 100, 90, 100, 150, 90, 60])
    now, best = mix.now(), mix.best(mix.now())
    last = mix.worth(now) / mix.cost * np.exp(-best / (mix.cost * mix.reach))
    above = best > 0.06 * now.sum() / len(now)
    assert above.sum() >= 4
    assert last[above] == pytest.approx(last[above].mean(), rel=1e-3)


def test_pay_by_revenue_goes_by_good_leads_once_it_is_told_of_them():
    mix = model_of(TINY, {"incentives.marketers.revenue": 1.0}).marketers[0].mix
    credit(mix, 100.0, [0, 0, 0, 50, 0, 0, 0, 0])
    told = mix.best(mix.now())[3]
    credit(mix, 100.0)
    assert told > mix.best(mix.now())[3]


def test_a_channel_on_which_nothing_is_spent_gets_nothing():
    mix = mixing(**{"channels.broadcast.spend": 0.0})
    credit(mix, [50, 0, 3, 80, 0, 100, 7, 500])
    assert mix.best(mix.now())[7] == 0.0


def test_a_new_message_that_costs_nothing_is_always_worth_it():
    rewriting = model_of(TINY).marketers[0].rewriting
    assert rewriting.pays(0, rewriting.world.segments["message"][0])


@pytest.mark.parametrize(("wanted", "pays"), [([0.0, 0.0, 0.0], False), ([0.05, 0.0, 0.0], False), ([1.0, -1.0, 1.0], True)])
def test_a_message_that_costs_hours_is_rewritten_where_much_has_changed(wanted, pays):
    world = model_of(TINY, {"market.message_hours": "4 hours"})
    world.world.insight["mean"][0] = wanted
    assert world.marketers[0].is_worth_rewriting(0) is pays


def test_prices_that_are_plainly_too_low_or_too_high_are_left_out_and_no_other(monkeypatch):
    mix, draw = mixing(), np.random.default_rng(3)
    for _ in range(50):
        credit(mix, draw.integers(0, 500, 8))
        spend = np.exp(draw.normal(6, 1.5, 8))
        quickly = mix.best(spend)
        with monkeypatch.context() as patch:
            patch.setattr("smsim.agents.mixing.launch", lambda _kernel, *known: (0.0, known[-1], 0))
            assert (mix.best(spend) == quickly).all()
