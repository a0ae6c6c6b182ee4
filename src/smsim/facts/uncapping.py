"""Caps and quotas that follow sales cost revenue; short quotas help the weak, pay beyond the quota the strong; who has no hope rests.

Cap: `capped` has a quarterly quota with a bonus, commission up to 120% of the quota, and a quota that follows sales half of the way; the
other firm has neither cap nor ratchet. Change of revenue over the whole run.

Halves: `quota` without its accelerator, three times the firm, reps who differ in talent (σ .5) and stay. The same quota and bonus are set
by the year (four times each), by the quarter, or by the quarter with half as much commission again beyond the quota. What reps
sell in the second year is counted; the bottom half and the top third are those of talent, the same people in all three.

Effort: with the quarterly quota and its bonus, how long reps decide to work, by what is still to be sold over what they usually sell in
the weeks that are left. Hopeless is three times or more; reached is nothing to be sold; near is .5 to 1.5 times.

Source: Misra & Nair 2011, Quantitative Marketing and Economics [C]: +9%, where the quota was dropped too; Chung, Steenburgh &
Sudhir 2014, Marketing Science [C]; the band of the first, and the order of efforts, are ours [D].
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from smsim.core.calendar import YEAR
from smsim.facts.fact import INFINITE, TESTS, Fact, Means, Measure, Played, World
from smsim.mechanisms.pay import RepPay, period_of
from smsim.mechanisms.people import People
from smsim.mechanisms.timing import LAST_DAYS
from smsim.scenario.sizing import larger_market
from smsim.world.outcomes import Outcome

_SIZE = 3
#: Between which multiples of usual sales what is still to be sold may lie.
EDGES = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0)
_REACHED, _NEAR, _HOPELESS = (0,), (2, 3), (6,)


def numbers(played: Played) -> Mapping[str, float]:
    """Revenue; where reps differ, what the weak and the strong sold and how long they worked."""
    found = {"revenue": played.kpis["revenue"]}
    return found | differing(played) if played.scenario.of(People).spread > 0 else found


def differing(played: Played) -> dict[str, float]:
    """Second year's sales of the bottom half and the top third; mornings and efforts by what is still to be sold."""
    model, quota = played.again(), played.scenario.of(RepPay).quota
    mornings, efforts = np.zeros(len(EDGES) + 1), np.zeros(len(EDGES) + 1)
    for day in range(int(played.end)):
        end = period_of(day, quota)[1]
        ahead = still_to_sell(model.world.reps, (end - day) / 7.0)
        model.run_for(1)
        if day >= played.start and (day % 7 == 0 or end - day <= LAST_DAYS):
            mornings += np.bincount(ahead, minlength=len(mornings))
            efforts += np.bincount(ahead, model.world.reps["effort"], minlength=len(efforts))
    halves = sales_by_talent(model)
    return halves | {f"{name}_{i}": float(n) for name, all_ in (("mornings", mornings), ("efforts", efforts)) for i, n in enumerate(all_)}


def still_to_sell(reps: Any, weeks: float) -> Any:
    """In which range what is left of each rep's quota lies, over what is usual in so many weeks; the first is for nothing left."""
    left = reps["quota"] - reps["sold"]
    return np.where(left <= 0, 0, np.searchsorted(EDGES, left / np.maximum(reps["usual"] * weeks, 1e-9), side="right"))


def sales_by_talent(model: Any) -> dict[str, float]:
    """What the bottom half and the top third of the reps sold in the second year."""
    log, reps = model.period().log, model.world.reps
    won = log[(log["outcome"] == Outcome.WON) & (log["closed"] >= YEAR) & (log["closed"] < 2 * YEAR)]
    sold = np.bincount(won["rep"], won["value"], minlength=len(reps))[np.argsort(reps["talent"])]
    return {"bottom": float(sold[: len(sold) // 2].sum()), "top": float(sold[-(len(sold) // 3) :].sum())}


def change(of: str, there: str, here: str) -> Callable[[Means], float]:
    """A number in one firm over the same in another, less one."""
    return lambda means: means[there][of] / means[here][of] - 1.0


def effort(means: Means, ranges: tuple[int, ...]) -> float:
    """How long reps work on average where what is left lies in these ranges."""
    firm = means["quarterly"]
    return sum(firm[f"efforts_{i}"] for i in ranges) / sum(firm[f"mornings_{i}"] for i in ranges)


def against_one_peak(means: Means) -> float:
    """The largest step down before the peak, or up after it."""
    efforts = [effort(means, (i,)) for i in range(len(EDGES) + 1)]
    peak = efforts.index(max(efforts))
    steps = [later - earlier for earlier, later in itertools.pairwise(efforts)]
    return max(0.0, *(-step for step in steps[:peak]), *steps[peak:])


_FREE = {"incentives.reps.cap": "none", "incentives.reps.ratchet": 0.0}
_DIFFER = {"company.reps": 8 * _SIZE, "company.marketers": 4 * _SIZE, **larger_market(_SIZE), "company.people.spread": 0.5}
_QUARTERLY = _DIFFER | {"incentives.reps.accelerator": 1.0}
WORLDS = {
    "capped": World("capped"), "free": World("capped", _FREE),
    "yearly": World("quota", _QUARTERLY | {"incentives.reps.quota": "960000 per year", "incentives.reps.bonus": 12000.0}),
    "quarterly": World("quota", _QUARTERLY), "accelerated": World("quota", _DIFFER),
}
FACT = Fact("10", "Caps and quotas", __doc__, WORLDS, numbers, (
    Measure("revenue", "Change of revenue with neither cap nor ratchet", (0.03, 0.15), change("revenue", "free", "capped")),
    Measure("bottom half", "Change of what the bottom half sells, from a yearly quota to quarterly ones", (0.0, INFINITE),
            change("bottom", "quarterly", "yearly")),
    Measure("bottom over top", "The same less that of the top third", (0.0, INFINITE),
            lambda means: change("bottom", "quarterly", "yearly")(means) - change("top", "quarterly", "yearly")(means)),
    Measure("top third", "Change of what the top third sells, with half as much commission again beyond the quota", (0.0, INFINITE),
            change("top", "accelerated", "quarterly")),
    Measure("reached", "Effort near the quota less that of who has reached it, working days", (0.0, INFINITE),
            lambda means: effort(means, _NEAR) - effort(means, _REACHED), "selling.effort"),
    Measure("hopeless", "Effort near the quota less that of who has no hope of it, working days", (0.0, INFINITE),
            lambda means: effort(means, _NEAR) - effort(means, _HOPELESS), "selling.effort"),
    Measure("one peak", "Largest step of effort against a single peak, working days", (-INFINITE, 0.01), against_one_peak,
            "selling.effort"),
), TESTS)
