"""The worlds a decision must stand in: each firm asked about, in each market that has a name, at points drawn from ranges.

    worlds:
      named: {as we think: {}, buyers who forgive little: {market.tolerance: 0.4}}
      ranges: {market.drift: 0.5% to 4%, leads.priority: [learned, newest]}
      draws: 6

Points are a Latin hypercube: along each setting every sixth of its range holds one of six. All worlds count alike.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from smsim.errors import Problem, ScenarioError
from smsim.experiment.factors import Factor, Reader
from smsim.experiment.sampling import latin
from smsim.scenario import Scenario
from smsim.scenario.command import nested
from smsim.scenario.nodes import Entries, Leaf, Node, nearest, said

KEYS = ("named", "ranges", "draws")
#: Points drawn from the ranges, where the file does not say.
_DRAWS, _MOST_DRAWS = 6, 1000


@dataclass(frozen=True)
class World:
    """A firm in a market: its name, the scenario of who changes nothing in it, and the number of its draw, 0 for none."""

    name: str
    scenario: Scenario
    draw: int = 0


@dataclass(frozen=True)
class Worlds:
    """Firms, the markets they may be in, and the ranges of what is not known."""

    firms: tuple[Scenario, ...]
    named: tuple[tuple[str, Entries], ...] = ()
    ranges: tuple[Factor, ...] = ()
    draws: int = 0

    @property
    def count(self) -> int:
        """How many worlds there are."""
        return len(self.firms) * max(1, len(self.named)) * max(1, self.draws)

    def keys(self) -> set[str]:
        """The settings in which worlds differ."""
        base = self.firms[0]
        named = (key for _, node in self.named for key, value in base.laid_over(node).values().items()
                 if key not in base or value != base[key])
        return {*named, *(factor.key for factor in self.ranges)}

    def drawn(self, seed: int) -> list[World]:
        """Every world, its points drawn by a seed. Raises ScenarioError where a point cannot be."""
        points = latin(len(self.ranges), self.draws, seed) if self.draws else [[]]
        found = []
        for firm in self.firms:
            for name, settings in self.named or (("", None),):
                made = firm if settings is None else firm.laid_over(settings)
                for number, shares in enumerate(points, 1):
                    over = [(factor.key, factor.at(share).node) for factor, share in zip(self.ranges, shares, strict=True)]
                    label = [firm.name] if len(self.firms) > 1 or not (name or over) else []
                    label += ([name] if name else []) + ([f"draw {number}"] if over else [])
                    found.append(World(", ".join(label), made.laid_over(nested(over)) if over else made, number if over else 0))
        return found

    def told(self, seed: int) -> list[dict[str, str]]:
        """What each draw sets, in words, for the ranges."""
        points = latin(len(self.ranges), self.draws, seed) if self.draws else []
        return [{factor.key: factor.param.say(choice.number) if (choice := factor.at(share)).is_number else choice.words
                 for factor, share in zip(self.ranges, shares, strict=True)} for shares in points]


def luck_of(seed: int, look: str, world: str) -> int:
    """The seed of a world in a look: every look and every world has luck of its own, all candidates in it the same."""
    return int.from_bytes(hashlib.blake2b(f"{seed}/{look}/{world}".encode(), digest_size=6).digest())


@dataclass(frozen=True)
class WorldReader:
    """Reads the worlds of a file; everything wrong is in `problems`."""

    values: Reader
    problems: list[Problem]

    def read(self, node: Node | None, firms: Sequence[Scenario]) -> Worlds:
        """All worlds; the firms as they are where the file names none."""
        if node is None:
            return Worlds(tuple(firms))
        if not isinstance(node, Entries):
            self._wrong("`worlds` is a map", node, ", ".join(KEYS))
            return Worlds(tuple(firms))
        for key in node.entries:
            if key not in KEYS:
                self.problems.append(Problem(f"worlds have no key `{key[:80]}`", node.key_mark(key), key[:80], ", ".join(KEYS),
                                             nearest(key, KEYS)))
        ranges = self._ranges(node.entries.get("ranges"))
        return Worlds(tuple(firms), self._named(node.entries.get("named"), firms), ranges, self._draws(node.entries.get("draws"), ranges))

    def _wrong(self, what: str, node: Node, allowed: str) -> None:
        self.problems.append(Problem(what, node.mark, said(node), allowed))

    def _named(self, node: Node | None, firms: Sequence[Scenario]) -> tuple[tuple[str, Entries], ...]:
        if node is None:
            return ()
        if not isinstance(node, Entries) or not node.entries:
            self._wrong("`named` says what each market sets", node, "`{NAME: {KEY: VALUE, …}, …}`")
            return ()
        found = []
        for name, inner in node.entries.items():
            if not isinstance(inner, Entries):
                self._wrong(f"the market `{name[:80]}` is a map of settings", inner, "`{KEY: VALUE, …}`, or `{}` for none")
                continue
            settings = nested(list(inner.entries.items()), {key: inner.key_mark(key) for key in inner.entries})
            try:
                for firm in firms:
                    firm.laid_over(settings)
                found.append((name, settings))
            except ScenarioError as error:
                self.problems.extend(error.problems)
        return tuple(found)

    def _ranges(self, node: Node | None) -> tuple[Factor, ...]:
        if node is None:
            return ()
        if not isinstance(node, Entries) or not node.entries:
            self._wrong("`ranges` says between what each setting lies", node, "`{KEY: LOW to HIGH, …}`")
            return ()
        reader = dataclasses.replace(self.values, design="latin")
        made = (reader.factor(key, node.key_mark(key), inner) for key, inner in node.entries.items())
        return tuple(factor for factor in made if factor is not None and factor.choices)

    def _draws(self, node: Node | None, ranges: Sequence[Factor]) -> int:
        if node is None:
            return _DRAWS if ranges else 0
        text = node.text if isinstance(node, Leaf) else ""
        if not ranges:
            self._wrong("nothing is drawn where no range is given", node, "`draws` beside `ranges`")
        elif not (text.isascii() and text.isdigit() and 2 <= int(text[:9]) <= _MOST_DRAWS):
            self._wrong("`draws` is no number of points", node, f"a whole number from 2 to {_MOST_DRAWS}")
        else:
            return int(text)
        return _DRAWS if ranges else 0
