"""When a lead is with a rep: the daily pull, and the way round by somebody whose it is not. What is on record of where it came from."""

from __future__ import annotations

import math
from typing import Any

from smsim.core.kernel import inner, kernel


@kernel
def next_pull(created: Any, hours: Any) -> Any:
    """The first opening of a working day after a lead's birth."""
    opens, _, weekends = hours
    day = math.floor(created)
    if created >= day + opens:
        day += 1
    while weekends and day % 7 >= 5:
        day += 1
    return day + opens


@inner
def on_record(channel: Any, firm: Any) -> Any:
    """Chance that a lead's channel is on record: the best of what is noted by whom."""
    return max(channel.traceable, max(channel.tracked, firm.tracked))


@inner
def go_astray(w: Any, p: Any, lead: Any, hours: Any, u: Any) -> Any:
    """A lead first reaches a rep whose it is not, who looks through it; with the pull after the next it is where it belongs."""
    w.reps[int(u * len(w.reps))].triage += p.triage
    lead.routed = next_pull(max(lead.routed, next_pull(lead.created, hours)), hours)
