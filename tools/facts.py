"""Draws the pictures of docs/facts.md and writes its table, from the folder that `smsim facts --out FOLDER` kept: `make facts`."""

from __future__ import annotations

import itertools
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd

from smsim.cli.facts import band, in_sum, interval, said
from smsim.facts import carry_over, lead_decay, response_times
from smsim.facts.fact import KINDS, Fact, Measure
from smsim.facts.judging import Finding, Judged, judge
from smsim.facts.playing import judge_all, name_of
from smsim.facts.shelf import shelf
from smsim.report.look import BASELINE, BLUE, INK, QUIET, VERMILLION, WIDTH, dressed
from smsim.report.markers import between
from smsim.results import ResultSet

DOCS = Path(__file__).resolve().parents[1] / "docs"
START, END = "<!-- written by `make facts` -->", "<!-- end of what is written -->"
ALL = (-math.inf, math.inf)


def main(folder: str) -> None:
    """Draw and write."""
    results = ResultSet.read(folder)
    for name, chart in pictures(results):
        chart.save(DOCS / "pictures" / f"{name}.svg")
    page = DOCS / "facts.md"
    made = f"\n\n{table(judge_all(list(shelf().values()), results))}\n"
    page.write_text(between(page.read_text(encoding="utf-8"), START, END, made), encoding="utf-8")


def table(findings: list[Finding]) -> str:
    """A Markdown table of facts and measures for each kind of fact."""
    parts = []
    for kind, about in KINDS.items():
        of_kind = [finding for finding in findings if finding.fact.kind == kind]
        parts.append(f"### {kind.capitalize()}: {about}\n\n{rows_of(of_kind)}")
    return "\n".join([*parts, *(f"{line}\n" for line in in_sum(findings))])


def rows_of(findings: list[Finding]) -> str:
    """The table of some facts."""
    lines = ["| fact | measure | value | 95% interval | band | verdict | restates | n |", "| " + "--- | " * 7 + "--- |"]
    for finding in findings:
        worlds = dict.fromkeys(world.scenario for world in finding.fact.worlds.values())
        head = f"**{finding.fact.id} {finding.fact.title}**, in `{'`, `'.join(worlds)}`: {finding.verdict}"
        for one in finding.measures:
            restates = f"`{one.measure.restates}`" if one.measure.restates else "–"
            cells = (head, one.measure.says, said(one.value), interval(one), band(one.measure), one.verdict, restates, str(one.n))
            lines.append("| " + " | ".join(cells) + " |")
            head = ""
    return "\n".join(lines) + "\n"


def pictures(results: ResultSet) -> Iterator[tuple[str, Any]]:
    """Every picture by name."""
    yield "facts_response_times", response_chart(results)
    yield "facts_lead_decay", decay_chart(results)
    yield "facts_carry_over", carry_over_chart(results)


def _values(fact: Fact, results: ResultSet, measures: list[Measure]) -> list[Judged]:
    """Further measures of a fact's runs, with their intervals."""
    asked = Fact(fact.id, fact.title, fact.text, fact.worlds, fact.numbers, tuple(measures), fact.kind)
    return list(judge(asked, results.runs, {label: name_of(fact, label) for label in fact.worlds}).measures)


def _rows(x: list[Any], found: list[Judged]) -> pd.DataFrame:
    rows = [(at, one.value, one.low, one.high) for at, one in zip(x, found, strict=True)]
    return pd.DataFrame(rows, columns=["x", "value", "low", "high"])


def response_chart(results: ResultSet) -> Any:
    """How many of the answered leads are answered within so many hours, against the audit's two shares."""
    fact, hours = response_times.FACT, list(response_times.HOURS)
    found = _rows(hours, _values(fact, results, [Measure(f"{h}", "", ALL, response_times.share_within(h)) for h in hours]))
    audit = pd.DataFrame([{"x": h, "low": low, "high": high, "value": (low + high) / 2, "words": words} for h, (low, high), words in (
        (1, fact.measures[0].band, "audit: 48% ± 10"), (24, fact.measures[1].band, "audit: 69% ± 10"))])
    x = _hours_axis("hours from birth to the first call (logarithmic)", hours)
    y = {"title": "of the answered leads", "scale": alt.Scale(domain=[0, 1]), "axis": alt.Axis(format="%", tickCount=6)}
    line = alt.Chart(found).mark_line(color=BLUE, strokeWidth=2.5, point=alt.OverlayMarkDef(color=BLUE, size=35)).encode(
        x=x, y=alt.Y("value:Q", **y))
    area = alt.Chart(found).mark_area(color=BLUE, opacity=0.25).encode(x=x, y=alt.Y("low:Q", **y), y2="high:Q")
    bars = alt.Chart(audit).mark_rule(color=VERMILLION, strokeWidth=5, opacity=0.75).encode(x=x, y=alt.Y("low:Q", **y), y2="high:Q")
    points = alt.Chart(audit).mark_point(color=VERMILLION, filled=True, size=90, shape="diamond").encode(x=x, y=alt.Y("value:Q", **y))
    words = alt.Chart(audit).mark_text(color=VERMILLION, align="left", dx=9, dy=22, fontSize=12).encode(
        x=x, y=alt.Y("low:Q", **y), text="words:N")
    mean = _values(fact, results, [fact.measures[2]])[0]
    below = (f"Blue: scenario web, mean of {mean.n} replications and its 95% interval. Red: 2,241 firms, asked once each "
             f"(Oldroyd et al. 2011), with the band. Mean up to 30 days: {mean.value:.0f} hours here, 42 ± 15 in the audit.")
    chart = alt.layer(area, line, bars, points, words).properties(width=WIDTH, height=330)
    return dressed(chart, "How fast answered web leads are answered", below)


def _hours_axis(title: str, hours: list[float]) -> alt.X:
    ticks = {1 / 12: "5 min", 0.5: "30 min", 1: "1 h", 4: "4 h", 24: "1 day", 168: "1 week", 720: "30 days"}
    words = "".join(f"abs(datum.value - {at}) < 1e-6 ? '{text}' : " for at, text in ticks.items()) + "''"
    return alt.X("x:Q", title=title, scale=alt.Scale(type="log", domain=[min(hours), max(hours)], nice=False),
                 axis=alt.Axis(values=list(ticks), labelExpr=words, labelOverlap=False, labelFlush=True))


def decay_chart(results: ResultSet) -> Any:
    """The share that qualifies by age at the first call, and where it may lie after 1 and after 24 hours, given the first hour."""
    fact, edges = lead_decay.FACT, lead_decay.EDGES
    pairs = list(itertools.pairwise(edges[:-1]))
    names = ["5 min", "15 min", "30 min", "1 h", "2 h", "6 h", "1 day", "3 days", "1 week", "30 days"]
    names = [f"to {name}" for name in names]
    found = _rows(names, _values(fact, results, [Measure(f"{p}", "", ALL, lambda means, p=p: lead_decay.rate(means, p)) for p in pairs]))
    first = _values(fact, results, [Measure("first", "", ALL, lambda means: lead_decay.rate(means, (0.0, 1.0)))])[0]
    bands = pd.DataFrame([
        {"x": name, "low": first.value / measure.band[1], "high": first.value / measure.band[0]}
        for measure, group in ((fact.measures[0], names[4:5]), (fact.measures[1], names[7:])) for name in group])
    x = alt.X("x:N", sort=names, title="age at the first call", axis=alt.Axis(labelAngle=0, grid=False))
    y = {"title": "of the leads called, qualified", "axis": alt.Axis(format="%"), "scale": alt.Scale(domainMin=0, clamp=True)}
    allowed = alt.Chart(bands).mark_bar(color=VERMILLION, opacity=0.25, width=40).encode(x=x, y=alt.Y("low:Q", **y), y2="high:Q")
    rule = alt.Chart(found).mark_rule(color=INK, strokeWidth=2).encode(x=x, y=alt.Y("low:Q", **y), y2="high:Q")
    dots = alt.Chart(found).mark_point(color=BLUE, filled=True, size=80, opacity=1).encode(x=x, y=alt.Y("value:Q", **y))
    below = (f"Blue: scenario web, mean of {first.n} replications and its 95% interval. Red: where the rate may lie, given "
             f"{first.value:.1%} in the first hour (after an hour 1/7 to 1/2 of that, after a day, all together, 1/60 to 1/8).")
    return dressed(alt.layer(allowed, rule, dots).properties(width=WIDTH, height=300), "The later the call, the fewer leads qualify", below)


def carry_over_chart(results: ResultSet) -> Any:
    """How much of a burst's effect has come by each week."""
    fact, weeks, tables = carry_over.FACT, list(range(1, carry_over.WEEKS + 1)), []
    for who, name in ((carry_over.BUYERS, "inquiries of live buyers"), (carry_over.ALL, "all inquiries, idle askers too")):
        found = _values(fact, results, [Measure(f"{w}", "", ALL, carry_over.share_within(w, who)) for w in weeks])
        tables.append(_rows(weeks, found).assign(line=name))
    goodwill = [1 - 0.932**week for week in weeks]
    tables.append(pd.DataFrame({"x": weeks, "value": goodwill, "low": goodwill, "high": goodwill, "line": "goodwill, by its carry-over"}))
    names = [str(one["line"].iloc[0]) for one in tables]
    legend = alt.Legend(title=None, orient="top", labelLimit=0, symbolType="stroke", symbolSize=500, symbolOpacity=1)
    colour = alt.Color("line:N", scale=alt.Scale(domain=names, range=[BLUE, VERMILLION, BASELINE]), legend=legend)
    dash = alt.StrokeDash("line:N", scale=alt.Scale(domain=names, range=[[1, 0], [9, 3], [2, 2]]), legend=legend)
    x = alt.X("x:Q", title="weeks since the burst", scale=alt.Scale(domain=[0, carry_over.WEEKS]),
              axis=alt.Axis(values=list(range(0, carry_over.WEEKS + 1, 13))))
    y = {"title": "of the effect in 78 weeks", "axis": alt.Axis(format="%"), "scale": alt.Scale(domain=[0, 1.1], clamp=True)}
    data = pd.concat(tables, ignore_index=True)
    months = alt.Chart(pd.DataFrame([{"x": 26, "end": 39}])).mark_rect(color=QUIET, opacity=0.12).encode(x=x, x2="end:Q")
    ninety = alt.Chart(pd.DataFrame([{"value": 0.9}])).mark_rule(color=QUIET, strokeDash=[2, 3]).encode(y=alt.Y("value:Q", **y))
    area = alt.Chart(data).mark_area(opacity=0.25).encode(x=x, y=alt.Y("low:Q", **y), y2="high:Q", color=colour)
    line = alt.Chart(data).mark_line(strokeWidth=2.5).encode(x=x, y=alt.Y("value:Q", **y), color=colour, strokeDash=dash)
    n = _values(fact, results, [fact.measures[0]])[0].n
    below = (f"Means of {n} paired replications and their 95% intervals. A line that meets the dotted 90% inside the grey six to nine "
             "months agrees with Leone 1995.")
    chart = alt.layer(months, ninety, area, line).properties(width=WIDTH, height=320)
    return dressed(chart, "How much of a burst of advertising has worked by when", below)


if __name__ == "__main__":
    main(*sys.argv[1:])
