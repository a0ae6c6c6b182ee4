"""What was sold is delivered, and the customer holds it against what he was led to expect (M36, M39).

Delivered is D = fit(design, need on the day of delivery)·e^{−s·A}, A the squared distance of the design from the product for the many, s
the strain of making something unusual. Expected was, on the day of the sale, E = h·fit(message, need) + (1 − h)·fit(design, need), h
how far the customer goes by the message. Satisfaction is S = max(0, D − λ·max(0, E − D)), 0 to 1: disappointment counts, surprise does not
(expectation and disconfirmation, Oliver 1980). Delivery costs c·A on top of the cost of goods.
"""

from __future__ import annotations

import math
from typing import Any

from smsim.core.kernel import inner
from smsim.core.section import Section, param
from smsim.mechanisms.fit import fit

#: Under which a test can see what happens after a sale.
ON = {"market.accounts.renewal": "8 weeks", "selling.delivery.after": "1 week"}


class Delivery(Section, at="selling.delivery"):
    """How what was sold is delivered, and how the customer takes it, where `market.accounts.renewal` is set."""

    after: float = param(28.0, "days", "Time from the sale to the delivery", source="assumed", grade="C", low=0, high=364,
                         moves="satisfaction ?", given=ON)
    heed: float = param(0.3, "share", "How far a customer's expectation goes by the message, not by the solution", source="oliver1980",
                        grade="C", low=0, high=1, moves="satisfaction ?", given=ON)
    disappointment: float = param(1.0, "times", "What an expectation that is not met takes off satisfaction (λ)", source="oliver1980",
                                  grade="C", low=0, high=10, moves="satisfaction -", given=ON)
    strain: float = param(0.1, "per sd²", "How far quality falls with the squared distance of the design from the product for the many "
                          "(s)", source="homburg2007", grade="C", low=0, high=10, moves="satisfaction -", given=ON)
    cost: float = param(0.0, "money per sd²", "Cost of a delivery on top of the cost of goods, by that distance (c)", source="homburg2007",
                        grade="C", low=0, high=1e9, moves="contribution -", given=ON | {"selling.delivery.cost": "1000"})


@inner
def fit_of(w: Any, customer: Any, design: Any, tolerance: Any) -> Any:
    """Fit of something to what a customer wants today."""
    need, offset, squared = w.segments[w.customers[customer].segment].need, w.accounts[customer].offset, 0.0
    for d in range(3):
        gap = need[d] + offset[d] - design[d]
        squared += gap * gap
    return fit(squared, tolerance)


@inner
def expectation(w: Any, sale: Any, heed: Any, tolerance: Any) -> Any:
    """What a customer who buys today has been led to expect (E)."""
    message = w.segments[w.customers[sale.customer].segment].message
    told = fit_of(w, sale.customer, message, tolerance)
    return heed * told + (1.0 - heed) * fit_of(w, sale.customer, sale.design, tolerance)


@inner
def satisfaction(delivered: Any, expected: Any, disappointment: Any) -> Any:
    """How content a customer is (S)."""
    return max(0.0, delivered - disappointment * max(0.0, expected - delivered))


@inner
def deliver(w: Any, contract: Any, p: Any, tolerance: Any, tended: Any) -> Any:
    """Today the customer gets what was sold."""
    quality = fit_of(w, contract.customer, contract.design, tolerance) * math.exp(-p.strain * contract.apart)
    contract.satisfaction = satisfaction(quality, contract.expected, p.disappointment)
    tended.deliveries += 1
    tended.satisfaction += contract.satisfaction
    tended.tailoring_cost += p.cost * contract.apart
