"""How long reps work, from what pays them: the optimisation, and what they learn of themselves (M20, M21).

A rep who has sold S of his quota, with a share τ of the period left, believes that effort e brings sales of mean y·e·τ and standard
deviation s·√τ, and that the disutility of working is c·e²/2 over a period. He works the e at which

    (1 − σ)·E V(S + X) + σ·E V(S̄ + X̄) − ρ·κ·E X − τ·c·e²/2

is highest: V is his scheme (`pay`), σ the team's share of it, X̄ the team's mean, on which he counts for one in n, κ what a higher
quota costs him in the next period (`climbing` finds it). With commission alone e* = r·y/c; c is such that a commission of
`normal_commission` makes him work the normal day. Effort is hours, never sales.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smsim.core.contracts import Mechanism, Phase
from smsim.core.kernel import kernel, launch, rows
from smsim.core.kpi import Kpi
from smsim.core.section import Section, param
from smsim.mechanisms.pay import RepPay, in_all, pay_for, team_sales
from smsim.world.company import Company, Culture

_CHOSEN = {"selling.effort.chosen": "always"}
_BONUS = {"incentives.reps.quota": "100000 per quarter", "incentives.reps.bonus": "5000"}


class Effort(Section, at="selling.effort"):
    """How reps weigh hours against pay."""

    chosen: str = param("with_quota", "word", "When reps follow their pay in how long they work, what they report and which deals they "
                        "move: where they have a quota, always, or never", source="assumed", grade="C",
                        choices=("never", "with_quota", "always"), moves="selling_hours ?", given=_BONUS)
    normal_commission: float = param(0.05, "share", "The commission at which a rep of his own will works the normal day", source="assumed",
                                     grade="C", low=0.0001, high=1, moves="selling_hours -", given=_CHOSEN)
    least: float = param(0.6, "working days", "The shortest day a rep can get away with, over the normal one", source="assumed", grade="C",
                         low=0, high=1, moves="selling_hours +", given=_CHOSEN | {"incentives.reps.commission": "0%"})
    most: float = param(1.25, "working days", "The longest day a rep can work, over the normal one", source="assumed", grade="C", low=1,
                        high=3, moves="selling_hours +", given=_CHOSEN | {"incentives.reps.commission": "50%"})
    doubt: float = param(0.4, "share", "Standard deviation of a whole period's sales, as a rep believes, over their mean (s/y)",
                         source="assumed", grade="C", low=0.001, high=10, moves="selling_hours ?", given=_BONUS)
    expected: float = param(15000.0, "money per week", "Sales a rep expects of a normal week before he has seen any", source="assumed",
                            grade="C", low=0.001, high=1e9, moves="selling_hours ?", given=_BONUS,
                            fixed="it is where what reps expect starts")


#: What a rep sees when he looks ahead to the end of the period.
Outlook = np.dtype([(name, "f8") for name in ("sold", "team", "left", "usual", "doubt", "cost", "quota", "reps", "fear", "least", "most")])


def outlook(**known: float) -> NDArray[Any]:
    """An outlook as kernels take it; what is not said is that of one rep at the start of a period."""
    made = np.zeros(1, Outlook)
    for name, value in ({"left": 1.0, "reps": 1.0, "most": 10.0} | known).items():
        made[name] = value
    return rows(made)


class Knowing(Mechanism):
    """Reps learn what a week of theirs is worth."""

    name = "effort"
    phase = Phase.LEARNING
    sections = (Effort, RepPay, Company, Culture)
    reads = ("reps.*",)
    writes = ("reps.sold_week", "reps.usual")
    kpis = (Kpi("effort", "ratio", "How long reps work, over the normal day", "neither", "mean"),)

    @classmethod
    def is_on(cls, scenario: Any) -> bool:
        """Where anybody chooses."""
        return chooses(scenario)

    def tune(self, day: int) -> None:
        """Before he has seen anything, a rep expects what is usual."""
        reps = self.world.reps
        self.memory = self.scenario.of(Culture).memory
        if self.before is None:
            reps["sold_week"] = 0.0
            reps["usual"] = np.where(reps["usual"] > 0, reps["usual"], self.scenario.of(Effort).expected)

    def day(self, day: int) -> None:
        """On Sundays the week is put beside those before."""
        if day % 7 == 6:
            launch(look_back, self.world.reps.rows, self.memory)

    def tallies(self) -> dict[str, float]:
        """How long reps work."""
        reps = self.world.reps
        return {"effort": reps.mean("effort")}


def chooses(scenario: Any) -> bool:
    """Whether reps choose how long they work."""
    chosen = scenario.of(Effort).chosen
    return bool(chosen == "always" or (chosen == "with_quota" and scenario.of(RepPay).quota != "none"))


@kernel
def look_back(reps: Any, memory: Any) -> Any:
    """What a week of normal effort brings: the last week's sales over the effort they took, weighed with memory."""
    for r in range(len(reps)):
        rep = reps[r]
        rep.usual = memory * rep.usual + (1.0 - memory) * rep.sold_week / max(rep.effort, 0.1)
        rep.sold_week = 0.0


@kernel
def expected_above(mean: Any, sd: Any, limit: Any) -> Any:
    """E max(0, X − limit) for a normal X."""
    if limit == math.inf:
        return 0.0
    if sd <= 0.0:
        return max(0.0, mean - limit)
    z = (mean - limit) / sd
    return (mean - limit) * 0.5 * math.erfc(-z / math.sqrt(2.0)) + sd * math.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi)


@kernel
def expected_pay(mean: Any, sd: Any, quota: Any, p: Any) -> Any:
    """E V(X) for normal sales X."""
    if quota <= 0.0 or sd <= 0.0:
        return pay_for(mean, quota, p)
    over_cap = expected_above(mean, sd, p.cap * quota)
    z = (mean - quota) / sd
    reached = 0.5 * math.erfc(-z / math.sqrt(2.0))
    above = (mean - quota) * reached + sd * math.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi) - over_cap
    return p.commission * (mean - over_cap) + p.commission * (p.accelerator - 1.0) * above + p.bonus * reached


@kernel
def prospects(effort: Any, o: Any, p: Any) -> Any:
    """Expected variable pay of the period at an effort, less what the sales will cost by way of the next quota."""
    sd = o.doubt * math.sqrt(o.left)
    sales = o.usual * effort * o.left
    own = expected_pay(o.sold + sales, sd, o.quota, p)
    team = 0.0
    if p.team_share > 0.0:
        others = o.usual * o.left * (1.0 + (effort - 1.0) / o.reps)
        team = expected_pay(o.team + others, sd / math.sqrt(o.reps), o.quota, p)
    return (1.0 - p.team_share) * own + p.team_share * team - o.fear * sales


@kernel
def look_ahead(w: Any, o: Any, pay: Any, r: Any, terms: Any) -> Any:
    """What rep `r` sees; `terms` is (share of the period left, its weeks, doubt, normal commission, weight of the next, team's share)."""
    reps, rep, p = w.reps, w.reps[r], pay[0]
    left, weeks, doubt, normal, future, team_share = terms
    p.team_share = in_all(team_share, w.firm[0].shared)
    o[0].sold, o[0].team, o[0].left, o[0].quota = rep.sold, team_sales(reps), left, rep.quota
    o[0].usual = max(rep.usual, 1e-9) * weeks
    o[0].doubt = doubt * o[0].usual
    o[0].cost = normal * o[0].usual
    o[0].reps = len(reps)
    o[0].fear = 0.0
    if p.ratchet > 0.0 and rep.quota > 0.0:
        step = 0.01 * rep.quota
        now = expected_pay(o[0].usual, o[0].doubt, rep.quota, p)
        higher = expected_pay(o[0].usual, o[0].doubt, rep.quota + step, p)
        o[0].fear = p.ratchet * max(0.0, now - higher) / step * future


@kernel
def pay_of_sales(outlook: Any, pay: Any, effort: Any, sales: Any) -> Any:
    """What so many sales more, or fewer, change in the period's pay, at an effort."""
    o = outlook[0]
    without = prospects(effort, o, pay[0])
    o.sold += sales
    o.team += sales / o.reps
    change = prospects(effort, o, pay[0]) - without
    o.sold -= sales
    o.team -= sales / o.reps
    return change


@kernel
def pay_of_a_later_sale(outlook: Any, pay: Any) -> Any:
    """What one more sale brings in the next period, which is thought to be a usual one."""
    o, p = outlook[0], pay[0]
    step = 0.05 * o.usual
    own = expected_pay(o.usual + step, o.doubt, o.quota, p) - expected_pay(o.usual, o.doubt, o.quota, p)
    sd = o.doubt / math.sqrt(o.reps)
    team = expected_pay(o.usual + step / o.reps, sd, o.quota, p) - expected_pay(o.usual, sd, o.quota, p)
    return ((1.0 - p.team_share) * own + p.team_share * team) / step


@kernel
def pay_of_an_hour(outlook: Any, pay: Any, effort: Any, hours: Any) -> Any:
    """What another hour of selling brings in pay, at an effort; `hours` are those of a whole period at normal effort."""
    o, p = outlook[0], pay[0]
    if o.left <= 0.0:
        return 0.0
    return (prospects(effort + 0.005, o, p) - prospects(effort - 0.005, o, p)) / 0.01 / (hours * o.left)
