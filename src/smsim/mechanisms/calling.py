"""Calling leads: which one next, and what comes of it.

Call order is knowledge: with `learned`, the newest lead is taken as often as the rep is sure that fresh leads are better, else the
oldest. A lead called before it goes cold, with a live buyer behind it, becomes an opportunity; any other is, to the rep, a bad lead.
He sees how old a lead was only with a certain probability, and only then can he count it by age.
"""

from __future__ import annotations

from typing import Any

from smsim.core.kernel import inner, kernel
from smsim.core.luck import exponential, luck
from smsim.core.section import Section, param
from smsim.mechanisms.deals import open_deal
from smsim.mechanisms.handoff import FIRST_IN, LEARNED, NEWEST
from smsim.world.ending import cause_of_death, end_lead
from smsim.world.lists import delist
from smsim.world.outcomes import Outcome
from smsim.world.people import FOLLOW_UP_RING

_NOT_A_BUYER = int(Outcome.NOT_A_BUYER)
#: Hours up to which a lead counts as fresh in a rep's experience.
FRESH = 2.0


class Call(Section, at="selling.call"):
    """One call."""

    mean: float = param(0.5, "hours", "Mean time of a call, on a lead or a prospect", source="assumed", grade="C", low=0.001, high=1e4,
                        moves="leads_worked -")
    distribution: str = param("fixed", "word", "Whether calls all take the same time, or an exponential one", source="assumed", grade="C",
                              choices=("fixed", "exponential"), moves="first_response_hours_mean ?")


class AgeSeen(Section, at="leads"):
    """Who can see how old a lead is."""

    age_seen: float = param(0.1, "share", "Chance that a rep sees the age of a lead he calls (v)", source="sabnis2013", grade="C", low=0,
                            high=1, moves="revenue ?", span=(0.0, 1.0))


@inner
def pick_lead(w: Any, p: Any, keys: Any, r: Any, queue: Any, t: Any) -> Any:
    """The lead a rep would call now, or -1; leads seen to be cold leave the queue on the way."""
    if w.firm[0].by_worth > 0.0:
        return worthiest(w, p, queue, t)
    newest = p.rules[0].priority != FIRST_IN
    if p.rules[0].priority == LEARNED:
        rep = w.reps[r]
        newest = luck(keys.order, r, int(t) * 256 + rep.picks) < rep.newest_first
    ends = w.queues[queue]
    row = ends.tail if newest else ends.head
    while row >= 0:
        lead = w.leads[row]
        on = lead.before if newest else lead.after
        if p.decay[0].visible and lead.dies <= t:
            delist(w.leads, row, ends)
            end_lead(w, row, cause_of_death(lead, lead.dies_of), lead.dies)
        elif lead.routed <= t:
            return row
        row = on
    return -1


@inner
def worthiest(w: Any, p: Any, queue: Any, t: Any) -> Any:
    """The lead in a queue whose customer is believed to be worth most, the newest of equals, or -1."""
    best = -1
    row = w.queues[queue].tail
    while row >= 0:
        lead = w.leads[row]
        alive = not (p.decay[0].visible and lead.dies <= t)
        if lead.routed <= t and alive:
            if best < 0 or w.accounts[lead.customer].believed > w.accounts[w.leads[best].customer].believed:
                best = row
        row = lead.before
    return best


@inner
def freshest_within(w: Any, p: Any, queue: Any, t: Any, hours: Any) -> Any:
    """The youngest lead in a queue that is not older than so many hours, or -1."""
    best = -1
    row = w.queues[queue].tail
    by_age = p.rules[0].priority <= NEWEST
    while row >= 0:
        lead = w.leads[row]
        if by_age and (t - lead.created) * 24.0 > hours:
            break
        alive = not (p.decay[0].visible and lead.dies <= t)
        if lead.routed <= t and alive and (t - lead.created) * 24.0 <= hours:
            if best < 0 or lead.created > w.leads[best].created:
                best = row
        row = lead.before
    return best


@inner
def next_routed(w: Any, queue: Any, t: Any, end: Any) -> Any:
    """The next instant before `end` at which a lead reaches the queue, or `end`."""
    soonest = end
    row = w.queues[queue].tail
    while row >= 0:
        lead = w.leads[row]
        if lead.routed > t and lead.routed < soonest:
            soonest = lead.routed
        row = lead.before
    return soonest


@kernel
def call_hours(p: Any, key: Any, identity: Any) -> Any:
    """How long a call takes."""
    if p.call[0].distribution == 1:
        return p.call[0].mean * exponential(key, identity, 0)
    return p.call[0].mean


@inner
def call_lead(w: Any, p: Any, keys: Any, row: Any, r: Any, queue: Any, span: Any) -> Any:
    """Call a lead between two instants: `span` is (start, end)."""
    lead, rep = w.leads[row], w.reps[r]
    start, end = span
    delist(w.leads, row, w.queues[queue])
    lead.rep = r
    lead.touched = start
    alive = lead.dies > start
    good = alive and lead.buyer == 1
    rep.picks += 1
    if start - lead.created <= 7.0:
        w.follow_up[int(lead.created) % FOLLOW_UP_RING].worked += 1
    count_call(rep, p, keys, lead, start, good)
    if good:
        open_deal(w, p.deals[0], keys, row, end)
        return 1
    end_lead(w, row, _NOT_A_BUYER if alive else cause_of_death(lead, lead.dies_of), end if alive else lead.dies)
    return 0


@inner
def count_call(rep: Any, p: Any, keys: Any, lead: Any, t: Any, good: Any) -> Any:
    """Put a call into the rep's experience: pooled always, by age only if the age was seen (and not explained away)."""
    if good:
        rep.lead_good += 1
    else:
        rep.lead_bad += 1
    if luck(keys.seen, lead.identity, 0) >= max(p.seen[0].age_seen, rep.age_known):
        return
    fresh = (t - lead.created) * 24.0 <= FRESH
    if not fresh and not good and luck(keys.blame, lead.identity, 0) < p.culture[0].blame:
        fresh = True
    if fresh and good:
        rep.fresh_good += 1
        rep.new_fresh_good += 1
    elif fresh:
        rep.fresh_bad += 1
        rep.new_fresh_bad += 1
    elif good:
        rep.stale_good += 1
        rep.new_stale_good += 1
    else:
        rep.stale_bad += 1
        rep.new_stale_bad += 1
