"""Shared metrics: everybody's variable pay goes in part by what the firm sells (002.18).

Of a share σ of pay, marketers are paid for revenue instead of their own figures, and reps for what the team sells on average instead of
their own sales. It is a rule of what minds maximise; no hour and no result is moved by it. Those who are paid a salary and no more have
nothing to share. What it costs is pay: who sells little is paid for others' sales, and works as one who counts for one in n.
"""

from __future__ import annotations

from typing import Any

from smsim.core.calendar import Rhythm
from smsim.core.contracts import Practice
from smsim.core.section import Section, param

_PAID = {"incentives.reps.quota": "60000 per quarter", "incentives.reps.bonus": "5000"}


class SharedMetrics(Section, at="practices.shared_metrics"):
    """How much of pay is shared."""

    share: float = param(0.0, "share", "Share of everybody's variable pay that goes by the firm's revenue (σ)", source="massey2007",
                         grade="C", low=0, high=1, moves="pay_cost ?", given=_PAID)


class Sharing(Practice):
    """Pay goes in part by what all sell."""

    name = "shared_metrics"
    sections = (SharedMetrics,)
    writes = ("firm.shared",)
    costs = "pay: some for what others sold, and less reason to sell oneself"
    moves = "rules: what people are paid for"
    through = {"rules": ("firm.shared",)}

    @classmethod
    def is_on(cls, scenario: Any) -> bool:
        """Where any of it is shared."""
        return bool(scenario.of(SharedMetrics).share > 0)

    def rhythm(self) -> Rhythm:
        """Agreed once, reminded weekly."""
        return Rhythm(7)

    def tune(self, day: int) -> None:
        """Agree."""
        self.morning(day)

    def stop(self) -> None:
        """Everybody is paid as his own scheme says."""
        self.world.firm["shared"] = 0.0

    def morning(self, day: int) -> None:
        """Keep to it."""
        self.world.firm["shared"] = self.scenario.of(SharedMetrics).share
