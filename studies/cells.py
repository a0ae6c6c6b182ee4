"""A cell is one firm as it is played; a contrast weighs what happened in several cells, world by world, into one number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import smsim

NEVER = "never"
_MEETINGS = "practices.meetings."


@dataclass(frozen=True)
class Cell:
    """One firm: how often marketing and sales meet, who tells whom, whether what was tracked of ages is pooled, what else is changed."""

    firm: str
    every: str = NEVER
    direction: str = "both"
    pools: bool = True
    changes: tuple[tuple[str, Any], ...] = ()

    @property
    def name(self) -> str:
        """The name its rows carry in `runs.parquet`."""
        habit = [] if self.every == NEVER else [self.direction, "pooling" if self.pools else "no pooling"]
        changed = [f"{key.partition('.')[2]} {value}" for key, value in self.changes if not key.startswith("channels.")]
        scaled = len(self.changes) - len(changed)
        return ", ".join([self.firm, self.every, *habit, *changed, *([f"{scaled} channels scaled"] if scaled else [])])

    def scenario(self) -> smsim.Scenario:
        """The firm as smsim reads it."""
        habits = {"every": self.every}
        if self.every != NEVER:
            habits |= {"direction": self.direction, "pooling": pooling(self.direction, pools=self.pools)}
        meetings = {_MEETINGS + key: value for key, value in habits.items()}
        return smsim.load(self.firm).but(meetings | dict(self.changes), name=self.name)


def pooling(direction: str, *, pools: bool) -> str:
    """The word that makes a meeting pool or not: by default only one where both sides talk does."""
    if pools == (direction == "both"):
        return "yes"
    return "always" if pools else "no"


def cell(firm: str, every: str, arm: str = "both", changes: Mapping[str, Any] | None = None) -> Cell:
    """A cell, the same one however it is said: what a firm does anyway is no change, who never meets has no manner of meeting.

    An arm is `both`, `up`, `down` or `none`; ages are pooled where both talk, unless ` + pooling` or ` - pooling` follows.
    """
    kept = tuple(sorted((key, value) for key, value in (changes or {}).items() if _is_change(firm, key, value)))
    if every == NEVER:
        return Cell(firm, changes=tuple((key, value) for key, value in kept if not key.startswith(_MEETINGS)))
    direction, _, manner = arm.partition(" ")
    pools = manner == "+ pooling" or (direction == "both" and manner != "- pooling")
    return Cell(firm, every, direction, pools, kept)


@cache
def _is_change(firm: str, key: str, value: Any) -> bool:
    own = smsim.load(firm)
    return bool(own.but({key: value})[key] != own[key])


@dataclass(frozen=True)
class Label:
    """Where a contrast stands in the tables."""

    firm: str
    setting: str
    value: str
    every: str
    arm: str


@dataclass(frozen=True)
class Contrast:
    """A weighted sum of cells, world by world; `base` is the firm whose mean a difference is a percentage of."""

    label: Label
    weights: Mapping[Cell, float]
    base: Cell
    whole: Mapping[Cell, float] = field(default_factory=dict)

    @property
    def cells(self) -> list[Cell]:
        """Everything that has to be played for it."""
        return list(dict.fromkeys([*self.weights, self.base, *self.whole]))

    @property
    def is_gain(self) -> bool:
        """Whether it is one firm against its base, and nothing else."""
        return len(self.weights) == 2 and sorted(self.weights.values()) == [-1.0, 1.0] and self.weights.get(self.base) == -1.0


def gain(label: Label, one: Cell, base: Cell) -> Contrast:
    """What a firm has more than its base."""
    return Contrast(label, {one: 1.0, base: -1.0}, base)


def apart(label: Label, one: Contrast, other: Contrast) -> Contrast:
    """How much more one contrast is than another; in percent of the other's base."""
    weights = {each: one.weights.get(each, 0.0) - other.weights.get(each, 0.0) for each in [*one.weights, *other.weights]}
    return Contrast(label, {each: weight for each, weight in weights.items() if weight}, other.base)
