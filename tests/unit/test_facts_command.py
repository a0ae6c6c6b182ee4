"""`smsim facts`: what is on the shelf, what is played, what is printed, with which status it leaves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from command_line import smsim_says

import smsim.model
from smsim.errors import InputError
from smsim.facts.fact import CALIBRATES, TESTS
from smsim.facts.playing import Request, facts, name_of
from smsim.facts.shelf import choose, shelf
from smsim.record import Run

KPIS = {"revenue": 1000.0, "selling_hours": 18000.0}


def _play(scenario: Any, seed: int, leads: bool = False) -> Run:
    """A run in which every lead is called after the same time, two of three of them never."""
    assert leads
    days = int(scenario["run.weeks"]) * 7
    born = np.arange(0.0, days, 1 / 6)
    touched = np.where(np.arange(len(born)) % 3 == seed % 3, born + 1 / 48, np.nan)
    rows = {"created": born, "first_touch": touched, "qualified": touched, "outcome": np.full(len(born), "won", object)}
    return Run(dict(KPIS), {"day": np.arange(days)}, {}, rows)


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """The names of the scenarios that are played, none of them for real."""
    names: list[str] = []

    def play(scenario: Any, seed: int, leads: bool = False) -> Run:
        names.append(scenario.name)
        return _play(scenario, seed, leads)

    monkeypatch.setattr(smsim.model, "play", play)
    monkeypatch.chdir(tmp_path)
    return names


def test_every_file_with_a_fact_is_on_the_shelf() -> None:
    calibrate, test = {"1", "2", "3", "6", "7", "12", "13", "14"}, {"4", "5", "8", "9", "10", "11", "15", "16", "17", "18", "19", "20"}
    assert calibrate | test == set(shelf())
    assert {id_: fact.kind for id_, fact in shelf().items()} == {id_: CALIBRATES if id_ in calibrate else TESTS for id_ in shelf()}


def test_every_fact_says_what_is_known_who_found_it_and_what_would_agree() -> None:
    for fact in shelf().values():
        assert fact.statement.endswith(".")
        assert fact.source
        assert fact.confirmed
        assert fact.measures
        assert all(one.says and one.band[0] < one.band[1] for one in fact.measures)
        assert len({one.name for one in fact.measures}) == len(fact.measures)


def test_facts_are_asked_for_by_number_or_by_name_and_come_in_their_order() -> None:
    assert [fact.id for fact in choose(["carry_over", "1", "1"])] == ["1", "7"]
    assert [fact.id for fact in choose([])] == list(shelf())


def test_an_unknown_fact_is_told_the_nearest_name() -> None:
    with pytest.raises(InputError, match="black_hole") as caught:
        choose(["1", "blackhole", "xyz"])
    assert [problem.meant for problem in caught.value.problems] == ["`black_hole`", ""]


def test_a_world_that_several_facts_share_is_played_once(played: list[str]) -> None:
    plan = Request(choose([]), (), {"replications": 2}).plan()
    names = [scenario.name for scenario in plan.scenarios]
    assert len(names) == len(set(names))
    assert name_of(shelf()["1"], "firm") == name_of(shelf()["5"], "firm") == "b2b"
    facts("2", "3", replications=2)
    assert sorted(played) == ["web", "web"]


def test_settings_of_the_command_line_reach_every_world_and_a_facts_own_stand_above_them() -> None:
    plan = Request(choose(["5"]), ["leads.age_seen=77%", "market.customers=500"]).plan()
    assert [scenario["leads.age_seen"] for scenario in plan.scenarios] == [0.77, 0.77]
    assert [scenario["market.customers"] for scenario in plan.scenarios] == [500, 3000]


def test_one_object_and_nothing_else_is_printed(
    played: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    assert smsim_says(monkeypatch, "facts", "1", "2", "-n", "3", "--workers", "1", "--json") == 0
    said = capsys.readouterr()
    found = json.loads(said.out)["facts"]
    assert [one["id"] for one in found] == ["1", "2"]
    assert {"id", "title", "kind", "measures", "verdict", "source"} <= set(found[0])
    assert {"name", "value", "low", "high", "band", "verdict"} <= set(found[0]["measures"][0])
    assert found[0]["measures"][0]["value"] == pytest.approx(2 / 3, abs=0.001)
    assert found[0]["measures"][0]["verdict"] == "inside the band"
    assert found[1]["measures"][0]["value"] == 1.0
    assert found[1]["verdict"] == "outside"
    assert found[1]["measures"][-1]["band"] == [1.5, None]
    assert said.err == ""
    assert not Path("results").exists()


def test_a_folder_keeps_the_numbers_and_the_same_command_goes_on_from_it(played: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("facts", "2", "--workers", "1", "--quiet", "--out", "kept", "-n")
    assert smsim_says(monkeypatch, *words, "2") == 0
    assert smsim_says(monkeypatch, *words, "5") == 0
    assert len(played) == 5
    runs = pd.read_parquet("kept/runs.parquet")
    assert {"2.answered", "3.called_0"} <= set(runs.columns)
    assert not Path("kept/leads.parquet").exists()


def test_the_list_plays_nothing(played: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert smsim_says(monkeypatch, "facts", "--list", "--json") == 0
    assert [one["id"] for one in json.loads(capsys.readouterr().out)["facts"]] == list(shelf())
    assert smsim_says(monkeypatch, "facts", "--list", "3") == 0
    assert "Lead decay" in capsys.readouterr().out
    assert played == []


def test_the_list_tells_facts_that_were_looked_at_from_those_that_were_not(
    played: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    assert smsim_says(monkeypatch, "facts", "--list", "1", "5", "12") == 0
    said = capsys.readouterr().out
    order = [said.index(words) for words in ("Calibrates (looked at", "[1]", "[12]", "Tests (not looked", "[5]")]
    assert order == sorted(order)
    assert smsim_says(monkeypatch, "facts", "1", "2", "-n", "3", "--workers", "1") == 0
    assert "says little): inside the band 1; outside 2." in capsys.readouterr().out


def test_an_unknown_id_leaves_with_two_and_plays_nothing(
    played: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    assert smsim_says(monkeypatch, "facts", "carryover", "--out", "kept") == 2
    assert "did you mean `carry_over`" in capsys.readouterr().err
    assert played == []
    assert not Path("kept").exists()


def test_a_table_in_words_says_value_interval_band_and_verdict(
    played: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    assert smsim_says(monkeypatch, "facts", "1", "-n", "3", "--workers", "1") == 0
    said = capsys.readouterr().out
    assert "[1] Black hole (calibrates): inside the band" in said
    assert "0.6 to 0.8" in said
    assert "Sabnis" in said
    assert "3 replications of b2b" in said


def test_a_replication_that_fails_leaves_with_one(
    played: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(smsim.model, "play", lambda *_args, **_more: 1 / 0)
    assert smsim_says(monkeypatch, "facts", "1", "-n", "2", "--workers", "1", "--json") == 1
    assert "ZeroDivisionError" in capsys.readouterr().err
