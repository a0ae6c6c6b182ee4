"""Leads go cold: two-class exponential patience, S(t) = w·e^{−t/a} + (1−w)·e^{−t/b} (M5, after Oldroyd, McElheran & Elkington 2011).

Each lead draws at birth the instant at which it goes cold. Called before, it can qualify; after, it is gone. Response time is never
an input: it comes out of queues.
"""

from __future__ import annotations

from typing import Any

from smsim.core.kernel import kernel
from smsim.core.luck import exponential, luck
from smsim.core.section import Section, param


class Decay(Section, at="leads.decay"):
    """How long leads wait before they go cold, and whether anybody sees it."""

    impatient_share: float = param(0.5, "share", "Share of leads of the impatient class (w)", source="oldroyd2011", grade="C", low=0,
                                   high=1, moves="cold_share +", span=(0.3, 0.97))
    impatient_mean: float = param(25 / 60, "hours", "Mean patience of the impatient (a)", source="oldroyd2011", grade="B", low=0,
                                  high=1e6, words={"never": float("inf")}, moves="cold_share -")
    patient_mean: float = param(72.0, "hours", "Mean patience of the rest (b)", source="oldroyd2011", grade="B", low=0, high=1e6,
                                words={"never": float("inf")}, moves="cold_share -")
    visible: bool = param(False, "flag", "Whether a cold lead leaves the queue by itself; otherwise the rep finds out by calling",
                          source="assumed", grade="C", moves="wasted_selling_hours -")


@kernel
def goes_cold(key: Any, identity: Any, decay: Any) -> Any:
    """Days after birth at which a lead goes cold."""
    mean = decay.impatient_mean if luck(key, identity, 0) < decay.impatient_share else decay.patient_mean
    return mean / 24.0 * exponential(key, identity, 1)
