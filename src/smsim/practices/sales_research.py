"""Sales does some of marketing's work: reps study the market themselves (the tasks each side thinks the other neglects, M32).

Every so often each rep gives hours to every segment, and sees its need y = need + (σ/√h)·Z, h hours a segment: twice the hours, half the
variance. He adds it to what he believes, by precision, as if he had met so many customers. What it costs is what those hours would have
sold. Whether a task is better done by who neglects it or by who misses it is not written anywhere.
"""

from __future__ import annotations

import math
from typing import Any

from smsim.core.contracts import Regular
from smsim.core.kernel import kernel, launch
from smsim.core.luck import normal
from smsim.core.section import Section, param
from smsim.mechanisms.hours import take_hours

_STUDIED = {"practices.sales_research.every": "4 weeks"}


class OwnResearch(Section, at="practices.sales_research"):
    """Research done by reps."""

    every: float = param(math.inf, "days", "Time from one study to the next", source="keszey2016", grade="C", low=1, high=3640,
                         words={"never": math.inf}, moves="sales_need_error +", given=_STUDIED)
    hours: float = param(1.0, "hours", "A rep's time for one segment", source="assumed", grade="C", low=0.01, high=40,
                         moves="sales_need_error -", given=_STUDIED)
    noise: float = param(1.0, "sd", "Noise of what he sees of a segment's need in one hour, per criterion (σ)", source="assumed", grade="C",
                         low=0.01, high=10, moves="sales_need_error +", given=_STUDIED)


class SalesResearch(Regular):
    """Reps look at the market themselves."""

    name = "sales_research"
    sections = (OwnResearch,)
    reads = ("segments.need", "segments.studied_off", "rep_insight.*")
    writes = ("rep_insight.mean", "rep_insight.var", "reps.away", "today.practice_hours_cost")
    streams = ("seen",)
    costs = "hours of every rep for every segment"
    moves = "information: what reps believe of the segments"
    through = {"information": ("rep_insight.mean", "rep_insight.var")}

    def morning(self, day: int) -> None:
        """Everybody studies every segment, as it was last night."""
        p, world = self.scenario.of(OwnResearch), self.world
        take_hours(world, "reps", p.hours * len(world.segments))
        launch(look_around, world.rows, self.luck.keys, p.noise * p.noise / p.hours, day)


@kernel
def look_around(w: Any, keys: Any, variance: Any, day: Any) -> Any:
    """Each rep sees each segment's need through noise and believes it by its precision."""
    count, noise = len(w.segments), math.sqrt(variance)
    for r in range(len(w.reps)):
        for s in range(count):
            belief = w.rep_insight[r * count + s]
            gain = belief.var / (belief.var + variance)
            for d in range(3):
                seen = w.segments[s].need[d] + noise * normal(keys[0].seen, (r * count + s) * 3 + d, day) + w.segments[s].studied_off[d]
                belief.mean[d] += gain * (seen - belief.mean[d])
            belief.var *= 1.0 - gain
