"""What stands in Mesa's calendar beside people's own rounds: habits, and changes that are coming. [mesa]"""

from __future__ import annotations

import dataclasses
from typing import Any

from mesa.time import Priority

from smsim.core.calendar import Rhythm
from smsim.core.contracts import Practice


class Coming:
    """A change that stands in Mesa's calendar, first thing in the morning: before habits, before anybody decides."""

    def __init__(self, model: Any, turn: Any) -> None:
        self.model, self.over = model, turn.over
        model.schedule_event(self.happen, at=turn.day + 0.25)

    def happen(self) -> None:
        """It comes."""
        self.model.turn(self.over)


class Mornings:
    """The mornings on which habits fall: one event of Mesa's for all that fall on the same, in the order in which they were planned."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self._due: dict[int, list[Habit]] = {}

    def plan(self, habit: Habit, due: int) -> None:
        """A habit falls on the morning of a day to come."""
        if due not in self._due:
            self._due[due] = []
            self._model.schedule_event(self.happen, at=due + 0.5, priority=Priority.HIGH)
        self._due[due].append(habit)

    def skip(self, habit: Habit, due: int) -> None:
        """It does not, after all."""
        self._due[due].remove(habit)

    def happen(self) -> None:
        """All that falls on this morning happens, each in its turn."""
        today = int(self._model.time)
        waiting = self._due[today]
        while waiting:
            waiting.pop(0).happen(today)
        del self._due[today]


class Habit:
    """A practice's place in the calendar: the next occasion is always one morning ahead."""

    def __init__(self, model: Any, practice: Practice, day: int) -> None:
        self.model, self.practice, self.mornings = model, practice, model.mornings
        self._first = model.schedule_event(self.begin, at=max(model.time, day + 0.375), priority=Priority.HIGH)
        self._count(practice.rhythm(), day)

    def begin(self) -> None:
        """Do what it begins with, when the changes of that morning have come."""
        self.practice.begin(int(self.model.time))

    def _count(self, agreed: Rhythm, day: int) -> None:
        """A rhythm counts from the day on which it begins."""
        self.agreed, self.rhythm = agreed, dataclasses.replace(agreed, start=agreed.start + day)
        self._plan(day)

    def _plan(self, day: int) -> None:
        self._next = self.rhythm.after(day)
        if self._next is not None:
            self.mornings.plan(self, self._next)

    def follow(self, day: int) -> None:
        """Begin anew with a rhythm that has changed; any other goes on."""
        agreed = self.practice.rhythm()
        if agreed != self.agreed:
            self._skip()
            self._count(agreed, day)

    def end(self) -> None:
        """There is no next time."""
        self._first.cancel()
        self._skip()

    def _skip(self) -> None:
        if self._next is not None:
            self.mornings.skip(self, self._next)

    def happen(self, today: int) -> None:
        """Do it this morning, and plan the next time."""
        self._next = None
        self.practice.morning(today)
        if self._next is None:
            self._plan(today)
