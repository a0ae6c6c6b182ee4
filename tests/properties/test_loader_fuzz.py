"""Shipped scenarios, damaged where it hurts: what comes back is a scenario, or an error with a place within the file."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from smsim.errors import InputError
from smsim.scenario import Scenario, load
from smsim.scenario.library import find, names

SHIPPED = {name: find(name).bytes().decode().splitlines() for name in names()}
KEYS = sorted(load("silo").settled)
JUNK = st.sampled_from([
    "", "~", "nan", ".inf", "-1", "0", "1e999", "9" * 30, "١٢", "½", "1_", "2 weeks", "-3 days", "8%", "800%", "70 per week", "week 20",
    "never", "none", "no", "[1, 2]", "[]", "{}", "{a: 1}", "{a: {b: [c]}}", "[[[", "{", "'", '"x', "!!int 5", "!x", "&a *a", "*a", "<<",
    "|", "> x", "a: b", "- a", "# x", "\t", "\\u0000", "\x85", "\u2028", "silo", "/dev/null", ".", "..", "x.py:Y", "%", "@", "`", "?",
]) | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
SCALAR = re.compile(r"^(\s*(?:- )?[\w.]+:) *(.*)$")


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A shipped scenario with one to four things wrong with its structure."""
    lines = list(SHIPPED[draw(st.sampled_from(sorted(SHIPPED)))])
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(lines) - 1)))
        lines[at : at + 1] = draw(st.sampled_from([_twice, _gone, _indented, _moved, _misspelt, _split]))(lines[at], draw)
    return "\n".join(lines)


def _twice(line: str, _: st.DrawFn) -> list[str]:
    return [line, line]


def _gone(_line: str, _: st.DrawFn) -> list[str]:
    return []


def _indented(line: str, draw: st.DrawFn) -> list[str]:
    return [draw(st.sampled_from([" ", "  ", "\t", "- ", "? ", ": "])) + line]


def _moved(line: str, draw: st.DrawFn) -> list[str]:
    """Another value for the key."""
    found = SCALAR.match(line)
    return [f"{found[1]} {draw(JUNK)}" if found else draw(JUNK)]


def _misspelt(line: str, draw: st.DrawFn) -> list[str]:
    at = draw(st.integers(0, len(line)))
    return [line[:at] + draw(st.sampled_from(["", "e", ":", "{", "}", "]", ",", "#", "'", "&", "*"])) + line[at + 1 :]]


def _split(line: str, draw: st.DrawFn) -> list[str]:
    at = draw(st.integers(0, len(line)))
    return [line[:at], line[at:]]


def outcome(file: Path, sets: list[str] | None = None) -> list[InputError]:
    """The error a file ends in, if it ends in one. Nothing but a scenario or an InputError is let through."""
    try:
        assert isinstance(load(file, sets or []), Scenario)
    except InputError as error:
        return [error]
    return []


@given(damaged())
def test_a_damaged_scenario_is_read_or_refused_at_a_place_within_it(tmp_path: Path, text: str) -> None:
    file = tmp_path / "damaged.yaml"
    file.write_text(text, encoding="utf-8")
    count = len(file.read_text(encoding="utf-8").splitlines())
    for error in outcome(file):
        for problem in error.problems:
            assert problem.mark is not None
            assert problem.what
            if problem.mark.file == str(file):
                assert 0 <= problem.mark.line <= count + 1
                assert (problem.mark.column >= 1) == (problem.mark.line >= 1)
        assert str(error).replace("\n", "").isprintable()


@given(st.lists(st.tuples(st.sampled_from([*KEYS, "name", "extends", "plugins", "channels", "run", ""]), JUNK), max_size=3))
def test_a_setting_is_taken_or_refused_by_its_own_words(tmp_path: Path, pairs: list[tuple[str, str]]) -> None:
    file = tmp_path / "good.yaml"
    file.write_text("extends: silo\n", encoding="utf-8")
    sets = [f"{key}={value}" for key, value in pairs]
    for error in outcome(file, sets):
        assert all(problem.mark is not None and problem.mark.file for problem in error.problems)
        assert any("--set" in str(problem.mark) for problem in error.problems)
