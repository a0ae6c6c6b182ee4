"""A run after its warm-up, as key figures see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smsim.world.outcomes import Outcome

#: Ages, in hours, at which the curves of lead decay are read off: to the minute at first, to the day at the end.
AGES = np.unique(np.concatenate([
    [0.0], np.arange(5, 60, 5) / 60, np.arange(1, 24, 0.5), np.arange(24, 168, 4), np.arange(168, 30 * 24 + 1, 12),
]))


@dataclass
class Period:
    """A run after its warm-up, as KPIs see it: daily tallies, the whole log, and the cohort of marketing leads born since."""

    days: Mapping[str, NDArray[Any]]
    log: NDArray[Any]
    start: float
    end: float
    gross_margin: float

    def total(self, tally: str) -> float:
        """The sum of a daily tally over the period; NaN where what tallies it is switched off."""
        return float(self.days[tally].sum()) if tally in self.days else float("nan")

    @cached_property
    def cohort(self) -> NDArray[Any]:
        """Marketing leads born in the period, whatever became of them."""
        log = self.log
        mine = (log["source"] == 0) & (log["outcome"] != Outcome.BELOW_THRESHOLD)
        return np.asarray(log[mine & (log["created"] >= self.start)])

    @cached_property
    def _lives(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """Age in hours at death or at the end, and whether it is a death: won and open leads are censored."""
        cohort = self.cohort
        closed = np.where(np.isnan(cohort["closed"]), self.end, cohort["closed"])
        alive = np.isin(cohort["outcome"], (Outcome.OPEN, Outcome.WON))
        return np.maximum(0.0, (closed - cohort["created"]) * 24), ~alive

    def survival(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """Kaplan–Meier: ages in hours at which leads die, and the share that outlives each.

        Written out beside the incidences, which need the same counts: importing an estimator takes longer than a short run.
        """
        times, counts, at_risk = _at_risk(*self._lives)
        return times, np.cumprod(1 - counts / at_risk)

    def curves(self) -> dict[str, NDArray[Any]]:
        """Survival, and the cumulative incidence of every end (Aalen & Johansen 1978), read off at `AGES`.

        `surviving` censors won and open leads. The incidences count winning as one more end: with those still open they add up to 1.
        """
        ages, surviving = self.survival()
        out = {"age_hours": AGES, "surviving": _read_off(ages, surviving, 1.0 if len(self.cohort) else float("nan"))}
        lives, ended = self._lives[0], self.cohort["outcome"] != Outcome.OPEN
        times, counts, at_risk = _at_risk(lives, ended)
        before = np.concatenate([[1.0], np.cumprod(1 - counts / at_risk)[:-1]]) if len(times) else counts
        for outcome in Outcome:
            hits = ended & (self.cohort["outcome"] == outcome)
            if hits.any():
                events = np.bincount(np.searchsorted(times, lives[hits]), minlength=len(times))
                out[outcome.label] = _read_off(times, np.cumsum(before * events / at_risk), 0.0)
        return out


def _at_risk(lives: NDArray[Any], ended: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Ages at which somebody ended, how many did, and how many had come so far."""
    times, counts = np.unique(lives[ended], return_counts=True)
    return times, counts, len(lives) - np.searchsorted(np.sort(lives), times, side="left")


def _read_off(at: NDArray[Any], values: NDArray[Any], start: float) -> NDArray[Any]:
    """A step curve, read off at `AGES`."""
    return np.asarray(np.concatenate([[start], values])[np.searchsorted(at, AGES, side="right")])
