"""A question in a file, from the command to the folder."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pandas as pd
import pytest

from smsim.__main__ import main

QUESTION = """name: two by two
describe: Does meeting pay more where customers forgive more?
base: silo
vary:
  practices.meetings.every: [never, 1 week]
  market.tolerance: [0.35, 1]
replications: 2
weeks: 8
"""
SHORT = ("--set", "run.warm_up=2 weeks", "--set", "market.customers=300", "--workers", "1")


@pytest.fixture
def says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "q.yaml").write_text(QUESTION, encoding="utf-8")

    def said(*words: str) -> int:
        monkeypatch.setattr(sys, "argv", ["smsim", *words])
        with pytest.raises(SystemExit) as left:
            main()
        return int(left.value.code or 0)

    return said


def test_a_grid_of_two_by_two_leaves_a_folder_like_any_other_with_its_values_and_pictures(says, capsys) -> None:
    assert says("experiment", "q.yaml", *SHORT, "--json") == 0
    told = capsys.readouterr()
    found, out = json.loads(told.out), Path("results/two by two")
    assert told.err == ""
    assert found["out"] == str(out)
    assert found["runs"] == 8
    runs, values = pd.read_parquet(out / "runs.parquet"), pd.read_parquet(out / "experiment.parquet")
    assert set(runs["scenario"]) == set(values["scenario"])
    assert list(zip(values["practices.meetings.every"], values["market.tolerance"], strict=True)) == [
        (float("inf"), 0.35), (float("inf"), 1.0), (7.0, 0.35), (7.0, 1.0)]
    assert runs.groupby("replication")["seed"].nunique().eq(1).all()
    names = {path.name for path in (out / "charts").iterdir()}
    assert {"answer-contribution.png", "answer-contribution-lines.svg", "answer-revenue.svg"} <= names
    assert "smsim report &#39;results/two by two&#39;" in (out / "report.html").read_text()
    answers = [row for row in found["experiment"]["answers"] if row["kpi"] == "revenue"]
    last = runs[runs["scenario"] == answers[-1]["scenario"]].set_index("replication")["revenue"]
    first = runs[runs["scenario"] == answers[-1]["against"]].set_index("replication")["revenue"]
    assert answers[-1]["gap"] == pytest.approx((last - first).mean())
    row = next(row for row in found["differences"] if row["kpi"] == "revenue" and row["scenario"] == answers[-1]["scenario"])
    assert row["difference"] == pytest.approx(answers[-1]["gap"])


def test_the_same_question_goes_on_where_it_stopped(says, capsys, monkeypatch) -> None:
    monkeypatch.setattr("smsim.report.draw", lambda _folder: [])
    assert says("experiment", "q.yaml", *SHORT, "--quiet") == 0
    before = pd.read_parquet("results/two by two/runs.parquet").set_index(["scenario", "replication"])
    assert says("experiment", "q.yaml", *SHORT, "-n", "3") == 0
    assert "4 of them still to play" in capsys.readouterr().err
    after = pd.read_parquet("results/two by two/runs.parquet").set_index(["scenario", "replication"])
    assert len(after) == 12
    pd.testing.assert_frame_equal(after.loc[before.index], before)


def test_a_firm_of_a_question_is_the_firm_of_the_command_line(says, capsys, monkeypatch) -> None:
    monkeypatch.setattr("smsim.report.draw", lambda _folder: [])
    assert says("experiment", "q.yaml", *SHORT, "--quiet") == 0
    assert says("run", "silo", *SHORT, "-n", "2", "--weeks", "8", "--vary", "practices.meetings.every=never,1 week", "--vary",
                "market.tolerance=0.35,1", "--out", "apart", "--quiet") == 0
    asked, typed = (pd.read_parquet(f"{folder}/runs.parquet") for folder in ("results/two by two", "apart"))
    pd.testing.assert_frame_equal(asked, typed)


def test_a_grid_that_explodes_says_how_much_it_is_and_writes_nothing(says, capsys, monkeypatch) -> None:
    monkeypatch.setattr("smsim.experiment.length.time_one", lambda _scenario: 0.1)
    numbers = ", ".join(str(at) for at in range(1, 31))
    for more, told in (("", "900 firms, 90,000 replications: about 2.5 hours on 1 worker"),
                       (f"  company.marketers: [{numbers}]\n", "27,000 firms, 2,700,000 replications: about 3.1 days on 1 worker")):
        vary = f"  company.reps: [{numbers}]\n  leads.expiry: [{numbers.replace(',', ' weeks,')} weeks]\n{more}"
        Path("large.yaml").write_text(f"base: silo\nreplications: 100\nvary:\n{vary}")
        assert says("experiment", "large.yaml", "--workers", "1") == 2
        said = capsys.readouterr().err
        assert told in said
        assert "large.yaml:4:3: this question" in said
        assert "--yes" in said
    assert not Path("results").exists()


def test_a_yes_plays_what_takes_long(says, monkeypatch) -> None:
    monkeypatch.setattr("smsim.report.draw", lambda _folder: [])
    monkeypatch.setattr("smsim.experiment.length.time_one", lambda _scenario: 1e6)
    assert says("experiment", "q.yaml", *SHORT, "--quiet") == 2
    assert says("experiment", "q.yaml", *SHORT, "--quiet", "--yes") == 0


def test_bad_questions_leave_with_two_and_write_nothing(says, capsys) -> None:
    Path("bad.yaml").write_text(QUESTION + "measure: [profit]\n")
    assert says("experiment", "bad.yaml") == 2
    assert "bad.yaml:9:11: there is no key figure `profit`" in capsys.readouterr().err
    assert says("experiment", "q.yaml", *SHORT, "--out", ".") == 2
    assert says("experiment", "q.yaml", "-n", "0") == 2
    assert says("experiment", "q.yaml", "--weeks", "3") == 2
    assert not Path("results").exists()


def test_shipped_questions_are_listed(says, capsys) -> None:
    assert says("list", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert {"rhythm", "call_order_by_load", "tolerance_by_rhythm", "assumptions"} <= {each["name"] for each in found["experiments"]}


def test_the_schema_of_questions_accepts_those_that_are_shipped(says, capsys) -> None:
    import jsonschema
    import yaml

    from smsim.scenario.library import folder

    assert says("schema", "--questions") == 0
    schema = json.loads(capsys.readouterr().out)
    for file in folder("experiment").glob("*.yaml"):
        jsonschema.validate(yaml.safe_load(file.read_text()), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"base": "silo", "vary": {"leads.age_seen": [0]}, "measure": ["profit"]}, schema)
