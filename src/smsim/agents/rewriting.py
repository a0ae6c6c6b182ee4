"""Whether a new message is worth the hours that writing it takes.

A message that fits better makes contacts weigh more, in the segment it is for; the hours are contacts forgone, everywhere. It is
written where the fit that is gained, over the mean fit of all segments, in the segment's share of customers, exceeds the hours' share
of a month.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from smsim.mechanisms.fit import fit
from smsim.mechanisms.messages import Writing
from smsim.world.market import Market

#: Hours that a marketer works in the four weeks for which a message stands.
_MONTH = 160.0


class Rewriting:
    """Marketing's view of its messages."""

    def __init__(self, world: Any) -> None:
        of = world.scenario.of
        self.world, self.hours, self.tolerance = world, of(Writing).message_hours, of(Market).tolerance
        self.share = np.bincount(world.customers["segment"], minlength=len(world.segments)) / len(world.customers)

    def pays(self, segment: int, wanted: Any) -> bool:
        """Whether what the segment is believed to want is worth saying instead of what it is told now."""
        if self.hours == 0:
            return True
        fits = np.array([self._fit(s, message) for s, message in enumerate(self.world.segments["message"])])
        gain = float(self.share[segment] * (self._fit(segment, wanted) - fits[segment]) / max(float(self.share @ fits), 1e-12))
        return bool(gain > self.hours / (_MONTH * max(1, len(self.world.marketers))))

    def _fit(self, segment: int, message: Any) -> float:
        """How well a message is believed to fit a segment."""
        return float(fit(float(((self.world.insight["mean"][segment] - message) ** 2).sum()), self.tolerance))
