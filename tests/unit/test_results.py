"""Reading what a study left."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import runner_pretend as pretend
from runner_pretend import Pretended

from smsim.errors import InputError
from smsim.experiment import provenance
from smsim.results import ResultSet, run

SILO, RHYTHM = Pretended("silo"), Pretended("rhythm", 5.0)


def test_a_key_figure_has_a_row_per_world_and_a_column_per_scenario() -> None:
    table = run([SILO, RHYTHM], play=pretend.play).kpi("revenue")
    assert list(table.columns) == ["silo", "rhythm"]
    assert list(table.index) == [0, 1, 2, 3]
    assert (table["rhythm"] - table["silo"]).to_numpy() == pytest.approx(5.0)


def test_a_key_figure_there_is_not_is_named_with_those_there_are() -> None:
    with pytest.raises(InputError, match=r"(?s)profit.*contribution"):
        run([SILO], play=pretend.play).kpi("profit")


def test_a_folder_without_results_is_said_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no results"):
        ResultSet.read(tmp_path)


def test_provenance_says_enough_to_make_the_results_again(tmp_path: Path) -> None:
    run([SILO, RHYTHM], play=pretend.play, out=tmp_path / "out")
    told = json.loads((tmp_path / "out" / "provenance.json").read_text(encoding="utf-8"))
    assert told["versions"]["smsim"]
    assert list(told["scenarios"]) == ["silo", "rhythm"]
    assert told["scenarios"]["rhythm"]["effect"] == 5.0
    assert len(told["seeds"]["silo"]) == 4
    assert told["baseline"] == "silo"
    assert told["status"] == "finished"
    assert told["finished"] == 8
    assert told["machine"]["cores"] >= 1
    assert told["seconds"] > 0
    assert len(told["plan_hash"]) == 32


def test_provenance_has_no_paths_of_this_machine() -> None:
    typed = provenance.as_typed(["smsim", "run", "/home/someone/secret/silo.yaml", "--out", "results/x y"])
    assert typed == "smsim run silo.yaml --out 'results/x y'"


def test_one_scenario_need_not_be_a_list() -> None:
    assert len(run(SILO, play=pretend.play).runs) == 4


def test_an_option_there_is_not_is_an_error() -> None:
    with pytest.raises(TypeError, match="replicates"):
        run(SILO, replicates=3)


def test_tables_that_were_not_kept_are_empty_not_missing() -> None:
    found = run(SILO, play=pretend.play)
    assert found.leads.empty
    assert "outcome" in found.leads
    assert found.failures.empty
