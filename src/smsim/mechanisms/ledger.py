"""Marketing keeps a ledger: who asked, what was worked, and as far as it is told what became of its leads (M23, M27).

Every week, a week being the last seven days: inquiries by segment and band of the score; leads put down to each channel, those whose
channel is on record and a share μ of them anywhere; leads passed on and worked within a week. Told by sales, if at all: which leads were
good (became opportunities) or bad (called in vain, or rejected), and what was won. Counts fade to φ a week. Where the loop is closed by a
CRM, sales' news is so many days old; where it is closed in meetings, it comes with the next two-way meeting.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smsim.core.contracts import Mechanism, Phase
from smsim.core.kernel import inner, kernel, launch
from smsim.core.luck import luck
from smsim.core.section import Section, param
from smsim.mechanisms.pay import paid_for
from smsim.world.leads import FREE, FROM_MARKETING
from smsim.world.ledger import BANDS, Books, Credits, Ledger
from smsim.world.outcomes import Outcome
from smsim.world.people import FOLLOW_UP_RING

_PAID = {"incentives.marketers.revenue": "100%"}
_TOLD = _PAID | {"crm.closed_loop": "yes"}
_BELOW, _REJECTED, _WON = int(Outcome.BELOW_THRESHOLD), int(Outcome.REJECTED), int(Outcome.WON)
_TELLS = ("no", "meetings", "yes")
_NO = _TELLS.index("no")


class Crm(Section, at="crm"):
    """What marketing learns of what became of its leads."""

    closed_loop: str = param("no", "word", "Whether marketing is told what became of each lead: no; at two-way meetings; or yes, by a CRM",
                             source="lewis2015", grade="C", choices=_TELLS, moves="leads ?", given=_PAID)
    lag: float = param(14.0, "days", "How old what marketing is told of leads is at least", source="assumed", grade="C", low=0, high=364,
                       moves="leads ?", given=_TOLD)
    misattributed: float = param(0.0, "share", "Share of the leads on record that are put down to a wrong channel", source="lewis2015",
                                 grade="C", low=0, high=1, moves="leads ?", given=_PAID)
    memory: float = param(0.97, "share", "What a count on record still weighs after a week (φ)", source="assumed", grade="C", low=0.5,
                          high=1, moves="leads ?", given=_TOLD)


class BookKeeping(Mechanism):
    """Where marketers are paid for figures: Sundays, the week is written down."""

    name = "ledger"
    phase = Phase.LEARNING
    sections = (Crm,)
    reads = ("log.*", "leads.*", "follow_up.*", "customers.segment", "firm.told", "firm.told_by_tool", "firm.cleared",
             "firm.logged", "reps.logging")
    writes = ("ledger.*", "credits.*", "books.*")
    streams = ("wrong", "which", "logged")

    @classmethod
    def is_on(cls, scenario: Any) -> bool:
        """Where marketers are paid for something that depends on what they decide."""
        return bool(paid_for(scenario))

    def set_up(self) -> None:
        """An empty ledger; what has ended before today is not in it."""
        world = self.world
        self.ledger = world.ledger = Ledger(len(world.segments) * BANDS)
        self.credits = world.credits = Credits(len(world.channels))
        self.books = world.books = Books(1)
        self.seen, self.born, self.worked = int(world.firm["logged"][0]), 0, 0
        self.untold: list[tuple[int, NDArray[Any], NDArray[Any]]] = []

    def tune(self, day: int) -> None:
        """Read who tells, how late, and how much is put down wrongly."""
        self.p = self.scenario.of(Crm)
        self.row = self.p.row()

    def day(self, day: int) -> None:
        """Look at the leads that are now a week old; on Sundays write the week down."""
        cohort = self.world.follow_up[(day - 8) % FOLLOW_UP_RING]
        self.born, self.worked = self.born + int(cohort["born"]), self.worked + int(cohort["worked"])
        if day % 7 == 6:
            for table in (self.ledger, self.credits, self.books):
                table[:].view("f8")[:] *= self.p.memory
            self._write_down(day)
            self._hear(day)
            self._note_follow_up()

    def _write_down(self, day: int) -> None:
        """Who asked this week, through which channel by the record, and what sales knows of it."""
        news, credit = np.zeros_like(self.ledger.rows), np.zeros_like(self.credits.rows)
        told = launch(write_down, self.world.rows, news, credit, self.row, self.luck.keys, self.seen, day)
        self.seen = int(self.world.firm[0]["logged"])
        self.books[0]["weeks"] += 1.0
        self.ledger["asked"] += news["asked"]
        self.credits["leads"] += credit["leads"]
        if told:
            self.untold.append((day, news, credit))

    def _hear(self, day: int) -> None:
        """What is old enough, and has been talked about, is told."""
        until = float(self.world.firm["told"][0]) if self.p.closed_loop == "meetings" else math.inf
        while self.untold and self.untold[0][0] + self.p.lag <= min(day, until):
            _, news, credit = self.untold.pop(0)
            for column in ("good", "bad", "won"):
                self.ledger[column] += news[column]
            self.credits["good"] += credit["good"]

    def _note_follow_up(self) -> None:
        """How many leads of a week were worked within a week."""
        if self.born > 0:
            x, y = math.log(self.born), math.log(max(self.worked, 0.5))
            launch(note_week, self.books.rows, (float(self.born), float(self.worked), x, y))
        self.born = self.worked = 0


@kernel
def note_week(books: Any, week: Any) -> Any:
    """The leads of a week, those of them that were worked, and the logarithms of both go into the books."""
    row, (born, worked, x, y) = books[0], week
    row.cohorts += 1.0
    row.passed += born
    row.worked += worked
    row.x += x
    row.y += y
    row.xx += x * x
    row.xy += x * y


@kernel
def write_down(w: Any, news: Any, credit: Any, p: Any, keys: Any, seen: Any, day: Any) -> Any:
    """Marketing's leads that have ended since the last time, then all live ones; returns of how many it will be told."""
    told = 0
    for n in range(seen, int(w.firm[0].logged)):
        if w.log[n].source == FROM_MARKETING:
            told += note(w, news, credit, p[0], keys[0], w.log[n], w.log[n].first_touch, w.log[n].outcome, day)
    for n in range(len(w.leads)):
        if w.leads[n].state != FREE and w.leads[n].source == FROM_MARKETING:
            told += note(w, news, credit, p[0], keys[0], w.leads[n], w.leads[n].touched, 0, day)
    return told


@inner
def note(w: Any, news: Any, credit: Any, p: Any, k: Any, lead: Any, touched: Any, outcome: Any, day: Any) -> Any:
    """One lead: whether it asked this week; and, if marketing is told of it in the end, whether it became good, bad or won this week."""
    cell = news[int(w.customers[lead.customer].segment) * BANDS + min(int(lead.score * BANDS), BANDS - 1)]
    channel, passed = on_record(w, p, k, lead), outcome != _BELOW
    if lead.created >= day - 6.0:
        cell.asked += 1.0
        if passed and 0 <= channel < len(credit):
            credit[channel].leads += 1.0
    if not is_kept(w, p, k, lead):
        return 0
    if lead.qualified >= day - 6.0 and lead.qualified < day + 1:
        cell.good += 1.0
        if 0 <= channel < len(credit):
            credit[channel].good += 1.0
    if outcome > 0 and passed and math.isnan(lead.qualified) and (outcome == _REJECTED or not math.isnan(touched)):
        cell.bad += 1.0
    if outcome == _WON:
        cell.won += lead.value
    return 1


@inner
def on_record(w: Any, p: Any, k: Any, lead: Any) -> Any:
    """The channel a lead is put down to; -1 where there is none on record."""
    if lead.traced <= 0:
        return -1
    wrong = p.misattributed * (1.0 - w.firm[0].cleared)
    if lead.channel >= 0 and wrong > 0.0 and luck(k.wrong, lead.identity, 0) < wrong:
        return int(luck(k.which, lead.identity, 0) * len(w.channels))
    return int(lead.channel)


@inner
def is_kept(w: Any, p: Any, k: Any, lead: Any) -> Any:
    """Whether marketing is told of a lead in the end: always where sales tells it, else where its rep logs it in a tool that it reads."""
    if p.closed_loop != _NO:
        return True
    return w.firm[0].told_by_tool != 0 and lead.rep >= 0 and luck(k.logged, lead.identity, 0) < w.reps[lead.rep].logging
