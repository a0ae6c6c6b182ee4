"""Marketers and reps as Mesa agents: they decide at their rhythm, and write nothing but their own policy. [mesa]

To write a mind, subclass `Rep` or `Marketer`, give it a `name` and a `decide`, and name it in a scenario (`company.rep_mind`).
`self.row` is the agent's own row: what physics knows of it can be read, what is marked as policy may be written. A mind that reads
settings does so in `tune`, and reads them again when one changes in the course of a run.
"""

from __future__ import annotations

from typing import Any, ClassVar

import mesa
from mesa.time import Schedule

from smsim.core.view import RowView


class Person(mesa.Agent[Any]):
    """Somebody who decides at a rhythm."""

    every: ClassVar[int] = 7

    def __init__(self, model: Any, index: int) -> None:
        super().__init__(model)
        self.index = index
        self.world = model.world
        self.row = RowView(self._table(), index)
        self.tune()
        self._round = Round.joined_by(self)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.index})"

    def _table(self) -> Any:
        raise NotImplementedError

    def tune(self) -> None:
        """Read from the scenario (`self.world.scenario`) what holds from now on."""

    def decide(self) -> None:
        """Decide on a policy; called on the mornings of the rhythm."""

    def remove(self) -> None:
        """Leave the firm."""
        self._round.people.remove(self)
        super().remove()


class Round:
    """People with the same rhythm, who decide one after the other on the same mornings."""

    def __init__(self, model: Any, every: int, start: float) -> None:
        self.people: list[Person] = []
        self._rhythm = model.schedule_recurring(self.decide, Schedule(interval=every, start=start))

    @classmethod
    def joined_by(cls, person: Person) -> Round:
        """The round in which somebody takes part from the next morning on."""
        every, start, rounds = person.every, person.model.time + 0.5, person.model.rounds
        key = (every, start % every)
        if key not in rounds:
            rounds[key] = cls(person.model, every, start)
        rounds[key].people.append(person)
        found: Round = rounds[key]
        return found

    def decide(self) -> None:
        """Everybody decides."""
        for person in tuple(self.people):
            person.decide()


class Rep(Person):
    """A sales representative. Decides weekly: `row.share_leads` and `row.newest_first` are policy."""

    mind: ClassVar[str] = "rep"
    every = 7

    def _table(self) -> Any:
        return self.world.reps


class Marketer(Person):
    """A marketer. Decides monthly: the message to each of the segments that are his is policy."""

    mind: ClassVar[str] = "marketer"
    every = 28

    def _table(self) -> Any:
        return self.world.marketers

    @property
    def segments(self) -> list[int]:
        """Rows of the segments this marketer writes to."""
        return [s for s, owner in enumerate(self.world.segments["marketer"].tolist()) if owner == self.index]

    def believes(self, segment: int) -> Any:
        """What marketing believes a segment wants: mean by criterion."""
        return self.world.insight["mean"][segment]

    def say(self, segment: int, message: Any) -> None:
        """Send a segment a message from now on."""
        self.world.segments["message"][segment] = message
