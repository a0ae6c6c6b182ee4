"""A recommendation in sentences, for the terminal, the page, the slides and the workbook alike."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from smsim.advice.advice import Advice
from smsim.advice.candidates import NOTHING
from smsim.report.findings import Findings, shown
from smsim.report.wording import amount, label, listed, money, signed_amount

#: Most names in a sentence.
_NAMES = 3


def as_findings(advice: Advice) -> Findings:
    """What signs pictures and slides: the command that draws them again, the version, the runs of each candidate."""
    about = advice.about
    runs = pd.DataFrame({"scenario": NOTHING, "replication": range(int(about["replications"]) * len(about["worlds"]))})
    told = {"command": about["command"], "versions": about["versions"], "plan_hash": about["hash"], "start": about["start"],
            "seconds": about["seconds"], "machine": about["machine"], "seed": about["seed"]}
    return Findings(runs, provenance=told, folder=shown(Path(advice.folder)) if advice.folder else "results")


def said(advice: Advice, value: float) -> str:
    """A value in the unit of what is wanted."""
    return amount(value, str(advice.about["unit"]), str(advice.about["currency"]))


def gained(advice: Advice, value: float) -> str:
    """A gain with its sign; of a share, in points."""
    return signed_amount(value, str(advice.about["unit"]), str(advice.about["currency"]))


def paid(advice: Advice, value: float) -> str:
    """A cost a year."""
    return money(value, str(advice.about["currency"]))


def interval(advice: Advice, row: Mapping[str, Any] | pd.Series[Any], prefix: str = "") -> str:
    """The ends of a gain's interval; nothing where there is none."""
    low, high = float(row[f"{prefix}low"]), float(row[f"{prefix}high"])
    return "no interval" if math.isnan(low) else f"{gained(advice, low)} to {gained(advice, high)}"


def wanted(advice: Advice) -> str:
    """What is wanted, in words."""
    about = advice.about
    net = ", after the levers' costs" if about["is_net"] else ""
    year = " a year" if about["is_yearly"] else ""
    name = label(str(about["measure"]))
    if about["objective"] == "expected":
        return f"expected {name}{year}{net}"
    if about["objective"] == "worst tenth":
        return f"{name}{year} in the worst tenth of runs{net}"
    target = amount(float(about["target"]), "money" if about["is_yearly"] else "count", str(about["currency"]))
    return f"{about['objective'].replace('share', 'share of runs with ' + name + year)} {target}{net}"


def recommended(advice: Advice) -> pd.Series[Any]:
    """The row of what is recommended."""
    return advice.shortlist.iloc[0]


def headline(advice: Advice) -> str:
    """What to do, in a sentence."""
    row = recommended(advice)
    if bool(row["is_nothing"]):
        return "Change nothing: no candidate can be told apart from it" if len(_tied(advice)) else "Change nothing: it is the best"
    year = " a year" if advice.about["is_yearly"] else ""
    return f"{row['candidate']}: {gained(advice, row['gain'])}{year} for {paid(advice, row['cost'])} a year"


def _tied(advice: Advice) -> list[str]:
    table = advice.shortlist
    return [str(name) for name in table[table["is_tied"] & ~table["is_recommended"]]["candidate"]]


def sentences(advice: Advice) -> list[str]:
    """What else there is to say: how sure, ties, the steps that pay, regret, where a range's best lies."""
    found = [_sure(advice), _ties(advice), _needed(advice), _buys(advice), _regretted(advice)]
    found += [f"The best {span['called']} lies between {span['low']} and {span['high']}, as far as these runs can tell (95%); the best "
              f"found is {span['best']}." for span in advice.about["spans"]]
    return [text for text in found if text]


def _sure(advice: Advice) -> str:
    row = recommended(advice)
    if bool(row["is_nothing"]):
        return ""
    return (f"95% interval of the gain on doing nothing: {interval(advice, row)}; better in {row['share_better']:.0%} of runs. "
            f"The model's own practices take {paid(advice, row['own_cost'])} a year more, hours at their pay and money.")


def _ties(advice: Advice) -> str:
    names = _tied(advice)
    if not names:
        return "No other on the short list comes so close that it cannot be told apart from the best."
    rest = f" and {len(names) - _NAMES} more" if len(names) > _NAMES else ""
    told = listed([f"“{name}”" for name in names[:_NAMES]]) if not rest else ", ".join(f"“{name}”" for name in names[:_NAMES])
    return f"Cannot be told apart from the best, and cost no less: {told}{rest}. The cheaper first."


def _needed(advice: Advice) -> str:
    count = advice.about["runs_needed"]
    if not isinstance(count, int | float) or not math.isfinite(count):
        return ""
    return (f"“{advice.about['leader']['candidate']}” gained most; about {count:,.0f} replications in each world would tell it from doing "
            "nothing, should mean and spread stay.")


def _buys(advice: Advice) -> str:
    steps = advice.steps
    sure = steps[steps["step_low"] > 0]
    if steps.empty or len(steps) < 2:
        return ""
    if len(sure) == len(steps):
        return f"Each of its {len(steps)} steps surely pays on top of those before."
    names = [f"“{name}”" for name in steps[~(steps["step_low"] > 0)]["lever"]]
    return f"Not sure to pay on top of the steps before: {listed(names)}."


def _regretted(advice: Advice) -> str:
    rows = advice.regret[advice.regret["candidate"] == recommended(advice)["candidate"]]
    if len(rows) < 2:
        return ""
    worst, best = rows.loc[rows["regret"].idxmax()], int(rows["is_best"].sum())
    if not worst["regret"] > 0:
        return f"What is recommended is the best of the list in all {len(rows)} worlds."
    value = amount(float(worst["regret"]), _unit(advice), str(advice.about["currency"]))
    return (f"What is recommended is the best of the list in {best} of {len(rows)} worlds; it falls short most, by {value}, in "
            f"{worst['world']}.")


def _unit(advice: Advice) -> str:
    return "money" if advice.about["is_yearly"] else str(advice.about["unit"]) if advice.about["objective"] == "expected" else "count"


def regret_said(advice: Advice, value: float) -> str:
    """A regret, in the unit of the figure."""
    return amount(value, _unit(advice), str(advice.about["currency"]))


def how(advice: Advice) -> list[str]:
    """How it was found, and what it cannot tell."""
    about = advice.about
    tried = "candidates, all that can be paid and played," if about["enumerated"] else "candidates, proposed by a sampler,"
    count, worlds = int(about["replications"]), len(about["worlds"])
    drawn = " and on worlds drawn afresh" if about["draws"]["final"] else ""
    by = "draw" if about["draws"]["final"] else "replication"
    told = [f"{about['looked_at']} {tried} were played in the same {worlds} worlds on the same luck, few replications first and more "
            f"where it decides: {about['runs']:,} runs in all.",
            f"The short list was then played on fresh luck{drawn}, {count} replications in each of {worlds} worlds, so that no figure is "
            "flattered by having been chosen. Intervals are paired; they are Student's t over a jackknife that leaves out one "
            f"{by} at a time."]
    if about["is_net"]:
        told.append("Costs of levers are what the file says and are taken from the figure. What the model itself charges for practices "
                    "stands apart: money is in the figure already, hours are paid anyhow.")
    return [*told, "Grey dots were chosen by their own luck and look better than they are. Regret is told against the best of the short "
            "list in each world, which luck chose there: it is somewhat too large.",
            "The intervals are about luck, and about the ranges given, not about whether the model is right: the larger doubt."]
