"""The firms in which a claim is asked: its base; on it what holds in all of them; the value of what the claim rests on; each arm's own.

The same content is the same firm, whichever claims ask for it, and is played once.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Mapping, Sequence

from smsim.claims.claim import CENTRE, Ask, Firms, Point, Settings
from smsim.errors import Mark
from smsim.scenario import Scenario
from smsim.scenario.command import nested
from smsim.scenario.library import find
from smsim.scenario.loading import load_found
from smsim.scenario.nodes import Entries, Node, said

#: What decides in which worlds a firm is played, and not what it is.
_WORLDS = ("run.replications", "run.seed")
_LONGEST = 120


def firms_of(ask: Ask, sets: Sequence[str] = (), run: Mapping[str, int] | None = None) -> Firms:
    """Every firm of a claim. `sets` are laid over its base. Raises ScenarioError, with the place in the file of claims."""
    found = find(ask.base.text, mark=ask.base.mark)
    base = _base(found.file, tuple(sets), tuple(sorted((run or {}).items())))
    return {point: {arm: _firm(base, [*ask.common, *at, *own], [*own, *at]) for arm, own in ask.arms.items()} for point, at in _points(ask)}


@functools.lru_cache(maxsize=64)
def _base(name: str, sets: tuple[str, ...], run: tuple[tuple[str, int], ...]) -> Scenario:
    return load_found(find(name), sets).but({f"run.{key}": value for key, value in run})


def _points(ask: Ask) -> list[tuple[Point, Settings]]:
    """As it stands, then with each value of each setting the claim rests on."""
    asked = [(Point(key, said(value)), ((key, value),)) for key, values in ask.rests_on.items() for value in values]
    return [(CENTRE, ()), *asked]


def _firm(base: Scenario, settings: Iterable[tuple[str, Node]], told: Iterable[tuple[str, Node]]) -> Scenario:
    """The firm, under a name that tells it from any other."""
    made = base
    for key, node in settings:
        made = made.laid_over(nested([(key, node)]))
    label = f"{base.name} {', '.join(f'{key}={said(node, 40)}' for key, node in told)}"[:_LONGEST]
    label = "".join(letter for letter in label if letter.isprintable()).strip()
    return made.laid_over(Entries({}, Mark("")), f"{label} #{content(made)}")


def content(firm: Scenario) -> str:
    """A short hash of everything that decides what is played."""
    said_so = repr(sorted((key, repr(value)) for key, value in firm.values().items() if key not in _WORLDS))
    return hashlib.blake2b(said_so.encode(), digest_size=4).hexdigest()


def grade_of(firms: Firms) -> str:
    """The lowest grade of the settings in which the firms of a claim differ, from arm to arm and from point to point."""
    every = [firm for arms in firms.values() for firm in arms.values()]
    first = every[0].values()
    keys = {key for firm in every for key, value in firm.values().items() if key not in first or first[key] != value}
    keys |= {key for firm in every for key in first.keys() - firm.values().keys()}
    grades = [known.param.grade for firm in every for key in keys if (known := firm.about(key)) is not None]
    return max(grades, default="")
