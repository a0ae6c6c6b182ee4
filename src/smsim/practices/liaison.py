"""One person carries word between the two sides (002.16, 002.17; M25).

His salary buys hours, and an item takes .2 of them. A share of his time goes upwards: on each working morning he asks reps what they
have seen, the oldest first, as it has piled up: what he does not get to waits, and that wait is the delay. The rest goes downwards: he
tells one rep after the other what marketing believes of one segment after the other, and what it sees coming. Being asked costs a rep
minutes. Word that somebody else carries is no contact: stereotypes stay, and weigh.

Homburg, Jensen & Krohmer 2008 (structural linkages); that he more than doubles reports and cuts their delay from three weeks to one is
a band to compare with, not an input.
"""

from __future__ import annotations

import math
from typing import Any

from smsim.core.calendar import Rhythm
from smsim.core.contracts import Practice
from smsim.core.kernel import inner, kernel, launch
from smsim.core.section import Section, param
from smsim.mechanisms.exchange import counted_since, doubted, report, taken, tell
from smsim.mechanisms.hours import take_money, tell_hours
from smsim.mechanisms.market import Horizon
from smsim.mechanisms.pay import per_hour
from smsim.world.market import RING, Market

_ON = {"practices.liaison.hours": "5 hours"}


class LiaisonWork(Section, at="practices.liaison"):
    """A liaison."""

    hours: float = param(0.0, "hours", "What is bought of a liaison's time, a week; `at once` for none", source="homburg2008", grade="C",
                         low=0, high=400, moves="practice_cost +", given=_ON)
    salary: float = param(6_000.0, "money per month", "Salary of a liaison who works 40 hours a week", source="assumed", grade="C", low=0,
                          high=1e9, moves="practice_cost +", given=_ON)
    item: float = param(0.2, "hours", "His time to hear and pass on one item", source="kishore2013", grade="C", low=0.01, high=8,
                        moves="intel_used_share -", given={"practices.liaison.hours": "1 hour"})
    asking: float = param(0.05, "hours", "A rep's time to tell him one", source="assumed", grade="C", low=0, high=8,
                          moves="practice_cost +", given=_ON)
    down: float = param(0.5, "share", "Share of his time in which he tells reps what marketing knows", source="assumed", grade="C", low=0,
                        high=1, moves="intel_used_share -", given={"practices.liaison.hours": "1 hour"})


class Liaising(Practice):
    """Somebody goes to and fro."""

    name = "liaison"
    sections = (LiaisonWork,)
    reads = ("notes.*", "insight.*", "reps.*", "marketers.stereotype", "segments.marketer")
    writes = ("notes.sent", "insight.*", "rep_insight.heard", "rep_insight.heard_var", "reps.horizon", "reps.away", "today.*")
    costs = "the money for his hours; minutes of the reps he asks"
    moves = "information (up, down), as fast as his queue moves"
    through = {"information": ("notes.sent", "insight.*", "rep_insight.heard", "rep_insight.heard_var", "reps.horizon")}

    @classmethod
    def is_on(cls, scenario: Any) -> bool:
        """Where any of his time is bought."""
        return bool(scenario.of(LiaisonWork).hours > 0)

    def rhythm(self) -> Rhythm:
        """Every working morning."""
        return Rhythm(1)

    def set_up(self) -> None:
        """He has begun nothing, and starts with the first rep and segment."""
        self.begun, self.next = (0.0, 0.0), 0

    def tune(self, day: int) -> None:
        """What a day of his brings and costs."""
        self.p, of = self.scenario.of(LiaisonWork), self.scenario.of
        self.market, self.ahead = of(Market).row(), of(Horizon).ahead
        self.money = self.p.hours / 5 * per_hour(self.p.salary)
        items = self.p.hours / 5 / self.p.item
        self.daily = (items * (1 - self.p.down), items * self.p.down)

    def morning(self, day: int) -> None:
        """Hear some, tell some; an item that does not get done today is begun."""
        take_money(self.world, self.money)
        could = (self.begun[0] + self.daily[0], self.begun[1] + self.daily[1])
        up, down = (math.floor(items + 1e-9) for items in could)
        self.begun = (could[0] - up, could[1] - down)
        since = counted_since(self.scenario, day)
        heard = launch(carry_up, self.world.rows, self.market, up, self.p.asking, since, day)
        tell_hours(self.world, "reps", heard * self.p.asking)
        launch(carry_down, self.world.rows, self.next, down, day + self.ahead)
        self.next += down


@kernel
def carry_up(w: Any, market: Any, items: Any, asking: Any, since: Any, day: Any) -> Any:
    """Up to so many observations reach marketing, the oldest first. Returns how many."""
    for item in range(items):
        n = oldest(w, day)
        if n < 0:
            return item
        report(w, n, doubted(w, w.notes[n].segment), market, since, day)
        w.reps[n // RING].away += asking
    return items


@inner
def oldest(w: Any, day: Any) -> Any:
    """The observation that has waited longest; -1 where none waits, or the rep is not there."""
    first = -1
    for n in range(len(w.notes)):
        if w.notes[n].sent == 0 and (first < 0 or w.notes[n].day < w.notes[first].day) and w.reps[n // RING].back <= day:
            first = n
    return first


@kernel
def carry_down(w: Any, start: Any, items: Any, horizon: Any) -> Any:
    """Reps are told of segments, in turn."""
    pairs = len(w.reps) * len(w.segments)
    for item in range(min(items, pairs)):
        at = (start + item) % pairs
        r, s = at // len(w.segments), at % len(w.segments)
        rep = w.reps[r]
        rep.horizon = max(rep.horizon, float(horizon))
        tell(w, r, s, taken(rep, w.insight[s].var))
