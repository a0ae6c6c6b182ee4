"""How sure a measure is, and what the band says to it."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from smsim.facts.fact import CALIBRATES, INFINITE, Fact, Measure, World
from smsim.facts.judging import INSIDE, NOT_MEASURED, OUTSIDE, TOO_FEW, Finding, Judged, judge

TEXT = "Something is known.\n\nSource: Somebody 2020, A Journal [C]."


def _fact(*measures: Measure) -> Fact:
    return Fact("x", "Title", TEXT, {"one": World("b2b"), "other": World("web")}, lambda played: {}, measures)


def _runs(**values: list[float]) -> pd.DataFrame:
    """Runs of `b2b` and `web`; a column `one_a` is the number `a` in the first world."""
    tables = []
    for world, name in (("one", "b2b"), ("other", "web")):
        own = {f"x.{column.removeprefix(world + '_')}": found for column, found in values.items() if column.startswith(world + "_")}
        table = pd.DataFrame(own)
        tables.append(table.assign(scenario=name, replication=range(len(table))))
    return pd.concat(tables, ignore_index=True)


NAMES = {"one": "b2b", "other": "web"}


def test_a_plain_mean_has_the_usual_interval() -> None:
    values = [1.0, 4.0, 2.0, 7.0, 5.0]
    fact = _fact(Measure("a", "a", (0.0, 10.0), lambda means: means["one"]["a"]))
    found = judge(fact, _runs(one_a=values, other_b=[0.0] * 5), NAMES).measures[0]
    low, high = stats.t.interval(0.95, 4, np.mean(values), stats.sem(values))
    assert (found.n, found.value, found.low, found.high) == pytest.approx((5, np.mean(values), low, high))


def test_a_ratio_is_that_of_the_sums_not_the_mean_of_ratios() -> None:
    fact = _fact(Measure("r", "r", (0.0, 10.0), lambda means: means["one"]["a"] / means["one"]["b"]))
    found = judge(fact, _runs(one_a=[1.0, 30.0], one_b=[1.0, 10.0], other_b=[0.0, 0.0]), NAMES).measures[0]
    assert found.value == pytest.approx(31 / 11)


def test_what_two_worlds_share_of_their_luck_narrows_the_interval_of_their_difference() -> None:
    luck = np.random.default_rng(1).normal(size=40)
    fact = _fact(Measure("d", "d", (0.0, 1.0), lambda means: means["other"]["a"] - means["one"]["a"]))
    same = judge(fact, _runs(one_a=list(luck), other_a=list(luck + 0.5)), NAMES).measures[0]
    apart = judge(fact, _runs(one_a=list(luck), other_a=list(luck[::-1] + 0.5)), NAMES).measures[0]
    assert same.high - same.low < 1e-6
    assert apart.high - apart.low > 0.1


def test_replications_that_one_world_lacks_are_left_out() -> None:
    fact = _fact(Measure("d", "d", (0.0, 1.0), lambda means: means["other"]["a"] - means["one"]["a"]))
    found = judge(fact, _runs(one_a=[1.0, 2.0, 900.0], other_a=[1.5, 2.5]), NAMES).measures[0]
    assert (found.n, found.value) == (2, pytest.approx(0.5))


@pytest.mark.parametrize(("low", "high", "band", "verdict"), [
    (0.2, 0.3, (0.1, 0.4), INSIDE), (0.2, 0.3, (0.3, 0.4), TOO_FEW), (0.2, 0.3, (0.31, 0.4), OUTSIDE), (0.2, 0.3, (0.0, 0.25), TOO_FEW),
    (0.2, 0.3, (0.0, 0.1), OUTSIDE), (0.0, 0.9, (0.2, 0.3), TOO_FEW), (0.2, 0.3, (0.1, INFINITE), INSIDE),
    (-0.2, 0.3, (0.0, INFINITE), TOO_FEW),
])
def test_the_whole_interval_decides(low: float, high: float, band: tuple[float, float], verdict: str) -> None:
    measure = Measure("a", "a", band, lambda means: 0.0)
    assert Judged(measure, 30, (low + high) / 2, low, high).verdict == verdict


def test_one_replication_is_too_few_and_nothing_is_not_measured() -> None:
    fact = _fact(Measure("a", "a", (0.0, 1.0), lambda means: means["one"]["a"] / means["one"]["b"]))
    one = judge(fact, _runs(one_a=[1.0], one_b=[2.0], other_a=[0.0]), NAMES).measures[0]
    assert (one.value, one.verdict) == (0.5, TOO_FEW)
    nothing = judge(fact, _runs(one_a=[1.0, 1.0], one_b=[0.0, 0.0], other_a=[0.0, 0.0]), NAMES).measures[0]
    assert nothing.verdict == NOT_MEASURED
    assert judge(fact, _runs(one_a=[1.0], one_b=[2.0], other_a=[]), NAMES).measures[0].n == 0


def _judged(verdict: str) -> Judged:
    low, high = {INSIDE: (0.2, 0.3), TOO_FEW: (0.2, 1.3), OUTSIDE: (1.2, 1.3), NOT_MEASURED: (math.nan, math.nan)}[verdict]
    return Judged(Measure("a", "a", (0.0, 1.0), lambda means: 0.0), 9, (low + high) / 2, low, high)


@pytest.mark.parametrize(("verdicts", "whole"), [
    ((INSIDE, INSIDE), INSIDE), ((INSIDE, OUTSIDE), OUTSIDE), ((TOO_FEW, OUTSIDE), OUTSIDE), ((INSIDE, TOO_FEW), TOO_FEW),
    ((NOT_MEASURED, INSIDE), NOT_MEASURED),
])
def test_one_measure_outside_puts_the_fact_outside(verdicts: tuple[str, ...], whole: str) -> None:
    assert Finding(_fact(), tuple(map(_judged, verdicts))).verdict == whole


def test_a_fact_without_a_marked_source_is_refused() -> None:
    with pytest.raises(ValueError, match="names no source"):
        Fact("x", "Title", "Something is known.\n\nSource: hearsay.", {}, lambda played: {}, (), CALIBRATES)
