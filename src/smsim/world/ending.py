"""How a lead leaves the world: one row in the log, one free row, one customer let go."""

from __future__ import annotations

from typing import Any

import numpy as np

from smsim.core.kernel import inner, kernel
from smsim.world.customers import CLOSED, IDLE
from smsim.world.interest import end_interest
from smsim.world.leads import FREE, FROM_MARKETING
from smsim.world.outcomes import Outcome

_WINDOW_CLOSED, _COLD_QUEUE, _COLD_HANDOFF = int(Outcome.WINDOW_CLOSED), int(Outcome.COLD_IN_QUEUE), int(Outcome.COLD_IN_HANDOFF)
_OPEN, _WON, _LAST_DEAL = int(Outcome.OPEN), int(Outcome.WON), int(Outcome.BURNED_UNREADY)
_NEVER_ROUTED = int(Outcome.NEVER_ROUTED)


@inner
def write_log(log: Any, firm: Any, lead: Any, outcome: Any, closed: Any) -> Any:
    """Put down the truth about a lead: what it ended of and when."""
    entry = log[firm.logged]
    firm.logged += 1
    entry.identity, entry.recycled_from = lead.identity, lead.recycled_from
    entry.created, entry.closed = lead.created, closed
    entry.routed = lead.routed if lead.routed < np.inf else np.nan
    entry.first_touch, entry.qualified = lead.touched, lead.qualified
    entry.value, entry.score = lead.value, lead.score
    entry.customer, entry.rep, entry.channel = lead.customer, lead.rep, lead.channel
    entry.outcome, entry.source, entry.traced = outcome, lead.source, lead.traced
    entry.product = lead.product


@kernel
def cause_of_death(lead: Any, otherwise: Any) -> Any:
    """What a lead that never came to life dies of: what took it first, or `otherwise` if it outlives that."""
    if lead.routed == np.inf:
        return _NEVER_ROUTED
    if lead.dies_of == _COLD_QUEUE and lead.dies < lead.routed:
        return _COLD_HANDOFF
    if lead.dies < lead.expires:
        return lead.dies_of
    return otherwise


@kernel
def end_lead(w: Any, row: Any, outcome: Any, closed: Any) -> Any:
    """End a live lead: log it, let its customer go, free its row.

    A customer who was lost to cold, to a decision or to a rival has stopped looking: the window closes, or the interest in the product.
    """
    lead, firm = w.leads[row], w.firm[0]
    write_log(w.log, firm, lead, outcome, closed)
    if lead.holds:
        customer = w.customers[lead.customer]
        customer.stage = IDLE
        gone = outcome == _COLD_QUEUE or outcome == _COLD_HANDOFF or outcome <= _LAST_DEAL
        if gone and outcome != _OPEN and lead.product == 0:
            customer.window_end = CLOSED
        elif gone and outcome != _OPEN:
            end_interest(w, (lead.product - 1) * len(w.customers) + lead.customer)
    lead.state = FREE
    lead.after = firm.free
    lead.before = -1
    firm.free = row
    firm.live -= 1


@kernel
def open_lead(w: Any) -> Any:
    """Take a free row for a new lead, or -1 if there is none; lists, states and times stand as on the first day."""
    firm = w.firm[0]
    row = firm.free
    if row < 0 or firm.room <= 0:
        return -1
    lead = w.leads[row]
    firm.free = lead.after
    firm.live += 1
    firm.room -= 1
    lead.before = -1
    lead.after = -1
    lead.rep = -1
    lead.meetings = 0
    lead.traced = 0
    lead.source = FROM_MARKETING
    lead.recycled_from = -1
    lead.edge = 0.0
    lead.ready = 0.0
    lead.product = 0
    lead.discount = 0.0
    lead.moved = 0
    lead.touched = np.nan
    lead.qualified = np.nan
    lead.routed = np.inf
    lead.dies = np.inf
    lead.expires = np.inf
    lead.dies_of = _COLD_QUEUE
    return row
