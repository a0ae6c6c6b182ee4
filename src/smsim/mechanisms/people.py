"""Reps differ, learn the job, leave, and are replaced late (M35).

A rep's talent is lognormal with mean 1 and spread σ; a newcomer has a share of it that grows along a logistic curve to 95% at the end of
the ramp. Skill is talent times that share, and acts on time: calls and meetings take 1/skill of the usual hours. Each day a rep leaves with
chance 1 − e^{−q/364}; after a vacancy somebody starts who knows nothing yet. What the one who left was working on waits for the
successor, or goes to colleagues. Those who are there on the first day know the job.
"""

from __future__ import annotations

import math
from typing import Any

from smsim.core.contracts import Mechanism, Phase
from smsim.core.kernel import inner, kernel, launch
from smsim.core.luck import luck, normal
from smsim.core.section import Section, param
from smsim.world.company import Culture
from smsim.world.lists import delist, enlist

_QUITS = {"company.people.quits": "3 per year", "company.people.vacancy": "4 weeks"}


class People(Section, at="company.people"):
    """How reps differ, and how long they stay."""

    spread: float = param(0.0, "sd", "Spread of talent between reps, as the standard deviation of its logarithm (σ)", source="cso2011",
                          grade="B", low=0, high=2, moves="selling_hours ?", given={"company.people.spread": "0.5"})
    ramp: float = param(0.0, "weeks", "Time until a newcomer is worth 95% of what he will be", source="bridge2024", grade="B", low=0,
                        high=520, moves="deals_won -", given=_QUITS | {"company.people.ramp": "22 weeks"})
    quits: float = param(0.0, "per year", "How often a rep leaves", source="depaul", grade="B", low=0, high=12, moves="selling_hours -",
                         given=_QUITS)
    vacancy: float = param(17.0, "weeks", "Time until a successor starts", source="depaul", grade="B", low=0, high=520,
                           moves="selling_hours -", given=_QUITS)
    handover: str = param("wait", "word", "What becomes of the leads and deals of a rep who leaves: they wait for the successor, or go "
                          "to colleagues", source="assumed", grade="C", choices=("wait", "colleagues"), moves="revenue ?", given=_QUITS)


class Staffing(Mechanism):
    """Reps leave and start, and get better."""

    name = "people"
    phase = Phase.MARKET
    sections = (People, Culture)
    reads = ("reps.*", "leads.*", "queues.*", "deals.*")
    writes = ("reps.*", "leads.*", "queues.*", "deals.*")
    streams = ("talent", "quit")

    @classmethod
    def is_on(cls, scenario: Any) -> bool:
        """Where they differ or leave."""
        people = scenario.of(People)
        return bool(people.spread > 0 or people.quits > 0)

    def set_up(self) -> None:
        """Everybody has a talent of their own."""
        launch(give_talents, self.world.reps.rows, self.luck.keys, self.scenario.of(People).spread)

    def tune(self, day: int) -> None:
        """Read how they differ and how long they stay; talents are drawn anew, with the same luck, where their spread changes."""
        self.p, self.trust = self.scenario.of(People).row(), self.scenario.of(Culture).trust
        if self.before is not None and self.is_new("company.people.spread"):
            launch(give_talents, self.world.reps.rows, self.luck.keys, self.scenario.of(People).spread)

    def day(self, day: int) -> None:
        """Who leaves, who starts, who has got better."""
        launch(staff, self.world.rows, self.p, self.luck.keys, self.trust, day)

    def stop(self) -> None:
        """Reps are alike again, and all there."""
        self.world.reps["skill"], self.world.reps["back"] = 1.0, -1.0


@kernel
def talent(key: Any, r: Any, hires: Any, spread: Any) -> Any:
    """How fast somebody can become, against the average rep."""
    return math.exp(spread * normal(key, r, hires) - 0.5 * spread * spread)


@kernel
def give_talents(reps: Any, keys: Any, spread: Any) -> Any:
    """Draw what every rep is made of."""
    for r in range(len(reps)):
        reps[r].talent = talent(keys[0].talent, r, reps[r].hires, spread)


@kernel
def learned(days: Any, ramp: Any) -> Any:
    """The share of his talent that a rep has at hand after so many days; `ramp` is in weeks."""
    if ramp <= 0.0:
        return 1.0
    half = 3.5 * ramp
    return 1.0 / (1.0 + math.exp(-(days - half) / half * math.log(19.0)))


@kernel
def staff(w: Any, p: Any, keys: Any, trust: Any, day: Any) -> Any:
    """One day of leaving, starting and learning."""
    chance = 1.0 - math.exp(-p[0].quits / 364.0)
    for r in range(len(w.reps)):
        rep = w.reps[r]
        if rep.back > day:
            if p[0].handover == 1:
                hand_over(w, w.queues, r, day)
                hand_over(w, w.deals, r, day)
            continue
        if rep.back == day:
            start_anew(rep, keys, trust, r, p[0].spread, day)
        elif luck(keys[0].quit, r, day) < chance:
            rep.back = float(day + max(1, math.ceil(7.0 * p[0].vacancy)))
        rep.skill = rep.talent * learned(day - rep.hired, p[0].ramp)


@inner
def start_anew(rep: Any, keys: Any, trust: Any, r: Any, spread: Any, day: Any) -> Any:
    """A newcomer has a talent of his own and no experience of the leads here."""
    rep.hires += 1
    rep.talent = talent(keys[0].talent, r, rep.hires, spread)
    rep.hired, rep.mood, rep.trust, rep.sure_fresh = float(day), 0.0, trust, 0.5
    rep.carry, rep.horizon = 0.0, -1.0
    rep.fresh_good, rep.fresh_bad, rep.stale_good, rep.stale_bad = 0.0, 0.0, 0.0, 0.0
    rep.lead_good, rep.lead_bad, rep.own_good, rep.own_bad = 0.0, 0.0, 0.0, 0.0


@inner
def hand_over(w: Any, lists: Any, r: Any, day: Any) -> Any:
    """Whatever waits for a rep who is not there goes to his colleagues in turn; with nobody there it waits."""
    other = r
    while lists[r].head >= 0:
        other = next_present(w.reps, other, r, day)
        if other == r:
            return
        row = lists[r].head
        delist(w.leads, row, lists[r])
        w.leads[row].rep = other
        enlist(w.leads, row, lists[other])


@inner
def next_present(reps: Any, after: Any, r: Any, day: Any) -> Any:
    """The next rep in turn who is there; `r` if nobody is."""
    for step in range(1, len(reps) + 1):
        other = (after + step) % len(reps)
        if other != r and reps[other].back <= day:
            return other
    return r
