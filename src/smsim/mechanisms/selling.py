"""A day of selling: each rep's clock runs through the working day in continuous time, one task after the other.

Next task, in this order: a fresh lead where a rule says so; a due opportunity while its share of the hours lasts; then marketing leads
and own prospecting in the proportion of the weekly plan. A task once begun is finished: what reaches past the end of the day
comes first on the next working morning. Admin is spread over the day and stretches every task.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from smsim.core.bundle import Bundle
from smsim.core.contracts import Mechanism, Phase
from smsim.core.kernel import inner, kernel, launch
from smsim.core.luck import luck
from smsim.core.section import Section, param
from smsim.mechanisms.calling import AgeSeen, Call, call_hours, call_lead, freshest_within, next_routed, pick_lead
from smsim.mechanisms.choice import Choice
from smsim.mechanisms.deals import Deals, hold_meeting, open_deal
from smsim.mechanisms.decay import Decay
from smsim.mechanisms.handoff import Handoff
from smsim.mechanisms.jotting import add, jot
from smsim.mechanisms.leaflets import Leaflets, time_saved
from smsim.mechanisms.market import Horizon, worth_of_a_signal
from smsim.mechanisms.probing import Probing
from smsim.mechanisms.prospecting import Prospecting, find_buyer, most_prospects, open_prospect
from smsim.mechanisms.redesign import Redesign, redesign_if_worth
from smsim.mechanisms.reporting import Reporting, write_up
from smsim.mechanisms.thought_worlds import ThoughtWorlds
from smsim.mechanisms.workday import begin_day, earliest, leaves
from smsim.world.company import Company, Culture
from smsim.world.journal import LEAD, MEETING, OWN
from smsim.world.lists import delist
from smsim.world.market import RING, Market
from smsim.world.rivals import Rivalry


class Selling(Section, at="selling"):
    """How reps spend their hours."""

    admin: float = param(0.36, "share", "Share of the day that goes into administration, service and internal matters", source="cso2011",
                         grade="B", low=0, high=0.95, moves="selling_hours -")
    plan: str | dict[str, float] = param("by_mind", "shares", "Who divides prospecting hours: each rep's mind, or fixed shares of leads "
                                         "and prospects", source="sabnis2013", grade="A", words={"by_mind": "by_mind"},
                                         choices=("leads", "prospects"), moves="leads_worked ?")
    answering: float = param(0.0, "share", "Share of reps who answer fresh leads between tasks", source="oldroyd2011", grade="C", low=0,
                             high=1, moves="first_response_hours_mean -")
    answer_within: float = param(2.0, "hours", "Age up to which those reps take a lead for fresh", source="oldroyd2011", grade="C", low=0,
                                 high=720, moves="first_response_hours_mean ?", given={"selling.answering": "50%"})


def usual_answer(selling: Selling, reps: int) -> NDArray[np.float64]:
    """Up to which age each rep answers leads between tasks where nothing else is agreed; 0 for one who does not."""
    answering = (np.arange(reps) + 0.5) / max(1, reps) < selling.answering
    return np.where(answering, selling.answer_within, 0.0)


class Rules(Bundle):
    """The parameters a day of selling needs, one row each."""

    call: Any
    seen: Any
    selling: Any
    deals: Any
    decay: Any
    rules: Any
    own: Any
    market: Any
    culture: Any
    reporting: Any
    leaflets: Any
    choice: Any
    rivalry: Any
    probing: Any
    redesign: Any
    gaps: Any


class Working(Mechanism):
    """Reps work through their day."""

    name = "selling"
    phase = Phase.SELLING
    sections = (Selling, Call, AgeSeen, Deals, Prospecting, Reporting, Leaflets, Probing, Redesign, ThoughtWorlds, Rivalry)
    reads = ("reps.*", "leads.*", "queues.*", "deals.*", "segments.need", "segments.heard_off", "shocks.*", "rep_insight.*", "products.*",
             "know_how.*", "accounts.burned_until", "accounts.held_by", "firm.doubled", "firm.passed", "firm.asks", "firm.asking",
             "rivals.offer")
    writes = ("reps.*", "leads.*", "agenda.due", "queues.*", "deals.*", "log.*", "firm.*", "customers.*", "accounts.*", "notes.*",
              "rep_insight.*", "follow_up.worked", "tips.*", "know_how.hours", "products.opened", "interests.*", "asking_days.*",
              "journal.*", "today.*", "rival_notes.*", "rep_rival_insight.*")
    streams = ("order", "seen", "blame", "call", "own", "own_call", "find", "window", "gap", "stall", "field", "push", "persuade", "burn",
               "report", "twice", "leaflet", "rivals", "misread", "misheard", "tell", "ask")

    def tune(self, day: int) -> None:
        """Lay out rules, and who answers fresh leads between tasks."""
        of = self.scenario.of
        sections = (Call, AgeSeen, Selling, Deals, Decay, Handoff, Prospecting, Market, Culture, Reporting, Leaflets, Choice, Rivalry,
                    Probing, Redesign, ThoughtWorlds)
        self.p = Rules(*(of(section).row() for section in sections))
        self.company, selling = of(Company), of(Selling)
        reps = self.world.reps
        if self.is_new("selling.answering", "selling.answer_within"):
            reps["answer_within"] = usual_answer(selling, len(reps))
        if isinstance(selling.plan, dict) and self.is_new("selling.plan"):
            reps["share_leads"] = selling.plan.get("leads", 0.0)
        self.gain = worth_of_a_signal(of(Market).shock_size, of(Horizon).noise)
        self.prospects = most_prospects(of(Prospecting), of(Call), self.company) * len(reps)
        self.pooled = of(Handoff).routing == "pool"

    def day(self, day: int) -> None:
        """Work, if it is a working day."""
        if not self.company.works_on(day):
            return
        self.world.make_room(self.prospects)
        hours = (self.company.opens, self.company.closes)
        launch(work_day, self.world.rows, self.p, self.luck.keys, self.gain, hours, self.pooled, day)


@kernel
def work_day(w: Any, p: Any, keys: Any, gain: Any, hours: Any, pooled: Any, day: Any) -> Any:
    """Every rep's day; with a pool, always the rep whose clock is earliest goes next."""
    opens, closes = hours
    for r in range(len(w.reps)):
        end = leaves(w.reps[r], hours, day)
        w.reps[r].clock = begin_day(w, p, r, day + opens, closes - opens, day)
        while not pooled and w.reps[r].clock < end:
            w.reps[r].clock = next_task(w, p, keys, gain, r, r, w.reps[r].clock, end, day)
    while pooled:
        r = earliest(w.reps, hours, day)
        if r < 0:
            break
        end = leaves(w.reps[r], hours, day)
        w.reps[r].clock = next_task(w, p, keys, gain, r, len(w.reps), w.reps[r].clock, end, day)
    for r in range(len(w.reps)):
        w.reps[r].carry = max(0.0, w.reps[r].clock - leaves(w.reps[r], hours, day)) if w.reps[r].back <= day else 0.0


@inner
def next_task(w: Any, p: Any, keys: Any, gain: Any, r: Any, queue: Any, t: Any, end: Any, day: Any) -> Any:
    """Do one task and return when the rep is free again; with nothing to do, when something may come."""
    rep, k = w.reps[r], keys[0]
    if rep.answer_within > 0.0 and rep.refuses == 0.0:
        row = freshest_within(w, p, queue, t, rep.answer_within)
        if row >= 0:
            return work_lead(w, p, k, r, queue, row, t)
    row = w.deals[r].head
    if row >= 0 and w.leads[row].due <= t and rep.allowance > 0.0:
        return work_deal(w, p, k, gain, r, row, t, day)
    share, prospects = rep.share_leads if rep.refuses == 0.0 else 0.0, p.own[0].success > 0.0
    lead_turn = rep.hours_leads * (1.0 - share) <= rep.hours_own * share
    if share > 0.0 and (lead_turn or not prospects):
        row = pick_lead(w, p, k, r, queue, t)
        if row >= 0:
            return work_lead(w, p, k, r, queue, row, t)
    if prospects and share < 1.0:
        return work_prospect(w, p, k, r, t, day)
    until = next_routed(w, queue, t, end)
    if w.deals[r].head >= 0 and rep.allowance > 0.0:
        until = min(until, max(t, w.leads[w.deals[r].head].due))
    return until if until > t else end


@inner
def spend_time(w: Any, p: Any, hours: Any, t: Any) -> Any:
    """Effective hours pass on the clock, stretched by admin."""
    w.today[0].selling_hours += hours
    return t + hours / 24.0 / (1.0 - p.selling[0].admin)


@inner
def work_lead(w: Any, p: Any, k: Any, r: Any, queue: Any, row: Any, t: Any) -> Any:
    """Call a marketing lead; in a pool the look through it comes with the call."""
    hours = call_hours(p, k.call, w.leads[row].identity) * w.reps[r].cheer / w.reps[r].skill
    if queue == len(w.reps):
        hours += p.rules[0].triage
    end = spend_time(w, p, hours, t)
    w.reps[r].hours_leads += hours
    w.today[0].lead_hours += hours
    identity, line = w.leads[row].identity, jot(w, r, LEAD, t, end, row)
    came = call_lead(w, p, k, row, r, queue, (t, end))
    add(w, line, came)
    if came == 0:
        w.today[0].wasted_hours += hours
    if w.firm[0].doubled > 0.0 and luck(k.twice, identity, 0) < w.firm[0].doubled:
        w.today[0].wasted_hours += hours
        return spend_time(w, p, hours, end)
    return end


@inner
def work_deal(w: Any, p: Any, k: Any, gain: Any, r: Any, row: Any, t: Any, day: Any) -> Any:
    """Hold the meeting that is due."""
    saved = time_saved(w, p.leaflets[0], p.market[0], k.leaflet, row, r, day)
    again = redesign_if_worth(w, p, gain, row, day)
    hours = (max(0.0, p.deals[0].meeting_hours - saved) * w.products[w.leads[row].product].time + again) / w.reps[r].skill
    end = spend_time(w, p, hours, t)
    w.reps[r].allowance -= hours
    delist(w.leads, row, w.deals[r])
    rep, identity, told = w.reps[r], w.leads[row].identity, w.reps[r].notes
    line = jot(w, r, MEETING, t, end, row)
    hold_meeting(w, p, k, gain, row, day, end)
    add(w, line, w.leads[row].state)
    if rep.notes > told:
        write_up(rep, w.notes[r * RING + told % RING], p.reporting[0], k.report, identity)
    return end


@inner
def work_prospect(w: Any, p: Any, k: Any, r: Any, t: Any, day: Any) -> Any:
    """Make one own call, and open an opportunity if it reaches a live buyer."""
    rep, week = w.reps[r], day // 7
    hours = call_hours(p, k.own_call, r * 1000003 + week * 4096 + rep.own_calls) * rep.cheer / rep.skill
    end = spend_time(w, p, hours, t)
    rep.hours_own += hours
    line = jot(w, r, OWN, t, end, -1)
    i = find_buyer(w, p.own[0], k, r, week)
    row = open_prospect(w, k, r, i, t, p.market[0].window_length) if i >= 0 else -1
    if row >= 0:
        add(w, line, 1)
        rep.own_good += 1
        open_deal(w, p.deals[0], k, row, end)
    else:
        rep.own_bad += 1
    return end
