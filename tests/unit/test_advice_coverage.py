"""A recommendation keeps its word: as often as it says on decisions whose answer is known, in fewer of them than the kept study asks."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from smsim.advice.objective import Objective
from smsim.core.kpi import Kpi
from studies.recommend_coverage import CASES, MARKS, PAGE, RATES, TABLE, page, play

NULL = [name for name, case in CASES.items() if case.is_null]
KNOWN = [name for name, case in CASES.items() if case.best]


@pytest.mark.parametrize("name", NULL)
def test_where_nothing_helps_seldom_anything_is_recommended(name: str) -> None:
    """Right at 5%, fewer than one set of 200 decisions in a hundred has more than 18 that go wrong, or fewer than 3 told apart."""
    rows = play(name, 200)
    assert rows["recommends"].sum() <= 18
    assert 3 <= rows["told apart"].sum() <= 18


@pytest.mark.parametrize("name", KNOWN)
def test_the_best_value_lies_where_it_is_told_to_and_the_gain_is_what_is_told(name: str) -> None:
    """Right in 95%, fewer than one set of 12 decisions in fifty has more than two that miss."""
    rows = play(name, 12)
    assert rows["best value covered"].sum() >= 10
    assert rows["gain of the leader covered"].sum() >= 10
    assert rows["gain of the recommended covered"].sum() >= 10
    assert rows["width"].median() <= 0.5


@pytest.mark.parametrize(("kind", "target"), [("worst tenth", math.nan), ("share above", 0.0), ("expected", math.nan)])
@pytest.mark.parametrize("shared", [0.0, 0.8])
def test_two_of_the_same_are_told_apart_in_a_twentieth(kind: str, target: float, shared: float) -> None:
    luck, wanted = np.random.default_rng(17), Objective(Kpi("figure", "count", ""), kind, target)
    apart = 0
    for _ in range(1000):
        both, one, other = luck.normal(size=(3, 24, 1))
        told = wanted.gain(*(math.sqrt(shared) * both + math.sqrt(1 - shared) * own for own in (one, other)))
        apart += told.is_sure
    assert 0.03 <= apart / 1000 <= 0.07


def test_an_interval_among_many_comparisons_is_wider_and_the_gain_the_same() -> None:
    one, other = np.random.default_rng(3).normal(size=(2, 20, 1))
    alone, among = (Objective(Kpi("figure", "count", "")).gain(one, other, count) for count in (1, 10))
    assert among.gain == alone.gain
    assert among.low < alone.low < alone.high < among.high


def test_the_page_tells_what_the_kept_study_came_to() -> None:
    table = pd.read_csv(TABLE)
    assert page(table) in PAGE.read_text(encoding="utf-8").split(MARKS[0])[1].split(MARKS[1])[0]
    assert list(dict.fromkeys(table["case"])) == list(CASES)
    assert set(table["asked"]) == {*RATES, "width", "loss"}
    assert table.loc[table["asked"].isin(RATES), "studies"].max() >= 400
