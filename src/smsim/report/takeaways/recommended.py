"""Slides and a workbook of a recommendation, from the same tables as its page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from smsim.advice.advice import Advice
from smsim.experiment import tables
from smsim.report.advice import page, words
from smsim.report.advice.pictures import step_rows
from smsim.report.look import BASELINE, BLUE, ORANGE, VERMILLION
from smsim.report.page import provenance
from smsim.report.pictures import signature
from smsim.report.takeaways.shapes import Chart, Number, Series, Slide, Table, Words
from smsim.report.takeaways.sheets import Sheet

#: Rows of a table and bars of a chart that can be read on a slide.
LINES, BARS = 9, 10


def slides(advice: Advice) -> list[Slide]:
    """What was asked, what to do, what each step buys, what it costs in which world, how it was found."""
    levers = [(f"{lever['name']}: ", f"{lever['words']}, for {' / '.join(words.paid(advice, cost) for cost in lever['cost'])} a year")
              for lever in advice.about["levers"][:LINES]]
    short = Table(page.SHORT, page.shortlist(advice)[:LINES], [0.35, 2.6, 0.9, 0.9, 0.9, 1.5, 0.7])
    made = [Slide(page.title(advice), f"{page.setting(advice)}.", [Words(levers)]),
            Slide(words.headline(advice), "", [Words([("", text) for text in words.sentences(advice)])]),
            Slide("The short list, on fresh luck", "● recommended, = cannot be told apart from the best, ◆ best at its price", [short])]
    made += [Slide(chart.title, "", [chart], chart.note) for chart in charts(advice)]
    made.append(Slide("How it was found, and what it cannot tell", "", [Words([("", text) for text in words.how(advice)])]))
    told = [(f"{name}: ", text) for name, text in provenance(words.as_findings(advice))]
    return [*made, Slide("How to make this again", "The same command, version and seed give the same numbers.", [Words(told)])]


def charts(advice: Advice) -> list[Chart]:
    """Bars with intervals: the short list, and the steps."""
    form = "0.0%" if advice.about["unit"] == "share" else '#,##0,"k"' if advice.shortlist["gain"].abs().max() >= 1e4 else "#,##0.##"
    listed = advice.shortlist[~advice.shortlist["is_nothing"]].head(BARS)
    made = []
    if len(listed):
        names = [f"{row['candidate']} ({words.paid(advice, row['cost'])})" for _, row in listed.iterrows()]
        made.append(_bars("shortlist", f"Gain in {words.wanted(advice)}, against doing nothing", names, listed, form))
    if len(advice.steps):
        rows = advice.steps.drop(columns=["gain", "low", "high"]).rename(
            columns={"step_gain": "gain", "step_low": "low", "step_high": "high"})
        made.append(_bars("steps", "What each step buys on top of those before", list(step_rows(advice)["name"]), rows, form))
    return made


def _bars(name: str, title: str, names: list[str], rows: pd.DataFrame, form: str) -> Chart:
    values, low, high = ([_number(value) for value in rows[end]] for end in ("gain", "low", "high"))
    colours = [BASELINE if start is None or end is None else BLUE if start > 0 else VERMILLION if end < 0 else ORANGE
               for start, end in zip(low, high, strict=True)]
    return Chart(name, "bars", title, names, [Series("gain", values, BLUE, low, high, colours)], form,
                 note="Thin line: the 95% interval. Blue surely more, vermillion surely less, orange not decided.")


def _number(value: float) -> Number:
    return None if pd.isna(value) else float(value)


def sheets(advice: Advice) -> list[Sheet]:
    """Every table there is."""
    told = {"shortlist": ("Short list", "On fresh luck; gain against doing nothing"), "steps": ("Steps", "In the order of gain for cost"),
            "regret": ("Regret", "World by world, against the best of the short list there"),
            "candidates": ("Candidates", "Looked at in the search; chosen by their luck, so they look better than they are")}
    return [Sheet(name, says, _written(getattr(advice, table))) for table, (name, says) in told.items() if len(getattr(advice, table))]


def _written(table: pd.DataFrame) -> pd.DataFrame:
    """Yes and no as words."""
    return table.assign(**{str(name): table[name].map({True: "yes", False: "no"}) for name in table if table[name].dtype == bool})


def _summary(advice: Advice) -> list[tuple[str, str]]:
    told = [(page.title(advice), ""), ("", f"{page.setting(advice)}."), ("What to do", ""), ("", f"{words.headline(advice)}.")]
    told += [("", text) for text in words.sentences(advice)] + [("How it was found", "")] + [("", text) for text in words.how(advice)]
    return [*told, ("How to make it again", ""), *(("", f"{name}: {text}") for name, text in provenance(words.as_findings(advice)))]


def _when(advice: Advice) -> dt.datetime:
    return dt.datetime.fromisoformat(str(advice.about["start"])).replace(tzinfo=None)


def _slides(advice: Advice, path: Path) -> list[Path]:
    from smsim.report.takeaways import powerpoint

    made = powerpoint.make(slides(advice), signature(words.as_findings(advice)), page.title(advice), _when(advice))
    return [tables.write_bytes(path, made)]


def _workbook(advice: Advice, path: Path) -> list[Path]:
    from smsim.report.takeaways import workbook

    return [tables.write_bytes(path, workbook.make(_summary(advice), charts(advice), sheets(advice), _when(advice)))]


def _csv(advice: Advice, path: Path) -> list[Path]:
    """The short list in one file, or every table in a folder."""
    if path.suffix.lower() == ".csv" and not path.is_dir():
        return [tables.write_bytes(path, advice.shortlist.to_csv(index=False).encode())]
    kept = {name: getattr(advice, name) for name in ("shortlist", "steps", "regret", "candidates")}
    return [tables.write_bytes(path / f"{name}.csv", table.to_csv(index=False).encode()) for name, table in kept.items() if len(table)]


MAKERS: dict[str, Callable[[Advice, Path], list[Path]]] = {"--slides": _slides, "--workbook": _workbook, "--csv": _csv}
