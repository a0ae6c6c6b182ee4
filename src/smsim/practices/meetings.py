"""Marketing and sales meet at a rhythm: it costs hours of all present and carries what each side alone can see (M17).

Up: field observations not yet sent, freshest first, as many as the time allows, aged on the way. Down: marketing's view of each
segment, taken with variance P/max(T, .05), and the coming changes it sees. Two-way: what everybody has tracked about leads' ages
since the last time is pooled, so that all learn which leads to call first, and marketing hears what became of its leads.
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


class Meetings(Section, at="practices.meetings"):
    """Regular meetings of marketing and sales."""

    every: float = param(math.inf, "days", "Time from one meeting to the next", source="massey2007", grade="C", low=1, high=3640,
                         words={"never": math.inf}, moves="meeting_hours -", given={"practices.meetings.every": "2 weeks"})
    length: float = param(1.0, "hours", "Length of a meeting", source="massey2007", grade="C", low=0, high=8, moves="meeting_hours +",
                          given={"practices.meetings.every": "2 weeks"})
    direction: str = param("both", "word", "Who tells whom: both, sales up to marketing, marketing down to sales, or nobody (hours only)",
                           source="fisher1997", grade="C", choices=("both", "up", "down", "none"), moves="marketing_need_error ?",
                           given={"practices.meetings.every": "2 weeks"})
    who: float = param(1.0, "share", "Share of the people of both sides who attend", source="massey2007", grade="C", low=0, high=1,
                       moves="meeting_hours +", given={"practices.meetings.every": "2 weeks"})
    bandwidth: float = param(12.0, "items per hour", "Observations that can be passed on in an hour", source="assumed", grade="C", low=0,
                             high=1000, moves="intel_used_share +", given={"practices.meetings.every": "2 weeks"})
    fresh: float = param(28.0, "days", "Age up to which an observation counts as fresh", source="assumed", grade="C", low=0, high=3640,
                         moves="intel_used_share +", given={"practices.meetings.every": "4 weeks"})
    pooling: str = param("yes", "word", "Whether what was tracked about leads' ages is pooled (the closed loop): yes, where both sides "
                         "talk; no; or always, whoever talks", source="assumed", grade="C", choices=("no", "yes", "always"),
                         moves="revenue ?", given={"practices.meetings.every": "2 weeks"})


class Meeting(Regular):
    """Marketing and sales sit together."""

    name = "meetings"
    sections = (Meetings,)
    reads = ("notes.*", "insight.*", "rival_insight.*", "reps.*", "marketers.stereotype", "segments.marketer")
    writes = ("notes.sent", "insight.*", *TOLD, "reps.*", "marketers.away", "marketers.items_told", "marketers.items_heard", "firm.told",
              "today.*")
    costs = "hours of everybody present; marketers' hours are contacts forgone"
    moves = "information (up, down), and with it the rule by which leads are called; contact between the two sides"
    through = {
        "information": ("notes.sent", "insight.*", *TOLD, "reps.horizon", "firm.told", *POOLED),
        "trust": CONTACT,
    }

    def tune(self, day: int) -> None:
        """Who comes; notes on leads' ages are kept from the first day of a rhythm on."""
        if self.before is None:
            begin_tracking(self.world.reps)
        self.p, of = self.scenario.of(Meetings), self.scenario.of
        self.market, self.ahead = of(Market).row(), of(Horizon).ahead
        self.reps = math.ceil(self.p.who * len(self.world.reps))
        self.marketers = math.ceil(self.p.who * len(self.world.marketers))

    def morning(self, day: int) -> None:
        """Meet."""
        for side, present in (("reps", self.reps), ("marketers", self.marketers)):
            take_hours(self.world, side, self.p.length, slice(present))
        self.world.today["meeting_hours"] += self.p.length * (self.reps + self.marketers)
        if self.p.direction in ("both", "up"):
            items = math.floor(self.p.bandwidth * self.p.length + 1e-9)
            since = counted_since(self.scenario, day, self.p.fresh)
            self._count("items_heard", launch(pass_up, self.world.rows, self.market, (0, self.reps), items, since, day))
        if self.p.direction in ("both", "down"):
            self._count("items_told", launch(pass_down, self.world.rows, self.reps, day + self.ahead))
        if self.p.pooling == "always" or (self.p.pooling == "yes" and self.p.direction == "both"):
            pool(self.world.reps[: self.reps])
        if self.p.direction == "both":
            self.world.firm["told"] = day

    def _count(self, column: str, items: int) -> None:
        """Marketers present have told, or heard, so much in person."""
        self.world.marketers[column][: self.marketers] += items
