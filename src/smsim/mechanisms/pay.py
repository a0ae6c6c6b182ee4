"""What people are paid: salaries every day, commission on every deal; and what the firm keeps."""

from __future__ import annotations

from smsim.core.contracts import Mechanism, Phase
from smsim.core.section import Section, param
from smsim.core.units import DAYS
from smsim.world.company import Company


class RepPay(Section, at="incentives.reps"):
    """Pay of a rep."""

    salary: float = param(4000.0, "money per month", "Salary of a rep", source="zoltners2012", grade="C", low=0, high=1e9,
                          moves="pay_cost +")
    commission: float = param(0.05, "share", "Share of revenue paid to the rep", source="joseph1998", grade="C", low=0, high=1,
                              moves="pay_cost +")


class MarketerPay(Section, at="incentives.marketers"):
    """Pay of a marketer."""

    salary: float = param(5000.0, "money per month", "Salary of a marketer", source="assumed", grade="C", low=0, high=1e9,
                          moves="pay_cost +")


def per_hour(salary: float) -> float:
    """What an hour costs at a monthly salary: 52 weeks of 40 hours a year."""
    return salary * 12 / (52 * 40)


class Paying(Mechanism):
    """Salaries and commission are paid."""

    name = "pay"
    phase = Phase.ACCOUNTS
    sections = (RepPay, MarketerPay, Company)
    reads = ("today.revenue",)
    writes = ("today.pay_cost",)

    def tune(self, day: int) -> None:
        """Add up the salaries."""
        reps, marketers, company = self.scenario.of(RepPay), self.scenario.of(MarketerPay), self.scenario.of(Company)
        self.salaries = (company.reps * reps.salary + company.marketers * marketers.salary) / DAYS["month"]
        self.commission = reps.commission

    def day(self, day: int) -> None:
        """One day's pay."""
        today = self.world.today
        today["pay_cost"] += self.salaries + self.commission * today["revenue"]
