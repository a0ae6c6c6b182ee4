"""A question file is read as a scenario file is: what is wrong is told with its place, and what was probably meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from smsim.errors import InputError
from smsim.experiment.designs import Design
from smsim.experiment.question import Question, read_question

RHYTHM = "base: silo\nvary:\n  practices.meetings.every: [never, 4 weeks]\n"


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)

    def asked(text: str, *sets: str) -> Question:
        (tmp_path / "q.yaml").write_text(text, encoding="utf-8")
        return read_question("q.yaml", list(sets))

    return asked


def test_a_question_says_what_is_varied_in_which_firm_and_what_is_measured(ask) -> None:
    question = ask(RHYTHM + "measure: [cold_share]\nreplications: 7\nweeks: 20\nseed: 3\nname: how often\n")
    assert (question.name, question.base.name, question.design, question.measure) == ("how often", "silo", "grid", ("cold_share",))
    assert [choice.words for choice in question.factors[0].choices] == ["never", "4 weeks"]
    assert [question.base[f"run.{key}"] for key in ("replications", "weeks", "seed")] == [7, 20, 3]


def test_without_a_word_it_is_a_grid_called_as_its_file_that_measures_profit_and_revenue(ask) -> None:
    question = ask(RHYTHM)
    assert (question.name, question.design, question.measure) == ("q", "grid", ("contribution", "revenue"))


def test_the_command_line_has_the_last_word(ask) -> None:
    question = ask(RHYTHM + "weeks: 20\nseed: 3\n", "run.weeks=30", "market.customers=100")
    assert question.base["run.weeks"] == 30
    assert question.base["run.seed"] == 3
    assert question.base["market.customers"] == 100


def test_the_base_is_sought_beside_the_question(ask, tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text("name: ours\nextends: silo\ncompany: {reps: 3}\n", encoding="utf-8")
    assert ask(RHYTHM.replace("silo", "ours.yaml")).base["company.reps"] == 3


@pytest.mark.parametrize("words", ["10% to 50%", "{from: 10%, to: 50%}", "0.1 to 0.5"])
def test_a_range_is_said_in_two_ways_with_its_units(ask, words: str) -> None:
    factor = ask(f"base: silo\ndesign: latin\nvary: {{leads.age_seen: '{words}'}}\n".replace("'{", "{").replace("}'", "}")).factors[0]
    assert factor.is_range
    assert [choice.number for choice in factor.choices] == [0.1, 0.5]


WRONG = [
    ("base: silo\nvary:\n  practices.meetings.evry: [never]\n", "q.yaml:3:3: a scenario has no setting", "`practices.meetings.every`"),
    (RHYTHM + "mesure: [revenue]\n", "q.yaml:4:1: a question has no key `mesure`", "`measure`"),
    (RHYTHM + "measure: [contribution, revenu]\n", "q.yaml:4:25: there is no key figure `revenu`", "`revenue`"),
    (RHYTHM + "measure: []\n", "q.yaml:4:10: nothing is measured", ""),
    (RHYTHM + "design: gird\n", "q.yaml:4:9: there is no such design", "`grid`"),
    (RHYTHM + "samples: 5\n", "q.yaml:4:10: a grid has no samples", "`design: latin`"),
    (RHYTHM + "replications: many\n", "q.yaml:4:15: `run.replications` is not a number", ""),
    (RHYTHM + "weeks: 0\n", "q.yaml:4:8: `run.weeks` is out of range", ""),
    (RHYTHM + "baseline: {practices.meetings.every: 1 week}\n", "q.yaml:4:38: `practices.meetings.every` does not take this value", ""),
    (RHYTHM + "baseline: {practices.meetings.length: 1 hour}\n", "q.yaml:4:12: `practices.meetings.length` is not varied here", ""),
    (RHYTHM + "baseline: never\n", "q.yaml:4:11: `baseline` is a map", ""),
    (RHYTHM + "name: [a]\n", "q.yaml:4:7: `name` is a text", ""),
    (RHYTHM + "base: web\n", "q.yaml:4:1: `base` stands here twice", ""),
    ("base: silo\nvary:\n  market.tolerance: []\n", "q.yaml:3:21: `market.tolerance` has no value to take", ""),
    ("base: silo\nvary:\n  market.tolerance: [0.5, 0.50]\n", "q.yaml:3:27: two values of `market.tolerance` are the same", ""),
    ("base: silo\nvary:\n  market.tolerance: [0.5, 99]\n", "q.yaml:3:27: `market.tolerance` is out of range", ""),
    ("base: silo\nvary:\n  leads.priority: [learned, newst]\n", "q.yaml:3:29: `leads.priority` knows no such word", "`newest`"),
    ("base: silo\nvary:\n  market.tolerance: 0.5\n", "q.yaml:3:21: `market.tolerance` says over what it is varied", ""),
    ("base: silo\nvary:\n  leads.age_seen: 0% to 50%\n", "q.yaml:3:19: `leads.age_seen` is a range", "`design: latin`"),
    ("base: silo\nvary:\n  run.seed: [1, 2]\n", "q.yaml:3:3: `run.seed` cannot be varied", ""),
    ("base: silo\nvary: {}\n", "q.yaml:2:7: a question varies at least one setting", ""),
    ("base: silo\n", "q.yaml:1:1: a question varies at least one setting", ""),
    ("base: sillo\nvary:\n  leads.age_seen: [0]\n", "q.yaml:1:7: there is no scenario `sillo`", "`silo`"),
    ("base: [silo, silo]\nvary:\n  leads.age_seen: [0]\n", "q.yaml:1:14: two firms have the same name", ""),
    ("base: [silo, sillo]\nvary:\n  leads.age_seen: [0]\n", "q.yaml:1:14: there is no scenario `sillo`", "`silo`"),
    ("base: []\nvary:\n  leads.age_seen: [0]\n", "q.yaml:1:7: a question names the scenario it starts from", ""),
    ("base: [silo, web]\nvary: {leads.age_seen: [0, 1]}\nbaseline: {base: b2b}\n", "q.yaml:3:18: `base` does not take this value", ""),
    ("vary:\n  leads.age_seen: [0]\n", "q.yaml:1:1: a question names the scenario it starts from", ""),
    ("base: silo\ndesign: latin\nsamples: 1\nvary: {leads.age_seen: 0 to 1}\n", "q.yaml:3:10: `samples` is no number of points", ""),
    ("base: silo\ndesign: latin\nvary: {leads.age_seen: 1 to 0}\n", "q.yaml:3:24: `leads.age_seen` has no such range", ""),
    ("base: silo\ndesign: latin\nvary: {practices.meetings.every: 1 week to never}\n", "q.yaml:3:34: `practices.meetings.every` has", ""),
    ("base: silo\ndesign: latin\nvary: {leads.age_seen: 0 to 140%}\n", "q.yaml:3:24: `leads.age_seen` is out of range", ""),
    ("base: silo\nvary: {channels.nowhere.reach: [1 per week]}\n", "q.yaml:2:8: `channels` has no `nowhere`", ""),
    ("", "q.yaml:1:1: this file is empty", ""),
    ("vary: [\n", "q.yaml:2:1: this is not YAML", ""),
]


@pytest.mark.parametrize(("text", "told", "meant"), WRONG, ids=[told.partition(": ")[2] for _, told, _ in WRONG])
def test_what_is_wrong_is_told_with_its_place_and_the_nearest_name(ask, text: str, told: str, meant: str) -> None:
    with pytest.raises(InputError) as caught:
        _ = Design(ask(text)).variants
    assert told in str(caught.value)
    assert not meant or f"did you mean {meant}?" in str(caught.value)


def test_everything_wrong_is_told_at_once(ask) -> None:
    with pytest.raises(InputError) as caught:
        ask("base: silo\nvary: {market.tolerance: [lots], leads.age_sen: [0]}\nmeasure: [profit]\nreplications: few\n")
    assert len(caught.value.problems) == 4


def test_an_unknown_question_names_those_that_are_shipped() -> None:
    with pytest.raises(InputError, match="did you mean `rhythm`") as caught:
        read_question("rhytm")
    assert "a shipped experiment: " in str(caught.value)
