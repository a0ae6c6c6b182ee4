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


class Habit:
    """A practice's place in Mesa's calendar: the next occasion is always one event ahead."""

    def __init__(self, model: Any, practice: Practice, day: int) -> None:
        self.model, self.practice = model, practice
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
        due = self.rhythm.after(day)
        self._next = None if due is None else self.model.schedule_event(self.happen, at=due + 0.5, priority=Priority.HIGH)

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
            self._next.cancel()

    def happen(self) -> None:
        """Do it this morning, and plan the next time."""
        today = int(self.model.time)
        self.practice.morning(today)
        self._plan(today)
