"""Intervals, stops and choices are right as often as they say, in worlds whose truth is known; the large study is `make coverage`."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from smsim.experiment.selection import h_squared
from studies.coverage_trials import Rate, holds, least_favourable, until_chosen, until_precise, without_look_ahead


@pytest.fixture
def pool() -> dict[str, np.ndarray]:
    luck = np.random.default_rng(5)
    shared = luck.normal(0.0, 8.0, 3000)
    return {name: 100.0 + shared + luck.normal(gain, 4.0, 3000) for name, gain in (("base", 0.0), ("one", 1.0), ("two", 2.0))}


def test_intervals_cover_the_truth(pool: dict[str, np.ndarray]) -> None:
    gaps = pool["one"] - pool["base"]
    assert holds(gaps, float(gaps.mean()), 10, 20_000, np.random.default_rng(1)).share == pytest.approx(0.95, abs=0.01)
    assert holds(gaps, float(gaps.mean()) + 3.0, 10, 2000, np.random.default_rng(1)).share < 0.8


def test_a_study_that_stopped_when_it_was_precise_covers_the_truth_as_often(pool: dict[str, np.ndarray]) -> None:
    told = until_precise(pool["one"], pool["base"], 0.02, 400, np.random.default_rng(2))
    assert told.covers.share == pytest.approx(0.95, abs=0.035)
    assert told.missed == 0
    with without_look_ahead():
        assert until_precise(pool["one"], pool["base"], 0.02, 400, np.random.default_rng(2)).worlds < told.worlds - 3


def test_independent_worlds_take_as_many_more_as_the_variances_say(pool: dict[str, np.ndarray]) -> None:
    luck = np.random.default_rng(3)
    same, apart = (until_precise(pool["one"], pool["base"], 0.015, 100, luck, apart=apart).worlds for apart in (False, True))
    assert apart / same == pytest.approx((2 * 64 + 2 * 16) / (2 * 16), rel=0.25)


def test_the_best_is_chosen_as_often_as_promised_where_it_is_hardest(pool: dict[str, np.ndarray]) -> None:
    told = until_chosen(least_favourable(pool, 0.03), 0.03, 300, np.random.default_rng(4))
    assert told.right.share > 0.93
    assert told.runs < 3 * told.worlds


@pytest.mark.parametrize("scenarios", [2, 3, 10])
@pytest.mark.parametrize("first", [10, 20])
def test_the_lead_that_drops_a_scenario_solves_the_equation_of_the_procedure(scenarios: int, first: int) -> None:
    eta = h_squared(scenarios, first, 0.95) / (2 * (first - 1))
    assert 0.5 * (1 + 2 * eta) ** (-(first - 1) / 2) == pytest.approx(0.05 / (scenarios - 1))


def test_a_rate_says_how_well_it_is_known() -> None:
    assert str(Rate(380, 400)) == "95.0% (92.4% to 96.7%)"
