"""Queues are exact: with one class of patience and exponential calls the model is M/M/c+M, whose formulas are known.

Erlang-A: Palm (1957), Garnett, Mandelbaum & Reiman (2002). Erlang-C: Erlang (1917). Tolerance: four standard errors over replications.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from smsim import load, play

SEEDS = range(20)


def erlang_a(arrivals, service, servers, theta, size=4000):
    """Share that abandons, mean number waiting, chance to wait, by the stationary distribution of the birth–death chain."""
    logs = np.zeros(size)
    for n in range(1, size):
        logs[n] = logs[n - 1] + math.log(arrivals) - math.log(min(n, servers) * service + max(0, n - servers) * theta)
    p = np.exp(logs - logs.max())
    p /= p.sum()
    waiting = float((np.maximum(0, np.arange(size) - servers) * p).sum())
    return theta * waiting / arrivals, waiting, float(p[servers:].sum())


def firm(arrivals, servers, theta, weeks=4, **more):
    patience = "never" if theta == 0 else f"{1 / theta!r} hours"
    return load("queue").but({
        "leads.arrivals": arrivals * 168, "company.reps": servers, "leads.decay.impatient_share": 0.0, "leads.decay.patient_mean": patience,
        "run.weeks": weeks, "run.warm_up": "2 days", **more})


def measured(made):
    """Per replication: share abandoned, mean wait of all (hours), share that waits, of leads that had the time to end."""
    found = []
    for seed in SEEDS:
        leads = play(made, seed, leads=True).leads
        settled = (leads["created"] > 2) & (leads["created"] < made["run.weeks"] * 7 - 1)
        cold = np.char.startswith(leads["outcome"].astype(str), "cold")[settled]
        until = np.where(cold, leads["closed"][settled], leads["first_touch"][settled])
        wait = (until - leads["created"][settled]) * 24
        found.append((cold.mean(), np.nanmean(wait), np.nanmean(wait > 1e-9)))
    return np.array(found)


def within_four_errors(values, exact):
    error = values.std(ddof=1) / math.sqrt(len(values))
    assert abs(values.mean() - exact) < 4 * error + 1e-12, f"{values.mean():.5f} ± {error:.5f} against {exact:.5f}"


@pytest.mark.parametrize(("arrivals", "servers", "theta", "abandoned"), [
    (10.0, 10, 0.5, 0.103913), (12.0, 10, 0.5, 0.195656), (10.0, 10, 1.0, 0.125110),
])
def test_as_many_leads_go_cold_as_erlang_a_says(arrivals, servers, theta, abandoned):
    exact, waiting, delayed = erlang_a(arrivals, 1.0, servers, theta)
    assert exact == pytest.approx(abandoned, abs=2e-6)
    found = measured(firm(arrivals, servers, theta))
    within_four_errors(found[:, 0], exact)
    within_four_errors(found[:, 1], waiting / arrivals)
    within_four_errors(found[:, 2], delayed)


def test_who_waits_for_ever_waits_as_erlang_c_says():
    found = measured(firm(8.0, 10, 0.0, weeks=6))
    assert (found[:, 0] == 0).all()
    within_four_errors(found[:, 2], 0.40918)
    within_four_errors(found[:, 1], 0.20459)


def test_the_order_of_calls_changes_who_goes_cold_but_not_how_many_wait():
    """Patience is exponential: whoever is called first, as many abandon."""
    exact, _, delayed = erlang_a(10.0, 1.0, 10, 0.5)
    found = measured(firm(10.0, 10, 0.5, **{"leads.priority": "newest"}))
    within_four_errors(found[:, 0], exact)
    within_four_errors(found[:, 2], delayed)


def test_a_single_rep_with_calls_of_fixed_length_waits_as_pollaczek_and_khinchine_say():
    made = firm(0.7, 1, 0.0, weeks=20, **{"selling.call.distribution": "fixed"})
    found = measured(made)
    within_four_errors(found[:, 1], 0.7 / (2 * (1 - 0.7)))


def test_calls_run_across_midnight():
    leads = play(firm(10.0, 10, 0.5), 1, leads=True).leads
    touched = leads["first_touch"][np.isfinite(leads["first_touch"])] % 1
    counts = np.histogram(touched, bins=24, range=(0, 1))[0]
    assert counts.min() > 0.7 * counts.mean()
