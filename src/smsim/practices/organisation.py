"""Reps sell by customer, each whatever his customers want; or by product, each one product to whoever wants it (004.18).

By product, each launched product has reps of its own: `specialists`·reps of them, rounded, at least one. Until it is announced, and after
its `ends`, they sell the standing business with the others. Those who sell the same divide all customers among themselves, so a customer
is in the territory of one rep for each product. A rep is told of the firm's talks about what he sells, and of no others. He is trained for
what he sells, and for nothing else. Where specialists would take all reps, everybody sells by customer.

Either way reps may ask prospects and those who have just bought what else they want: who sells everything sells it himself, who does not
passes it on, with a chance.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from smsim.core.calendar import WEEK, Rhythm
from smsim.core.contracts import Practice
from smsim.core.section import Section, param

_BY_PRODUCT = {"practices.organisation.by": "product"}


class Division(Section, at="practices.organisation"):
    """How selling is divided among reps."""

    by: str = param("customer", "word", "How selling is divided: each rep sells his customers everything, or one product to whoever wants "
                    "it", source="assumed", grade="C", choices=("customer", "product"), moves="duplicate_contacts ?")
    specialists: float = param(0.25, "share", "By product: share of reps who sell one and the same launched product, at least one rep",
                               source="assumed", grade="C", low=0, high=1, moves="revenue ?", given=_BY_PRODUCT)
    asks: float = param(0.0, "share", "Share of buyers and prospects whom the rep asks what else they are looking for",
                        source="assumed", grade="C", low=0, high=1, moves="cross_sold +")
    passed: float = param(0.5, "share", "Chance that a rep who hears of something he does not sell passes it on", source="assumed",
                          grade="C", low=0, high=1, moves="leads +", given=_BY_PRODUCT)


class Dividing(Practice):
    """Who sells what to whom."""

    name = "organisation"
    sections = (Division,)
    reads = ("products.announce", "products.ends", "reps.sells")
    writes = ("reps.sells", "reps.place", "reps.peers", "reps.trains", "accounts.owner", "firm.asks", "firm.passed")
    costs = "nothing by itself; asking takes a rep `selling.asking.hours`, and calls on a colleague's customer are made in vain"
    moves = "rules: who sells what to whom, who is trained for what, who is asked what else he wants and whether it is passed on"
    through = {"rules": ("reps.sells", "reps.place", "reps.peers", "reps.trains", "accounts.owner", "firm.asks", "firm.passed")}

    @classmethod
    def is_on(cls, scenario: Any) -> bool:
        """Where reps sell by product, or ask."""
        p = scenario.of(Division)
        return bool(p.by == "product" or p.asks > 0)

    def tune(self, day: int) -> None:
        """Read the rules; who sells what follows in the morning."""
        self.p = self.scenario.of(Division)
        self.world.firm["asks"] = self.p.asks
        self.world.firm["passed"] = self.p.passed
        if self.before is not None and self.is_new("practices.organisation.by", "practices.organisation.specialists"):
            self.begin(day)

    def rhythm(self) -> Rhythm:
        """Mondays, when something may have been announced."""
        return Rhythm(WEEK)

    def begin(self, day: int) -> None:
        """Whoever begins with it begins at once."""
        self.morning(day)

    def morning(self, day: int) -> None:
        """Divide the customers anew if who sells what is not as it was."""
        sells, trains = self._divided(day) if self.p.by == "product" else (None, None)
        self._lay(sells, trains)

    def stop(self) -> None:
        """Everybody sells everything again to his own customers."""
        self._lay(None, None)
        self.world.firm["asks"] = self.world.firm["passed"] = 0.0

    def _divided(self, day: int) -> tuple[Any, Any]:
        """What each rep sells from today on, or None where all sell everything, and what each is trained for."""
        products, count = self.world.products, len(self.world.reps)
        trains = specialities(count, len(products) - 1, self.p.specialists)
        if trains is None:
            return None, None
        sold = (products["announce"] <= day) & (day < products["ends"])
        sells = np.where(sold[trains], trains, 0)
        return (sells if sells.any() else None), trains

    def _lay(self, sells: Any, trains: Any) -> None:
        """Write down who sells what to whom, if it is not so already."""
        reps, accounts = self.world.reps, self.world.accounts
        reps["trains"] = -1 if trains is None else trains
        new = np.full(len(reps), -1) if sells is None else sells
        if (reps["sells"] == new).all():
            return
        reps["sells"], reps["place"], reps["peers"] = new, 0, 0
        for product in () if sells is None else np.unique(sells):
            group = np.flatnonzero(sells == product)
            reps["place"][group], reps["peers"][group] = np.arange(len(group)), len(group)
        owners = np.arange(len(reps)) if sells is None else np.flatnonzero(sells == 0)
        accounts["owner"] = owners[np.arange(len(accounts)) % len(owners)]


def specialities(reps: int, launched: int, share: float) -> Any:
    """The product each rep is trained for, 0 for the standing business; the last reps have the first product. None if it takes them all."""
    each = max(1, round(share * reps))
    if launched * each >= reps:
        return None
    trains = np.zeros(reps, dtype=np.int64)
    for product in range(1, launched + 1):
        trains[reps - product * each: reps - (product - 1) * each] = product
    return trains
