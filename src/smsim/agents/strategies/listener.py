"""A marketer who tells each segment what he believes it wants, and otherwise follows his pay."""

from __future__ import annotations

from smsim.agents.people import Marketer


class Listener(Marketer):
    """Once a month the message to each of his segments becomes what marketing believes that it wants.

    Where he is paid for figures he moves threshold, target list and channel mix a step a month, if that promises enough.
    """

    name = "listener"

    def decide(self) -> None:
        """Rewrite the messages; move where it pays."""
        for segment in self.segments:
            if self.is_worth_rewriting(segment):
                self.say(segment, self.believes(segment))
        self.follow_pay()
