"""Both sides work in the same rooms (M33, E3).

It costs rent, and minutes a day in which people who sit together keep each other from work. Sitting together carries no item: whoever
has something to tell still needs an occasion to tell it. Le Meunier-FitzHugh & Massey 2019 find no effect of co-location; here none is
written.
"""

from __future__ import annotations

from typing import Any

from smsim.core.calendar import Rhythm
from smsim.core.contracts import Practice
from smsim.core.section import Section, param
from smsim.core.units import DAYS
from smsim.mechanisms.hours import take_hours, take_money

_ON = {"practices.co_location.together": "yes"}


class CoLocation(Section, at="practices.co_location"):
    """One office for both sides."""

    together: bool = param(False, "flag", "Whether both sides sit in the same rooms", source="lemeunier2019", grade="C",
                           moves="practice_cost +")
    rent: float = param(100.0, "money per month", "What that costs for each person", source="assumed", grade="C", low=0, high=1e9,
                        moves="practice_cost +", given=_ON)
    interruptions: float = param(0.05, "hours", "Hours of each person that neighbours take, a day", source="assumed", grade="C", low=0,
                                 high=8, moves="selling_hours -", given=_ON)


class SittingTogether(Practice):
    """Everybody sees everybody."""

    name = "co_location"
    sections = (CoLocation,)
    writes = ("reps.away", "marketers.away", "today.practice_hours_cost", "today.practice_money")
    costs = "rent, and minutes of everybody"
    moves = "nothing but those minutes"
    through = {"time": ("reps.away", "marketers.away")}

    @classmethod
    def is_on(cls, scenario: Any) -> bool:
        """Where they do."""
        return bool(scenario.of(CoLocation).together)

    def rhythm(self) -> Rhythm:
        """Reckoned by the week."""
        return Rhythm(7)

    def morning(self, day: int) -> None:
        """A week side by side: its rent, and its five days' interruptions."""
        p, world = self.scenario.of(CoLocation), self.world
        take_money(world, p.rent / DAYS["month"] * 7 * (len(world.reps) + len(world.marketers)))
        for side in ("reps", "marketers"):
            take_hours(world, side, 5 * p.interruptions)
