"""Customers who have bought are delivered to, renew or leave, and tell others (M36).

What was sold today becomes a contract, or a further deal under the one there is: then there is another delivery, and renewals keep their
day. Who stays pays a share of the deal again and takes hours of service from the rep's selling; who leaves is gone until he buys again.
On Mondays satisfied customers may bring another to look for something to buy: a buying window opens, and he asks as anybody does.
All this comes after `pay`: commission is for new business.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from smsim.core.bundle import Bundle
from smsim.core.calendar import YEAR
from smsim.core.contracts import Mechanism, Phase
from smsim.core.kernel import inner, kernel, launch
from smsim.core.kpi import Kpi
from smsim.core.luck import luck
from smsim.mechanisms.arrivals import comes_from
from smsim.mechanisms.delivery import Delivery, deliver, expectation
from smsim.mechanisms.demand import open_window
from smsim.mechanisms.figures import retention, satisfied
from smsim.mechanisms.loyalty import AfterSale, renew, worth
from smsim.world.company import Company
from smsim.world.contracts import Contracts, Dues, Holders, Tended
from smsim.world.customers import IDLE
from smsim.world.leads import NEVER
from smsim.world.market import Market

#: Chances to leave nearer than this to 0 or 1 are not told apart from it.
_LEAST = 1e-12


class Terms(Bundle):
    """The parameters of what happens after a sale, one row each."""

    account: Any
    delivery: Any
    market: Any


class Books(Bundle):
    """What is kept of those who have bought."""

    contracts: Any
    dues: Any
    holders: Any
    tended: Any


class Renewing(Mechanism):
    """What was sold is delivered; customers renew, leave, refer."""

    name = "renewals"
    phase = Phase.ACCOUNTS
    sections = (AfterSale, Delivery)
    reads = ("sales.*", "customers.*", "accounts.offset", "segments.need", "segments.message", "products.cost", "today.deals_won")
    writes = ("sales.*", "contracts.*", "dues.due", "holders.contract", "tended.*", "customers.window_end", "customers.windows",
              "reps.away", "today.revenue")
    streams = ("churn", "stay", "refers", "whom", "length")
    kpis = (
        Kpi("renewals", "customers", "Customers who stayed when their contract was up", "up"),
        Kpi("renewal_revenue", "money", "What they pay; part of revenue", "up"),
        Kpi("retention_rate", "share", "Customers who stayed, of those who decided to stay or to leave", "up", "run", of_run=retention),
        Kpi("satisfaction", "share", "Satisfaction with deals at delivery, mean", "up", "run", of_run=satisfied),
        Kpi("referrals", "customers", "Customers who began to look because another told them", "up"),
        Kpi("service_hours", "hours", "Reps' hours for customers who stayed", "neither"),
    )

    @classmethod
    def is_on(cls, scenario: Any) -> bool:
        """Where anybody ever renews."""
        return bool(scenario.of(AfterSale).renewal < math.inf)

    def set_up(self) -> None:
        """Nobody has bought yet, as far as anybody remembers."""
        world = self.world
        self.contracts = world.contracts = Contracts(256)
        self.dues = world.dues = Dues(256)
        self.holders = world.holders = Holders(len(world.customers))
        self.tended = world.tended = Tended(1)
        self.blank, self.used, self.next_due = self.tended[:].copy(), 0, 0
        self.happened = self.nothing = dict.fromkeys(Tended.fields, 0.0)
        self.books = Books(*(table.rows for table in (self.contracts, self.dues, self.holders, self.tended)))

    def tune(self, day: int) -> None:
        """Read how customers are; after a pause every contract has a full period before it."""
        from scipy.special import betaincinv  # takes a while to import, and a firm without renewals needs none of it

        of, self.quantile = self.scenario.of, betaincinv
        self.p = Terms(*(of(section).row() for section in (AfterSale, Delivery, Market)))
        self.shape, self.margin = (of(AfterSale).alpha, of(AfterSale).beta), of(Company).gross_margin
        self.refers = of(AfterSale).referral > 0 and comes_from(self.scenario) == "demand"
        if self.before is None:
            late = (self.contracts["active"] == 1) & (self.contracts["renews"] < day)
            self.contracts["renews"][late] = day + max(1, int(of(AfterSale).renewal))
            self.dues["due"] = np.minimum(self.contracts["renews"], self.contracts["delivers"])
            self.next_due = day
        self._make_room()

    def _make_room(self) -> None:
        """Whoever may buy until tomorrow night has a row: deals are decided of leads that are live tonight."""
        live = self.world.firm["live"].item()
        if live > len(self.world.sales):
            self.world.sales.grow(2 * live)
        if self.used + live > len(self.contracts):
            self.contracts.grow(2 * (self.used + live))
            self.dues.grow(len(self.contracts))
            self.books = self.books.now(*(table.rows for table in (self.contracts, self.dues, self.holders, self.tended)))

    def day(self, day: int) -> None:
        """Sign what was sold today, deliver, renew; on Mondays word gets round. On many days there is nothing to do."""
        if self.world.today["deals_won"].item() > 0:
            self._sign(day)
        if self.next_due <= day or (self.refers and day % 7 == 0):
            self.tended[:] = self.blank
            self.next_due = launch(tend, self.world.rows, self.books, self.p, self.luck.keys, self.used, day)
            if self.refers and day % 7 == 0:
                launch(spread_word, self.world.rows, self.books, self.p, self.luck.keys, self.used, day)
            self.happened = dict(zip(Tended.fields, self.tended[0].item(), strict=True))
        else:
            self.happened = self.nothing
        self._make_room()

    def _sign(self, day: int) -> None:
        """Deals won become contracts. Those who buy for the first time have a uniform number each; it becomes their chance to leave."""
        first, self.next_due = self.used, day
        self.used = launch(sign, self.world.rows, self.books, self.p, self.luck.keys, self.margin, self.used, day)
        if self.used > first:
            new = self.contracts["churn"][first:self.used]
            new[:] = np.minimum(np.maximum(self.quantile(*self.shape, new), _LEAST), 1 - _LEAST)

    def tallies(self) -> Mapping[str, float]:
        """What happened today."""
        return self.happened


@kernel
def sign(w: Any, books: Any, p: Any, keys: Any, margin: Any, used: Any, day: Any) -> Any:
    """Deals won today become contracts; returns the rows in use."""
    for number in range(int(w.today[0].deals_won)):
        sale = w.sales[number]
        row = books.holders[sale.customer].contract
        if row < 0:
            row = used
            used += 1
            books.holders[sale.customer].contract = row
            books.contracts[row].customer = sale.customer
            books.contracts[row].churn = luck(keys[0].churn, sale.customer, 0)
        contract = books.contracts[row]
        write_contract(w, contract, sale, p, margin, day)
        books.dues[row].due = min(contract.delivers, contract.renews)
    return used


@inner
def write_contract(w: Any, contract: Any, sale: Any, p: Any, margin: Any, day: Any) -> Any:
    """A first contract, one after the customer had left, or a further deal under the one there is."""
    contract.margin = margin if sale.product == 0 else 1.0 - w.products[sale.product].cost
    if not contract.active:
        contract.active, contract.delivered, contract.satisfaction = 1, 0, 0.0
        contract.renews = day + max(1, int(p.account[0].renewal))
        contract.first = sale.value - sale.listed * (1.0 - contract.margin)
    contract.value, contract.rep, contract.product, contract.apart = sale.value, sale.rep, sale.product, sale.apart
    for d in range(3):
        contract.design[d] = sale.design[d]
    contract.expected = expectation(w, sale, p.delivery[0].heed, p.market[0].tolerance)
    contract.delivers = day + int(p.delivery[0].after)


@kernel
def tend(w: Any, books: Any, p: Any, keys: Any, used: Any, day: Any) -> Any:
    """Whoever has something due today gets it, or decides; returns the day of what is due next."""
    following, tended = NEVER, books.tended[0]
    for row in range(used):
        if books.dues[row].due <= day:
            contract = books.contracts[row]
            if contract.delivers <= day:
                deliver(w, contract, p.delivery[0], p.market[0].tolerance, tended)
                contract.delivers = NEVER
                if not contract.delivered:
                    contract.delivered = 1
                    tended.customers_gained += 1
                    tended.lifetime_value += worth(contract, p.account[0]) - p.delivery[0].cost * contract.apart
            if contract.renews <= day:
                renew(w, contract, p.account[0], keys[0], tended)
            books.dues[row].due = min(contract.delivers, contract.renews)
        following = min(following, books.dues[row].due)
    return following


@kernel
def spread_word(w: Any, books: Any, p: Any, keys: Any, used: Any, day: Any) -> Any:
    """Customers under contract tell somebody, the more satisfied the likelier; who is free and not looking begins to look."""
    k, often = keys[0], p.account[0].referral * 7.0 / YEAR
    for row in range(used):
        contract = books.contracts[row]
        if not contract.active or luck(k.refers, contract.customer, day) >= 1.0 - math.exp(-often * contract.satisfaction):
            continue
        i = int(luck(k.whom, contract.customer, day) * len(w.customers))
        if i != contract.customer and w.customers[i].stage == IDLE and w.customers[i].window_end < 0:
            open_window(w.customers[i], p.market[0].window_length, k.length, i, day)
            books.tended[0].referrals += 1
