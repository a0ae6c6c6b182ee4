"""Designs that are made again, and sides that think differently."""

from __future__ import annotations

import numpy as np
import pytest
from worlds import SMALL, mean_of, model_of, scenario

from smsim import play
from smsim.core.kernel import kernel
from smsim.mechanisms.fit import fit
from smsim.mechanisms.redesign import expected_fit, redesign_if_worth

MEET = {"practices.meetings.every": "2 weeks"}


@kernel
def again(w, p, day):
    """Hours that the first lead's design is worth making again for."""
    return redesign_if_worth(w, p, 0.8, 0, day)


def deal_with(hours, gap=1.0, value=25_000.0):
    """A deal whose design misses what its rep believes is wanted by so much on every criterion; returns (world, hours spent)."""
    model = model_of(SMALL, {"selling.deals.redesign": hours})
    world = model.world
    world.leads["rep"][0], world.leads["meetings"][0], world.leads["value"][0] = 0, 1, value
    world.leads["own"][0] = (0.2, 0.0, -0.1)
    world.rep_insight["mean"][:], world.rep_insight["var"][:] = (0.5, -0.4, 0.3), 0.1
    world.leads["design"][0] = np.array([0.7, -0.4, 0.2]) + gap
    return world, again(world.rows, model.world.parts["selling"].p, 0)


def test_expected_fit_is_the_mean_of_fit():
    needs = np.random.default_rng(1).normal(0.4, np.sqrt(0.3), (400_000, 3))
    means = np.mean([fit(q, 0.5) for q in ((needs[:100_000]) ** 2).sum(axis=1)])
    assert expected_fit(3 * 0.4**2, 0.3, 0.5) == pytest.approx(means, rel=0.02)
    assert expected_fit(0.7, 0.0, 0.5) == fit(0.7, 0.5)


def test_a_design_far_off_is_made_again_and_is_then_what_is_believed_to_be_wanted():
    world, hours = deal_with(2.0)
    assert hours == 2
    np.testing.assert_allclose(world.leads["design"][0], (0.7, -0.4, 0.2), atol=1e-7)
    assert world.reps["redesigns"][0] == 1


@pytest.mark.parametrize("deal", [{"hours": 40.0}, {"hours": 2.0, "gap": 0.05}, {"hours": 2.0, "value": 500.0}])
def test_a_design_is_left_where_hours_are_dear_or_little_is_to_be_won(deal):
    world, hours = deal_with(**deal)
    assert hours == 0
    np.testing.assert_allclose(world.leads["design"][0], np.array([0.7, -0.4, 0.2]) + deal.get("gap", 1.0))


def test_the_longer_a_design_takes_the_fewer_are_made_again():
    found = [mean_of(scenario(SMALL, MEET, {"selling.deals.redesign": hours}), "redesigns", range(3)) for hours in (1.0, 3.0, 9.0)]
    assert found[0] > found[1] > found[2]


def test_designs_made_again_for_nothing_fit_no_worse_in_the_mean():
    never, free = (mean_of(scenario(SMALL, MEET, {"selling.deals.redesign": word}), "win_rate", range(8)) for word in ("never", 0.0))
    assert free > never


def test_marketing_takes_notes_for_less_with_an_orientation_gap():
    for gap in (1.0, 3.0):
        model = model_of(SMALL, {"culture.orientation_gap": gap})
        model.run_for(40)
        noise = model.world.notes["noise"][model.world.notes["day"] >= 0]
        np.testing.assert_allclose(noise, (0.8**2 + 0.5**2) * gap)


def test_beliefs_weighed_otherwise_than_by_their_precision_are_worse():
    """Kalman's weights are the best there are: a gap in orientation costs each side accuracy, though they meet."""
    for kpi in ("marketing_need_error", "sales_need_error"):
        none, large = (mean_of(scenario(SMALL, MEET, {"culture.orientation_gap": gap}), kpi, range(6)) for gap in (1.0, 6.0))
        assert large > none


def test_what_crosses_the_line_is_misunderstood_by_the_competence_gap():
    """The same deals on the same luck: notes differ by one sd where the gap is one."""
    seen = []
    for gap in (0.0, 1.0):
        model = model_of(SMALL, {"culture.competence_gap": gap, "company.reps": 8})
        model.run_for(45)
        kept = model.world.notes["day"] >= 0
        seen.append(model.world.notes["seen"][kept])
    assert seen[0].shape == seen[1].shape
    assert len(seen[0]) > 30
    assert np.std(seen[1] - seen[0]) == pytest.approx(1, abs=0.25)


def test_without_a_gap_and_a_second_design_nothing_is_other_than_it_was():
    plain, said = (play(scenario(SMALL, more), 2).kpis for more in (
        {}, {"culture.orientation_gap": 1.0, "culture.competence_gap": 0.0, "selling.deals.redesign": "never"}))
    assert {k: v for k, v in plain.items() if v == v} == {k: v for k, v in said.items() if v == v}
