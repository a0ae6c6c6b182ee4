"""Who does what is written down (M32): at once, or when something has gone wrong.

It costs hours of everybody, then and once a quarter, and a share of every day. Formality F keeps clarity from falling below F however
many heads there are. Where it waits for trouble, roles are defined on the first Monday on which a dispute is open or too many of the
leads on hand have no owner.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from smsim.core.calendar import QUARTER, Rhythm
from smsim.core.contracts import Practice
from smsim.core.section import Section, param
from smsim.mechanisms.hours import take_hours
from smsim.world.leads import HANDOFF, QUEUED

_WRITTEN = {"company.roles.heads": "3", "practices.roles.formality": "60%"}
#: Why some settings cannot change in the course of a run.
_DONE = "what is written down is written down"
_IN_TROUBLE = _WRITTEN | {"practices.roles.start": "trouble"}


class Definitions(Section, at="practices.roles"):
    """Role definitions."""

    formality: float = param(0.0, "share", "How much of who does what is written down (F)", source="verbeke2011", grade="C", low=0, high=1,
                             words={"none": 0.0}, moves="role_clarity +", given=_WRITTEN)
    start: str = param("at once", "word", "When it is: at once (on the first Monday), or once there is trouble", source="assumed",
                       grade="C", choices=("at once", "trouble"), moves="role_clarity ?",
                       given=_WRITTEN | {"practices.roles.neglect": "100%"}, fixed=_DONE)
    neglect: float = param(0.15, "share", "Leads on hand without an owner from which on there is trouble", source="assumed", grade="C",
                           low=0, high=1, moves="role_clarity ?", given=_IN_TROUBLE, fixed=_DONE)
    hours: float = param(8.0, "hours", "Everybody's time a quarter to write it all down and keep it true; in proportion for a part of it",
                         source="assumed", grade="C", low=0, high=1000, moves="practice_cost +", given=_WRITTEN)


class RoleDefinitions(Practice):
    """Who owns which step is written down."""

    name = "roles"
    sections = (Definitions,)
    reads = ("firm.formality", "disputes.open", "leads.state", "leads.routed")
    writes = ("firm.formality", "reps.away", "marketers.away", "today.practice_hours_cost")
    costs = "hours of everybody each quarter, and a share of every day (drag) for keeping to it"
    moves = "rules: who owns a step; with it leads without owner, calls made twice, and disputes about leads"
    through = {"rules": ("firm.formality",)}

    @classmethod
    def is_on(cls, scenario: Any) -> bool:
        """Where anything is to be written down."""
        return bool(scenario.of(Definitions).formality > 0)

    def rhythm(self) -> Rhythm:
        """Looked at on Mondays until it is done, then gone over each quarter."""
        return Rhythm(7)

    def tune(self, day: int) -> None:
        """Once it is written down, it is as formal as agreed now."""
        if self.before is None:
            self.since = -1
        elif self.since >= 0:
            self.world.firm["formality"] = self.scenario.of(Definitions).formality

    def morning(self, day: int) -> None:
        """Write it down, at once or when there is trouble; go over it when a quarter has passed."""
        p = self.scenario.of(Definitions)
        if day - self.since < QUARTER if self.since >= 0 else p.start == "trouble" and not self._in_trouble():
            return
        for side in ("reps", "marketers"):
            take_hours(self.world, side, p.hours * p.formality)
        self.world.firm["formality"] = p.formality
        self.since = day

    def _in_trouble(self) -> bool:
        leads = self.world.leads
        waiting = (leads["state"] == HANDOFF) | (leads["state"] == QUEUED)
        unowned = (leads["state"] == HANDOFF) & np.isinf(leads["routed"])
        return bool(self.world.disputes["open"].any()) or unowned.sum() > self.scenario.of(Definitions).neglect * max(1, waiting.sum())

    def stop(self) -> None:
        """Nobody keeps to it any more."""
        self.world.firm["formality"] = 0.0
