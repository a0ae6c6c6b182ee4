"""Each side has a picture of the other that no single lead or report changes; contact softens it (M15, M16).

A stereotype N lies between 0 and 1. It raises the variance with which the other side's words are taken: R becomes R/(1 − N)
(`exchange`), so less is learned from them, more slowly. Each Sunday

    N ← N₀ + (N − N₀)·2^{−1/h},    then    N ← N·(1 − c·min(1, x/n)),    x = 2·min(told, heard):

without contact it goes back to where it began (distance, competition) with a half-life of h weeks; what was told and heard in
person that week softens it, n items as much as a week can. Only what goes both ways counts (half of an exchange is none), and only what
was news to somebody: company without content is no contact. Pay does not come into it.

Homburg et al. 2011; Wieseke et al. 2012; Pettigrew & Tropp 2006.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from smsim.core.calendar import kept
from smsim.core.contracts import Mechanism, Phase
from smsim.core.kernel import inner, kernel, launch
from smsim.core.kpi import Kpi
from smsim.core.section import Section, param

_ON = {"culture.stereotypes": "40%"}
_MET = _ON | {"practices.meetings.every": "1 week"}


class Stereotypes(Section, at="culture"):
    """What each side takes the other for, whoever it is."""

    stereotypes: float = param(0.0, "share", "Stereotype that each side has of the other at the start and without contact (N₀); 0 for "
                               "none", source="homburg2011", grade="C", low=0, high=0.95, moves="stereotype_of_marketing +", given=_MET)
    contact: float = param(0.03, "share", "How much of its stereotype a person loses in a week of full contact (c)", source="pettigrew2006",
                           grade="C", low=0, high=1, moves="stereotype_of_marketing -", span=(0.01, 0.08), given=_MET)
    contact_items: float = param(5.0, "items", "Items told and heard in person in a week that make contact full (n)", source="assumed",
                                 grade="C", low=0.1, high=1000, moves="stereotype_of_marketing +", given=_MET)
    relapse: float = param(364.0, "days", "Time in which half of what contact has softened is back (h)", source="assumed", grade="C",
                           low=1, high=36_400, words={"never": math.inf}, moves="stereotype_of_marketing -", given=_MET)


class Picturing(Mechanism):
    """Pictures of the other side soften with contact, and come back without it."""

    name = "stereotypes"
    phase = Phase.LEARNING
    sections = (Stereotypes,)
    reads = ("reps.hired", "reps.items_told", "reps.items_heard", "marketers.items_told", "marketers.items_heard")
    writes = ("reps.stereotype", "reps.items_told", "reps.items_heard", "marketers.stereotype", "marketers.items_told",
              "marketers.items_heard")
    kpis = (
        Kpi("stereotype_of_marketing", "share", "Stereotype of marketers among the reps", "down", "mean"),
        Kpi("stereotype_of_sales", "share", "Stereotype of reps among the marketers", "down", "mean"),
    )

    @classmethod
    def is_on(cls, scenario: Any) -> bool:
        """Where anybody has one."""
        return bool(scenario.of(Stereotypes).stereotypes > 0)

    def tune(self, day: int) -> None:
        """Everybody begins with the same picture, and anew where that changes."""
        stereotypes = self.scenario.of(Stereotypes)
        self.p, self.keep = stereotypes.row(), kept(stereotypes.relapse)
        if self.is_new("culture.stereotypes"):
            self._lay(stereotypes.stereotypes)

    def _lay(self, start: float) -> None:
        for people in (self.world.reps, self.world.marketers):
            people["stereotype"], people["items_told"], people["items_heard"] = start, 0.0, 0.0
        self._look()

    def _look(self) -> None:
        """What each side takes the other for, in the mean."""
        self.means = {"stereotype_of_marketing": self.world.reps.mean("stereotype"),
                      "stereotype_of_sales": self.world.marketers.mean("stereotype")}

    def stop(self) -> None:
        """Nobody thinks anything of the other side."""
        self._lay(0.0)

    def day(self, day: int) -> None:
        """A newcomer has the usual picture; on Sundays the week's contact is weighed."""
        new = self.world.reps["hired"] == day
        if np.count_nonzero(new):
            self.world.reps["stereotype"][new] = self.p["stereotypes"][0]
            self._look()
        if day % 7 == 6:
            launch(weigh_week, self.world.reps.rows, self.world.marketers.rows, self.p, self.keep)
            self._look()

    def tallies(self) -> Mapping[str, float]:
        """What each side takes the other for; it changes weekly."""
        return self.means


@inner
def softened(stereotype: Any, told: Any, heard: Any, p: Any, keep: Any) -> Any:
    """A stereotype after a week in which so much was told and heard."""
    back = p.stereotypes + (stereotype - p.stereotypes) * keep
    return back * (1.0 - p.contact * min(1.0, 2.0 * min(told, heard) / p.contact_items))


@kernel
def weigh_week(reps: Any, marketers: Any, p: Any, keep: Any) -> Any:
    """Everybody's contact of the week is weighed, and a new week begins."""
    for r in range(len(reps)):
        one = reps[r]
        one.stereotype = softened(one.stereotype, one.items_told, one.items_heard, p[0], keep)
        one.items_told, one.items_heard = 0.0, 0.0
    for m in range(len(marketers)):
        other = marketers[m]
        other.stereotype = softened(other.stereotype, other.items_told, other.items_heard, p[0], keep)
        other.items_told, other.items_heard = 0.0, 0.0
