"""How well a message or a design suits a need, and how well the firm's message suits each customer.

`fit = exp(−‖n−p‖² / (2 D ω²))` over D criteria with tolerance ω: 1 for a perfect match, e^{−1/2} when every criterion is missed
by one tolerance. It enters once in demand (a contact → goodwill) and once in the pitch, nowhere else.
"""

from __future__ import annotations

import math
from typing import Any

from smsim.core.contracts import Mechanism, Phase
from smsim.core.kernel import kernel, launch
from smsim.world.customers import CRITERIA
from smsim.world.market import Market


@kernel
def fit(squared_distance: Any, tolerance: Any) -> Any:
    """Fit of what is offered to what is needed, 0 to 1, from their squared distance."""
    return math.exp(-squared_distance / (2.0 * CRITERIA * tolerance * tolerance))


class Appeal(Mechanism):
    """Once a week, how much the firm's message has to say to each customer."""

    name = "appeal"
    phase = Phase.MARKET
    sections = (Market,)
    reads = ("segments.need", "segments.message", "segments.strayed", "segments.spread", "accounts.offset", "customers.segment")
    writes = ("customers.appeal",)

    def tune(self, day: int) -> None:
        """Remember the tolerance."""
        self.p = self.scenario.of(Market).row()

    def day(self, day: int) -> None:
        """Mondays only: needs and messages move slowly."""
        if day % 7 == 0:
            launch(refresh_appeal, self.world.customers.rows, self.world.accounts.rows, self.world.segments.rows, self.p)


@kernel
def refresh_appeal(customers: Any, accounts: Any, segments: Any, p: Any) -> Any:
    """Fit of the segment's message to each customer's own need."""
    for i in range(len(customers)):
        customer, offset = customers[i], accounts[i].offset
        segment = segments[customer.segment]
        squared = segment.spread
        for d in range(3):
            gap = segment.need[d] + offset[d] - (segment.message[d] + segment.strayed[d])
            squared += gap * gap
        customer.appeal = fit(squared, p[0].tolerance)
