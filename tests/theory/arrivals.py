"""Leads counted day by day, and how well the counts are those of a Poisson stream."""

from __future__ import annotations

import numpy as np
from scipy import stats

from smsim import play


def daily(made, seeds, wanted):
    """Leads of a kind born on each day of each world: `wanted` turns the lead log into one flag a lead."""
    found = []
    for seed in seeds:
        leads = play(made, seed, leads=True).leads
        day = leads["created"].astype(int)
        found.append(np.bincount(day[wanted(leads)], minlength=made["run.weeks"] * 7))
    return np.concatenate(found)


def chance_of_counts(counts, mean):
    """χ² of counts against Poisson(mean), in classes of at least ten expected days."""
    n, edges = len(counts), np.arange(int(counts.max()) + 2)
    inner = [k for k in edges if min(stats.poisson.cdf(k, mean), stats.poisson.sf(k, mean)) * n >= 10]
    expected = n * np.diff(np.concatenate([[0.0], stats.poisson.cdf(inner, mean), [1.0]]))
    seen, _ = np.histogram(counts, [-0.5, *(k + 0.5 for k in inner), np.inf])
    return stats.chisquare(seen, expected).pvalue


def everybody(leads):
    return np.ones(len(leads["created"]), bool)


def owned(leads):
    return np.isfinite(leads["routed"])


def accepted(leads):
    return leads["outcome"] != "rejected"
