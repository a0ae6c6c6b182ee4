"""Two near scenarios on the same luck differ by what differs between them, and by little else."""

from __future__ import annotations

import numpy as np
import pytest
from worlds import SMALL, runs, scenario

#: A ratio of two variances takes many worlds: with 12, groups of the same scenario gave from .09 to .34.
SEEDS = range(36)


SIZE = SMALL | {"run.weeks": 39, "market.customers": 1200, "company.reps": 4}


@pytest.fixture(scope="module")
def silo():
    return runs(scenario(SIZE), SEEDS)


@pytest.fixture(scope="module")
def pairs(silo):
    return silo, runs(scenario(SIZE, {"practices.meetings.every": "4 weeks"}), SEEDS)


def ratio(one, other, kpi):
    """Variance of the difference on the same luck, as a share of what it would be on luck of their own."""
    a, b = (np.array([run.kpis[kpi] for run in side]) for side in (one, other))
    found = (b - a).var(ddof=1) / (a.var(ddof=1) + b.var(ddof=1))
    print(f"paired variance of {kpi}: {found:.3f} of the independent one")  # noqa: T201
    return found


@pytest.mark.parametrize("kpi", ["leads", "revenue", "opportunities", "win_rate"])
def test_a_small_change_on_the_same_luck_makes_a_small_difference(silo, kpi):
    near = runs(scenario(SIZE, {"leads.age_seen": 0.11}), SEEDS)
    assert ratio(silo, near, kpi) < 0.3


def test_meetings_on_the_same_luck_tell_in_fewer_runs(pairs):
    assert ratio(*pairs, "revenue") < 0.6
    assert ratio(*pairs, "leads") < 0.8


def test_nothing_differs_before_the_first_meeting(pairs):
    for one, other in zip(*pairs, strict=True):
        for name in ("revenue", "selling_hours", "opportunities", "trust_sales_in_marketing"):
            np.testing.assert_array_equal(one.days[name][:28], other.days[name][:28])
