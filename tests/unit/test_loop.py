"""The gain of the loop that kills leads: figures made by hand, and what is measured where a scenario asks."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from worlds import SMALL, TINY, differing, scenario

from smsim import load, play
from smsim.mechanisms.loop import STEP, gains, logit, on_either_side, warm_share
from smsim.mechanisms.trust import rate
from smsim.world.leads import Log
from smsim.world.outcomes import Outcome
from smsim.world.period import Period
from studies.loop_tables import ends_of


def made(*ends):
    """A period of leads, each given as (called, qualified, outcome)."""
    log = Log(len(ends))[:]
    for row, (called, qualified, outcome) in zip(log, ends, strict=True):
        row["created"], row["outcome"] = 1.0, outcome
        row["first_touch"], row["qualified"] = (2.0 if called else math.nan), (2.0 if qualified else math.nan)
    return Period({}, log, 0.0, 10.0, 0.6)


def test_warm_are_those_who_qualified_and_those_who_were_alive_but_no_buyers():
    period = made((True, True, Outcome.WON), (True, False, Outcome.NOT_A_BUYER), (True, False, Outcome.COLD_IN_QUEUE),
                  (True, False, Outcome.WINDOW_CLOSED), (False, False, Outcome.COLD_IN_QUEUE), (False, False, Outcome.EXPIRED))
    assert warm_share(period) == 0.5


def test_where_nobody_was_called_nobody_was_warm_or_cold():
    assert math.isnan(warm_share(made((False, False, Outcome.EXPIRED))))


@pytest.mark.parametrize("share", [0.001, 0.3, 0.97])
def test_the_two_shares_lie_a_step_apart_around_the_firms_own(share):
    low, high = on_either_side(share)
    assert 0 < low < share < high < 1
    assert logit(high) - logit(low) == pytest.approx(STEP)
    assert logit(high) + logit(low) == pytest.approx(2 * logit(share))


def kpis(warm, trust):
    return {"warm_share": warm, "trust_sales_in_marketing": trust}


def test_trust_that_follows_the_warm_share_in_proportion_makes_both_gains_one():
    """With logit T = ln(m/q) and m in proportion to W: then G = a·g, whatever the two shares are."""
    low, high = (kpis(warm, warm / (warm + 0.2)) for warm in (0.1, 0.25))
    found = gains(low, high, 2.0)
    assert found["loop_gain"] == pytest.approx(math.log(2.5) / STEP)
    assert found["loop_gain_full"] == pytest.approx(2 * found["loop_gain"])


@pytest.mark.parametrize(("good", "harshness"), [(0.1, 1.0), (0.1, 2.0), (0.6, 2.0), (0.6, 5.0)])
def test_harshness_makes_trust_follow_more_than_in_proportion(good, harshness):
    """It is d ln m/d ln y = λ/(λ − (λ − 1)y) where many calls are remembered: 1 for λ = 1, more above."""
    step, many = 1e-4, 1e9
    one, other = (rate(many * y, many * (1 - y), harshness) for y in (good, good * (1 + step)))
    assert math.log(other / one) / math.log1p(step) == pytest.approx(harshness / (harshness - (harshness - 1) * good), rel=1e-3)


def test_a_gain_needs_leads_that_are_warm():
    found = gains(kpis(0.0, 0.2), kpis(0.1, 0.3), 1.0)
    assert math.isnan(found["loop_gain"])
    assert found["loop_gain_full"] > 0


def test_who_does_not_ask_gets_no_gain_and_who_asks_changes_nothing_else():
    plain, asked = (play(scenario(SMALL, {"run.loop_gain": ask}), 3, leads=True) for ask in (False, True))
    assert math.isnan(plain.kpis["loop_gain"] + plain.kpis["loop_gain_full"])
    assert differing(plain, asked) == {"kpi loop_gain", "kpi loop_gain_full"}


def test_the_gain_is_that_of_the_same_world_with_hours_held_by_hand():
    firm = scenario(SMALL, {"selling.trust_slope": 1.5})
    share = play(firm, 3).kpis["lead_hours_share"]
    sides = [play(firm.but({"selling.plan": {"leads": held, "prospects": 1 - held}}), 3).kpis for held in on_either_side(share)]
    found = play(firm.but({"run.loop_gain": True}), 3).kpis
    assert {name: found[name] for name in ("loop_gain", "loop_gain_full")} == gains(*sides, slope=1.5)


def test_trust_that_is_frozen_closes_no_loop():
    found = play(scenario(SMALL, {"run.loop_gain": True, "culture.frozen": True}), 3).kpis
    assert found["loop_gain_full"] == 0
    assert found["loop_gain"] != 0


def test_a_firm_without_reps_has_no_loop():
    found = play(scenario(TINY, {"run.loop_gain": True, "company.reps": 0}), 1).kpis
    assert math.isnan(found["loop_gain_full"])


def test_calling_the_oldest_first_near_the_limit_runs_away_and_the_newest_first_does_not():
    """The gain is above 1 where calling a few more turns a queue of cold leads into one of warm ones."""
    near = load("loop").but({"run.loop_gain": True, "run.weeks": 60, "selling.plan": {"leads": 0.16, "prospects": 0.84}})
    oldest, newest = (play(near.but({"leads.priority": order}), 3).kpis["loop_gain"] for order in ("first_in", "newest"))
    assert oldest > 1
    assert newest < 0.5


def curve(trust):
    return pd.DataFrame({"share": [0.1, 0.3, 0.5, 0.7, 0.9], "trust": trust})


def test_a_firm_rests_where_it_chooses_what_it_does():
    assert ends_of(curve([0.45] * 5), 0.4, 1.0) == [(pytest.approx(0.4), True)]


def test_a_firm_whose_trust_jumps_has_two_ends_and_a_divide():
    found = ends_of(curve([0.1, 0.1, 0.45, 0.8, 0.8]), 0.5, 1.0)
    assert [stable for _, stable in found] == [True, False, True]
    assert np.all(np.diff([share for share, _ in found]) > 0)
    assert found[1][0] == pytest.approx(0.5)


def test_a_rest_beyond_what_was_held_is_given_as_the_outermost():
    assert ends_of(curve([0.01] * 5), 0.1, 1.0) == [(pytest.approx(0.1), True)]
