"""Each kind of evidence is off in a way of its own, and who hears of both is less so."""

from __future__ import annotations

import numpy as np
import pytest
from worlds import SMALL, mean_of, model_of, scenario

from smsim import play
from smsim.core.kernel import launch
from smsim.core.luck import Luck
from smsim.mechanisms.slant import slant
from smsim.world.market import Segments

MEET = {"practices.meetings.every": "1 week"}


def drawn(shared, spread=0.5):
    """How far both kinds of evidence on many segments are off, by criterion."""
    segments = Segments(8000)
    launch(slant, segments.rows, Luck(5, "slant", ("common", "heard", "studied")).keys, spread, shared, 0)
    return segments["heard_off"].ravel(), segments["studied_off"].ravel()


@pytest.mark.parametrize("shared", [0.0, 0.53, 1.0])
def test_the_mean_of_both_kinds_is_off_by_as_much_as_they_are_alike(shared):
    heard, studied = drawn(shared)
    assert np.std(heard) == pytest.approx(0.5, rel=0.02)
    assert np.std(studied) == pytest.approx(0.5, rel=0.02)
    assert np.corrcoef(heard, studied)[0, 1] == pytest.approx(shared, abs=0.02)
    assert np.std((heard + studied) / 2) == pytest.approx(0.5 * np.sqrt((1 + shared) / 2), rel=0.02)


def test_notes_and_studies_are_off_by_what_their_kind_is_off():
    plain, off = (model_of(SMALL, {"market.slant.spread": spread}) for spread in (0.0, 2.0))
    first = {}
    for model in (plain, off):
        first[model] = model.world.insight["mean"].copy()
    moved, due = first[off] - first[plain], off.world.segments["studied_off"]
    assert np.abs(due).max() > 1
    np.testing.assert_allclose(moved / due, np.full_like(due, (moved / due)[0, 0]))
    for model in (plain, off):
        model.run_for(10)
    both = (plain.world.notes["day"] >= 0) & (plain.world.notes["day"] == off.world.notes["day"])
    assert both.any()
    apart = (off.world.notes["seen"] - plain.world.notes["seen"])[both]
    np.testing.assert_allclose(apart, off.world.segments["heard_off"][plain.world.notes["segment"][both]], atol=1e-5)


def test_evidence_is_off_in_another_way_after_its_time():
    model = model_of(SMALL, {"market.slant.spread": 0.5, "market.slant.lasts": "4 weeks"})
    held = []
    for days in (27, 1, 1):
        model.run_for(days)
        held.append(model.world.segments["heard_off"].copy())
    assert (held[0] == held[1]).all()
    assert (held[1] != held[2]).all()


def test_where_nothing_is_off_the_part_is_not_built_and_nothing_is_other_than_it_was():
    plain, said = (play(scenario(SMALL, more), 2).kpis for more in ({}, {"market.slant.spread": 0.0, "market.slant.shared": 0.0}))
    assert {k: v for k, v in plain.items() if v == v} == {k: v for k, v in said.items() if v == v}
    assert "slant" not in model_of(SMALL).world.parts


def test_two_sides_who_look_in_different_ways_find_more_where_they_talk():
    """Marketing's view, of studies and of what reps tell: with nothing in common the two kinds make up for each other."""
    error = {shared: mean_of(scenario(SMALL, MEET, {"market.slant.spread": 2.0, "market.slant.shared": shared}), "marketing_need_error",
                             range(6)) for shared in (0.0, 1.0)}
    assert error[0.0] < 0.95 * error[1.0]


def test_two_sides_who_look_in_different_ways_find_no_more_where_nobody_speaks():
    silent = MEET | {"practices.meetings.direction": "none", "market.slant.spread": 2.0}
    runs = [play(scenario(SMALL, silent, {"market.slant.shared": shared, "market.slant.lasts": "2 weeks"}), seed).kpis
            for shared in (0.0, 1.0) for seed in range(6)]
    errors = np.array([run["marketing_need_error"] for run in runs]).reshape(2, 6)
    assert errors[0].mean() == pytest.approx(errors[1].mean(), rel=0.15)
