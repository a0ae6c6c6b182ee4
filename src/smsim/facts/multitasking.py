"""From bonuses to commissions: sales rise, what is not paid is neglected, games with the calendar grow fewer.

Two firms that meet every four weeks, where writing up what was heard takes .2 hours an item. One pays salary and a bonus of 12,000 for a
quota of 240,000 a quarter; the other salary and the usual commission of 5% (the
same money if sales were as usual and every bonus reached). Reports: observations that reached marketing
while fresh, over those made. Timing: share of revenue that falls into the last four weeks of quarters, less the even 4/13.

Source: Kishore, Rao, Narasimhan & John 2013, Journal of Marketing Research [C sign]; the band of −10 to −60% is ours [D].
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from smsim.facts.fact import INFINITE, TESTS, Fact, Means, Measure, Played, World

_SAME = {"selling.reporting.hours": 0.2, "selling.effort.chosen": "always"}
_BONUS = {"incentives.reps.quota": "240000 per quarter", "incentives.reps.bonus": 12000.0, "incentives.reps.commission": 0.0}


def numbers(played: Played) -> Mapping[str, float]:
    """Sales, reports, the end of quarters, and what the reps cost."""
    return {name: played.kpis[name] for name in ("revenue", "intel_used_share", "quarter_end_share", "pay_cost")}


def ratio(name: str) -> Callable[[Means], float]:
    """A number with commissions over that with bonuses, less one."""
    return lambda means: means["commission"][name] / means["bonus"][name] - 1.0


def timing(means: Means) -> float:
    """How much nearer to even the end of quarters is with commissions."""
    return abs(means["commission"]["quarter_end_share"] - 4 / 13) - abs(means["bonus"]["quarter_end_share"] - 4 / 13)


FACT = Fact("11", "Multitasking", __doc__, {"bonus": World("monthly", _SAME | _BONUS), "commission": World("monthly", _SAME)}, numbers, (
    Measure("pay", "Condition: change of what people are paid", (-0.05, 0.05), ratio("pay_cost")),
    Measure("sales", "Change of revenue", (0.0, INFINITE), ratio("revenue")),
    Measure("reports", "Change of the share of observations that reach marketing", (-0.6, -0.1), ratio("intel_used_share")),
    Measure("timing", "Change of the distance of the quarters' end from even", (-INFINITE, 0.0), timing),
), TESTS)
