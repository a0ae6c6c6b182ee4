"""What does nothing changes nothing, and one more of anybody changes nobody else's luck (common random numbers, case 26)."""

from __future__ import annotations

import math

import numpy as np
import pytest
from pairs import pair
from waiting import queue
from worlds import PLUGINS, differing

from smsim import SalesMarketingModel, load, play

SMALL = {"run.weeks": 12, "run.warm_up": "2 weeks", "market.customers": 400, "company.reps": 3}
CHANNELS = tuple(load("b2b").tree()["channels"])


@pytest.mark.parametrize("world", ["b2b", "web", "monthly", "pledge"])
def test_who_comes_and_does_nothing_changes_no_bit(tmp_path, world):
    """A practice with a rhythm and dice of its own: the difference is 0 in every output."""
    path = tmp_path / "visited.yaml"
    path.write_text(f"extends: {world}\nplugins: [{PLUGINS / 'quiet_hour.py'}]\n", encoding="utf-8")
    visited, alone = load(str(path)).but(SMALL), load(world).but(SMALL)
    assert "quiet_hour" in SalesMarketingModel(visited, 1).world.parts
    assert differing(play(visited, 9, leads=True), play(alone, 9, leads=True)) == set()


def unattended(customers, spend):
    """A market whom nobody calls, in which money makes the same number of contacts with each customer."""
    return load("b2b").but({f"channels.{name}.spend": spend(name) for name in CHANNELS}
                           | {"company.reps": 0, "run.weeks": 26, "run.warm_up": 0, "market.customers": customers})


def by_need(customers):
    """Money in proportion to the market."""
    made = load("b2b")
    return unattended(customers, lambda name: made[f"channels.{name}.spend"] * customers / 512)


def without_end(customers):
    """More money than can buy contacts; half as much reach."""
    made = load("b2b")
    return unattended(customers, lambda name: 1e9).but({f"channels.{name}.reach": made[f"channels.{name}.reach"] / 2 for name in CHANNELS})


@pytest.mark.parametrize(("market", "before", "after"), [(by_need, 512, 513), (without_end, 300, 777)])
def test_customers_who_join_change_nothing_in_the_life_of_the_others(market, before, after):
    """Windows, goodwill, inquiries, scores, hours, patience: all to the last bit, for half a year."""
    few, many = (SalesMarketingModel(market(customers), 3) for customers in (before, after))
    for model in (few, many):
        model.run_for(182)
    assert (few.world.channels["upto"] == many.world.channels["upto"]).all()
    assert few.world.customers[:].tobytes() == many.world.customers[:before].tobytes()
    log, longer = few.period().log, many.period().log
    same = longer[longer["customer"] < before]
    assert len(log) > 200
    for name in log.dtype.names:
        np.testing.assert_array_equal(log[name], same[name], err_msg=name)


def test_a_rep_who_joins_leaves_arrivals_patience_and_calls_as_they_were():
    """Lead by lead: born at the same instant, as patient, called for as long; only who waits how long differs."""
    few, many = (play(queue((10, 1, reps, 0.5)), 7, leads=True).leads for reps in (10, 11))
    for name in ("lead", "created", "customer", "channel", "value", "score"):
        np.testing.assert_array_equal(few[name], many[name])
    cold, called = (few["outcome"] == "cold_in_queue") & (many["outcome"] == "cold_in_queue"), few["outcome"] == "not_a_buyer"
    called &= many["outcome"] == "not_a_buyer"
    assert cold.sum() > 100 < called.sum()
    np.testing.assert_array_equal(few["closed"][cold], many["closed"][cold])
    lengths = [(leads["closed"] - leads["first_touch"])[called] for leads in (few, many)]
    np.testing.assert_allclose(*lengths, atol=1e-12)
    assert (few["outcome"] != many["outcome"]).any()


def test_a_rep_who_joins_leaves_the_market_and_who_asks_when_as_they_were():
    """Needs move alike; an inquiry that there is in both firms has the same hour and score."""
    few, many = (SalesMarketingModel(load("b2b").but(SMALL | {"company.reps": reps}), 5) for reps in (3, 4))
    for model in (few, many):
        model.run_for(84)
    assert (few.world.segments["need"] == many.world.segments["need"]).all()
    logs = [model.period().log for model in (few, many)]
    logs = [log[log["source"] == 0] for log in logs]
    _, one, other = np.intersect1d(logs[0]["identity"], logs[1]["identity"], return_indices=True)
    assert len(one) > 0.8 * len(logs[0])
    for name in ("created", "score", "customer"):
        assert (logs[0][name][one] == logs[1][name][other]).all(), name


def test_worlds_of_different_seeds_know_nothing_of_each_other():
    """The correlation of one world and the next is 0, within 4/√n."""
    found = np.array([play(queue((10, 1, 10, 0.5), weeks=2), seed, leads=False).kpis["cold_share"] for seed in range(100)])
    assert abs(np.corrcoef(found[:-1], found[1:])[0, 1]) < 4 / math.sqrt(len(found))


@pytest.mark.parametrize("kpi", ["leads", "revenue"])
def test_pairing_saves_as_many_runs_as_the_correlation_says(kpi):
    """Var(B − A) = (s_A² + s_B²)(1 − r), r = 2·cov/(s_A² + s_B²); at equal spreads 2s²(1 − ρ), 1/(1 − ρ) fewer runs.

    The same seeds tell two firms apart that differ by little; strangers' seeds do not: there the correlation is 0 within 4/√n.
    """
    one, other = (np.array([run.kpis[kpi] for run in side]) for side in pair())
    r = 2 * np.cov(one, other)[0, 1] / (one.var(ddof=1) + other.var(ddof=1))
    assert (other - one).var(ddof=1) == pytest.approx((one.var(ddof=1) + other.var(ddof=1)) * (1 - r), rel=1e-9)
    assert r > 0.5
    assert abs(np.corrcoef(one, np.roll(other, 1))[0, 1]) < 4 / math.sqrt(len(one))
