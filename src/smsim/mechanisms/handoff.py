"""Inquiries become leads, leads get an owner, and those nobody calls come to an end.

A lead is with its rep at once, after a delay, or when the CRM is next pulled at nine; a share never gets an owner (M32). Each routed
lead costs its rep some minutes of triage; below a bar of their own, reps reject. Unworked leads expire.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from smsim.core.contracts import Mechanism, Phase
from smsim.core.kernel import inner, kernel, launch
from smsim.core.luck import luck
from smsim.core.section import Section, param
from smsim.mechanisms.astray import go_astray, next_pull, on_record
from smsim.mechanisms.decay import Decay, goes_cold
from smsim.mechanisms.territories import seller_of
from smsim.world.company import Company
from smsim.world.customers import LEAD
from smsim.world.ending import cause_of_death, end_lead, open_lead
from smsim.world.leads import DECIDING, HANDOFF, NEVER, QUEUED
from smsim.world.lists import delist, enlist
from smsim.world.outcomes import Outcome
from smsim.world.people import FOLLOW_UP_RING

TERRITORY, ROUND_ROBIN, POOL = 0, 1, 2
LEARNED, FIRST_IN, NEWEST, HOTTEST, VALUE = 0, 1, 2, 3, 4
_EXPIRED, _REJECTED, _BELOW = int(Outcome.EXPIRED), int(Outcome.REJECTED), int(Outcome.BELOW_THRESHOLD)
_COLD, _WINDOW = int(Outcome.COLD_IN_QUEUE), int(Outcome.WINDOW_CLOSED)
_RECYCLED = 182.0


class Handoff(Section, at="leads"):
    """How a lead gets from marketing to a rep, and how long it may wait there."""

    routing: str = param("territory", "word", "Who gets a lead: the customer's own rep, each in turn, or whoever is free first",
                         source="oldroyd2011", grade="C", choices=("territory", "round_robin", "pool"),
                         moves="first_response_hours_mean ?")
    latency: float | str = param(0.0, "days", "When a lead reaches sales: at once, daily (the CRM is pulled at nine), or after a time",
                                 source="oldroyd2011", grade="B", low=0, high=364, words={"at once": 0.0, "daily": "daily"},
                                 moves="first_response_hours_mean +",
                                 given={"leads.arrivals": "15 per week", "leads.pulled_share": "0%"})
    pulled_share: float = param(0.5, "share", "Share of leads that wait for the daily pull whatever the latency", source="oldroyd2011",
                                grade="C", low=0, high=1, moves="cold_share +", span=(0.0, 1.0))
    unowned: float = param(0.06, "share", "Share of leads without an owner because nobody agreed who owns the step", source="verbeke2011",
                           grade="C", low=0, high=1, moves="leads_worked -", given={"leads.arrivals": "15 per week"})
    triage: float = param(0.05, "hours", "A rep's time to look through one routed lead", source="assumed", grade="C", low=0, high=8,
                          moves="leads_worked -")
    reject_below: float = param(0.42, "score", "Score below which reps reject a lead at sight", source="siriusdecisions", grade="C", low=0,
                                high=1, moves="leads_worked -", given={"leads.arrivals": "15 per week"})
    expiry: float = param(30.0, "days", "Time after which an unworked lead is given up", source="oldroyd2011", grade="C", low=1,
                          high=3640, words={"never": math.inf}, moves="leads_worked ?")
    priority: str = param("learned", "word", "Which lead is called first: by what the rep has learned of age, or by a fixed rule",
                          source="assumed", grade="C", choices=("learned", "first_in", "newest", "hottest", "value"),
                          moves="cold_share ?")


class HandingOff(Mechanism):
    """Leads are born, given an owner, put into a queue; old ones are given up."""

    name = "handoff"
    phase = Phase.HANDOFF
    sections = (Handoff, Decay)
    reads = ("inquiries.*", "accounts.*", "leads.*", "customers.inquiries", "firm.qualified", "firm.dropped", "firm.owned",
             "reps.sells", "reps.place", "reps.peers")
    writes = ("leads.*", "agenda.due", "queues.*", "log.*", "firm.*", "customers.*", "accounts.*", "reps.triage", "follow_up.born",
              "today.leads")
    streams = ("patience", "owner", "pull", "trace", "astray")

    def tune(self, day: int) -> None:
        """Lay out the rules; who waits already is put where new rules put him, and keeps what was drawn at birth."""
        handoff, company = self.scenario.of(Handoff), self.scenario.of(Company)
        daily = handoff.latency == "daily"
        self.p = handoff.but(latency=0.0 if daily else handoff.latency, pulled_share=1.0 if daily else handoff.pulled_share).row()
        self.decay = self.scenario.of(Decay).row()
        self.opens, self.closes = company.opens, company.closes
        self.weekends = company.working_hours != "always"
        if self.before is not None and self.is_new("leads.routing", "leads.priority", "leads.decay.visible"):
            launch(queue_anew, self.world.rows, self.p, self.decay)

    def day(self, day: int) -> None:
        """Give up, admit, and take in the inquiries of the day."""
        world = self.world
        world.make_room(int(world.today["inquiries"][0]))
        launch(look_after_leads, world.rows, self.p, self.decay, day)
        launch(take_in, world.rows, self.p, self.decay, self.luck.keys, (self.opens, self.closes, self.weekends), day)


@kernel
def look_after_leads(w: Any, p: Any, decay: Any, day: Any) -> Any:
    """Unworked leads that are past their time end; those that reach sales today enter a queue."""
    for row in range(len(w.agenda)):
        if w.agenda[row].due > day:
            continue
        lead = w.leads[row]
        if lead.state == DECIDING:
            continue
        w.agenda[row].due = NEVER
        if lead.state != QUEUED and lead.state != HANDOFF:
            continue
        gone = lead.dies <= day and decay[0].visible
        if gone or lead.expires <= day:
            if lead.state == QUEUED:
                delist(w.leads, row, w.queues[queue_of(lead, w)])
            end_lead(w, row, cause_of_death(lead, _EXPIRED), min(lead.dies, lead.expires))
        elif lead.state == HANDOFF and lead.routed < day + 1:
            admit(w, p[0], decay[0], row)


@inner
def look_again(w: Any, decay: Any, row: Any) -> Any:
    """Note the day on which something will happen to a waiting lead: it is given up, or reaches sales."""
    lead = w.leads[row]
    until = min(lead.expires, lead.dies) if decay.visible else lead.expires
    due = min(math.ceil(min(until, float(NEVER))), NEVER)
    if lead.state == HANDOFF and lead.routed < due:
        due = math.floor(lead.routed)
    w.agenda[row].due = due


@inner
def queue_of(lead: Any, w: Any) -> Any:
    """The queue a lead stands in: its rep's, or the pool, which comes last."""
    return lead.rep if lead.rep >= 0 else len(w.queues) - 1


@inner
def admit(w: Any, p: Any, decay: Any, row: Any) -> Any:
    """A lead reaches its rep, who rejects it or lets it wait."""
    lead = w.leads[row]
    agreed = w.firm[0].qualified
    if lead.score < (agreed if agreed > 0.0 else p.reject_below):
        cause = cause_of_death(lead, _REJECTED) if lead.dies <= lead.routed else _REJECTED
        end_lead(w, row, cause, min(lead.dies, lead.routed))
        return
    lead.state = QUEUED
    look_again(w, decay, row)
    line_up(w, p, row)
    if lead.rep >= 0:
        w.reps[lead.rep].triage += p.triage


@inner
def line_up(w: Any, p: Any, row: Any) -> Any:
    """A lead takes its place in its queue."""
    lead = w.leads[row]
    lead.rank = lead.score if p.priority == HOTTEST else lead.value if p.priority == VALUE else lead.created
    enlist(w.leads, row, w.queues[queue_of(lead, w)])


@inner
def give_owner(w: Any, p: Any, lead: Any) -> Any:
    """A lead gets a rep, except where it goes to the pool."""
    if p.routing == TERRITORY:
        lead.rep = seller_of(w, lead.product, lead.customer)
    elif p.routing == ROUND_ROBIN:
        lead.rep = w.firm[0].turn % max(1, len(w.reps))
        w.firm[0].turn += 1
        if w.reps[lead.rep].sells >= 0 and w.reps[lead.rep].sells != lead.product:
            lead.rep = seller_of(w, lead.product, lead.customer)


@kernel
def queue_anew(w: Any, p: Any, decay: Any) -> Any:
    """Rules have changed: who waits goes to the pool or gets a rep (who looks through it), and stands where the new order puts him."""
    for row in range(len(w.leads)):
        lead = w.leads[row]
        if lead.state != QUEUED and lead.state != HANDOFF:
            continue
        if lead.state == QUEUED:
            delist(w.leads, row, w.queues[queue_of(lead, w)])
        if p[0].routing == POOL:
            lead.rep = -1
        elif lead.rep < 0 and lead.routed < np.inf:
            give_owner(w, p[0], lead)
            if lead.state == QUEUED:
                w.reps[lead.rep].triage += p[0].triage
        look_again(w, decay[0], row)
        if lead.state == QUEUED:
            line_up(w, p[0], row)


@kernel
def take_in(w: Any, p: Any, decay: Any, keys: Any, hours: Any, day: Any) -> Any:
    """Each inquiry of the day becomes a marketing lead, or a line in the log."""
    for j in range(int(w.today[0].inquiries)):
        row = open_lead(w)
        inquiry, lead, account = w.inquiries[j], w.leads[row], w.accounts[w.inquiries[j].customer]
        lead.created, lead.identity, lead.customer = inquiry.at, inquiry.identity, inquiry.customer
        lead.channel, lead.score, lead.value = inquiry.channel, inquiry.score, inquiry.value
        lead.buyer, lead.holds, lead.product = inquiry.buyer, 0, inquiry.product
        if inquiry.holds:
            if inquiry.at - account.last_asked < _RECYCLED:
                lead.recycled_from = account.last_lead
            account.last_lead, account.last_asked = inquiry.identity, inquiry.at
        if inquiry.passes:
            give_life(w, p[0], decay[0], keys[0], hours, row, inquiry.window_end)
            lead.holds = inquiry.holds
            if lead.holds:
                w.customers[lead.customer].stage, account.held_by = LEAD, row
            w.today[0].leads += 1
            w.follow_up[day % FOLLOW_UP_RING].born += 1
            look_again(w, decay[0], row)
            if lead.routed < day + 1:
                admit(w, p[0], decay[0], row)
        else:
            end_lead(w, row, _BELOW, inquiry.at)


@inner
def give_life(w: Any, p: Any, decay: Any, k: Any, hours: Any, row: Any, window_end: Any) -> Any:
    """Draw a lead's patience and its owner, and when it reaches sales."""
    lead = w.leads[row]
    cold = lead.created + goes_cold(k.patience, lead.identity, decay)
    lead.dies = min(cold, window_end)
    lead.dies_of = _COLD if cold <= window_end else _WINDOW
    lead.expires = lead.created + p.expiry
    firm = w.firm[0]
    if lead.channel >= 0 and luck(k.trace, lead.identity, 0) < on_record(w.channels[lead.channel], firm):
        lead.traced = 1
    lead.state = HANDOFF
    unowned = (p.unowned + firm.dropped) * (1.0 - firm.owned) + firm.lost
    if luck(k.owner, lead.identity, 0) < unowned or len(w.reps) == 0:
        return
    pulled = luck(k.pull, lead.identity, 0) < p.pulled_share * (1.0 - firm.at_once)
    lead.routed = next_pull(lead.created, hours) if pulled else lead.created + p.latency
    give_owner(w, p, lead)
    if firm.astray > 0.0 and luck(k.astray, lead.identity, 0) < firm.astray:
        go_astray(w, p, lead, hours, luck(k.astray, lead.identity, 1))
