"""A Poisson stream that is thinned is one, streams that join are one, and the parts know nothing of each other."""

from __future__ import annotations

import math

import numpy as np
import pytest
from arrivals import accepted, chance_of_counts, daily, everybody, owned
from firms import only_arrivals
from formulas import score_at_least

SEEDS = range(1, 9)
#: Below this a deviation is no longer taken for chance; seeds are fixed.
CHANCE = 1e-4


@pytest.mark.parametrize(("often", "share"), [(10.0, 0.3), (4.0, 0.8)])
def test_a_stream_of_which_each_lead_is_owned_by_chance_is_two_streams(often, share):
    """Poisson(λ) accepted with p is Poisson(λp), the rest Poisson(λ(1 − p)), and the two are independent (case 25)."""
    made = only_arrivals(often, **{"leads.unowned": 1 - share})
    taken = daily(made, SEEDS, owned)
    left = daily(made, SEEDS, lambda leads: ~owned(leads))
    assert chance_of_counts(taken + left, often) > CHANCE
    assert chance_of_counts(taken, often * share) > CHANCE
    assert chance_of_counts(left, often * (1 - share)) > CHANCE
    assert abs(np.corrcoef(taken, left)[0, 1]) < 4 / math.sqrt(len(taken))


@pytest.mark.parametrize(("often", "bar", "auc"), [(10.0, 0.42, 0.7), (6.0, 0.6, 0.9)])
def test_what_passes_a_bar_of_scores_is_a_stream(often, bar, auc):
    """Idlers score s or more with chance p = 1 − Φ(Φ⁻¹(s) + μ/2): accepted leads are Poisson(λp)."""
    made = only_arrivals(often, **{"leads.threshold": 0, "leads.reject_below": bar, "leads.score_auc": auc})
    assert chance_of_counts(daily(made, SEEDS, accepted), often * score_at_least(bar, auc)) > CHANCE


def test_two_streams_that_join_are_one():
    """Poisson(λ₁) and Poisson(λ₂) of their own luck add up to Poisson(λ₁ + λ₂)."""
    one = daily(only_arrivals(3.0), SEEDS, everybody)
    other = daily(only_arrivals(5.0), range(101, 109), everybody)
    assert chance_of_counts(one + other, 8.0) > CHANCE


def test_counts_that_are_no_poisson_counts_are_found_out():
    """The test can fail: the same days with their leads moved to every other day."""
    counts = daily(only_arrivals(10.0), SEEDS, everybody)
    assert chance_of_counts(counts[::2] * 2, 20.0) < CHANCE
    assert chance_of_counts(counts, 10.5) < CHANCE
