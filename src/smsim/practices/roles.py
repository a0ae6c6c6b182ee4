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
_IN_TROUBLE = _WRITTEN | {"practices.roles.start": "trouble"}


class Definitions(Section, at="practices.roles"):
    """Role definitions."""

    formality: float = param(0.0, "share", "How much of who does what is written down (F)", source="verbeke2011", grade="C", low=0, high=1,
                             words={"none": 0.0}, moves="role_clarity +", given=_WRITTEN)
    start: str = param("at once", "word", "When it is: at once, or once there is trouble", source="assumed", grade="C",
                       choices=("at once", "trouble"), moves="revenue ?", given=_WRITTEN)
    neglect: float = param(0.15, "share", "Leads on hand without an owner from which on there is trouble", source="assumed", grade="C",
                           low=0, high=1, moves="role_clarity ?", given=_IN_TROUBLE)
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
        """Looked at weekly until it is done, then gone over each quarter."""
        return Rhythm(7)

    def tune(self, day: int) -> None:
        """Write it down, unless it waits for trouble; once written, it is as formal as agreed now."""
        p = self.scenario.of(Definitions)
        if self.before is None:
            self.since = -1
        if self.since >= 0:
            self.world.firm["formality"] = p.formality
        elif p.start == "at once":
            self._define(day)

    def morning(self, day: int) -> None:
        """If it is not done: see whether there is trouble, and then do it; if it is, go over it when a quarter has passed."""
        if self._in_trouble() if self.since < 0 else day - self.since >= QUARTER:
            self._define(day)

    def _define(self, day: int) -> None:
        p = self.scenario.of(Definitions)
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
