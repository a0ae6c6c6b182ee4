"""A marketer who keeps threshold, target list and channel mix where they are, whatever is paid for."""

from __future__ import annotations

from smsim.agents.strategies.listener import Listener


class Keeper(Listener):
    """Writes messages; pay changes nothing."""

    name = "keeper"

    def follow_pay(self) -> None:
        """Stay."""
