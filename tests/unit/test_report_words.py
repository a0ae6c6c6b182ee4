"""The words and numbers of a report."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest

from smsim.report.charts.gap import gains
from smsim.report.charts.revenue import weekly
from smsim.report.findings import Findings
from smsim.report.settings import Setting, differing, flat
from smsim.report.statistics import summarise, variance_ratio
from smsim.report.verdicts import verdicts
from smsim.report.wording import amount, listed, short, signed_amount


@pytest.mark.parametrize(("value", "text"), [
    (1_240_000, "1.24M"), (999_960, "1.00M"), (312_400, "312k"), (4.5, "4.50"), (-0.031, "−0.03"), (0, "0"), (math.nan, "–"),
    (2.5e9, "2.50B")])
def test_numbers_are_three_digits_and_a_suffix(value: float, text: str) -> None:
    assert short(value) == text


def test_amounts_carry_their_unit() -> None:
    assert amount(-1_240_000, "money", "€") == "−€1.24M"
    assert amount(1_240_000, "money", "EUR") == "1.24M EUR"
    assert amount(0.0812, "share") == "8.1%"
    assert amount(0.25, "hours") == "15 min"
    assert amount(6213, "leads") == "6,213"
    assert signed_amount(-0.018, "share") == "−1.8 pts"
    assert listed(["a", "b", "c"]) == "a, b and c"


def test_the_spread_of_runs_is_not_the_uncertainty_of_the_mean() -> None:
    values = np.random.default_rng(1).normal(10, 2, 400)
    row = summarise(pd.DataFrame({"scenario": "Silo", "value": values}), ["scenario"], "value").iloc[0]
    assert row["high"] - row["low"] == pytest.approx(2 * 1.966 * values.std(ddof=1) / 20, rel=1e-3)
    assert ((values > row["p_low"]) & (values < row["p_high"])).mean() == pytest.approx(0.8, abs=0.01)


def test_one_run_has_no_interval() -> None:
    row = summarise(pd.DataFrame({"scenario": ["Silo"], "value": [3.0]}), ["scenario"], "value").iloc[0]
    assert row["mean"] == 3.0
    assert row[["low", "high", "p_low", "p_high"]].isna().all()


def test_weeks_are_summed_and_smoothed_over_four_of_them() -> None:
    days = pd.DataFrame({"scenario": "Silo", "replication": 0, "day": range(75), "revenue": [float(day // 7) for day in range(75)]})
    weeks = weekly(days).set_index("week")["revenue"]
    assert list(weeks.index) == [4, 5, 6, 7, 8, 9, 10]
    assert weeks[4] == 7 * (0 + 1 + 2 + 3) / 4


def test_gains_are_paired_and_begin_after_the_warm_up() -> None:
    days = pd.DataFrame([{"scenario": name, "replication": run, "day": day, "revenue": 100.0 * run + more}
                         for name, more in (("Silo", 0), ("Weekly", 2)) for run in (0, 1) for day in range(21)])
    gaps = gains(days, "Silo", 7)
    assert sorted(gaps["week"].unique()) == [2, 3]
    assert set(gaps.loc[gaps["week"] == 3, "gain"]) == {28.0}


def test_common_luck_shrinks_the_variance_of_the_difference() -> None:
    luck = np.random.default_rng(2).normal(0, 1, 500)
    noise = np.random.default_rng(3).normal(0, 0.1, 500)
    assert variance_ratio(pd.Series(luck + noise), pd.Series(luck)) < 0.01
    assert math.isnan(variance_ratio(pd.Series([1.0]), pd.Series([2.0])))


def test_only_settings_that_differ_are_listed() -> None:
    trees = {"A": {"name": "A", "launches": [{"product": "x"}], "run": {"seed": 1}},
             "B": {"name": "B", "launches": [{"product": "y"}], "run": {"seed": 1, "weeks": 3}}}
    runs = pd.DataFrame({"scenario": ["A", "B"], "replication": [0, 0]})
    assert differing(Findings(runs, provenance={"baseline": "A", "scenarios": trees})) == {
        "B": [Setting("launches.0.product", "x", "y"), Setting("run.weeks", "–", "3")]}
    assert flat({"a": [{"name": "web", "cost": 2.0}], "b": True, "c": [1, 2]}) == {
        "a.web.name": "web", "a.web.cost": "2", "b": "yes", "c": "1, 2"}


def _findings(**row: Any) -> Findings:
    runs = pd.DataFrame({"scenario": ["A", "A", "B", "B"], "replication": [0, 1, 0, 1], "revenue": [90.0, 110.0, 95.0, 115.0]})
    base = {"scenario": "B", "kpi": "revenue", "n": 2, "difference": 5.0, "low": 4.0, "high": 6.0, "share_better": 1.0,
            "verdict": "better", "runs_needed": math.nan}
    return Findings(runs, differences=pd.DataFrame([base | row]))


def test_a_verdict_is_a_sentence() -> None:
    [told] = verdicts(_findings())
    assert told.says == "Revenue is 5.00 higher (+5.0%)."
    assert told.numbers == "95% interval +4.00 to +6.00; better in 100% of 2 worlds."


def test_what_is_too_close_to_call_says_what_would_settle_it() -> None:
    [told] = verdicts(_findings(verdict="too close to call", low=-1.0, runs_needed=140.0))
    assert "too close to call" in told.says
    assert told.numbers.endswith("about 140 runs would settle it.")
