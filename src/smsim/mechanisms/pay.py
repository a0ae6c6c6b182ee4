"""What people are paid: salaries every day, commission on every deal, a bonus on the day a quota is reached; and what the firm keeps.

For sales S in a period with quota Q, commission r, accelerator a, cap k and bonus B a rep gets

    V(S) = r·min(S, kQ) + r(a − 1)·max(0, min(S, kQ) − Q) + B·[S ≥ Q]        (without a quota: r·S)

of which a share σ is reckoned on the team's mean sales instead of his own: (1 − σ)·V(S) + σ·V(S̄). It is paid as it is earned, so what is
paid for a period adds up to that at its end. The next quota follows sales: Q' = Q + ρ(S − Q), at least a tenth
of the scheme's.

What marketers are paid for is a matter of shares and moves no money here: their salary stands for it. It is what their minds maximise
(`agents/aiming.py`).
"""

from __future__ import annotations

import math
from typing import Any, ClassVar

import numpy as np

from smsim.core.calendar import QUARTER, WEEK, YEAR
from smsim.core.contracts import Mechanism, Phase
from smsim.core.kernel import inner, kernel, launch
from smsim.core.section import Section, param
from smsim.core.units import DAYS, quota_of
from smsim.mechanisms.arrivals import comes_from
from smsim.mechanisms.people import People
from smsim.world.company import Company

#: What makes a scheme more than a commission, and what it is shown with.
_QUOTA = {"incentives.reps.quota": "100000 per quarter"}
_MET = _QUOTA | {"incentives.reps.bonus": "3000"}

#: What the pay of marketers is shown with: they hear what becomes of leads.
_SEEN = {"crm.closed_loop": "yes"}

#: A quota that follows sales never falls below this share of the one in the scheme.
_LEAST = 0.1


class RepPay(Section, at="incentives.reps"):
    """Pay of a rep."""

    salary: float = param(4000.0, "money per month", "Salary of a rep", source="zoltners2012", grade="C", low=0, high=1e9,
                          moves="pay_cost +")
    commission: float = param(0.05, "share", "Share of revenue paid to the rep", source="joseph1998", grade="C", low=0, high=1,
                              moves="pay_cost +")
    quota: str = param("none", "quota", "Sales expected of a rep each month, quarter or year: what bonus, accelerator and cap go by",
                       source="joseph1998", grade="C", words={"none": "none"}, moves="pay_cost ?", given=_MET)
    bonus: float = param(0.0, "money", "Paid once a period to a rep who reaches the quota", source="joseph1998", grade="C", low=0,
                         high=1e9, moves="pay_cost +", given=_MET)
    accelerator: float = param(1.0, "times", "What commission is multiplied with on sales above the quota", source="larkin2014", grade="C",
                               low=0, high=20, moves="pay_cost +", given=_QUOTA)
    cap: float = param(math.inf, "share", "Sales that earn commission, at most, over the quota", source="misra2011", grade="C", low=1,
                       high=100, words={"none": math.inf}, moves="pay_cost +",
                       given={"incentives.reps.quota": "20000 per quarter", "incentives.reps.cap": "200%"})
    ratchet: float = param(0.0, "share", "How far the next quota follows this period's sales", source="misra2011", grade="C", low=0,
                           high=1, moves="pay_cost ?", given=_MET | {"incentives.reps.quota": "30000 per month"})
    team_share: float = param(0.0, "share", "Share of commission and bonus that goes by the team's mean sales", source="assumed", grade="C",
                              low=0, high=1, moves="pay_cost ?", given=_MET)


def _paid_for(what: str, sign: str, source: str = "assumed") -> Any:
    """A share of a marketer's variable pay."""
    return param(0.0, "share", f"Share of a marketer's variable pay that goes by {what}", source=source, grade="C", low=0, high=1,
                 moves=f"lead_threshold {sign}", given=_SEEN)


class MarketerPay(Section, at="incentives.marketers"):
    """Pay of a marketer."""

    weights: ClassVar[tuple[str, ...]] = ("leads", "pipeline", "revenue", "margin", "new_accounts", "market_share", "closing_ratio")

    salary: float = param(5000.0, "money per month", "Salary of a marketer", source="assumed", grade="C", low=0, high=1e9,
                          moves="pay_cost +")
    leads: float = _paid_for("the number of marketing leads", "-")
    pipeline: float = _paid_for("the value of the opportunities that leads become", "?", "lemeunier2011")
    revenue: float = _paid_for("the value of deals won", "?", "lemeunier2011")
    margin: float = _paid_for("what is left of it after the cost of goods and marketing", "?")
    new_accounts: float = _paid_for("the number of customers won", "?")
    market_share: float = _paid_for("the share of purchases that the firm wins", "?")
    closing_ratio: float = _paid_for("the share of leads that are won", "+")


def paid_for(scenario: Any) -> dict[str, float]:
    """What marketers are paid for, with its share of their variable pay; nothing where they have a salary and no more.

    Where leads come from a stream or a log there is nothing that they could decide on, and pay moves nothing.
    """
    pay = scenario.of(MarketerPay)
    shares = {name: getattr(pay, name) for name in pay.weights}
    return {name: share for name, share in shares.items() if share > 0} if comes_from(scenario) == "demand" else {}


@kernel
def in_all(own: Any, shared: Any) -> Any:
    """The share of pay that goes by what all sell: that of the scheme, and of the rest as much as everybody shares."""
    return own + shared * (1.0 - own)


def per_hour(salary: float) -> float:
    """What an hour costs at a monthly salary: 52 weeks of 40 hours a year."""
    return salary * 12 / (52 * 40)


def period_of(day: int, quota: str) -> tuple[int, int]:
    """The first day of the period a day lies in, and of the next: 4-4-5 months, quarters, years; quarters where nobody has a quota."""
    kind = "quarter" if quota == "none" else quota_of(quota)[1]
    if kind == "year":
        return day // YEAR * YEAR, day // YEAR * YEAR + YEAR
    start = day // QUARTER * QUARTER
    if kind == "quarter":
        return start, start + QUARTER
    months = (0, 4 * WEEK, 8 * WEEK, QUARTER)
    at = next(n for n in range(3) if day - start < months[n + 1])
    return start + months[at], start + months[at + 1]


def without_quota(scenario: Any) -> str:
    """Which parts of the scheme do nothing since nobody has a quota, and none is to come; empty where all is well."""
    scheme = scenario.of(RepPay)
    to_come = any(one.key == "incentives.reps.quota" for turn in scenario.turns for one in turn.settings)
    idle = [name for name in ("bonus", "accelerator", "cap", "ratchet") if getattr(scheme, name) != RepPay.default(name)]
    if scheme.quota != "none" or to_come or not idle:
        return ""
    return f"{', '.join(f'`incentives.reps.{name}`' for name in idle)} {'do' if len(idle) > 1 else 'does'} nothing without a quota"


class Paying(Mechanism):
    """Salaries, commission and bonuses are paid."""

    name = "pay"
    phase = Phase.ACCOUNTS
    sections = (RepPay, MarketerPay, Company)
    reads = ("today.revenue", "reps.*", "firm.shared")
    writes = ("today.pay_cost", "reps.quota", "reps.sold", "reps.earned")

    def tune(self, day: int) -> None:
        """Add up the salaries; a new quota begins today, with the part of it that falls to the rest of the period."""
        reps, marketers, company = self.scenario.of(RepPay), self.scenario.of(MarketerPay), self.scenario.of(Company)
        self.salaries = (company.reps * reps.salary + company.marketers * marketers.salary) / DAYS["month"]
        self.p, self.quota = reps.row(), reps.quota
        self.team_share = reps.team_share
        self.people, self.salary = self.scenario.of(People).quits > 0, reps.salary / DAYS["month"]
        self.has_quota, self.ratchet = reps.quota != "none", reps.ratchet
        self.ends = period_of(day, reps.quota)[1]
        if self.is_new("incentives.reps.quota"):
            self._begin(day)

    def _begin(self, day: int) -> None:
        """Everybody starts a period with the quota of the scheme."""
        start, end = period_of(day, self.quota)
        amount = quota_of(self.quota)[0] if self.has_quota else 0.0
        self.share = (end - day) / (end - start)
        self.world.reps["quota"] = amount * self.share
        self.world.reps["sold"], self.world.reps["earned"] = 0.0, 0.0

    def day(self, day: int) -> None:
        """One day's pay; on the last day of a period the book is closed."""
        salaries = (self.salaries, self.salary if self.people else 0.0)
        launch(pay_everybody, self.world.rows, self.p, salaries, self.team_share, self.has_quota, day)
        if day + 1 == self.ends:
            self._close(day + 1)

    def _close(self, day: int) -> None:
        """Set the next quota by what was sold, and begin again."""
        reps = self.world.reps
        if self.has_quota:
            followed = reps["quota"] + self.ratchet * (reps["sold"] - reps["quota"])
            reps["quota"] = np.maximum(followed / self.share, _LEAST * quota_of(self.quota)[0])
        self.ends, self.share = period_of(day, self.quota)[1], 1.0
        reps["sold"], reps["earned"] = 0.0, 0.0


@kernel
def pay_everybody(w: Any, p: Any, salaries: Any, team_share: Any, has_quota: Any, day: Any) -> Any:
    """A day's salaries, but none for a vacant place, and what has been sold for; `salaries` are those of all, and that of a rep."""
    today, vacant = w.today[0], 0
    for r in range(len(w.reps)):
        vacant += w.reps[r].back > day
    cost = today.pay_cost + salaries[0]
    cost -= salaries[1] * vacant
    p[0].team_share = in_all(team_share, w.firm[0].shared)
    today.pay_cost = cost + (pay_reps(w.reps, p) if has_quota else p[0].commission * today.revenue)


@kernel
def pay_for(sales: Any, quota: Any, p: Any) -> Any:
    """Commission and bonus for so many sales in a period (V)."""
    if quota <= 0.0:
        return p.commission * sales
    counted = min(sales, p.cap * quota)
    bonus = p.bonus if sales >= quota else 0.0
    return p.commission * counted + p.commission * (p.accelerator - 1.0) * max(0.0, counted - quota) + bonus


@kernel
def team_sales(reps: Any) -> Any:
    """What a rep has sold on average."""
    total = 0.0
    for r in range(len(reps)):
        total += reps[r].sold
    return total / max(1, len(reps))


@inner
def owed(rep: Any, team: Any, p: Any) -> Any:
    """What a rep has earned in the period: his own share and the team's."""
    return (1.0 - p.team_share) * pay_for(rep.sold, rep.quota, p) + p.team_share * pay_for(team, rep.quota, p)


@kernel
def pay_reps(reps: Any, p: Any) -> Any:
    """Pay every rep what he has earned and not yet been paid; returns the sum."""
    team, total = team_sales(reps), 0.0
    for r in range(len(reps)):
        due = owed(reps[r], team, p[0]) - reps[r].earned
        reps[r].earned += due
        total += due
    return total
