"""Case 24: how many customers it takes to see what advertising brings, and how wide the interval is with fewer."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from smsim.mechanisms.roi import arm, return_on


def test_to_tell_a_return_of_a_quarter_from_none_takes_24_million_customers_in_each_group():
    assert arm(75.0, 0.07) == pytest.approx(2.4e7, rel=0.01)
    z = stats.norm.ppf(0.975) + stats.norm.ppf(0.9)
    assert arm(75.0, 0.07) == pytest.approx(2 * z**2 * 75.0**2 / 0.07**2, rel=1e-12)


def test_with_as_many_as_it_takes_nine_in_ten_tests_see_it():
    sd, effect = 2.0, 0.5
    customers, rng = round(arm(sd, effect)), np.random.default_rng(1)
    seen = [return_on(rng.normal(effect, sd, customers), rng.normal(0.0, sd, customers), effect).low > -1.0 for _ in range(2000)]
    assert np.mean(seen) == pytest.approx(0.9, abs=4 * (0.9 * 0.1 / 2000) ** 0.5)


def test_four_times_the_customers_make_half_the_interval():
    rng = np.random.default_rng(2)
    few, many = (return_on(rng.normal(1, 3, n), rng.normal(0, 3, n), 1.0) for n in (20_000, 80_000))
    assert (few.high - few.low) / (many.high - many.low) == pytest.approx(2.0, rel=0.02)
