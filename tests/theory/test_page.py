"""The page of exact cases shows every case, with a table that was played and a picture that is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "exact.md").read_text(encoding="utf-8")
CASES = re.findall(r"<!-- played: ([\w-]+) -->", PAGE)


def test_the_page_has_every_case():
    drawn = {path.stem.removeprefix("exact-") for path in (ROOT / "docs" / "pictures").glob("exact-*.svg")}
    assert set(CASES) == drawn
    assert len(CASES) == 21


@pytest.mark.parametrize("case", CASES)
def test_a_case_has_a_table_and_a_small_picture(case):
    table = PAGE.split(f"<!-- played: {case} -->")[1].split("<!-- end -->")[0]
    assert table.count("\n| ") >= 3
    picture = ROOT / "docs" / "pictures" / f"exact-{case}.svg"
    assert f"pictures/{picture.name}" in PAGE
    assert picture.stat().st_size < 60_000
