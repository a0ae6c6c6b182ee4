"""Luck has an address: uniform, independent, the same wherever it is asked for."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from smsim.core.kernel import kernel
from smsim.core.luck import Luck, bits, exponential, high, low, luck, normal, replication_seed, stream_key

N = 20_000


@kernel
def draw(kind, key, identities, times, out):
    """Many draws at once."""
    for i in range(len(out)):
        if kind == 0:
            out[i] = luck(key, identities[i], times[i])
        elif kind == 1:
            out[i] = exponential(key, identities[i], times[i])
        elif kind == 2:
            out[i] = normal(key, identities[i], times[i])
        elif kind == 3:
            out[i] = high(bits(key, identities[i], times[i]))
        else:
            out[i] = low(bits(key, identities[i], times[i]))


def draws(kind=0, name="a.b", identity=None, time=None, seed=1, n=N):
    count = np.arange(n)
    out = np.zeros(n)
    identities = count if identity is None else np.full(n, identity)
    times = np.zeros(n, int) if time is None else count if time == "all" else np.full(n, time)
    draw(kind, stream_key(seed, name), identities, times, out)
    return out


@pytest.mark.parametrize("how", [{"identity": None}, {"identity": 5, "time": "all"}, {"identity": None, "time": 2**40}])
@pytest.mark.parametrize(("kind", "law"), [(0, "uniform"), (1, "expon"), (2, "norm"), (3, "uniform"), (4, "uniform")])
def test_draws_follow_their_law(kind, law, how):
    assert stats.kstest(draws(kind, **how), law).pvalue > 1e-3


@pytest.mark.parametrize("other", [{"name": "a.c"}, {"seed": 2}, {"time": 1}])
def test_neighbouring_addresses_know_nothing_of_each_other(other):
    one, two = draws(), draws(**other)
    table = np.histogram2d(one, two, bins=8, range=[[0, 1], [0, 1]])[0]
    assert stats.chisquare(table.ravel()).pvalue > 1e-3
    assert abs(np.corrcoef(one, two)[0, 1]) < 4 / np.sqrt(N)


@pytest.mark.parametrize("lag", [1, 2, 7, 64])
def test_one_identity_after_the_other_knows_nothing_of_it(lag):
    one = draws(identity=None)
    assert abs(np.corrcoef(one[lag:], one[:-lag])[0, 1]) < 4 / np.sqrt(N)
    table = np.histogram2d(one[lag:], one[:-lag], bins=8, range=[[0, 1], [0, 1]])[0]
    assert stats.chisquare(table.ravel()).pvalue > 1e-3


def test_the_halves_of_one_draw_are_two_draws():
    assert abs(np.corrcoef(draws(3), draws(4))[0, 1]) < 4 / np.sqrt(N)


def test_a_draw_is_strictly_between_nothing_and_one():
    every = np.concatenate([draws(kind) for kind in (0, 3, 4)])
    assert every.min() > 0
    assert every.max() < 1


def test_the_same_address_is_the_same_draw_in_any_order():
    key = stream_key(3, "x.y")
    assert luck(key, 7, 9) == luck(key, 7, 9)
    assert luck(key, 7, 9) != luck(key, 9, 7)


def test_each_stream_has_a_key_of_its_own():
    found = Luck(1, "part", ("one", "two")).keys
    assert found["one"][0] == stream_key(1, "part.one")
    assert found["one"][0] != found["two"][0]
    assert len({int(stream_key(seed, name)) for seed in range(100) for name in ("a", "b", "a.b")}) == 300


def test_a_replication_has_the_same_seed_whatever_the_study():
    assert replication_seed(1, 3) == replication_seed(1, 3)
    seeds = {replication_seed(study, number) for study in range(50) for number in range(50)}
    assert len(seeds) == 2500
    assert all(0 <= seed < 2**53 for seed in seeds)
