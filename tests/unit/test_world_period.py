"""A run after its warm-up: survival and incidence against what statistics says."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from smsim.world.leads import Log
from smsim.world.outcomes import Outcome
from smsim.world.period import AGES, Period


def period(rng, n=400, end=30.0, share_open=0.2):
    log = Log(n)[:]
    log["created"] = rng.uniform(0, 20, n)
    life = rng.exponential(3.0, n)
    log["outcome"] = rng.choice([Outcome.WON, Outcome.COLD_IN_QUEUE, Outcome.EXPIRED, Outcome.STALLED], n)
    log["closed"] = np.minimum(log["created"] + life, end)
    opened = rng.random(n) < share_open
    log["outcome"][opened], log["closed"][opened] = Outcome.OPEN, np.nan
    return Period({}, log, 0.0, end, 0.6)


def by_hand(ages, died):
    """Kaplan–Meier, step by step."""
    times = np.unique(ages[died])
    surviving, out = 1.0, []
    for time in times:
        surviving *= 1 - (died & (ages == time)).sum() / (ages >= time).sum()
        out.append(surviving)
    return times, np.array(out)


def test_survival_is_kaplan_and_meiers():
    made = period(np.random.default_rng(1))
    log = made.log
    ages = (np.where(np.isnan(log["closed"]), 30.0, log["closed"]) - log["created"]) * 24
    died = ~np.isin(log["outcome"], (Outcome.OPEN, Outcome.WON))
    times, expected = by_hand(ages, died)
    found_ages, found = made.survival()
    np.testing.assert_array_equal(found_ages, times)
    np.testing.assert_allclose(found, expected, rtol=1e-12)
    scipy = stats.ecdf(stats.CensoredData(uncensored=ages[died], right=ages[~died])).sf
    np.testing.assert_allclose(scipy.probabilities[np.searchsorted(scipy.quantiles, found_ages)], found)


def test_incidences_and_those_still_open_add_up_to_all():
    made = period(np.random.default_rng(2))
    curves = made.curves()
    assert curves["age_hours"] is AGES
    together = sum(values for name, values in curves.items() if name not in ("age_hours", "surviving"))
    log = made.log
    ages = (np.where(np.isnan(log["closed"]), 30.0, log["closed"]) - log["created"]) * 24
    times, surviving = by_hand(ages, log["outcome"] != Outcome.OPEN)
    expected = 1 - np.concatenate([[1.0], surviving])[np.searchsorted(times, AGES, side="right")]
    np.testing.assert_allclose(together, expected, atol=1e-12)
    assert (np.diff(together) >= -1e-12).all()


def test_without_censoring_incidence_is_a_share():
    made = period(np.random.default_rng(3), share_open=0.0)
    curves, log = made.curves(), made.log
    last = (log["closed"] - log["created"]) * 24 <= AGES[-1]
    for outcome in (Outcome.WON, Outcome.COLD_IN_QUEUE):
        assert curves[outcome.label][-1] == pytest.approx(((log["outcome"] == outcome) & last).mean())


def test_a_period_without_leads_has_curves_of_nothing():
    made = Period({}, Log(0)[:], 0.0, 7.0, 0.6)
    assert np.isnan(made.curves()["surviving"]).all()
    assert len(made.cohort) == 0
    assert np.isnan(made.total("anything"))
