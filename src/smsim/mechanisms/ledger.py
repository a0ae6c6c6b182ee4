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
#: Columns that live leads and the log share under one name.
_SHARED = ("identity", "created", "qualified", "value", "score", "customer", "channel", "rep", "source", "traced")


class Crm(Section, at="crm"):
    """What marketing learns of what became of its leads."""

    closed_loop: str = param("no", "word", "Whether marketing is told what became of each lead: no; at two-way meetings; or yes, by a CRM",
                             source="lewis2015", grade="C", choices=("no", "meetings", "yes"), moves="leads ?", given=_PAID)
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

    def day(self, day: int) -> None:
        """Look at the leads that are now a week old; on Sundays write the week down."""
        cohort = self.world.follow_up[(day - 8) % FOLLOW_UP_RING]
        self.born, self.worked = self.born + int(cohort["born"]), self.worked + int(cohort["worked"])
        if day % 7 == 6:
            for table in (self.ledger, self.credits, self.books):
                for column in table.fields:
                    table[column] *= self.p.memory
            self._write_down(self._rows(), day)
            self._hear(day)
            self._note_follow_up()

    def _rows(self) -> dict[str, NDArray[Any]]:
        """Marketing's leads that have ended since the last time, and all live ones, as columns of the log."""
        logged, leads = int(self.world.firm["logged"][0]), self.world.leads
        ended, self.seen = self.world.log[self.seen:logged], logged
        past = np.flatnonzero(ended["source"] == FROM_MARKETING)
        live = np.flatnonzero((leads["state"] != FREE) & (leads["source"] == FROM_MARKETING))
        rows = {name: np.concatenate([ended[name][past], leads[name][live]]) for name in _SHARED}
        rows["first_touch"] = np.concatenate([ended["first_touch"][past], leads["touched"][live]])
        rows["outcome"] = np.concatenate([ended["outcome"][past], np.zeros(len(live), ended["outcome"].dtype)])
        return rows

    def _write_down(self, rows: dict[str, NDArray[Any]], day: int) -> None:
        """Who asked this week, through which channel by the record, and what sales knows of it."""
        cell = self.world.customers["segment"][rows["customer"]] * BANDS
        cell += np.minimum((rows["score"] * BANDS).astype("i8"), BANDS - 1)
        channel, since = self._on_record(rows), day - 6.0
        born, passed = rows["created"] >= since, rows["outcome"] != _BELOW
        good = (rows["qualified"] >= since) & (rows["qualified"] < day + 1)
        refused = (rows["outcome"] == _REJECTED) | ~np.isnan(rows["first_touch"])
        bad = (rows["outcome"] > 0) & passed & np.isnan(rows["qualified"]) & refused
        won = np.where(rows["outcome"] == _WON, rows["value"], 0.0)
        self.world.books["weeks"] += 1.0
        self.ledger["asked"] += self._by(cell[born])
        self.credits["leads"] += self._credit(channel[born & passed])
        kept = self._kept(rows)
        good, bad, won = good & kept, bad & kept, won * kept
        news = np.stack([self._by(cell[good]), self._by(cell[bad]), self._by(cell, won)])
        if kept.any():
            self.untold.append((day, news, self._credit(channel[good])))

    def _kept(self, rows: dict[str, NDArray[Any]]) -> NDArray[np.bool_]:
        """Leads of which marketing is told in the end: all where sales tells it, else those that reps log in a tool it reads."""
        if self.p.closed_loop != "no":
            return np.ones(len(rows["identity"]), dtype=bool)
        if not self.world.firm["told_by_tool"][0]:
            return np.zeros(len(rows["identity"]), dtype=bool)
        key, logging = self.luck.keys["logged"][0], self.world.reps["logging"]
        drawn = np.array([luck(key, identity, 0) for identity in rows["identity"].tolist()])
        return np.asarray((rows["rep"] >= 0) & (drawn < logging[rows["rep"]]))

    def _by(self, cell: NDArray[Any], weights: NDArray[Any] | None = None) -> NDArray[Any]:
        return np.bincount(cell, weights, minlength=len(self.ledger))

    def _credit(self, channel: NDArray[Any]) -> NDArray[Any]:
        return np.bincount(channel[channel >= 0], minlength=len(self.credits))[: len(self.credits)]

    def _on_record(self, rows: dict[str, NDArray[Any]]) -> NDArray[Any]:
        """The channel each lead is put down to; -1 where there is none on record."""
        channel = np.where(rows["traced"] > 0, rows["channel"], -1).astype("i8")
        wrong = self.p.misattributed * (1.0 - float(self.world.firm["cleared"][0]))
        if wrong > 0:
            keys, count = self.luck.keys[0], len(self.credits)
            for n in np.flatnonzero(channel >= 0):
                if luck(keys["wrong"], rows["identity"][n], 0) < wrong:
                    channel[n] = int(luck(keys["which"], rows["identity"][n], 0) * count)
        return channel

    def _hear(self, day: int) -> None:
        """What is old enough, and has been talked about, is told."""
        until = float(self.world.firm["told"][0]) if self.p.closed_loop == "meetings" else math.inf
        while self.untold and self.untold[0][0] + self.p.lag <= min(day, until):
            _, (good, bad, won), credit = self.untold.pop(0)
            self.ledger["good"] += good
            self.ledger["bad"] += bad
            self.ledger["won"] += won
            self.credits["good"] += credit

    def _note_follow_up(self) -> None:
        """How many leads of a week were worked within a week."""
        if self.born > 0:
            books, x, y = self.books, math.log(self.born), math.log(max(self.worked, 0.5))
            for column, value in (("cohorts", 1.0), ("passed", self.born), ("worked", self.worked), ("x", x), ("y", y), ("xx", x * x),
                                  ("xy", x * y)):
                books[column] += value
        self.born = self.worked = 0
