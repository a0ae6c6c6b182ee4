"""All practices on, each one alone, each one left out, against the silo: plays them, writes docs/practices.md and its chart.

Which settings switch a practice on is said in one place, `scenarios/practices/NAME.yaml`; which practices there are, by the registry.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd

import smsim
from smsim.claims.claim import BASE
from smsim.cli.claims import said
from smsim.compare import Comparison, Difference, paired
from smsim.core.registry import registry
from smsim.report.look import BLUE, INK, VERMILLION, dressed
from smsim.report.markers import between
from smsim.scenario import Scenario
from smsim.scenario.library import names
from studies.playing import SAY

ROOT = Path(__file__).resolve().parents[1]
START, END = "<!-- written by `make practices` -->", "<!-- end of what is written -->"
ALL = "all"
ALONE, LEFT_OUT = "alone, against none", "what is lost without it, of all"
FIGURE, COST = "contribution", "practice_cost"


def main(words: Sequence[str] | None = None) -> int:
    """Play, write, draw: 0 all done, 1 worlds failed, 2 cannot be played, 130 stopped."""
    made = argparse.ArgumentParser(prog="python -m studies.practices", description=__doc__)
    made.add_argument("--replications", type=int, default=60, metavar="N", help="worlds of each firm (60)")
    made.add_argument("--workers", type=int, default=2, metavar="K", help="how many worlds are played at once (2)")
    made.add_argument("--weeks", type=int, metavar="W", help="a shorter run, for a trial")
    told = made.parse_args(words)
    try:
        found = smsim.run(firms(), replications=told.replications, workers=told.workers, weeks=told.weeks,
                          out=ROOT / "results" / "practices", progress=_tell)
    except smsim.InputError as error:
        SAY.print(f"{error}\nResults of another model are not mixed with these: move or remove results/practices.")
        return 2
    except KeyboardInterrupt:
        SAY.print("stopped; what was finished is kept, and the same command goes on from there")
        return 130
    write(rows(found), told.replications)
    return 1 if len(found.failures) else 0


def _tell(done: int, of: int) -> None:
    if done == of or not done % 50:
        SAY.print(f"{done} of {of}")


def switched_on(name: str) -> dict[str, str]:
    """The settings that switch a practice on: where its shipped scenario differs from the silo."""
    own, silo = smsim.load(f"practices/{name}"), smsim.load("silo")
    return {key: own.words(key) for key in own.values() if own[key] != silo[key]}


def playable() -> list[str]:
    """The practices of the registry that a shipped scenario switches on."""
    return [name for name in registry().practices if f"practices/{name}" in names()]


def firms() -> list[Scenario]:
    """None, each alone, all, and all but each."""
    base, settings = smsim.load(BASE), {name: switched_on(name) for name in playable()}

    def firm(label: str, on: Sequence[str]) -> Scenario:
        return base.but({key: value for name in on for key, value in settings[name].items()}, label)

    return [base, *(firm(name, [name]) for name in settings), firm(ALL, list(settings)),
            *(firm(f"{ALL} but {name}", [one for one in settings if one != name]) for name in settings)]


def rows(found: smsim.ResultSet) -> pd.DataFrame:
    """One row per practice and question: its effect on contribution, with interval, and what it costs."""
    apart = [(ALL, ALONE, ALL, found.baseline)]
    for name in playable():
        apart += [(name, ALONE, name, found.baseline), (name, LEFT_OUT, ALL, f"{ALL} but {name}")]
    lines = [(name, question, *_gap(found, FIGURE, one, other), _gap(found, COST, one, other)[0], of.verdict, of.n)
             for name, question, one, other in apart if (of := _difference(found, FIGURE, one, other))]
    return pd.DataFrame(lines, columns=["practice", "question", "effect", "low", "high", "cost", "verdict", "n"])


def _difference(found: smsim.ResultSet, kpi: str, one: str, other: str) -> Difference:
    table = found.kpi(kpi)
    return paired(table[one].to_numpy(dtype=float), table[other].to_numpy(dtype=float), Comparison(found).about(kpi).better)


def _gap(found: smsim.ResultSet, kpi: str, one: str, other: str) -> tuple[float, float, float]:
    of = _difference(found, kpi, one, other)
    return of.difference, of.low, of.high


def write(table: pd.DataFrame, replications: int) -> None:
    """The table and chart of docs/practices.md."""
    chart(table).save(ROOT / "docs" / "pictures" / "practices.svg")
    page = ROOT / "docs" / "practices.md"
    made = f"\n\n{''.join(_lines(table, replications))}\n"
    page.write_text(between(page.read_text(encoding="utf-8"), START, END, made), encoding="utf-8")


def _lines(table: pd.DataFrame, replications: int) -> Iterator[str]:
    missing = [name for name in registry().practices if name not in playable()]
    yield f"In `{BASE}`, {replications} worlds of each firm.\n\n"
    yield "![What each practice does to contribution, alone and among all others](pictures/practices.svg)\n\n"
    yield "| practice | asked | contribution | 95% interval | cost | verdict | settings |\n| --- | --- | --- | --- | --- | --- | --- |\n"
    for row in table.itertuples():
        on = ", ".join(f"`{key}: {value}`" for key, value in switched_on(str(row.practice)).items()) if row.practice != ALL else "all below"
        yield (f"| {row.practice} | {row.question} | {said(row.effect)} | {said(row.low)} to {said(row.high)} | {said(row.cost)} | "
               f"{row.verdict} | {on} |\n")
    if missing:
        yield f"\nNot played, for want of a scenario `practices/NAME` that switches them on: {', '.join(missing)}.\n"


def chart(table: pd.DataFrame) -> Any:
    """Two points for each practice: alone, and what is lost without it."""
    colour = alt.Color("question:N", scale=alt.Scale(domain=[ALONE, LEFT_OUT], range=[BLUE, VERMILLION]),
                       legend=alt.Legend(title=None, orient="top", labelLimit=0))
    y = alt.Y("practice:N", title=None, sort=list(dict.fromkeys(table["practice"])))
    shift = alt.YOffset("question:N", sort=[ALONE, LEFT_OUT])
    x = alt.X("low:Q", title="contribution, difference over the run", axis=alt.Axis(format="+,.0f", tickCount=6))
    zero = alt.Chart(table).mark_rule(color=INK, strokeDash=[2, 2]).encode(x=alt.datum(0))
    bars = alt.Chart(table).mark_rule(strokeWidth=3).encode(x=x, x2="high:Q", y=y, yOffset=shift, color=colour)
    dots = alt.Chart(table).mark_point(filled=True, size=70, opacity=1).encode(x="effect:Q", y=y, yOffset=shift, color=colour)
    below = f"Paired differences of {int(table['n'].min())} worlds and their 95% intervals."
    both = alt.layer(zero, bars, dots).properties(width=620, height=alt.Step(24))
    return dressed(both, "What each practice does, alone and among all others", below)


if __name__ == "__main__":
    sys.exit(main())
