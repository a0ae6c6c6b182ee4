"""A rep who earns what he can without playing with customers or keeping things to himself."""

from __future__ import annotations

from smsim.agents.strategies.steady import Steady


class Balanced(Steady):
    """Works as pays best; moves no customer's decision, and writes up half of what he hears at least."""

    name = "balanced"

    def adjust(self) -> None:
        """Follow the pay, within limits of his own."""
        super().adjust()
        self.row.share_reported = max(self.row.share_reported, 0.5)
        self.row.pull = self.row.push = 0.0
