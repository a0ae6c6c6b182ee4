"""`smsim explain practice NAME`: what it costs, through what it acts, on what it rests."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import smsim_says
from worlds import PLUGINS, scenario

from smsim.core.registry import registry
from smsim.scenario.practising import as_text, explain_practice


@pytest.mark.parametrize("name", registry().practices)
def test_every_practice_says_what_it_costs_and_what_its_columns_hold(name):
    known = explain_practice(scenario(), name)
    assert known.costs
    assert known.moves
    assert known.through
    assert all(channel.meaning for channel in known.through)
    assert all(param.source and param.grade in "ABC" for param in known.params)
    assert {param.key.rpartition(".")[0] for param in known.params} == {f"practices.{name}"}


def test_what_is_written_stands_in_the_text():
    said = as_text(explain_practice(scenario({"practices.pledge.within": "2 hours"}), "pledge"), "mine")
    assert said.startswith("pledge (on in mine)")
    assert "rules        reps.answer_within [hours]" in said
    assert "evidence oldroyd2011, grade" in said


def test_an_unknown_name_leaves_with_two_and_names_the_nearest(monkeypatch, capsys):
    assert smsim_says(monkeypatch, "explain", "practice", "meeting") == 2
    assert "did you mean `meetings`?" in capsys.readouterr().err


def test_practice_without_a_name_is_not_taken_for_a_scenario(monkeypatch, capsys):
    assert smsim_says(monkeypatch, "explain", "practice") == 2
    said = capsys.readouterr().err
    assert "which practice" in said
    assert "did you mean" not in said


def test_two_scenarios_are_not_explained_at_once(monkeypatch, capsys):
    assert smsim_says(monkeypatch, "explain", "silo", "monthly") == 2
    assert "one thing" in capsys.readouterr().err


def test_a_practice_of_a_plugin_is_explained_like_any_other(monkeypatch, capsys, tmp_path: Path):
    own = tmp_path / "own.yaml"
    own.write_text(f"name: own\nextends: silo\nplugins: [{PLUGINS / 'coffee.py'}]\n", encoding="utf-8")
    assert smsim_says(monkeypatch, "explain", "practice", "coffee", "--scenario", str(own), "--json") == 0
    said = json.loads(capsys.readouterr().out)["practice"]
    assert said["name"] == "coffee"
    assert said["costs"]
    assert said["params"]
