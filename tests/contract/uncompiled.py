"""Plays the worlds of `test_uncompiled.py` and writes what they leave behind: `python uncompiled.py FILE`."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from worlds import LOG, scenario

from smsim import play
from smsim.core.kernel import COMPILED

TINIEST = {"run.weeks": 3, "run.warm_up": "1 week", "market.customers": 40, "company.reps": 2, "company.marketers": 2,
           "selling.deals.gap": "1 day", "selling.deals.deciding": "1 day"}
CASES = {
    "silo": {"market.windows": 0.5},
    "pool": {"leads.arrivals": "60 per week", "leads.routing": "pool", "leads.decay.visible": True, "leads.latency": "daily",
             "selling.call.distribution": "exponential", "leads.priority": "first_in"},
    "meetings": {"practices.meetings.every": "3 days", "practices.pledge.within": "8 hours", "market.windows": 0.5,
                 "market.shocks": "1 per week", "leads.priority": "hottest", "market.research.every": "4 days",
                 "market.research.lag": "9 days", "leads.routing": "round_robin", "leads.age_seen": 1.0, "culture.blame": 0.5},
    "launches": {"launches": [{"product": "widget", "train": "day 1", "announce": "day 2", "ship": "day 9", "rival_enters": "day 12",
                               "pressure": 0.5}], "market.windows": 0.5, "products.widget.innovation": 20.0},
    "changes": {"leads.arrivals": "60 per week", "leads.routing": "pool", "leads.latency": "daily", "changes": [
        {"at": "day 5", "set": {"leads.routing": "round_robin", "leads.priority": "value", "leads.decay.visible": "yes"}},
        {"at": "day 11", "set": {"leads.routing": "pool", "practices.meetings.every": "2 days", "leads.arrivals": "90 per week"}}]},
    "pay": {"market.windows": 0.5, "incentives.reps.quota": "20000 per month", "incentives.reps.bonus": 900.0, "incentives.reps.cap": 3.0,
            "incentives.reps.accelerator": 2.0, "incentives.reps.ratchet": 0.5, "incentives.reps.team_share": 0.3, "run.weeks": 8,
            "selling.reporting.hours": 0.2, "selling.mood.momentum": 0.2, "selling.mood.calls": 0.06, "company.people.spread": 0.5,
            "company.people.quits": 6.0, "company.people.vacancy": "2 weeks", "company.people.ramp": "4 weeks",
            "company.people.handover": "colleagues"},
    "renewals": {"market.windows": 0.5, "run.weeks": 12, "market.accounts.renewal": "2 weeks", "market.accounts.referral": 20.0,
                 "selling.delivery.after": "3 days", "selling.delivery.cost": 1000.0, "selling.deals.tailoring": 0.5},
    "log": LOG | {"selling.answering": 0.5},
}

if __name__ == "__main__":
    runs = {name: play(scenario(TINIEST, settings), 3, leads=True) for name, settings in CASES.items()}
    Path(sys.argv[1]).write_bytes(pickle.dumps((COMPILED, runs)))
