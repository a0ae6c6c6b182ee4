"""Marketing serves sales as its customer: what reps want to know before they see somebody is answered (003.13, 003.17).

On the working morning on which a rep has a first meeting with a customer he asks marketing about that segment. The marketer who writes
to it answers, as long as the hours last that he keeps for this: the rep then has marketing's present view of that segment, with the
variance of his trust and his stereotype, in time for the design. Who comes too late in the day is not served. Question and answer count
as contact, if the answer was new.

No result and no trust is given: trust follows from leads, as always. Material for customers is another practice.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from smsim.core.calendar import Rhythm
from smsim.core.contracts import Practice
from smsim.core.kernel import inner, kernel, launch
from smsim.core.section import Section, param
from smsim.mechanisms.exchange import CONTACT, taken, tell
from smsim.mechanisms.hours import tell_hours
from smsim.mechanisms.market import Horizon

_ON = {"practices.service.hours": "5 hours"}


class Serving(Section, at="practices.service"):
    """Marketing at the service of sales."""

    hours: float = param(0.0, "hours", "What each marketer keeps for reps' questions, a week; `at once` for nothing", source="assumed",
                         grade="C", low=0, high=40, moves="requests_served_share +", given={"practices.service.hours": "1 hour"})
    answer: float = param(0.5, "hours", "A marketer's time for one answer", source="assumed", grade="C", low=0.01, high=8,
                          moves="practice_cost +", given=_ON)


class Service(Practice):
    """Reps ask, marketing answers."""

    name = "service"
    sections = (Serving,)
    reads = ("deals.head", "leads.*", "customers.segment", "segments.marketer", "insight.*", "reps.*")
    writes = ("rep_insight.heard", "rep_insight.heard_var", "reps.horizon", "reps.requests", "reps.served", "marketers.away", *CONTACT,
              "today.*")
    costs = "hours of the marketers who answer"
    moves = "information: marketing's view when it is needed; contact between the two sides"
    through = {"information": ("rep_insight.heard", "rep_insight.heard_var", "reps.horizon"), "trust": CONTACT}

    @classmethod
    def is_on(cls, scenario: Any) -> bool:
        """Where any time is kept for it."""
        return bool(scenario.of(Serving).hours > 0)

    def rhythm(self) -> Rhythm:
        """Every working morning."""
        return Rhythm(1)

    def set_up(self) -> None:
        """Nobody has asked."""
        self.left, self.asked_until = np.zeros(max(1, len(self.world.marketers))), -1

    def tune(self, day: int) -> None:
        """What is kept, and what it costs."""
        self.p, of = self.scenario.of(Serving), self.scenario.of
        self.ahead = of(Horizon).ahead
        self.left[:] = 0.0
        self.asked_until = max(self.asked_until, day)

    def morning(self, day: int) -> None:
        """Ask and answer; hours kept and not used are saved for a day."""
        daily = self.p.hours / 5
        self.left[:] = np.minimum(self.left + daily, max(2 * daily, self.p.answer))
        if len(self.world.marketers):
            span = (float(self.asked_until), day + 1.0)
            answers = launch(ask_and_answer, self.world.rows, self.left, self.p.answer, span, day + self.ahead, day)
            tell_hours(self.world, "marketers", answers * self.p.answer)
        self.asked_until = day + 1


@kernel
def ask_and_answer(w: Any, left: Any, hours: Any, span: Any, horizon: Any, day: Any) -> Any:
    """Every rep asks about the customers he sees for the first time in `span`; who asks first changes daily. Returns the answers."""
    answers = 0
    for step in range(len(w.reps)):
        r = (day + step) % len(w.reps)
        row = w.deals[r].head if w.reps[r].back <= day else -1
        while row >= 0 and w.leads[row].due < span[1]:
            lead = w.leads[row]
            if lead.meetings == 0 and lead.due >= span[0]:
                answers += ask(w, left, hours, r, w.customers[lead.customer].segment, horizon)
            row = lead.after
    return answers


@inner
def ask(w: Any, left: Any, hours: Any, r: Any, s: Any, horizon: Any) -> Any:
    """One question about a segment; returns 1 if it is answered."""
    rep, m = w.reps[r], w.segments[s].marketer
    rep.requests += 1
    w.today[0].requests += 1
    if left[m] < hours:
        return 0
    left[m] -= hours
    marketer = w.marketers[m]
    marketer.away += hours
    rep.served += 1
    w.today[0].served += 1
    rep.horizon = max(rep.horizon, float(horizon))
    new = tell(w, r, s, taken(rep, w.insight[s].var))
    rep.items_told += new
    rep.items_heard += new
    marketer.items_told += new
    marketer.items_heard += new
    return 1
