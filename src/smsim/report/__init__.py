"""What a results folder says, in pictures, in a page and in a table.

`draw` makes `charts/*.png`, `charts/*.svg` and `report.html` from the folder alone; `print_table` puts the headline figures on
a terminal. Both import their heavy parts when called.
"""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smsim.errors import RunError

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["draw", "print_table", "wake"]

#: Addresses (not memory) that what draws reserves; where a limit denies them, it ends the process without a word of ours.
RESERVED = 64e9


def wake() -> None:
    """Get up in the background what draws: it takes half a second, and a study can be played meanwhile."""
    threading.Thread(target=_draw_a_dot, daemon=True).start()


def _room() -> float:
    """Bytes of addresses this process may use."""
    try:
        import resource
    except ImportError:  # not on Windows
        return float("inf")
    soft = resource.getrlimit(resource.RLIMIT_AS)[0]
    return float("inf") if soft == resource.RLIM_INFINITY else float(soft)


def _draw_a_dot() -> None:
    if _room() < RESERVED:
        return
    with contextlib.suppress(Exception):
        import vl_convert

        vl_convert.vegalite_to_svg({"data": {"values": [{}]}, "mark": "point"})


def draw(folder: Path) -> list[Path]:
    """Draw every picture and write the page; the files written, the page last.

    Raises InputError where nothing is to draw, RunError where a limit on addresses (`ulimit -v`) leaves no room to draw.
    """
    if _room() < RESERVED:
        raise RunError(f"not drawn: a limit (ulimit -v) leaves this process {_room() / 1e9:.3g} GB of addresses, drawing reserves "
                       f"{RESERVED / 1e9:.0f}\n    the results are in {folder}; `smsim report {folder}` draws them where there is room")
    from smsim.report import advice

    if advice.is_advice(Path(folder)):
        return advice.draw(Path(folder))
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
