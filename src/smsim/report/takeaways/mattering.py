"""What matters, for slides, workbook and terminal: the same rows in words, the leading index as bars, the table as it is kept."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd

from smsim.report.answers import answers, called
from smsim.report.findings import Findings
from smsim.report.look import BASELINE, BLUE
from smsim.report.mattering import LEADING, Mattering
from smsim.report.takeaways.shapes import Chart, Number, Series, Slide, Table, Words
from smsim.report.turning import decided
from smsim.report.wording import label, sentence

#: Rows and flags that can be read on a slide, and rows of a chart.
LINES, FLAGS, ROWS = 10, 6, 16


def heads(found: Mattering) -> list[str]:
    """The heads of the table in words."""
    own = ["μ*", "σ", "luck"] if found.design == "morris" else ["first", "total", "luck"]
    return ["setting", "grade", *own, "low", "as it stands", "high", *(["decision"] if found.is_pair else [])]


def lines(found: Mattering, kpi: str) -> list[list[str]]:
    """A row for each setting: its indices with their intervals, and the figure at its ends."""
    return [_line(found, kpi, row) for _, row in found.table(kpi).iterrows()]


def _line(found: Mattering, kpi: str, row: pd.Series[Any]) -> list[str]:
    ends = [f"{row[f'{end}_words']}: {found.said(kpi, row[f'at_{end}'])}{'' if decided(row, end) or not found.is_pair else '?'}"
            for end in ("low", "own", "high")]
    main, second = ("mu_star", "sigma") if found.design == "morris" else ("first", "total")
    own = [_with_interval(found, kpi, row, main)]
    own.append(found.size(kpi, row["sigma"]) if second == "sigma" else _with_interval(found, kpi, row, second))
    own[-1 if second == "total" else 0] += " ~" if row["told"] == "no" else ""
    return [row["setting"], row["grade"], *own, found.size(kpi, row["noise"]), *ends, *([row["decision"]] if found.is_pair else [])]


def _with_interval(found: Mattering, kpi: str, row: pd.Series[Any], name: str) -> str:
    half = row[f"{name}_high"] - row[name]
    return f"{found.size(kpi, row[name])} ± {found.size(kpi, half)}"


def chart(found: Mattering, kpi: str) -> Chart:
    """The leading index of each setting with its interval; grey where it cannot be told from luck."""
    table = found.table(kpi).head(ROWS)
    name, word = LEADING[found.design]
    ends: list[list[Number]] = [[None if math.isnan(value) else float(value) for value in table[end]] if len(table) else []
                                for end in (name, f"{name}_low", f"{name}_high")]
    names = [f"{called(row['setting'])} ({row['grade']})" for _, row in table.iterrows()]
    colours = [BASELINE if row["told"] == "no" else BLUE for _, row in table.iterrows()]
    unit = found.findings.kpi(kpi).unit
    form = "0.00" if found.design == "sobol" else {"money": '#,##0,"k"', "share": "0.0%"}.get(unit, "General")
    over = "share of the variance over all settings" if found.design == "sobol" else "mean size of the change over the whole range"
    return Chart(f"answer-{kpi}", "bars", f"{sentence(label(kpi))} of {found.whose}: {word}, {over}", names,
                 [Series(word, ends[0], BLUE, ends[1], ends[2], colours)], form,
                 note="Thin line: the 95% interval. Grey: cannot be told from luck. In brackets: the grade of the setting's evidence.")


def slides(findings: Findings) -> Iterator[Slide]:
    """What the settings do, and on which the decision turns: a slide for each figure."""
    asked = answers(findings)
    if not isinstance(asked, Mattering):
        return
    for kpi in asked.measure:
        rows = lines(asked, kpi)
        if rows:
            foot = "~: cannot be told from luck. ?: not decided. " + asked.of_noise(kpi)
            yield Slide(f"What matters: {label(kpi)} of {asked.whose}", "", [Table(heads(asked), rows[:LINES], _widths(asked))], foot)
            flags = asked.flags(kpi)
            if flags:
                yield Slide("On what the decision turns", asked.ends(kpi), [Words([("", flag) for flag in flags[:FLAGS]])])


def _widths(found: Mattering) -> list[float]:
    return [1.9, 0.5, 1.2, 0.9, 0.8, 1.5, 1.5, 1.5, *([0.9] if found.is_pair else [])]


def table(findings: Findings) -> pd.DataFrame:
    """The table as it is kept, of all figures measured; empty where nobody asked what matters."""
    asked = answers(findings)
    return asked.everything() if isinstance(asked, Mattering) else pd.DataFrame()
