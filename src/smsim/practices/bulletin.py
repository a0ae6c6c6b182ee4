"""Marketing writes down what it knows of customers and sees coming; reps who think enough of it read it (004.8, 000.13; M19).

At a rhythm one marketer writes a bulletin. A rep who is there and trusts marketing's leads at least `attention` gives the time it takes to
read it; to whoever trusts them less it says nothing, and takes nothing. Who reads takes marketing's view of every segment as he takes
what is said in a meeting, with variance P/(max(T, .05)·(1 − N)), T his trust and N his stereotype of marketers, and knows what is coming
as far as marketing does. Paper is no contact: nobody's picture of the other side softens, and nothing comes back.
"""

from __future__ import annotations

import math
from typing import Any

from smsim.core.calendar import Rhythm
from smsim.core.contracts import Practice
from smsim.core.kernel import kernel, launch
from smsim.core.section import Section, param
from smsim.mechanisms.exchange import TOLD, taken, tell
from smsim.mechanisms.hours import take_hours
from smsim.mechanisms.market import Horizon
from smsim.mechanisms.pay import RepPay, per_hour
from smsim.mechanisms.rival_insight import tell_of_rivals


class Bulletin(Section, at="practices.bulletin"):
    """A written bulletin of marketing."""

    every: float = param(math.inf, "days", "Time from one bulletin to the next", source="assumed", grade="C", low=1, high=3640,
                         words={"never": math.inf}, moves="practice_cost -")
    writing: float = param(4.0, "hours", "A marketer's time to write it", source="assumed", grade="C", low=0, high=40,
                           moves="practice_cost +")
    reading: float = param(0.25, "hours", "A rep's time to read it", source="assumed", grade="C", low=0, high=8, moves="practice_cost +")
    attention: float = param(0.3, "share", "Trust below which a rep does not read it", source="assumed", grade="C", low=0, high=1,
                             moves="practice_cost -")


class Writing(Practice):
    """Marketing writes, and sales reads it, or not."""

    name = "bulletin"
    sections = (Bulletin,)
    reads = ("insight.*", "rival_insight.*", "reps.trust", "reps.stereotype", "reps.back")
    writes = (*TOLD, "reps.horizon", "reps.away", "marketers.away", "today.practice_hours_cost")
    costs = "hours of the marketer who writes, and minutes of the reps who read"
    moves = "information (down), to those who trust marketing enough to read"
    through = {"information": (*TOLD, "reps.horizon")}
    usual = {"practices.bulletin.every": "4 weeks"}

    @classmethod
    def is_on(cls, scenario: Any) -> bool:
        """Unless nobody ever writes."""
        return not math.isinf(scenario.of(Bulletin).every)

    def rhythm(self) -> Rhythm:
        """Every so many days, on working mornings."""
        return Rhythm(self.scenario.of(Bulletin).every)

    def tune(self, day: int) -> None:
        """What it takes, and how far marketing sees."""
        self.p, of = self.scenario.of(Bulletin), self.scenario.of
        self.ahead, self.rep_cost = of(Horizon).ahead, per_hour(of(RepPay).salary)

    def morning(self, day: int) -> None:
        """Write, and be read."""
        world = self.world
        if not len(world.marketers):
            return
        take_hours(world, "marketers", self.p.writing, slice(1))
        terms = (float(self.p.attention), float(self.p.reading), float(day + self.ahead))
        readers = launch(read_all, world.rows, terms, day)
        world.today["practice_hours_cost"] += readers * self.p.reading * self.rep_cost


@kernel
def read_all(w: Any, terms: Any, day: Any) -> Any:
    """Every rep who is there reads it if he trusts marketing enough. Returns how many did."""
    attention, hours, horizon = terms
    readers = 0
    for r in range(len(w.reps)):
        rep = w.reps[r]
        if rep.back > day or rep.trust < attention:
            continue
        readers += 1
        rep.away += hours
        rep.horizon = max(rep.horizon, horizon)
        for s in range(len(w.segments)):
            tell(w, r, s, taken(rep, w.insight[s].var))
            tell_of_rivals(w, r, s)
    return readers
