"""Candidates: how each lever stands. What a candidate costs is known before it is played; what costs more than there is, never is."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from smsim.advice.decision import Decision
from smsim.advice.levers import FINE
from smsim.advice.worlds import World, luck_of
from smsim.errors import ScenarioError
from smsim.scenario import Scenario
from smsim.scenario.nodes import Entries
from smsim.scenario.turns import from_settings

#: Where each lever stands, in the order of the file: None as it is, of a list the number of the option, of a range the share of the way.
type Pick = tuple[float | None, ...]
#: What a candidate that changes nothing is called.
NOTHING = "as it is"
#: More combinations than this are not counted out.
_MANY = 50_000


@dataclass(frozen=True)
class Candidates:
    """All that can be done in a decision."""

    decision: Decision
    _possible: dict[Pick, bool] = field(default_factory=dict)

    @property
    def nothing(self) -> Pick:
        """The candidate that changes nothing."""
        return (None,) * len(self.decision.levers)

    def pulled(self, pick: Pick) -> list[int]:
        """The numbers of the levers that a candidate touches."""
        return [at for at, place in enumerate(pick) if place is not None]

    def cost(self, pick: Pick) -> float:
        """Money a year."""
        return math.fsum(self.decision.levers[at].option(self._place(pick, at)).cost for at in self.pulled(pick))

    def _place(self, pick: Pick, at: int) -> float:
        place = pick[at]
        assert place is not None
        return place

    def label(self, pick: Pick) -> str:
        """A candidate as one says it."""
        return " + ".join(self.part(pick, at) for at in self.pulled(pick)) or NOTHING

    def part(self, pick: Pick, at: int) -> str:
        """One lever of a candidate as one says it."""
        return self.decision.levers[at].label(self._place(pick, at))

    def is_affordable(self, pick: Pick) -> bool:
        """Whether it costs no more than there is to spend (to the rounding of a sum)."""
        return self.cost(pick) <= self.decision.budget * (1 + 1e-12)

    def scenario(self, pick: Pick, world: World, look: str, replications: int) -> Scenario:
        """The scenario that plays a candidate in a world. Raises ScenarioError where its settings cannot be together."""
        over = from_settings({"run.replications": replications, "run.seed": luck_of(self.decision.seed, look, world.name)})
        for at in self.pulled(pick):
            over = together(over, self.decision.levers[at].option(self._place(pick, at)).settings)
        return world.scenario.laid_over(over, f"{self.label(pick)} @ {world.name}")

    def is_possible(self, pick: Pick) -> bool:
        """Whether its settings can be together in every firm."""
        if pick not in self._possible:
            try:
                for firm in self.decision.worlds.firms:
                    self.scenario(pick, World("", firm), "", 1)
                self._possible[pick] = True
            except ScenarioError:
                self._possible[pick] = False
        return self._possible[pick]

    def all(self, most: int) -> list[Pick] | None:
        """Every candidate that can be had, where these are no more than so many; else None."""
        levers = self.decision.levers
        if any(lever.is_range for lever in levers) or math.prod(len(lever.options) + 1 for lever in levers) > _MANY:
            return None
        places = [(None, *map(float, range(len(lever.options)))) for lever in levers]
        there = [pick for pick in itertools.product(*places) if self.is_affordable(pick)]
        if len(there) > most:
            return None
        return [pick for pick in there if self.is_possible(pick)]

    def singles(self) -> Iterator[Pick]:
        """Nothing, then each lever alone at each option that can be had, a range at its ends and half of the way."""
        yield self.nothing
        for at, lever in enumerate(self.decision.levers):
            for place in (1.0, 0.5, 0.0) if lever.is_range else map(float, range(len(lever.options))):
                pick = self.but(self.nothing, at, place)
                if self.is_affordable(pick) and self.is_possible(pick):
                    yield pick

    def but(self, pick: Pick, at: int, place: float | None) -> Pick:
        """The same candidate with one lever elsewhere."""
        place = self.fitted(at, place)
        return tuple(place if number == at else old for number, old in enumerate(pick))

    def fitted(self, at: int, place: float | None) -> float | None:
        """Where a lever comes to stand: along a range of whole numbers at one of them."""
        factor = self.decision.levers[at].factor
        if place is None or factor is None or factor.param.unit != "count":
            return place
        low, high = (choice.number for choice in factor.choices)
        return (factor.at(place).number - low) / (high - low)

    def made_affordable(self, pick: Pick, luck: np.random.Generator) -> Pick:
        """The candidate, with levers in random order given back (a range as far as it must) until it can be paid."""
        for at in luck.permutation(self.pulled(pick)).tolist():
            if self.is_affordable(pick):
                break
            pick = self.but(pick, at, self._given_back(pick, at))
        return pick

    def _given_back(self, pick: Pick, at: int) -> float | None:
        """Where a lever has to stand so that the rest can be paid, None where only as it is will do."""
        lever = self.decision.levers[at]
        if not lever.is_range:
            return None
        low, high = lever.costs
        room = self.decision.budget - self.cost(self.but(pick, at, None))
        share = (room - low) / (high - low) if high != low else math.nan
        if not 0 <= share <= 1:
            return None
        place = (math.floor if high > low else math.ceil)(share * FINE + math.copysign(1e-9, high - low)) / FINE
        made = self.but(pick, at, place)
        return place if self.is_affordable(made) else None


def together(base: Entries, over: Entries) -> Entries:
    """The settings of one lever on top of those of others."""
    merged = dict(base.entries)
    for key, node in over.entries.items():
        below = merged.get(key)
        merged[key] = together(below, node) if isinstance(below, Entries) and isinstance(node, Entries) else node
    return Entries(merged, over.mark, {**base.keys, **over.keys})


def cheapest(picks: Sequence[Pick], candidates: Candidates) -> Pick:
    """The cheapest of several; of those that cost the same the one that pulls the fewest levers, then the first."""
    return min(picks, key=lambda pick: (candidates.cost(pick), len(candidates.pulled(pick))))
