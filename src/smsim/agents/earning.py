"""What a rep's pay makes of his choices: how long to work, what to report, which deals to hurry and which to hold back."""

from __future__ import annotations

from typing import Any

import numpy as np

from smsim.core.kernel import launch, rows
from smsim.core.units import DAYS
from smsim.mechanisms.adjusting import Asking, adjust
from smsim.mechanisms.choice import USUALLY_WON
from smsim.mechanisms.effort import (
    Effort,
    best_effort,
    chooses,
    look_ahead,
    outlook,
    pay_of_a_later_sale,
    pay_of_an_hour,
    pay_of_sales,
)
from smsim.mechanisms.pay import RepPay, in_all, per_hour, period_of
from smsim.mechanisms.reporting import Reporting, share_reported
from smsim.mechanisms.timing import LAST_DAYS, Timing
from smsim.world.company import Company


class Earning:
    """One rep's view of his pay. `look` before asking; `future` is how much the next period's pay counts for him."""

    future = 1.0

    def __init__(self, world: Any, index: int) -> None:
        of = world.scenario.of
        pay, effort, company = of(RepPay), of(Effort), of(Company)
        self.world, self.index, self.matters = world, index, chooses(world.scenario)
        self.pay, self.timing, self.reporting = pay.row(), of(Timing), of(Reporting)
        self.team_share = pay.team_share
        self.quota, self.salary = pay.quota, per_hour(pay.salary)
        self.terms = (effort.doubt, effort.normal_commission)
        self.week_hours = (company.closes - company.opens) * 24 * sum(map(company.works_on, range(7)))
        self.outlook = outlook(least=effort.least, most=effort.most)
        self.asking = rows(np.zeros(1, Asking))
        self.terms_of = (self.timing.row(), self.reporting.row())
        self.start = self.end = -1

    def is_near_end(self, day: int) -> bool:
        """Whether the period is in its last two weeks."""
        self._find_period(day)
        return self.end - day <= LAST_DAYS

    def _find_period(self, day: int) -> None:
        if not self.start <= day < self.end:
            self.start, self.end = period_of(day, self.quota)

    def look(self, day: int) -> Earning:
        """See how things stand this morning."""
        self.pay["team_share"] = in_all(self.team_share, float(self.world.firm["shared"][0]))
        self._find_period(day)
        length, self.day = self.end - self.start, day
        self.weeks = length / DAYS["week"]
        terms = ((self.end - day) / length, self.weeks, *self.terms, self.future)
        launch(look_ahead, self.world.reps.rows, self.outlook, self.pay, self.index, terms)
        return self

    def follow(self) -> None:
        """Do all that pays best: the four below in one go."""
        near = self.quota != "none" and self.is_near_end(self.day)
        self.asking[0] = (self.future, self.salary, self.week_hours * self.weeks, near, self.reporting.hours > 0)
        own = self.world.reps.rows[self.index:self.index + 1]
        launch(adjust, own, self.outlook, self.pay, *self.terms_of, self.asking)

    def effort(self) -> float:
        """How long to work."""
        return float(best_effort(self.outlook, self.pay))

    def reports(self, effort: float) -> float:
        """How much to write up, at an effort; everything where it costs nothing."""
        if self.reporting.hours == 0:
            return 1.0
        hour = pay_of_an_hour(self.outlook, self.pay, effort, self.week_hours * self.weeks)
        return float(share_reported(self.reporting.duty, self.salary, float(hour)))

    def pull(self, effort: float) -> float:
        """How many days beyond the end to bring deals forward from; 0 for none."""
        best, most, moved, given, later = 0.0, 0.0, 0.0, 0.0, self._later()
        if self.quota == "none" or not self.is_near_end(self.day):
            return 0.0
        for week, value in enumerate(self.world.reps["soon"][self.index].tolist()):
            share = self.timing.haste * (week + 0.9) / self.timing.price
            moved, given = moved + USUALLY_WON * value, given + USUALLY_WON * value * (1.0 - share)
            gain = self._more(effort, given) - later * moved
            if share <= self.timing.most and gain > most + 1e-9:
                best, most = 7.0 * (week + 1), gain
        return float(min(best, self.timing.reach))

    def push(self, effort: float) -> float:
        """Whether to hold deals back: 1 for yes."""
        if self.quota == "none" or not self.is_near_end(self.day):
            return 0.0
        value, wait = USUALLY_WON * float(self.world.reps["late"][self.index]), 1.0 - (1.0 - USUALLY_WON) * self.timing.haste
        return 1.0 if value > 0 and self._later() * value * wait > -self._more(effort, -value) + 1e-9 else 0.0

    def _more(self, effort: float, sales: float) -> float:
        """What so many sales more bring in this period."""
        return float(pay_of_sales(self.outlook, self.pay, effort, sales))

    def _later(self) -> float:
        """What one more sale brings in the next period, as far as that counts."""
        return self.future * float(pay_of_a_later_sale(self.outlook, self.pay))
