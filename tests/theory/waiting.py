"""Firms that are nothing but a queue, or nothing but a delay, and what their leads waited."""

from __future__ import annotations

import functools

import numpy as np

from smsim import load, play


@functools.cache
def nothing_but_calls():
    """The shipped scenario in which only arrivals, a pool of reps and calls are left."""
    return load("queue")


def words(arrivals, service, servers, theta):
    """The settings of a queue, as they may follow `--set`; rates are per hour."""
    return {"leads.arrivals": f"{arrivals * 168!r} per week", "selling.call.mean": f"{1 / service!r} hours", "company.reps": servers,
            "leads.decay.patient_mean": f"{1 / theta!r} hours" if theta else "never"}


def queue(setting, weeks=4, **more):
    """A queue of leads (λ, μ, c, θ)."""
    return nothing_but_calls().but(words(*setting) | {"run.weeks": weeks, "run.warm_up": "2 days"} | more)


def waits(made, seeds):
    """Per world: share abandoned, mean wait of all in hours, share that waits; of leads that had the time to start and to end."""
    found = []
    for seed in seeds:
        leads = play(made, seed, leads=True).leads
        settled = (leads["created"] > 2) & (leads["created"] < made["run.weeks"] * 7 - 1)
        cold = np.char.startswith(leads["outcome"].astype(str), "cold")[settled]
        until = np.where(cold, leads["closed"][settled], leads["first_touch"][settled])
        wait = (until - leads["created"][settled]) * 24
        assert np.isfinite(wait).all()
        found.append((cold.mean(), wait.mean(), (wait > 1e-9).mean()))
    return np.array(found)


def delayed(hours, share):
    """A firm in which every lead reaches a free rep after so many hours; two classes of patience, 25 minutes and 72 hours."""
    return queue((10, 20, 60, 0), weeks=3, **{
        "leads.latency": f"{hours!r} hours", "leads.decay.impatient_share": share, "leads.decay.impatient_mean": "25 minutes",
        "leads.decay.patient_mean": "72 hours"})
