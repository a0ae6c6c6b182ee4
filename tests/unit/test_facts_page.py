"""docs/facts.md: a row for every measure on the shelf, with the band the code has; a picture for every picture."""

from __future__ import annotations

import re
from pathlib import Path

from smsim.cli.facts import band
from smsim.facts.fact import CALIBRATES, KINDS, TESTS
from smsim.facts.judging import INSIDE
from smsim.facts.shelf import shelf

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = (DOCS / "facts.md").read_text(encoding="utf-8")
TABLES = PAGE.partition("<!-- written")[2].partition("<!-- end")[0]
ROWS = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in TABLES.splitlines()
        if line.startswith("|") and not line.startswith(("| fact ", "| ---"))]


def test_the_page_has_a_row_for_every_measure_with_its_band() -> None:
    told = [(row[1], row[4]) for row in ROWS]
    in_order = [fact for kind in KINDS for fact in shelf().values() if fact.kind == kind]
    assert told == [(one.says, band(one)) for fact in in_order for one in fact.measures]


def test_facts_that_were_looked_at_before_stand_apart_from_those_that_were_not() -> None:
    first, other = (re.search(rf"^### {kind.capitalize()}: (.*?)(?=^### |^<!-- end)", PAGE, re.MULTILINE | re.DOTALL) for kind in KINDS)
    assert first is not None
    assert other is not None
    for found, kind in ((first, CALIBRATES), (other, TESTS)):
        assert re.findall(r"^\| \*\*(\S+) ", found[0], re.MULTILINE) == [fact.id for fact in shelf().values() if fact.kind == kind]


def test_every_fact_that_is_not_inside_its_band_has_a_paragraph_of_its_own() -> None:
    missed = re.findall(r"^\| \*\*(\S+) [^|]*: (?!" + INSIDE + r")", PAGE, re.MULTILINE)
    assert missed
    assert [number for number in missed if not re.search(rf"^### {number} ", PAGE, re.MULTILINE)] == []


def test_every_picture_of_the_page_is_there() -> None:
    named = re.findall(r"\(pictures/(\S+\.svg)\)", PAGE)
    assert named
    assert [name for name in named if not (DOCS / "pictures" / name).is_file()] == []
