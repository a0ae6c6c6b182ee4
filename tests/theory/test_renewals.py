"""Case 16: customers who stay or leave, and what they are worth (shifted beta-geometric, Fader & Hardie 2007)."""

from __future__ import annotations

import math

import numpy as np
import pytest
from contracts import HUNDRED, lifetime_value, only_renewals, residual, retention_at, stays, still_there
from formulas import customer_value, mixed_value, retention_rate, still_customers, value_elasticity, within_four_errors

from smsim import SalesMarketingModel

WORLDS = range(8)


def test_the_formulas_are_those_of_the_case():
    assert [round(still_customers(1, 4, t), 5) for t in (1, 2, 5, 10)] == [0.8, 0.66667, 0.44444, 0.28571]
    assert customer_value(100, 0.85, 0.1) == pytest.approx(440)
    assert customer_value(100, 0.85, 0.1) - 100 == pytest.approx(340)
    assert value_elasticity(0.85, 0.1) == pytest.approx(3.4)
    assert mixed_value(85e4, 1e-9, 0.1) == pytest.approx(0, abs=1e-9)


def test_many_customers_are_followed_to_the_end():
    assert all(len(stays(1, 4, seed)[0]) > 2000 for seed in WORLDS)


@pytest.mark.parametrize("shape", [(1, 4), (1, 6), (0.5, 0.5)])
@pytest.mark.parametrize("t", [1, 2, 5, 10])
def test_as_many_stay_as_the_shifted_beta_geometric_says(shape, t):
    within_four_errors([still_there(*shape, seed, t) for seed in WORLDS], still_customers(*shape, t))


@pytest.mark.parametrize("t", [1, 2, 5])
def test_those_who_have_stayed_are_likelier_to_stay(t):
    within_four_errors([retention_at(1, 4, seed, t) for seed in WORLDS], retention_rate(1, 4, t))


def test_a_customer_of_constant_retention_is_worth_440():
    for seed in (0, 1):
        assert lifetime_value(1.5e5, 8.5e5, 0.1, seed) == pytest.approx(440, rel=1e-3)
        assert lifetime_value(1.5e5, 8.5e5, 0.1, seed) - 100 == pytest.approx(340, rel=1e-3)


def test_one_percent_better_retention_is_worth_3_4_percent():
    low, high = (lifetime_value((1 - r) * 1e6, r * 1e6, 0.1, 0) for r in (0.849, 0.851))
    assert math.log(high / low) / math.log(0.851 / 0.849) == pytest.approx(3.4, abs=0.02)


@pytest.mark.parametrize("shape", [(1, 4), (1, 6)])
def test_unlike_customers_are_worth_the_sum_of_those_who_stay(shape):
    within_four_errors([lifetime_value(*shape, 0.1, seed) for seed in WORLDS], 100 + 100 * mixed_value(*shape, 0.1))


@pytest.mark.parametrize("t", [0, 3])
def test_who_has_stayed_is_worth_more_than_a_new_customer(t):
    within_four_errors([residual(1, 4, 0.1, seed, t) for seed in WORLDS], mixed_value(1, 4, 0.1, t))


def test_what_is_promised_of_customers_is_paid_in_the_end():
    """The renewals of all years, discounted to the day of the sale, add up to what customers were worth when they were won."""
    found = []
    for seed in range(6):
        model = SalesMarketingModel(only_renewals(4, 4, 4, 200, **HUNDRED, **{"market.accounts.discount": 10}), seed)
        model.run_for(1400)
        run = model.result()
        days, gained = model.record.days(), model.record.days()["customers_gained"].sum()
        factor = 11 ** (-(days["day"] // 28) * 28 / 364)
        first = days["revenue"] - days["renewal_revenue"]
        assert first[28:].sum() == 0
        assert run.kpis["deals_won"] >= gained
        found.append(100 + (days["renewal_revenue"] * factor).sum() / gained - run.kpis["customer_lifetime_value"])
    within_four_errors(np.array(found), 0)
