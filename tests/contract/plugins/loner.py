"""A user's minds: a rep who never touches marketing's leads, a marketer who always says the same."""

from __future__ import annotations

from smsim import Marketer, Rep


class Loner(Rep):
    """He finds his customers himself."""

    name = "loner"

    def decide(self) -> None:
        """Plan a week without marketing."""
        self.row.share_leads = 0.0
        self.row.newest_first = 1.0


class Preacher(Marketer):
    """The same to everybody, whatever they want."""

    name = "preacher"

    def decide(self) -> None:
        """Say it again."""
        for segment in self.segments:
            self.say(segment, (3.0, 3.0, 3.0))
