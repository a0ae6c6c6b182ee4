"""A rep writes down what he does, if he keeps a journal. Nothing follows from it."""

from __future__ import annotations

from typing import Any

from smsim.core.kernel import inner


@inner
def jot(w: Any, r: Any, kind: Any, start: Any, end: Any, row: Any) -> Any:
    """Begin a line about a task (on a lead, or -1), and return it; -1 where no journal is kept, or it is full."""
    at = w.firm[0].jotted
    if w.reps[r].kept == 0 or at >= len(w.journal):
        return -1
    line = w.journal[at]
    line.rep, line.kind, line.start, line.end = r, kind, start, end
    line.customer, line.channel, line.came, line.meetings, line.buyer, line.source = -1, -1, 0, 0, 0, 0
    if row >= 0:
        lead = w.leads[row]
        line.created, line.dies, line.value, line.buyer = lead.created, lead.dies, lead.value, lead.buyer
        line.customer, line.channel, line.meetings, line.source = lead.customer, lead.channel, lead.meetings, lead.source
    w.firm[0].jotted += 1
    return at


@inner
def add(w: Any, at: Any, came: Any) -> Any:
    """End a line: what came of it."""
    if at >= 0:
        w.journal[at].came = came
