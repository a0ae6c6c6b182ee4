"""What a mechanism, a practice and a mind promise. Being in its room is being registered.

A **mechanism** is physics: it acts every day, in the order of its phase. A **practice** is a habit: it acts on mornings, at its
own rhythm, and is absent when switched off. A **mind** decides at its rhythm and writes nothing but its own policy row.

Each has two moments before it acts. What it lays once (`set_up`: tables, state) stays for good; what it reads from the scenario
(`tune`) is read anew on the morning of every day on which a setting changes. Its luck never changes.
"""

from __future__ import annotations

import math
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
    #: Whether it can be switched on or off in the course of a run.
    can_switch: ClassVar[bool] = True

    def __init__(self, world: Any, scenario: Any, seed: int) -> None:
        self.world = world
        self.scenario = scenario
        #: The scenario that held until today; None where the part begins today, for the first time or again.
        self.before: Any = None
        self.luck = Luck(seed, self.name, self.streams)
        self.set_up()

    def set_up(self) -> None:
        """Lay tables and state, once: before the first day, or when the part is first switched on."""

    def tune(self, day: int) -> None:
        """Read from the scenario what holds from the morning of `day` on: when the part begins, and whenever a setting changes.

        Whatever is not read anew stays as it was. What is written into a table here is written only where `is_new`, since others
        may have written there in the meantime.
        """

    def is_new(self, *keys: str) -> bool:
        """Whether one of these settings changes today, or the part begins today."""
        return self.before is None or any(self.before[key] != self.scenario[key] for key in keys)

    def stop(self) -> None:
        """Take back standing rules when the part is switched off in the course of a run; what happened has happened."""

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


#: What a practice can move; results follow.
CURRENCIES = ("time", "information", "trust", "rules")


class Practice(Part):
    """A habit that costs time or money and moves time, information, trust or rules; never a result.

    `costs` and `moves` say so in words. `through` names, by currency, the columns through which it acts, as `table.column`: with those
    cut, nothing is left of it but its costs. Whatever it does it does in its morning, by writing them; no other part reads its section.

    `usual` holds the settings that switch it on as a firm would have it, by key and in the words of a scenario file: the silo with these
    is the scenario `practices/NAME`. `beside` holds what else a small firm needs so that a short run sees what it does.
    """

    costs: ClassVar[str] = ""
    moves: ClassVar[str] = ""
    through: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    usual: ClassVar[Mapping[str, Any]] = {}
    beside: ClassVar[Mapping[str, Any]] = {}

    def rhythm(self) -> Rhythm:
        """On which mornings it happens."""
        raise NotImplementedError

    def begin(self, day: int) -> None:
        """What it begins with, on the morning it begins or returns: after the changes of that morning, before anybody decides."""

    def morning(self, day: int) -> None:
        """Do it, on the morning of a day it falls on."""
        raise NotImplementedError


class Regular(Practice):
    """A practice that comes round every so many days, on working mornings: the first of its sections says how many (`every`), or never."""

    @classmethod
    def is_on(cls, scenario: Any) -> bool:
        """Unless it never comes round."""
        return not math.isinf(scenario.of(cls.sections[0]).every)

    def rhythm(self) -> Rhythm:
        """Every so many days, on working mornings."""
        every: float = self.scenario.of(self.sections[0]).every
        return Rhythm(every)
