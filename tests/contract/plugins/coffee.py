"""A user's practice that costs hours and says how often it happened."""

from __future__ import annotations

import math
from collections.abc import Mapping

from smsim import Kpi, Practice, Rhythm, Section, param


class Coffee(Section, at="practices.coffee"):
    """Coffee together."""

    every: float = param(math.inf, "days", "Time from one coffee to the next", source="assumed", grade="C", low=1, high=364,
                         words={"never": math.inf}, moves="coffees -")


class CoffeeTogether(Practice):
    """Reps drink coffee."""

    name = "coffee"
    sections = (Coffee,)
    writes = ("reps.away",)
    costs = "half an hour of every rep"
    moves = "time"
    kpis = (Kpi("coffees", "count", "Coffees had", "up"),)

    @classmethod
    def is_on(cls, scenario) -> bool:
        """Unless never."""
        return not math.isinf(scenario.of(Coffee).every)

    def set_up(self) -> None:
        """None so far."""
        self.had = 0.0

    def rhythm(self) -> Rhythm:
        """As often as they like."""
        return Rhythm(self.scenario.of(Coffee).every)

    def morning(self, day: int) -> None:
        """Drink."""
        self.had += 1.0
        self.world.reps["away"] += 0.5

    def tallies(self) -> Mapping[str, float]:
        """How many today."""
        had, self.had = self.had, 0.0
        return {"coffees": had}
