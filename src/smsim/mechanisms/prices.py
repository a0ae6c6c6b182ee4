"""A price in dispute holds up an opportunity: its next meeting waits until the dispute is settled (M24)."""

from __future__ import annotations

from typing import Any

from smsim.core.kernel import inner
from smsim.core.luck import luck
from smsim.world.disputes import PRICE
from smsim.world.leads import SELLING
from smsim.world.lists import delist, enlist


@inner
def dispute_a_price(w: Any, disputes: Any, dispute: Any, key: Any, when: Any) -> Any:
    """One of the opportunities that are not disputed yet: which one goes by luck of its own, not by its place."""
    found, least = -1, 2.0
    for row in range(len(w.leads)):
        if w.leads[row].state == SELLING and not is_disputed(disputes, w.leads[row].identity):
            u = luck(key, w.leads[row].identity, when)
            if u < least:
                found, least = row, u
    if found >= 0:
        lead = w.leads[found]
        dispute.subject, dispute.identity, dispute.due, dispute.rep = found, lead.identity, lead.due, lead.rep
        hold_up(w, found, lead.identity, max(lead.due, dispute.until))


@inner
def is_disputed(disputes: Any, identity: Any) -> Any:
    """Whether the price of an opportunity is in dispute."""
    for row in range(len(disputes)):
        one = disputes[row]
        if one.open == 1 and one.kind == PRICE and one.subject >= 0 and one.identity == identity:
            return True
    return False


@inner
def hold_up(w: Any, row: Any, identity: Any, due: Any) -> Any:
    """The next meeting about an opportunity is due then; one that is no longer being sold is left in peace."""
    lead = w.leads[row]
    if lead.state != SELLING or lead.identity != identity:
        return
    delist(w.leads, row, w.deals[lead.rep])
    lead.due = due
    lead.rank = due
    enlist(w.leads, row, w.deals[lead.rep])
