"""A senior executive hears the disputes of marketing and sales, and settles them (M24).

Every so often the disputes that are open come up, oldest first, as many as there is time for; each is settled that morning and costs the
executive hours (money) and those who are in it. What is left over waits for the next time: the executive is a queue. With a hearing
every four weeks and enough time, a dispute waits two weeks in the mean, instead of six until the two have come to terms by themselves.
"""

from __future__ import annotations

import math

import numpy as np

from smsim.core.contracts import Regular
from smsim.core.section import Section, param
from smsim.mechanisms.hours import take_hours, take_money
from smsim.mechanisms.pay import per_hour

_HEARD = {"practices.arbitration.every": "4 weeks", "culture.conflicts.rate": "1 per week"}


class Arbitration(Section, at="practices.arbitration"):
    """Hearings before a senior executive."""

    every: float = param(math.inf, "days", "Time from one hearing to the next", source="lemeunier2011", grade="C", low=1, high=3640,
                         words={"never": math.inf}, moves="conflicts_open +", given=_HEARD)
    cases: int = param(4, "count", "Disputes that a hearing has time for", source="assumed", grade="C", low=0, high=1000,
                       moves="conflicts_open -", given=_HEARD)
    hours: float = param(2.0, "hours", "The executive's time for one dispute", source="assumed", grade="C", low=0, high=80,
                         moves="practice_cost +", given=_HEARD)
    present: float = param(1.0, "hours", "The time of each of the two in it", source="assumed", grade="C", low=0, high=80,
                           moves="practice_cost +", given=_HEARD)
    salary: float = param(15000.0, "money per month", "Salary of the executive, whose hours are charged", source="assumed", grade="C",
                          low=0, high=1e9, moves="practice_cost +", given=_HEARD)


class Arbitrating(Regular):
    """Disputes are settled from above."""

    name = "arbitration"
    sections = (Arbitration,)
    reads = ("disputes.*",)
    writes = ("disputes.until", "reps.away", "marketers.away", "today.practice_hours_cost", "today.practice_money")
    costs = "the executive's hours, in money; hours of those who are in the dispute"
    moves = "rules: who settles a dispute, and how soon"
    through = {"rules": ("disputes.until",)}

    def morning(self, day: int) -> None:
        """Hear the oldest disputes, and settle them."""
        p, disputes = self.scenario.of(Arbitration), self.world.disputes
        pending = np.flatnonzero((disputes["open"] == 1) & (disputes["until"] > day))
        heard = pending[np.argsort(disputes["began"][pending], kind="stable")][: p.cases]
        disputes["until"][heard] = day
        take_money(self.world, len(heard) * p.hours * per_hour(p.salary))
        for side, column in (("reps", "rep"), ("marketers", "marketer")):
            for who in disputes[column][heard].tolist():
                take_hours(self.world, side, p.present, slice(who, who + 1) if who >= 0 else slice(0))
