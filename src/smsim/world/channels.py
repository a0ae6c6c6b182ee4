"""Channels: what they cost, whom they reach, what they are worth, how long they are remembered."""

from __future__ import annotations

from typing import Any

from smsim.core.kernel import kernel
from smsim.core.section import Section, param
from smsim.core.table import Table, field


class Channel(Section, at="channels", each=True):
    """A way to reach customers."""

    spend: float = param(0.0, "money per week", "Money spent on it", source="cmo2014", grade="C", low=0, high=1e12,
                         moves="marketing_spend +")
    cost: float = param(1.0, "money", "Cost of one contact with one customer", source="assumed", grade="C", low=1e-6, high=1e9,
                        moves="leads -")
    reach: float = param(1.0, "per week", "Contacts per customer that money cannot exceed", source="assumed", grade="C", low=0,
                         high=5, moves="leads +")
    weight: float = param(1.0, "contacts", "What one contact adds to goodwill", source="assumed", grade="C", low=0, high=100,
                          moves="leads +")
    carry_over: float = param(0.932, "share", "Goodwill left after a week", source="leone1995", grade="B", low=0, high=1,
                              moves="leads +", span=(0.915, 0.943))
    quality: float = param(0.5, "share", "Share of those who ask through it who are live buyers, where a stream or log brings them; "
                           "fewer idle askers otherwise", source="assumed", grade="C", low=0, high=1, moves="leads -")
    pulse: float = param(0.0, "weeks", "It runs for one week in so many; `at once` for always", source="assumed", grade="C", low=0,
                         high=520, moves="leads ?")
    traceable: float = param(0.5, "share", "Share of its leads whose true channel is on record", source="lewis2015", grade="C", low=0,
                             high=1, moves="attribution_coverage +")

    entries = {
        "advertising": {"spend": 1500.0, "cost": 2.0, "reach": 1.5, "weight": 0.6, "quality": 0.45, "traceable": 0.2},
        "promotion": {"spend": 500.0, "cost": 2.0, "reach": 0.5, "weight": 0.8, "carry_over": 0.7, "quality": 0.35, "traceable": 0.7},
        "direct_mail": {"spend": 500.0, "cost": 3.0, "reach": 0.5, "weight": 1.0, "carry_over": 0.85, "quality": 0.5, "traceable": 0.6},
        "telemarketing": {"spend": 1000.0, "cost": 10.0, "reach": 0.3, "weight": 2.0, "carry_over": 0.85, "quality": 0.6,
                          "traceable": 0.9},
        "trade_shows": {"spend": 1500.0, "cost": 40.0, "reach": 0.5, "weight": 5.0, "carry_over": 0.95, "quality": 0.65, "pulse": 13.0,
                        "traceable": 0.5},
        "website": {"spend": 1000.0, "cost": 1.0, "reach": 0.8, "weight": 0.8, "quality": 0.55, "traceable": 0.8},
        "newsletter": {"spend": 250.0, "cost": 0.5, "reach": 0.5, "weight": 0.4, "quality": 0.5, "traceable": 0.7},
        "broadcast": {"spend": 750.0, "cost": 1.5, "reach": 1.0, "weight": 0.3, "quality": 0.35, "traceable": 0.05},
    }


class Channels(Table, name="channels"):
    """One row per channel, for kernels."""

    upto = field("f8", 0.0, "per customer and day", "Contacts made today by it and all channels before it")
    weight = field("f8", 1.0, "contacts", "What a contact adds to goodwill")
    retention = field("f8", 0.99, "share per day", "Goodwill left after a day")
    quality = field("f8", 0.5, "share", "Share of askers who are live buyers")
    traceable = field("f8", 0.5, "share", "Share of leads whose channel is on record")
    tracked = field("f8", 0.0, "share", "Share of leads whose channel attribution keeps on record, where that is more than the above")
    own_words = field("f8", 1.0, "share", "How far it says the message in words of its own")
    budget = field("f8", -1.0, "money per week", "Policy of marketing: what is spent on it; below 0 what the scenario says")
    frozen = field("f8", 0.0, "flag", "Rule: no contacts and no spending, for its budget is in dispute")


@kernel
def divide(channels: Any, contacts: Any, free: Any) -> Any:
    """Each channel reaches its share of customers, one beside the other."""
    upto = 0.0
    for c in range(len(channels)):
        upto += contacts[c] * free
        channels[c].upto = upto
