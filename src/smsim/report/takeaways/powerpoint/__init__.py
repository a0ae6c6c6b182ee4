"""Draw slides as a PowerPoint file whose charts and tables can be edited. This folder alone knows python-pptx."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Inches, Pt

from smsim.errors import printable
from smsim.report.look import BLUE, INK, PAPER, QUIET
from smsim.report.takeaways.powerpoint.charts import chart
from smsim.report.takeaways.powerpoint.words import Box, colour, write
from smsim.report.takeaways.shapes import Chart, Part, Slide, Table, Words

#: A wide slide in inches, its margin, where its parts begin and end.
WIDE, HIGH, EDGE = 13.333, 7.5, 0.6
TOP, FOOT = 2.02, 6.72


def make(slides: list[Slide], signature: str, title: str, when: dt.datetime | None = None) -> bytes:
    """The bytes of a deck; the signature stands at the foot of each slide."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDE), Inches(HIGH)
    deck.core_properties.title, deck.core_properties.author = printable(title), "smsim"
    deck.core_properties.created = deck.core_properties.modified = when or dt.datetime(2020, 1, 1)
    for at, slide in enumerate(slides):
        _slide(deck, slide, signature, at)
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def _slide(deck: Any, told: Slide, signature: str, at: int) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    wide = WIDE - 2 * EDGE
    _place(slide.shapes.title, (EDGE, 0.35 if at else 1.6, wide, 0.95 if at else 1.3))
    size = 36 if not at else 28 if len(told.title) <= 75 else 23 if len(told.title) <= 120 else 19
    write(slide.shapes.title.text_frame, [("", told.title)], size, INK, bold=True)
    slide.shapes.title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    _rule(slide, 1.36 if at else 2.95)
    if told.below:
        small = 15 if len(told.below) < 140 else 13
        _text(slide, (EDGE, 1.42 if at else 3.05, wide, 0.5), [("", told.below)], small if at else 20)
    top, bottom = (TOP, FOOT - (0.42 if told.foot else 0)) if at else (3.75, FOOT)
    _parts(slide, told.parts, top, bottom - top)
    if told.foot:
        _text(slide, (EDGE, FOOT - 0.4, wide, 0.45), [("", told.foot)], 12 if len(told.foot) < 190 else 11)
    _text(slide, (EDGE, 6.98, wide - 0.8, 0.35), [("", signature)], 10)
    _text(slide, (WIDE - EDGE - 0.8, 6.98, 0.8, 0.35), [("", str(at + 1))], 10, right=True)


def _parts(slide: Any, parts: list[Part], top: float, height: float) -> None:
    """Lay the parts side by side, all words in the same type."""
    each = (WIDE - 2 * EDGE - 0.4 * (len(parts) - 1)) / max(len(parts), 1)
    boxes = [(EDGE + place * (each + 0.4), top, each, height) for place in range(len(parts))]
    size = min((_fitting(part, box) for part, box in zip(parts, boxes, strict=True) if isinstance(part, Words)), default=12.0)
    for part, box in zip(parts, boxes, strict=True):
        if isinstance(part, Chart):
            chart(slide, part, box)
        elif isinstance(part, Table):
            _table(slide, part, box)
        else:
            _text(slide, box, part.told, size, INK, gap=9)


def _fitting(words: Words, box: Box) -> float:
    """The largest type, of 20 to 12 points, in which the words fit their box."""
    for size in (20.0, 18.0, 16.0, 15.0, 14.0, 13.0):
        across = box[2] * 72 / (0.49 * size)
        lines = sum(-(-len(head + text) // max(int(across), 1)) for head, text in words.told)
        if lines * 1.22 * size + 9 * len(words.told) <= box[3] * 72:
            return size
    return 12.0


def _place(shape: Any, box: Box) -> None:
    shape.left, shape.top, shape.width, shape.height = (Inches(length) for length in box)


def _rule(slide: Any, top: float) -> None:
    line = slide.shapes.add_connector(1, Inches(EDGE), Inches(top), Inches(WIDE - EDGE), Inches(top))
    line.line.color.rgb, line.line.width = colour(BLUE), Pt(1.5)


def _text(slide: Any, box: Box, told: list[tuple[str, str]], size: float, ink: str = QUIET, **manner: Any) -> None:
    shape = slide.shapes.add_textbox(*(Inches(length) for length in box))
    write(shape.text_frame, told, size, ink, **manner)


def _table(slide: Any, told: Table, box: Box) -> None:
    lines = [max(cell.count("\n") for cell in row) + 1 for row in told.rows]
    row = min(0.42, box[3] / (sum(lines) + 1.2)) if max(lines, default=1) == 1 else min(0.66, box[3] / (len(lines) + 0.8))
    shape = slide.shapes.add_table(len(told.rows) + 1, len(told.heads), *(Inches(length) for length in (*box[:3], row * (len(lines) + 1))))
    table, total = shape.table, sum(told.widths)
    table.horz_banding = False
    size = 12 if len(told.rows) > 9 else 13 if len(told.heads) > 3 else 14
    for at, width in enumerate(told.widths):
        table.columns[at].width = Inches(box[2] * width / total)
    for down, cells in enumerate([told.heads, *told.rows]):
        table.rows[down].height = Inches(row if down else 0.42)
        for across, text in enumerate(cells):
            _cell(table.cell(down, across), text, size, head=down == 0, first=across == 0)


def _cell(cell: Any, text: str, size: float, *, head: bool, first: bool) -> None:
    cell.fill.solid()
    cell.fill.fore_color.rgb = colour(INK if head else PAPER)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    told = [("", line if len(line) <= 90 else line[:89] + "…") for line in text.split("\n")]
    write(cell.text_frame, told, size, PAPER if head else INK, bold=head or first)
    cell.margin_left = cell.margin_right = Inches(0.08)


