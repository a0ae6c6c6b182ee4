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
from smsim.mechanisms.territories import calls_in_vain, tell_colleagues, territory
from smsim.world.company import Company
from smsim.world.customers import IDLE, NUMBERS
from smsim.world.ending import open_lead
from smsim.world.leads import CROSS, FROM_REP

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

    A customer whom reps of another product talk to looks like any other: the call is made, and finds it out.

    This week's named accounts come first, where there are any. The list is a stretch of the territory that luck picks for the week, and
    success is keyed by customer and week: a call more or less changes no other call.
    """
    rep, size = w.reps[r], len(w.customers)
    first, territories = territory(w, r)
    n = rep.own_calls
    rep.own_calls += 1
    names = len(w.named) // len(w.reps)
    while rep.named < names:
        i = w.named[r * names + rep.named].customer
        rep.named += 1
        if i >= 0 and w.customers[i].stage == IDLE:
            return i if is_reached(w, p, keys, i, n, week) else -1
        if i >= 0 and calls_in_vain(w, r, i):
            return -1
    count = (size - first + territories - 1) // territories
    start = int(luck(keys.find, r, week) * count)
    while rep.listed < count:
        i = first + ((start + rep.listed) % count) * territories
        rep.listed += 1
        if w.customers[i].stage == IDLE and not (names > 0 and w.accounts[i].named):
            return i if is_reached(w, p, keys, i, n, week) else -1
        if calls_in_vain(w, r, i):
            return -1
    return -1


@inner
def is_reached(w: Any, p: Any, keys: Any, i: Any, n: Any, week: Any) -> Any:
    """Whether the n-th own call of a week reaches a live buyer."""
    return luck(keys.own, i, week) < p.success / (1.0 + n / p.half) and w.accounts[i].burned_until <= week * WEEK


@inner
def open_prospect(w: Any, keys: Any, r: Any, i: Any, t: Any, window: Any) -> Any:
    """A prospect found by the rep becomes a live row, born and touched now; -1 if there is no room, or he wants nothing the rep sells."""
    week, pushed = int(t / WEEK), push(w, keys.push, r, i, t)
    product = pushed if pushed > 0 else offered(w, keys, r, i, t)
    row = open_talk(w, r, i, product, t) if product >= 0 else -1
    if row < 0:
        return -1
    lead, customer = w.leads[row], w.customers[i]
    lead.identity = _OWN + week * NUMBERS + i
    if pushed == 0 and product > 0 and w.reps[r].sells < 0:
        lead.identity = CROSS + int(t) * NUMBERS + i
    if customer.window_end < 0 and lead.product == 0:
        customer.windows += 1
        length = math.ceil(window * exponential(keys.window, i, week))
        customer.window_end = int(math.floor(t)) + max(1, min(length, 100000))
    return row


@inner
def offered(w: Any, keys: Any, r: Any, i: Any, t: Any) -> Any:
    """What a rep who is to push nothing talks to a prospect about; -1 if the prospect wants nothing he sells, and then he may pass it on.

    Who sells everything talks about the standing business; where he asks, about a product the prospect is interested in, if a deal of it is
    larger. Who sells one launched product talks to those who are interested in it; any other live buyer looks for something of the
    standing business.
    """
    sells, week = w.reps[r].sells, int(t / WEEK)
    if sells == 0:
        return 0
    if sells < 0:
        return larger_want(w, r, i, t) if luck(keys.ask, i, week) < w.firm[0].asks else 0
    if is_interested(w, sells, i, t):
        return int(sells)
    if luck(keys.tell, i, week) < w.firm[0].passed:
        tell_colleagues(w, 0, i)
    return -1


@inner
def is_interested(w: Any, product: Any, i: Any, t: Any) -> Any:
    """Whether a customer wants a launched product now."""
    interest = w.interests[(product - 1) * len(w.customers) + i]
    return w.products[product].announce <= t < interest.until and interest.bought == 0


@inner
def larger_want(w: Any, r: Any, i: Any, t: Any) -> Any:
    """A rep asks a prospect what else he wants: what brings the largest deal, the standing business among it. It takes the rep's time."""
    w.firm[0].asked += 1
    w.reps[r].away += w.firm[0].asking
    best = 0
    for product in range(1, len(w.products)):
        if w.products[product].value > w.products[best].value and is_interested(w, product, i, t):
            best = product
    return best


@inner
def open_talk(w: Any, r: Any, i: Any, product: Any, t: Any) -> Any:
    """A rep talks to a customer nobody else talks to: a live row, born and touched now; -1 if there is no room."""
    row = open_lead(w)
    if row < 0:
        return -1
    lead = w.leads[row]
    lead.source, lead.customer, lead.rep = FROM_REP, i, r
    lead.created, lead.routed, lead.touched = t, t, t
    lead.value, lead.score, lead.buyer, lead.holds, lead.channel = w.accounts[i].value, 1.0, 1, 1, -1
    lead.product = product
    lead.value *= w.products[product].value
    w.accounts[i].held_by = row
    return row
