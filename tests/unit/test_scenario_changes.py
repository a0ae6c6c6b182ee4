"""`changes:` in a scenario: read, laid over, overridden, told, and refused where a change cannot be."""

from __future__ import annotations

import pickle

import jsonschema
import pytest
import yaml

from smsim import SalesMarketingModel, Scenario, ScenarioError, load
from smsim.errors import Mark
from smsim.scenario import from_tree, vary
from smsim.scenario.diff import diff
from smsim.scenario.explain import as_text, explain
from smsim.scenario.schema import json_schema

TEXT = """
name: late
extends: silo
changes:
  - {at: week 60, set: {practices: {meetings: {length: 2 hours}}, channels.website.spend: 2000 per week}}
  - at: week 40
    set: {practices.meetings.every: 1 week}
"""
CHILD = "extends: late.yaml\nchanges: [{at: day 3, set: {incentives.reps.commission: 10%}}]\n"


@pytest.fixture
def write(tmp_path):
    def write(text, name="late.yaml"):
        (tmp_path / name).write_text(text)
        return tmp_path / name

    return write


@pytest.fixture
def late(write):
    return load(write(TEXT))


def told(made: Scenario) -> list[tuple[int, list[str]]]:
    return [(turn.day, [one.key for one in turn.settings]) for turn in made.turns]


def test_changes_come_in_the_order_of_their_days_with_dotted_keys_or_maps(late):
    assert told(late) == [(280, ["practices.meetings.every"]), (420, ["practices.meetings.length", "channels.website.spend"])]
    assert late["practices.meetings.every"] == float("inf"), "what holds on the first day"
    assert late["changes.0.set"] == {"practices.meetings.length": "2 hours", "channels.website.spend": "2000 per week"}


def test_a_list_of_changes_replaces_the_one_it_extends(write, late):
    assert told(load(write(CHILD, "child.yaml"))) == [(3, ["incentives.reps.commission"])]
    assert late.name == "late"


def test_settings_on_top_reach_a_change_by_its_number(write, late):
    made = load(write(TEXT), ["changes.0.at=week 20", "changes.1.set={leads.age_seen: 50%}"])
    assert told(made) == [(140, ["practices.meetings.length", "channels.website.spend"]), (280, ["leads.age_seen"])]
    assert [turn.day for turn in late.but({"changes.1.at": 7}).turns] == [7, 420]
    assert [turn.day for turn in late.but({"changes.1.at": "never"}).turns] == [420]
    assert load("silo", ["changes=[{at: day 1, set: {leads.age_seen: 50%}}]"]).turns[0].day == 1


def test_a_date_is_varied_like_anything_else(late):
    names = [made.name for made in vary(late, "changes.1.at=week 10,week 20,never")]
    assert names == [f"late[changes.1.at={date}]" for date in ("week 10", "week 20", "never")]


def test_a_scenario_with_changes_can_be_changed_copied_and_read_back(late):
    assert told(late.but({"company.reps": 3})) == told(late)
    assert pickle.loads(pickle.dumps(late)) == late
    assert told(pickle.loads(pickle.dumps(late))) == told(late)
    assert from_tree(late.tree()) == late
    assert told(from_tree(late.tree())) == told(late)


def test_a_run_that_is_too_short_for_its_changes_is_refused_where_the_date_stands(write):
    with pytest.raises(ScenarioError, match=r"late.yaml:5:10: `changes.0.at` lies outside the run") as caught:
        load(write(TEXT), ["run.weeks=50"])
    assert len(caught.value.problems) == 1


def test_a_change_is_checked_against_what_holds_on_its_day(write):
    text = "extends: silo\nchanges:\n  - {at: week 3, set: {selling.plan: {leads: 60%}}}\n"
    with pytest.raises(ScenarioError, match="do not add up to 100%"):
        load(write(text))


def test_the_schema_knows_changes():
    checker = jsonschema.Draft202012Validator(json_schema())
    checker.validate(yaml.safe_load(TEXT))
    for wrong in ("changes: {at: week 4}", "changes: [{at: 40}]", "changes: [{when: week 40}]", "changes: [{at: week 40, set: [1]}]"):
        with pytest.raises(jsonschema.ValidationError):
            checker.validate(yaml.safe_load(wrong))


def test_changes_are_explained_and_told_apart(late):
    text = as_text(explain(late))
    assert "* changes.1.at   week 40" in text
    assert "{practices.meetings.every: 1 week}" in text
    assert {one.key: one.b for one in diff(load("silo"), late)} == {
        "changes.0.at": "week 60", "changes.0.set": "{practices.meetings.length: 2 hours, channels.website.spend: 2000 per week}",
        "changes.1.at": "week 40", "changes.1.set": "{practices.meetings.every: 1 week}",
    }


@pytest.mark.parametrize(("change", "fragment"), [
    ({"company.reps": 3}, "cannot change in the course of a run"), ({"leads.arrivals": "70 per week"}, "would switch"),
    ({"leads.age_sen": 0.3}, "did you mean"), ({"leads.age_seen": 3}, "out of range"), ({"changes.0.at": 3}, "cannot change"),
    ({"name": "other"}, "no setting"), ({"leads": 3}, "no single setting"), ({"channels.radio.spend": 3}, "has no `radio`"),
])
def test_what_cannot_change_in_a_running_model_is_refused_and_leaves_it_alone(change, fragment):
    model = SalesMarketingModel("silo", 1, {"market.customers": 50, "changes": [{"at": "day 9", "set": {"leads.age_seen": "30%"}}]})
    model.run_for(3)
    before = model.plot
    with pytest.raises(ScenarioError, match=fragment):
        model.change(change)
    assert model.plot is before
    model.run_for(10)
    assert model.plot["leads.age_seen"] == 0.3


def test_what_holds_already_is_no_change(late):
    same = late.changed(late.turns[0].over)
    assert same["practices.meetings.every"] == 7
    assert same.turns == ()
    assert same.changed(late.turns[0].over) is same
    assert Mark("late.yaml") != late.written()["changes.0.at"]
