"""Whose a customer is: one rep's for whatever he wants, or for each product the rep's of those who sell it.

Where each rep sells everything, customer i is in the territory of rep i mod n, or of whom a plan has given him to. Where reps sell one
product each, those who sell the same divide all customers among themselves, so several reps of the firm have the same customer.
"""

from __future__ import annotations

from typing import Any

from smsim.core.kernel import inner
from smsim.world.customers import IDLE


@inner
def seller_of(w: Any, product: Any, i: Any) -> Any:
    """The rep who sells a product to customer i; what nobody sells alone is sold by the owner of the account."""
    if w.reps[0].sells >= 0:
        for r in range(len(w.reps)):
            rep = w.reps[r]
            if rep.sells == product and rep.place == i % rep.peers:
                return r
    return int(w.accounts[i].owner)


@inner
def territory(w: Any, r: Any) -> Any:
    """The first customer of a rep's territory, and how many customers on the next one is."""
    rep = w.reps[r]
    if rep.peers > 0:
        return int(rep.place), int(rep.peers)
    return r, len(w.reps)


@inner
def calls_in_vain(w: Any, r: Any, i: Any) -> Any:
    """Whether a call finds the firm in talks with customer i, or about to be, of which the rep has not been told; it is counted.

    A rep knows of his own talks and of those about what he sells. Where he sells everything, those are all in his territory.
    """
    if w.customers[i].stage == IDLE or w.reps[r].sells < 0:
        return False
    lead = w.leads[w.accounts[i].held_by]
    if lead.product == w.reps[r].sells or lead.rep == r:
        return False
    w.today[0].duplicate_contacts += 1
    return True


@inner
def tell_colleagues(w: Any, product: Any, i: Any) -> Any:
    """A rep passes on what a customer wants; tomorrow morning it is an inquiry like any other."""
    if w.firm[0].tips < len(w.tips):
        tip = w.tips[w.firm[0].tips]
        tip.customer, tip.product = i, product
        w.firm[0].tips += 1
