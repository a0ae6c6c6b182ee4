"""Scenarios are compared in the same worlds: replication by replication, what one does better than another, and how sure that is.

For each scenario and key figure, over the replications in which both have a value: the mean of the paired differences d, and its
95% interval mean ± t(n−1)·s/√n. The verdict:

    no difference that matters   the interval lies within ± band × |mean of the baseline|
    better, worse                else, the interval excludes zero
    too close to call            else; `runs_needed` replications would settle it, should mean and spread stay as they are: the
                                 fewest with which the half-width falls below |mean d| (a side is taken) or below
                                 band − |mean d| (no difference that matters)

A key figure that is neither good nor bad is never better or worse: where its interval excludes zero, `low` and `high` say how it
moved, its verdict is empty, and printed tables say *higher* or *lower*. `share_better` is the share of
worlds in which the scenario beats the baseline, ties counting half; NaN where neither direction is good.
"""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smsim.core.kpi import Better, Kpi
from smsim.errors import RunError
from smsim.experiment import columns, tables
from smsim.experiment.intervals import half_width, runs_needed
from smsim.results import ResultSet, play_study, prepare

BETTER, WORSE, NO_DIFFERENCE, TOO_CLOSE = "better", "worse", "no difference that matters", "too close to call"
VERDICTS = (BETTER, WORSE, NO_DIFFERENCE, TOO_CLOSE)
BAND = 0.01
#: Gaps smaller than this, against the largest value, are rounding.
_TIE = 1e-12


@dataclass(frozen=True)
class Difference:
    """One key figure of one scenario against the baseline."""

    n: int
    difference: float
    low: float
    high: float
    share_better: float
    verdict: str
    runs_needed: float


def paired(one: NDArray[np.float64], baseline: NDArray[np.float64], better: Better = "up", band: float = BAND) -> Difference:
    """Compare values of the same worlds, pair by pair; pairs of which one has no value are left out."""
    there = np.isfinite(one) & np.isfinite(baseline)
    gaps, base = one[there] - baseline[there], baseline[there]
    n = len(gaps)
    mean = float(gaps.mean()) if n else math.nan
    share = _share_better(gaps, float(np.abs(base).max(initial=0.0)), better)
    if n < 2:
        return Difference(n, mean, math.nan, math.nan, share, TOO_CLOSE, math.nan)
    spread = float(gaps.std(ddof=1))
    half = half_width(n, spread)
    low, high = mean - half, mean + half
    margin = band * abs(float(base.mean()))
    verdict = _verdict(low, high, margin, better)
    needed = runs_needed(n, spread, max(abs(mean), margin - abs(mean))) if verdict == TOO_CLOSE else math.nan
    return Difference(n, mean, low, high, share, verdict, needed)


def _share_better(gaps: NDArray[np.float64], scale: float, better: Better) -> float:
    if better == "neither" or not len(gaps):
        return math.nan
    ties = np.abs(gaps) <= _TIE * scale
    wins = (gaps > 0 if better == "up" else gaps < 0) & ~ties
    return float((wins + 0.5 * ties).mean())


def _verdict(low: float, high: float, margin: float, better: Better) -> str:
    if -margin <= low and high <= margin:
        return NO_DIFFERENCE
    if low <= 0 <= high:
        return TOO_CLOSE
    if better == "neither":
        return ""
    return BETTER if (low > 0) == (better == "up") else WORSE


@dataclass(frozen=True)
class Comparison:
    """A result set and how each scenario differs from its baseline."""

    results: ResultSet
    band: float = BAND

    @property
    def baseline(self) -> str:
        """The scenario the others are compared with."""
        return self.results.baseline

    @property
    def scenarios(self) -> list[str]:
        """The scenarios that are compared with the baseline."""
        return [name for name in self.results.scenarios if name != self.baseline]

    def about(self, kpi: str) -> Kpi:
        """What is known of a key figure."""
        return self.results.about(kpi)

    @cached_property
    def differences(self) -> pd.DataFrame:
        """One row per scenario and key figure: `scenario, kpi, n, difference, low, high, share_better, verdict, runs_needed`."""
        rows = [(name, kpi, *vars(self.difference(name, kpi)).values()) for name in self.scenarios for kpi in self.results.kpis]
        return pd.DataFrame(rows, columns=list(columns.DIFFERENCE)).astype({"n": "int64", "runs_needed": "float64"})

    def difference(self, scenario: str, kpi: str) -> Difference:
        """How one key figure of one scenario differs from the baseline."""
        table = self._worlds[kpi]
        if self.baseline not in table:
            raise RunError(f"nothing of the baseline {self.baseline} was finished; there is nothing to compare with")
        one, base = (table[name].to_numpy(dtype=float) for name in (scenario, self.baseline))
        return paired(one, base, self.about(kpi).better, self.band)

    @cached_property
    def _worlds(self) -> dict[str, pd.DataFrame]:
        runs = self.results.runs.set_index(["replication", "scenario"])
        return {kpi: runs[kpi].unstack("scenario") for kpi in self.results.kpis}

    def variance_ratio(self, kpi: str, scenario: str | None = None) -> float:
        """Variance of the paired difference over that of independent runs: how much the common luck saves. NaN where untold."""
        table = self._worlds[kpi]
        both = table[[scenario or self.scenarios[0], self.baseline]].dropna()
        if len(both) < 2:
            return math.nan
        one, base = both.iloc[:, 0], both.iloc[:, 1]
        apart = float(one.var() + base.var())
        return float((one - base).var()) / apart if apart > 0 else math.nan

    def write(self, folder: Path) -> None:
        """Write `differences.parquet`."""
        try:
            table = tables.from_frame(self.differences)
            tables.write(folder / "differences.parquet", [table], table.schema)
        except OSError as error:
            raise RunError(f"{folder}: cannot write differences.parquet: {error.strerror or error}; the runs are kept") from error


def compare(
    scenarios: Sequence[Any], *, replications: int | None = None, workers: int = 1, out: str | os.PathLike[str] | None = None,
    band: float = BAND, **options: Any,
) -> Comparison:
    """Play scenarios in the same worlds and pair them; the first is the baseline. Options as for `run`.

    `precision` is that of the paired differences, as shares of the baseline's mean. With `best` (a key figure) scenarios that are clearly
    behind are dropped until one is left: with `probability` (95%) it is the best, if it leads by the band.
    """
    given = {"replications": replications, "workers": workers, "out": out}
    plan, crew, desk = prepare(scenarios, paired=True, band=band, **given, **options)
    plan.require_comparable()
    desk.notes["band"] = band
    comparison = Comparison(play_study(plan, crew, desk), band)
    if desk.out is not None and len(comparison.results.runs):
        comparison.write(desk.out)
    return comparison


class _CallableModule(ModuleType):
    """`smsim.compare` is this module and the function in one: whichever was imported last, both uses work."""

    def __call__(self, *args: Any, **options: Any) -> Comparison:
        """Play scenarios in the same worlds and pair them."""
        return compare(*args, **options)


sys.modules[__name__].__class__ = _CallableModule
