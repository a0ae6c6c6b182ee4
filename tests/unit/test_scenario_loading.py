"""Scenario files, the files they extend, settings on top, variations."""

import math
import os
import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from scenario_sections import ROOMS, Arrivals, Channel, ChannelTrace, Decay, Launch, ManagerPay, Meetings, Replay, Run

from smsim.errors import Mark, PluginError, ScenarioError
from smsim.scenario import from_tree, library, load, load_all, vary


@pytest.fixture
def write(tmp_path):
    def write(text, name="mine.yaml"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    return write


@pytest.fixture
def scenario(write):
    def scenario(text, *sets):
        return load(write(text), sets, registry=ROOMS)

    return scenario


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """A shelf of shipped scenarios."""
    folder = tmp_path / "shipped"
    (folder / "companies").mkdir(parents=True)
    (folder / "silo.yaml").write_text("name: Silo\ndescribe: Nobody talks.\nrun: {weeks: 50}\n")
    (folder / "companies" / "web.yaml").write_text("extends: ../silo.yaml\n")
    monkeypatch.setattr(library, "folder", lambda *_: folder)
    return folder


def refusal(scenario, *args):
    with pytest.raises(ScenarioError) as caught:
        scenario(*args)
    return str(caught.value)


def test_a_scenario_without_sections_is_all_defaults(scenario):
    mine = scenario("describe: nothing special\n")
    assert mine.name == "mine"
    assert mine.describe == "nothing special"
    assert mine.of(Run) == Run()
    assert mine.written() == {}


def test_words_become_numbers_in_the_unit_of_the_parameter(scenario):
    mine = scenario("practices: {meetings: {every: 2 weeks, length: 90 minutes}}\nleads: {arrivals: 10 per day}\n")
    assert mine.of(Meetings).every == 14
    assert mine.of(Meetings).length == 1.5
    assert mine.of(Arrivals).arrivals == 70
    assert mine["practices.meetings.direction"] == "both"


def test_the_traps_of_yaml_do_not_bite(scenario):
    mine = scenario("name: no\nrun: {weeks: 010, warm_up: 1 week, seed: 1_000}\n"
                    "leads: {decay: {impatient_share: 1e-3, visible: off}}\n"
                    "company: {slogan: 12:30, skills: [yes, 010, ~]}\n")
    assert mine.name == "no"
    assert mine.of(Run).weeks == 10
    assert mine.of(Run).seed == 1000
    assert mine.of(Decay).impatient_share == 0.001
    assert mine.of(Decay).visible is False
    assert mine["company.slogan"] == "12:30"
    assert mine["company.skills"] == ["yes", "010", "~"]


def test_an_empty_section_says_nothing(scenario):
    assert scenario("practices:\nleads: {decay: }\n").of(Decay) == Decay()


def test_moderate_anchors_are_just_shorthand(scenario):
    mine = scenario("channels:\n  a: &same {spend: 5 per week}\n  b: *same\n")
    assert mine["channels.a.spend"] == mine["channels.b.spend"] == 5


def test_maps_merge_with_what_is_extended(write):
    write("name: Old\ndescribe: old\npractices: {meetings: {every: 1 week, direction: up}}\nrun: {weeks: 40}\n", "old.yaml")
    mine = load(write("extends: old.yaml\npractices: {meetings: {direction: down}}\n"), registry=ROOMS)
    assert (mine["practices.meetings.every"], mine["practices.meetings.direction"], mine["run.weeks"]) == (7, "down", 40)
    assert (mine.name, mine.describe) == ("mine", "")


def test_weights_and_lists_replace(write):
    write("incentives: {marketers: {leads: 30%, revenue: 70%}}\nlaunches: [{product: a}, {product: b}]\n", "old.yaml")
    mine = load(write("extends: old.yaml\nincentives: {marketers: {pipeline: 100%}}\nlaunches: [{product: c}]\n"), registry=ROOMS)
    assert mine["incentives.marketers"] == {"pipeline": 1.0}
    assert list(mine.each(Launch)) == ["c"]


def test_weights_beside_other_keys_replace_while_the_others_merge(write):
    write("incentives: {managers: {salary: 5 per month, revenue: 100%}}\n", "old.yaml")
    child = write("extends: old.yaml\nincentives: {managers: {leads: 30%, margin: 70%}}\n")
    mine = load(child, registry=ROOMS)
    assert mine.of(ManagerPay) == ManagerPay(salary=5, leads=0.3, revenue=0, margin=0.7)
    assert mine.but({"incentives.managers.revenue": 1.0}).of(ManagerPay) == ManagerPay(salary=5, leads=0, revenue=1, margin=0)
    assert load(child, ["incentives.managers.salary=6 per month"], registry=ROOMS).of(ManagerPay).margin == 0.7
    assert from_tree(mine.tree(), registry=ROOMS) == mine


def test_weights_beside_other_keys_add_up(scenario):
    text = refusal(scenario, "incentives:\n  managers: {leads: 30%, margin: 60%}\n")
    assert "do not add up to 100%" in text
    assert "2:13" in text
    assert "together 90%" in text


def test_a_parent_is_sought_from_the_folder_of_the_file(write, monkeypatch, tmp_path):
    write("run: {weeks: 33}\n", "base.yaml")
    write("extends: ../base.yaml\n", "deep/middle.yaml")
    file = write("extends: deep/middle.yaml\n")
    monkeypatch.chdir("/")
    assert load(file, registry=ROOMS)["run.weeks"] == 33


def test_a_problem_in_a_parent_is_marked_in_the_parent(write):
    write("run: {weeks: many}\n", "deep/old.yaml")
    with pytest.raises(ScenarioError) as caught:
        load(write("extends: deep/old.yaml\nrun: {seed: few}\n"), registry=ROOMS)
    text = [str(problem.mark) for problem in caught.value.problems]
    assert len(text) == 2
    assert any(mark.endswith("deep/old.yaml:1:14") for mark in text)


def test_a_shipped_scenario_is_found_by_name_with_or_without_its_ending(shelf):
    assert load("silo", registry=ROOMS) == load("silo.yaml", registry=ROOMS)
    assert load("companies/web", registry=ROOMS)["run.weeks"] == 50


def test_the_shelf_says_what_is_on_it(shelf):
    assert [(one.name, one.describe, one.extends) for one in library.shipped() if not one.name.startswith("practices/")] == [
        ("silo", "Nobody talks.", ""), ("companies/web", "", "../silo.yaml"),
    ]


def test_a_misspelt_shipped_name_names_its_nearest_neighbour(shelf):
    assert "did you mean `silo`" in refusal(lambda: load("sillo", registry=ROOMS))


def test_a_folder_of_a_shipped_name_does_not_hide_it(shelf, tmp_path, monkeypatch):
    (tmp_path / "silo").mkdir()
    monkeypatch.chdir(tmp_path)
    assert load("silo", registry=ROOMS).name == "Silo"


def test_a_path_that_is_a_folder_says_so(tmp_path):
    assert "is a folder" in refusal(lambda: load(tmp_path, registry=ROOMS))


@pytest.mark.parametrize("path", ["", "\0", "x" * 5000, "/dev/null/x", "no/such/place.yaml", "~nobody/x"])
def test_no_path_breaks_the_loader(path):
    assert "there is no scenario" in refusal(lambda: load(path, registry=ROOMS)) or path == ""


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_must_not_be_read_says_so(write):
    file = write("name: x\n")
    file.chmod(0)
    assert "cannot be read" in refusal(lambda: load(file, registry=ROOMS))


def test_entries_that_are_there_anyway_come_first_and_merge_with_what_is_written(scenario):
    mine = scenario("channels: {fair: {spend: 7 per week}, website: {traced: 50%}}\n")
    assert list(mine.each(Channel)) == ["website", "trade shows", "fair"]
    assert mine.each(Channel)["website"].spend == 500
    assert mine.each(ChannelTrace)["website"].traced == 0.5
    assert mine["channels.trade shows.quality"] == 0.4


def test_none_takes_an_entry_away_for_good(scenario):
    mine = scenario("channels: {website: none}\n")
    assert list(mine.each(Channel)) == ["trade shows"]
    assert from_tree(mine.tree(), registry=ROOMS) == mine


def test_list_items_go_by_product_or_number(scenario):
    assert list(scenario("launches: [{product: a}, {product: b}]\n").each(Launch)) == ["a", "b"]
    assert list(scenario("launches: [{product: a}, {product: a}]\n").each(Launch)) == ["0", "1"]
    mine = scenario("launches: [{product: a, ship: week 3}]\n")
    assert mine["launches.a.ship"] == mine["launches.0.ship"] == 21


def test_a_setting_lies_on_top_of_the_file(scenario):
    sets = ("run.weeks=20", "practices.meetings={every: 1 week, direction: up}", "company.slogan=a: b # c")
    mine = scenario("run: {weeks: 50}\n", *sets)
    assert mine["run.weeks"] == 20
    assert mine["practices.meetings.every"] == 7
    assert mine["company.slogan"] == "a: b # c"
    assert mine.written()["run.weeks"] == Mark("--set run.weeks=20")


def test_a_setting_may_mend_what_the_file_says_wrongly(scenario):
    assert scenario("run: {weeks: many}\n", "run.weeks=20")["run.weeks"] == 20


@pytest.mark.parametrize("key", ["launches.0.announce", "launches.widget.announce"])
def test_a_setting_reaches_a_list_item_by_number_or_name(scenario, key):
    mine = scenario("launches: [{product: widget, ship: week 30}]\n", f"{key}=week 20")
    assert mine.each(Launch)["widget"].announce == 140
    assert mine.each(Launch)["widget"].ship == 210


def test_settings_of_one_map_of_weights_go_together(scenario):
    mine = scenario("name: x\n", "incentives.marketers.leads=30%", "incentives.marketers.revenue=70%")
    assert mine["incentives.marketers"] == {"leads": 0.3, "revenue": 0.7}
    assert mine["incentives.marketers.leads"] == 0.3


@pytest.mark.parametrize(("setting", "fragments"), [
    ("run.weks=3", ["--set run.weks=3", "did you mean `weeks`"]),
    ("run.weeks", ["needs a key and a value"]),
    ("=3", ["needs a key and a value"]),
    ("run.weeks=0", ["--set run.weeks=0: `run.weeks` is out of range"]),
    ("practices.meetings.every=2", ["`2 weeks` or `2 days`"]),
    ("launches.1.ship=week 3", ["`launches` has no `1`", "widget"]),
    ("launches.wigdet.ship=week 3", ["did you mean `widget`"]),
    ("channels.webiste.spend=3 per week", ["did you mean `website`"]),
    ("launches={a: b}", ["`launches` has no `a`"]),
    ("run={weeks: 3", ["not YAML"]),
    ("extends=silo", ["`extends` cannot be set here"]),
    ("name={a: b}", ["`name` is a text"]),
    ("company.slogan=\udcff", ["half a character"]),
])
def test_a_wrong_setting_is_named_with_what_was_meant(scenario, setting, fragments):
    text = refusal(scenario, "name: x\nlaunches: [{product: widget}]\n", setting)
    for fragment in fragments:
        assert fragment in text


def test_a_thousand_problems_are_not_all_told(scenario):
    text = refusal(scenario, "".join(f"wrong{number}: 1\n" for number in range(1000)))
    assert text.endswith("… and 900 more")


def test_problems_of_file_and_settings_are_told_together(scenario):
    text = refusal(scenario, "run: {weeks: many}\nfoo: 1\n", "leads.routing=nobody")
    assert all(fragment in text for fragment in ("many", "foo", "nobody"))


def test_paths_in_a_file_start_at_the_file_and_in_a_setting_at_the_working_folder(write, monkeypatch, tmp_path):
    write("", "logs/log.csv")
    write("", "work/other.csv")
    write("leads: {replay: {file: log.csv}}\n", "logs/old.yaml")
    child = write("extends: logs/old.yaml\n")
    monkeypatch.chdir(tmp_path / "work")
    assert load(child, registry=ROOMS).of(Replay).file == str(tmp_path / "logs" / "log.csv")
    assert load(child, ["leads.replay.file=other.csv"], registry=ROOMS).of(Replay).file == str(tmp_path / "work" / "other.csv")


def test_a_change_keeps_its_settings_in_words(scenario):
    mine = scenario("changes: [{at: week 40, set: {practices.meetings.every: 7 days}}]\n")
    assert mine["changes.0.at"] == 280
    assert mine["changes.0.set"] == {"practices.meetings.every": "1 week"}
    assert mine.but(mine["changes.0.set"])["practices.meetings.every"] == 7


def test_but_takes_numbers_in_the_unit_and_words(scenario):
    mine = scenario("name: one\n").but({"practices.meetings.every": 14, "leads.decay.visible": True, "run.weeks": "20",
                                        "incentives.marketers": {"leads": 0.5, "revenue": "50%"}}, name="two")
    assert mine.name == "two"
    assert mine.of(Meetings).every == 14
    assert mine.of(Decay).visible is True
    assert mine["incentives.marketers"] == {"leads": 0.5, "revenue": 0.5}
    assert mine.but({"practices.meetings.every": math.inf}).of(Meetings).every == math.inf


def test_but_takes_numbers_of_numpy(scenario):
    mine = scenario("name: one\n").but({"run.weeks": np.int64(20), "leads.birth_hours": np.full(24, 1 / 24)})
    assert mine["run.weeks"] == 20
    assert sum(mine["leads.birth_hours"]) == pytest.approx(1)


def test_but_refuses_as_a_file_does(scenario):
    mine = scenario("name: one\n")
    assert "out of range" in refusal(mine.but, {"run.weeks": 0})
    assert "did you mean `weeks`" in refusal(mine.but, {"run.week": 3})


def test_a_variation_is_a_scenario_for_each_value(scenario):
    found = vary(scenario("name: X\n"), "practices.meetings.every=1 week,2 weeks,never")
    assert [one.name for one in found] == [f"X[practices.meetings.every={v}]" for v in ("1 week", "2 weeks", "never")]
    assert [one["practices.meetings.every"] for one in found] == [7, 14, math.inf]


def test_commas_inside_brackets_do_not_part_values(scenario):
    found = vary(scenario("name: X\n"), "incentives.marketers={leads: 50%, revenue: 50%},{leads: 100%}")
    assert [one["incentives.marketers"] for one in found] == [{"leads": 0.5, "revenue": 0.5}, {"leads": 1.0}]


def test_several_variations_make_their_product(write):
    found = load_all([write("name: X\n")], varies=["run.weeks=20,30", "run.seed=1,2"], registry=ROOMS)
    assert [one.name for one in found][:2] == ["X[run.weeks=20][run.seed=1]", "X[run.weeks=20][run.seed=2]"]
    assert len(found) == 4


@pytest.mark.parametrize("text", ["run.weeks=", "run.weeks=20,,30", "run.weeks=20,20", "run.weeks", "run.weeks=20,many", "run.w=1"])
def test_a_wrong_variation_is_refused(scenario, text):
    assert refusal(vary, scenario("name: X\n"), text)


def test_scenarios_of_one_name_clash(write):
    one, two = write("name: X\n"), write("name: X\n", "two.yaml")
    assert "two scenarios are called `X`" in refusal(lambda: load_all([one, two], registry=ROOMS))


def test_problems_of_all_files_are_told_together(write):
    files = [write(f"run: {{weeks: {word}}}\n", f"{word}.yaml") for word in ("many", "few")]
    text = refusal(lambda: load_all(files, registry=ROOMS))
    assert "many" in text
    assert "few" in text


PLUGIN = '''
"""A habit of one's own."""
from smsim.core.section import Section, param

class {name}(Section, at="{at}"):
    size: float = param(1.0, "share", "How much", source="assumed", grade="C", low=0, high=1)
'''


def test_plugins_of_parent_and_child_unite_and_declare_their_own_keys(write):
    write(PLUGIN.format(name="One", at="one"), "one.py")
    write(PLUGIN.format(name="Two", at="two"), "deep/two.py")
    write("plugins: [two.py]\ntwo: {size: 20%}\n", "deep/old.yaml")
    mine = load(write("extends: deep/old.yaml\nplugins: [one.py]\none: {size: 10%}\n"))
    assert mine["one.size"] == 0.1
    assert mine["two.size"] == 0.2
    assert [Path(plugin).name for plugin in mine.plugins] == ["two.py", "one.py"]
    assert from_tree(mine.tree()) == mine


def test_a_scenario_with_a_plugin_travels_to_another_process(write, tmp_path):
    write(PLUGIN.format(name="Far", at="far"), "far.py")
    mine = load(write("plugins: [far.py]\nfar: {size: 30%}\n"))
    again = pickle.loads(pickle.dumps(mine))
    assert again == mine
    assert again.written() == mine.written()
    (tmp_path / "mine.pickle").write_bytes(pickle.dumps(mine))
    program = f"import pickle; print(pickle.load(open({str(tmp_path / 'mine.pickle')!r}, 'rb'))['far.size'])"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "0.3\n"


@pytest.mark.parametrize(("text", "fragment"), [
    ("1 / 0", "ZeroDivisionError"), ("import", "SyntaxError"),
    (PLUGIN.format(name="Run", at="run"), ""),
    (PLUGIN.format(name="Bad", at="leads.decay.visible"), "declared twice"),
    (PLUGIN.format(name="Bad", at="name"), "declared twice"),
])
def test_a_plugin_that_cannot_be_used_says_why(write, text, fragment):
    write(text, "bad.py")
    file = write("plugins: [bad.py]\n")
    if not fragment:
        assert load(file)["run.size"] == 1.0
        return
    with pytest.raises(PluginError, match=fragment):
        load(file)


def test_a_scenario_equals_itself_read_back_from_its_tree(scenario):
    mine = scenario("run: {weeks: 33, warm_up: 2.37 days}\nchannels: {a: {spend: 1 per 3 days, quality: 33.3333%}, b: }\n"
                    "launches: [{product: x, ship: day 33.3}]\nleads: {birth_hours: [" + "1, " * 23 + "5]}\n"
                    "changes: [{at: week 2, set: {practices.meetings.every: never}}]\n")
    assert from_tree(mine.tree(), registry=ROOMS) == mine
    assert mine != mine.but({"run.weeks": 34})


def test_an_unknown_key_of_a_scenario_names_its_nearest_neighbour(scenario):
    with pytest.raises(KeyError, match=r"run\.weeks"):
        scenario("name: x\n")["run.weks"]
