"""Marketing and sales fall out with each other, and come to terms (M24).

Disputes about a price, a budget and leads arise at rates λ·share·(1 + a·m), m from 0 to 1 being how far apart the two are in that
matter; each lasts an exponential time of mean 1/μ unless somebody settles it before. With a = 0 the number open is that of M/M/∞ (case
14): Poisson of mean (λ/μ)(1 − e^{−μt}). How far apart they are is read off states: a price is set by one side and sold by the other (1)
or by both (0); a budget: 1 − T, T the reps' trust in marketing's leads; leads: 1 − T'·C, T' marketing's trust that sales works them, C
how clear it is who does what. Pay is no part of it: shared pay left conflict where it was (Le Meunier-FitzHugh, Massey & Piercy 2011),
and acts through trust if at all.

What an open dispute does: each of the two people in it loses hours; a price holds up one opportunity; a budget freezes one channel; a
rep in a dispute about leads calls none. Nothing else.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from smsim.core.contracts import Mechanism, Phase
from smsim.core.kernel import inner, kernel, launch
from smsim.core.kpi import Kpi
from smsim.core.luck import exponential, luck
from smsim.core.section import Section, param
from smsim.mechanisms.prices import dispute_a_price, hold_up
from smsim.world.company import Company
from smsim.world.disputes import BUDGET, LEADS, PRICE

_ON = {"culture.conflicts.rate": "0.5 per week"}
_KINDS = ("price", "budget", "leads")
#: Times of two disputes of a kind on one day are told apart by their number.
_A_DAY = 64


class Conflicts(Section, at="culture.conflicts"):
    """How often the two fall out, and what it does."""

    rate: float = param(0.0, "per week", "Disputes that arise where the two are at one in everything (λ); .1 is the evidence's base",
                        source="dawes2005", grade="C", low=0, high=20, words={"never": 0.0}, moves="conflicts_open +", given=_ON)
    slope: float = param(2.0, "times", "How much more often they arise where the two are as far apart as can be (a)", source="dawes2005",
                         grade="C", low=0, high=20, moves="conflicts_open +", given=_ON)
    lasts: float = param(42.0, "days", "Mean time until the two come to terms by themselves (1/μ)", source="dawes2005", grade="C", low=0.1,
                         high=3640, moves="conflicts_open +", given=_ON)
    hours: float = param(2.0, "hours", "What an open dispute takes of a week of each of the two people in it", source="assumed", grade="C",
                         low=0, high=40, moves="conflict_hours +", given=_ON)
    about: dict[str, float] = param(lambda: {"price": 1 / 3, "budget": 1 / 3, "leads": 1 / 3}, "shares", "What disputes are about",
                                    source="assumed", grade="C", choices=_KINDS, moves="conflict_hours ?", given=_ON)
    price: str = param("together", "word", "Who sets the price that sales has to ask: both together, or marketing apart",
                       source="assumed", grade="C", choices=("together", "apart"), moves="conflicts_open +", given=_ON)


class Conflict(Mechanism):
    """Disputes arise, cost hours, hold things up, and end."""

    name = "conflict"
    phase = Phase.MARKET
    sections = (Conflicts,)
    reads = ("disputes.*", "reps.trust", "firm.trust_in_sales", "firm.clarity", "leads.*", "deals.*")
    writes = ("disputes.*", "leads.*", "deals.*", "channels.frozen", "reps.refuses", "reps.away", "marketers.away")
    streams = ("arises", "apart", "lasts", "which", "rep", "marketer")
    kpis = (
        Kpi("conflicts_open", "count", "Open disputes between marketing and sales", "down", "mean"),
        Kpi("complaints", "count", "Disputes that arose", "down"),
        Kpi("conflict_hours", "hours", "Person-hours that disputes took from both sides", "down"),
    )

    @classmethod
    def is_on(cls, scenario: Any) -> bool:
        """Where the two ever fall out."""
        return bool(scenario.of(Conflicts).rate > 0)

    def tune(self, day: int) -> None:
        """Read how often, and about what."""
        self.p, self.company = self.scenario.of(Conflicts), self.scenario.of(Company)
        self.row = self.p.row()
        shares = np.array([self.p.about.get(kind, 0.0) for kind in _KINDS])
        self.most = self.p.rate / 7.0 * (1.0 + self.p.slope) * shares / shares.sum()
        self.workdays = sum(map(self.company.works_on, range(7)))

    def set_up(self) -> None:
        """Nothing has begun or ended yet."""
        self.moved = True

    def apart(self) -> tuple[float, float, float]:
        """How far apart the two are over prices, budgets and leads: 0 at one, 1 as far as can be."""
        reps, firm = self.world.reps, self.world.firm[0]
        trust = reps.mean("trust") if len(reps) else 1.0
        return float(self.p.price == "apart"), 1.0 - trust, 1.0 - float(firm["trust_in_sales"]) * float(firm["clarity"])

    def day(self, day: int) -> None:
        """End what is settled, begin what arises, take the hours, and freeze what is in dispute."""
        world, disputes, k = self.world, self.world.disputes, self.luck.keys
        ended, coming = launch(settle, world.rows, disputes.rows, k, self.most, day)
        arisen = 0
        if coming:
            self._make_room(coming)
            arisen = launch(arise, world.rows, disputes.rows, self.row, k, (self.most, self.apart()), day)
        hours = self.p.hours / self.workdays if self.company.works_on(day) else 0.0
        if self.moved or ended or arisen:
            self._freeze()
        self.open, reps, marketers = launch(live_with, world.rows, disputes.rows, hours, day)
        self.arisen, self.hours = float(arisen), hours * reps + hours * marketers

    def _make_room(self, coming: int) -> None:
        """Rows for so many disputes more."""
        disputes = self.world.disputes
        needed = int(np.add.reduce(disputes["open"])) + coming
        if needed > len(disputes):
            disputes.grow(2 * needed)

    def _freeze(self) -> None:
        """What is in dispute stands still: channels are not used, reps call no leads."""
        launch(freeze, self.world.rows, self.world.disputes.rows)
        self.moved = False

    def stop(self) -> None:
        """Everybody makes peace."""
        self.world.disputes["until"] = np.minimum(self.world.disputes["until"], 0.0)
        launch(settle, self.world.rows, self.world.disputes.rows, self.luck.keys, self.most, 0)
        self._freeze()

    def tallies(self) -> Mapping[str, float]:
        """What is open at midnight, what arose, what it took."""
        return {"conflicts_open": float(self.open), "complaints": self.arisen, "conflict_hours": self.hours}


@kernel
def settle(w: Any, disputes: Any, keys: Any, most: Any, day: Any) -> Any:
    """What is settled ends. Returns how many end, and how many would arise today at the highest rates there can be."""
    ended, coming = 0, 0
    for row in range(len(disputes)):
        dispute = disputes[row]
        if dispute.open == 1 and dispute.until <= day:
            dispute.open = 0
            ended += 1
            if dispute.kind == PRICE and dispute.subject >= 0:
                hold_up(w, dispute.subject, dispute.identity, max(dispute.due, float(day)))
    for kind in range(len(most)):
        at, number = wait(keys[0].arises, most[kind], kind, day, 0), 0
        while at < 1.0 and number < _A_DAY:
            number += 1
            coming += 1
            at += wait(keys[0].arises, most[kind], kind, day, number)
    return ended, coming


@inner
def wait(key: Any, most: Any, kind: Any, day: Any, number: Any) -> Any:
    """Days until the next dispute of a kind at the highest rate there can be."""
    return exponential(key, kind, day * _A_DAY + number) / most if most > 0.0 else math.inf


@kernel
def arise(w: Any, disputes: Any, p: Any, keys: Any, rates: Any, day: Any) -> Any:
    """A Poisson process at the highest rate there can be, thinned: who is less apart has some of the same disputes, and no others."""
    most, apart = rates
    arisen = 0
    for kind in range(len(most)):
        at, number = wait(keys[0].arises, most[kind], kind, day, 0), 0
        chance = (1.0 + p[0].slope * apart[kind]) / (1.0 + p[0].slope)
        while at < 1.0 and number < _A_DAY:
            when = day * _A_DAY + number
            if luck(keys[0].apart, kind, when) < chance:
                begin(w, disputes, p[0], keys[0], kind, day + at, when)
                arisen += 1
            number += 1
            at += wait(keys[0].arises, most[kind], kind, day, number)
    return arisen


@inner
def begin(w: Any, disputes: Any, p: Any, k: Any, kind: Any, at: Any, when: Any) -> Any:
    """A dispute begins, about something and between two people; there is room for it."""
    row = 0
    while disputes[row].open == 1:
        row += 1
    dispute = disputes[row]
    dispute.open, dispute.kind, dispute.began, dispute.subject = 1, kind, at, -1
    dispute.until = at + p.lasts * exponential(k.lasts, kind, when)
    dispute.rep = one_of(len(w.reps), luck(k.rep, kind, when))
    dispute.marketer = one_of(len(w.marketers), luck(k.marketer, kind, when))
    if kind == BUDGET:
        dispute.subject = one_of(len(w.channels), luck(k.which, kind, when))
    elif kind == PRICE:
        dispute_a_price(w, disputes, dispute, k.which, when)


@inner
def one_of(count: Any, u: Any) -> Any:
    """One of so many; −1 where there is none."""
    return min(int(u * count), count - 1)


@kernel
def live_with(w: Any, disputes: Any, hours: Any, day: Any) -> Any:
    """Whoever is in a dispute loses hours. Returns how many are open at midnight, and how many reps and marketers lost hours."""
    still, reps, marketers = 0, 0, 0
    for row in range(len(disputes)):
        dispute = disputes[row]
        if dispute.open == 0:
            continue
        still += 1 if dispute.until > day + 1 else 0
        if dispute.rep >= 0:
            w.reps[dispute.rep].away += hours
            reps += 1
        if dispute.marketer >= 0:
            w.marketers[dispute.marketer].away += hours
            marketers += 1
    return still, reps, marketers


@kernel
def freeze(w: Any, disputes: Any) -> Any:
    """Channels whose budget is in dispute are not used; reps in a dispute about leads call none."""
    for channel in range(len(w.channels)):
        w.channels[channel].frozen = 0
    for r in range(len(w.reps)):
        w.reps[r].refuses = 0
    for row in range(len(disputes)):
        one = disputes[row]
        if one.open == 1 and one.kind == BUDGET and one.subject >= 0:
            w.channels[one.subject].frozen = 1
        elif one.open == 1 and one.kind == LEADS and one.rep >= 0:
            w.reps[one.rep].refuses = 1
