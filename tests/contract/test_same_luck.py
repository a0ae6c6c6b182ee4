"""The same seed is the same run; what is off, or does nothing, moves nothing."""

from __future__ import annotations

import math

import numpy as np
import pytest
from worlds import PLUGINS, STREAM, TINY, WORLDS, differing, scenario

from smsim import SalesMarketingModel, load, play


@pytest.mark.parametrize("world", WORLDS)
def test_the_same_seed_is_the_same_run(world):
    made = scenario(TINY, WORLDS[world])
    assert differing(play(made, 7, leads=True), play(made, 7, leads=True)) == set()


@pytest.mark.parametrize("world", WORLDS)
def test_another_seed_is_another_run(world):
    made = scenario(TINY, WORLDS[world])
    found = differing(play(made, 7, leads=True), play(made, 8, leads=True))
    assert {"days selling_hours", "leads score", "leads outcome"} <= found


@pytest.mark.parametrize("seed", [0, 1, 2**31, 2**53])
def test_any_seed_a_scenario_may_have_can_be_played(seed):
    assert play(scenario(TINY), seed).kpis["leads"] > 0


def test_the_lead_log_is_asked_for_or_not_without_another_difference():
    made = scenario(TINY)
    asked, not_asked = play(made, 3, leads=True), play(made, 3)
    assert not_asked.leads is None
    asked.leads = None
    assert differing(asked, not_asked) == set()


def with_plugins(tmp_path, *files, world=None):
    listed = ", ".join(str(PLUGINS / file) for file in files)
    path = tmp_path / "plugged.yaml"
    path.write_text(f"extends: silo\nplugins: [{listed}]\n")
    return load(path).but(TINY | (world or {}))


@pytest.mark.parametrize("world", ["silo", "arrivals", "meetings"])
def test_a_practice_that_does_nothing_moves_nothing(tmp_path, world):
    plugged = with_plugins(tmp_path, "quiet_hour.py", world=WORLDS[world])
    assert "quiet_hour" in SalesMarketingModel(plugged, 1).world.parts
    assert differing(play(plugged, 5, leads=True), play(scenario(TINY, WORLDS[world]), 5, leads=True)) == set()


@pytest.mark.parametrize("world", ["silo", "arrivals", "meetings"])
def test_a_mechanism_with_luck_and_a_table_of_its_own_moves_nothing_else(tmp_path, world):
    plugged = with_plugins(tmp_path, "weather.py", world=WORLDS[world])
    found = differing(play(plugged, 5, leads=True), play(scenario(TINY, WORLDS[world]), 5, leads=True))
    assert found == {"kpi rainy_days", "days rainy_days"}


def test_a_practice_that_is_off_is_not_built_and_its_figure_is_empty(tmp_path):
    plugged = with_plugins(tmp_path, "coffee.py")
    assert "coffee" not in SalesMarketingModel(plugged, 1).world.parts
    run = play(plugged, 5, leads=True)
    assert math.isnan(run.kpis["coffees"])
    assert differing(run, play(scenario(TINY), 5, leads=True)) == {"kpi coffees", "days coffees"}
    assert np.isnan(run.days["coffees"]).all()


def test_meetings_without_length_and_direction_are_no_meetings():
    none = {"practices.meetings.every": "1 week", "practices.meetings.length": "0 hours", "practices.meetings.direction": "none"}
    for world in ({}, STREAM):
        assert differing(play(scenario(TINY, world, none), 2, leads=True), play(scenario(TINY, world), 2, leads=True)) == set()


@pytest.mark.parametrize("off", [
    {"practices.meetings.every": "never"}, {"practices.pledge.within": "never"}, {"practices.meetings.length": "3 hours"},
    {"practices.meetings.bandwidth": 1, "practices.meetings.who": "10%"},
])
def test_settings_of_what_is_off_move_nothing(off):
    assert differing(play(scenario(TINY, off), 4, leads=True), play(scenario(TINY), 4, leads=True)) == set()


def test_only_what_is_on_is_built():
    parts = SalesMarketingModel(scenario(TINY), 1).world.parts
    assert {"demand", "selling", "record"} <= set(parts)
    assert not {"stream", "log_replay", "meetings", "pledge"} & set(parts)


def test_the_number_of_weeks_changes_no_day_that_is_played_anyway():
    short, long = play(scenario(TINY, {"run.weeks": 4}), 6), play(scenario(TINY), 6)
    assert all(np.array_equal(long.days[name][:28], values, equal_nan=True) for name, values in short.days.items())


def test_names_and_descriptions_are_not_luck():
    made = scenario(TINY)
    assert differing(play(made, 4), play(made.but({}, name="another name"), 4)) == set()
