"""A marketer who takes it that sales will work whatever is passed on."""

from __future__ import annotations

from smsim.agents.strategies.listener import Listener


class Volume(Listener):
    """Thinks of no capacity but his own: twice the leads are twice the calls. Takes three steps a month, for the least gain."""

    name = "volume"

    def follow(self) -> None:
        """Read the scenario, and forget what others can do."""
        super().follow()
        if self.aim:
            self.aim.steps, self.aim.least_gain, self.aim.sees_capacity = 3, 1e-9, False
