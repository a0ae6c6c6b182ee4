"""Fact 4: the fractional logit finds what it was fed, and a rep-quarter is what one person did."""

from __future__ import annotations

import numpy as np
import pytest

from smsim import SalesMarketingModel, load
from smsim.facts import who_follows_up as fact


def test_the_fractional_logit_finds_the_coefficients_the_shares_were_made_with() -> None:
    x = np.random.default_rng(1).normal(size=(400, 3))
    x[:, 0] = 1.0
    made = np.array([-0.8, 0.3, -0.5])
    assert fact.fractional_logit(1 / (1 + np.exp(-x @ made)), x) == pytest.approx(made, abs=1e-8)


def test_shares_of_nothing_and_of_all_are_shares_too() -> None:
    share, ones = np.array([0.0, 1.0, 0.0, 0.0]), np.ones((4, 1))
    assert fact.fractional_logit(share, ones) == pytest.approx([np.log(0.25 / 0.75)])


def test_a_rep_who_was_there_counts_once_a_quarter_with_the_hours_he_planned() -> None:
    plot = load("silo").but({"market.customers": 400, "company.reps": 2, "company.marketers": 1, "run.weeks": 26,
                             "selling.plan": {"leads": 0.25, "prospects": 0.75}, "market.demand.asking": 7.0})
    share, known = fact.observe(SalesMarketingModel(plot, 1), 1)
    assert share == pytest.approx([0.25, 0.25], abs=0.05)
    assert known[:, 0].tolist() == [1.0, 1.0]
    assert known[:, 1].tolist() == [3.0, 3.0]
    assert known[:, 2].sum() == pytest.approx(0.0, abs=1e-9)


def test_all_eight_signs_are_counted_each_in_its_own_direction() -> None:
    firm = {"level": 0.0, "experience": 0.0, "performance": 0.0}
    means = {world: dict(firm) for world in fact.WORLDS}
    for world, number, sign in fact.SIGNS:
        means[world][number] = 0.1 * sign
    assert fact.as_found(means) == 8
    means["volume"]["level"] = -0.1
    assert fact.as_found(means) == 7
