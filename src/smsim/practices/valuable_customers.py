"""Both sides turn to the customers who are worth most: their leads are called first (004.17, 003.18).

What a customer is worth is known only in part. A joint review sees y = ln v + N(0, s²) of a customer's deal value v, and believes
m + k·(y − m), m the median of the segment and k = σ²/(σ² + s²) what is known, 0 to 1: k = k₀ + a·(1 − k₀), a the share of leads that reps
log (`practices.crm`). With nothing known the order is that of segments. It costs hours of both sides, and the leads that wait meanwhile.
"""

from __future__ import annotations

import math

import numpy as np

from smsim.core.contracts import Regular
from smsim.core.luck import normals
from smsim.core.section import Section, param
from smsim.mechanisms.hours import take_hours
from smsim.world.market import Market

_REVIEWED = {"practices.valuable_customers.every": "13 weeks"}
#: What is known of a customer's value is never all.
_MOST = 0.999


class ValuableCustomers(Section, at="practices.valuable_customers"):
    """A joint review of who is worth most."""

    every: float = param(math.inf, "days", "Time from one review to the next", source="assumed", grade="C", low=1, high=3640,
                         words={"never": math.inf}, moves="practice_cost -", given=_REVIEWED)
    hours: float = param(2.0, "hours", "Hours of everybody for a review", source="assumed", grade="C", low=0, high=8,
                         moves="practice_cost +", given=_REVIEWED)
    known: float = param(0.3, "share", "What is known of a customer's value without a CRM: share of its variance within a segment (k₀)",
                         source="assumed", grade="C", low=0, high=1, moves="revenue ?", given=_REVIEWED)


class Reviewing(Regular):
    """The leads of those who are believed to be worth most come first."""

    name = "valuable_customers"
    sections = (ValuableCustomers,)
    reads = ("accounts.value", "customers.segment", "segments.deal_value", "reps.logging", "reps.away", "marketers.away")
    writes = ("accounts.believed", "firm.by_worth", "reps.away", "marketers.away", "today.practice_hours_cost")
    streams = ("review",)
    costs = "hours of both sides; leads of others wait"
    moves = "information: what customers are worth; rules: whose lead is called first"
    through = {"information": ("accounts.believed",), "rules": ("firm.by_worth",)}

    def tune(self, day: int) -> None:
        """Read what is known, and what it takes."""
        self.p, self.sd = self.scenario.of(ValuableCustomers), self.scenario.of(Market).value_spread

    def begin(self, day: int) -> None:
        """Whoever begins begins with a review."""
        self.morning(day)

    def stop(self) -> None:
        """Leads are called as they were."""
        self.world.firm["by_worth"] = 0.0

    def morning(self, day: int) -> None:
        """Review, and agree on the order."""
        world = self.world
        for side in ("reps", "marketers"):
            take_hours(world, side, self.p.hours)
        logged = float(world.reps["logging"].mean()) if len(world.reps) else 0.0
        known = min(_MOST, self.p.known + logged * (1.0 - self.p.known))
        usual = np.log(world.segments["deal_value"])[world.customers["segment"]]
        key = self.luck.keys["review"][0]
        noise = normals(key, len(world.accounts), day)
        apart = np.log(world.accounts["value"]) - usual
        world.accounts["believed"] = usual + known * apart + math.sqrt(known * (1.0 - known)) * self.sd * noise
        world.firm["by_worth"] = 1.0
