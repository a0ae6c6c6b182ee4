"""Rivals stand somewhere and answer slowly; what is known of them, and what that is good for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize
from worlds import SMALL, model_of, scenario

from smsim import play
from smsim.core.kernel import kernel, rows
from smsim.mechanisms.choice import Choice, liking
from smsim.mechanisms.probing import divided
from smsim.mechanisms.rival_insight import aging
from smsim.mechanisms.rivalry import pull_of_rivals, shares_of, variance_of_needs
from smsim.world.market import Market
from smsim.world.rivals import Rivalry

ON = {"market.rivalry.positions": True}
TOLD = ON | {"practices.meetings.every": "1 week"}
#: The variance of what may be believed of any offer.
ANYTHING = aging(Rivalry(), Market())[1]
TABLES = ("rivals", "rival_insight", "rep_rival_insight", "rival_notes")


@kernel
def weighed(widths, focus):
    """What criteria weigh."""
    return shares_of((widths[0], widths[1], widths[2]), focus)


@kernel
def asked_for(weights, ratio):
    """How a meeting is divided."""
    return divided((weights[0], weights[1], weights[2]), ratio)


@kernel
def pulls(w, p, market, rivalry, offers):
    """Log pull of the firm, and the pull of its rivals, for the first lead."""
    even = (1.0, 1.0, 1.0)
    return (liking(w, p[0], market[0], w.leads[0], even), pull_of_rivals(w, p[0], market[0], rivalry[0], w.leads[0], offers, even))


def offers_of(model):
    """Offers by rival, segment and criterion."""
    return model.world.rivals["offer"].reshape(-1, len(model.world.segments), 3).copy()


def test_where_rivals_have_no_positions_nothing_is_kept_of_them():
    world = model_of(SMALL).world
    assert [len(getattr(world, name)) for name in TABLES] == [0, 0, 0, 0]


def test_a_rival_that_looks_every_day_and_always_answers_offers_what_is_wanted():
    model = model_of(SMALL, ON, {"market.rivalry.look": 1, "market.rivalry.reaction": 1.0, "market.rivalry.noise": 0.0})
    for _ in range(5):
        model.run_for(7)
        np.testing.assert_allclose(offers_of(model), np.broadcast_to(model.world.segments["need"], (3, 3, 3)))


def test_a_rival_that_never_answers_stays_where_it_is():
    model = model_of(SMALL, ON, {"market.rivalry.reaction": 0.0})
    before = offers_of(model)
    model.run_for(60)
    assert (offers_of(model) == before).all()


def test_of_the_looks_of_rivals_a_share_is_followed_by_an_answer():
    model = model_of(SMALL, ON, {"market.rivals": 200, "market.rivalry.look": "1 week"})
    moved = []
    for _ in range(8):
        before = offers_of(model)
        model.run_for(7)
        moved.append((offers_of(model) != before).all(axis=2))
    count = np.size(moved)
    assert abs(np.mean(moved) - 0.25) < 4 * np.sqrt(0.25 * 0.75 / count)


def test_new_rivals_begin_with_offers_as_old_as_those_of_others():
    """Offers vary as needs do over the years, with the error of an answer on top, whenever their rival came."""
    model = model_of(SMALL, ON, {"market.rivals": 1000, "market.rivalry.noise": 0.5, "market.rivalry.reaction": 0.0})
    assert offers_of(model).var() == pytest.approx(ANYTHING, rel=0.1)


def test_rivals_with_the_firms_own_offer_and_liking_are_chosen_as_often_as_the_firm():
    """Multinomial logit: 1/(n + 1) of all purchases each."""
    model = model_of(SMALL, ON)
    world = model.world
    world.leads["design"][0] = (0.3, -0.2, 0.9)
    world.rivals["offer"] = (0.3, -0.2, 0.9)
    p = Choice(base=0.4, rival=0.4 + 1.2 * 0.18, goodwill=0.0).row()
    firm, rivals = pulls(world.rows, p, Market().row(), Rivalry(positions=True, usual_fit=0.18).row(), 3)
    assert np.exp(firm) / (np.exp(firm) + rivals) == pytest.approx(1 / 4, rel=1e-12)


def test_where_fit_weighs_nothing_positions_change_nothing():
    plain, on = (play(scenario(SMALL, {"selling.choice.fit": 0.0}, more), 3).kpis for more in ({}, ON))
    assert plain["deals_won"] > 0
    for name in ("deals_won", "revenue", "leads_worked", "market_share", "sales_need_error"):
        assert on[name] == pytest.approx(plain[name], rel=1e-12)


@given(st.lists(st.floats(0, 5), min_size=3, max_size=3), st.floats(0, 4))
def test_what_criteria_weigh_adds_up_to_their_number(widths, focus):
    found = weighed(rows(np.array(widths)), focus)
    assert sum(found) == pytest.approx(3)
    assert min(found) >= 0


def test_needs_vary_over_the_years_as_drift_and_sudden_changes_make_them():
    assert variance_of_needs(Market(shocks=0.0)) == 1
    assert variance_of_needs(Market()) == pytest.approx(1 + (1 / 26) / (2 * 0.02), rel=0.01)


def test_a_criterion_on_which_all_offers_are_alike_is_a_table_stake():
    assert weighed(np.array([0.0, 1.0, 3.0]), 1.0) == pytest.approx((0, 0.75, 2.25))
    assert weighed(np.array([0.0, 1.0, 3.0]), 0.0) == (1, 1, 1)
    assert weighed(np.zeros(3), 1.0) == (1, 1, 1)


@given(st.lists(st.floats(0.01, 3), min_size=3, max_size=3), st.floats(0.1, 5))
def test_a_meeting_is_divided_so_that_least_is_left_unknown_of_what_weighs(weights, ratio):
    weights = 3 * np.array(weights) / np.sum(weights)
    found = np.array(asked_for(weights, ratio))
    assert found.sum() == pytest.approx(3, abs=1e-6)
    assert found.min() >= 0.25

    def left(a):
        return (weights / (ratio + a)).sum()

    best = optimize.minimize(left, np.ones(3), bounds=[(0.25, 3)] * 3, constraints={"type": "eq", "fun": lambda a: a.sum() - 3})
    assert left(found) <= best.fun + 1e-6


def test_even_weights_ask_evenly():
    assert asked_for(np.ones(3), 1.3) == pytest.approx((1, 1, 1))


def test_what_a_rep_believes_of_rivals_is_as_uncertain_as_he_thinks():
    """Squared errors of own beliefs are in the mean what their variances say, but for needs that drift slowly (aging leaves that out)."""
    ratios = []
    for seed in range(16):
        model = model_of(SMALL, ON, {"market.rivals": 6}, seed=seed)
        model.run_for(26 * 7)
        count, reps, belief = len(model.world.segments), len(model.world.reps), model.world.rep_rival_insight
        true = np.repeat(offers_of(model), reps, axis=0).reshape(-1, 3)
        assert len(true) == len(belief) == 6 * reps * count
        ratios.append((((belief["mean"] - true) ** 2).mean(axis=1) / belief["var"]).mean())
    assert 0.7 < np.mean(ratios) < 1.3


@pytest.mark.parametrize(("direction", "knows"), [("up", True), ("both", True), ("down", False), ("none", False)])
def test_marketing_hears_of_rivals_only_through_notes_that_reach_it(direction, knows):
    model = model_of(SMALL, TOLD, {"practices.meetings.direction": direction})
    model.run_for(90)
    assert (model.world.rival_insight["var"].min() < 0.99 * ANYTHING) == knows


@pytest.mark.parametrize(("direction", "told"), [("up", False), ("both", True), ("down", True), ("none", False)])
def test_reps_are_told_of_rivals_where_marketing_speaks(direction, told):
    model = model_of(SMALL, TOLD, {"practices.meetings.direction": direction})
    model.run_for(60)
    assert (model.world.rep_rival_insight["heard_var"].max() < 1e8) == told


def test_a_note_that_is_never_written_up_tells_nothing_of_rivals():
    model = model_of(SMALL, TOLD, {"selling.reporting.hours": 0.2})
    model.world.reps["share_reported"] = 0.0
    for rep in model.reps:
        rep.decide = lambda: None
    model.run_for(60)
    assert model.world.reps["notes"].sum() > 0
    assert model.world.rival_insight["var"].min() == pytest.approx(ANYTHING)
