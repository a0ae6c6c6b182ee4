"""Urges to look at a new product, which come by themselves and because others are interested, and what interested customers do.

A customer has urges to look at the product at the same rate as everybody, p + q·F (Bass 1969): the k-th comes when the sum of all days'
rates has passed E₁ + … + E_k, exponential waits of mean 1 that are his alone. An urge makes him interested; one that comes while he is,
or once he has bought, makes no difference. So who is next is known beforehand, and nobody else is looked at. Interested customers ask
with a chance that is never above that of the warmest on the busiest day: they are looked at on the days on which one that warm would
ask, and ask with the chance that is left. Both are exact.
"""

from __future__ import annotations

import math
from typing import Any

from smsim.core.kernel import inner, kernel
from smsim.core.luck import exponential, luck
from smsim.mechanisms.demand import chance_to_ask, note_inquiry
from smsim.world.customers import IDLE, NUMBERS
from smsim.world.interest import DAYS_LISTED, become_interested, delist_interest, end_interest, look_again


@kernel
def first_urges(urges: Any, keys: Any, customers: Any) -> Any:
    """When each customer first feels an urge to look at each product."""
    for n in range(len(urges)):
        urges[n].customer = n % customers
        urges[n].at = exponential(keys[0].interest, (n // customers + 1) * NUMBERS + n % customers, 0)


@kernel
def feel_urges(w: Any, urges: Any, keys: Any, most: Any, day: Any) -> Any:
    """The urges of today: at the rate of this morning, product by product."""
    customers = len(w.customers)
    for number in range(1, len(w.products)):
        product, top = w.products[number], (number - 1) * customers
        if day < product.announce or day >= product.ends or customers == 0:
            continue
        product.passed += product.innovation + product.imitation * product.opened / customers
        while urges[top].at <= product.passed:
            i = urges[top].customer
            interest, at = w.interests[top + i], math.inf
            interest.urges += 1
            if not interest.bought:
                at = urges[top].at + exponential(keys[0].interest, number * NUMBERS + i, interest.urges)
                if interest.until < 0:
                    become_interested(product, interest, day)
                    plan_to_ask(w, keys[0], most, top + i, day)
            put_in_place(urges, top, customers, at, i)


@kernel
def put_in_place(urges: Any, top: Any, size: Any, at: Any, customer: Any) -> Any:
    """Put an urge in the place of the first, and the earliest of all on top: each lies above two that come no sooner."""
    place = 0
    while 2 * place + 1 < size:
        sooner = 2 * place + 1
        if sooner + 1 < size and urges[top + sooner + 1].at < urges[top + sooner].at:
            sooner += 1
        if urges[top + sooner].at >= at:
            break
        urges[top + place].at, urges[top + place].customer = urges[top + sooner].at, urges[top + sooner].customer
        place = sooner
    urges[top + place].at, urges[top + place].customer = at, customer


@inner
def plan_to_ask(w: Any, k: Any, most: Any, n: Any, day: Any) -> Any:
    """When the customer of row n would ask next if nobody were warmer and every day as busy as the busiest; look again by then."""
    interest = w.interests[n]
    identity = NUMBERS + (n // len(w.customers)) * NUMBERS + n % len(w.customers)
    days = math.log(luck(k.asking, identity, day)) / math.log1p(-most) if most > 0.0 else math.inf
    interest.asks = day + 1 + int(min(days, 1e6))
    look_again(w, n, min(interest.asks, interest.until), day)


@kernel
def hear_the_interested(w: Any, p: Any, keys: Any, asking: Any, day: Any) -> Any:
    """Look at every interest that is due today; False where it stopped for want of room for inquiries."""
    slot = w.asking_days[day % DAYS_LISTED]
    while slot.first >= 0:
        if w.today[0].inquiries >= len(w.inquiries):
            return False
        n = slot.first
        delist_interest(w, n)
        if not w.interests[n].bought:
            hear_out(w, p[0], keys[0], asking, n, day)
    return True


@inner
def hear_out(w: Any, p: Any, k: Any, asking: Any, n: Any, day: Any) -> Any:
    """An interested customer asks, or turns away, or does neither; nobody turns away while he is talked to."""
    weight, most = asking
    number, i, interest = n // len(w.customers) + 1, n % len(w.customers), w.interests[n]
    free = w.customers[i].stage == IDLE
    if w.products[number].announce > day:
        look_again(w, n, day + 1, day)
    elif day >= interest.until:
        if free:
            turn_away(w, k, number, i, day)
        else:
            look_again(w, n, day + 1, day)
    elif day < interest.asks:
        look_again(w, n, min(interest.asks, interest.until), day)
    else:
        if free and day == interest.asks and w.accounts[i].burned_until <= day and w.customers[i].asked < day:
            ask_about(w, p, k, (weight, most), number, i, day)
        plan_to_ask(w, k, most, n, day)


@inner
def turn_away(w: Any, k: Any, number: Any, i: Any, day: Any) -> Any:
    """Interest ends with nothing bought from the firm; a rival may have sold."""
    n = (number - 1) * len(w.customers) + i
    end_interest(w, n)
    if luck(k.rival, number * NUMBERS + i, day) < w.products[number].taken:
        w.interests[n].bought = 1
        w.today[0].rival_wins += 1


@inner
def ask_about(w: Any, p: Any, k: Any, asking: Any, number: Any, i: Any, day: Any) -> Any:
    """A customer who might ask today does so with what is left of the chance."""
    weight, most = asking
    if luck(k.warm, number * NUMBERS + i, day) * most < chance_to_ask(w.customers[i].goodwill, p, weight):
        note_inquiry(w, i, 1, day)
        row = w.inquiries[int(w.today[0].inquiries) - 1]
        row.product = number
        row.window_end = w.interests[(number - 1) * len(w.customers) + i].until
