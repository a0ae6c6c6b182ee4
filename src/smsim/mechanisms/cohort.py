"""The key figures of marketing leads, by cohort of creation: those born after the warm-up; open ones are censored, not dropped."""

from __future__ import annotations

import numpy as np

from smsim.core.kpi import Kpi
from smsim.world.outcomes import Outcome
from smsim.world.period import Period

_COLD = (Outcome.COLD_IN_QUEUE, Outcome.COLD_IN_HANDOFF)


def _response_hours(period: Period) -> np.ndarray:
    leads = period.cohort
    worked = np.isfinite(leads["first_touch"])
    return np.asarray((leads["first_touch"] - leads["created"])[worked] * 24)


def _leads(period: Period) -> float:
    return float(len(period.cohort))


def _worked(period: Period) -> float:
    return float(np.isfinite(period.cohort["first_touch"]).sum())


def _never_worked(period: Period) -> float:
    old = period.cohort[period.cohort["created"] <= period.end - 30]
    return float(np.isnan(old["first_touch"]).mean()) if len(old) else float("nan")


def _never_routed(period: Period) -> float:
    old = period.cohort[period.cohort["created"] <= period.end - 30]
    return float(np.isnan(old["routed"]).mean()) if len(old) else float("nan")


def _response_mean(period: Period) -> float:
    hours = _response_hours(period)
    return float(hours.mean()) if len(hours) else float("nan")


def _response_median(period: Period) -> float:
    hours = _response_hours(period)
    return float(np.median(hours)) if len(hours) else float("nan")


def _cold(period: Period) -> float:
    return float(np.isin(period.cohort["outcome"], _COLD).mean()) if len(period.cohort) else float("nan")


def _half_life(period: Period) -> float:
    """The Kaplan–Meier age at which half the leads have died of any cause; infinite survival gives nan."""
    ages, surviving = period.survival()
    below = np.flatnonzero(surviving <= 0.5)
    return float(ages[below[0]]) if len(below) else float("nan")


def _cycle(period: Period) -> float:
    log = period.log
    won = log[(log["outcome"] == Outcome.WON) & (log["closed"] >= period.start)]
    return float(np.median(won["closed"] - won["created"])) if len(won) else float("nan")


def _leads_won(period: Period) -> float:
    return float((period.cohort["outcome"] == Outcome.WON).sum())


def _qualified(period: Period) -> float:
    return float(np.isfinite(period.cohort["qualified"]).sum())


KPIS = (
    Kpi("leads", "leads", "Marketing leads created", "up", "run", of_run=_leads),
    Kpi("leads_worked", "leads", "Those with a first call", "up", "run", of_run=_worked),
    Kpi("leads_qualified", "leads", "Those that became opportunities", "up", "run", of_run=_qualified),
    Kpi("leads_won", "leads", "Those that were won by the end", "up", "run", of_run=_leads_won),
    Kpi("never_worked_share", "share", "Share of leads at least 30 days old without a first call", "down", "run", of_run=_never_worked),
    Kpi("never_routed_share", "share", "Share of leads at least 30 days old that never had an owner", "down", "run", of_run=_never_routed),
    Kpi("first_response_hours_mean", "hours", "Clock hours from creation to first call, mean of worked leads", "down", "run",
        of_run=_response_mean),
    Kpi("first_response_hours_median", "hours", "Clock hours from creation to first call, median of worked leads", "down", "run",
        of_run=_response_median),
    Kpi("cold_share", "share", "Share of leads that went cold in the hand-off or in a queue", "down", "run", of_run=_cold),
    Kpi("lead_half_life_hours", "hours", "Age at which half the leads have died of any cause (Kaplan–Meier)", "up", "run",
        of_run=_half_life),
    Kpi("sales_cycle_days_median", "days", "Creation to win, median of deals won in the period", "down", "run", of_run=_cycle),
)
