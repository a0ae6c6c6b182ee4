"""The command line: what is printed where, and with which status it leaves."""

from __future__ import annotations

import json
import subprocess
import sys
import types
from pathlib import Path

import pytest
import runner_pretend as pretend
from command_line import smsim_says
from runner_pretend import Pretended

import smsim.report
import smsim.scenario
from smsim.errors import Mark, Problem, ScenarioError


@pytest.fixture
def pretended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Scenarios that are quick to play, in a folder of their own, with nothing drawn."""
    known = {"silo": Pretended("silo"), "rhythm": Pretended("rhythm", 5.0)}

    def load_all(sources: list[str], sets: list[str] = (), varies: list[str] = ()) -> list[Pretended]:  # type: ignore[assignment]
        if unknown := [source for source in sources if source not in known]:
            raise ScenarioError(Problem(f"no scenario {unknown[0]}", Mark("somewhere.yaml", 3, 7), meant="silo"))
        changes = dict(text.split("=") for text in sets)
        return [known[source].but({key: int(value) for key, value in changes.items()}) for source in sources]

    model = types.ModuleType("smsim.model")
    model.play = pretend.play  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "smsim.model", model)
    monkeypatch.setattr(smsim.scenario, "load_all", load_all)
    monkeypatch.setattr(smsim.report, "draw", lambda folder: [folder / "report.html"])
    monkeypatch.setattr(smsim.report, "print_table", lambda results, console: console.print("the table"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_run_writes_to_a_folder_named_for_the_scenario(
    pretended: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    assert smsim_says(monkeypatch, "run", "silo", "--workers", "1") == 0
    assert (pretended / "results" / "silo" / "runs.parquet").is_file()
    assert "the table" in capsys.readouterr().out


def test_compare_prints_one_object_and_nothing_else(
    pretended: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    assert smsim_says(monkeypatch, "compare", "silo", "rhythm", "-n", "6", "--workers", "1", "--json", "--band", "0.02") == 0
    said = capsys.readouterr()
    found = json.loads(said.out)
    assert said.err == ""
    assert found["baseline"] == "silo"
    assert found["out"] == "results/silo+1"
    assert found["band"] == 0.02
    revenue = next(row for row in found["differences"] if row["kpi"] == "revenue")
    assert set(revenue) == {"scenario", "kpi", "n", "difference", "low", "high", "share_better", "verdict", "runs_needed"}
    assert revenue["n"] == 6
    assert revenue["difference"] == pytest.approx(5.0)
    assert next(row for row in found["differences"] if row["kpi"] == "deals_won")["difference"] is None
    assert (pretended / "results" / "silo+1" / "differences.parquet").is_file()


def test_run_prints_means_as_one_object(
    pretended: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    assert smsim_says(monkeypatch, "run", "silo", "--workers", "1", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["runs"] == 4
    assert found["failures"] == 0
    assert found["means"]["silo"]["cold_share"] == 0.5
    assert found["means"]["silo"]["deals_won"] is None


def test_quiet_says_nothing(pretended: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert smsim_says(monkeypatch, "run", "silo", "--workers", "1", "--quiet") == 0
    assert capsys.readouterr() == ("", "")


def test_bad_input_is_told_with_its_place_and_writes_nothing(
    pretended: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    assert smsim_says(monkeypatch, "run", "sillo") == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "somewhere.yaml:3:7: no scenario sillo" in said.err
    assert "did you mean silo?" in said.err
    assert "Traceback" not in said.err
    assert list(pretended.iterdir()) == []


@pytest.mark.parametrize("words", [
    ("run",), ("runn",), ("run", "silo", "-n", "0"),
    ("compare", "silo", "rhythm", "--band", "wide"),
    ("run", "silo", "silo"), ("run", "silo", "--weeks", "1"), ("run", "silo", "--workers", "0"), ("report", "nowhere"),
])
def test_what_cannot_be_done_leaves_with_two_and_writes_nothing(
    pretended: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...],
) -> None:
    assert smsim_says(monkeypatch, *words) == 2
    assert list(pretended.iterdir()) == []


def test_a_failing_replication_leaves_with_one_and_keeps_the_rest(
    pretended: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys.modules["smsim.model"], "play", pretend.fails_in_one_world)
    assert smsim_says(monkeypatch, "compare", "silo", "rhythm", "-n", "12", "--workers", "1") == 1
    assert "ValueError: the market collapsed" in capsys.readouterr().err
    assert (pretended / "results" / "silo+1" / "failures.parquet").is_file()
    assert (pretended / "results" / "silo+1" / "differences.parquet").is_file()


def test_ctrl_c_leaves_with_130(pretended: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sys.modules["smsim.model"], "play", interrupted)
    assert smsim_says(monkeypatch, "run", "silo", "--workers", "1") == 130
    assert "the same command goes on" in capsys.readouterr().err


def test_a_bug_is_called_one(pretended: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(smsim.scenario, "load_all", lambda *_: 1 / 0)
    assert smsim_says(monkeypatch, "run", "silo") == 1
    said = capsys.readouterr().err
    assert "ZeroDivisionError" in said
    assert "bug" in said
    assert "Traceback" not in said


def test_report_judges_again_with_another_band(pretended: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pandas as pd

    smsim_says(monkeypatch, "compare", "silo", "rhythm", "--workers", "1", "--quiet")
    assert smsim_says(monkeypatch, "report", "results/silo+1", "--band", "10%") == 0
    found = pd.read_parquet(pretended / "results" / "silo+1" / "differences.parquet").set_index("kpi")
    assert found.loc["revenue", "verdict"] == "no difference that matters"


def test_the_command_line_is_kept_as_typed(pretended: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    smsim_says(monkeypatch, "run", "silo", "--workers", "1", "--quiet", "--out", str(pretended / "mine"))
    told = json.loads((pretended / "mine" / "provenance.json").read_text(encoding="utf-8"))
    assert told["command"] == "smsim run silo --workers 1 --quiet --out mine"


def test_help_imports_nothing_heavy() -> None:
    code = """import sys
sys.argv = ["smsim", "--help"]
from smsim.__main__ import main
try:
    main()
except SystemExit:
    pass
print(sorted({"numpy", "pandas", "numba", "mesa", "pyarrow", "pydantic", "scipy"} & set(sys.modules)), file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr.strip() == "[]"
    assert "compare" in done.stdout


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"{sys.executable} -m smsim --help | head -1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr == ""
