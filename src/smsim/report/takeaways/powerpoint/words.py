"""Words in a frame of a slide, and the colours everything on it is drawn in."""

from __future__ import annotations

from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import PP_ALIGN
from pptx.util import Emu, Pt

from smsim.errors import printable

#: Left, top, width and height, in inches.
Box = tuple[float, float, float, float]


def write(frame: Any, told: list[tuple[str, str]], size: float, ink: str, **manner: Any) -> None:
    """Write paragraphs, each a few words in bold and then the rest: `bold` for all of it, `right` for the side, `gap` below in points."""
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = Emu(0)
    for at, (head, text) in enumerate(told):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.RIGHT if manner.get("right") else PP_ALIGN.LEFT
        paragraph.space_after = Pt(manner.get("gap", 0))
        for words, bold in ((head, True), (text, bool(manner.get("bold")))):
            run = paragraph.add_run() if words else None
            if run is not None:
                run.text, run.font.size, run.font.bold = printable(words), Pt(size), bold
                run.font.color.rgb = colour(ink)


def colour(code: str) -> RGBColor:
    """A colour of the house as PowerPoint has it."""
    return RGBColor.from_string(code.removeprefix("#").upper())
