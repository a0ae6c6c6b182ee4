"""Draw the pictures, sign them with the command that makes them again, and save them as SVG and PNG."""

from __future__ import annotations

import re
import struct
import textwrap
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import altair as alt
import vl_convert

from smsim.report import verdicts
from smsim.report.answers import Answers, answers
from smsim.report.charts.causes import causes_of_death
from smsim.report.charts.effects import main_effects, one_setting, two_settings
from smsim.report.charts.forest import forest
from smsim.report.charts.funnel import funnel
from smsim.report.charts.gap import revenue_gained
from smsim.report.charts.heat import heat_maps
from smsim.report.charts.revenue import revenue_over_weeks
from smsim.report.charts.scatter import scatters
from smsim.report.charts.survival import lead_survival
from smsim.report.charts.tornado import effects_apart, shares_of_variance, tornado
from smsim.report.charts.waterfall import waterfall
from smsim.report.findings import Findings
from smsim.report.look import FONT, QUIET, look
from smsim.report.mattering import Mattering
from smsim.report.steps import every, is_of_settings

#: How each picture is to be read, in one line; the order is that of the page.
CAPTIONS = {
    "differences": "Left or right of the zero line: less or more than the baseline in the same world. A bar that crosses the "
                   "line has not decided; one inside the shaded band does not matter.",
    "why": "Read from the top: each bar begins where the one above it ended, the last is all of them together. A setting whose "
           "thin line crosses the start of its bar may have done nothing.",
    "losses": "Read from the top. Leads saved are dead in the baseline at that desk and won here; leads lost the other way round. Money "
              "that no such lead brought stands as steps of its own.",
    "revenue": "The light band is where four of five runs lie: luck. The dark band is how well the mean is known.",
    "gap": "A line that climbs gains on the baseline, week by week; once its dark band leaves zero the gain is more than luck.",
    "funnel": "Each bar is the mean number per run; the thin line is its 95% interval. Brackets: % of the leads created. "
              "Opportunities and wins count all there are, also those that did not begin as a marketing lead.",
    "survival": "Read across from “half the leads” to the line, then down: the age at which half of them are dead of any cause.",
    "causes": "Each bar is all leads of a scenario. Colours of one family ended at the same desk; green leads were won.",
    "one_setting": "Left the level, right the difference in the same worlds: that one decides. A bar that crosses zero has not decided.",
    "heat_maps": "Find the cells that are decided. A dashed frame means that more worlds are needed, not that there is no difference.",
    "two_settings": "Lines that run apart say that one setting matters more at some values of the other.",
    "main_effects": "Steeper panels matter more, on average over everything else that was varied.",
    "scatters": "A band that climbs or falls is what the setting does; the cloud around it is what all other settings do.",
    "effects_apart": "Far to the right matters; grey cannot be told from luck. In brackets the grade: C is judgement.",
    "shares_of_variance": "A long pale bar matters. Dark as long as pale: it acts by itself. The ticks are what luck would have made.",
    "tornado": "The longest bar is the setting that moves most by itself. A bar that crosses the solid line at zero changes who is ahead.",
}
#: More firms than this have no picture of their own in the report of a question.
FEW = 8
#: Most pictures of why scenarios differ.
REASONS = 6


@dataclass(frozen=True)
class Picture:
    """One picture: its name, how to read it, its specification, its SVG, and the files it was saved to."""

    name: str
    caption: str
    spec: dict[str, Any]
    svg: str
    files: tuple[Path, ...] = ()

    @property
    def width(self) -> float:
        """Width in points."""
        return size(self.svg)[0]

    @property
    def height(self) -> float:
        """Height in points."""
        return size(self.svg)[1]


def charts(findings: Findings) -> Iterator[tuple[str, str, Any]]:
    """Every chart for which the folder holds the data, in the order of the page: name, how to read it, chart."""
    asked = answers(findings)
    if asked is not None:
        yield from of_answers(asked)
    if asked is None or len(findings.scenarios) <= FEW:
        yield from ((name, CAPTIONS[name.partition("-")[0]], chart) for name, chart in _of_scenarios(findings))


def of_answers(asked: Answers) -> Iterator[tuple[str, str, Any]]:
    """A picture of every key figure asked for, two where two settings are varied."""
    for kpi in asked.measure:
        makers: dict[str, Callable[[Any, str], Any]] = {"": one_setting}
        if isinstance(asked, Mattering):
            makers = {"": effects_apart if asked.design == "morris" else shares_of_variance, "-tornado": tornado}
        elif not asked.is_grid:
            makers = {"": scatters}
        elif len(asked.factors) == 2:
            makers = {"": heat_maps, "-lines": two_settings}
        elif len(asked.factors) > 2:
            makers = {"": main_effects}
        for name, make in makers.items():
            chart = make(asked, kpi)
            if chart is not None:
                yield f"answer-{kpi}{name}", CAPTIONS[make.__name__], chart


def _of_scenarios(findings: Findings) -> Iterator[tuple[str, Any]]:
    dressing, runs, days, curves = look(findings), findings.runs, findings.days, findings.curves
    makers: dict[str, tuple[bool, Callable[[], Any]]] = {
        "differences": (not findings.differences.empty, lambda: forest(findings, verdicts.forest_title(findings))),
        "revenue": (_has(days, "revenue"), lambda: revenue_over_weeks(
            days, dressing, findings.warm_up_days, verdicts.revenue_title(findings))),
        "gap": (_has(days, "revenue"), lambda: revenue_gained(days, dressing, findings.warm_up_days, verdicts.gap_title(findings))),
        "funnel": (True, lambda: funnel(runs, dressing, verdicts.funnel_title(findings))),
        "survival": (_has(curves, "value"), lambda: lead_survival(curves, dressing, verdicts.survival_title(findings))),
        "causes": (_has(curves, "value"), lambda: causes_of_death(curves, dressing, verdicts.causes_title(findings))),
    }
    for name, (possible, make) in makers.items():
        chart = make() if possible else None
        if chart is not None:
            yield name, chart
        if name == "differences":
            yield from _reasons(findings)


def _reasons(findings: Findings) -> Iterator[tuple[str, Any]]:
    """Why the scenarios differ: over settings, over the leads of each of a few."""
    for steps in every(findings)[:REASONS]:
        alone = "losses" if len(findings.others) == 1 else f"losses-{_file(steps.scenario)}"
        yield "why" if is_of_settings(steps) else alone, waterfall(steps)


def _file(name: str) -> str:
    """A name as a file may be called."""
    return re.sub(r"[^\w.=+-]+", "-", name).strip("-.")[:80] or "scenario"


def _has(table: Any, column: str) -> bool:
    return column in table and bool(table[column].notna().any())


def save(findings: Findings, folder: Path) -> list[Picture]:
    """Draw every chart and write `NAME.svg` and `NAME.png` into the folder."""
    return save_charts(charts(findings), findings, folder)


def save_charts(made: Iterable[tuple[str, str, Any]], findings: Findings, folder: Path) -> list[Picture]:
    """Write charts, each with its name and how to read it, signed as the findings say."""
    folder.mkdir(parents=True, exist_ok=True)
    pictures = []
    for name, caption, chart in made:
        spec = specification(chart)
        svg = signed(vl_convert.vegalite_to_svg(spec), findings)
        files = (folder / f"{name}.png", folder / f"{name}.svg")
        files[0].write_bytes(noted(vl_convert.svg_to_png(svg, scale=2), notes(findings, name)))
        files[1].write_text(svg, encoding="utf-8")
        pictures.append(Picture(name, caption, spec, svg, files))
    return pictures


def specification(chart: Any) -> dict[str, Any]:
    """A chart as a Vega-Lite specification with its data inside, however many rows, and no address of a schema."""
    with alt.data_transformers.enable("default", max_rows=None):
        spec: dict[str, Any] = chart.to_dict()
    spec.pop("$schema", None)
    spec["datasets"] = {name: [_rounded(row) for row in rows] for name, rows in spec.get("datasets", {}).items()}
    return spec


def _rounded(row: dict[str, Any]) -> dict[str, Any]:
    """Six digits are more than a picture shows, and a third of the size."""
    return {key: float(f"{value:.6g}") if isinstance(value, float) else value for key, value in row.items()}


def notes(findings: Findings, name: str) -> dict[str, str]:
    """What a picture's file says of itself."""
    told = {"Title": f"smsim: {name}", "Software": f"smsim {findings.version}".strip(), "Command": findings.command,
            "Runs made by": findings.made_by, "Plan": findings.plan_hash}
    return {key: value for key, value in told.items() if value}


def signature(findings: Findings) -> str:
    """The line at the foot of every picture."""
    parts = [findings.command, f"smsim {findings.version}" if findings.version else "",
             f"plan {findings.plan_hash}" if findings.plan_hash else "",
             f"{findings.many} run{'s' if findings.replications > 1 else ''} per scenario"]
    return "  ·  ".join(part for part in parts if part)


def size(svg: str) -> tuple[float, float]:
    """Width and height of an SVG."""
    width, height = re.findall(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"', svg)[0]
    return float(width), float(height)


def signed(svg: str, findings: Findings) -> str:
    """Add the command below the picture, and all it says of itself as a description."""
    width, height = size(svg)
    lines = textwrap.wrap(signature(findings), max(40, int(width / 6.2)))
    tall = f"{height + 14 * len(lines) + 12:g}"
    taller = re.sub(r'viewBox="[^"]*"', f'viewBox="0 0 {width:g} {tall}"', svg, count=1)
    taller = re.sub(r'(<svg[^>]*?) height="[\d.]+"', rf'\1 height="{tall}"', taller, count=1)
    words = "".join(f'<text x="18" y="{height + 10 + 14 * at}">{escape(line)}</text>' for at, line in enumerate(lines))
    about = "; ".join(f"{key}: {value}" for key, value in notes(findings, "picture").items() if key != "Title")
    ground = f'<rect width="{width:g}" height="{tall}" fill="#ffffff"/>'
    start = taller.index(">", taller.index("<svg")) + 1
    head, body = taller[:start], taller[start:].removesuffix("</svg>")
    style = f'font-family="{FONT}" font-size="10.5" fill="{QUIET}"'
    return f"{head}<desc>{escape(about)}</desc>{ground}{body}<g {style}>{words}</g></svg>"


def noted(png: bytes, told: dict[str, str]) -> bytes:
    """Write notes into a PNG, after its header, as international text."""
    header = 8 + 25
    chunks = b"".join(_chunk(b"iTXt", key.encode("latin-1") + b"\0\0\0\0\0" + value.encode("utf-8")) for key, value in told.items())
    return png[:header] + chunks + png[header:]


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
