"""Ten totals of a year: the core funnel in smsim and its Mesa twin have to agree within three standard errors."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.firms import core, twin_settings
from benchmarks.mesa_twin import Funnel
from smsim import SalesMarketingModel
from smsim.core.calendar import YEAR
from smsim.world.outcomes import Outcome

#: Totals in the order of the funnel; goodwill is what customers hold when the year ends.
NAMES = ("goodwill", "windows", "inquiries", "leads", "calls", "too_late", "opportunities", "won", "lost", "revenue")
_LATE = (Outcome.COLD_IN_QUEUE, Outcome.COLD_IN_HANDOFF, Outcome.WINDOW_CLOSED)


@dataclass(frozen=True)
class Agreement:
    """One total in both models: means over replications, and how many standard errors lie between them."""

    name: str
    smsim: float
    twin: float
    errors: float

    @property
    def holds(self) -> bool:
        """Whether the two lie within three standard errors."""
        return abs(self.errors) <= 3.0


def of_smsim(customers: int, seed: int) -> list[float]:
    """The totals of one year of the core funnel in smsim."""
    model = SalesMarketingModel(core(customers), seed)
    model.run_for(YEAR)
    days, log, people = model.record.days(), model.period().log, model.world.customers
    called = log[np.isfinite(log["first_touch"])]
    late = float(np.isin(called["outcome"], _LATE).sum())
    tallies = {name: float(days[name].sum()) for name in ("inquiries", "leads", "opportunities", "deals_won", "deals_lost", "revenue")}
    return [float(people["goodwill"].sum()), float(people["windows"].sum()), tallies["inquiries"], tallies["leads"], float(len(called)),
            late, tallies["opportunities"], tallies["deals_won"], tallies["deals_lost"], tallies["revenue"]]


def of_twin(customers: int, seed: int) -> list[float]:
    """The totals of one year of the Mesa twin."""
    model = Funnel(twin_settings(core(customers)), rng=seed)
    model.run_for(YEAR)
    return [float(model.customers.agg("goodwill", sum)), *(float(getattr(model, name)) for name in NAMES[1:])]


def agreements(customers: int = 1000, replications: int = 30) -> list[Agreement]:
    """Play both models as often and hold their totals against each other."""
    seeds = range(1, replications + 1)
    return compare(np.array([of_smsim(customers, seed) for seed in seeds]), np.array([of_twin(customers, seed) for seed in seeds]))


def compare(smsim: NDArray[np.float64], twin: NDArray[np.float64]) -> list[Agreement]:
    """Hold two sets of totals (replications × totals) against each other."""
    found = []
    for name, one, other in zip(NAMES, smsim.T, twin.T, strict=True):
        error = math.sqrt(one.var(ddof=1) / len(one) + other.var(ddof=1) / len(other))
        apart = float(one.mean() - other.mean())
        errors = apart / error if error else math.copysign(math.inf, apart) if apart else 0.0
        found.append(Agreement(name, float(one.mean()), float(other.mean()), errors))
    return found
