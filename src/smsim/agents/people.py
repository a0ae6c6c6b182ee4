"""Marketers and reps as Mesa agents: they decide at their rhythm, and write nothing but their own policy. [mesa]

To write a mind, subclass `Rep` or `Marketer`, give it a `name` and a `decide`, and name it in a scenario (`company.rep_mind`).
`self.row` is the agent's own row: what physics knows of it can be read, what is marked as policy may be written. A mind that reads
settings does so in `tune`, and reads them again when one changes in the course of a run.
"""

from __future__ import annotations

import math
from typing import Any, ClassVar

import mesa
from mesa.time import Schedule

from smsim.agents.aiming import Aiming
from smsim.agents.earning import Earning
from smsim.agents.mixing import Mixing
from smsim.agents.rewriting import Rewriting
from smsim.core.view import RowView
from smsim.mechanisms.pay import paid_for


class Person(mesa.Agent[Any]):
    """Somebody who decides at a rhythm."""

    every: ClassVar[int] = 7

    def __init__(self, model: Any, index: int) -> None:
        super().__init__(model)
        self.index = index
        self.world = model.world
        self.row = RowView(self._table(), index)
        self._rounds = [Round.joined_by(self, self.every, "decide")]
        self.follow()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.index})"

    def _table(self) -> Any:
        raise NotImplementedError

    def tune(self) -> None:
        """Read from the scenario (`self.world.scenario`) what holds from now on."""

    def follow(self) -> None:
        """The scenario stands, or has changed: read it."""
        self.tune()

    def decide(self) -> None:
        """Decide on a policy; called on the mornings of the rhythm."""

    def remove(self) -> None:
        """Leave the firm."""
        for round_ in self._rounds:
            round_.people.remove(self)
        super().remove()


class Round:
    """People with the same rhythm, who do the same one after the other on the same mornings."""

    def __init__(self, model: Any, every: int, start: float, what: str) -> None:
        self.people: list[Person] = []
        self._what = what
        self._rhythm = model.schedule_recurring(self.decide, Schedule(interval=every, start=start))

    @classmethod
    def joined_by(cls, person: Person, every: int, what: str) -> Round:
        """The round in which somebody takes part from the next morning on."""
        start, rounds = math.floor(person.model.time + 0.5) + 0.5, person.model.rounds
        key = (every, start % every, what)
        if key not in rounds:
            rounds[key] = cls(person.model, every, start, what)
        rounds[key].people.append(person)
        found: Round = rounds[key]
        return found

    def decide(self) -> None:
        """Everybody does it."""
        for person in tuple(self.people):
            getattr(person, self._what)()


class Rep(Person):
    """A sales representative. Decides weekly, and where pay goes by periods daily towards their end.

    Policy: `row.share_leads`, `row.newest_first`, `row.effort`, `row.share_reported`, `row.pull` and `row.push`. `earning` tells him what
    his pay makes of each.
    """

    mind: ClassVar[str] = "rep"
    every = 7

    def _table(self) -> Any:
        return self.world.reps

    def follow(self) -> None:
        """Read the scenario; whoever has a reason to looks at his pay every morning from now on."""
        super().follow()
        self.earning, self.adjusted = Earning(self.world, self.index), -1
        if not self.earning.matters:
            self.row.effort, self.row.share_reported, self.row.pull, self.row.push = 1.0, 1.0, 0.0, 0.0
        elif len(self._rounds) == 1:
            self._rounds.append(Round.joined_by(self, 1, "near_end"))

    def near_end(self) -> None:
        """In the last two weeks of a period every morning counts; once is enough."""
        today = int(self.model.time)
        if self.earning.is_near_end(today) and self.adjusted != today:
            self.adjust()

    def adjust(self) -> None:
        """Decide anew on what goes by pay; called on the last mornings of a period on which he has not (`adjusted`) done so already."""


class Marketer(Person):
    """A marketer. Decides monthly: the message to each of the segments that are his is policy.

    The first of them decides for the whole department on the threshold, the target list and the channel mix. `aim` tells him what his
    pay makes of the first two, `mix` of the third; both are None for the others, and where nobody is paid for figures.
    """

    mind: ClassVar[str] = "marketer"
    every = 28

    def _table(self) -> Any:
        return self.world.marketers

    def follow(self) -> None:
        """Read the scenario, and what is paid for."""
        super().follow()
        pays = self.index == 0 and bool(paid_for(self.world.scenario))
        self.aim: Aiming | None = Aiming(self.world) if pays else None
        self.mix: Mixing | None = Mixing(self.world) if pays else None
        self.rewriting = Rewriting(self.world)

    def follow_pay(self) -> None:
        """Move threshold, target list and channel mix to where they pay best."""
        if self.aim and self.mix and self.aim.look():
            self.aim.follow(self.aim.best())
            if "mix" in self.aim.may_move:
                self.mix.follow()

    @property
    def segments(self) -> list[int]:
        """Rows of the segments this marketer writes to."""
        return [s for s, owner in enumerate(self.world.segments["marketer"].tolist()) if owner == self.index]

    def believes(self, segment: int) -> Any:
        """What marketing believes a segment wants: mean by criterion."""
        return self.world.insight["mean"][segment]

    def is_worth_rewriting(self, segment: int) -> bool:
        """Whether a new message to a segment brings more than the hours it takes; always where it takes none."""
        return self.rewriting.pays(segment, self.believes(segment))

    def say(self, segment: int, message: Any) -> None:
        """Send a segment a message from now on."""
        self.world.segments["message"][segment] = message
