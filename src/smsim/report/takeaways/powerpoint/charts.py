"""Native charts on a slide: bars with intervals, columns on one another, lines over the weeks."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.util import Inches, Pt

from smsim.errors import printable
from smsim.report.charts.causes import is_dark
from smsim.report.look import GRID, INK, PAPER, QUIET
from smsim.report.takeaways.powerpoint.words import Box, colour, write
from smsim.report.takeaways.shapes import Chart, Series, quarters, span

KINDS = {"bars": XL_CHART_TYPE.BAR_CLUSTERED, "columns": XL_CHART_TYPE.COLUMN_STACKED,
         "lines": XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS}
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def chart(slide: Any, told: Chart, box: Box) -> None:
    """Draw a chart into a box of a slide; what it shows is also told in words, for those who do not see it."""
    frame = slide.shapes.add_chart(KINDS[told.kind], *(Inches(length) for length in box), _data(told))
    frame._element.nvGraphicFramePr.cNvPr.set("descr", printable(f"{told.title}. {told.note}"))  # noqa: SLF001
    native = frame.chart
    native.font.size, native.font.color.rgb = Pt(12), colour(INK)
    native.has_title = True
    write(native.chart_title.text_frame, [("", told.title)], 14, INK, bold=True)
    native.has_legend = told.legend
    if told.legend:
        native.legend.include_in_layout, native.legend.font.size = False, Pt(11)
        tall = told.kind == "columns" and len(told.series) < 10
        native.legend.position = XL_LEGEND_POSITION.RIGHT if tall else XL_LEGEND_POSITION.BOTTOM
    _axes(native, told)
    DRAW[told.kind](native, told)


def _data(told: Chart) -> Any:
    """The numbers of a chart, as its own worksheet will hold them."""
    if told.kind != "lines":
        data: Any = CategoryChartData(number_format=told.form)
        data.categories = [_folded(name, told) for name in told.categories]
        for series in told.series:
            data.add_series(printable(series.name), series.values)
        return data
    data = XyChartData(number_format=told.form)
    for series in told.series:
        line = data.add_series(printable(series.name))
        for week, value in zip(told.categories, series.values, strict=True):
            if value is not None:
                line.add_data_point(int(week), value)
    return data


def _folded(name: str, told: Chart) -> str:
    """A name in lines short enough to stand below a column of a waterfall."""
    return "\n".join(textwrap.wrap(printable(name), 13)) if told.kind == "columns" else printable(name)


def _axes(chart: Any, told: Chart) -> None:
    values, names = chart.value_axis, chart.category_axis
    values.major_gridlines.format.line.color.rgb = colour(GRID)
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = told.form, False
    values.format.line.fill.background()
    names.tick_label_position, names.major_tick_mark = XL_TICK_LABEL_POSITION.LOW, XL_TICK_MARK.NONE
    names.format.line.color.rgb = colour(QUIET)
    if told.axis:
        names.has_title = True
        write(names.axis_title.text_frame, [("", told.axis)], 12, QUIET)


def _bars(chart: Any, told: Chart) -> None:
    """Lying bars in the order of the categories, each in its colour, with its interval as a thin line."""
    plot = chart.plots[0]
    plot.gap_width, plot.vary_by_categories = 60, False
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale, chart.value_axis.major_unit = span(told)
    chart.category_axis.reverse_order = True
    chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    _leave_room(chart, 0.02 + min(0.5, 0.0072 * max(map(len, told.categories))))
    for series, own in zip(plot.series, told.series, strict=True):
        _fill(series, own)
        if own.low and any(value is not None for value in own.low):
            series._element.find(f"{{{C}}}cat").addprevious(_intervals(own))  # noqa: SLF001


def _leave_room(chart: Any, left: float) -> None:
    """Give the names of the bars the part of the width that they need."""
    sides = "".join(f'<c:{name} val="{value:.3f}"/>' for name, value in (("x", left), ("y", 0.1), ("w", 0.97 - left), ("h", 0.8)))
    layout = parse_xml(f'<c:layout xmlns:c="{C}"><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
                       f'<c:yMode val="edge"/>{sides}</c:manualLayout></c:layout>')
    area = chart._chartSpace.chart.plotArea  # noqa: SLF001
    for old in area.findall(f"{{{C}}}layout"):
        area.remove(old)
    area.insert(0, layout)


def _intervals(own: Series) -> Any:
    """The interval of each bar as error bars, which PowerPoint has and python-pptx has no words for."""
    def reach(name: str, end: list[float | None]) -> str:
        points = "".join(f'<c:pt idx="{at}"><c:v>{value!r}</c:v></c:pt>' for at, value in enumerate(own.reach(end)))
        return f'<c:{name}><c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="{len(own.values)}"/>{points}</c:numLit></c:{name}>'

    return parse_xml(f'<c:errBars xmlns:c="{C}" xmlns:a="{A}"><c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="0"/>'
                     f'{reach("plus", own.high)}{reach("minus", own.low)}<c:spPr><a:ln w="15875"><a:solidFill><a:srgbClr val="{INK[1:]}"/>'
                     '</a:solidFill></a:ln></c:spPr></c:errBars>')


def _fill(series: Any, own: Series) -> None:
    series.invert_if_negative = False
    if not own.colour:
        series.format.fill.background()
        return
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = colour(own.colour)
    for at, shade in enumerate(own.colours):
        if shade != own.colour and own.values[at] is not None:
            series.points[at].format.fill.solid()
            series.points[at].format.fill.fore_color.rgb = colour(shade)


def _columns(chart: Any, told: Chart) -> None:
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 45, 100
    if told.form == "0%":
        chart.value_axis.maximum_scale, chart.value_axis.major_unit = 1.0, 0.2
    chart.value_axis.minimum_scale = 0.0
    for series, own in zip(plot.series, told.series, strict=True):
        _fill(series, own)
        if own.form:
            labels = series.data_labels
            labels.show_value, labels.number_format, labels.number_format_is_linked = True, own.form, False
            labels.font.size, labels.position = Pt(12), XL_LABEL_POSITION.CENTER
            labels.font.color.rgb = colour(PAPER if is_dark(own.colour) else INK)


def _lines(chart: Any, told: Chart) -> None:
    weeks = chart.category_axis
    weeks.has_major_gridlines, weeks.minimum_scale, weeks.maximum_scale = False, 0, int(told.categories[-1])
    weeks.major_unit = quarters(int(told.categories[-1]))
    weeks.tick_labels.number_format, weeks.tick_labels.number_format_is_linked = "0", False
    for series, own in zip(chart.plots[0].series, told.series, strict=True):
        series.smooth = False
        series.marker.style = XL_MARKER_STYLE.NONE
        series.format.line.color.rgb = colour(own.colour)
        series.format.line.width = Pt(1 if own.thin else 2.5)
        if own.thin:
            series.format.line.dash_style = MSO_LINE.SQUARE_DOT
    _name_none(chart, [at for at, own in enumerate(told.series) if own.thin])


def _name_none(chart: Any, places: list[int]) -> None:
    """Take the names of these series out of the legend."""
    legend = chart._chartSpace.chart.legend  # noqa: SLF001
    if legend is not None:
        after = legend.find(f"{{{C}}}legendPos")
        for at in reversed(places):
            after.addnext(parse_xml(f'<c:legendEntry xmlns:c="{C}"><c:idx val="{at}"/><c:delete val="1"/></c:legendEntry>'))


DRAW: dict[str, Callable[[Any, Chart], None]] = {"bars": _bars, "columns": _columns, "lines": _lines}
