"""When a rep's day begins, when it ends, and who is free first."""

from __future__ import annotations

from typing import Any

from smsim.core.kernel import inner, kernel
from smsim.mechanisms.jotting import jot
from smsim.world.journal import AWAY, TRIAGE


@kernel
def leaves(rep: Any, hours: Any, day: Any) -> Any:
    """When a rep goes home: as much earlier or later than the office closes as he decides, before midnight; who has left never comes."""
    opens, closes = hours
    if rep.back > day:
        return float(day)
    return day + min(1.0, closes + (rep.effort - 1.0) * (closes - opens))


@inner
def earliest(reps: Any, hours: Any, day: Any) -> Any:
    """The rep who is free first of those still at work; -1 if all have gone home."""
    first = -1
    for r in range(len(reps)):
        if reps[r].clock < leaves(reps[r], hours, day) and (first < 0 or reps[r].clock < reps[first].clock):
            first = r
    return first


@inner
def begin_day(w: Any, p: Any, r: Any, opening: Any, length: Any, day: Any) -> Any:
    """When a rep is free: after what yesterday left, after meetings, after looking through what was routed."""
    rep = w.reps[r]
    if rep.back > day:
        return opening
    effective = 1.0 - p.selling[0].admin
    allowance = p.deals[0].due_share * effective * length * 24.0 * rep.effort
    rep.allowance = min(rep.allowance + allowance, 2.0 * allowance)
    start = opening + rep.carry + rep.away / 24.0 + rep.triage / 24.0 / effective
    if rep.kept == 1:
        jot(w, r, AWAY, opening + rep.carry, opening + rep.carry + rep.away / 24.0, -1)
        jot(w, r, TRIAGE, opening + rep.carry + rep.away / 24.0, start, -1)
    w.today[0].selling_hours += rep.triage
    rep.away = 0.0
    rep.triage = 0.0
    rep.picks = 0
    return start
