"""Firms that are nothing but a queue, or nothing but a delay; what their leads waited, and how many were still warm."""

from __future__ import annotations

import functools

import numpy as np

from smsim import load, play
from smsim.core.kernel import kernel
from smsim.core.luck import stream_key
from smsim.mechanisms.decay import Decay, goes_cold

#: How long firms took to answer, as audited: shares and means in hours.
AUDITED = [(0.61, 39 / 60), (0.39, 106.5)]


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


def cold_share(made, seed):
    """Share that went cold, of leads born early enough to have been called."""
    leads = play(made, seed, leads=True).leads
    settled = leads["created"] < made["run.weeks"] * 7 - 3
    assert (leads["outcome"][settled] != "open").all()
    return np.char.startswith(leads["outcome"][settled].astype(str), "cold").mean()


@kernel
def patiences(key, decay, out):
    """Many leads' patience, in days."""
    for i in range(len(out)):
        out[i] = goes_cold(key, i, decay[0])


def share_warm(answers, patience, count=200_000):
    """Share of leads that are warm when called, of so many with luck of their own."""
    shares, means = zip(*answers, strict=True)
    rng = np.random.default_rng(6)
    answered = rng.exponential(np.array(means)[rng.choice(len(means), count, p=shares)])
    (share, quick), (_, slow) = patience
    decay = Decay(impatient_share=share, impatient_mean=f"{quick!r} hours", patient_mean=f"{slow!r} hours")
    out = np.zeros(count)
    patiences(stream_key(1, "theory.patience"), decay.row(), out)
    return (out * 24 > answered).mean()
