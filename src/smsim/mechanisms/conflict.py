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

from collections.abc import Mapping
from typing import Any

import numpy as np

from smsim.core.contracts import Mechanism, Phase
from smsim.core.kernel import kernel, launch
from smsim.core.kpi import Kpi
from smsim.core.luck import exponential, luck
from smsim.core.section import Section, param
from smsim.world.company import Company
from smsim.world.disputes import BUDGET, LEADS, PRICE
from smsim.world.leads import SELLING
from smsim.world.lists import delist, enlist

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
        self.hours = self.arisen = 0.0
        self._end(day)
        if launch(may_arise, self.luck.keys, self.most, day):
            apart = self.apart()
            for kind in (PRICE, BUDGET, LEADS):
                self._arise(kind, apart[kind], day)
        self._take_hours(day)
        if self.moved:
            self._freeze()
        self.open = int(((self.world.disputes["open"] == 1) & (self.world.disputes["until"] > day + 1)).sum())

    def _end(self, day: int) -> None:
        disputes = self.world.disputes
        for row in np.flatnonzero((disputes["open"] == 1) & (disputes["until"] <= day)):
            dispute = disputes[int(row)]
            dispute["open"], self.moved = 0, True
            if dispute["kind"] == PRICE and dispute["subject"] >= 0:
                launch(hold_up, self.world.rows, int(dispute["subject"]), int(dispute["identity"]), max(float(dispute["due"]), day))

    def _arise(self, kind: int, apart: float, day: int) -> None:
        """A Poisson process at the highest rate there can be, thinned: who is less apart has some of the same disputes, and no others."""
        k, number, at = self.luck.keys[0], 0, 0.0
        chance = (1.0 + self.p.slope * apart) / (1.0 + self.p.slope)
        while self.most[kind] > 0 and number < _A_DAY:
            when = day * _A_DAY + number
            at += exponential(k["arises"], kind, when) / self.most[kind]
            if at >= 1.0:
                break
            if luck(k["apart"], kind, when) < chance:
                self._begin(kind, day + at, when)
            number += 1

    def _begin(self, kind: int, at: float, when: int) -> None:
        disputes, k = self.world.disputes, self.luck.keys[0]
        if disputes["open"].all():
            disputes.grow(2 * len(disputes))
        dispute, self.moved = disputes[int(np.argmin(disputes["open"]))], True
        dispute["open"], dispute["kind"], dispute["began"], self.arisen = 1, kind, at, self.arisen + 1
        dispute["until"] = at + self.p.lasts * exponential(k["lasts"], kind, when)
        dispute["rep"] = one_of(len(self.world.reps), luck(k["rep"], kind, when))
        dispute["marketer"] = one_of(len(self.world.marketers), luck(k["marketer"], kind, when))
        dispute["subject"] = -1
        if kind == BUDGET:
            dispute["subject"] = one_of(len(self.world.channels), luck(k["which"], kind, when))
        elif kind == PRICE:
            self._dispute_a_price(dispute, when)

    def _dispute_a_price(self, dispute: Any, when: int) -> None:
        """One of the opportunities that are not disputed yet: which one goes by luck of its own, not by its place."""
        leads, disputes, key = self.world.leads, self.world.disputes, self.luck.keys[0]["which"]
        disputed = set(disputes["identity"][(disputes["open"] == 1) & (disputes["kind"] == PRICE) & (disputes["subject"] >= 0)].tolist())
        open_ones = [row for row in np.flatnonzero(leads["state"] == SELLING).tolist() if int(leads["identity"][row]) not in disputed]
        if open_ones:
            row = min(open_ones, key=lambda row: float(luck(key, int(leads["identity"][row]), when)))
            lead = leads[row]
            dispute["subject"], dispute["identity"], dispute["due"], dispute["rep"] = row, lead["identity"], lead["due"], lead["rep"]
            launch(hold_up, self.world.rows, row, int(lead["identity"]), max(float(lead["due"]), float(dispute["until"])))

    def _take_hours(self, day: int) -> None:
        disputes = self.world.disputes
        if not self.company.works_on(day) or not disputes["open"].any():
            return
        hours = self.p.hours / self.workdays
        for side in ("rep", "marketer"):
            who = disputes[side][(disputes["open"] == 1) & (disputes[side] >= 0)].tolist()
            away = (self.world.reps if side == "rep" else self.world.marketers)["away"]
            for person in who:
                away[person] += hours
            self.hours += hours * len(who)

    def _freeze(self) -> None:
        """What is in dispute stands still: channels are not used, reps call no leads."""
        disputes, world = self.world.disputes, self.world
        for kind, who, column in ((BUDGET, "subject", world.channels["frozen"]), (LEADS, "rep", world.reps["refuses"])):
            among = disputes[who][(disputes["open"] == 1) & (disputes["kind"] == kind) & (disputes[who] >= 0)]
            column[:] = 0.0
            column[among] = 1.0
        self.moved = False

    def stop(self) -> None:
        """Everybody makes peace."""
        self.world.disputes["until"] = np.minimum(self.world.disputes["until"], 0.0)
        self._end(0)
        self._freeze()

    def tallies(self) -> Mapping[str, float]:
        """What is open at midnight, what arose, what it took."""
        return {"conflicts_open": float(self.open), "complaints": self.arisen, "conflict_hours": self.hours}


def one_of(count: int, u: float) -> int:
    """One of so many; −1 where there is none."""
    return min(int(u * count), count - 1)


@kernel
def may_arise(keys: Any, most: Any, day: Any) -> Any:
    """Whether anything can arise today: at the highest rates there can be, the first of any kind comes before midnight."""
    soonest = 1.0
    for kind in range(len(most)):
        if most[kind] > 0.0:
            soonest = min(soonest, exponential(keys[0].arises, kind, day * _A_DAY) / most[kind])
    return soonest < 1.0


@kernel
def hold_up(w: Any, row: Any, identity: Any, due: Any) -> Any:
    """The next meeting about an opportunity is due then; one that is no longer being sold is left in peace."""
    lead = w.leads[row]
    if lead.state != SELLING or lead.identity != identity:
        return
    delist(w.leads, row, w.deals[lead.rep])
    lead.due = due
    lead.rank = due
    enlist(w.leads, row, w.deals[lead.rep])
