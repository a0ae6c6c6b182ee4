"""Leads go cold as the mixture of their two patiences says, whatever it is that they wait for."""

from __future__ import annotations

import math

import pytest
from formulas import still_warm, warm_when_called, within_four_errors
from waiting import AUDITED, cold_share, delayed, share_warm


@pytest.mark.parametrize(("answers", "patience"), [
    (AUDITED, [(0.97, 25 / 60), (0.03, 72.0)]), (AUDITED, [(0.80, 25 / 60), (0.20, 72.0)]), ([(1.0, 4.0)], [(0.5, 2.0), (0.5, 30.0)]),
], ids=["audited, w .97", "audited, w .80", "one response, w .50"])
def test_the_share_warm_when_called_is_that_of_two_mixtures(answers, patience):
    """E[S(RT)] = Σ_i Σ_j w_i v_j / (1 + m_i/τ_j) (case 6): .2555 and .3442 at the audited response times."""
    exact = warm_when_called(answers, patience)
    assert abs(share_warm(answers, patience) - exact) < 4 * math.sqrt(exact * (1 - exact) / 200_000)


@pytest.mark.parametrize(("hours", "share"), [(0.5, 0.8), (24.0, 0.5)])
def test_a_firm_that_always_answers_after_the_same_time_finds_the_survivors(hours, share):
    """1 − cold share = S(t) = w·e^{−t/a} + (1 − w)·e^{−t/b}, on the model: no queue, only a delay."""
    exact = float(still_warm(hours, share, 25 / 60, 72))
    found = [cold_share(delayed(hours, share), seed) for seed in range(10)]
    within_four_errors(found, 1 - exact)
