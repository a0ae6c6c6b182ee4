"""What is believed of the market is as far off as filters and old news must be."""

from __future__ import annotations

import numpy as np
import pytest
from beliefs import Belief, walk_error
from firms import squared_error
from formulas import mean_staleness, random_walk_filter, staleness_by_days, within_four_errors

SEEDS = range(10)


@pytest.mark.parametrize(("moves", "noise"), [(1.0, 1.0), (1.0, 4.0), (0.25, 1.0), (0.04, 0.89)])
def test_a_belief_about_a_random_walk_comes_to_rest_at_kalmans_gain(moves, noise):
    """P = (Q + √(Q² + 4QR))/2 before each report, K = P/(P + R): .618034, .390388 (case 9)."""
    belief = Belief(noise)
    for step in range(200):
        before = belief.age(moves)
        gain = belief.hear([step + 1.0, 0.0, 0.0])
    assert (before, gain) == pytest.approx(random_walk_filter(moves, noise), rel=1e-9)


@pytest.mark.parametrize(("moves", "noise"), [(1.0, 1.0), (0.04, 0.89)])
def test_it_is_as_far_off_as_it_says(moves, noise):
    """The squared distance to a random walk that is heard through noise is P before each report, in the mean of 50 walks."""
    exact, _ = random_walk_filter(moves, noise)
    within_four_errors([walk_error(moves, noise, walk) for walk in range(50)], exact)


@pytest.mark.parametrize(("rate", "every"), [(0.1, 1), (0.1, 4), (0.3, 2)])
def test_who_meets_every_so_many_weeks_is_wrong_by_the_age_of_the_news(rate, every):
    """Need forgets at k a week; reports of the evening before, exact, on the mornings of a meeting every T weeks (case 10).

    At nightfall the news is 1 … 7T days old, so the mean squared error is the mean of 1 − e^{−2kj} over those ages.
    """
    within_four_errors([squared_error(rate, every, "meetings", seed) for seed in SEEDS], staleness_by_days(rate / 7, 1, 7 * every))


@pytest.mark.parametrize(("rate", "every"), [(0.1, 1), (0.1, 4), (0.3, 2)])
def test_who_asks_the_market_every_so_many_weeks_is_wrong_by_the_age_of_the_answer(rate, every):
    """The same by research without a lag: the answer of today is 0 days old at nightfall, so ages are 0 … 7T − 1."""
    within_four_errors([squared_error(rate, every, "research", seed) for seed in SEEDS], staleness_by_days(rate / 7, 0, 7 * every - 1))


@pytest.mark.parametrize(("every", "table"), [(1, 0.09365), (4, 0.31166)])
def test_between_the_two_lies_the_error_of_continuous_time(every, table):
    """½(meetings + research) is the trapezoid of 1 − (1 − e^{−2kT})/(2kT): .09365, .31166 at k = .1, T = 1 and 4 weeks."""
    assert mean_staleness(0.1, every) == pytest.approx(table, abs=6e-6)
    both = ("meetings", "research")
    within_four_errors([np.mean([squared_error(0.1, every, by, seed) for by in both]) for seed in SEEDS], table)
