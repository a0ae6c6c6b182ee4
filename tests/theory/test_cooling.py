"""Leads go cold as the mixture of their two patiences says, whatever it is that they wait for."""

from __future__ import annotations

import math

import numpy as np
import pytest
from formulas import still_warm, warm_when_called, within_four_errors
from waiting import delayed

from smsim import play
from smsim.core.kernel import kernel
from smsim.core.luck import stream_key
from smsim.mechanisms.decay import Decay, goes_cold

#: How long firms took to answer, as audited: shares and means in hours.
AUDITED = [(0.61, 39 / 60), (0.39, 106.5)]


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


def cold_share(made, seed):
    """Share that went cold, of leads born early enough to have been called."""
    leads = play(made, seed, leads=True).leads
    settled = leads["created"] < made["run.weeks"] * 7 - 3
    assert (leads["outcome"][settled] != "open").all()
    return np.char.startswith(leads["outcome"][settled].astype(str), "cold").mean()
