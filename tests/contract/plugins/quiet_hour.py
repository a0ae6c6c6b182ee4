"""A user's practice that does nothing: it has luck of its own, a rhythm, and no effect."""

from __future__ import annotations

from smsim import Practice, Rhythm, luck


class QuietHour(Practice):
    """Once a week somebody throws dice and keeps the result to himself."""

    name = "quiet_hour"
    streams = ("dice",)
    costs = "nothing"
    moves = "nothing"

    def rhythm(self) -> Rhythm:
        """Every week."""
        return Rhythm(7)

    def morning(self, day: int) -> None:
        """Throw."""
        self.thrown = luck(self.luck.keys[0]["dice"], 0, day)
