"""Customers stay or leave when their contract is up, and what a customer is worth (M36).

Each has a chance of his own to leave, drawn once: θ ~ Beta(α, β), the shifted beta-geometric model (Fader & Hardie 2007). Satisfaction S
moves it in log-odds: logit θ' = logit θ − slope·(S − S₀). With slope 0 the share still there after t periods is B(α, β + t)/B(α, β). A
customer won is worth m₀ + m·r/(1 + δ − r): the margin of the first deal, less what tailoring it cost, and those of renewals, with r =
1 − θ' at the first delivery and δ the discount of one period.
"""

from __future__ import annotations

import math
from typing import Any

from smsim.core.calendar import YEAR
from smsim.core.kernel import inner, kernel
from smsim.core.luck import luck
from smsim.core.section import Section, param
from smsim.mechanisms.delivery import ON
from smsim.world.leads import NEVER


class AfterSale(Section, at="market.accounts"):
    """What becomes of customers who have bought."""

    renewal: float = param(math.inf, "days", "Time after which a customer decides to stay or to leave; `never` for a firm that loses sight "
                           "of its customers", source="fader2007", grade="C", low=1, high=3640, words={"never": math.inf},
                           moves="renewal_revenue -", given=ON)
    alpha: float = param(1.0, "number", "First parameter of the chance to leave, Beta(α, β)", source="fader2007", grade="C", low=0.01,
                         high=1e6, moves="retention_rate -", given=ON)
    beta: float = param(6.0, "number", "Second parameter of it", source="fader2007", grade="C", low=0.01, high=1e6,
                        moves="retention_rate +", given=ON)
    slope: float = param(1.0, "log-odds", "What full satisfaction takes off the log-odds of leaving, against none", source="assumed",
                         grade="C", low=0, high=20, moves="retention_rate ?", given=ON)
    neutral: float = param(0.2, "share", "Satisfaction at which the chance to leave is the customer's own (S₀): the mean in `silo`",
                           source="assumed", grade="C", low=0, high=1, moves="retention_rate -", given=ON)
    value: float = param(0.2, "share", "What a customer who stays pays for the next period, over the value of the last deal",
                         source="assumed", grade="C", low=0, high=10, moves="renewal_revenue +", given=ON)
    service: float = param(2.0, "hours", "A rep's time for a customer who stays, taken from the next day of selling", source="assumed",
                           grade="C", low=0, high=100, moves="service_hours +", given=ON)
    discount: float = param(0.1, "per year", "Discount rate of future margins (d)", source="gupta2004", grade="C", low=0, high=10,
                            moves="customer_lifetime_value -", given=ON)
    referral: float = param(0.0, "per year", "How often a wholly satisfied customer brings another to look for something to buy; in "
                            "proportion to satisfaction", source="assumed", grade="C", low=0, high=52, moves="referrals +",
                            given=ON | {"market.accounts.referral": "4 per year"})


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
        contract.active, contract.satisfaction = 0, 0.0
        contract.delivers, contract.renews = NEVER, NEVER
        tended.churned += 1
        return
    contract.renews += max(1, int(p.renewal))
    price = p.value * contract.value
    tended.renewals += 1
    tended.renewal_revenue += price
    tended.renewal_margin += price * contract.margin
    tended.service_hours += p.service
    w.reps[contract.rep].away += p.service
    w.today[0].revenue += price
