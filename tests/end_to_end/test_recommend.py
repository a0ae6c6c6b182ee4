"""A decision in a file, from the command to the folder: read, played, killed, gone on with, drawn and taken away."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from pptx import Presentation

from smsim.__main__ import main
from smsim.advice.advice import Advice
from smsim.advice.bench import Bench
from smsim.report.advice import page, words

DECISION = """name: two levers
describe: Which of two?
base: silo
levers:
  practices.meetings.every: {never: 0, 4 weeks: 6000, 1 week: 1000 per week}
  pledge: {like: practices/pledge, cost: 12000}
budget: 20000
worlds: {named: {as we think: {}, strict: {market.tolerance: 0.4}}}
first: 1
replications: 2
weeks: 6
"""
STUDY = Path(__file__).with_name("decided_study.py")
SHORT = ("--set", "run.warm_up=1 week", "--set", "market.customers=200", "--yes")


@pytest.fixture
def says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SMSIM_STORE", "off")
    (tmp_path / "d.yaml").write_text(DECISION, encoding="utf-8")

    def said(*words: str) -> int:
        monkeypatch.setattr(sys, "argv", ["smsim", *words])
        with pytest.raises(SystemExit) as left:
            main()
        return int(left.value.code or 0)

    return said


def _tables(folder: Path) -> dict[str, pd.DataFrame]:
    return {name: pd.read_parquet(folder / f"{name}.parquet") for name in ("shortlist", "steps", "regret", "candidates")}


def test_a_decision_leaves_tables_pictures_a_page_slides_and_a_workbook_with_the_same_numbers(says, capsys) -> None:
    away = ("--slides", "a.pptx", "--workbook", "a.xlsx", "--csv", "csv")
    assert says("recommend", "d.yaml", *SHORT, "--workers", "1", "--json", *away) == 0
    told = json.loads(capsys.readouterr().out)
    out = Path("results/two levers")
    assert told["out"] == str(out)
    tables, advice = _tables(out), Advice.read(out)
    assert "candidates, all that can be paid and played, were played in the same" in words.how(advice)[0]
    assert {path.name for path in (out / "charts").iterdir()} >= {"frontier.png", "regret.svg"}
    assert set(tables["candidates"]["candidate"]) == {
        "as it is", "meetings.every 4 weeks", "pledge", "meetings.every 4 weeks + pledge"}
    assert tables["candidates"]["cost"].max() == 18_000
    assert [row["gain"] for row in told["shortlist"]] == tables["shortlist"]["gain"].tolist()
    cells = page.shortlist(advice)
    html = (out / "report.html").read_text(encoding="utf-8")
    assert all(cell in html for row in cells for cell in row)
    slides = [shape for slide in Presentation("a.pptx").slides for shape in slide.shapes if shape.has_table]
    assert [cell.text for cell in slides[0].table.rows[1].cells] == cells[0]
    assert words.headline(advice) in "\n".join(
        shape.text_frame.text for slide in Presentation("a.pptx").slides for shape in slide.shapes if shape.has_text_frame)
    rows = list(openpyxl.load_workbook("a.xlsx")["Short list"].iter_rows(min_row=3, values_only=True))
    column = rows[0].index("gain")
    assert [row[column] for row in rows[1:]] == pytest.approx(tables["shortlist"]["gain"].tolist())
    assert pd.read_csv("csv/shortlist.csv")["gain"].tolist() == pytest.approx(tables["shortlist"]["gain"].tolist())
    gain = tables["shortlist"].set_index("candidate")["gain"]
    runs = pd.concat([pd.read_parquet(file) for file in (out / "rounds").glob("*estimate/runs.parquet")])
    yearly = runs.assign(who=runs["scenario"].str.partition(" @ ")[0]).groupby("who")["contribution"].mean() / (35 / 364)
    for name in set(gain.index) - {"as it is"}:
        cost = tables["shortlist"].set_index("candidate")["cost"][name]
        assert gain[name] == pytest.approx(yearly[name] - cost - yearly["as it is"])
    assert says("report", str(out), "-q") == 0


def test_what_was_stopped_goes_on_and_ends_as_if_it_had_not_been_whoever_plays(says, monkeypatch) -> None:
    assert says("recommend", "d.yaml", *SHORT, "--workers", "1", "-q", "--out", "whole") == 0
    play, calls = Bench.play, []

    def stops(bench: Bench, look, picks) -> None:
        calls.append(look.name)
        if len(calls) == 2:
            raise KeyboardInterrupt
        play(bench, look, picks)

    monkeypatch.setattr(Bench, "play", stops)
    assert says("recommend", "d.yaml", *SHORT, "--workers", "1", "-q", "--out", "stopped") == 130
    monkeypatch.setattr(Bench, "play", play)
    first = next(Path("stopped/rounds").glob("001*/runs.parquet"))
    before = first.stat().st_mtime_ns, first.read_bytes()
    assert says("recommend", "d.yaml", *SHORT, "--workers", "2", "-q", "--out", "stopped") == 0
    assert first.read_bytes() == before[1]
    for name, table in _tables(Path("whole")).items():
        pd.testing.assert_frame_equal(table, _tables(Path("stopped"))[name])


def test_another_decision_is_not_mixed_with_what_a_folder_holds(says, capsys) -> None:
    Path("there").mkdir()
    Path("there/note.txt").write_text("mine", encoding="utf-8")
    assert says("recommend", "d.yaml", *SHORT, "--out", "there") == 2
    assert "holds something else" in capsys.readouterr().err
    assert [path.name for path in Path("there").iterdir()] == ["note.txt"]


def test_check_reads_a_decision_and_list_and_schema_know_it(says, capsys) -> None:
    assert says("check", "d.yaml", "--set", "run.warm_up=1 week", "--json") == 0
    assert json.loads(capsys.readouterr().out)["decisions"] == [
        {"name": "two levers", "levers": 2, "worlds": 2, "candidates": 4, "tried": "candidates: 4, all played"}]
    assert says("check", "habits_first", "-q") == 0
    assert says("list", "--json") == 0
    assert "habits_first" in [each["name"] for each in json.loads(capsys.readouterr().out)["recommendations"]]
    assert says("schema", "--decisions") == 0
    assert "levers" in json.loads(capsys.readouterr().out)["properties"]


RANGE = """base: silo
weeks: 2
measure: deals_won
levers: {practices.meetings.every: {from: 1 week, to: 16 weeks, cost: 0 to 0}}
trials: 40
first: 2
replications: 8
"""


def _bytes(folder: Path) -> dict[str, bytes]:
    """Every table, and what is told but for when and for how long."""
    told = json.loads((folder / "recommendation.json").read_text(encoding="utf-8"))
    about = {key: value for key, value in told.items() if key not in ("start", "seconds", "command", "machine")}
    tables = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.parquet")}
    return tables | {"told": json.dumps(about, sort_keys=True).encode()}


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
def test_what_is_killed_between_and_within_looks_goes_on_to_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "d.yaml").write_text(RANGE, encoding="utf-8")

    def begin(out: str, look: int = 0, replications: int = 0) -> int:
        words = [str(word) for word in (STUDY, tmp_path / "d.yaml", tmp_path / out, look, replications)]
        return subprocess.run([sys.executable, *words], timeout=120, check=False).returncode

    assert begin("whole") == 0
    looks = len(list((tmp_path / "whole/rounds").iterdir()))
    assert looks >= 5
    for look, replications in ((1, 3), (2, 0), (2, 9), (3, 1), (looks - 1, 0), (looks - 1, 5), (looks, 0), (looks, 7)):
        assert begin("killed", look, replications) == -9
    assert begin("killed") == 0
    assert _bytes(tmp_path / "killed") == _bytes(tmp_path / "whole")


@pytest.mark.slow
def test_a_cluster_comes_to_the_same_as_one_machine(says) -> None:
    pytest.importorskip("distributed", reason="dask.distributed is not installed")
    assert says("recommend", "d.yaml", *SHORT, "--workers", "1", "-q", "--out", "here") == 0
    assert says("recommend", "d.yaml", *SHORT, "--cluster", "local:1", "-q", "--out", "there") == 0
    assert _bytes(Path("here")) == _bytes(Path("there"))


def test_the_same_decision_elsewhere_takes_every_run_from_the_store(says, tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("SMSIM_STORE", str(tmp_path / "store"))
    assert says("recommend", "d.yaml", *SHORT, "--workers", "1", "--out", "one") == 0
    runs = json.loads(Path("one/recommendation.json").read_text(encoding="utf-8"))["runs"]
    capsys.readouterr()
    assert says("recommend", "d.yaml", *SHORT, "--workers", "1", "--out", "two") == 0
    assert f"{runs} of {runs} replications had been played before" in capsys.readouterr().err
    for name, table in _tables(Path("one")).items():
        pd.testing.assert_frame_equal(table, _tables(Path("two"))[name])


def test_without_optuna_the_command_says_what_to_install(says, monkeypatch, capsys) -> None:
    monkeypatch.setitem(sys.modules, "optuna", None)
    Path("r.yaml").write_text(RANGE, encoding="utf-8")
    assert says("recommend", "r.yaml", "--set", "run.warm_up=0 weeks", "--yes", "--workers", "1", "--out", "out") == 2
    said = capsys.readouterr().err
    assert "smsim[all]" in said
    assert "Traceback" not in said
    assert not Path("out").exists()
