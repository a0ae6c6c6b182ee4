"""What matters, from the command to the folder, the page, the slides and the workbook."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from command_line import smsim_says
from pptx import Presentation

ASK = ("sensitivity", "silo", "biweekly", "--over", "market.tolerance", "--over", "leads.latency=at once..2 days",
       "--over", "leads.priority=learned,newest", "--trajectories", "2", "-n", "3", "--weeks", "16", "--set", "run.warm_up=2 weeks",
       "--set", "market.customers=200", "--workers", "1", "--out", "out")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sensitivity")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert smsim_says(patch, *ASK, "--quiet", "--slides", "deck.pptx", "--workbook", "book.xlsx", "--csv", "csv") == 0
    return folder


def test_page_slides_and_workbook_tell_the_numbers_of_one_table(made: Path) -> None:
    table = pd.read_parquet(made / "out" / "sensitivity.parquet")
    assert list(table["kpi"].unique()) == ["contribution"]
    assert set(table["setting"]) == {"market.tolerance", "leads.latency", "leads.priority"}
    page = html.unescape(re.sub(r"<[^>]+>", " ", (made / "out" / "report.html").read_text(encoding="utf-8")))
    cells = [[cell.text for cell in row.cells] for slide in Presentation(str(made / "deck.pptx")).slides for shape in slide.shapes
             if shape.has_table for row in shape.table.rows]
    rows = [row for row in cells if row[0] in set(table["setting"])]
    assert len([row for row in rows if len(row) == 9]) == 3
    for row in (row for row in rows if len(row) == 9):
        assert all(" ".join(cell.split()) in " ".join(page.split()) for cell in row)
    sheet = openpyxl.load_workbook(made / "book.xlsx")["What matters"]
    head, *lines = [list(row) for row in sheet.iter_rows(values_only=True)][2:]
    written = pd.DataFrame(lines, columns=head)
    for name in ("mu_star", "mu_star_low", "sigma", "noise", "at_low", "at_own", "at_high", "swing"):
        assert written[name].astype(float).tolist() == pytest.approx(table[name].tolist(), rel=1e-12)
    assert pd.read_csv(made / "csv" / "sensitivity.csv")["mu_star"].tolist() == pytest.approx(table["mu_star"].tolist(), rel=1e-12)
    charts = [shape.chart for slide in Presentation(str(made / "deck.pptx")).slides for shape in slide.shapes if shape.has_chart]
    assert [value for value in charts[0].plots[0].series[0].values if value is not None] == pytest.approx(table["mu_star"].tolist())


def test_the_ends_of_a_setting_are_paired_differences_in_the_same_worlds(made: Path) -> None:
    table = pd.read_parquet(made / "out" / "sensitivity.parquet").set_index("setting")
    runs = pd.read_parquet(made / "out" / "runs.parquet").pivot_table(index="replication", columns="scenario", values="contribution")
    gap = runs["biweekly[market.tolerance=1]"] - runs["silo[market.tolerance=1]"]
    assert table.loc["market.tolerance", "at_high"] == pytest.approx(gap.mean())
    assert table.loc["market.tolerance", "own"] == 0.5
    assert table.loc["leads.latency", "high_words"] == "2 days"
    assert table["at_own"].tolist() == pytest.approx([(runs["biweekly"] - runs["silo"]).mean()] * 3)


def test_the_same_command_goes_on_and_plays_nothing_twice(made: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.chdir(made)
    before = (made / "out" / "sensitivity.parquet").read_bytes()
    assert smsim_says(monkeypatch, *ASK, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (made / "out" / "sensitivity.parquet").read_bytes() == before
    assert told["method"] == "morris"
    assert told["firms"] == ["silo", "biweekly"]
    assert [row["setting"] for row in told["settings"]] == list(pd.read_parquet(made / "out" / "sensitivity.parquet")["setting"])
    assert "matter" in told["figures"]["contribution"]["says"] or "no setting" in told["figures"]["contribution"]["says"]


def test_the_pictures_are_there(made: Path) -> None:
    names = {path.name for path in (made / "out" / "charts").iterdir()}
    assert {"answer-contribution.png", "answer-contribution-tornado.svg"} <= names


@pytest.mark.parametrize(("words", "says"), [
    (("silo", "biweekly", "queue"), "A, or A B"),
    (("silo", "--method", "lasso"), "--method is no way"), (("silo", "--method", "grid"), "morris or sobol"),
    (("silo", "--points", "8"), "of the other method"), (("silo", "--over", "market.tolerance="), "no setting to vary"),
    (("silo", "--over", "market.tolerance", "--over", "market.tolerance"), "varied twice"),
    (("silo", "--over", "market.tolerence"), "market.tolerance"), (("silo", "--measure", "joy"), "no key figure"),
    (("silo", "biweekly", "--over", "practices.meetings.every=1 week..2 weeks"), "firms differ")])
def test_what_cannot_be_asked_is_bad_input(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys, words: tuple[str, ...], says: str) -> None:
    monkeypatch.chdir(tmp_path)
    assert smsim_says(monkeypatch, "sensitivity", *words) == 2
    assert says in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
