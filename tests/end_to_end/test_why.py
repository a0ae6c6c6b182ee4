"""Why two scenarios differ, from the command to the folder, the page, slides and workbook; on small firms, but for real."""

from __future__ import annotations

import html
import itertools
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest
from command_line import smsim_says
from pptx import Presentation
from worlds import LAUNCH, RENEWALS, SMALL, scenario

from smsim import InputError, SalesMarketingModel, Scenario, compare
from smsim.core.luck import replication_seed
from smsim.reasons import losses
from smsim.reasons.splitting import Manner
from smsim.reasons.study import why
from smsim.report import steps
from smsim.report.findings import read
from smsim.world.closing import full_log
from smsim.world.outcomes import Outcome

SHORT = ("-n", "3", "--weeks", "20", "--set", "run.warm_up=2 weeks", "--set", "market.customers=400", "--workers", "1")
MEETS: dict[str, Any] = {"practices.meetings.every": "1 week", "practices.pledge.within": "2 hours"}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("told")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert smsim_says(patch, "why", "silo", "alliance", *SHORT, "--slides", "deck.pptx", "--workbook", "book.xlsx", "--quiet") == 0
    return folder


def _out(folder: Path) -> Path:
    return folder / "results" / "why silo alliance"


def test_json_holds_the_gap_and_its_parts_and_they_add_up(
        told: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(told)
    monkeypatch.setattr("smsim.model.play", None)  # whatever figure is asked for, no run is played again
    for kpi in ("revenue", "contribution", "cold_share"):
        assert smsim_says(monkeypatch, "why", "silo", "alliance", *SHORT, "--kpi", kpi, "--json") == 0
        found = json.loads(capsys.readouterr().out)
        assert found["kpi"] == kpi
        assert [part["setting"] for part in found["parts"]] == ["practices.meetings.every", "practices.pledge.within"]
        assert sum(part["value"] for part in found["parts"]) == pytest.approx(found["total"], rel=1e-12)
        assert all(part["low"] <= part["value"] <= part["high"] for part in found["parts"])
    assert smsim_says(monkeypatch, "why", "silo", "alliance", *SHORT, "--json") == 0  # as the other tests find it
    assert sum(part["value"] for part in json.loads(capsys.readouterr().out)["losses"]) == pytest.approx(
        pd.read_parquet(_out(told) / "differences.parquet").set_index("kpi").loc["revenue", "difference"], rel=1e-9)


def test_parts_are_those_of_the_runs_that_lie_in_the_folder(told: Path) -> None:
    out = _out(told)
    runs = pd.concat([pd.read_parquet(out / "runs.parquet"), pd.read_parquet(out / "between" / "runs.parquet")])
    mean = runs.groupby("scenario")["revenue"].mean()
    meets, pledges = mean["silo + 1"] - mean["silo"], mean["alliance"] - mean["silo + 2"]
    part = pd.read_parquet(out / "why.parquet").set_index(["kpi", "setting"]).loc[("revenue", "practices.meetings.every")]
    assert part["value"] == pytest.approx((meets + pledges) / 2)
    assert (part["alone"], part["last"]) == pytest.approx((meets, pledges))


def test_the_folder_has_both_waterfalls_and_the_page_its_words(told: Path) -> None:
    out = _out(told)
    assert {"why.png", "why.svg", "losses.png", "losses.svg"} <= {path.name for path in (out / "charts").iterdir()}
    page = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", (out / "report.html").read_text(encoding="utf-8"))).split())
    about = json.loads((out / "provenance.json").read_text())["why"]
    assert [piece["words"] for piece in about["pieces"]] == ["never → 2 weeks", "never → 2 hours"]
    for each in steps.every(read(out)):
        assert steps.title(each) in page
        assert all(cell in page for row in steps.table(each)[1] for cell in row)
        svg = (out / "charts" / ("why.svg" if steps.is_of_settings(each) else "losses.svg")).read_text(encoding="utf-8")
        assert all(words in html.unescape(svg) for words in each.drawn["words"])
        assert "smsim report" in svg


def test_slides_and_workbook_have_the_numbers_of_the_page(told: Path) -> None:
    charts = [shape.chart for slide in Presentation(str(told / "deck.pptx")).slides for shape in slide.shapes if shape.has_chart]
    found = steps.every(read(_out(told)))
    assert len(found) == 2
    for each in found:
        drawn = [list(chart.plots[0].series[0].values) for chart in charts]
        assert any(values == pytest.approx(list(each.drawn["value"])) for values in drawn if len(values) == len(each.drawn))
    book = openpyxl.load_workbook(told / "book.xlsx")
    for sheet, name in (("Why", "why"), ("Leads", "losses")):
        rows = list(book[sheet].iter_rows(values_only=True))[2:]
        written = pd.DataFrame(rows[1:], columns=rows[0])
        assert written["value"].astype(float).tolist() == pytest.approx(pd.read_parquet(_out(told) / f"{name}.parquet")["value"].tolist())


def test_two_that_are_alike_have_no_gap_and_nothing_is_played(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "same.yaml").write_text("name: same\nextends: silo\n")
    assert smsim_says(monkeypatch, "why", "silo", "same.yaml") == 0
    assert "differ in no setting" in capsys.readouterr().out
    assert smsim_says(monkeypatch, "why", "silo", "silo", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"a": "silo", "b": "silo", "total": 0.0, "kpi": "revenue", "parts": []}
    assert [path.name for path in tmp_path.iterdir()] == ["same.yaml"]


def test_bad_input_is_refused_before_anything_is_written(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    for bad in (("--kpi", "revenu"), ("--by", "chapter"), ("--orders", "one"), ("--together", "company.reps,company.marketers"),
                ("--seed", "x"), ("--workers", "0"), ("--csv", "x.tsv")):
        assert smsim_says(monkeypatch, "why", "silo", "alliance", *bad) == 2, bad
    said = capsys.readouterr().err
    assert "did you mean `revenue`?" in said
    assert "the two do not differ in `company.reps`" in said
    assert list(tmp_path.iterdir()) == []


def test_a_firm_between_the_two_that_cannot_be_is_refused_with_the_way_out(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "long.yaml").write_text("name: long\nextends: silo\nrun: {weeks: 24}\n"
                                        "launches: [{product: widget, announce: week 20, ship: week 21}]\n")
    (tmp_path / "short.yaml").write_text("name: short\nextends: silo\nrun: {weeks: 18}\n"
                                         "launches: [{product: widget, announce: week 12, ship: week 13}]\n")
    small = ("-n", "2", "--set", "market.customers=200", "--set", "run.warm_up=2 weeks", "--workers", "1", "--out", "out")
    assert smsim_says(monkeypatch, "why", "long.yaml", "short.yaml", *small) == 2
    said = capsys.readouterr().err
    assert "long with run.weeks as in short, and nothing else, cannot be played" in said
    assert "`--together run.weeks,launches.widget`" in said
    assert not Path("out").exists()
    assert smsim_says(monkeypatch, "why", "long.yaml", "short.yaml", *small, "--together", "run.weeks,launches.widget", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert [part["setting"] for part in found["parts"]] == ["run.weeks + launches.widget"]
    assert found["parts"][0]["value"] == pytest.approx(found["total"])


def test_with_more_settings_than_eight_orders_are_drawn_and_parts_still_add_up() -> None:
    a = scenario(SMALL, {"market.customers": 200, "run.weeks": 8})
    b = scenario(SMALL, {"market.customers": 200, "run.weeks": 8, "company.reps": 4, "leads.unowned": 0.0, "leads.triage": 0.0,
                         "leads.pulled_share": 0.1, "selling.admin": 0.05, "leads.age_seen": 1.0, "market.tolerance": 0.9,
                         "practices.meetings.every": "1 week", "practices.pledge.within": "2 hours"})
    found = why(a, Scenario("other", "", b.file, b.plugins, b.node), manner=Manner(orders=4), replications=2)
    rows = found.of("revenue")
    assert len(rows) == len(found.split.pieces) > 8
    assert not found.split.is_exact
    assert rows["value"].sum() == pytest.approx(rows["total"].iloc[0], rel=1e-9, abs=1e-6)
    assert len(found.split.coalitions) <= 2 + 4 * (len(rows) - 1)
    assert rows["alone"].isna().all()


def test_compare_with_leads_says_what_became_of_them_and_the_parts_are_the_gap(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert smsim_says(monkeypatch, "compare", "silo", "monthly", "alliance", *SHORT, "--leads", "--out", "out", "--quiet") == 0
    table = pd.read_parquet("out/losses.parquet")
    gaps = pd.read_parquet("out/differences.parquet").query("kpi == 'revenue'").set_index("scenario")["difference"]
    assert table.groupby("scenario")["value"].sum().to_dict() == pytest.approx(gaps.to_dict(), rel=1e-9)
    assert {"losses-monthly.svg", "losses-alliance.svg"} <= {path.name for path in Path("out/charts").iterdir()}
    (Path("out") / "losses.parquet").unlink()
    assert smsim_says(monkeypatch, "report", "out", "--quiet") == 0
    pd.testing.assert_frame_equal(pd.read_parquet("out/losses.parquet"), table)


#: Reps with a quota bring deals forward with discounts, or wait.
QUOTA: dict[str, Any] = {"incentives.reps.quota": "20000 per month", "incentives.reps.accelerator": 3.0}


@pytest.mark.parametrize(("mine", "yours"), [({}, MEETS), (RENEWALS, RENEWALS | MEETS), (LAUNCH, LAUNCH | MEETS), (QUOTA, QUOTA | MEETS)])
def test_parts_over_leads_add_up_to_the_gap_in_every_world_and_own_prospects_are_what_the_log_has_of_them(
        mine: dict[str, Any], yours: dict[str, Any]) -> None:
    a, other = scenario(SMALL, mine), scenario(SMALL, yours)
    b = Scenario("other", "", other.file, other.plugins, other.node)
    results = compare([a, b], replications=2, leads=True).results
    for world in range(2):
        one = losses.losses(_only(results, world)).set_index("part")
        revenue = results.kpi("revenue").loc[world]
        assert one["value"].sum() == pytest.approx(revenue["other"] - revenue[a.name], rel=1e-9, abs=1e-6)
        own = [_own_prospects(firm, world) for firm in (a, b)]
        known = sum(float(one["value"].get(part, 0.0)) for part in (losses.OWN, losses.OWN_LAUNCHES))
        assert known == pytest.approx(own[1] - own[0], rel=1e-9, abs=1e-6)
    if mine is LAUNCH:
        assert (results.leads["campaign"] != "").any()
    if mine is QUOTA:
        assert results.runs["discounts"].gt(0).all()


def _only(results: Any, world: int) -> Any:
    tables = {name: results.table(name).filter(np.asarray(results.table(name)["replication"]) == world) for name in ("runs", "leads")}
    return type(results)(results.provenance, tables)


def _own_prospects(firm: Scenario, world: int) -> float:
    """What reps' own prospecting brought after the warm-up, read from the whole log of the model."""
    model = SalesMarketingModel(firm, replication_seed(int(firm["run.seed"]), world))
    days = int(firm["run.weeks"]) * 7
    model.run_for(days)
    log = full_log(model.world, float(days))
    won = log[(log["outcome"] == Outcome.WON) & (log["source"] == 1) & (np.floor(log["closed"]) >= float(firm["run.warm_up"]))]
    return float(won["value"].sum())


def test_the_same_firm_under_two_names_has_no_part_over_leads() -> None:
    a = scenario(SMALL)
    results = compare([a, Scenario("other", "", a.file, a.plugins, a.node)], replications=2, leads=True).results
    assert losses.losses(results)["value"].tolist() == [0.0]


def test_scenarios_of_different_luck_are_refused() -> None:
    with pytest.raises(InputError, match="same luck"):
        why(scenario(SMALL), scenario(SMALL, MEETS).but({"run.seed": 7}, name="other"))


def test_the_python_answer_is_the_same_for_any_order_in_which_settings_stand() -> None:
    a = scenario(SMALL, {"market.customers": 200})
    names = list(itertools.permutations(MEETS))
    found = [why(a, scenario(SMALL, {"market.customers": 200}, {key: MEETS[key] for key in order}).but({}, name="other"), replications=2)
             for order in names]
    values = [one.of("revenue").set_index("setting")["value"].to_dict() for one in found]
    assert values[0] == pytest.approx(values[1])
