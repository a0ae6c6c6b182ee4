"""A marketer who tells each segment what he believes it wants."""

from __future__ import annotations

from smsim.agents.people import Marketer


class Listener(Marketer):
    """Once a month the message to each of his segments becomes what marketing believes that it wants."""

    name = "listener"

    def decide(self) -> None:
        """Rewrite the messages."""
        for segment in self.segments:
            self.say(segment, self.believes(segment))
