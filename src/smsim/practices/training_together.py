"""Both sides go through the same training (M33, E3).

It takes hours of everybody. What is taught is general: no observation, no view of the market and no lead is talked about, so nothing is
told that would be news to anybody, and company without content is no contact. Le Meunier-FitzHugh & Massey 2019 find no effect of such
training; here none is written, and what it costs is what those hours would have done.
"""

from __future__ import annotations

import math

from smsim.core.contracts import Regular
from smsim.core.section import Section, param
from smsim.mechanisms.hours import take_hours

_ON = {"practices.training_together.every": "4 weeks"}


class TrainingTogether(Section, at="practices.training_together"):
    """Generic training of both sides."""

    every: float = param(math.inf, "days", "Time from one training to the next", source="lemeunier2019", grade="C", low=1, high=3640,
                         words={"never": math.inf}, moves="practice_cost -", given=_ON)
    length: float = param(8.0, "hours", "Length of a training", source="assumed", grade="C", low=0, high=40, moves="practice_cost +",
                          given=_ON)


class Training(Regular):
    """Everybody sits in the same room and learns the same."""

    name = "training_together"
    sections = (TrainingTogether,)
    writes = ("reps.away", "marketers.away", "today.practice_hours_cost")
    costs = "hours of everybody"
    moves = "nothing but those hours"
    through = {"time": ("reps.away", "marketers.away")}

    def morning(self, day: int) -> None:
        """Train."""
        for side in ("reps", "marketers"):
            take_hours(self.world, side, self.scenario.of(TrainingTogether).length)
