"""The emergence study: contrasts, channels and shares on numbers that can be worked out by hand."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from studies import channels, tables
from studies.cells import Cell, Contrast, Label, apart, gain

LABEL = Label("b2b", "", "", "4 weeks", "both")
NEVER = Cell("b2b")
LUCK = np.random.default_rng(3)
CELLS = {some: Cell("b2b", "4 weeks", channels.arm(some)) for some in channels.coalitions()}


def worlds(values: dict[Cell, list[float]]) -> dict[Cell, pd.DataFrame]:
    return {each: pd.DataFrame({"revenue": found}) for each, found in values.items()}


def of_game(value: dict[str, float], never: float = 0.0, together: float = 0.0) -> dict[Cell, pd.DataFrame]:
    """Two worlds; the second has twice of everything. `together` comes only where sales and marketing both talk."""
    made = {NEVER: [never, 2 * never]}
    for some, each in CELLS.items():
        whole = value["hours"] + sum(value[channel] for channel in some) + (together if {"up", "down"} <= some else 0.0)
        made[each] = [whole, 2 * whole]
    return worlds(made)


def parts(found: dict[Cell, pd.DataFrame]) -> dict[str, dict[str, float]]:
    made = channels.parts("b2b", "4 weeks", CELLS, NEVER)
    return {one.label.arm: tables.measured(one, "revenue", found) for one in made}


def test_what_each_channel_adds_alone_is_its_part() -> None:
    found = parts(of_game({"hours": 90.0, "up": 7.0, "down": -2.0, "pooling": 25.0}, never=100.0))
    assert {name: row["difference"] for name, row in found.items()} == pytest.approx(
        {"hours": -15.0, "up": 10.5, "down": -3.0, "pooling": 37.5, "sum": 30.0})


def test_what_two_channels_bring_only_together_is_shared_evenly() -> None:
    found = parts(of_game({"hours": 0.0, "up": 1.0, "down": 1.0, "pooling": 0.0}, never=1.0, together=6.0))
    assert found["up"]["difference"] == pytest.approx(1.5 * 4.0)
    assert found["down"]["difference"] == pytest.approx(1.5 * 4.0)
    assert found["pooling"]["difference"] == pytest.approx(0.0)


def test_hours_and_channels_add_up_to_the_gain_in_every_world() -> None:
    found = worlds({each: LUCK.normal(100, 20, 5).tolist() for each in [NEVER, *CELLS.values()]})
    made = {one.label.arm: one for one in channels.parts("b2b", "4 weeks", CELLS, NEVER)}
    for world in range(5):
        alone = {each: table.iloc[[world]] for each, table in found.items()}
        added = {arm: tables.measured(one, "revenue", alone)["difference"] for arm, one in made.items()}
        assert sum(added[name] for name in ("hours", *channels.CHANNELS)) == pytest.approx(added["sum"], rel=1e-12)
        everything = alone[CELLS[frozenset(channels.CHANNELS)]]["revenue"].iloc[0]
        assert added["sum"] == pytest.approx(everything - alone[NEVER]["revenue"].iloc[0])


def test_a_shapley_value_is_the_mean_over_all_orders_of_joining() -> None:
    weights = channels.shapley("up")
    assert weights[frozenset(["up"])] == pytest.approx(1 / 3)
    assert weights[frozenset(["up", "down"])] == pytest.approx(1 / 6)
    assert weights[frozenset(["up", "down", "pooling"])] == pytest.approx(1 / 3)
    assert weights[frozenset(["down", "pooling"])] == pytest.approx(-1 / 3)
    assert sum(weights.values()) == pytest.approx(0.0)


def test_the_interval_is_students_t_on_the_pairs_and_percent_is_of_the_base() -> None:
    base = LUCK.normal(-50, 5, 30)
    one = base + LUCK.normal(3, 2, 30)
    each = Cell("b2b", "4 weeks")
    row = tables.measured(gain(LABEL, each, NEVER), "revenue", worlds({NEVER: base.tolist(), each: one.tolist()}))
    low, high = stats.t.interval(0.95, 29, loc=np.mean(one - base), scale=stats.sem(one - base))
    assert (row["low"], row["high"]) == pytest.approx((low, high))
    assert row["percent"] == pytest.approx(100 * row["difference"] / abs(base.mean()))
    assert row["mean"] == pytest.approx(one.mean())


def test_a_world_in_which_one_firm_has_no_value_counts_for_neither() -> None:
    each = Cell("b2b", "4 weeks")
    found = worlds({NEVER: [1.0, 2.0, math.nan, 100.0], each: [2.0, 3.0, 4.0, math.nan]})
    row = tables.measured(gain(LABEL, each, NEVER), "revenue", found)
    assert (row["n"], row["baseline_mean"], row["difference"]) == (2, 1.5, 1.0)


def test_a_gain_less_another_is_taken_world_by_world() -> None:
    left, right, own = Cell("b2b", "1 week"), Cell("b2b", "1 day"), Cell("web")
    found = worlds({left: [10.0, 22.0], own: [4.0, 4.0], right: [5.0, 16.0], NEVER: [1.0, 0.0]})
    less = apart(LABEL, gain(LABEL, left, own), gain(LABEL, right, NEVER))
    row = tables.measured(less, "revenue", found)
    assert row["difference"] == pytest.approx(2.0)
    assert row["low"] == pytest.approx(2.0)
    assert row["baseline_mean"] == 0.5
    assert math.isnan(row["mean"])


def test_a_base_that_both_gains_share_falls_out() -> None:
    left, right = Cell("b2b", "1 week"), Cell("b2b", "1 day")
    assert apart(LABEL, gain(LABEL, left, NEVER), gain(LABEL, right, NEVER)).weights == {left: 1.0, right: -1.0}


def test_shares_of_a_gain_add_up_to_all_of_it() -> None:
    met = {each: (30 + LUCK.normal(len(some), 0.5, 4)).tolist() for some, each in CELLS.items()}
    found = worlds({NEVER: [10.0, 11.0, 9.0, 10.5], **met})
    shares = {name: row["share"] for name, row in parts(found).items()}
    assert shares["sum"] == pytest.approx(100.0)
    assert sum(shares[name] for name in ("hours", *channels.CHANNELS)) == pytest.approx(100.0)


def test_of_a_gain_that_may_be_none_there_are_no_shares() -> None:
    found = tables.shares(np.array([1.0, 2.0, 3.0]), np.array([-5.0, 5.0, 1.0]))
    assert all(map(math.isnan, found.values()))


def test_a_part_that_is_always_half_is_half_without_doubt() -> None:
    whole = np.array([2.0, 4.0, 9.0, 5.0])
    found = tables.shares(whole / 2, whole)
    assert (found["share"], found["share_low"], found["share_high"]) == pytest.approx((50.0, 50.0, 50.0))


def test_tables_are_read_as_they_were_written(tmp_path: Path) -> None:
    each = Cell("b2b", "4 weeks")
    made = {kpi: [1.0, 2.5] for kpi in tables.KPIS}
    found = tables.table([Contrast(Label("b2b", "load", "0.5", "4 weeks", "both"), {each: 1.0, NEVER: -1.0}, NEVER)],
                         {each: pd.DataFrame(made), NEVER: pd.DataFrame(made)})
    path = tmp_path / "findings" / "load.csv"
    tables.write(found, path)
    assert tables.read(path)["value"].unique().tolist() == ["0.5"]
    assert len(tables.read(path)) == len(tables.KPIS)
