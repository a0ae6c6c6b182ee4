"""The page of a recommendation: what to do, the short list, the steps, the pictures, how it was found."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from smsim.advice.advice import Advice
from smsim.report import page
from smsim.report.advice import words
from smsim.report.look import BLUE
from smsim.report.pictures import Picture
from smsim.report.wording import listed, sentence


def write_page(advice: Advice, pictures: list[Picture], path: Path) -> Path:
    """Write the page; it loads nothing from anywhere."""
    findings = words.as_findings(advice)
    return page.fill("recommendation.html.j2", {
        "findings": findings, "title": title(advice), "setting": f"{setting(advice)}.", "colour": BLUE, "headline": words.headline(advice),
        "sentences": words.sentences(advice), "settings": advice.about["settings"], "tables": tables(advice), **page.drawn(pictures),
        "how": words.how(advice), "provenance": page.provenance(findings),
    }, path)


def title(advice: Advice) -> str:
    """What was asked."""
    return sentence(str(advice.about["describe"] or advice.about["name"]))


def setting(advice: Advice) -> str:
    """What is wanted, and what there is to spend, in one line."""
    about = advice.about
    budget = about["budget"]
    is_limited = isinstance(budget, int | float) and math.isfinite(budget)
    spend = f", with {words.paid(advice, float(budget))} a year to spend" if is_limited else ""
    return f"Wanted: {words.wanted(advice)}{spend}; {listed(list(about['firms']))}, {len(about['worlds'])} worlds"


def tables(advice: Advice) -> list[dict[str, Any]]:
    """The tables of the page, in words."""
    made = [{"title": "The short list", "heads": SHORT, "rows": shortlist(advice),
             "foot": "Gain: against doing nothing, with its 95% interval, on luck that chose nothing. ● recommended, = cannot be told "
                     "apart from the best, ◆ best at its price."}]
    if len(advice.steps):
        made.append({"title": "What each step buys", "heads": STEPS, "rows": steps(advice),
                     "foot": "In the order of gain for cost; each step on top of those before."})
    return made


SHORT = ["", "candidate", "cost a year", "own cost a year", "gain", "95% interval", "better in"]
STEPS = ["step", "lever", "cost a year", "buys", "95% interval", "all so far", "95% interval"]


def shortlist(advice: Advice) -> list[list[str]]:
    """A row for each candidate of the short list."""
    rows = []
    for _, row in advice.shortlist.iterrows():
        signs = ("●" if row["is_recommended"] else "=" if row["is_tied"] else "") + (" ◆" if row["on_frontier"] else "")
        gain = [words.gained(advice, row["gain"]), words.interval(advice, row), f"{row['share_better']:.0%}"]
        costs = [words.paid(advice, row[name]) for name in ("cost", "own_cost")]
        rows.append([signs.strip(), str(row["candidate"]), *costs, *(["–", "", ""] if row["is_nothing"] else gain)])
    return rows


def steps(advice: Advice) -> list[list[str]]:
    """A row for each step."""
    return [[str(row["step"]), str(row["lever"]), words.paid(advice, row["own"]), words.gained(advice, row["step_gain"]),
             words.interval(advice, row, "step_"), words.gained(advice, row["gain"]), words.interval(advice, row)]
            for _, row in advice.steps.iterrows()]
