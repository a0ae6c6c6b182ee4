"""The more heads, the less clear who does what, unless it is written down; writing it down takes hours (M32).

Clarity C = max(e^{−n/n₀}, F) with n heads of both sides and formality F. Of the tasks at the seam a share u·(1 − C) goes wrong: part of
it is dropped (a lead that nobody owns), the rest is done twice (a lead that is called twice). Rules cost everybody a share d·F of the
day.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from smsim.core.contracts import Mechanism, Phase
from smsim.core.kernel import kernel, launch
from smsim.core.kpi import Kpi
from smsim.core.section import Section, param
from smsim.world.company import Company

_ON = {"company.roles.heads": "3"}
_WRITTEN = _ON | {"practices.roles.formality": "60%"}


class Roles(Section, at="company.roles"):
    """How clear it is who does what."""

    heads: float = param(math.inf, "heads", "Heads at which what goes without saying has fallen to 37% (n₀); 20 is the evidence's guess",
                         source="biemans2007", grade="C", low=1, high=1e6, words={"any number": math.inf}, moves="role_clarity +",
                         span=(10.0, 50.0), given=_ON)
    unclear: float = param(0.25, "share", "Share of tasks at the seam that go wrong where nothing is clear (u)", source="verbeke2011",
                           grade="C", low=0, high=1, moves="never_routed_share +", given=_ON)
    dropped: float = param(0.5, "share", "Share of those that nobody does; the others are done twice", source="assumed", grade="C", low=0,
                           high=1, moves="never_routed_share +", given=_ON)
    drag: float = param(0.05, "share", "Share of everybody's day that goes into keeping to rules where all is written down (d)",
                        source="assumed", grade="C", low=0, high=1, moves="selling_hours -", given=_WRITTEN)


class Clarity(Mechanism):
    """What is clear this morning decides what is dropped and what is done twice."""

    name = "clarity"
    phase = Phase.MARKET
    sections = (Roles,)
    reads = ("firm.formality",)
    writes = ("firm.clarity", "firm.dropped", "firm.doubled", "reps.away", "marketers.away")
    kpis = (Kpi("role_clarity", "share", "How clear it is who does what", "up", "mean"),)

    @classmethod
    def is_on(cls, scenario: Any) -> bool:
        """Where anything is ever unclear."""
        return not math.isinf(scenario.of(Roles).heads)

    def tune(self, day: int) -> None:
        """Count heads."""
        self.p, self.company = self.scenario.of(Roles), self.scenario.of(Company)
        self.unsaid = clear_without_saying(self.company.reps + self.company.marketers, self.p.heads)
        self.row = self.p.row()
        self.hours = self.p.drag * 24.0 * (self.company.closes - self.company.opens)

    def day(self, day: int) -> None:
        """Be as clear as heads and rules allow."""
        self.clarity = launch(be_clear, self.world.rows, self.unsaid, self.row, self.hours if self.company.works_on(day) else 0.0)

    def stop(self) -> None:
        """All is clear."""
        self.world.firm["clarity"], self.world.firm["dropped"], self.world.firm["doubled"] = 1.0, 0.0, 0.0

    def tallies(self) -> Mapping[str, float]:
        """How clear it is."""
        return {"role_clarity": self.clarity}


@kernel
def be_clear(w: Any, unsaid: Any, p: Any, hours: Any) -> Any:
    """Clarity is what heads or rules make it, and decides what goes wrong; keeping to the rules takes hours. Returns the clarity."""
    firm = w.firm[0]
    firm.clarity = max(unsaid, firm.formality)
    wrong = p[0].unclear * (1.0 - firm.clarity)
    firm.dropped, firm.doubled = wrong * p[0].dropped, wrong * (1.0 - p[0].dropped)
    if firm.formality > 0.0 and hours > 0.0:
        for r in range(len(w.reps)):
            w.reps[r].away += hours * firm.formality
        for m in range(len(w.marketers)):
            w.marketers[m].away += hours * firm.formality
    return firm.clarity


def clear_without_saying(heads: int, scale: float) -> float:
    """e^{−n/n₀}: how clear it is among so many heads who does what, if nothing is written down."""
    return math.exp(-heads / scale)
