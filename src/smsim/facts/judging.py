"""What was measured is held against the band: the value, how sure it is, and what that says.

The value of a measure is f(means over the n replications). Its 95% interval is that of the jackknife: with θ₋ᵢ the value without
replication i, the pseudo-values n·θ − (n−1)·θ₋ᵢ are treated as n independent numbers. For a plain mean that is the usual interval.

    inside the band        the whole interval lies in it
    outside                none of the interval does
    too few runs to tell   an edge of the band lies inside the interval
    not measured           there is nothing to work it out from

A fact is outside where one of its measures is, inside where all are.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smsim.experiment.intervals import half_width
from smsim.facts.fact import Fact, Means, Measure

INSIDE, OUTSIDE, TOO_FEW, NOT_MEASURED = "inside the band", "outside", "too few runs to tell", "not measured"
#: What a fact's verdict is, from the first of these that any of its measures has.
_WORST = (OUTSIDE, NOT_MEASURED, TOO_FEW, INSIDE)


@dataclass(frozen=True)
class Judged:
    """A measure, its value with its interval, and what the band says to it."""

    measure: Measure
    n: int
    value: float
    low: float
    high: float

    @property
    def verdict(self) -> str:
        """Whether the value lies in the band, as far as one can tell."""
        if not math.isfinite(self.value):
            return NOT_MEASURED
        if not math.isfinite(self.low):
            return TOO_FEW
        least, most = self.measure.band
        if least <= self.low and self.high <= most:
            return INSIDE
        return OUTSIDE if self.high < least or self.low > most else TOO_FEW


@dataclass(frozen=True)
class Finding:
    """A fact and what was found."""

    fact: Fact
    measures: tuple[Judged, ...]

    @property
    def verdict(self) -> str:
        """The worst of the measures' verdicts."""
        return next(word for word in _WORST if any(one.verdict == word for one in self.measures))


def judge(fact: Fact, runs: pd.DataFrame, names: Mapping[str, str]) -> Finding:
    """Work out every measure of a fact from the runs of a study; `names` says what its worlds are called there."""
    table = _numbers(fact, runs, names)
    return Finding(fact, tuple(_judged(measure, table) for measure in fact.measures))


def _numbers(fact: Fact, runs: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """One row per replication that every world has finished, one column per world and number."""
    prefix, found = f"{fact.id}.", {}
    for world, name in names.items():
        own = runs[runs["scenario"] == name].set_index("replication")
        mine = [column for column in own.columns if column.startswith(prefix)]
        found[world] = own[mine].rename(columns=lambda column: column.removeprefix(prefix)).dropna(axis="columns", how="all")
    return pd.concat(found, axis="columns", join="inner")


def _judged(measure: Measure, table: pd.DataFrame) -> Judged:
    keys = [(str(column[0]), str(column[1])) for column in table.columns]
    values = table.to_numpy(dtype=float)
    n = len(values)
    if not n:
        return Judged(measure, 0, math.nan, math.nan, math.nan)
    value = _value(measure, keys, values.mean(axis=0))
    if n < 2 or not math.isfinite(value):
        return Judged(measure, n, value, math.nan, math.nan)
    without = (values.sum(axis=0) - values) / (n - 1)
    pseudo = n * value - (n - 1) * np.array([_value(measure, keys, one) for one in without])
    half = half_width(n, float(pseudo.std(ddof=1)))
    return Judged(measure, n, value, value - half, value + half)


def _value(measure: Measure, keys: Sequence[tuple[str, str]], means: NDArray[np.float64]) -> float:
    """A measure of these means; NaN where it divides by nothing or asks for a number that is not there."""
    worlds: dict[str, dict[str, float]] = {}
    for (world, number), mean in zip(keys, means, strict=True):
        worlds.setdefault(world, {})[number] = float(mean)
    known: Means = worlds
    try:
        return float(measure.of(known))
    except (ZeroDivisionError, KeyError, ValueError):
        return math.nan
