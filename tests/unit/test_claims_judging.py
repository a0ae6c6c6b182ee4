"""What was measured becomes one of five words, from the numbers alone."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from smsim.claims.claim import CENTRE, INTERACTION, INTERIOR, LEVEL, PAIR, Ask, Claim, Point
from smsim.claims.judging import CONTRADICTED, DEPENDS, NO_EFFECT, NOT_TESTABLE, SUPPORTED, Effect, effect_of, judge, undecided
from smsim.cli.claims import unplayed
from smsim.errors import Mark
from smsim.scenario.nodes import Leaf

WIGGLE = np.tile([-1.0, 1.0], 10)


def ask(kind=PAIR, expected="+", arms=("without", "with"), **more):
    return Ask(kind, "revenue", expected, Leaf("silo", Mark("")), (), dict.fromkeys(arms, ()), **more)


def claim(asked, reason=""):
    return Claim("000.1", "a.txt", "It pays.", ("M1",), "revenue", asked.expected if asked else "+", asked, reason)


def worlds(**arms):
    return pd.DataFrame({name: np.broadcast_to(values, 20).astype(float) for name, values in arms.items()})


def effect(low, high, band=1.0, needed=float("nan")):
    return Effect(20, (low + high) / 2, low, high, 100.0, band, needed=needed)


def test_a_pair_is_the_mean_of_the_differences():
    found = effect_of(ask(), worlds(without=100, **{"with": 110 + WIGGLE}))
    assert found.value == pytest.approx(10)
    assert found.low == pytest.approx(10 - 2.093 * np.std(WIGGLE, ddof=1) / np.sqrt(20), abs=1e-3)
    assert found.band == pytest.approx(1)


def test_an_interaction_is_what_both_bring_beyond_each():
    arms = {"without": 100.0, "first": 103.0, "second": 105.0, "both": 115 + WIGGLE}
    assert effect_of(ask(INTERACTION, arms=tuple(arms)), worlds(**arms)).value == pytest.approx(7)


def test_a_level_is_the_distance_from_its_edge():
    found = effect_of(ask(LEVEL, "-", ("firm",), edge=0.5), worlds(firm=0.3 + WIGGLE / 100))
    assert found.value == pytest.approx(-0.2)
    assert found.says("-") == "for"


def test_an_inside_is_held_against_the_better_end():
    arms = {"a": 100.0, "b": 108.0, "c": 105 + WIGGLE}
    found = effect_of(ask(INTERIOR, arms=tuple(arms)), worlds(**arms))
    assert found.chosen == "b"
    assert found.n == 10
    assert found.value == pytest.approx(2)


def test_the_best_inside_is_chosen_in_other_worlds_than_it_is_judged_in():
    even = np.arange(20) % 2 == 0
    arms = {"a": 100.0, "b": np.where(even, 110.0, 90.0), "c": 100.0}
    assert effect_of(ask(INTERIOR, arms=tuple(arms)), worlds(**arms)).says("+") == "against"


def test_worlds_in_which_a_figure_is_missing_are_left_out():
    found = effect_of(ask(), worlds(without=100, **{"with": np.where(np.arange(20) < 4, np.nan, 110 + WIGGLE)}))
    assert found.n == 16


@pytest.mark.parametrize(("low", "high", "expected", "word"), [
    (2, 9, "+", SUPPORTED), (2, 9, "-", CONTRADICTED), (-9, -2, "-", SUPPORTED), (-9, -2, "+", CONTRADICTED),
    (-0.5, 0.5, "+", NO_EFFECT), (0.2, 0.8, "+", NO_EFFECT), (-0.5, 0.5, "0", SUPPORTED), (2, 9, "0", CONTRADICTED),
    (-3, 9, "+", NOT_TESTABLE), (-3, 9, "0", NOT_TESTABLE),
])
def test_the_word_follows_from_interval_band_and_expectation(low, high, expected, word):
    assert judge(claim(ask(expected=expected)), {CENTRE: effect(low, high)}).word == word


def test_a_sign_that_turns_with_an_assumption_depends_and_says_where():
    points = {CENTRE: effect(2, 9), Point("market.tolerance", "0.35"): effect(3, 4), Point("market.tolerance", "1"): effect(-9, -2),
              Point("leads.age_seen", "0%"): effect(-1, 1)}
    found = judge(claim(ask()), points)
    assert found.word == DEPENDS
    assert [(turn.key, turn.contradicted_at) for turn in found.turns] == [("market.tolerance", "1")]
    assert "market.tolerance" in found.why


def test_of_many_other_values_one_that_barely_turns_is_put_down_to_luck():
    barely = {Point("market.tolerance", "1"): effect(-9, -0.5)}
    many = barely | {Point("leads.age_seen", f"{share}%"): effect(2, 9) for share in range(5)}
    assert judge(claim(ask()), {CENTRE: effect(2, 9)} | barely).word == DEPENDS
    assert judge(claim(ask()), {CENTRE: effect(2, 9)} | many).word == SUPPORTED


def test_an_effect_that_only_fades_with_an_assumption_does_not_depend():
    points = {CENTRE: effect(2, 9), Point("market.tolerance", "1"): effect(-0.5, 0.5)}
    found = judge(claim(ask()), points)
    assert found.word == SUPPORTED
    assert found.why == "as it stands; unsettled or nothing at 1 of 1 other values of what it rests on"


def test_what_is_too_close_to_call_says_how_many_worlds_would_tell():
    found = judge(claim(ask()), {CENTRE: effect(-3, 9, needed=57.0)})
    assert found.word == NOT_TESTABLE
    assert "too close to call in 20 worlds; about 57 would tell" in found.why


def test_a_figure_that_is_empty_is_not_taken_for_no_effect():
    empty = effect_of(ask(), worlds(without=np.nan, **{"with": np.nan}))
    assert judge(claim(ask()), {CENTRE: empty}).word == NOT_TESTABLE


def test_what_cannot_be_asked_says_why():
    found = judge(claim(None, "nobody in the model reports it"), {})
    assert (found.word, found.why) == (NOT_TESTABLE, "nobody in the model reports it")


def test_only_what_more_worlds_would_settle_is_played_again():
    close = effect(-3, 9, needed=57.0)
    assert undecided(claim(ask()), {CENTRE: close}, 80)
    assert not undecided(claim(ask()), {CENTRE: close}, 50)
    assert not undecided(claim(ask()), {CENTRE: effect(2, 9)}, 80)
    assert not undecided(claim(None, "why"), {}, 80)


def test_values_that_were_not_played_are_told_once_and_not_counted_as_unsettled():
    nan = float("nan")
    rests = {"market.tolerance": (Leaf("0.2", Mark("")), Leaf("2", Mark("")))}
    points = {CENTRE: effect(4, 9), Point("market.tolerance", "0.2"): Effect(0, nan, nan, nan, nan, nan),
              Point("market.tolerance", "2"): Effect(0, nan, nan, nan, nan, nan)}
    found = judge(claim(ask(rests_on=rests)), points)
    assert (found.word, found.why, found.unplayed) == (SUPPORTED, "", 2)
    (said,) = unplayed([found])
    assert said.startswith("All claims were asked as they stand: other values")
    played = judge(claim(ask(rests_on=rests)), {point: effect(4, 9) for point in points})
    assert (played.why, played.unplayed, unplayed([played])) == ("", 0, [])
