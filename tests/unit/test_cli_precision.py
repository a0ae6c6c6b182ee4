"""`--precision`, `--best` and their limits on the command line: what is said, and with which status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command_line import smsim_says

SMALL = ["--weeks", "16", "--set", "market.customers=200", "--workers", "1"]


def test_a_study_stopped_by_its_limit_is_done_and_says_how_precise_it_became(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["compare", "silo", "monthly", *SMALL, "--precision", "revenue=1%", "--most-runs", "34", "--out", str(tmp_path / "out")]
    assert smsim_says(monkeypatch, *words, "--json") == 0
    told = json.loads(capsys.readouterr().out)["reached"]
    assert (told["met"], told["stopped"], told["worlds"]) == (False, "runs", {"silo": 17, "monthly": 17})
    assert smsim_says(monkeypatch, *words) == 0
    said = "Stopped by its limit of runs after 17 worlds, before it was as precise as was asked: revenue of monthly ± "
    assert said in capsys.readouterr().out
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "Stopped by its limit of runs after 17 worlds" in page


def test_the_best_is_told_with_who_was_dropped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["compare", "silo", "monthly", "daily", *SMALL, "--best", "lead_threshold", "--band", "5%", "-n", "5"]
    words += ["--out", str(tmp_path / "out")]
    assert smsim_says(monkeypatch, *words) == 2
    words[words.index("lead_threshold")] = "revenue"
    assert smsim_says(monkeypatch, *words, "--most-runs", "60") == 0
    said = capsys.readouterr().out
    assert "revenue" in said
    assert "best revenue" in said
    assert "best revenue" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("words", [["--precision", "none"], ["--most-runs", "50"], ["--best", "revenue", "--band", "0%"],
                                   ["--precision", "1%", "--most-runs", "5"]])
def test_what_makes_no_sense_is_status_two_and_nothing_is_written(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    assert smsim_says(monkeypatch, "compare", "silo", "monthly", *words, "--out", str(tmp_path / "out")) == 2
    assert not (tmp_path / "out").exists()
    assert "--" in capsys.readouterr().err
