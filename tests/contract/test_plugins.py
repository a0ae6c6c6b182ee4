"""A user's own mind, practice or mechanism, in a file a scenario names, is treated like one of the house."""

from __future__ import annotations

import math

import pytest
from worlds import PLUGINS, SMALL, TINY, scenario

from smsim import Rep, SalesMarketingModel, ScenarioError, load, play
from smsim.errors import PluginError
from smsim.model import check

LONER = f"{PLUGINS / 'loner.py'}:Loner"


def plugged(tmp_path, text, **changes):
    path = tmp_path / "mine.yaml"
    path.write_text(f"extends: silo\n{text}\n")
    return load(path).but(SMALL | changes)


def test_a_mind_in_a_plugin_file_decides(tmp_path):
    made = plugged(tmp_path, f"plugins: [{PLUGINS / 'loner.py'}]\ncompany: {{rep_mind: loner, marketer_mind: preacher}}")
    model = SalesMarketingModel(made, 1)
    model.run_for(26 * 7)
    assert {type(rep).__name__ for rep in model.reps} == {"Loner"}
    assert model.result().kpis["leads_worked"] == 0
    assert play(scenario(SMALL), 1).kpis["leads_worked"] > 0
    assert (model.world.segments["message"] == 3.0).all()


def test_a_mind_in_a_file_named_by_its_class_decides_the_same(tmp_path):
    by_name = plugged(tmp_path, f"plugins: [{PLUGINS / 'loner.py'}]\ncompany: {{rep_mind: loner}}")
    by_file = scenario(SMALL, {"company.rep_mind": LONER})
    assert play(by_name, 2).kpis["revenue"] == play(by_file, 2).kpis["revenue"]


def test_a_mind_nobody_knows_is_refused_with_the_names_there_are():
    with pytest.raises(ScenarioError, match="steady"):
        check(scenario({"company.rep_mind": "unsteady"}))


def test_a_marketer_is_no_rep():
    with pytest.raises(ScenarioError):
        check(scenario({"company.rep_mind": f"{PLUGINS / 'loner.py'}:Preacher"}))


def test_a_practice_of_ones_own_costs_what_it_costs_and_brings_its_figure(tmp_path):
    made = plugged(tmp_path, f"plugins: [{PLUGINS / 'coffee.py'}]\npractices: {{coffee: {{every: 1 day}}}}")
    with_coffee, without = play(made, 3), play(made.but({"practices.coffee.every": "never"}), 3)
    assert with_coffee.kpis["coffees"] == 22 * 5
    assert with_coffee.days["coffees"].sum() == 26 * 5 - 1
    assert math.isnan(without.kpis["coffees"])
    assert with_coffee.kpis["selling_hours"] < without.kpis["selling_hours"]


def test_a_figure_of_ones_own_is_a_column_of_the_results(tmp_path):
    from smsim import run

    made = plugged(tmp_path, f"name: mine\nplugins: [{PLUGINS / 'coffee.py'}]\npractices: {{coffee: {{every: 1 week}}}}", **TINY)
    results = run([made], replications=2)
    assert list(results.runs["coffees"]) == [5.0, 5.0]


def test_a_name_that_is_taken_is_refused(tmp_path):
    (tmp_path / "taken.py").write_text("from smsim import Practice\nclass Meetings2(Practice):\n    name = 'meetings'\n")
    with pytest.raises(PluginError, match="taken"):
        plugged(tmp_path, "plugins: [taken.py]")


def test_a_rep_who_says_nothing_keeps_the_policy_he_was_born_with(tmp_path):
    (tmp_path / "mute.py").write_text("from smsim import Rep\nclass Mute(Rep):\n    name = 'mute'\n")
    made = scenario(TINY, {"company.rep_mind": f"{tmp_path / 'mute.py'}:Mute"})
    model = SalesMarketingModel(made, 1)
    model.run_for(30)
    assert all(isinstance(rep, Rep) for rep in model.reps)
    assert (model.world.reps["share_leads"] == 0.3).all()
    assert (model.world.reps["newest_first"] == 0.5).all()
