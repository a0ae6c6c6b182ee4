"""Customers who have bought stay or leave, and tell others (M36).

A customer has a chance of his own to leave whenever the contract is up, drawn once: θ ~ Beta(α, β), the shifted beta-geometric model
(Fader & Hardie 2007). Satisfaction S moves it in log-odds: logit θ' = logit θ − slope·(S − S₀). With slope 0 the share still there after t
periods is B(α, β + t)/B(α, β). Who stays pays a share of the deal again and takes hours of service from the rep's selling; who leaves is
gone until he buys again. A customer won is worth m₀ + m·r/(1 + δ − r): the margin of the first deal less what tailoring it cost, then
that of renewals, r = 1 − θ' at the first delivery and δ the discount of one period. Satisfied customers refer others: a buying window opens.
It comes after `pay`: commission is for new business.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from smsim.core.calendar import YEAR
from smsim.core.contracts import Mechanism, Phase
from smsim.core.kernel import inner, kernel, launch
from smsim.core.kpi import Kpi
from smsim.core.luck import luck
from smsim.core.section import Section, param
from smsim.mechanisms.arrivals import comes_from
from smsim.mechanisms.delivery import ON, Delivery, deliver, expectation
from smsim.mechanisms.demand import open_window
from smsim.mechanisms.figures import retention, satisfied
from smsim.world.company import Company
from smsim.world.contracts import Contracts, Dues, Holders, Tended
from smsim.world.customers import IDLE
from smsim.world.leads import NEVER
from smsim.world.market import Market

#: Chances to leave nearer than this to 0 or 1 are not told apart from it.
_LEAST = 1e-12


class AfterSale(Section, at="market.accounts"):
    """What becomes of customers who have bought."""

    renewal: float = param(math.inf, "days", "Time after which a customer decides to stay or to leave; `never` for a firm that loses sight "
                           "of its customers", source="fader2007", grade="C", low=1, high=3640, moves="renewal_revenue -", given=ON)
    alpha: float = param(1.0, "number", "First parameter of the chance to leave, Beta(α, β)", source="fader2007", grade="C", low=0.01,
                         high=1e6, moves="retention_rate -", given=ON)
    beta: float = param(6.0, "number", "Second parameter of it", source="fader2007", grade="C", low=0.01, high=1e6,
                        moves="retention_rate +", given=ON)
    slope: float = param(1.0, "log-odds", "What full satisfaction takes off the log-odds of leaving, against none", source="assumed",
                         grade="C", low=0, high=20, moves="retention_rate ?", given=ON)
    neutral: float = param(0.5, "share", "Satisfaction at which the chance to leave is the customer's own (S₀)", source="assumed",
                           grade="C", low=0, high=1, moves="retention_rate -", given=ON)
    value: float = param(0.2, "share", "What a customer who stays pays for the next period, over the value of the last deal",
                         source="assumed", grade="C", low=0, high=10, moves="renewal_revenue +", given=ON)
    service: float = param(2.0, "hours", "A rep's time for a customer who stays, taken from the next day of selling", source="assumed",
                           grade="C", low=0, high=100, moves="service_hours +", given=ON)
    discount: float = param(0.1, "per year", "Discount rate of future margins (d)", source="gupta2004", grade="C", low=0, high=10,
                            moves="customer_lifetime_value -", given=ON)
    referral: float = param(0.0, "per year", "How often a wholly satisfied customer brings another to look for something to buy; in "
                            "proportion to satisfaction", source="assumed", grade="C", low=0, high=52, moves="referrals +",
                            given=ON | {"market.accounts.referral": "4 per year"})


class Renewing(Mechanism):
    """What was sold is delivered; customers renew, leave, refer."""

    name = "renewals"
    phase = Phase.ACCOUNTS
    sections = (AfterSale, Delivery)
    reads = ("sales.*", "customers.*", "accounts.offset", "segments.need", "segments.message", "products.margin", "today.deals_won")
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

    def tune(self, day: int) -> None:
        """Read how customers are; after a pause every contract has a full period before it."""
        of = self.scenario.of
        self.p, self.delivery, self.market = of(AfterSale).row(), of(Delivery).row(), of(Market).row()
        self.terms, self.margin = (of(AfterSale).alpha, of(AfterSale).beta), of(Company).gross_margin
        self.refers = of(AfterSale).referral > 0 and comes_from(self.scenario) == "demand"
        if self.before is None:
            late = (self.contracts["active"] == 1) & (self.contracts["renews"] < day)
            self.contracts["renews"][late] = self.dues["due"][late] = day + max(1, int(of(AfterSale).renewal))
        self._make_room()

    def _make_room(self) -> None:
        """Whoever may buy until tomorrow night has a row: deals are decided of leads that are live tonight."""
        live, used = int(self.world.firm["live"][0]), int(self.tended["contracts"][0])
        self.world.sales.grow(live + 64)
        if used + live + 64 > len(self.contracts):
            for table in (self.contracts, self.dues):
                table.grow(2 * (used + live + 64))

    def day(self, day: int) -> None:
        """Sign what was sold today, deliver, renew; on Mondays word gets round."""
        tended, keys = self.tended, self.luck.keys
        used = int(tended["contracts"][0])
        tended[:] = np.zeros_like(tended[:])
        tended["contracts"] = used
        tables = (self.contracts.rows, self.dues.rows, self.holders.rows, tended.rows)
        if self.world.today["deals_won"][0] > 0:
            launch(sign, self.world.rows, *tables, (self.p, self.delivery, self.market), self.margin, keys, day)
            self._draw_chances(used, int(tended["contracts"][0]))
        launch(tend, self.world.rows, *tables, (self.p, self.delivery, self.market), keys, day)
        if self.refers and day % 7 == 0:
            launch(spread_word, self.world.rows, self.contracts.rows, tended.rows, self.p, self.market, keys, day)
        self._make_room()

    def _draw_chances(self, first: int, last: int) -> None:
        """Those who bought for the first time have a uniform number each; it becomes their chance to leave."""
        if last > first:
            from scipy.special import betaincinv  # takes a while to import, and a firm without renewals needs none of it

            drawn = betaincinv(*self.terms, self.contracts["churn"][first:last])
            self.contracts["churn"][first:last] = np.clip(drawn, _LEAST, 1 - _LEAST)

    def tallies(self) -> Mapping[str, float]:
        """What happened today."""
        row = self.tended[0]
        return {name: float(row[name]) for name in Tended.fields if name != "contracts"}


@kernel
def sign(w: Any, contracts: Any, dues: Any, holders: Any, tended: Any, p: Any, margin: Any, keys: Any, day: Any) -> Any:
    """Deals won today become contracts: a customer's first, one after he had left, or a further deal under the one he has."""
    account, delivery, market = p
    for number in range(int(w.today[0].deals_won)):
        sale = w.sales[number]
        row = holders[sale.customer].contract
        if row < 0:
            row = tended[0].contracts
            tended[0].contracts += 1
            holders[sale.customer].contract = row
            contracts[row].customer = sale.customer
            contracts[row].churn = luck(keys[0].churn, sale.customer, 0)
        contract = contracts[row]
        contract.margin = margin if sale.product == 0 else w.products[sale.product].margin
        if not contract.active:
            contract.active, contract.delivered, contract.periods = 1, 0, 0
            contract.renews = day + max(1, int(account[0].renewal))
            contract.first = sale.value - sale.listed * (1.0 - contract.margin)
        contract.value, contract.rep, contract.product, contract.apart = sale.value, sale.rep, sale.product, sale.apart
        for d in range(3):
            contract.design[d] = sale.design[d]
        contract.expected = expectation(w, sale, delivery[0].heed, market[0].tolerance)
        contract.delivers = day + int(delivery[0].after)
        dues[row].due = min(contract.delivers, contract.renews)


@kernel
def tend(w: Any, contracts: Any, dues: Any, holders: Any, tended: Any, p: Any, keys: Any, day: Any) -> Any:
    """Whoever has something due today gets it, or decides."""
    account, delivery, market = p
    for row in range(tended[0].contracts):
        if dues[row].due > day:
            continue
        contract = contracts[row]
        if contract.delivers <= day:
            deliver(w, contract, delivery[0], market[0].tolerance, tended[0])
            contract.delivers = NEVER
            if not contract.delivered:
                contract.delivered = 1
                tended[0].customers_gained += 1
                tended[0].lifetime_value += worth(contract, account[0]) - delivery[0].cost * contract.apart
        if contract.renews <= day:
            renew(w, contract, account[0], keys[0], tended[0])
        dues[row].due = min(contract.delivers, contract.renews) if contract.active else NEVER


@kernel
def chance_to_leave(churn: Any, satisfaction: Any, p: Any) -> Any:
    """A customer's own chance to leave, moved in log-odds by satisfaction."""
    odds = churn * math.exp(-p.slope * (satisfaction - p.neutral))
    return odds / (odds + 1.0 - churn)


@inner
def worth(contract: Any, p: Any) -> Any:
    """What a customer is worth at the first delivery: the first margin, and those expected of renewals, discounted to the sale."""
    stays = 1.0 - chance_to_leave(contract.churn, contract.satisfaction, p)
    a_period = math.exp(p.renewal / YEAR * math.log1p(p.discount)) - 1.0
    return contract.first + p.value * contract.value * contract.margin * stays / (1.0 + a_period - stays)


@inner
def renew(w: Any, contract: Any, p: Any, k: Any, tended: Any) -> Any:
    """The contract is up: the customer stays, pays and is served, or leaves. Before the first delivery nobody is content or not."""
    content = contract.satisfaction if contract.delivered else p.neutral
    u = luck(k.stay, contract.customer, contract.decisions)
    contract.decisions += 1
    if u < chance_to_leave(contract.churn, content, p):
        contract.active = 0
        contract.delivers, contract.renews = NEVER, NEVER
        tended.churned += 1
        return
    contract.periods += 1
    contract.renews += max(1, int(p.renewal))
    price = p.value * contract.value
    tended.renewals += 1
    tended.renewal_revenue += price
    tended.renewal_margin += price * contract.margin
    tended.service_hours += p.service
    w.reps[contract.rep].away += p.service
    w.today[0].revenue += price


@kernel
def spread_word(w: Any, contracts: Any, tended: Any, p: Any, market: Any, keys: Any, day: Any) -> Any:
    """Customers under contract tell somebody, the more satisfied the likelier; who is free and not looking begins to look."""
    for row in range(tended[0].contracts):
        contract = contracts[row]
        if not contract.active or not contract.delivered:
            continue
        if luck(keys[0].refers, contract.customer, day) >= 1.0 - math.exp(-p[0].referral * contract.satisfaction * 7.0 / YEAR):
            continue
        i = int(luck(keys[0].whom, contract.customer, day) * len(w.customers))
        if i != contract.customer and w.customers[i].stage == IDLE and w.customers[i].window_end < 0:
            open_window(w.customers[i], market[0].window_length, keys[0].length, i, day)
            tended[0].referrals += 1
