"""What one run leaves behind: a number per KPI, a number per daily KPI per day, the lead log, the curves of lead decay."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: Ages, in hours, at which the curves of lead decay are read off: to the minute at first, to the day at the end.
AGES = np.unique(np.concatenate([
    [0.0], np.arange(5, 60, 5) / 60, np.arange(1, 24, 0.5), np.arange(24, 168, 4), np.arange(168, 30 * 24 + 1, 12),
]))


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
    leads: dict[str, NDArray[Any]] | None = field(default=None)
