"""Whoever asks gets an hour, a deal value and a noisy score; at or above the threshold it is a marketing lead.

Score: Φ(x − μ/2), x ~ N(μ·buyer, 1), μ = √2·Φ⁻¹(AUC), so that the area under its curve is AUC. Rows of a stream or a log are
marketing leads, so their scores lie between the threshold and 1, in the same order.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from smsim.core.birth import day_curves, hours_of_week, instant
from smsim.core.contracts import Mechanism, Phase
from smsim.core.kernel import kernel, launch
from smsim.core.luck import luck, normal
from smsim.core.section import Section, param
from smsim.mechanisms.arrivals import Arrivals


class Score(Section, at="leads"):
    """How well buyers can be told from idlers, and where marketing draws the line."""

    threshold: float = param(0.4, "score", "Score from which an inquiry is a marketing lead", source="siriusdecisions", grade="C", low=0,
                             high=1, moves="leads -")
    score_auc: float = param(0.7, "AUC", "How well the score tells buyers from idlers: the area under its curve",
                             source="siriusdecisions", grade="C", low=0.5, high=0.999, moves="leads ?", span=(0.6, 0.85))


class Scoring(Mechanism):
    """Today's inquiries are dated, scored and sorted."""

    name = "scoring"
    phase = Phase.DEMAND
    sections = (Score,)
    reads = ("inquiries.*", "accounts.value", "firm.threshold", "firm.qualified", "segments.bar", "customers.window_end", "products.value")
    writes = ("inquiries.*", "firm.threshold")
    streams = ("hour", "score")

    def tune(self, day: int) -> None:
        """Take the threshold from the scenario; from then on it is marketing's policy."""
        from scipy.special import ndtri

        score = self.scenario.of(Score)
        self.apart = float(math.sqrt(2.0) * ndtri(score.score_auc))
        self.curves = day_curves(hours_of_week(self.scenario.of(Arrivals).birth_hours))
        if self.is_new("leads.threshold"):
            self.world.firm["threshold"] = score.threshold

    def day(self, day: int) -> None:
        """Date, score and sort."""
        count = int(self.world.today["inquiries"][0])
        if count:
            launch(score_inquiries, self.world.rows, self.luck.keys, self.curves[day % 7], self.apart, day)
            inquiries = self.world.inquiries
            inquiries[:count] = inquiries[np.argsort(inquiries["at"][:count], kind="stable")]


@kernel
def score_inquiries(w: Any, keys: Any, curve: Any, apart: Any, day: Any) -> Any:
    """Fill in what is still open about each inquiry of the day."""
    k, agreed = keys[0], w.firm[0].qualified
    threshold = agreed if agreed > 0.0 else w.firm[0].threshold
    for j in range(int(w.today[0].inquiries)):
        row = w.inquiries[j]
        row.score = chance_below(normal(k.score, row.identity, 0) + apart * row.buyer - 0.5 * apart)
        row.passes = 1
        if row.holds:
            row.at = day + instant(curve, luck(k.hour, row.identity, 0))
            row.value = w.accounts[row.customer].value * w.products[row.product].value
            if row.product == 0:
                row.window_end = w.customers[row.customer].window_end if row.buyer else np.inf
            row.passes = 1 if row.score >= threshold + w.segments[w.customers[row.customer].segment].bar else 0
        else:
            row.score = threshold + (1.0 - threshold) * row.score


@kernel
def chance_below(x: Any) -> Any:
    """Φ(x), the normal distribution function."""
    return 0.5 * math.erfc(-x / math.sqrt(2.0))
