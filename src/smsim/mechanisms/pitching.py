"""A new product is pitched: readiness weighs in the customer's choice, practice teaches, a lost pitch may burn the account (M11, M30).

A pitch goes over all meetings of an opportunity: the readiness that counts is the mean over them, and edge = base + slope·R. Each
meeting is practice. Where the pitch is lost, the account is burned with chance 1 − R: for a time the customer has no ear for the firm.
The loss is put down to the unready rep where the same customer, on the same luck, would have bought from one fully ready.

Interest is the customer's own. One on whom the product is pushed and who has none takes one with chance `market.launched.persuaded`;
otherwise he turns the product down at the first meeting. That is a lost pitch: its hours are gone and it may burn the account. If it
does not, the rep begins again with the standing business.
"""

from __future__ import annotations

from typing import Any

from smsim.core.calendar import WEEK
from smsim.core.kernel import inner
from smsim.core.luck import luck
from smsim.world.customers import CLOSED
from smsim.world.interest import be_persuaded
from smsim.world.leads import FROM_REP


@inner
def pitch(w: Any, lead: Any) -> Any:
    """Hold one meeting about a new product, with as much readiness as the rep has today; learn from it."""
    product = w.products[lead.product]
    known = w.know_how[lead.rep * len(w.products) + lead.product]
    lead.ready += (known.ready - lead.ready) / lead.meetings
    lead.edge = product.base + product.slope * lead.ready
    known.hours += product.practice


@inner
def interest_in(w: Any, lead: Any) -> Any:
    """The interest of a lead's customer in the product it is about."""
    return w.interests[(lead.product - 1) * len(w.customers) + lead.customer]


@inner
def waits_for_it(w: Any, lead: Any, day: Any) -> Any:
    """Whether a customer still waits for a product that does not ship yet; interest lasts only so long."""
    return lead.product > 0 and day < w.products[lead.product].ship and day < interest_in(w, lead).until


@inner
def burn(w: Any, key: Any, lead: Any, day: Any) -> Any:
    """A pitch is lost, and the customer may want no more of the firm for a while; whether it is so."""
    burned = luck(key, lead.identity, 0) < 1.0 - lead.ready
    if burned:
        account = w.accounts[lead.customer]
        account.burned_until = day + int(w.products[lead.product].burn)
        w.customers[lead.customer].window_end = CLOSED
        w.today[0].burned_accounts += 1
    return burned


@inner
def push(w: Any, key: Any, r: Any, i: Any, t: Any) -> Any:
    """The product a rep must push on a prospect, or 0: one he sells, that is announced, and that this customer has not bought."""
    sells, week = w.reps[r].sells, int(t / WEEK)
    for product in range(1, len(w.products)):
        known, interest = w.products[product], w.interests[(product - 1) * len(w.customers) + i]
        wanted = known.announce <= t < known.ends and interest.bought == 0 and (sells < 0 or sells == product)
        if wanted and luck(key, i, week * len(w.products) + product) < known.pressure:
            return product
    return 0


@inner
def turns_it_down(w: Any, key: Any, lead: Any, day: Any) -> Any:
    """Whether a customer wants nothing of what is pushed on him: he has no interest of his own, and is not talked into one."""
    if lead.meetings > 1 or lead.source != FROM_REP or interest_in(w, lead).until >= 0:
        return False
    product, week = w.products[lead.product], int(lead.created / WEEK)
    if day >= product.ends or luck(key, lead.customer, week * len(w.products) + lead.product) >= product.persuaded:
        return True
    be_persuaded(w, lead.product, lead.customer, day)
    return False


@inner
def begin_again(w: Any, lead: Any) -> Any:
    """The opportunity goes on as one about the standing business, as if nothing had been said yet."""
    lead.product, lead.meetings = 0, 0
    lead.edge, lead.ready = 0.0, 0.0
    lead.value = w.accounts[lead.customer].value
