"""Solve the intercepts in the reference world (`silo`) and print them; they are then frozen as defaults, never solved per scenario.

    python tools/solve_intercepts.py [replications]

a: 47% of decided opportunities are won (b follows from 32 : 21 and three rivals). G₀: the mean goodwill of customers. Printed beside
them, what the other judged defaults (p₀, rate of asking, idle asking) amount to: share of opportunities that marketing sources, share of
leads never worked, share of opportunities that reach a decision.
"""

from __future__ import annotations

import math
import sys

import numpy as np

from smsim.core.luck import replication_seed
from smsim.model import SalesMarketingModel
from smsim.scenario import load

TARGET = {"won": 0.47, "lost": 0.32, "none": 0.21}


def measure(changes: dict[str, float], replications: int) -> dict[str, float]:
    """Means over replications of the reference world."""
    scenario = load("silo").but(changes)
    rows = []
    for number in range(replications):
        model = SalesMarketingModel(scenario, replication_seed(1, number))
        goodwill = []
        for _ in range(scenario["run.weeks"]):
            model.run_for(7)
            goodwill.append(float(model.world.customers["goodwill"].mean()))
        kpis, days = model.result().kpis, model.period()
        decided = days.total("deals_won") + days.total("deals_lost") + days.total("deals_undecided")
        rows.append({**kpis, "goodwill": float(np.mean(goodwill[13:])), "decided_share": decided / kpis["opportunities"]})
    return {name: float(np.mean([row[name] for row in rows])) for name in rows[0]}


def main() -> None:
    """Solve by secant steps on the log-odds of winning."""
    replications = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    scenario = load("silo")
    base, reference = scenario["selling.choice.base"], scenario["market.demand.reference"]
    for _ in range(4):
        found = measure({"selling.choice.base": base, "market.demand.reference": reference, "selling.choice.half_goodwill": reference},
                        replications)
        odds, aim = found["win_rate"] / (1 - found["win_rate"]), TARGET["won"] / (1 - TARGET["won"])
        base, reference = base + math.log(aim / odds), found["goodwill"]
        told = ("win_rate", "goodwill", "marketing_sourced_share", "never_worked_share", "decided_share", "opportunities", "leads")
        print({name: round(found[name], 3) for name in told})
    print(f"selling.choice.base: {base:.3f}")
    print(f"selling.choice.rival: {math.log(TARGET['lost'] / TARGET['none'] / scenario['market.rivals']):.3f}")
    print(f"market.demand.reference and selling.choice.half_goodwill: {reference:.2f}")


if __name__ == "__main__":
    main()
