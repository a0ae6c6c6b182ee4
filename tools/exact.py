"""Draw docs/pictures/exact-*.svg and write the tables of docs/exact.md: the model, played, against what is known without playing.

    python tools/exact.py [CASE …]         all cases, or those named; takes some minutes

The formulas and the firms are those of tests/theory; the cases are in tools/exact_cases.py.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import matplotlib as mpl

mpl.use("svg")
ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests" / "theory"), str(ROOT / "tools")]
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # a viewer has the fonts, whoever draws may not

import exact_cases  # noqa: E402
from exact_drawing import STYLE  # noqa: E402

from smsim.report.markers import between  # noqa: E402

PAGE, PICTURES = ROOT / "docs" / "exact.md", ROOT / "docs" / "pictures"
HEAD = "| setting | figure | exact | played, 95% interval |\n|---|---|---|---|\n"


def in_page(page: str, case: str, rows: list[str]) -> str:
    """The page with the table of one case put between its markers."""
    return between(page, f"<!-- played: {case} -->", "<!-- end -->", f"\n{HEAD}" + "\n".join(rows) + "\n")


def main(wanted: list[str]) -> None:
    """Play, draw, write."""
    for case, play in exact_cases.CASES.items():
        if wanted and case not in wanted:
            continue
        with mpl.rc_context(STYLE):
            figure, rows = play()
            figure.savefig(PICTURES / f"exact-{case}.svg", metadata={"Date": None})
            if "--png" in sys.argv:
                figure.savefig(PICTURES / f"exact-{case}.png", dpi=90)
        PAGE.write_text(in_page(PAGE.read_text(encoding="utf-8"), case, rows), encoding="utf-8")
        print(f"{case}: docs/pictures/exact-{case}.svg")


if __name__ == "__main__":
    main([word for word in sys.argv[1:] if not word.startswith("-")])
