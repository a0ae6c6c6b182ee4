"""Of launches three in five succeed; those announced to reps who are not ready sell less and burn more; training beats pressure.

A launch of `launch` is announced in week 53, when training ends (ready), or with no training at all (unready), and is played for the two
quarters after. It succeeds if what its deals leave after the cost of goods covers the training and a year's usual margin from every
account it burned: .60 ± .08 do. Mean readiness at the announcement is above .7 and below .3; the unready sell less and burn more. A deal
takes 25–45% more selling time. Reps who are pressed (30% of own prospects) and not trained sell no more than those who are trained and
not pressed.

Source: Castellion and Markham 2013 [C]; Steenburgh and Ahearne 2018 [C]; Fu et al. 2010 [C]; the definition of success is ours [D].
"""

from __future__ import annotations

from collections.abc import Mapping

from smsim.core.calendar import YEAR
from smsim.facts.fact import INFINITE, TESTS, Fact, Measure, Played, World

ANNOUNCED = 53 * 7
_TWO_QUARTERS = {"run.weeks": 53 + 26, "launches.0.announce": "week 53", "launches.0.rival_enters": "week 78"}
_UNTRAINED = _TWO_QUARTERS | {"launches.0.train": "never"}


def numbers(played: Played) -> Mapping[str, float]:
    """What two quarters of a launch brought, whether it paid for itself, and how ready reps were when it began.

    Readiness and what training cost are no daily figures: the same world is played again up to the announcement, when training is over.
    """
    kpis, scenario = played.kpis, played.scenario
    margin = kpis["launch_revenue"] * scenario["products.widget.margin"]
    usual = (kpis["revenue"] - kpis["launch_revenue"]) * scenario["company.gross_margin"]
    account = usual / scenario["market.customers"] * YEAR / (played.end - played.start)
    model = played.again()
    model.run_for(ANNOUNCED + 1)
    training = float(model.record.days()["practice_hours_cost"].sum())
    return {
        "sold": kpis["launch_revenue"], "burned": kpis["burned_accounts"],
        "succeeded": float(margin > training + kpis["burned_accounts"] * account),
        "ready": float(model.record.days()["readiness"][ANNOUNCED]),
        "time": scenario["selling.sale_types.new_system.time"] - 1.0,
    }


FACT = Fact("18", "Launches", __doc__, {
    "ready": World("launch", _TWO_QUARTERS), "unready": World("launch", _UNTRAINED),
    "pressed": World("launch", _UNTRAINED | {"launches.0.pressure": "30%"}),
}, numbers, (
    Measure("success", "Share of launches to ready reps that pay for themselves in two quarters", (0.52, 0.68),
            lambda means: means["ready"]["succeeded"]),
    Measure("readiness, ready", "Mean readiness when the trained hear the announcement", (0.7, 1.0),
            lambda means: means["ready"]["ready"], "launches.train"),
    Measure("readiness, unready", "Mean readiness when the untrained do", (0.0, 0.3),
            lambda means: means["unready"]["ready"], "launches.train"),
    Measure("sales", "Sales of the unready over those of the ready", (0.0, 1.0),
            lambda means: means["unready"]["sold"] / means["ready"]["sold"]),
    Measure("burned", "Accounts burned by the unready less those burned by the ready", (0.0, INFINITE),
            lambda means: means["unready"]["burned"] - means["ready"]["burned"]),
    Measure("time", "Selling time of a deal, more than for the standing business", (0.25, 0.45),
            lambda means: means["ready"]["time"], "selling.sale_types.new_system.time"),
    Measure("pressure", "Sales of the pressed over those of the trained", (0.0, 1.0),
            lambda means: means["pressed"]["sold"] / means["ready"]["sold"]),
), TESTS)
