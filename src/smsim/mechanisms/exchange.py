"""What passes between marketing and sales, item by item, and who has told whom.

Up: an observation reaches marketing's belief, aged, with its own variance R over 1 − N, where N is the stereotype that the marketer who
writes to that segment has of reps. Down: marketing's belief of a segment, of variance P, is taken by a rep with P/(max(T, .05)·(1 − N)),
where T is his trust and N his stereotype of marketers. Where nobody has stereotypes N is 0. An item told down is new where it is not what
the rep was told last.

What is told in person is counted on both sides (`items_told`, `items_heard`); `stereotypes` weighs it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from smsim.core.kernel import inner, kernel
from smsim.core.kpi import Kpi
from smsim.mechanisms.insight import hear_of_need
from smsim.mechanisms.rival_insight import tell_of_rivals
from smsim.world.company import RunLength
from smsim.world.market import RING
from smsim.world.period import Period

#: Beliefs nearer to each other than this are the same.
_SAME = 1e-9
#: Age in days up to which an observation counts as fresh when it arrives.
FRESH = 28.0
#: Where contact is counted, the way in which practices soften stereotypes.
CONTACT = ("reps.items_told", "reps.items_heard", "marketers.items_told", "marketers.items_heard")
#: Where what marketing tells reps in person arrives.
TOLD = ("rep_insight.heard", "rep_insight.heard_var", "rep_rival_insight.heard", "rep_rival_insight.heard_var")

#: What a rep has learned of leads by their age; what is new since it was last pooled stands in `new_…`.
_TRACKED = ("fresh_good", "fresh_bad", "stale_good", "stale_bad")
#: Where it arrives when it is pooled.
POOLED = tuple(f"reps.{name}" for name in _TRACKED)


def begin_tracking(reps: Any) -> None:
    """What is pooled is what is tracked from now on."""
    for name in _TRACKED:
        reps["new_" + name] = 0.0


def pool(present: Any) -> None:
    """Everybody present takes over what the others have tracked since the last time: the loop from leads to their outcomes is closed."""
    for name in _TRACKED:
        new, own = present["new_" + name], present[name]
        own += np.add.reduce(new) - new
        new[:] = 0.0


def counted_since(scenario: Any, day: int, fresh: float = FRESH) -> tuple[float, float]:
    """The first day whose observations are still fresh, and the first day that counts at all."""
    counted = float(scenario.of(RunLength).warm_up)
    return max(day - fresh, counted), counted


@inner
def doubted(w: Any, segment: Any) -> Any:
    """The stereotype of reps that the marketer has who writes to a segment; 0 where there is none."""
    return w.marketers[w.segments[segment].marketer].stereotype if len(w.marketers) > 0 else 0.0


@inner
def report(w: Any, n: Any, doubt: Any, market: Any, since: Any, day: Any) -> Any:
    """One observation reaches marketing, on a morning: the market has not moved since yesterday.

    `since` is (first day that counts as fresh, first day that counts at all).
    """
    note = w.notes[n]
    note.sent = 1
    hear_of_need(w.insight[note.segment], note.seen, note.noise / (1.0 - doubt), day - 1 - note.day, market)
    if note.day >= since[1]:
        w.today[0].notes_sent += 1
        w.today[0].notes_age += day - note.day
        if note.day >= since[0]:
            w.today[0].notes_used += 1


@inner
def freshest(w: Any, first: Any, last: Any) -> Any:
    """The latest observation not yet sent of the reps from `first` up to, but without, `last`; -1 where there is none."""
    best = -1
    for n in range(first * RING, last * RING):
        if w.notes[n].sent == 0 and (best < 0 or w.notes[n].day > w.notes[best].day):
            best = n
    return best


@kernel
def pass_up(w: Any, market: Any, reps: Any, items: Any, since: Any, day: Any) -> Any:
    """The reps in `reps` = (first, last) tell in person up to so many observations, freshest first, each once. Returns how many."""
    first, last = reps
    for item in range(items):
        n = freshest(w, first, last)
        if n < 0:
            return item
        report(w, n, doubted(w, w.notes[n].segment), market, since, day)
        w.reps[n // RING].items_told += 1
    return items


@inner
def taken(rep: Any, var: Any) -> Any:
    """The variance with which a rep takes what marketing says with variance `var`."""
    return var / max(rep.trust, 0.05) / (1.0 - rep.stereotype)


@inner
def tell(w: Any, r: Any, s: Any, var: Any) -> Any:
    """A rep hears what marketing believes of a segment, and takes it with that variance. Returns 1 if it is new to him, else 0."""
    belief, view, new = w.rep_insight[r * len(w.segments) + s], w.insight[s], 0
    belief.heard_var = var
    for d in range(3):
        new = 1 if abs(belief.heard[d] - view.mean[d]) > _SAME else new
        belief.heard[d] = view.mean[d]
    return new


@inner
def tell_all(w: Any, r: Any, horizon: Any) -> Any:
    """A rep hears in person what marketing believes of every segment and what it sees coming. Returns how much of it was new."""
    rep, new = w.reps[r], 0
    rep.horizon = max(rep.horizon, float(horizon))
    for s in range(len(w.segments)):
        new += tell(w, r, s, taken(rep, w.insight[s].var))
        tell_of_rivals(w, r, s)
    rep.items_heard += new
    return new


@kernel
def pass_down(w: Any, reps: Any, horizon: Any) -> Any:
    """Tell every rep present, the first `reps` of them. Returns how many items were new to somebody."""
    most = 0
    for r in range(reps):
        most = max(most, tell_all(w, r, horizon))
    return most


def _ratio(above: str, below: str) -> Any:
    def share(period: Period) -> float:
        total = period.total(below)
        return period.total(above) / total if total else float("nan")

    return share


def _late(period: Period) -> float:
    made = period.total("notes_made")
    return (period.total("notes_sent") - period.total("notes_used")) / made if made else float("nan")


def _lost(period: Period) -> float:
    made = period.total("notes_made")
    return 1 - period.total("notes_sent") / made if made else float("nan")


KPIS = (
    Kpi("intel_captured", "count", "Field observations made", "up", daily="notes_made"),
    Kpi("intel_late_share", "share", "Field observations that reached marketing when they were no longer fresh", "down", "run",
        of_run=_late),
    Kpi("intel_lost_share", "share", "Field observations that never reached marketing, or had not by the last day", "down", "run",
        of_run=_lost),
    Kpi("report_delay_days", "days", "Mean age of field observations on reaching marketing", "down", "run",
        of_run=_ratio("notes_age", "notes_sent")),
    Kpi("requests_answered_share", "share", "Reps who told marketing what customers say when it asked them", "up", "run",
        of_run=_ratio("answered", "asked")),
    Kpi("requests_served_share", "share", "Questions of reps about a customer that marketing answered", "up", "run",
        of_run=_ratio("served", "requests")),
)
