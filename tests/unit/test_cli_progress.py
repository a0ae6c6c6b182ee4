"""How far a study is, where there is no terminal."""

from __future__ import annotations

import time

import pytest

from smsim.cli import progress


def test_lines_come_now_and_then_and_at_the_end(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(progress, "_FIRST", 0.02)
    monkeypatch.setattr(progress, "is_cold", lambda: True)
    with progress.Lines() as say:
        say(0, 4)
        time.sleep(0.2)
        say(4, 4)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("0 of 4 replications after")
    assert "compiled first" in lines[0]
    assert lines[-1].startswith("4 of 4 replications after")


def test_a_study_of_less_than_a_second_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.Lines() as say:
        say(0, 4)
        say(4, 4)
    assert capsys.readouterr().err == ""
