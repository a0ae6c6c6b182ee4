"""Which firms are played to split the gap between two: each has some settings from one, the rest from the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from smsim.errors import InputError, Problem, ScenarioError
from smsim.experiment.plan import Plan
from smsim.reasons import shares
from smsim.scenario import Scenario
from smsim.scenario.blending import Blend, By, Piece

#: How often each is played.
_COUNT = "run.replications"


@dataclass(frozen=True)
class Manner:
    """How a gap is split: by setting or by section, which settings are held together, in how many orders where not in all."""

    by: By = "key"
    together: tuple[tuple[str, ...], ...] = ()
    orders: int | None = None


@dataclass(frozen=True)
class Split:
    """Two scenarios, the pieces in which they differ, and the coalitions of those pieces that are played."""

    a: Scenario
    b: Scenario
    manner: Manner = field(default_factory=Manner)

    @cached_property
    def blend(self) -> Blend:
        """Everything between the two."""
        return Blend(self.a, self.b)

    @cached_property
    def pieces(self) -> list[Piece]:
        """What differs, in the order of the file. Raises InputError for settings that shall be held together and do not differ."""
        alone = [piece.name for piece in self.blend.pieces(self.manner.by)]
        for name in (name for names in self.manner.together for name in names if name not in alone):
            raise InputError(Problem(f"--together: the two do not differ in `{name[:80]}`", read=name[:80],
                                     allowed=", ".join(alone) or "nothing: they do not differ"))
        return self.blend.pieces(self.manner.by, self.manner.together)

    @property
    def is_exact(self) -> bool:
        """Whether every coalition is played."""
        return self.manner.orders is None and len(self.pieces) <= shares.EXACT

    @cached_property
    def orders(self) -> list[tuple[int, ...]]:
        """The orders drawn; none where every coalition is played."""
        return [] if self.is_exact else shares.drawn(len(self.pieces), int(self.a["run.seed"]), self.manner.orders)

    @cached_property
    def coalitions(self) -> list[int]:
        """The coalitions there are numbers of, from none to all."""
        every = sorted(range(1 << len(self.pieces)), key=lambda one: (one.bit_count(), one)) if self.is_exact else []
        return every or shares.met(self.orders)

    @property
    def whole(self) -> int:
        """The coalition of all pieces: scenario B."""
        return (1 << len(self.pieces)) - 1

    def name(self, coalition: int) -> str:
        """What a coalition is called: scenario A and the numbers of the pieces that are as in B."""
        if coalition in (0, self.whole):
            return self.b.name if coalition else self.a.name
        return f"{self.a.name} + {'.'.join(str(at + 1) for at in range(len(self.pieces)) if coalition >> at & 1)}"

    def within(self, coalition: int) -> list[Piece]:
        """The pieces that a coalition has from B."""
        return [piece for at, piece in enumerate(self.pieces) if coalition >> at & 1]

    def between(self) -> list[Scenario]:
        """Every firm that is neither A nor B. Raises InputError where one cannot be, with how to hold settings together."""
        found = []
        for coalition in self.coalitions:
            if coalition not in (0, self.whole):
                try:
                    found.append(self._scenario(coalition))
                except ScenarioError as error:
                    raise InputError(self._refusal(coalition, error)) from error
        return found

    def _scenario(self, coalition: int) -> Scenario:
        return self.blend.scenario(self.within(coalition), self.name(coalition))

    def _refusal(self, coalition: int, error: ScenarioError) -> Problem:
        """Why a firm between the two cannot be, and what to hold together so that it need not."""
        first, inside = error.problems[0], [piece.name for piece in self.within(coalition)]
        outside = [at for at in range(len(self.pieces)) if not coalition >> at & 1]
        mends = next((self.pieces[at].name for at in outside if self._can_be(coalition | 1 << at)), "")
        held = f"`--together {','.join([*inside[-1:], mends])}`" if mends else ""
        ways = [held, "" if self.manner.by == "section" else "`--by section`", "`--together KEY,KEY`, again for more"]
        whole = f"{first.what}{f' ({first.read})' if first.read else ''}"
        return Problem(f"{self.a.name} with {' and '.join(inside)} as in {self.b.name}, and nothing else, cannot be played", read=whole,
                       allowed=f"settings that only make sense together are held together: {', or '.join(way for way in ways if way)}")

    def _can_be(self, coalition: int) -> bool:
        try:
            self._scenario(coalition)
        except ScenarioError:
            return False
        return True

    def pair(self) -> Plan:
        """The two themselves, every lead kept. Raises PlanError where they cannot be compared."""
        plan = Plan((self.a, self.b), leads=True)
        plan.require_comparable()
        return plan

    def rest(self) -> Plan | None:
        """Everything between them; None where nothing is."""
        between = self.between()
        return Plan(tuple(between)) if between else None

    def about(self, kpi: str) -> dict[str, Any]:
        """What a results folder keeps of the split."""
        pieces = [{"setting": piece.name, "words": piece.words(), "keys": [one.key for one in piece.differences]} for piece in self.pieces]
        return {"kpi": kpi, "by": self.manner.by, "together": list(map(list, self.manner.together)), "exact": self.is_exact,
                "pieces": pieces, "orders": [list(order) for order in self.orders], "firms": len(self.coalitions)}


def of(a: Any, b: Any, changes: Mapping[str, Any], manner: Manner) -> Split:
    """A split of scenarios that are each played in as many worlds as the other."""
    from smsim.experiment.study import resolve

    one, other = resolve([a, b], dict(changes))
    least = min(int(one[_COUNT]), int(other[_COUNT]))
    return Split(_as_often(one, least), _as_often(other, least), manner)


def _as_often(scenario: Scenario, count: int) -> Scenario:
    """The same in so many worlds: one in which only the other was played would tell nothing."""
    return scenario if int(scenario[_COUNT]) == count else scenario.but({_COUNT: count})
