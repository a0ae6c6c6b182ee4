"""Leads stand in lists, sorted by rank and linked through their own rows: a queue per rep and one pool, deals per rep."""

from __future__ import annotations

from typing import Any

from smsim.core.kernel import kernel
from smsim.core.table import Table, field


class Queues(Table, name="queues"):
    """The leads that wait for a call: one row per rep, and a last row for the common pool."""

    head = field("i4", -1, "row", "Lead of the lowest rank")
    tail = field("i4", -1, "row", "Lead of the highest rank")


class Deals(Table, name="deals"):
    """The opportunities of each rep, in order of when they are due."""

    head = field("i4", -1, "row", "Opportunity due first")
    tail = field("i4", -1, "row", "Opportunity due last")


class Named(Table, name="named"):
    """The accounts each rep is to call first this week: as many rows for each rep."""

    customer = field("i4", -1, "index", "Customer; -1 for none")


class Tips(Table, name="tips"):
    """What reps have heard today and pass on, being none of their business."""

    customer = field("i4", 0, "index", "Who wants something")
    product = field("i4", 0, "index", "What he wants")


@kernel
def enlist(leads: Any, row: Any, ends: Any) -> Any:
    """Put a lead into a list, sorted by rank; equal ranks stay in order of arrival."""
    at = ends.tail
    while at >= 0 and leads[at].rank > leads[row].rank:
        at = leads[at].before
    leads[row].before = at
    if at >= 0:
        leads[row].after = leads[at].after
        leads[at].after = row
    else:
        leads[row].after = ends.head
        ends.head = row
    if leads[row].after >= 0:
        leads[leads[row].after].before = row
    else:
        ends.tail = row


@kernel
def delist(leads: Any, row: Any, ends: Any) -> Any:
    """Take a lead out of the list it stands in."""
    before, after = leads[row].before, leads[row].after
    if before >= 0:
        leads[before].after = after
    else:
        ends.head = after
    if after >= 0:
        leads[after].before = before
    else:
        ends.tail = before
    leads[row].before = -1
    leads[row].after = -1
