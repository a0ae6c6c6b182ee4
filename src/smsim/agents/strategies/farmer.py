"""A rep who tends what he has, whatever is paid for."""

from __future__ import annotations

from smsim.agents.strategies.steady import Steady


class Farmer(Steady):
    """Works the normal day, writes up all he hears, hurries nobody, and would rather tend marketing's leads than hunt for his own."""

    name = "farmer"

    def decide(self) -> None:
        """Plan the week: a fifth of the hours he would have hunted goes to leads."""
        super().decide()
        if self.plans:
            self.row.share_leads += 0.2 * (1.0 - self.row.share_leads)

    def adjust(self) -> None:
        """Pay by the period changes nothing."""
