"""One value message: those who run the channels sit together and put the message into common words (M29).

It costs hours of the marketers for every segment and every channel that speaks, whenever it is done. It moves information: what the
channels say. They come back to words of their own (`market.accents`). Without `market.accents` they have none, and it is hours lost.
"""

from __future__ import annotations

import math

from smsim.core.contracts import Regular
from smsim.core.section import Section, param
from smsim.mechanisms.hours import take_hours
from smsim.world.channels import Channel

_AS_ONE = {"practices.message.every": "4 weeks", "market.accents.spread": "0.5"}


class OneMessage(Section, at="practices.message"):
    """One message across channels."""

    every: float = param(math.inf, "days", "Time from one round of common words to the next", source="reid2005", grade="C", low=1,
                         high=3640, words={"never": math.inf}, moves="message_spread +", given=_AS_ONE)
    hours: float = param(0.5, "hours", "Marketers' hours for each segment and each channel that speaks", source="assumed", grade="C",
                         low=0, high=8, moves="practice_cost +", given=_AS_ONE)
    agreed: float = param(1.0, "share", "How far words of their own are given up", source="assumed", grade="C", low=0, high=1,
                          moves="message_spread -", given=_AS_ONE)


class Agreeing(Regular):
    """Channels are brought to say the same."""

    name = "message"
    sections = (OneMessage,)
    reads = ("channels.own_words", "marketers.away")
    writes = ("channels.own_words", "marketers.away", "today.practice_hours_cost")
    costs = "hours of marketers, for every segment and every channel; contacts forgone"
    moves = "information: what the channels say"
    through = {"information": ("channels.own_words",)}

    def tune(self, day: int) -> None:
        """Read what it takes."""
        self.p = self.scenario.of(OneMessage)
        self.speaking = sum(channel.spend > 0 for channel in self.scenario.each(Channel).values())

    def morning(self, day: int) -> None:
        """Sit together, in equal parts."""
        world = self.world
        hours = self.p.hours * len(world.segments) * self.speaking / max(1, len(world.marketers))
        take_hours(world, "marketers", hours)
        world.channels["own_words"] *= 1.0 - self.p.agreed
