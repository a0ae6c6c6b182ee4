"""Why scenarios differ, for slides and workbook: the steps of the page as bars with intervals."""

from __future__ import annotations

import math
from collections.abc import Iterator

from smsim.experiment.intervals import CONFIDENCE
from smsim.report import steps
from smsim.report.findings import Findings
from smsim.report.look import BASELINE, BLUE, VERMILLION
from smsim.report.steps import Steps
from smsim.report.takeaways.charts import MONEY
from smsim.report.takeaways.shapes import Chart, Number, Series, Slide
from smsim.report.wording import label, sentence

#: Most slides that say why, and how a step in each unit is written on an axis.
SLIDES = 3
LAST = "The last bar is the sum of the others."
FORMS = {"money": MONEY, "share": "0.0%"}


def slides(findings: Findings) -> Iterator[Slide]:
    """A slide for the settings, one for the leads of each of a few scenarios."""
    for each in steps.every(findings)[:SLIDES]:
        chart = bars(each)
        yield Slide(steps.title(each), "", [chart], f"{steps.how(each)} {LAST}")


def bars(told: Steps) -> Chart:
    """A bar for each step with its interval, the whole gap last."""
    rows = told.drawn
    ends: list[list[Number]] = [[None if math.isnan(value) else float(value) for value in rows[end]] for end in ("value", "low", "high")]
    below = told.findings.kpi(told.kpi).better == "down"
    colours = [BLUE if (value >= 0) != below else VERMILLION for value in rows["value"][:-1]]
    names = [f"{name}  {words}" for name, words in zip(rows["label"], rows["words"], strict=True)]
    over = "settings" if steps.is_of_settings(told) else "leads"
    series = Series(f"adds to {label(told.kpi)}", ends[0], BLUE, ends[1], ends[2], [*colours, BASELINE])
    title = f"{sentence(label(told.kpi))} of {told.scenario} against {told.findings.baseline}, over the {over}"
    return Chart(f"why-{over}-{told.scenario}", "bars", title, names, [series], FORMS.get(told.unit, "General"),
                 note=f"Thin line: the {CONFIDENCE:.0%} interval. {LAST}")

