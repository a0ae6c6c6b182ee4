"""The formulas themselves give the numbers of the table of exact cases, to its printed digits."""

from __future__ import annotations

import math

import pytest
from formulas import (
    duration,
    erlang_a,
    erlang_c,
    fluid,
    goodwill,
    impatient_as_served,
    mean_staleness,
    pollaczek_khinchine,
    random_walk_filter,
    remembered,
    staleness_by_days,
    trust_at_rest,
    warm_when_called,
)

ANSWERS = [(0.61, 39 / 60), (0.39, 106.5)]


@pytest.mark.parametrize(("setting", "table"), [
    ((10, 1, 10, 0.5), (0.103913, 2.078264, 0.619655)), ((12, 1, 10, 0.5), (0.195656, 4.695743, 0.850385)),
])
def test_erlang_a_is_as_tabled(setting, table):
    assert erlang_a(*setting) == pytest.approx(table, abs=6e-7)


def test_who_is_as_impatient_as_calls_are_long_makes_a_poisson_number():
    assert erlang_a(10, 1, 10, 1)[0] == pytest.approx(0.125110, abs=6e-7)
    assert impatient_as_served(10, 10) == pytest.approx(erlang_a(10, 1, 10, 1)[0], rel=1e-10)


def test_great_load_is_a_fluid():
    assert fluid(30, 1, 10) == pytest.approx(0.6667, abs=5e-5)
    assert erlang_a(30, 1, 10, 0.5)[0] == pytest.approx(fluid(30, 1, 10), abs=1e-6)


def test_erlang_c_is_as_tabled_and_the_limit_of_erlang_a():
    assert erlang_c(8, 1, 10) == pytest.approx((0.40918, 0.20459), abs=6e-6)
    _, waiting, chance = erlang_a(8, 1, 10, 1e-9)
    assert (chance, waiting / 8) == pytest.approx(erlang_c(8, 1, 10), abs=1e-6)


def test_fixed_calls_make_half_the_wait_of_exponential_ones():
    assert pollaczek_khinchine(0.7, 1.0) == pytest.approx(erlang_c(0.7, 1.0, 1)[1] / 2)


@pytest.mark.parametrize(("share", "table"), [(0.97, 0.2555), (0.80, 0.3442)])
def test_the_share_warm_at_audited_response_times_is_as_tabled(share, table):
    assert warm_when_called(ANSWERS, [(share, 25 / 60), (1 - share, 72)]) == pytest.approx(table, abs=6e-5)


def test_carry_over_is_as_tabled():
    kept = 0.736
    assert goodwill(1, kept) == pytest.approx(3.788, abs=6e-4)
    assert duration(0.5, kept) == pytest.approx(2.26, abs=6e-3)
    assert duration(0.9, kept) == pytest.approx(7.5, abs=0.06)


@pytest.mark.parametrize(("moves", "noise", "gain"), [(1, 1, 0.618034), (1, 4, 0.390388), (0.25, 1, 0.390388)])
def test_the_gain_about_a_random_walk_is_as_tabled(moves, noise, gain):
    assert random_walk_filter(moves, noise)[1] == pytest.approx(gain, abs=6e-7)


@pytest.mark.parametrize(("every", "table"), [(1, 0.09365), (4, 0.31166)])
def test_the_error_of_periodic_news_is_as_tabled(every, table):
    assert mean_staleness(0.1, every) == pytest.approx(table, abs=6e-6)


@pytest.mark.parametrize("every", [7, 28, 364])
def test_counted_by_days_the_news_is_half_a_day_older_or_younger(every):
    """Ages 1 to T and 0 to T − 1 enclose the continuous mean; the trapezoid between them is near it to the second order in kT/n."""
    rate = 0.1 / 7
    older, younger = staleness_by_days(rate, 1, every), staleness_by_days(rate, 0, every - 1)
    assert younger < mean_staleness(rate, every) < older
    assert (older + younger) / 2 == pytest.approx(mean_staleness(rate, every), abs=1e-4)


def test_a_slow_need_is_a_random_walk():
    """As k → 0 at variance rate σ² = 2k the error is σ²T/2."""
    assert mean_staleness(1e-6, 4) == pytest.approx(2e-6 * 4 / 2, rel=1e-4)


@pytest.mark.parametrize(("good", "table"), [(0.7, 0.5385), (0.8, 0.6667)])
def test_trust_at_rest_is_as_tabled(good, table):
    assert trust_at_rest(good, 2) == pytest.approx(table, abs=6e-5)


@pytest.mark.parametrize("harshness", [1, 2, 3.5])
def test_trust_is_a_half_where_good_news_outweighs_bad(harshness):
    assert trust_at_rest(harshness / (1 + harshness), harshness) == pytest.approx(0.5)


def test_a_memory_of_95_percent_is_twenty_weeks_deep():
    assert remembered(1, 0.95) == pytest.approx(20)
    assert remembered(1, 0.95, math.log(0.5) / math.log(0.95)) == pytest.approx(10)
