"""What is made of a scenario: its explanation, its schema, its differences from another, a start for a new one."""

import json
import math

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from scenario_sections import ROOMS

from smsim.core import units
from smsim.errors import PlanError
from smsim.scenario import from_tree, library, load
from smsim.scenario.diff import Difference, diff
from smsim.scenario.explain import as_text, explain
from smsim.scenario.layout import all_slots, layout
from smsim.scenario.new import new_scenario
from smsim.scenario.schema import json_schema
from smsim.scenario.words import plain


@pytest.fixture
def scenario(tmp_path):
    def scenario(text):
        file = tmp_path / "mine.yaml"
        file.write_text(text)
        return load(file, registry=ROOMS)

    return scenario


def test_a_difference_is_told_in_words(scenario):
    one = scenario("name: one\n")
    two = one.but({"practices.meetings.every": 14, "leads.decay.visible": True}, "two")
    assert diff(one, two) == [
        Difference("leads.decay.visible", "no", "yes", "flag"),
        Difference("practices.meetings.every", "never", "2 weeks", "days"),
    ]
    assert diff(one, one) == []


def test_an_entry_only_one_has_is_a_difference(scenario):
    found = diff(scenario("name: one\n"), scenario("launches: [{product: a}]\n"))
    assert ("launches.0.product", "–", "a") in [(one.key, one.a, one.b) for one in found]


def test_an_explanation_tells_settings_then_the_day_then_practices(scenario):
    parts = explain(scenario("practices: {meetings: {every: 2 weeks}}\n"))
    kinds = [part.kind for part in parts]
    assert kinds == sorted(kinds, key=("settings", "mechanism", "practice").index)
    decaying, meetings = parts[-2:]
    assert (decaying.phase, decaying.does, decaying.reads) == ("3 handoff", "Leads go cold.", ("leads.born",))
    assert (meetings.on, meetings.costs) == (True, "hours of all present")
    every = meetings.params[0]
    assert (every.key, every.default, every.value, every.changed) == ("practices.meetings.every", "never", "2 weeks", True)


def test_every_setting_is_explained_once(scenario):
    mine = scenario("launches: [{product: a}]\n")
    keys = [param.key for part in explain(mine) for param in part.params]
    assert sorted(keys) == sorted(mine.settled)


def test_a_section_of_two_parts_is_told_with_the_first():
    parts = explain(load("silo"))
    keys = [param.key for part in parts for param in part.params]
    assert len(keys) == len(set(keys))
    assert any(part.also for part in parts)


def test_the_explanation_as_text_keeps_to_its_width(scenario):
    text = as_text(explain(scenario("practices: {meetings: {every: 2 weeks}}\n")), width=100)
    assert "* practices.meetings.every      2 weeks (default never)" in text
    assert max(map(len, text.splitlines())) <= 100


@pytest.fixture(scope="module")
def checker():
    schema = json_schema(ROOMS)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


GOOD = """
name: good
describe: all kinds
extends: silo.yaml
run: {weeks: 50, warm_up: 2 weeks}
practices: {meetings: {every: 25 minutes, direction: up}}
leads: {arrivals: 70 per week, birth_hours: evening, decay: {impatient_share: 8%, visible: "yes", patient_mean: 0}}
incentives: {marketers: {leads: 0.3, revenue: 70%}, reps: {cap: none}}
channels: {website: none, other: {spend: 1 per 26 weeks}, empty: }
launches: [{product: widget, announce: week 20, ship: never}]
changes: [{at: day 3, set: {run.weeks: 5}}]
"""


def test_the_schema_takes_what_the_loader_takes(checker):
    checker.validate(yaml.safe_load(GOOD))


@pytest.mark.parametrize("wrong", [
    "foo: 1", "run: {week: 3}", "run: {weeks: 0}", "run: {weeks: many}", "practices: {meetings: {every: 2}}",
    "practices: {meetings: {every: 2 wekes}}", "practices: {meetings: {direction: sideways}}", "leads: {arrivals: 70}",
    "leads: {decay: {impatient_share: 1.5}}", "incentives: {marketers: {revenu: 100%}}", "launches: {product: a}",
    "channels: {website: {spent: 3}}", "launches: [{announce: 24}]",
])
def test_the_schema_marks_what_the_loader_refuses(checker, wrong):
    assert list(checker.iter_errors(yaml.safe_load(wrong)))


def test_the_schema_takes_the_tree_of_a_scenario(checker, scenario):
    checker.validate(scenario("launches: [{product: a}]\nrun: {warm_up: 3.21 days}\n").tree())


def test_the_schema_names_unit_default_source_and_requires_nothing(checker):
    every = checker.schema["properties"]["practices"]["properties"]["meetings"]["properties"]["every"]
    assert all(word in every["description"] for word in ("default never", "days", "assumed", "grade C"))
    assert every["patternErrorMessage"]
    assert '"required"' not in json.dumps(checker.schema)


@pytest.mark.parametrize("name", library.names())
def test_every_shipped_scenario_loads_fits_the_schema_and_reads_back(name):
    mine = load(name)
    schema = jsonschema.Draft202012Validator(json_schema(mine.registry))
    schema.validate(json.loads(json.dumps(mine.tree())))
    assert from_tree(json.loads(json.dumps(mine.tree()))) == mine


def test_every_default_of_every_parameter_can_be_written_and_read_back():
    from smsim.core.registry import registry

    for key, slot in all_slots(layout(registry())):
        value = slot.section.default(slot.field)
        words = plain(slot.param, value)
        if isinstance(words, str | int | float):
            assert slot.param.read(str(words)) == value, key


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    folder = tmp_path / "shipped"
    folder.mkdir()
    (folder / "silo.yaml").write_text("name: Silo\nrun: {weeks: 50}\npractices: {meetings: {direction: up}}\n")
    monkeypatch.setattr(library, "folder", lambda *_: folder)
    monkeypatch.setattr("smsim.scenario.new.folder", lambda: folder)


def test_a_start_loads_and_is_its_parent(shelf, tmp_path):
    file = new_scenario(tmp_path / "mine" / "better_times.yaml", registry=ROOMS)
    mine = load(file, registry=ROOMS)
    assert mine.name == "Better times"
    assert diff(mine, load("silo", registry=ROOMS)) == []


def test_a_start_uncommented_still_is_its_parent(shelf, tmp_path):
    file = new_scenario(tmp_path / "mine.yaml", registry=ROOMS)
    lines = file.read_text().splitlines()
    start = next(number for number, line in enumerate(lines) if line == "# run:")
    file.write_text("\n".join([*lines[:start], *(line.removeprefix("# ") for line in lines[start:])]))
    mine = load(file, registry=ROOMS)
    assert "practices.meetings.direction" in mine.written()
    assert diff(mine, load("silo", registry=ROOMS)) == []


def test_a_start_of_a_file_of_ones_own_finds_it_from_its_folder(shelf, tmp_path):
    (tmp_path / "base.yaml").write_text("name: Base\n")
    file = new_scenario(tmp_path / "a" / "b.yaml", extends=str(tmp_path / "base.yaml"), registry=ROOMS)
    assert "extends: ../base.yaml" in file.read_text()
    assert load(file, registry=ROOMS).name == "B"


def test_a_start_never_overwrites(shelf, tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text("precious")
    with pytest.raises(PlanError, match="is there already"):
        new_scenario(file, registry=ROOMS)
    assert file.read_text() == "precious"


UNITS = ["minutes", "hours", "days", "weeks", "share", "date", "per week", "per day", "money", "money per month", "number"]


@settings(max_examples=200, deadline=None)
@given(st.floats(min_value=0, max_value=1e12, allow_nan=False), st.sampled_from(UNITS))
def test_a_number_said_exactly_is_read_back_as_the_very_same(value, unit):
    assert units.read(units.say_exactly(value, unit), unit) == value


@pytest.mark.parametrize(("value", "unit", "words"), [
    (0.5, "hours", "30 minutes"), (1 / 26, "per week", "1 per 26 weeks"), (2.5, "per week", "2.5 per week"),
    (10, "weeks", "10 weeks"), (1.5, "days", "1.5 days"), (0.5, "per week", "1 per 2 weeks"),
    (0.0, "per week", "0 per week"), (91, "days", "13 weeks"),
])
def test_a_number_is_said_as_a_person_would(value, unit, words):
    assert units.say_exactly(value, unit) == words


def test_never_and_at_once_are_said_as_such():
    assert units.say_exactly(math.inf, "days") == "never"
    assert units.say_exactly(0.0, "hours") == "at once"
