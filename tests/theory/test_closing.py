"""Who wins customers that decide again and again, and how often it pays to ask what they want."""

from __future__ import annotations

import numpy as np
import pytest
from closing import closed, cost_of_meeting, decisions, error_between_meetings, walked_error
from formulas import best_interval, closing, within_four_errors
from scipy import optimize

SEEDS = range(10)
HAZARDS = [(0.05, 0.15), (0.2, 0.1), (0.4, 0.4)]


def test_the_formulas_are_as_tabled():
    assert closing(0.05, 0.15) == pytest.approx((0.25, 5.0))
    assert best_interval(2, 1, 0.25) == pytest.approx(4.0)


@pytest.mark.parametrize("hazards", HAZARDS, ids=str)
def test_who_is_undecided_decides_again_until_one_of_the_hazards_has_struck(hazards):
    """P(win) = h/(h + l), mean time 1/(h + l) periods, on the choice of the model: no decision is the period's survival (case 7)."""
    found = np.array([closed(*hazards, seed) for seed in SEEDS])
    for values, exact in zip(found.T, closing(*hazards), strict=True):
        within_four_errors(values, exact)


def test_each_period_takes_its_share_of_those_that_are_left():
    """The time until the end is geometric: so many are left after k periods as (1 − h − l)^k says."""
    ended = [decisions(0.05, 0.15, seed).sum(axis=0)[:20] for seed in SEEDS]
    left = 1 - np.cumsum(ended, axis=1) / 4000
    for k in (1, 3, 10, 20):
        within_four_errors(left[:, k - 1], 0.8**k)


@pytest.mark.parametrize(("cost", "harm", "moves"), [(2, 1, 0.25), (9, 2, 0.04), (1, 0.5, 1.0)])
def test_the_best_interval_between_meetings_grows_with_the_root_of_what_a_meeting_costs(cost, harm, moves):
    """T* = √(2c/(aσ²)), from the function that ages a belief (case 11)."""
    best = best_interval(cost, harm, moves)
    found = optimize.minimize_scalar(cost_of_meeting, bounds=(best / 20, best * 20), args=(cost, harm, moves), method="bounded",
                                     options={"xatol": 1e-7})
    assert found.x == pytest.approx(best, rel=1e-4)
    by_days = [cost / every + harm * np.mean([moves * age for age in range(1, every + 1)]) for every in range(1, 40)]
    assert 1 + np.argmin(by_days) == round(best)


@pytest.mark.parametrize(("every", "moves"), [(4, 0.25), (7, 0.02)])
def test_what_is_not_known_between_meetings_is_what_the_belief_says(every, moves):
    """Half of what a random walk does in the interval; counted at the ages 1 … T it is σ²(T + 1)/2, and a walk is as far off."""
    assert error_between_meetings(every, moves) == pytest.approx(moves * every / 2, rel=1e-9)
    within_four_errors([walked_error(every, moves, walk) for walk in range(30)], moves * (every + 1) / 2)
