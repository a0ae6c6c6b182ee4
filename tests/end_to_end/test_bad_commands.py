"""A bad command leaves with 2, says what was read and what is allowed, and leaves nothing behind."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

import smsim
from smsim.__main__ import main
from smsim.errors import InputError

PRACTICE = """from smsim import Practice, Section, param


class Config(Section, at="practices.{at}"):
    every: float = param(1.0, "weeks", "How often", source="assumed", grade="C", low=0)


class Mine(Practice):
    name = "{name}"
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with things a hostile user leaves about."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "thesis" / "parts").mkdir(parents=True)
    (tmp_path / "thesis" / "parts" / "thesis.doc").write_text("years of work")
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "one.py").write_text(PRACTICE.format(at="one", name="same"))
    (tmp_path / "two.py").write_text(PRACTICE.format(at="two", name="same"))
    (tmp_path / "key.py").write_text(PRACTICE.format(at="one", name="other"))
    (tmp_path / "syntax.py").write_text("x = 1\ndef f(:\n")
    (tmp_path / "raises.py").write_text("\n\nraise RuntimeError('no\\x1b[31m\\nway')\n")
    (tmp_path / "kpis.py").write_text("KPIS = 5\n")
    (tmp_path / "untyped.py").write_text(PRACTICE.format(at="one", name="one").replace("float", "'Nope'"))
    for name in ("syntax", "raises", "kpis", "untyped", "missing"):
        (tmp_path / f"{name}.yaml").write_text(f"name: {name}\nextends: silo\nplugins: [{name}.py]\n")
    (tmp_path / "clash.yaml").write_text("extends: silo\nplugins: [one.py, two.py]\n")
    (tmp_path / "keys.yaml").write_text("extends: silo\nplugins: [one.py, key.py]\n")
    (tmp_path / "link.yaml").symlink_to("nothing.yaml")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.yaml")
    return tmp_path


def left(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if "__pycache__" not in path.parts}


SHORT = ("--weeks", "20", "-n", "1", "--workers", "1")
COMMANDS = [
    (("check", "nowhere"), "there is no scenario `nowhere`"),
    (("check", ""), "an empty text names no scenario"),
    (("check", "a\nb\x1b[31m"), r"there is no scenario `a\nb\x1b[31m`"),
    (("check", "folder.yaml"), "is a folder"),
    (("check", "link.yaml"), "is a link to nothing"),
    (("check", "pipe.yaml"), "is no ordinary file"),
    (("check", "/dev/zero"), "is no ordinary file"),
    (("check", "silo", "--set", "run.weeks=20", "--set", "run.weeks=30"), "the first is `--set run.weeks=20`"),
    (("run", "silo", "--weeks", "20", "--set", "run.weeks=30"), "--weeks 20: `run.weeks` is set twice"),
    (("check", "silo", "--set", "run.weeks=" + "[" * 100_000), "nested too deep"),
    (("check", "silo", "--set", "run.weeks={weeks"), "not YAML"),
    (("check", "silo", "--vary", "run.weeks=20,20.0"), "two values to vary are the same"),
    (("check", "silo", "--vary", "run.seed=1,2", "--vary", "run.seed=3,4"), "`run.seed` is varied twice"),
    (("check", "silo", "--vary", "run.seed=" + ",".join(map(str, range(40))), "--vary", "run.weeks=" + ",".join(map(str, range(20, 60)))),
     "this makes 1600 scenarios"),
    (("check", "silo", "--vary", "run.weeks"), "KEY=A,B,C"),
    (("check", "missing.yaml"), "missing.yaml:3:11: no plugin file"),
    (("check", "syntax.yaml"), "SyntaxError: invalid syntax (syntax.py:2:7)"),
    (("check", "raises.yaml"), r"RuntimeError: no\x1b[31m\nway (raises.py:3)"),
    (("check", "kpis.yaml"), "kpis.yaml:3:11: the plugin"),
    (("check", "untyped.yaml"), "untyped.yaml:3:11: the plugin"),
    (("check", "clash.yaml"), "clash.yaml:2:19: the name 'same' is taken already"),
    (("check", "keys.yaml"), "keys.yaml:2:19: the key `practices.one.every` is declared twice"),
    (("check", "silo", "--set", "company.rep_mind=one.py:Mine"), "no rep mind is named `Mine` in"),
    (("check", "silo", "--set", "market.customers=20000000", "--set", "run.weeks=1040"), "does not fit into memory"),
    (("run", "quota", "--set", "incentives.reps.quota=0 per quarter"), "a quota is above 0"),
    (("run", "quota", "--set", "incentives.reps.cap=80%"), "from 100% to 10000%"),
    (("run", "launch", "--set", "launches.widget.announce=week 300"), "lies outside the run"),
    (("run", "launch", "--set", "launches.widget.ship=week 45", "--set", "launches.widget.strict=yes"), "`ship` on or after `announce`"),
    (("run", "silo", "-n", "many"), "--replications many: `run.replications` is not a number"),
    (("run", "silo", "-n", "0"), "--replications 0: `run.replications` is out of range"),
    (("run", "silo", "--seed", "-1"), "--seed -1: `run.seed` is out of range"),
    (("run", "silo", "--weeks", "1.5"), "--weeks 1.5: `run.weeks` is a whole number"),
    (("run", "silo", "--weeks", "13"), "`run` does not hold together"),
    (("run", "silo", "--workers", "1.5"), "a whole number from 1 to 9999"),
    (("run", "silo", "--workers", "9" * 30), "a whole number from 1 to 9999"),
    (("compare", "silo", "monthly", "--band", "wide"), "a share such as `1%` or `0.01`, from 0% to 100%"),
    (("compare", "silo", "monthly", "--band", "2"), "did you mean `2%`"),
    (("compare", "silo", "silo"), "two scenarios are called `silo`"),
    (("compare", "silo", "monthly", "--set", "name=same"), "two scenarios are called `same`"),
    (("run", "silo", "--out", "thesis", *SHORT), "thesis holds something else"),
    (("run", "silo", "--out", "file", *SHORT), "is a file"),
    (("run", "silo", "--out", "file/deeper", *SHORT), "is a file"),
    (("run", "silo", "--out", "link.yaml", *SHORT), "is a link to nothing"),
    (("run", "silo", "--out", "x" * 300, *SHORT), "cannot be written"),
    (("run", "silo", "--out", "a\udcff", *SHORT), "not written in UTF-8"),
    (("run", "silo", "--out", "/proc/results", *SHORT), "/proc/results cannot be written"),
    (("report", "thesis"), "holds no results"),
    (("new", "file"), "is there already"),
    (("new", "z" * 300 + ".yaml"), "cannot be written"),
    (("explain", "nowhere"), "there is no scenario"),
    (("diff", "silo", "nowhere"), "there is no scenario"),
]


@pytest.mark.parametrize(("words", "said"), COMMANDS, ids=lambda part: " ".join(part)[:60].encode("ascii", "replace").decode()
                         if isinstance(part, tuple) else "")
def test_a_bad_command_is_refused_in_plain_words_and_writes_nothing(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str,
) -> None:
    before = left(desk)
    monkeypatch.setattr(sys, "argv", ["smsim", *words])
    with pytest.raises(SystemExit) as gone:
        main()
    told = capsys.readouterr()
    assert gone.value.code == 2, told.err
    assert said in told.err
    assert "Traceback" not in told.err
    assert told.err.replace("\n", "").isprintable()
    assert told.out == ""
    assert left(desk) == before


@pytest.mark.parametrize("given", [
    {"scenarios": "nowhere"}, {"scenarios": []}, {"scenarios": "silo", "replications": 0}, {"scenarios": "silo", "seed": -1},
    {"scenarios": "silo", "weeks": "many"}, {"scenarios": "silo", "workers": 0}, {"scenarios": "syntax.yaml"},
    {"scenarios": ["silo", "silo"]}, {"scenarios": "silo", "out": "thesis"}, {"scenarios": "silo", "out": "x" * 300},
])
def test_python_gets_the_same_refusals_as_exceptions(desk: Path, given: dict[str, object]) -> None:
    before = left(desk)
    with pytest.raises(InputError):
        smsim.run(**{"replications": 1, "weeks": 20, "out": "results"} | given)
    assert left(desk) == before


def test_what_a_plugin_prints_is_no_part_of_the_results(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    (desk / "talks.py").write_text("print('hello')\n")
    (desk / "talks.yaml").write_text("extends: silo\nplugins: [talks.py]\n")
    monkeypatch.setattr(sys, "argv", ["smsim", "check", "talks.yaml", "--json"])
    with pytest.raises(SystemExit) as gone:
        main()
    told = capsys.readouterr()
    assert gone.value.code == 0
    assert told.out.startswith("{")
    assert told.err == "hello\n"
