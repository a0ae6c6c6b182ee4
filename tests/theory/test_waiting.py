"""Queues are exact: with one class of patience and exponential calls the model is M/M/c+M, whose formulas are known.

A setting is (λ, μ, c, θ) per hour: arrivals, calls a rep can make, reps, leads that go cold. Tolerance: four standard errors over worlds.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from formulas import erlang_a, erlang_c, fluid, impatient_as_served, pollaczek_khinchine, within_four_errors
from waiting import queue, waits, words

from smsim import play, run
from smsim.scenario import load_all

SEEDS = range(20)


@pytest.mark.parametrize("setting", [(10, 1, 10, 0.5), (12, 1, 10, 0.5), (4, 1.5, 3, 0.8)], ids=str)
def test_as_many_leads_go_cold_and_wait_as_long_as_erlang_a_says(setting):
    """P(abandon) = θ·Lq/λ, E[W] = Lq/λ, P(wait) = Σ_{n ≥ c} p_n over the birth–death chain (case 2)."""
    abandoned, waiting, delayed = erlang_a(*setting)
    found = waits(queue(setting), SEEDS)
    within_four_errors(found[:, 0], abandoned)
    within_four_errors(found[:, 1], waiting / setting[0])
    within_four_errors(found[:, 2], delayed)


@pytest.mark.parametrize("setting", [(10, 1, 10, 1), (6, 2, 4, 2)], ids=str)
def test_leads_as_impatient_as_calls_are_long_make_a_poisson_crowd(setting):
    """θ = μ: the number waiting or called is Poisson(λ/μ), P(abandon) = E(N − c)⁺·μ/λ, E[W] = P(abandon)/θ (case 2b)."""
    exact = impatient_as_served(setting[0] / setting[1], setting[2])
    found = waits(queue(setting), SEEDS)
    within_four_errors(found[:, 0], exact)
    within_four_errors(found[:, 1], exact / setting[3])


@pytest.mark.parametrize("setting", [(30, 1, 10, 0.5), (25, 2, 5, 0.4)], ids=str)
def test_under_great_load_only_those_there_is_time_for_are_called(setting):
    """P(abandon) → 1 − c·μ/λ, E[W] = P(abandon)/θ (case 2c)."""
    exact = fluid(*setting[:3])
    found = waits(queue(setting), range(10))
    within_four_errors(found[:, 0], exact)
    within_four_errors(found[:, 1], exact / setting[3])


@pytest.mark.parametrize("setting", [(8, 1, 10, 0), (5, 2, 3, 0)], ids=str)
def test_who_waits_for_ever_waits_as_erlang_c_says(setting):
    """P(wait) = C(c, λ/μ), E[W] = C/(cμ − λ), nobody abandons (case 3)."""
    chance, wait = erlang_c(*setting[:3])
    found = waits(queue(setting, weeks=6), SEEDS)
    assert (found[:, 0] == 0).all()
    within_four_errors(found[:, 1], wait)
    within_four_errors(found[:, 2], chance)


def test_the_order_of_calls_changes_who_goes_cold_but_not_how_many_wait():
    """Patience is exponential: whoever is called first, as many abandon."""
    exact, waiting, delayed = erlang_a(10.0, 1.0, 10, 0.5)
    found = waits(queue((10, 1, 10, 0.5), **{"leads.priority": "newest"}), SEEDS)
    within_four_errors(found[:, 0], exact)
    within_four_errors(found[:, 1], waiting / 10)
    within_four_errors(found[:, 2], delayed)


def test_a_single_rep_with_calls_of_fixed_length_waits_as_pollaczek_and_khinchine_say():
    """E[W] = ρ/(2μ(1 − ρ)) (M/D/1)."""
    found = waits(queue((0.7, 1, 1, 0), weeks=20, **{"selling.call.distribution": "fixed"}), SEEDS)
    within_four_errors(found[:, 1], pollaczek_khinchine(0.7, 1.0))


def test_calls_run_across_midnight():
    """Calls begin at every hour alike: each of 24 counts is Poisson, about √n from the mean."""
    leads = play(queue((10, 1, 10, 0.5)), 1, leads=True).leads
    touched = leads["first_touch"][np.isfinite(leads["first_touch"])] % 1
    counts = np.histogram(touched, bins=24, range=(0, 1))[0]
    assert np.abs(counts - counts.mean()).max() < 4.5 * math.sqrt(counts.mean())


def test_the_key_figures_of_a_study_are_those_of_the_queue():
    """From the words of `--set` to the table of runs: `cold_share` is P(abandon)."""
    setting = (12, 1, 10, 0.5)
    said = [f"{key}={value}" for key, value in words(*setting).items()]
    results = run(load_all(["queue"], said), replications=12, weeks=5)
    within_four_errors(results.runs["cold_share"], erlang_a(*setting)[0])
