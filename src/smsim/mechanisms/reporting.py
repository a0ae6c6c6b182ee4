"""Writing up what was heard costs a rep hours, and he decides how much of it he writes up (M20).

With h hours an item, an hourly salary w and duty δ, a share x of items written up is worth δ·w·h·(x − x²/2) to him for each item, since the
first are wanted most, and costs h·x·m, where m is what an hour of selling brings him in commission and bonus just now. He chooses
x = 1 − m/(δ·w), within 0 and 1: the more an hour of selling is paid, and the less of his pay is salary, the less he reports.
"""

from __future__ import annotations

from typing import Any

from smsim.core.kernel import inner, kernel
from smsim.core.luck import luck
from smsim.core.section import Section, param

_TOLD = {"practices.meetings.every": "2 weeks", "selling.reporting.hours": "0.2 hours"}
_CHOSEN = _TOLD | {"selling.effort.chosen": "always"}


class Reporting(Section, at="selling.reporting"):
    """What it takes a rep to report."""

    hours: float = param(0.0, "hours", "Hours it takes to write up one observation; `at once` makes reporting free, and all is reported",
                         source="kishore2013", grade="C", low=0, high=8, moves="selling_hours -", given=_TOLD)
    duty: float = param(3.0, "times", "What an hour of reporting is worth to a rep, over his hourly salary (δ)", source="assumed",
                        grade="C", low=0.001, high=1000, moves="intel_used_share +", given=_CHOSEN)


@kernel
def share_reported(duty: Any, salary: Any, hour: Any) -> Any:
    """The share of items worth writing up: `salary` and `hour` are what an hour is paid as salary, and brings by selling."""
    if hour <= 0.0:
        return 1.0
    return min(1.0, max(0.0, 1.0 - hour / max(duty * salary, 1e-12)))


@inner
def write_up(rep: Any, note: Any, p: Any, key: Any, identity: Any) -> Any:
    """An observation is written up, for hours of the next working day, or forgotten."""
    if p.hours <= 0.0:
        return
    if luck(key, identity, 0) < rep.share_reported:
        rep.away += p.hours
    else:
        note.sent = 1
