"""A customer is interested in a new product for a while, and is looked at again on the day on which that may matter."""

from __future__ import annotations

from typing import Any

from smsim.core.kernel import inner
from smsim.world.customers import CLOSED

#: Days for which there is a list of interests to be looked at.
DAYS_LISTED = 64


@inner
def become_interested(product: Any, interest: Any, day: Any) -> Any:
    """A customer is interested from today on, for the first time or again."""
    interest.until = int(min(day + product.interest, max(product.ends, day + 1.0)))
    if interest.opened < 0:
        interest.opened = day
        product.opened += 1


@inner
def be_persuaded(w: Any, number: Any, i: Any, day: Any) -> Any:
    """A rep has talked a customer who had no interest in a product into one."""
    n = (number - 1) * len(w.customers) + i
    become_interested(w.products[number], w.interests[n], day)
    w.interests[n].asks = day
    look_again(w, n, day + 1, day)


@inner
def end_interest(w: Any, n: Any) -> Any:
    """The interest of row n is over for the time being."""
    w.interests[n].until = CLOSED
    delist_interest(w, n)


@inner
def look_again(w: Any, n: Any, due: Any, day: Any) -> Any:
    """Put an interest on the list of a day to come."""
    interest = w.interests[n]
    interest.due = max(day + 1, min(due, day + DAYS_LISTED - 1))
    slot = w.asking_days[interest.due % DAYS_LISTED]
    interest.before, interest.after = -1, slot.first
    if slot.first >= 0:
        w.interests[slot.first].before = n
    slot.first = n


@inner
def delist_interest(w: Any, n: Any) -> Any:
    """Take an interest off the list it is on, if it is on one."""
    interest = w.interests[n]
    if interest.due < 0:
        return
    if interest.before >= 0:
        w.interests[interest.before].after = interest.after
    else:
        w.asking_days[interest.due % DAYS_LISTED].first = interest.after
    if interest.after >= 0:
        w.interests[interest.after].before = interest.before
    interest.due = -1
