"""Opportunities: meetings, the discovery of a need, a design that is frozen, and the ways a deal stalls (M10, M12).

At the first meeting the rep hears, with noise, what the customer wants, and designs the solution from that, from what he believes of
the segment, from what marketing told him, and from coming changes he has been told of; then the design is frozen. After the last
meeting the customer takes time to decide.
"""

from __future__ import annotations

import math
from typing import Any

from smsim.core.calendar import WEEK
from smsim.core.kernel import inner, kernel
from smsim.core.luck import luck, normal
from smsim.core.section import Section, param
from smsim.mechanisms.pitching import begin_again, burn, pitch, turns_it_down
from smsim.mechanisms.probing import asked
from smsim.mechanisms.rival_insight import note_rivals
from smsim.mechanisms.territories import tell_colleagues
from smsim.world.customers import OPPORTUNITY
from smsim.world.ending import end_lead
from smsim.world.leads import DECIDING, FROM_MARKETING, SELLING
from smsim.world.lists import enlist
from smsim.world.market import RING
from smsim.world.outcomes import Outcome
from smsim.world.world import LOOK_AHEAD

_STALLED, _BURNED = int(Outcome.STALLED), int(Outcome.BURNED_UNREADY)


class Deals(Section, at="selling.deals"):
    """What it takes to bring an opportunity to a decision."""

    meetings: int = param(4, "count", "Meetings before the customer decides", source="bridge2017", grade="C", low=1, high=50,
                          moves="sales_cycle_days_median +")
    meeting_hours: float = param(2.5, "hours", "A rep's time for one meeting, preparation included", source="steenburgh2018", grade="C",
                                 low=0, high=100, moves="deals_won -")
    gap: float = param(9.0, "days", "Mean time from one meeting to the next", source="bridge2017", grade="C", low=0, high=364,
                       moves="sales_cycle_days_median +")
    deciding: float = param(14.0, "days", "Time the customer takes to decide after the last meeting", source="bridge2017", grade="C",
                            low=0, high=364, moves="sales_cycle_days_median +")
    stall: float = param(0.19, "share", "Chance that an opportunity stalls at each meeting but the last", source="cso2018", grade="B",
                         low=0, high=1, moves="deals_won -")
    due_share: float = param(0.8, "share", "Share of a rep's hours that due opportunities may take before anything else",
                             source="cso2011", grade="C", low=0, high=1, moves="leads_worked -")
    field_noise: float = param(0.8, "sd", "Noise with which a rep hears what one customer wants, per criterion", source="assumed",
                               grade="C", low=0.01, high=10, moves="win_rate -")
    freeze: float = param(42.0, "days", "How far ahead of the design the customer's choice is thought to lie", source="assumed",
                          grade="C", low=0, high=LOOK_AHEAD - 1, moves="win_rate ?", given={"practices.meetings.every": "2 weeks"})
    tailoring: float = param(1.0, "share", "How far a design goes from the product for the many, which is as the message to the segment "
                             "says, towards what this customer seems to want", source="homburg2007", grade="C", low=0, high=2,
                             moves="win_rate +")


@inner
def open_deal(w: Any, p: Any, keys: Any, row: Any, t: Any) -> Any:
    """A lead is qualified: an opportunity whose first meeting is about one gap away."""
    lead = w.leads[row]
    lead.qualified = t
    lead.state = SELLING
    lead.meetings = 0
    w.accounts[lead.customer].opportunities += 1
    if lead.holds:
        w.customers[lead.customer].stage = OPPORTUNITY
    w.today[0].opportunities += 1
    if lead.source == FROM_MARKETING:
        w.today[0].opportunities_marketing += 1
    plan_meeting(w, p, keys, row, 0, t)


@inner
def plan_meeting(w: Any, p: Any, keys: Any, row: Any, number: Any, t: Any) -> Any:
    """The next meeting is due half a gap to one and a half gaps from now; the number says which gap of the opportunity it is."""
    lead = w.leads[row]
    lead.due = t + p.gap * (0.5 + luck(keys.gap, lead.identity, number))
    lead.rank = lead.due
    enlist(w.leads, row, w.deals[lead.rep])


@inner
def hold_meeting(w: Any, p: Any, keys: Any, gain: Any, row: Any, day: Any, end: Any) -> Any:
    """One meeting, over at `end`: design at the first, decision after the last, and the chance to stall at each but the last."""
    lead, deals = w.leads[row], p.deals[0]
    lead.meetings += 1
    if lead.product > 0:
        pitch(w, lead)
        if turns_it_down(w, keys.persuade, lead, day):
            be_turned_down(w, deals, keys, row, day, end)
            return
    if lead.meetings == 1:
        discover(w, p, keys, gain, lead, day)
    if lead.meetings >= deals.meetings:
        lead.state = DECIDING
        lead.due = end + deals.deciding
        w.agenda[row].due = math.floor(lead.due)
    elif luck(keys.stall, lead.identity, lead.meetings) < deals.stall:
        end_lead(w, row, _STALLED, end)
    else:
        plan_meeting(w, deals, keys, row, lead.meetings, end)


@inner
def be_turned_down(w: Any, deals: Any, keys: Any, row: Any, day: Any, end: Any) -> Any:
    """A push has come to nothing: the account is burned, or the meetings begin again, about the standing business.

    Who does not sell that has nothing more to say, and may pass it on.
    """
    lead = w.leads[row]
    if burn(w, keys.burn, lead, day):
        w.today[0].deals_burned += 1
        end_lead(w, row, _BURNED, end)
    elif w.reps[lead.rep].sells > 0:
        if luck(keys.tell, lead.customer, int(lead.created / WEEK)) < w.firm[0].passed:
            tell_colleagues(w, 0, lead.customer)
        end_lead(w, row, _STALLED, end)
    else:
        begin_again(w, lead)
        plan_meeting(w, deals, keys, row, deals.meetings, end)


@inner
def discover(w: Any, p: Any, keys: Any, foresight: Any, lead: Any, day: Any) -> Any:
    """Hear what the customer wants; design from it and from what is believed; note it down; learn from it."""
    deals, spread, gap = p.deals[0], p.market[0].offset * p.market[0].offset, p.gaps[0].orientation_gap
    segment = w.customers[lead.customer].segment
    belief = w.rep_insight[lead.rep * len(w.segments) + segment]
    rep = w.reps[lead.rep]
    note = w.notes[lead.rep * RING + rep.notes % RING]
    noise = deals.field_noise * deals.field_noise
    own, told = 1.0 / belief.var, 1.0 / (belief.heard_var * gap)
    var = 1.0 / (own + told)
    part = asked(w, p, lead, belief, noise / (var + spread))
    lead.apart = 0.0
    for d in range(3):
        seen = w.segments[segment].need[d] + w.accounts[lead.customer].offset[d]
        seen += deals.field_noise / math.sqrt(part[d]) * normal(keys.field, lead.identity, d) + w.segments[segment].heard_off[d]
        believed = var * (own * belief.mean[d] + told * heard(belief, p.gaps[0], keys, lead, d))
        unknown, learn = var + spread + noise / part[d] / gap, belief.var / (belief.var + spread + noise / part[d] / gap)
        coming = foreseen(w.shocks, foresight, segment, d, day, min(rep.horizon, day + deals.freeze))
        wanted = believed + (var + spread) / unknown * (seen - believed) + coming
        usual = w.segments[segment].message[d]
        lead.own[d] = spread / unknown * (seen - believed)
        lead.design[d] = wanted + (deals.tailoring - 1.0) * (wanted - usual)
        lead.apart += (lead.design[d] - usual) * (lead.design[d] - usual)
        belief.mean[d] += learn * (seen - belief.mean[d])
        note.seen[d] = seen + misunderstood(p.gaps[0].competence_gap, keys.misread, lead, d)
    belief.var *= 1.0 - belief.var / (belief.var + spread + noise / gap)
    note.day, note.segment, note.sent = day, segment, 0
    note.noise = (noise * (1.0 / part[0] + 1.0 / part[1] + 1.0 / part[2]) / 3.0 + spread) * gap
    if p.rivalry[0].positions:
        note_rivals(w, p.rivalry[0], keys.rivals, lead, lead.rep * RING + rep.notes % RING)
    rep.notes += 1
    w.today[0].notes_made += 1


@inner
def misunderstood(gap: Any, key: Any, lead: Any, d: Any) -> Any:
    """By how much what is said of a need is misunderstood by the other side, in one deal."""
    return gap * normal(key, lead.identity, d) if gap > 0.0 else 0.0


@inner
def heard(belief: Any, gaps: Any, keys: Any, lead: Any, d: Any) -> Any:
    """What the rep makes, in one deal, of what marketing told him."""
    return belief.heard[d] + misunderstood(gaps.competence_gap, keys.misheard, lead, d)


@kernel
def foreseen(shocks: Any, gain: Any, segment: Any, d: Any, day: Any, until: Any) -> Any:
    """What coming changes up to day `until`, seen through noise, are expected to add to a need."""
    total = 0.0
    for target in range(day + 1, int(math.floor(until)) + 1):
        shock = shocks[segment * LOOK_AHEAD + target % LOOK_AHEAD]
        if shock.day == target:
            total += gain * shock.signal[d]
    return total
