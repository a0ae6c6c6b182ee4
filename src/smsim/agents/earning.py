"""What a rep's pay makes of his choices: how long to work, what to report, which deals to hurry and which to hold back."""

from __future__ import annotations

from typing import Any

from smsim.core.kernel import launch
from smsim.core.units import DAYS
from smsim.mechanisms.adjusting import adjust
from smsim.mechanisms.effort import Effort, chooses, look_ahead, outlook
from smsim.mechanisms.pay import RepPay, per_hour, period_of
from smsim.mechanisms.reporting import Reporting
from smsim.mechanisms.timing import LAST_DAYS, Timing
from smsim.world.company import Company


class Earning:
    """One rep's view of his pay. `look` before asking; `future` is how much the next period's pay counts for him."""

    future = 1.0

    def __init__(self, world: Any, index: int) -> None:
        of = world.scenario.of
        pay, effort, company = of(RepPay), of(Effort), of(Company)
        self.world, self.index, self.matters = world, index, chooses(world.scenario)
        self.pay, self.team_share, self.costs = pay.row(), pay.team_share, float(of(Reporting).hours > 0)
        self.quota, self.salary = pay.quota, per_hour(pay.salary)
        self.terms = (effort.doubt, effort.normal_commission)
        self.week_hours = (company.closes - company.opens) * 24 * sum(map(company.works_on, range(7)))
        self.outlook = outlook(least=effort.least, most=effort.most)
        self.terms_of = (of(Timing).row(), of(Reporting).row())
        self.start = self.end = -1

    def is_near_end(self, day: int) -> bool:
        """Whether the period is in its last two weeks."""
        if not self.start <= day < self.end:
            self.start, self.end = period_of(day, self.quota)
        return self.end - day <= LAST_DAYS

    def look(self, day: int) -> Earning:
        """See how things stand this morning."""
        near = self.is_near_end(day) and self.quota != "none"
        length = self.end - self.start
        weeks = length / DAYS["week"]
        self.asking = (self.future, self.salary, self.week_hours * weeks, float(near), self.costs)
        terms = ((self.end - day) / length, weeks, *self.terms, self.future, self.team_share)
        launch(look_ahead, self.world.rows, self.outlook, self.pay, self.index, terms)
        return self

    def follow(self) -> None:
        """Do what pays best."""
        own = self.world.reps.rows[self.index:self.index + 1]
        launch(adjust, own, self.outlook, self.pay, *self.terms_of, self.asking)
