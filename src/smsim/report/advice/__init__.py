"""What a recommendation says: in words, in pictures, on a page, on slides and in a workbook, all from its tables."""

from __future__ import annotations

from pathlib import Path

from smsim.advice.advice import FILE


def is_advice(folder: Path) -> bool:
    """Whether a folder holds a recommendation."""
    return (folder / FILE).is_file()


def draw(folder: Path) -> list[Path]:
    """Draw every picture and write the page; the files written, the page last. Raises InputError."""
    from smsim.advice.advice import Advice
    from smsim.report.advice.page import write_page
    from smsim.report.advice.pictures import charts
    from smsim.report.advice.words import as_findings
    from smsim.report.pictures import save_charts

    advice = Advice.read(folder)
    drawn = save_charts(charts(advice), as_findings(advice), folder / "charts")
    return [*(path for picture in drawn for path in picture.files), write_page(advice, drawn, folder / "report.html")]
