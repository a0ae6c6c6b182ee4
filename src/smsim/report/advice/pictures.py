"""The pictures of a recommendation, from its tables: the frontier, what each step buys, regret."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

import pandas as pd

from smsim.advice.advice import Advice
from smsim.report.advice import words
from smsim.report.charts.frontier import frontier, lettered
from smsim.report.charts.regret import MOST, regret
from smsim.report.charts.steps import steps
from smsim.report.wording import sentence

CAPTIONS = {
    "frontier": "Right costs more, up gains more. The line joins the best at each price, on fresh luck; bars are 95% intervals. Grey dots "
                "were chosen by their luck: believe the others.",
    "steps": "Blue: surely more on top of the steps before; orange: not decided; vermillion: surely less. Squares: everything so far, "
             "against doing nothing.",
    "regret": "The darker, the more is lost in that world by this candidate against the best of the list there. Pale: could be luck.",
}


def charts(advice: Advice) -> Iterator[tuple[str, str, Any]]:
    """Every chart there is something for: name, how to read it, chart."""
    yield "frontier", CAPTIONS["frontier"], frontier(advice.candidates, advice.shortlist, _axes(advice) | {
        "title": words.headline(advice), "subtitle": f"Gain in {words.wanted(advice)}, against doing nothing, over "
                                                     f"{len(advice.about['worlds'])} worlds. {_letters(advice)}."})
    if not advice.steps.empty:
        yield "steps", CAPTIONS["steps"], steps(step_rows(advice), _axes(advice) | {
            "title": "What each step buys", "subtitle": "In the order of gain for cost. The order was chosen on other luck than this."})
    if advice.regret["world"].nunique() > 1:
        yield "regret", CAPTIONS["regret"], regret(regret_rows(advice), {
            "title": "What each would cost in the worlds where it is not the best",
            "subtitle": "Mean over the runs of a world, against the best of the short list there."})


def _letters(advice: Advice) -> str:
    """Which candidate each letter stands for."""
    return "; ".join(f"{letter}: {name}" for name, letter in lettered(advice.shortlist).items())


def _axes(advice: Advice) -> dict[str, str]:
    currency = str(advice.about["currency"])
    form = "~s" if advice.about["unit"] != "share" else "~p"
    cost = f"cost a year ({currency})" if currency else "cost a year"
    return {"cost": cost, "gain": sentence(f"gain, {words.wanted(advice)}"), "form": form}


def step_rows(advice: Advice) -> pd.DataFrame:
    """The steps with what is written beside them."""
    table = advice.steps
    names = [f"{row['step']}. {row['lever']}  ({words.paid(advice, row['own'])})" for _, row in table.iterrows()]
    told = {f"{end}words": [f"{words.gained(advice, row[f'{start}gain'])} ({words.interval(advice, row, start)})"
                            for _, row in table.iterrows()] for start, end in (("step_", "step_"), ("", "gain_"))}
    return table.assign(name=names, **told)


def regret_rows(advice: Advice) -> pd.DataFrame:
    """The first of the short list, world by world, with what is written into the cells."""
    order = list(advice.shortlist["candidate"])[:MOST]
    table = advice.regret[advice.regret["candidate"].isin(order)]
    number = {name: at for at, name in enumerate(order)}
    table = table.sort_values("candidate", key=lambda names: names.map(number), kind="stable")
    return table.assign(
        name=[_folded(name) for name in table["candidate"]], is_sure=table["low"] > 0,
        say=["best" if best else words.regret_said(advice, value) for best, value in zip(table["is_best"], table["regret"], strict=True)])


def _folded(name: str) -> str:
    return "\n".join(textwrap.wrap(name, 44))
