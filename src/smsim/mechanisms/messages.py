"""Writing a new message takes a marketer's hours, and with them contacts.

A segment whose message is another than yesterday's costs the marketer who writes to it h hours of today, at most the day.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from smsim.core.contracts import Mechanism, Phase
from smsim.core.kernel import kernel, launch
from smsim.core.section import Section, param


class Writing(Section, at="market"):
    """What it takes to say something else."""

    message_hours: float = param(0.0, "hours", "Hours of a marketer that a new message to one segment takes; `at once` for none",
                                 source="assumed", grade="C", low=0, high=8, moves="leads -")


class WritingMessages(Mechanism):
    """Whoever has written a new message this morning has less of the day for customers."""

    name = "messages"
    phase = Phase.MARKET
    sections = (Writing,)
    reads = ("segments.message", "segments.marketer")
    writes = ("marketers.away",)

    @classmethod
    def is_on(cls, scenario: Any) -> bool:
        """Where it takes time."""
        return bool(scenario.of(Writing).message_hours > 0)

    def set_up(self) -> None:
        """What is said already costs nothing."""
        self.said = self.world.segments["message"].copy()

    def tune(self, day: int) -> None:
        """Read how long it takes; what was written while it took no time is written."""
        self.hours = self.scenario.of(Writing).message_hours
        if self.before is None:
            self.said = self.world.segments["message"].copy()

    def day(self, day: int) -> None:
        """Count the new messages of each marketer."""
        message, marketers = self.world.segments["message"], self.world.marketers
        if launch(says_something_new, self.world.rows, self.said) and len(marketers):
            new = (message != self.said).any(axis=1)
            writers = np.bincount(self.world.segments["marketer"][new], minlength=len(marketers))
            marketers["away"] += self.hours * writers
            self.said = message.copy()


@kernel
def says_something_new(w: Any, said: Any) -> Any:
    """Whether any message is another than what was said."""
    for s in range(len(said)):
        for d in range(3):
            if w.segments[s].message[d] != said[s, d]:
                return True
    return False
