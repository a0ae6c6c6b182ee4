"""Reps look for customers of their own: p = p₀/(1 + n/n½) for the n-th call of a week (diminishing returns).

p₀ is set once in the reference world so that marketing sources 24–30% of opportunities (CSO Insights).
"""

from __future__ import annotations

import math
from typing import Any

from smsim.core.calendar import WEEK
from smsim.core.kernel import inner, kernel
from smsim.core.luck import exponential, luck
from smsim.core.section import Section, param
from smsim.mechanisms.calling import Call
from smsim.mechanisms.pitching import push
from smsim.world.company import Company
from smsim.world.customers import IDLE, NUMBERS
from smsim.world.ending import open_lead
from smsim.world.leads import FROM_REP

#: Identities of own prospects (customer and week in which they were called) lie above those of leads.
_OWN = 1 << 40


class Prospecting(Section, at="selling.prospecting"):
    """Own prospecting."""

    success: float = param(0.2, "share", "Chance that the first own call of a week reaches a live buyer (p₀)", source="cso2011", grade="C",
                           low=0, high=1, moves="deals_won +")
    half: float = param(13.0, "calls", "Own calls in a week after which that chance has halved (n½)", source="assumed", grade="C", low=0.1,
                        high=1e6, moves="deals_won +")


def most_prospects(p: Prospecting, call: Call, company: Company) -> int:
    """How many prospects a rep can open in a day at the very most: twice the calls that a day has room for, 64 at the outside."""
    if p.success == 0:
        return 0
    return min(64, 2 + math.ceil(2 * 24 * (company.closes - company.opens) / call.mean))


@kernel
def find_buyer(w: Any, p: Any, keys: Any, r: Any, week: Any) -> Any:
    """Call the next customer on this week's list who is not yet talked to: that customer if the call reaches a live buyer, else -1.

    This week's named accounts come first, where there are any. The list is a stretch of the territory that luck picks for the week, and
    success is keyed by customer and week: a call more or less changes no other call.
    """
    rep, territories, size = w.reps[r], len(w.reps), len(w.customers)
    n = rep.own_calls
    rep.own_calls += 1
    names = len(w.named) // territories
    while rep.named < names:
        i = w.named[r * names + rep.named].customer
        rep.named += 1
        if i >= 0 and w.customers[i].stage == IDLE:
            return i if is_reached(w, p, keys, i, n, week) else -1
    count = (size - r + territories - 1) // territories
    start = int(luck(keys.find, r, week) * count)
    while rep.listed < count:
        i = r + ((start + rep.listed) % count) * territories
        rep.listed += 1
        if w.customers[i].stage == IDLE and not (names > 0 and w.accounts[i].named):
            return i if is_reached(w, p, keys, i, n, week) else -1
    return -1


@inner
def is_reached(w: Any, p: Any, keys: Any, i: Any, n: Any, week: Any) -> Any:
    """Whether the n-th own call of a week reaches a live buyer."""
    return luck(keys.own, i, week) < p.success / (1.0 + n / p.half) and w.accounts[i].burned_until <= week * WEEK


@inner
def open_prospect(w: Any, keys: Any, r: Any, i: Any, t: Any, window: Any) -> Any:
    """A prospect found by the rep becomes a live row, born and touched now; -1 if there is no room."""
    row = open_lead(w)
    if row < 0:
        return -1
    lead, customer = w.leads[row], w.customers[i]
    lead.source, lead.customer, lead.rep = FROM_REP, i, r
    lead.identity = _OWN + int(t / WEEK) * NUMBERS + i
    lead.created, lead.routed, lead.touched = t, t, t
    lead.value, lead.score, lead.buyer, lead.holds, lead.channel = w.accounts[i].value, 1.0, 1, 1, -1
    lead.product = push(w, keys.push, i, int(t / WEEK), t)
    lead.value *= w.products[lead.product].value
    if customer.window_end < 0 and lead.product == 0:
        customer.windows += 1
        length = math.ceil(window * exponential(keys.window, i, int(t / WEEK)))
        customer.window_end = int(math.floor(t)) + max(1, min(length, 100000))
    return row
