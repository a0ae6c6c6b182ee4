"""What one run leaves behind: a number per KPI, a number per daily KPI per day, the lead log, the curves of lead decay."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smsim.core.kpi import Kpi
from smsim.world.outcomes import DESK_OF, Outcome
from smsim.world.period import AGES, Period

__all__ = ["AGES", "Run", "lead_table", "value_of"]


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
    """The value of a KPI over the days of a period on which it was tallied; NaN where what it is read from was always off."""
    if kpi.of_run is not None:
        return float(kpi.of_run(period))
    if kpi.tally not in period.days:
        return float("nan")
    daily = period.days[kpi.tally]
    if kpi.adds == "last":
        return float(daily[-1]) if len(daily) else float("nan")
    daily = daily[~np.isnan(daily)]
    if not len(daily):
        return float("nan")
    if kpi.adds == "sum":
        return float(daily.sum())
    if kpi.adds == "rms":
        return float(np.sqrt(np.mean(np.square(daily))))
    return float(daily.mean())


def lead_table(log: NDArray[Any], names: dict[str, Any]) -> dict[str, Any]:
    """The lead log as columns of `leads.parquet`: marketing leads and inquiries below the threshold, in order of birth.

    `names` holds `segments` (of each customer), `segment_names`, `channel_names`, `product_names` (the campaign of a launched product
    bears its name), and `ids` and `customers` where a replayed log has its own (else None).
    """
    log = log[log["source"] == 0]
    identity, customer = log["identity"], log["customer"]
    own_ids, own_customers = names.get("ids"), names.get("customers")
    segment_names, channel_names = np.array(names["segment_names"], object), np.array([*names["channel_names"], ""], object)
    recycled = log["recycled_from"]
    return {
        "lead": np.array(own_ids, object)[identity] if own_ids else identity,
        "recycled_from": np.ma.array(recycled, mask=recycled < 0),
        "customer": np.array(own_customers, object)[identity] if own_customers else customer,
        "segment": segment_names[names["segments"][customer]],
        "channel": channel_names[log["channel"]],
        "campaign": np.array(names["product_names"], object)[log["product"]],
        "rep": np.ma.array(log["rep"], mask=log["rep"] < 0),
        **{name: log[name] for name in ("created", "routed", "first_touch", "qualified", "closed", "value", "score")},
        "outcome": np.array([outcome.label for outcome in Outcome], object)[log["outcome"]],
        "desk": np.array([DESK_OF[outcome].label for outcome in Outcome], object)[log["outcome"]],
    }
