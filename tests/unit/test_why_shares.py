"""Shapley values: known games, sums, drawn orders and how often their interval holds the truth."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsim.reasons import shares


def _game(worth: dict[int, float]) -> dict[int, np.ndarray]:
    return {coalition: np.array([value]) for coalition, value in worth.items()}


def test_each_of_things_that_only_add_up_gets_what_it_adds() -> None:
    adds = (3.0, -1.0, 10.0)
    worth = _game({one: 5 + sum(add for at, add in enumerate(adds) if one >> at & 1) for one in range(8)})
    assert shares.exact(worth, 3)[:, 0] == pytest.approx(adds)


def test_what_two_do_only_together_is_theirs_by_halves_and_of_none_else() -> None:
    worth = _game({one: 8.0 if one & 0b011 == 0b011 else 0.0 for one in range(8)})
    assert shares.exact(worth, 3)[:, 0] == pytest.approx((4, 4, 0))


def test_the_glove_game_has_its_known_answer() -> None:
    """One left glove, two right ones; a pair is worth 1: the left one gets 2/3, each right one 1/6."""
    worth = _game({one: float(one & 1 and one >> 1 > 0) for one in range(8)})
    assert shares.exact(worth, 3)[:, 0] == pytest.approx((2 / 3, 1 / 6, 1 / 6))


@given(st.integers(1, 6), st.integers(0, 10_000))
def test_shares_add_up_to_the_whole_in_every_world_and_are_the_mean_over_all_orders(things: int, seed: int) -> None:
    luck = np.random.default_rng(seed)
    worth = {one: luck.normal(0, 1e6, 3) for one in range(1 << things)}
    found = shares.exact(worth, things)
    assert found.sum(axis=0) == pytest.approx(worth[(1 << things) - 1] - worth[0], rel=1e-9, abs=1e-6)
    if things < 5:
        orders = [each for order in itertools.permutations(range(things)) for each in (order, order[::-1])]
        assert found == pytest.approx(shares.along(worth, orders).mean(axis=0), rel=1e-9, abs=1e-6)


def test_drawn_orders_come_with_their_reverses_and_their_steps_add_up_in_each() -> None:
    orders = shares.drawn(10, seed=1)
    assert orders == shares.drawn(10, seed=1)
    assert orders != shares.drawn(10, seed=2)
    assert all(one == other[::-1] for one, other in zip(orders[::2], orders[1::2], strict=True))
    luck = np.random.default_rng(3)
    worth = {one: luck.normal(0, 1, 4) for one in shares.met(orders)}
    assert len(worth) <= 256
    steps = shares.along(worth, orders)
    assert steps.sum(axis=1) == pytest.approx(np.broadcast_to(worth[1023] - worth[0], (len(orders) // 2, 4)))


def test_an_interval_over_orders_holds_the_truth_as_often_as_it_says() -> None:
    """Pairs of orders and worlds both carry luck: of 600 studies the interval misses in about one of twenty."""
    luck, missed = np.random.default_rng(11), 0
    for _ in range(600):
        values = 7 + luck.normal(0, 2, (8, 1)) + luck.normal(0, 3, (1, 12)) + luck.normal(0, 4, (8, 12))
        found = shares.over_orders(values)
        missed += not found.low <= 7 <= found.high
    assert 0.02 <= missed / 600 <= 0.08


def test_worlds_alone_would_claim_too_much_where_orders_differ() -> None:
    luck, missed = np.random.default_rng(12), 0
    for _ in range(300):
        found = shares.over_worlds((7 + luck.normal(0, 4, (6, 1)) + luck.normal(0, 1, (6, 12))).mean(axis=0))
        missed += not found.low <= 7 <= found.high
    assert missed / 300 > 0.3


def test_one_world_has_no_interval_and_no_difference_one_of_no_width() -> None:
    assert math.isnan(shares.over_worlds(np.array([4.0])).low)
    assert math.isnan(shares.over_orders(np.ones((4, 1))).low)
    assert shares.over_orders(np.zeros((4, 5))) == shares.Share(0, 0, 0)
    assert shares.over_worlds(np.full(5, 2.0)) == shares.Share(2, 2, 2)
