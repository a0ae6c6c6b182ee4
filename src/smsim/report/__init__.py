"""What a results folder says, in pictures, in a page and in a table.

`draw` makes `charts/*.png`, `charts/*.svg` and `report.html` from the folder alone; `print_table` puts the headline figures on
a terminal. Both import their heavy parts when called.
"""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["draw", "print_table", "wake"]


def wake() -> None:
    """Get up in the background what draws: it takes half a second, and a study can be played meanwhile."""
    threading.Thread(target=_draw_a_dot, daemon=True).start()


def _draw_a_dot() -> None:
    with contextlib.suppress(Exception):
        import vl_convert

        vl_convert.vegalite_to_svg({"data": {"values": [{}]}, "mark": "point"})


def draw(folder: Path) -> list[Path]:
    """Draw every picture and write the page; the files written, the page last. Raises InputError where nothing is to draw."""
    from smsim.report.findings import read
    from smsim.report.page import write_page
    from smsim.report.pictures import save

    findings = read(Path(folder))
    drawn = save(findings, Path(folder) / "charts")
    page = write_page(findings, drawn, Path(folder) / "report.html")
    return [*(path for picture in drawn for path in picture.files), page]


def print_table(results: Any, console: Console) -> None:
    """Print the headline figures; `results` is a comparison, a result set, or a results folder."""
    from smsim.report.findings import gather
    from smsim.report.table import headline_table

    console.print(headline_table(gather(results)))
