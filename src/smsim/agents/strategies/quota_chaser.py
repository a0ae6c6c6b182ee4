"""A rep who sees nothing beyond this period's quota."""

from __future__ import annotations

from smsim.agents.strategies.steady import Steady


class QuotaChaser(Steady):
    """Works, reports and moves deals for this period's pay alone: the next one, and the next quota, are another day's trouble."""

    name = "quota_chaser"

    def follow(self) -> None:
        """Read the scenario, and forget about the next period."""
        super().follow()
        self.earning.future = 0.0
