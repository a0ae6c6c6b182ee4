"""What one run leaves behind: a number per KPI, a number per daily KPI per day, the lead log, the curves of lead decay."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smsim.core.kpi import Kpi
from smsim.world.period import AGES, Period

__all__ = ["AGES", "Run", "value_of"]


@dataclass
class Run:
    """One replication of one scenario, as plain arrays that travel between processes.

    `kpis`: name → value, every KPI of the registry, NaN where there is nothing. `days`: `day` and each daily KPI → array of
    length run days, warm-up included. `leads`: column → array, one entry per lead, the columns of `leads.parquet` without
    `scenario, replication`; None unless asked for. `curves`: `age_hours`, then `surviving` (Kaplan–Meier) and one cumulative
    incidence per cause of death → array of length `len(AGES)`, over the cohort created after the warm-up.
    """

    kpis: dict[str, float]
    days: dict[str, NDArray[Any]]
    curves: dict[str, NDArray[Any]]
    leads: dict[str, Any] | None = field(default=None)


def value_of(kpi: Kpi, period: Period) -> float:
    """The value of a KPI over a period."""
    if kpi.of_run is not None:
        return float(kpi.of_run(period))
    daily = period.days[kpi.tally]
    if kpi.adds == "sum":
        return float(daily.sum())
    if kpi.adds == "last":
        return float(daily[-1])
    if kpi.adds == "rms":
        return float(np.sqrt(np.mean(np.square(daily))))
    return float(daily.mean())
