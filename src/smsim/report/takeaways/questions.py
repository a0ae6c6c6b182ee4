"""The charts of a question's answer: a row for each firm, for each value of many settings, or for each setting of a latin design."""

from __future__ import annotations

import math

import pandas as pd

from smsim.experiment.intervals import CONFIDENCE
from smsim.report.answers import Answers, called
from smsim.report.charts.forest import VERDICTS
from smsim.report.look import BASELINE, BLUE
from smsim.report.mattering import Mattering
from smsim.report.takeaways import mattering
from smsim.report.takeaways.charts import COLOURS, MONEY, ROWS
from smsim.report.takeaways.shapes import Chart, Number, Series
from smsim.report.wording import label, sentence

CORRELATION = "+0.00;−0.00;0"
#: How a difference in each unit is written on an axis.
FORMS = {"money": MONEY, "share": "0.0%"}


def answer(asked: Answers, kpi: str) -> Chart:
    """What the firms of a question came to on one key figure."""
    if isinstance(asked, Mattering):
        return mattering.chart(asked, kpi)
    if not asked.is_grid:
        return _leanings(asked, kpi)
    firms = asked.rows(kpi)
    return _firms(asked, kpi, firms[firms["is_point"]]) if len(firms) <= ROWS else _main_effects(asked, kpi)


def _leanings(asked: Answers, kpi: str) -> Chart:
    leans = sorted(zip(asked.factors, asked.leanings(kpi), strict=True), key=lambda each: -abs(each[1]) if each[1] == each[1] else 0)[:ROWS]
    values = [None if math.isnan(lean) else lean for _, lean in leans]
    names = [called(key) for key, _ in leans]
    return Chart(f"answer-{kpi}", "bars", f"{sentence(label(kpi))}: rank correlation with each setting", names,
                 [Series("rank correlation", values, BLUE)], CORRELATION, note="From −1 (falls as the setting grows) to +1 (rises).")


def _firms(asked: Answers, kpi: str, rows: pd.DataFrame) -> Chart:
    told = [", ".join(row[f"f{at}"] for at in range(len(asked.factors))) for _, row in rows.iterrows()]
    names = [f"{name}  {' '.join(str(words).split())}" for name, words in zip(told, rows["gap_words"], strict=True)]
    colours = [VERDICTS.get(verdict, (BASELINE, ""))[0] for verdict in rows["verdict"]]
    return _bars(asked, kpi, names, rows, colours)


def _main_effects(asked: Answers, kpi: str) -> Chart:
    """Each value of each setting, on average over all others, against the first: of more settings than fit, the first ones."""
    names: list[str] = []
    parts: list[pd.DataFrame] = []
    for at, key in enumerate(asked.factors):
        effect = asked.main_effect(kpi, at)
        if len(names) + len(effect) > ROWS:
            break
        names += [f"{called(key)}  {value}" for value in effect["value"]]
        parts.append(effect)
    rows = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["gap", "gap_low", "gap_high"])
    return _bars(asked, kpi, names, rows, [])


def _bars(asked: Answers, kpi: str, names: list[str], rows: pd.DataFrame, colours: list[str]) -> Chart:
    ends: list[list[Number]] = [[None if math.isnan(value) else float(value) for value in rows[end].astype(float)]
                                for end in ("gap", "gap_low", "gap_high")]
    form = FORMS.get(asked.findings.kpi(kpi).unit, "General")
    return Chart(f"answer-{kpi}", "bars", f"{sentence(label(kpi))} against {asked.against}", names,
                 [Series("difference", ends[0], BLUE, ends[1], ends[2], colours)], form,
                 note=f"Thin line: the {CONFIDENCE:.0%} interval of the paired difference. {COLOURS if colours else ''}".strip())
