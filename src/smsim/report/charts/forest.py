"""The paired differences from the baseline, each with its 95% interval and its verdict."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from smsim.report.findings import Findings
from smsim.report.look import BASELINE, BLUE, GRID, INK, ORANGE, QUIET, VERMILLION, dressed, names_axis
from smsim.report.wording import DRAWN, label, sentence, signed

#: Colour and shape of each verdict; the shape alone is enough.
VERDICTS = {
    "better": (BLUE, "triangle-up"), "worse": (VERMILLION, "triangle-down"),
    "no difference that matters": (BASELINE, "square"), "too close to call": (ORANGE, "circle"),
}
#: Panels in a row, and the width of a panel's plot.
COLUMNS, PANEL = 2, 190


def relative_differences(findings: Findings) -> pd.DataFrame:
    """Headline differences as shares of the baseline's mean; figures whose baseline is zero or missing are left out."""
    rows: list[dict[str, Any]] = []
    for name in findings.columns(*DRAWN):
        base = float(findings.values(findings.baseline, name).mean())
        for scenario in findings.others:
            row = findings.difference(scenario, name)
            if row is None or not abs(base) > 0:
                continue
            ends = {end: float(row[end]) / abs(base) for end in ("difference", "low", "high")}
            words = signed(ends["difference"])
            words += f"  ({signed(ends['low'])} to {signed(ends['high'])})" if ends["low"] == ends["low"] else "  (no interval)"
            rows.append({"scenario": scenario, "kpi": name, "base": base, "verdict": str(row["verdict"]), "words": words, **ends})
    return pd.DataFrame(rows)


def forest(findings: Findings, title: str) -> alt.TopLevelMixin | None:
    """Draw one panel per headline KPI, one row per scenario; None where nothing was compared."""
    table = relative_differences(findings)
    if table.empty:
        return None
    panels: list[Any] = [_panel(rows, findings) for _, rows in table.groupby("kpi", sort=False)]
    band = f"±{100 * findings.band:.3g}%"
    subtitle = (f"Paired differences from {findings.baseline}, as % of its mean: point, 95% interval and, shaded, the {band} "
                "within which a difference does not matter. Every panel has its own scale.")
    return dressed(alt.concat(*panels, columns=COLUMNS, spacing={"row": 22, "column": 34}), title, subtitle)


def _panel(rows: pd.DataFrame, findings: Findings) -> alt.TopLevelMixin:
    name = str(rows["kpi"].iloc[0])
    base = findings.said(float(rows["base"].iloc[0]), name)
    good = {"up": "more is better", "down": "less is better", "neither": ""}[findings.kpi(name).better]
    heading = alt.TitleParams(sentence(label(name)), subtitle=f"{findings.baseline}: {base}" + (f" · {good}" if good else ""),
                              fontSize=13, subtitleFontSize=11.5, anchor="start", frame="bounds", offset=6)
    band = alt.Chart(pd.DataFrame([{"low": -findings.band, "high": findings.band}])).mark_rect(color=GRID).encode(
        x=_across(rows, findings.band), x2="high:Q")
    zero = alt.Chart(pd.DataFrame([{"low": 0}])).mark_rule(color=INK, strokeWidth=1).encode(x="low:Q")
    layers = alt.layer(band, zero, *_points(rows, findings))
    return layers.properties(title=heading, width=PANEL, height=alt.Step(22))


def _across(rows: pd.DataFrame, band: float) -> alt.X:
    """The scale of a panel: it always holds zero and the band; about four ticks, with decimals only where needed."""
    ends = [*rows["low"].dropna(), *rows["high"].dropna(), *rows["difference"], -1.6 * band, 1.6 * band]
    low, high = min(ends), max(ends)
    room = 0.06 * (high - low)
    form = "+.0%" if high - low > 0.0255 else "+.1%"
    return alt.X("low:Q", title=None, scale=alt.Scale(domain=[low - room, high + room], nice=False, zero=False),
                 axis=alt.Axis(labelExpr=f"datum.value == 0 ? '0' : format(datum.value, '{form}')", tickCount=4, labelOverlap=True))


def _points(rows: pd.DataFrame, findings: Findings) -> list[alt.Chart]:
    y = alt.Y("scenario:N", sort=findings.others, title=None, axis=names_axis())
    verdicts = list(VERDICTS)
    legend = alt.Legend(title=None, orient="top", columns=4, symbolSize=110, labelLimit=0)
    colour = alt.Color("verdict:N", scale=alt.Scale(domain=verdicts, range=[VERDICTS[each][0] for each in verdicts]), legend=legend)
    shape = alt.Shape("verdict:N", scale=alt.Scale(domain=verdicts, range=[VERDICTS[each][1] for each in verdicts]), legend=legend)
    base = alt.Chart(rows).encode(y=y, color=colour)
    tooltip = [alt.Tooltip("scenario:N"), alt.Tooltip("words:N", title="difference"), alt.Tooltip("verdict:N")]
    return [
        base.mark_rule(strokeWidth=2.2).encode(x=alt.X("low:Q"), x2="high:Q"),
        base.mark_point(filled=True, size=85, opacity=1).encode(x=alt.X("difference:Q"), shape=shape, tooltip=tooltip),
        alt.Chart(rows).mark_text(align="left", dx=8, fontSize=11, color=QUIET).encode(y=y, x=alt.value(PANEL), text="words:N"),
    ]
