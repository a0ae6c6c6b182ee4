"""Marketing and sales agree on the steps of the funnel, on who owns each, and on what "qualified" means.

It costs hours of everybody, then and once a quarter. From then on most leads that nobody owned have an owner, and one score is both
marketing's threshold and the bar below which reps reject: midway between the two as they were, unless another is agreed. While it holds
marketing's own threshold counts for nothing. Two rules; no lead is better for it.
"""

from __future__ import annotations

from typing import Any

from smsim.core.calendar import QUARTER, Rhythm
from smsim.core.contracts import Practice
from smsim.core.section import Section, param
from smsim.mechanisms.handoff import Handoff
from smsim.mechanisms.hours import take_hours

_AGREED = {"practices.funnel_agreement.owned": "90%"}
_UNOWNED = _AGREED | {"leads.arrivals": "15 per week", "leads.unowned": "30%"}


class Agreement(Section, at="practices.funnel_agreement"):
    """An agreement on the funnel."""

    owned: float = param(0.0, "share", "Share of the leads nobody owned that have an owner by agreement; `none` for no agreement",
                         source="verbeke2011", grade="C", low=0, high=1, words={"none": 0.0}, moves="leads_worked +", given=_UNOWNED)
    qualified: float = param(-1.0, "score", "Score from which a lead is qualified to both; `midway` between threshold and bar",
                             source="siriusdecisions", grade="C", low=0.001, high=1, words={"midway": -1.0}, moves="leads -",
                             given=_AGREED | {"practices.funnel_agreement.qualified": "0.4"})
    hours: float = param(4.0, "hours", "Everybody's time a quarter to agree and to go over it", source="assumed", grade="C", low=0,
                         high=1000, moves="practice_cost +", given=_AGREED)


class Agreeing(Practice):
    """Steps, owners and one meaning of "qualified"."""

    name = "funnel_agreement"
    sections = (Agreement,)
    reads = ("firm.threshold",)
    writes = ("firm.owned", "firm.qualified", "reps.away", "marketers.away", "today.practice_hours_cost")
    costs = "hours of everybody each quarter"
    moves = "rules: who owns a lead, and which lead is passed on and accepted"
    through = {"rules": ("firm.owned", "firm.qualified")}

    @classmethod
    def is_on(cls, scenario: Any) -> bool:
        """Where there is an agreement."""
        return bool(scenario.of(Agreement).owned > 0)

    def rhythm(self) -> Rhythm:
        """Agreed on the first Monday, gone over when a quarter has passed."""
        return Rhythm(7)

    def tune(self, day: int) -> None:
        """What is agreed anew holds at once; what is agreed for the first time waits for the first Monday."""
        if self.before is None:
            self.since, self.midway = -1, 0.0
        elif self.since >= 0 and self.is_new("practices.funnel_agreement.owned", "practices.funnel_agreement.qualified"):
            self._hold()

    def morning(self, day: int) -> None:
        """Sit down over it, if it is time."""
        if self.since >= 0 and day - self.since < QUARTER:
            return
        if self.since < 0:
            self.midway = (float(self.world.firm["threshold"][0]) + self.scenario.of(Handoff).reject_below) / 2.0
        for side in ("reps", "marketers"):
            take_hours(self.world, side, self.scenario.of(Agreement).hours)
        self.since = day
        self._hold()

    def _hold(self) -> None:
        p, firm = self.scenario.of(Agreement), self.world.firm
        firm["owned"], firm["qualified"] = p.owned, p.qualified if p.qualified > 0 else self.midway

    def stop(self) -> None:
        """Everybody is as before."""
        self.world.firm["owned"], self.world.firm["qualified"] = 0.0, 0.0
