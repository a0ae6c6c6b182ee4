"""What a mechanism, a practice and a mind promise. Being in its room is being registered.

A **mechanism** is physics: it acts every day, in the order of its phase. A **practice** is a habit: it acts on mornings, at its
own rhythm, and is absent when switched off. A **mind** decides at its rhythm and writes nothing but its own policy row.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Any, ClassVar

from smsim.core.calendar import Rhythm
from smsim.core.kpi import Kpi
from smsim.core.luck import Luck
from smsim.core.section import Section


class Phase(IntEnum):
    """The order of a day."""

    MARKET = 1
    DEMAND = 2
    HANDOFF = 3
    SELLING = 4
    ACCOUNTS = 5
    LEARNING = 6
    RECORD = 7


class Part:
    """What mechanisms and practices have in common: a name, sections, luck, key figures, and what they read and write.

    `reads` and `writes` name columns as `table.column` (or `table.*`). `streams` names the part's own streams of luck.
    """

    name: ClassVar[str] = ""
    sections: ClassVar[tuple[type[Section], ...]] = ()
    reads: ClassVar[tuple[str, ...]] = ()
    writes: ClassVar[tuple[str, ...]] = ()
    streams: ClassVar[tuple[str, ...]] = ()
    kpis: ClassVar[tuple[Kpi, ...]] = ()

    def __init__(self, world: Any, scenario: Any, seed: int) -> None:
        self.world = world
        self.scenario = scenario
        self.luck = Luck(seed, self.name, self.streams)
        self.set_up()

    def set_up(self) -> None:
        """Prepare rows and parameters before the first day."""

    def tallies(self) -> Mapping[str, float]:
        """Daily figures of its own, beside those in the table `today`: tally name → value of the day."""
        return {}

    @classmethod
    def is_on(cls, scenario: Any) -> bool:
        """Whether the scenario has it at all. What is off is not even built."""
        return True


class Mechanism(Part):
    """Something that happens every day."""

    phase: ClassVar[Phase]

    def day(self, day: int) -> None:
        """Play one day."""
        raise NotImplementedError


class Practice(Part):
    """A habit that costs time or money and moves time, information, trust or rules; never a result."""

    costs: ClassVar[str] = ""
    moves: ClassVar[str] = ""

    def rhythm(self) -> Rhythm:
        """On which mornings it happens."""
        raise NotImplementedError

    def morning(self, day: int) -> None:
        """Do it, on the morning of a day it falls on."""
        raise NotImplementedError
