"""Slides, a workbook and tables as text: the numbers of the page, in files that somebody can open and change."""

from __future__ import annotations

import html
import importlib.util
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from command_line import smsim_says
from pptx import Presentation
from pptx.util import Inches, Pt
from test_report_page import write_results

from smsim.errors import InputError, RunError
from smsim.experiment import tables
from smsim.report import page
from smsim.report.charts.forest import relative_differences
from smsim.report.figures import figures
from smsim.report.findings import read
from smsim.report.takeaways import Takeaways, deck
from smsim.report.takeaways.shapes import Chart, Series, span
from smsim.report.verdicts import verdicts

NAMES = ["Silo", "=Weekly <b>rhythm</b>", "Shared quota"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_results(tmp_path_factory.mktemp("made") / "results" / "silo+2", NAMES, 8, 60)
    page.write_page(read(folder), [], folder / "report.html")
    Takeaways(folder / "deck.pptx", folder / "book.xlsx", folder / "csv").write(folder)
    return folder


def _slides(path: Path) -> list[Any]:
    return list(Presentation(str(path)).slides)


def _charts(path: Path) -> list[Any]:
    return [shape.chart for slide in _slides(path) for shape in slide.shapes if shape.has_chart]


def _words(path: Path) -> str:
    told = []
    for shape in (shape for slide in _slides(path) for shape in slide.shapes):
        told += [shape.text_frame.text] if shape.has_text_frame else []
        told += [cell.text for row in shape.table.rows for cell in row.cells] if shape.has_table else []
    return " ".join("\n".join(told).split())


def _cells(path: Path, sheet: str) -> list[list[Any]]:
    return [list(row) for row in openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)]


def _table(path: Path, sheet: str) -> pd.DataFrame:
    head, *rows = _cells(path, sheet)[2:]
    return pd.DataFrame(rows, columns=head)


def test_every_number_of_the_page_is_on_a_slide_and_in_the_workbook(made: Path) -> None:
    shown = html.unescape(re.sub(r"<script.*?</script>|<[^>]+>", " ", (made / "report.html").read_text(encoding="utf-8"), flags=re.DOTALL))
    seen = " ".join(shown.split())
    told, summary = _words(made / "deck.pptx"), " ".join(str(row[0]) for row in _cells(made / "book.xlsx", "Summary"))
    for verdict in verdicts(read(made)):
        assert verdict.numbers in seen
        assert verdict.numbers in summary
        assert verdict.says in summary
    assert len(verdicts(read(made))) == 4
    for figure in (figure for row in figures(read(made))[:6] for figure in row):
        assert figure.mean in seen
        assert figure.mean in told
        assert figure.change in told
        assert figure.interval in told


def test_what_the_slides_draw_is_what_the_page_draws(made: Path) -> None:
    table = relative_differences(read(made))
    drawn = [value for chart in _charts(made / "deck.pptx")[:2] for value in chart.plots[0].series[0].values if value is not None]
    assert drawn == pytest.approx(list(table["difference"]))
    xml = "".join(chart.part.blob.decode() for chart in _charts(made / "deck.pptx")[:2])
    reach = [float(value) for value in re.findall(r"<c:v>([^<]+)</c:v>", "".join(re.findall(r"<c:plus>.*?</c:plus>", xml)))]
    assert [value for value in reach if value] == pytest.approx(list(table["high"] - table["difference"]))


def test_the_workbook_draws_the_same_numbers_as_the_slides(made: Path) -> None:
    there = {f"{cell:.12g}" for row in _cells(made / "book.xlsx", "Chart data") for cell in row if isinstance(cell, int | float)}
    series = [series for chart in _charts(made / "deck.pptx") for series in chart.series]
    drawn = {f"{value:.12g}" for one in series for value in one.values if value is not None}
    assert len(drawn) > 300
    assert drawn <= there


def test_differences_in_the_workbook_are_those_of_the_folder(made: Path) -> None:
    kept = pd.read_parquet(made / "differences.parquet").dropna(subset=["difference"]).set_index(["kpi", "scenario"])
    written = _table(made / "book.xlsx", "Differences").set_index(["kpi", "scenario"])
    assert set(written.index) == set(kept.index)
    for end in ("difference", "low", "high"):
        assert written[end].astype(float).to_dict() == pytest.approx(kept[end].to_dict(), rel=1e-14)


def test_runs_in_workbook_and_text_are_those_of_the_folder(made: Path) -> None:
    runs = pd.read_parquet(made / "runs.parquet").sort_values(["scenario", "replication"])
    assert _table(made / "book.xlsx", "Runs")["revenue"].tolist() == pytest.approx(runs["revenue"].tolist(), rel=1e-14)
    written = pd.read_csv(made / "csv" / "runs.csv")
    assert written["revenue"].tolist() == pytest.approx(runs["revenue"].tolist(), rel=1e-14)
    assert {path.name for path in (made / "csv").iterdir()} == {"runs.csv", "differences.csv", "days.csv", "curves.csv"}


def test_charts_are_native_and_bring_their_numbers(made: Path) -> None:
    assert len(_charts(made / "deck.pptx")) == 6
    assert all(chart.part.chart_workbook.xlsx_part is not None for chart in _charts(made / "deck.pptx"))
    with zipfile.ZipFile(made / "book.xlsx") as book:
        assert len([name for name in book.namelist() if name.startswith("xl/charts/chart")]) == 6
    pictures = [shape for slide in _slides(made / "deck.pptx") for shape in slide.shapes if shape.shape_type == 13]
    assert pictures == []


def test_the_steps_of_the_waterfall_add_up(made: Path) -> None:
    chart = next(chart for slide in deck.slides(read(made)) for chart in slide.parts if isinstance(chart, Chart) and chart.name == "bridge")
    _, ends, gained, lost = chart.series
    steps = sum(value or 0 for value in gained.values) - sum(value or 0 for value in lost.values)
    assert (ends.values[0] or 0) + steps == pytest.approx(ends.values[-1])
    assert all(value is None or value >= 0 for series in chart.series for value in series.values)


def test_nothing_leaves_the_slide_or_lies_on_something_else(made: Path) -> None:
    for slide in _slides(made / "deck.pptx"):
        boxes = sorted((shape.top, shape.left, shape.top + shape.height, shape.left + shape.width) for shape in slide.shapes
                       if shape.has_chart or shape.has_table or (shape.has_text_frame and shape.text_frame.text))
        assert all(left >= 0 and top >= 0 and right <= Inches(13.34) and bottom <= Inches(7.5) for top, left, bottom, right in boxes)
        for at, (_, left, bottom, right) in enumerate(boxes):
            assert not [other for other in boxes[at + 1:] if other[0] < bottom - Inches(0.1) and other[1] < right and left < other[3]]


def test_no_type_is_tiny(made: Path) -> None:
    frames = [shape.text_frame for slide in _slides(made / "deck.pptx") for shape in slide.shapes if shape.has_text_frame]
    assert min(run.font.size for frame in frames for paragraph in frame.paragraphs for run in paragraph.runs) >= Pt(10)


def test_every_slide_has_a_title_and_says_how_to_make_it_again(made: Path) -> None:
    for slide in _slides(made / "deck.pptx"):
        assert slide.shapes.title.text_frame.text
        assert any("smsim report results/silo+2" in shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def test_a_name_that_looks_like_a_formula_stays_a_name(made: Path) -> None:
    book = openpyxl.load_workbook(made / "book.xlsx")
    found = [cell for row in book["Runs"].iter_rows() for cell in row if cell.value == NAMES[1]]
    assert found
    assert {cell.data_type for cell in found} == {"s"}


@pytest.mark.parametrize(("names", "replications", "compared"), [
    (["Alone"], 3, False), (["Silo", "Weekly"], 1, True), ([f"Firm {at}" for at in range(9)], 3, True), (["Silo", "Weekly"], 2, False)])
def test_few_and_many_scenarios_one_run_and_no_comparison(
        tmp_path: Path, names: list[str], replications: int, compared: bool) -> None:
    folder = write_results(tmp_path / "results", names, replications, 30, compared=compared)
    written = Takeaways(tmp_path / "a.pptx", tmp_path / "a.xlsx", tmp_path / "a.csv").write(folder)
    assert written == [tmp_path / "a.pptx", tmp_path / "a.xlsx", tmp_path / "a.csv"]
    assert names[0] in _words(tmp_path / "a.pptx")
    assert "nan" not in _words(tmp_path / "a.pptx")
    assert len((tmp_path / "a.csv").read_text().splitlines()) == 1 + len(names) * replications
    if compared:
        assert len(list(_charts(tmp_path / "a.pptx")[0].plots[0].categories)) <= 16


def test_bad_paths_are_named_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    bad = Takeaways(tmp_path / "deck.ppt", tmp_path / "file" / "book.xlsx", tmp_path / "runs.xlsx")
    with pytest.raises(InputError) as told:
        bad.require()
    assert len(told.value.problems) == 3
    assert "deck.pptx" in str(told.value)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("bad", [
    {"slides": "."}, {"workbook": "x.csv"}, {"csv": "x.tsv"}, {"slides": ""}, {"slides": "\udcff.pptx"}])
def test_what_is_no_file_of_its_kind_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bad: dict[str, str]) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError):
        Takeaways(**{option: Path(path) for option, path in bad.items()}).require()


def test_a_missing_package_is_told_with_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(InputError, match="pip install python-pptx"):
        Takeaways(slides=Path("deck.pptx")).require()
    Takeaways(csv=Path("tables")).require()


def test_a_file_that_is_there_is_written_over_whole_or_not_at_all(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "runs.csv"
    path.write_text("mine")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(tables.os, "fsync", full)
        with pytest.raises(RunError, match="No space left"):
            Takeaways(csv=path).write(made)
    assert [each.name for each in tmp_path.iterdir()] == ["runs.csv"]
    assert path.read_text() == "mine"
    Takeaways(csv=path).write(made)
    assert path.read_text().startswith("scenario,replication,seed")


@pytest.mark.parametrize(("ends", "axis"), [
    ((-0.013, 0.27), (-0.05, 0.3, 0.05)), ((0.0, 0.0), (0.0, 1.0, 1.0)), ((-946.0, -20.0), (-1000.0, 0.0, 200.0))])
def test_an_axis_ends_in_round_numbers_around_every_interval(ends: tuple[float, float], axis: tuple[float, float, float]) -> None:
    low, high, step = span(Chart("", "bars", "", ["a"], [Series("", [ends[0]], "", [ends[0]], [ends[1]])], "0"))
    assert low <= ends[0]
    assert high >= ends[1]
    assert (low, high, step) == pytest.approx(axis)


def test_a_command_refuses_a_bad_path_before_it_plays(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    for command in (("compare", "silo", "monthly"), ("run", "silo"), ("experiment", "rhythm", "--yes")):
        assert smsim_says(monkeypatch, *command, "--slides", "deck.ppt") == 2
    assert capsys.readouterr().err.count("did you mean `deck.pptx`?") == 3
    assert list(tmp_path.iterdir()) == []


def test_report_makes_them_again_and_says_where(
        made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("smsim.report.draw", lambda _folder: [])
    assert smsim_says(monkeypatch, "report", str(made), "--slides", "new/deck.pptx", "--csv", "runs.csv", "--json") == 0
    assert json.loads(capsys.readouterr().out)["takeaways"] == {"slides": "new/deck.pptx", "csv": "runs.csv"}
    assert {path.name for path in tmp_path.rglob("*")} == {"new", "deck.pptx", "runs.csv"}
