"""Momentum is real but small: a rep wins a little more often after a win, even one that was a gift; in high spirits he sells more.

In `spirits`, by how much likelier a rep wins after a win than after none, each rep held against himself and corrected for the bias of short
strings. Beside it the same where nothing carries over (`silo`), which must not be told from nothing by more than a point.

Gift: on ten mornings of a run, eight weeks apart, the future is split in three: every rep feels as after a win nobody worked for, as
after two, or as before. The odds to win of the next four weeks over those without a gift, on the same luck, customers and deals; and
what the second gift adds to ln(odds), over what the first does. Mood: from week 52 on every rep is kept at the worst mood that calls
know (−1), or at the best (+1); deals won from the fourteenth to the thirty-ninth week of it.

Source: van de Rijt, Kang, Restivo & Patil 2014, PNAS [S sign]; bias of the measure: Miller & Sanjurjo 2018 [C]; mood: Bellet, De Neve &
Ward 2023, Management Science [S]; the bands are ours [D].
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from smsim.facts.fact import INFINITE, TESTS, Fact, Means, Measure, Played, World
from smsim.mechanisms.choice import USUALLY_WON
from smsim.mechanisms.mood import Mood

#: Mornings on which gifts are given; days in which decisions are counted.
MORNINGS, MONTH = tuple(range(26 * 7, 99 * 7, 8 * 7)), 28
_A_YEAR, _SETTLED, _HALF_YEAR = 364, 91, 182
_DECISIONS = ("deals_won", "deals_lost", "deals_undecided")
Counts = dict[str, float]


def numbers(played: Played) -> Mapping[str, float]:
    """Dependence of a decision on the one before; where mood does anything, decisions with gifts and sales in either mood."""
    found = {"dependence": played.kpis["win_dependence"]}
    if played.scenario.of(Mood).momentum == 0:
        return found
    return found | gifts(played.again()) | moods(played.again())


def gifts(model: Any) -> Counts:
    """Decisions of the months after the mornings, and deals won among them, with no gift, one, and two."""
    found: Counts = {}
    for morning in MORNINGS:
        model.run_for(morning - model.days_played)
        for wins in range(3):
            future = model.fork()
            future.world.reps["mood"] += wins * (1.0 - USUALLY_WON)
            future.run_for(MONTH)
            counts = {name: float(future.record.days()[name][morning:].sum()) for name in _DECISIONS}
            for name, count in (("won", counts["deals_won"]), ("decided", sum(counts.values()))):
                found[f"{name}_{wins}"] = found.get(f"{name}_{wins}", 0.0) + count
    return found


def moods(model: Any) -> Counts:
    """Deals won where everybody is always in the worst mood, or always in the best."""
    model.run_for(_A_YEAR)
    found = {}
    for name, mood in (("worst", -1.0), ("best", 1.0)):
        future, share = model.fork(), model.plot.of(Mood).calls
        for _ in range(_SETTLED + _HALF_YEAR):
            future.world.reps["mood"], future.world.reps["cheer"] = mood, 1.0 - share * mood
            future.run_for(1)
        found[name] = float(future.record.days()["deals_won"][-_HALF_YEAR:].sum())
    return found


def of(world: str) -> Callable[[Means], float]:
    """The dependence in a world."""
    return lambda means: means[world]["dependence"]


def odds(means: Means, wins: int) -> float:
    """The odds to win after so many gifts."""
    won, decided = means["spirits"][f"won_{wins}"], means["spirits"][f"decided_{wins}"]
    return won / (decided - won)


def first_gift(means: Means) -> float:
    """The odds after a gift over those without."""
    return odds(means, 1) / odds(means, 0)


def second_gift(means: Means) -> float:
    """What the second gift adds to ln(odds), over what the first does."""
    return math.log(odds(means, 2) / odds(means, 1)) / math.log(first_gift(means))


def spirits(means: Means) -> float:
    """Sales in the best mood over those in the worst, less one."""
    return means["spirits"]["best"] / means["spirits"]["worst"] - 1.0


_MOMENTUM = "selling.mood.momentum"
FACT = Fact("19", "Momentum", __doc__, {"spirits": World("spirits"), "silo": World("silo")}, numbers, (
    Measure("dependence", "Chance to win after a win less that after none", (0.01, 0.10), of("spirits"), _MOMENTUM),
    Measure("null", "The same where nothing carries over", (-0.01, 0.01), of("silo")),
    Measure("gift", "Odds to win in the month after a win that was a gift, over those without", (1.05, 1.5), first_gift, _MOMENTUM),
    Measure("second gift", "What a second gift adds, over what the first does", (-INFINITE, 0.5), second_gift, "selling.mood"),
    Measure("mood", "Change of deals won, from the worst mood to the best", (0.08, 0.18), spirits, "selling.mood"),
), TESTS)
