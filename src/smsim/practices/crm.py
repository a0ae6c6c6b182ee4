"""A CRM is a tool, a process, and people who keep to it (M26); each alone is little.

Reps log a share a of their leads. A week turns it into a·2^{−7/h} + (1 − e^{−g·s})·(A − a): it fades by half in h days, and s hours of
support a rep win back part of what is missing to the most that they would ever log, A = 1 − their stereotypes of marketing (`culture`).
A tool shows the ages of leads that are logged, keeps their channel on record, and tells marketing what became of them. A process has
leads handed over at once instead of with the pull, as far as people keep to it. A tool without a process routes by what happens to stand
in it: some leads reach somebody else first, some nobody. It costs licences (a share of revenue), logging, upkeep of the process, support.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from smsim.core.calendar import Rhythm, kept
from smsim.core.contracts import Practice
from smsim.core.kpi import Kpi
from smsim.core.section import Section, param
from smsim.mechanisms.hours import take_hours, take_money
from smsim.world.outcomes import Outcome

_TOOL = {"practices.crm.tool": "yes"}
_BOTH = _TOOL | {"practices.crm.process": "yes"}
_HELPED = _BOTH | {"practices.crm.support": "0.2 hours"}
_WON = int(Outcome.WON)


class Crm(Section, at="practices.crm"):
    """What is bought, what is agreed, and what is done for it."""

    tool: bool = param(False, "flag", "Whether there is a tool in which leads are kept", source="reinartz2004", grade="B",
                       moves="practice_cost +")
    process: bool = param(False, "flag", "Whether it is agreed how a lead is handed over", source="reinartz2004", grade="B",
                          moves="cold_share -")
    start: float = param(0.8, "share", "Share of their leads that reps log, or hand-overs they keep to, at first", source="speier2002",
                         grade="C", low=0, high=1, moves="crm_use +", given=_TOOL,
                         fixed="it is where a tool or a process starts from; from then on support and forgetting move it")
    half_life: float = param(182.0, "days", "Time in which half of it is lost without support (h)", source="speier2002", grade="C",
                             low=1, high=3640, moves="crm_use +", given=_TOOL)
    support: float = param(0.0, "hours", "Hours of support and training a week for each rep (s)", source="becker2009", grade="C", low=0,
                           high=8, moves="crm_use +", given=_TOOL)
    gain: float = param(0.5, "per hour", "How fast an hour of support a rep wins back what is missing (g)", source="assumed", grade="C",
                        low=0, high=100, moves="crm_use +", given=_HELPED)
    licence: float = param(0.01, "share", "Price of the tool, as a share of the value of deals won", source="assumed", grade="C",
                           low=0, high=1, moves="practice_cost +", given=_TOOL)
    logging: float = param(0.5, "hours", "A rep's hours a week to log all his leads", source="assumed", grade="C", low=0, high=40,
                           moves="practice_cost +", given=_TOOL)
    upkeep: float = param(0.25, "hours", "A rep's hours a week to keep to the process", source="assumed", grade="C", low=0, high=40,
                          moves="practice_cost +", given={"practices.crm.process": "yes"})
    astray: float = param(0.15, "share", "Share of the leads logged that a tool without a process gives to somebody else first",
                          source="assumed", grade="C", low=0, high=1, moves="first_response_hours_mean +", given=_TOOL)
    lost: float = param(0.05, "share", "Share of them that it gives to nobody", source="assumed", grade="C", low=0, high=1,
                        moves="leads_worked -", given=_TOOL | {"leads.arrivals": "15 per week"})


class KeepingLeads(Practice):
    """Leads are kept in a tool, handed over by a process, or both."""

    name = "crm"
    sections = (Crm,)
    reads = ("reps.*", "log.*", "firm.logged")
    writes = ("reps.logging", "reps.age_known", "reps.away", "firm.at_once", "firm.astray", "firm.lost", "firm.tracked",
              "firm.told_by_tool", "today.practice_hours_cost", "today.practice_money")
    costs = "a share of revenue; hours of logging, of keeping to the process, of support"
    moves = "information: leads' ages, their channels, what became of them; rules: when a lead is handed over, and to whom"
    through = {"information": ("reps.age_known", "firm.tracked", "firm.told_by_tool"),
               "rules": ("firm.at_once", "firm.astray", "firm.lost")}
    kpis = (Kpi("crm_use", "share", "Share of their leads that reps log, or hand-overs they keep to", "up", "mean"),)

    @classmethod
    def is_on(cls, scenario: Any) -> bool:
        """Where there is a tool or a process."""
        crm = scenario.of(Crm)
        return bool(crm.tool or crm.process)

    def rhythm(self) -> Rhythm:
        """Every week."""
        return Rhythm(7)

    def set_up(self) -> None:
        """Nothing of what was won before is paid for."""
        self.seen = int(self.world.firm["logged"][0])

    def tune(self, day: int) -> None:
        """Introduce it."""
        self.p = self.scenario.of(Crm)
        if self.before is None:
            self.world.reps["logging"] = np.minimum(self.p.start, self._most())
            self.seen = int(self.world.firm["logged"][0])
        self._hold()

    def stop(self) -> None:
        """Everything is as it was without."""
        self.world.reps["logging"] = self.world.reps["age_known"] = 0.0
        for rule in ("at_once", "astray", "lost", "tracked", "told_by_tool"):
            self.world.firm[rule] = 0.0

    def morning(self, day: int) -> None:
        """A week of forgetting and of support; then pay for it, and keep to it as far as it is kept to."""
        logging = self.world.reps["logging"]
        helped = 1.0 - math.exp(-self.p.gain * self.p.support)
        logging[:] = logging * kept(self.p.half_life) + helped * np.maximum(0.0, self._most() - logging)
        self._pay()
        self._hold()

    def _most(self) -> Any:
        """The most each rep would ever log: those who think little of marketing see no point in it."""
        reps = self.world.reps
        return 1.0 - reps["stereotype"] if "stereotype" in reps else np.ones(len(reps))

    def _pay(self) -> None:
        world = self.world
        hours = self.p.logging * self.p.tool + self.p.upkeep * self.p.process
        take_hours(world, "reps", hours * world.reps["logging"] + self.p.support)
        logged = int(world.firm["logged"][0])
        ended, self.seen = world.log[self.seen:logged], logged
        if self.p.tool:
            take_money(world, self.p.licence * float(ended["value"][ended["outcome"] == _WON].sum()))

    def _hold(self) -> None:
        """What tool and process do today, as far as people keep to them."""
        world, p = self.world, self.p
        logged = world.reps["logging"]
        share = float(logged.mean()) if len(logged) else 0.0
        world.reps["age_known"] = logged if p.tool else 0.0
        loose = share if p.tool and not p.process else 0.0
        world.firm["at_once"] = share if p.process else 0.0
        world.firm["astray"], world.firm["lost"] = p.astray * loose, p.lost * loose
        world.firm["tracked"] = share if p.tool else 0.0
        world.firm["told_by_tool"] = float(p.tool)

    def tallies(self) -> dict[str, float]:
        """How far it is kept to."""
        return {"crm_use": self.world.reps.mean("logging")}
