"""What goes on around a rep while a day is played: which habits fall on it, what takes his hours, what he is shown and does not hear.

Nothing is changed by listening: every part acts as ever, and is looked at before and after.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from smsim.world.leads import FREE, FROM_MARKETING

#: The setting of a practice that names the trust below which a rep takes no notice of it.
_ATTENTION = "attention"


@dataclass(frozen=True)
class Notice:
    """Something marketing puts before him in writing or in numbers, and whether he trusts it enough to look."""

    practice: str
    trust: float
    #: The trust below which he does not look.
    least: float
    #: Of the leads it shows: how many were live buyers, how many not; none where no leads are shown.
    good: int = 0
    bad: int = 0

    @property
    def heard(self) -> bool:
        """Whether he looks."""
        return self.trust >= self.least


@dataclass
class Heard:
    """What was heard while a day was played."""

    habits: list[str] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    #: Hours taken from his working day, by the part that took them.
    hours: dict[str, float] = field(default_factory=dict)


@contextmanager
def listening(model: Any, rep: int) -> Iterator[Heard]:
    """As long as this lasts, what happens around a rep is heard; parts act as ever."""
    heard = Heard()
    parts = [(practice, "morning") for practice in model.practices] + [(mechanism, "day") for mechanism in model.mechanisms]
    for part, act in parts:
        vars(part)[act] = _noted(model, part, act, (rep, heard))
    try:
        yield heard
    finally:
        for part, act in parts:
            vars(part).pop(act, None)


def _noted(model: Any, part: Any, act: str, whose: tuple[int, Heard]) -> Any:
    play, (rep, heard) = getattr(part, act), whose

    def noted(day: int) -> None:
        reps = model.world.reps
        if act == "morning":
            heard.habits.append(part.name)
            heard.notices += _notices(model.world, part, rep)
        before = float(reps["away"][rep])
        play(day)
        taken = float(reps["away"][rep]) - before
        if taken > 0:
            heard.hours[part.name] = heard.hours.get(part.name, 0.0) + taken

    return noted


def _notices(world: Any, part: Any, rep: int) -> list[Notice]:
    least = getattr(getattr(part, "p", None), _ATTENTION, None)
    if least is None:
        return []
    good, bad = shown(world, part) if hasattr(part, "since") else (0, 0)
    return [Notice(part.name, float(world.reps["trust"][rep]), float(least), good, bad)]


def shown(world: Any, part: Any) -> tuple[int, int]:
    """Of the leads on record that were called since a showing last: how many were live buyers, how many not."""
    ended, live = world.log[part.since:int(world.firm["logged"][0])], world.leads[:]
    good = bad = 0
    for rows, touched in ((ended, "first_touch"), (live[live["state"] != FREE], "touched")):
        mine = rows[(rows["source"] == FROM_MARKETING) & (rows["traced"] > 0) & (rows[touched] >= part.began)]
        qualified = int((~np.isnan(mine["qualified"])).sum())
        good, bad = good + qualified, bad + len(mine) - qualified
    return good, bad


def busy(world: Any, rep: int, day: int) -> tuple[int, bool]:
    """How many meetings with customers are due until this evening, and whether these leave him no time for what marketing asks."""
    row, due = int(world.deals["head"][rep]), 0
    while row >= 0 and world.leads["due"][row] < day + 1:
        due, row = due + 1, int(world.leads["after"][row])
    asks = world.parts.get("requests")
    return due, asks is not None and due >= asks.most
