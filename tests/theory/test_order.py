"""Disputes are as many as a queue without waiting has; two forecasts are better than one by what they do not share."""

from __future__ import annotations

import math

import numpy as np
import pytest
from formulas import error_of_mean, open_between_hearings, open_disputes, within_four_errors
from order import arisen, only_disputes, open_at_midnight, spread_of_mean
from scipy import optimize, stats

from smsim import SalesMarketingModel, load

SEEDS = range(12)


@pytest.mark.parametrize(("lasts", "table"), [(6, 0.60), (2, 0.20)])
def test_open_disputes_are_arrivals_times_how_long_they_last(lasts, table):
    """λ/μ: .60 at .1 a week and six weeks, .20 at two weeks (case 14)."""
    assert open_disputes(0.1, lasts, math.inf) == pytest.approx(table)
    within_four_errors([open_at_midnight(only_disputes(0.1, lasts), seed, 400)[350:].mean() for seed in SEEDS], table)


def test_open_disputes_rise_from_none_as_an_infinite_server_fills():
    """(λ/μ)(1 − e^{−μt}) at weeks 1 to 20, six weeks a dispute."""
    played = np.array([open_at_midnight(only_disputes(4.0, 6), seed, 20) for seed in range(24)])
    for week in (1, 2, 4, 8, 20):
        within_four_errors(played[:, 7 * week - 1], open_disputes(4.0, 6, week))


def test_the_number_open_has_the_poisson_distribution():
    """Counted every 20 weeks, more than three times as long as a dispute lasts: mean 3, chi-square."""
    seen = np.concatenate([open_at_midnight(only_disputes(0.5, 6), seed, 1040)[279::140] for seed in SEEDS]).astype(int)
    counts = np.bincount(np.minimum(seen, 7), minlength=8)
    chances = stats.poisson.pmf(np.arange(8), 3.0)
    chances[7] = stats.poisson.sf(6, 3.0)
    assert stats.chisquare(counts, chances * len(seen)).pvalue > 1e-3


@pytest.mark.parametrize("every", [2, 4])
def test_hearings_empty_the_room_and_it_fills_again(every):
    """With time for every dispute, between hearings the room is M/M/∞ from empty."""
    made = only_disputes(1.0, 6, **{"practices.arbitration.every": f"{every} weeks", "practices.arbitration.cases": 1000})
    exact = open_between_hearings(1.0, 6, every)
    played = [open_at_midnight(made, seed, 40 * every)[7 * every:-7 * every] for seed in SEEDS]
    within_four_errors([one.mean() for one in played], exact)


@pytest.mark.parametrize(("about", "price", "times"), [("price", "together", 1.0), ("price", "apart", 3.0), ("budget", "together", 2.1),
                                                        ("leads", "together", 2.1)])
def test_the_further_apart_the_two_are_the_oftener_they_fall_out(about, price, times):
    """λ(1 + 2m): m is 0 or 1 for a price, 1 − T for a budget and for leads, with trust frozen at .45."""
    more = {"culture.conflicts.slope": 2.0, "culture.conflicts.about": {about: 1.0}, "culture.conflicts.price": price,
            "culture.frozen": True, "culture.conflicts.hours": 0}
    within_four_errors([arisen(only_disputes(2.0, 1, **more), seed, 60) for seed in SEEDS], 120 * times)


@pytest.mark.parametrize("shared", [0.0, 0.53, 0.9])
def test_the_mean_of_two_forecasts_errs_less_by_what_they_do_not_share(shared):
    """√((1 + ρ)/2): .875 at .53 (case 21)."""
    assert error_of_mean(0.53) == pytest.approx(0.875, abs=5e-4)
    within_four_errors([spread_of_mean(shared, seed) for seed in SEEDS], error_of_mean(shared))


def test_who_forecasts_together_goes_by_the_mean_of_both():
    made = load("silo").but({"run.weeks": 30, "market.customers": 400, "company.forecasts.made": True,
                             "practices.joint_forecast.hours": 1})
    together = SalesMarketingModel(made, 3)
    together.run_for(92)
    rows = together.world.forecasts
    assert rows["by_rep"].sum() > 0
    np.testing.assert_array_equal(rows["plan"], (rows["by_rep"] + rows["by_marketing"]) / 2)


@pytest.mark.parametrize(("selling", "share"), [(0.34, 0.261), (0.31, 0.279)])
def test_the_best_split_of_a_budget_goes_by_elasticities(selling, share):
    """A^a·S^b with A + S given is largest at A's share a/(a + b): .261 and .279 at a .12 (Dorfman & Steiner; case 18)."""
    best = optimize.minimize_scalar(lambda x: -(0.12 * math.log(x) + selling * math.log(1 - x)), bounds=(0.01, 0.99), method="bounded").x
    assert best == pytest.approx(0.12 / (0.12 + selling), abs=1e-4)
    assert best == pytest.approx(share, abs=5e-4)
