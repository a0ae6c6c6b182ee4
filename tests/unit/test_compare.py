"""Paired differences, their intervals, and the words for them."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import runner_pretend as pretend
from runner_pretend import Pretended
from scipy import stats

import smsim.compare
from smsim.compare import NO_DIFFERENCE, TOO_CLOSE, VERDICTS, Comparison, compare, paired
from smsim.errors import PlanError
from smsim.experiment.intervals import half_width, runs_needed
from smsim.results import ResultSet

SILO, RHYTHM = Pretended("silo"), Pretended("rhythm", 5.0)
LUCK = np.random.default_rng(7)
BASE = LUCK.normal(100, 10, 40)


def test_the_interval_is_students_t_on_the_pairs() -> None:
    one = BASE + LUCK.normal(2, 3, 40)
    found = paired(one, BASE)
    low, high = stats.t.interval(0.95, 39, loc=np.mean(one - BASE), scale=stats.sem(one - BASE))
    assert (found.low, found.high) == pytest.approx((low, high))
    assert found.difference == pytest.approx(np.mean(one - BASE))
    assert found.n == 40


def test_pairs_without_a_value_are_left_out() -> None:
    one, base = BASE + 1, BASE.copy()
    one[0], base[1], base[2] = math.nan, math.nan, math.inf
    assert paired(one, base).n == 37


def test_which_way_is_good_decides_better_and_worse() -> None:
    assert paired(BASE + 5, BASE, "up").verdict == "better"
    assert paired(BASE + 5, BASE, "down").verdict == "worse"
    assert paired(BASE - 5, BASE, "up").verdict == "worse"
    assert paired(BASE - 5, BASE, "down").verdict == "better"


def test_an_interval_inside_the_band_is_no_difference_that_matters() -> None:
    assert paired(BASE + 0.5, BASE, band=0.01).verdict == NO_DIFFERENCE
    assert paired(BASE + 0.5, BASE, band=0.001).verdict == "better"


def test_a_change_that_changes_nothing_makes_no_difference() -> None:
    found = paired(BASE, BASE, band=0.0)
    assert (found.difference, found.low, found.high, found.share_better) == (0, 0, 0, 0.5)
    assert found.verdict == NO_DIFFERENCE
    assert paired(np.zeros(5), np.zeros(5)).verdict == NO_DIFFERENCE


def test_a_wide_interval_is_too_close_to_call_and_says_how_many_runs_would_settle_it() -> None:
    noise = LUCK.normal(0, 30, 40)
    one = BASE + (noise - noise.mean()) + 3
    found = paired(one, BASE)
    assert found.verdict == TOO_CLOSE
    spread = float(np.std(one - BASE, ddof=1))
    needed = int(found.runs_needed)
    assert half_width(needed, spread) <= 3 < half_width(needed - 1, spread)


def test_runs_needed_takes_the_easier_way_to_an_answer() -> None:
    noise = LUCK.normal(0, 5, 40)
    found = paired(BASE + noise - noise.mean() + 0.01, BASE, band=0.01)
    assert found.verdict == TOO_CLOSE
    assert found.runs_needed == runs_needed(40, float(np.std(noise, ddof=1)), 0.01 * BASE.mean() - 0.01)


@pytest.mark.parametrize("n", [0, 1])
def test_fewer_than_two_pairs_say_nothing(n: int) -> None:
    found = paired(BASE[:n] + 5, BASE[:n])
    assert found.verdict == TOO_CLOSE
    assert math.isnan(found.low)
    assert math.isnan(found.runs_needed)


def test_ties_count_half() -> None:
    assert paired(np.array([1.0, 2, 3, 4]), np.array([0.0, 2, 3, 5])).share_better == 0.5
    assert paired(np.array([1.0, 2, 3, 4]), np.array([0.0, 2, 3, 3])).share_better == 0.75


def test_a_figure_that_is_neither_good_nor_bad_is_never_better() -> None:
    found = paired(BASE + 5, BASE, "neither")
    assert found.verdict == ""
    assert found.low > 0
    assert math.isnan(found.share_better)


def test_a_comparison_pairs_the_same_worlds(tmp_path: Path) -> None:
    found = compare([SILO, RHYTHM], play=pretend.play, out=tmp_path / "out", replications=6)
    table = found.differences.set_index("kpi")
    assert table.loc["revenue", "difference"] == pytest.approx(5.0)
    assert table.loc["revenue", "high"] - table.loc["revenue", "low"] == pytest.approx(0, abs=1e-9)
    assert set(found.differences["verdict"]) <= set(VERDICTS)
    assert list(found.differences) == [
        "scenario", "kpi", "n", "difference", "low", "high", "share_better", "verdict", "runs_needed"]
    assert pd.read_parquet(tmp_path / "out" / "differences.parquet").equals(found.differences)
    assert Comparison(ResultSet.read(tmp_path / "out")).differences.equals(found.differences)


def test_the_first_scenario_is_the_baseline() -> None:
    found = compare([RHYTHM, SILO], play=pretend.play)
    assert found.baseline == "rhythm"
    assert found.scenarios == ["silo"]
    assert found.difference("silo", "revenue").difference == pytest.approx(-5.0)


def test_common_luck_saves_variance() -> None:
    assert compare([SILO, RHYTHM], play=pretend.play).variance_ratio("revenue") == pytest.approx(0, abs=1e-12)


def test_scenarios_on_different_seeds_are_not_compared() -> None:
    with pytest.raises(PlanError, match="same luck"):
        compare([SILO, Pretended("rhythm", seed=2)], play=pretend.play)


def test_one_scenario_is_not_compared() -> None:
    with pytest.raises(PlanError, match="one scenario"):
        compare([SILO], play=pretend.play)


def test_a_missing_replication_leaves_its_world_out() -> None:
    found = compare([Pretended("silo", replications=10), Pretended("rhythm", replications=10)], play=pretend.fails_in_one_world)
    finished = (found.results.runs["scenario"] == "silo").sum()
    assert 0 < finished < 10
    assert found.difference("rhythm", "revenue").n == finished


def test_the_module_is_the_function_too() -> None:
    assert callable(smsim.compare)
    assert smsim.compare([SILO, RHYTHM], play=pretend.play).baseline == "silo"
