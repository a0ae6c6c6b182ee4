"""Material for sales, made by marketing alone or with reps (M28): it spares reps the making of their own, and says what it says.

Marketers write for every segment what they believe it wants. Where reps sit with them, what these believe from their own discoveries is
fused into it by precision (what all knew beforehand, mean 0 and variance 1, counts once), so that the text misses the need by less, and is
used more. It costs hours on both sides each time.
"""

from __future__ import annotations

import math

from smsim.core.contracts import Regular
from smsim.core.kpi import Kpi
from smsim.core.section import Section, param
from smsim.mechanisms.hours import take_hours
from smsim.world.period import Period

_MADE = {"practices.collateral.every": "13 weeks"}


def used(period: Period) -> float:
    """Share of the meetings for which there was material in which it was used."""
    there = period.total("meetings_with_material")
    return period.total("meetings_using_it") / there if there else math.nan


class Collateral(Section, at="practices.collateral"):
    """Making material for sales."""

    every: float = param(math.inf, "days", "Time from one edition to the next", source="assumed", grade="C", low=1, high=3640,
                         words={"never": math.inf}, moves="material_used -", given=_MADE)
    hours: float = param(8.0, "hours", "Marketers' hours for an edition for one segment", source="assumed", grade="C", low=0, high=1000,
                         moves="practice_cost +", given=_MADE)
    reps: int = param(2, "count", "Reps who sit with them: they bring what they believe", source="assumed", grade="C", low=0, high=10000,
                      moves="practice_cost +", given=_MADE)
    rep_hours: float = param(2.0, "hours", "Hours each of them gives to an edition", source="assumed", grade="C", low=0, high=8,
                             moves="practice_cost +", given=_MADE)


class MakingMaterial(Regular):
    """Marketing writes what sales can use."""

    name = "collateral"
    sections = (Collateral,)
    reads = ("insight.*", "rep_insight.mean", "rep_insight.var", "marketers.away", "reps.away")
    writes = ("segments.text", "segments.text_var", "segments.text_day", "marketers.away", "reps.away", "today.practice_hours_cost")
    costs = "hours of marketers and of the reps who sit with them"
    moves = "time: reps' preparation; information: what marketing believes reaches the pitch"
    through = {"information": ("segments.text", "segments.text_var"), "time": ("segments.text_day",)}
    kpis = (Kpi("material_used", "share", "Meetings for which there was material of marketing's in which it was used", "up", "run",
                of_run=used),)

    def tune(self, day: int) -> None:
        """Read what it takes."""
        self.p = self.scenario.of(Collateral)
        self.with_them = slice(0, self.p.reps)

    def begin(self, day: int) -> None:
        """Whoever begins begins with an edition."""
        self.morning(day)

    def stop(self) -> None:
        """What is old is thrown away."""
        self.world.segments["text_day"] = -1

    def morning(self, day: int) -> None:
        """Write an edition for each segment."""
        world, count = self.world, len(self.world.segments)
        take_hours(world, "marketers", self.p.hours * count / max(1, len(world.marketers)))
        take_hours(world, "reps", self.p.rep_hours, self.with_them)
        for s in range(count):
            text, precision = world.insight["mean"][s] / world.insight["var"][s], 1.0 / float(world.insight["var"][s])
            for r in range(len(world.reps[self.with_them])):
                var = float(world.rep_insight["var"][r * count + s])
                text, precision = text + world.rep_insight["mean"][r * count + s] / var, precision + 1.0 / var - 1.0
            world.segments["text"][s], world.segments["text_var"][s] = text / precision, 1.0 / precision
        world.segments["text_day"] = day
