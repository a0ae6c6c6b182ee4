"""Success and failure stay with a rep for a while (M34).

Each decision of a customer moves his mood by 1 − .47 (won) or −.47 (not); mood halves every `half_life`. What it does is off unless said:
`momentum` adds so much to the customer's liking per unit of mood (a state of the rep that enters the choice, M11), and `calls` makes calls
shorter or longer by up to that share (a mood of ±1 or beyond). The second is measured on sales and stands outside the four currencies.

With a half-life of nothing only the last decision counts, and wins form a Markov chain of two states (case 15).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smsim.core.calendar import kept
from smsim.core.contracts import Mechanism, Phase
from smsim.core.kernel import kernel, launch
from smsim.core.kpi import Kpi
from smsim.core.section import Section, param
from smsim.world.outcomes import Outcome
from smsim.world.people import Reps
from smsim.world.period import Period

_DECIDED = (Outcome.WON, Outcome.LOST_TO_RIVAL, Outcome.NO_DECISION)
_MOMENTUM = {"selling.mood.momentum": "0.3"}


class Mood(Section, at="selling.mood"):
    """What winning and losing do to a rep."""

    momentum: float = param(0.0, "log-odds", "What a mood of 1 adds to the customer's liking of the offer", source="vanderijt2014",
                            grade="C", low=0, high=5, moves="win_dependence +", given=_MOMENTUM | {"selling.mood.half_life": "1 week"})
    calls: float = param(0.0, "share", "How much shorter calls are in the best mood, and longer in the worst", source="bellet2023",
                         grade="B", low=0, high=0.5, moves="leads_worked ?", given={"selling.mood.calls": "0.06"})
    half_life: float = param(21.0, "days", "Time in which a mood halves; `at once` where only the last decision counts",
                             source="vanderijt2014", grade="C", low=0, high=3640, moves="morale ?", span=(7.0, 56.0), given=_MOMENTUM)


class Feeling(Mechanism):
    """Moods fade, and make calls shorter or longer."""

    name = "mood"
    phase = Phase.LEARNING
    sections = (Mood,)
    reads = ("reps.mood",)
    writes = ("reps.mood", "reps.cheer")

    @classmethod
    def is_on(cls, scenario: Any) -> bool:
        """Where mood does anything."""
        mood = scenario.of(Mood)
        return bool(mood.momentum > 0 or mood.calls > 0)

    def tune(self, day: int) -> None:
        """Read what mood does."""
        mood = self.scenario.of(Mood)
        self.calls, self.keep = mood.calls, kept(mood.half_life, 1.0) if mood.half_life > 0 else 1.0

    def day(self, day: int) -> None:
        """An evening."""
        launch(calm_down, self.world.reps.rows, self.keep, self.calls)

    def stop(self) -> None:
        """Moods do nothing any more."""
        self.world.reps["cheer"], self.world.reps["mood"] = 1.0, 0.0

    def tallies(self) -> dict[str, float]:
        """The reps' mood, in the mean."""
        reps: Reps = self.world.reps
        return {"morale": reps.mean("mood")}


@kernel
def calm_down(reps: Any, keep: Any, calls: Any) -> Any:
    """A night passes over every mood."""
    for r in range(len(reps)):
        reps[r].mood *= keep
        reps[r].cheer = 1.0 - calls * max(-1.0, min(1.0, reps[r].mood))


def lag_one(wins: NDArray[np.bool_]) -> tuple[float, float]:
    """Of one string of decisions: the share of wins among those after a win, and among those after none; NaN where there is none."""
    before, after = wins[:-1], wins[1:]
    after_win, after_none = after[before], after[~before]
    return (float(after_win.mean()) if len(after_win) else math.nan, float(after_none.mean()) if len(after_none) else math.nan)


def win_dependence(period: Period) -> float:
    """How much likelier a rep wins after a win than after none: the mean over reps, corrected for the bias of short strings.

    In a string of n decisions without any dependence the difference has the expectation −1/(n − 1), whatever the share of wins (Miller &
    Sanjurjo 2018); each rep is held against himself alone, so skill is no streak.
    """
    log = period.log
    decided = log[np.isin(log["outcome"], _DECIDED) & (log["closed"] >= period.start)]
    decided = decided[np.argsort(decided["closed"], kind="stable")]
    found = []
    for rep in np.unique(decided["rep"]):
        wins = decided["outcome"][decided["rep"] == rep] == Outcome.WON
        one, other = lag_one(wins)
        if not math.isnan(one + other):
            found.append(one - other + 1 / (len(wins) - 1))
    return float(np.mean(found)) if found else math.nan


KPIS = (
    Kpi("morale", "sd", "Mood of the reps: what recent wins and losses have left", "up", "mean"),
    Kpi("win_dependence", "share", "How much likelier a rep wins after a win than after none, corrected for short strings", "neither",
        "run", of_run=win_dependence),
)
