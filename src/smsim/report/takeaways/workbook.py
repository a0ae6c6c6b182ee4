"""Write an Excel workbook with native charts and the raw tables. The only file that knows xlsxwriter."""

from __future__ import annotations

import datetime as dt
import io
import math
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_range_abs

from smsim.errors import printable
from smsim.report.charts.causes import is_dark
from smsim.report.look import BLUE, GRID, INK, PAPER, QUIET
from smsim.report.takeaways.shapes import Chart, Series, quarters, span
from smsim.report.takeaways.sheets import Sheet

KINDS = {"bars": {"type": "bar"}, "columns": {"type": "column", "subtype": "stacked"}, "lines": {"type": "scatter", "subtype": "straight"}}
DATA = "Chart data"
#: Size of a chart in pixels, charts in a row, rows of cells one takes, columns one takes.
WIDTH, HIGH, ACROSS, DOWN, COLUMNS = 860, 460, 2, 24, 14
#: How numbers of each unit are written in a cell.
FORMS = {"money": "#,##0", "share": "0.0%", "hours": "#,##0.00", "days": "#,##0.00", "deals": "#,##0.0", "leads": "#,##0.0",
         "score": "0.00", "sd": "0.00", "ratio": "0.00", "tolerances": "0.00"}
RELATIVE = "+0.0%;−0.0%;0.0%"
#: Columns that hold numbers in the unit of their row.
OF_THE_UNIT = ("baseline mean", "difference", "low", "high", "mean", "value", "alone", "last", "total", "total_low", "total_high")


def make(summary: list[tuple[str, str]], charts: list[Chart], sheets: list[Sheet], when: dt.datetime | None = None) -> bytes:
    """The bytes of a workbook: what it says in words, its charts, the numbers they are drawn from, and the tables."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    book.set_properties({"title": printable(summary[0][0])[:250], "author": "smsim", "created": when or dt.datetime(2020, 1, 1)})
    _summary(book, summary)
    if charts:
        _charts(book, charts)
    for sheet in sheets:
        _sheet(book, sheet)
    book.close()
    return file.getvalue()


def _summary(book: Any, told: list[tuple[str, str]]) -> None:
    sheet = book.add_worksheet("Summary")
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 96)
    title, head = (book.add_format({"bold": True, "font_size": size, "font_color": INK, "text_wrap": True}) for size in (20, 13))
    plain = book.add_format({"text_wrap": True, "valign": "top", "font_size": 11, "font_color": INK})
    for at, (heading, text) in enumerate(told):
        sheet.write_string(at, 0, printable(heading or text), (head if at else title) if heading else plain)
        sheet.set_row(at, (32 if not at else 26) if heading else 15.5 * max(1, math.ceil(len(text) / 105)))
    _print_on_one_page(sheet, landscape=False)


def _print_on_one_page(sheet: Any, *, landscape: bool = True) -> None:
    """On paper A4, as wide as the sheet, as long as it takes."""
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    if landscape:
        sheet.set_landscape()


def _charts(book: Any, charts: list[Chart]) -> None:
    front, data = book.add_worksheet("Charts"), book.add_worksheet(DATA)
    front.hide_gridlines(2)
    _print_on_one_page(front)
    front.fit_to_pages(1, 1)
    data.set_column(0, 0, 46)
    data.set_column(1, 40, 16)
    quiet, top = book.add_format({"font_color": QUIET, "font_size": 9}), 0
    for at, chart in enumerate(charts):
        _block(book, data, chart, top)
        native = _native(book, chart, top + 2)
        down, across = at // ACROSS * DOWN, at % ACROSS * COLUMNS
        front.insert_chart(down, across, native, {"description": printable(f"{chart.title}. {chart.note}")})
        front.write_string(down + DOWN - 1, across, printable(chart.note), quiet)
        top += len(chart.categories) + 4


def _block(book: Any, sheet: Any, chart: Chart, top: int) -> None:
    """The numbers of a chart: a row per category, three columns per series where it has intervals."""
    bold, number = book.add_format({"bold": True}), book.add_format({"num_format": chart.form})
    sheet.write_string(top, 0, printable(chart.title), bold)
    for down, name in enumerate(chart.categories):
        if chart.kind == "lines":
            sheet.write_number(top + 2 + down, 0, int(name))
        else:
            sheet.write_string(top + 2 + down, 0, printable(name))
    for at, (head, values) in enumerate(_columns(chart)):
        sheet.write_string(top + 1, 1 + at, printable(head), bold)
        for down, value in enumerate(values):
            if value is not None:
                sheet.write_number(top + 2 + down, 1 + at, value, number)


def _columns(chart: Chart) -> list[tuple[str, list[float | None]]]:
    found: list[tuple[str, list[float | None]]] = []
    for own in chart.series:
        found.append((own.name, own.values))
        if own.low:
            found += [("low", own.low), ("high", own.high)]
            found += [("interval: less", [*own.reach(own.low)]), ("interval: more", [*own.reach(own.high)])]
    return found


def _native(book: Any, chart: Chart, top: int) -> Any:
    native = book.add_chart(KINDS[chart.kind])
    bottom, column = top + len(chart.categories) - 1, 1
    for own in chart.series:
        native.add_series(_series(chart, own, (top, bottom, column)))
        column += 5 if own.low else 1
    _axes(native, chart)
    native.set_title({"name": printable(chart.title), "name_font": {"size": 12, "color": INK}, "overlay": False})
    native.set_legend({"position": "right" if chart.kind == "columns" else "bottom", "font": {"size": 10},
                       "delete_series": [at for at, own in enumerate(chart.series) if own.thin]} if chart.legend else {"none": True})
    native.set_size({"width": WIDTH, "height": HIGH})
    return native


def _axes(native: Any, chart: Chart) -> None:
    lying = chart.kind == "bars"
    names: dict[str, Any] = {
        "name": chart.axis, "num_font": {"size": 10, "rotation": 0}, "label_position": "low", "major_tick_mark": "none",
        "reverse": lying, "major_gridlines": {"visible": False}, "line": {"color": QUIET}}
    if chart.kind == "lines":
        names |= {"min": 0, "max": int(chart.categories[-1]), "major_unit": quarters(int(chart.categories[-1]))}
    values: dict[str, Any] = {
        "num_format": chart.form, "major_gridlines": {"visible": True, "line": {"color": GRID}}, "line": {"none": True},
        "label_position": "high" if lying else "next_to"}
    if lying:
        values |= dict(zip(("min", "max", "major_unit"), span(chart), strict=True))
    if chart.kind == "columns":
        values |= {"min": 0} | ({"max": 1} if chart.form == "0%" else {})
    native.set_x_axis(values if lying else names)
    native.set_y_axis(names if lying else values)


def _series(chart: Chart, own: Series, place: tuple[int, int, int]) -> dict[str, Any]:
    top, bottom, column = place
    told: dict[str, Any] = {
        "name": [DATA, top - 1, column], "categories": [DATA, top, 0, bottom, 0], "values": [DATA, top, column, bottom, column],
        "gap": 60 if chart.kind == "bars" else 45,
    }
    if chart.kind == "lines":
        line = {"color": own.colour, "width": 1 if own.thin else 2.25}
        return told | {"line": line | {"dash_type": "square_dot"} if own.thin else line, "marker": {"type": "none"}}
    told["fill"] = {"color": own.colour} if own.colour else {"none": True}
    told["points"] = [{"fill": {"color": colour}} for colour in own.colours]
    if own.low:
        ends = {name: f"='{DATA}'!{xl_range_abs(top, column + step, bottom, column + step)}"
                for name, step in (("minus_values", 3), ("plus_values", 4))}
        data = {"minus_data": own.reach(own.low), "plus_data": own.reach(own.high)}
        told["y_error_bars"] = {"type": "custom", **ends, **data, "line": {"color": INK, "width": 1.25}}
    if own.form:
        font = {"color": PAPER if is_dark(own.colour) else INK, "size": 10}
        told["data_labels"] = {"value": True, "num_format": own.form, "position": "center", "font": font}
    return told


def _sheet(book: Any, told: Sheet) -> None:
    sheet, table = book.add_worksheet(told.name), told.table
    sheet.write_string(0, 0, printable(told.says), book.add_format({"italic": True, "font_color": QUIET}))
    head = book.add_format({"bold": True, "font_color": PAPER, "bg_color": BLUE, "text_wrap": True, "valign": "top"})
    sheet.set_row(2, 32)
    formats: dict[str, Any] = {}
    for across, name in enumerate(map(str, table.columns)):
        sheet.write_string(2, across, name, head)
        values = table[table.columns[across]].tolist()
        longest = max((len(value) + 1 for value in values if isinstance(value, str)), default=0)
        sheet.set_column(across, across, min(110, max(12, len(name) * 0.7, longest)))
        for down, value in enumerate(values):
            form = _form(name, told.of_rows[down]) if told.of_rows else FORMS.get(told.of_columns.get(name, ""), "General")
            if form not in formats:
                formats[form] = book.add_format({"num_format": form, "valign": "top"})
            _write(sheet, (3 + down, across), value, formats[form])
    sheet.autofilter(2, 0, 2 + len(table), len(table.columns) - 1)
    sheet.freeze_panes(3, 0)
    sheet.repeat_rows(2)
    _print_on_one_page(sheet)


def _form(column: str, unit: str) -> str:
    if column.endswith(" %"):
        return RELATIVE
    if column == "better in":
        return "0%"
    return FORMS.get(unit, "General") if column in OF_THE_UNIT else "General"


def _write(sheet: Any, place: tuple[int, int], value: Any, form: Any) -> None:
    """A number as a number, words as words whatever they begin with, and nothing where there is no number."""
    if isinstance(value, str):
        sheet.write_string(*place, printable(value)[:32_000], form)
    elif value is not None and math.isfinite(value):
        sheet.write_number(*place, value, form)
