"""Marketers come to the meetings that sales holds anyway (002.20; M17).

The reps lose nothing: they would sit there in any case. The marketers who come lose the hours. They hear what reps have to tell (up to so
many observations an hour, freshest first; it is not a meeting about marketing, so fewer than in one of both), and, where they are asked
to speak, tell what marketing believes and sees coming. Who only listens makes no exchange: that softens no stereotype. Where they speak,
what reps have tracked of leads' ages since the last time is pooled, as in any meeting in which both sides talk.

Fisher, Maltz & Jaworski 1997; Massey & Dawes 2007.
"""

from __future__ import annotations

import math

from smsim.core.contracts import Regular
from smsim.core.kernel import launch
from smsim.core.section import Section, param
from smsim.mechanisms.exchange import CONTACT, POOLED, TOLD, begin_tracking, counted_since, pass_down, pass_up, pool
from smsim.mechanisms.hours import take_hours
from smsim.mechanisms.market import Horizon
from smsim.world.market import Market

_ON = {"practices.sales_meetings.every": "1 week"}


class SalesMeetings(Section, at="practices.sales_meetings"):
    """Marketing in sales' own meetings."""

    every: float = param(math.inf, "days", "Time from one meeting that marketers come to, to the next", source="massey2007", grade="C",
                         low=1, high=3640, words={"never": math.inf}, moves="practice_cost -", given=_ON)
    length: float = param(1.0, "hours", "Length of a meeting", source="massey2007", grade="C", low=0, high=8, moves="practice_cost +",
                          given=_ON)
    who: float = param(0.25, "share", "Share of the marketers who come", source="assumed", grade="C", low=0, high=1,
                       moves="practice_cost +", given=_ON)
    bandwidth: float = param(6.0, "items per hour", "Observations that marketers get to hear in an hour", source="assumed", grade="C",
                             low=0, high=1000, moves="intel_used_share +", given=_ON)
    speaks: bool = param(True, "flag", "Whether they are asked to speak as well", source="fisher1997", grade="C",
                         moves="sales_need_error ?", given=_ON)
    pooling: bool = param(True, "flag", "Whether, where they speak, what was tracked about leads' ages is pooled as in a meeting of both",
                          source="assumed", grade="C", moves="revenue ?", given=_ON)


class Attending(Regular):
    """Marketers sit in sales' meetings."""

    name = "sales_meetings"
    sections = (SalesMeetings,)
    reads = ("notes.*", "insight.*", "reps.*", "marketers.stereotype", "segments.marketer")
    writes = ("notes.sent", "insight.*", *TOLD, "reps.*", "marketers.away",
              "marketers.items_told", "marketers.items_heard", "today.*")
    costs = "hours of the marketers who come"
    moves = "information: reps are heard where they speak anyway, and hear; contact between the two sides"
    through = {
        "information": ("notes.sent", "insight.*", *TOLD, "reps.horizon", *POOLED),
        "trust": CONTACT,
    }

    def tune(self, day: int) -> None:
        """Who comes."""
        if self.before is None:
            begin_tracking(self.world.reps)
        self.p, of = self.scenario.of(SalesMeetings), self.scenario.of
        self.market, self.ahead = of(Market).row(), of(Horizon).ahead
        self.guests = math.ceil(self.p.who * len(self.world.marketers))
        self.items = math.floor(self.p.bandwidth * self.p.length + 1e-9)

    def morning(self, day: int) -> None:
        """Sit in."""
        world, guests = self.world, self.world.marketers[: self.guests]
        take_hours(world, "marketers", self.p.length, slice(self.guests))
        if self.guests:
            since = counted_since(self.scenario, day)
            guests["items_heard"] += launch(pass_up, world.rows, self.market, (0, len(world.reps)), self.items, since, day)
            if self.p.speaks:
                guests["items_told"] += launch(pass_down, world.rows, len(world.reps), day + self.ahead)
                if self.p.pooling:
                    pool(world.reps[:])
