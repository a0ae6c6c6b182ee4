"""Marketing asks reps what customers say; a rep answers if he has time for it (004.2, 004.3; M19, M20).

At a rhythm every rep is asked. He declines where meetings with customers already due take the share `busy` of his day's working hours
or more, and, where pay makes him choose what to report, as often as he leaves an observation unwritten (`reps.share_reported`). Who
answers passes on his freshest observations, a few, and gives the time it takes. Asking costs marketers time whatever comes of it. It
goes one way: it is no contact.

Who was asked and who answered is counted rep by rep (`reps.asked`, `reps.answered`).
"""

from __future__ import annotations

import math
from typing import Any

from smsim.core.contracts import Regular
from smsim.core.kernel import inner, kernel, launch
from smsim.core.luck import luck
from smsim.core.section import Section, param
from smsim.mechanisms.deals import Deals
from smsim.mechanisms.exchange import counted_since, doubted, freshest, report
from smsim.mechanisms.hours import take_hours, tell_hours
from smsim.mechanisms.selling import Selling
from smsim.world.company import Company
from smsim.world.market import Market

_ON = {"practices.requests.every": "1 week"}


class Requests(Section, at="practices.requests"):
    """Marketing's requests for what reps hear."""

    every: float = param(math.inf, "days", "Time from one round of requests to the next", source="assumed", grade="C", low=1, high=3640,
                         words={"never": math.inf}, moves="practice_cost -", given=_ON)
    items: int = param(3, "count", "Observations in an answer at most", source="assumed", grade="C", low=0, high=64,
                       moves="intel_used_share +", given={"practices.requests.every": "4 weeks"})
    hours: float = param(0.2, "hours", "A rep's time to pass on one", source="kishore2013", grade="C", low=0, high=8,
                         moves="practice_cost +", given=_ON)
    asking: float = param(0.1, "hours", "A marketer's time to ask one rep", source="assumed", grade="C", low=0, high=8,
                          moves="practice_cost +", given=_ON)
    busy: float = param(0.5, "share", "Share of his working hours that meetings with customers take on a day on which a rep declines",
                        source="assumed", grade="C", low=0, high=10, moves="requests_answered_share +", given=_ON)


class Requesting(Regular):
    """Marketing asks; sales is busy, or not."""

    name = "requests"
    sections = (Requests,)
    reads = ("deals.head", "leads.*", "notes.*", "reps.*", "marketers.stereotype", "segments.marketer")
    writes = ("notes.sent", "insight.*", "reps.away", "reps.asked", "reps.answered", "marketers.away", "today.*")
    streams = ("willing",)
    costs = "hours of marketers who ask, and of reps who answer"
    moves = "information: observations of those who answer"
    through = {"information": ("notes.sent", "insight.*")}

    def tune(self, day: int) -> None:
        """What it takes to be busy."""
        self.p, of = self.scenario.of(Requests), self.scenario.of
        company, self.market = of(Company), of(Market).row()
        day_hours = (company.closes - company.opens) * 24 * (1 - of(Selling).admin)
        meeting = of(Deals).meeting_hours
        self.most = math.inf if meeting == 0 else self.p.busy * day_hours / meeting

    def morning(self, day: int) -> None:
        """Ask everybody."""
        world = self.world
        if not len(world.marketers):
            return
        take_hours(world, "marketers", self.p.asking * len(world.reps) / len(world.marketers))
        terms = (self.most, float(self.p.hours), int(self.p.items))
        told = launch(ask_all, world.rows, self.market, self.luck.keys, terms, counted_since(self.scenario, day), day)
        tell_hours(world, "reps", told * self.p.hours)


@kernel
def ask_all(w: Any, market: Any, keys: Any, terms: Any, since: Any, day: Any) -> Any:
    """Every rep who is there is asked, and answers or not. Returns how many observations came of it."""
    most, hours, items = terms
    told = 0
    for r in range(len(w.reps)):
        rep = w.reps[r]
        if rep.back > day:
            continue
        rep.asked += 1
        w.today[0].asked += 1
        if meetings_due(w, r, day) < most and luck(keys[0].willing, r, day) < rep.share_reported:
            rep.answered += 1
            w.today[0].answered += 1
            told += answer(w, r, market, hours, items, since, day)
    return told


@inner
def meetings_due(w: Any, r: Any, day: Any) -> Any:
    """How many meetings with customers are due until this evening."""
    row, count = w.deals[r].head, 0
    while row >= 0 and w.leads[row].due < day + 1:
        count += 1
        row = w.leads[row].after
    return count


@inner
def answer(w: Any, r: Any, market: Any, hours: Any, items: Any, since: Any, day: Any) -> Any:
    """A rep passes on what he has seen lately, up to so many items. Returns how many."""
    for item in range(items):
        n = freshest(w, r, r + 1)
        if n < 0:
            return item
        report(w, n, doubted(w, w.notes[n].segment), market, since, day)
        w.reps[r].away += hours
    return items
