"""When do leads kill themselves? Plays the loop's experiments, writes docs/loop and its pictures, fills the tables of docs/loop.md.

    python -m studies.loop [--only map return ends links] [--draw] [--workers K]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from rich.console import Console

import smsim
from smsim.experiment.designs import Design, points
from smsim.experiment.question import read_question
from smsim.record import Run

ROOT = Path(__file__).resolve().parents[1]
RESULTS, DOCS = ROOT / "results" / "loop", ROOT / "docs"
SAY = Console(stderr=True, highlight=False, soft_wrap=True)
QUESTIONS = {"map": "loop_map", "return": "loop_return", "ends": "loop_two_ends"}
QUARTER = 91
#: A firm near the load at which it turns, with marketing that is paid for leads.
PAID = "loop, paid by leads"
#: Firms of other experiments in which the start is varied as well, and what each has that the shipped scenario has not.
ALSO: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "silo": ("silo", {}),
    PAID: ("loop_paid_by_leads", {"leads.reject_below": 0, "selling.base_share": 0.7}),
}
#: What cuts the loop, one link at a time.
_PATIENT = {"leads.decay.impatient_mean": "never", "leads.decay.patient_mean": "never"}
CUTS: Mapping[str, Mapping[str, Any]] = {
    "nothing": {}, "leads wait for ever": _PATIENT, "ages are seen": {"leads.age_seen": 1.0}, "trust is frozen": {"culture.frozen": True},
    "the newest first": {"leads.priority": "newest"}, "called within 2 h": {"practices.pledge.within": "2 hours"},
    "the threshold is frozen": {"incentives.marketers.may_move": ["targets", "mix"]},
}
#: The firms in which each link is cut, and what each has that the shipped scenario has not.
_TAKES_ALL = {"leads.reject_below": 0}
FIRMS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "silo": ("silo", {}), "loop": ("loop", {}),
    "silo, paid by leads": ("paid_by_leads", _TAKES_ALL), PAID: ("loop_paid_by_leads", _TAKES_ALL),
}


def main(words: Sequence[str] | None = None) -> int:
    """Play what is asked for, then write tables, pictures and page."""
    made = argparse.ArgumentParser(prog="python -m studies.loop", description=__doc__)
    made.add_argument("--only", nargs="+", choices=[*QUESTIONS, "links"], default=[*QUESTIONS, "links"], help="only these parts")
    made.add_argument("--draw", action="store_true", help="play nothing: draw again from docs/loop/*.csv")
    made.add_argument("--workers", type=int, default=2)
    told = made.parse_args(words)
    if not told.draw:
        for part in told.only:
            play_part(part, told.workers)
    from studies import loop_page

    loop_page.write(DOCS, SAY)
    return 0


def play_part(part: str, workers: int) -> None:
    """Play one part and write its tables."""
    from studies import loop_tables

    if part == "links":
        firms = [smsim.load(file).but(dict(own) | dict(CUTS[cut]) | LENGTH, name=f"{firm}: {cut}")
                 for firm, (file, own) in FIRMS.items() for cut in cuts_of(firm)]
        loop_tables.links(run(part, firms, workers, 30).runs, DOCS / "loop")
        return
    design = Design(read_question(QUESTIONS[part]))
    scenarios = [variant.scenario for variant in design.variants]
    values = points(design.about())
    if part == "ends":
        more, extra = also()
        scenarios, values = scenarios + more, pd.concat([values, extra], ignore_index=True)
    found = run(part, scenarios, workers, design.question.base["run.replications"])
    getattr(loop_tables, {"map": "at_rest", "return": "once_round", "ends": "ends"}[part])(found, values, DOCS / "loop")


def cuts_of(firm: str) -> list[str]:
    """The links that can be cut in a firm: a threshold that nobody moves is frozen already."""
    return [cut for cut in CUTS if "paid" in firm or cut != "the threshold is frozen"]


LENGTH = {"run.weeks": 156, "run.warm_up": "26 weeks"}


def also() -> tuple[list[smsim.Scenario], pd.DataFrame]:
    """The other firms that are started at both ends."""
    rows, made = [], []
    for name, (firm, changes) in ALSO.items():
        for start in (0.2, 0.8):
            own = smsim.load(firm)
            made.append(own.but(dict(changes) | {"culture.trust": start, "run.weeks": 520, "run.seed": 1}, name=f"{name}, from {start:g}"))
            rows.append({"scenario": made[-1].name, "firm": name, "culture.trust": start, "selling.base_share": own["selling.base_share"]})
    return made, pd.DataFrame(rows)


def run(part: str, scenarios: list[smsim.Scenario], workers: int, worlds: int) -> smsim.ResultSet:
    """Play firms in the same worlds, into a folder that can be continued."""
    def progress(done: int, of: int) -> None:
        if done == of or done % 200 == 0:
            SAY.print(f"{part}: {done} of {of}")

    return smsim.run(scenarios, replications=worlds, workers=workers, out=RESULTS / part, play="studies.loop:by_quarter", seed=1,
                     progress=progress)


def by_quarter(scenario: smsim.Scenario, seed: int, leads: bool) -> Run:
    """Play a run and keep its days as means of quarters: ten years of days of many worlds are much to keep."""
    found = smsim.play(scenario, seed, leads)
    whole = len(found.days["day"]) // QUARTER
    found.days = {name: np.asarray(values[: whole * QUARTER], float).reshape(whole, QUARTER).mean(axis=1)
                  for name, values in found.days.items()}
    return found


if __name__ == "__main__":
    sys.exit(main())
