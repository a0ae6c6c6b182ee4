"""Days, weeks, quarters, and rhythms. Day 0 is a Monday; weeks have 7 days, quarters 13 weeks, months follow 4-4-5."""

from __future__ import annotations

import math
from dataclasses import dataclass

WEEK = 7
QUARTER = 13 * WEEK
YEAR = 52 * WEEK
#: Hours between nine and five.
OFFICE = (9.0, 17.0)


def kept(half_life: float, days: float = WEEK) -> float:
    """The share of something that is left after so many days (a week) where half of it is lost in `half_life` days."""
    return float(0.5 ** (days / half_life))


def weekday(day: int) -> int:
    """0 is Monday, 6 is Sunday."""
    return day % WEEK


def is_workday(day: int) -> bool:
    """Monday to Friday."""
    return weekday(day) < 5


def workday_on_or_after(day: int) -> int:
    """The day itself, or the Monday after it."""
    return day if is_workday(day) else day + WEEK - weekday(day)


def month(day: int) -> int:
    """The month a day falls in, counted from 0, on the 4-4-5 calendar: months of 4, 4 and 5 weeks make a quarter."""
    quarter, week = divmod(day // WEEK, 13)
    return quarter * 3 + (0 if week < 4 else 1 if week < 8 else 2)


@dataclass(frozen=True)
class Rhythm:
    """Something that comes round every so many days.

    The first time is `every` days after `start`; an infinite `every` is never. `workdays` moves an occasion that would fall on
    a weekend to the Monday after; with `every` of one day that means every working day, once.
    """

    every: float
    start: int = 0
    workdays: bool = True

    def after(self, day: int) -> int | None:
        """The first occasion later than `day`, or None. Occasions lie on the grid start + n·every, moved to workdays."""
        if math.isinf(self.every):
            return None
        if self.every == 1 and day >= self.start:
            return workday_on_or_after(day + 1) if self.workdays else day + 1
        count = max(1, math.floor((day - self.start) / self.every) - 1)
        while True:
            due = math.ceil(self.start + count * self.every - 1e-9)
            due = workday_on_or_after(due) if self.workdays else due
            if due > day:
                return due
            count += 1
