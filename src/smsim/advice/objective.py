"""What is wanted of the worlds, how far two candidates differ in it, and how sure that is.

A run is one world's luck. Over all runs x of a candidate, every world and every piece of luck counting alike:

    expected        the mean of x
    worst tenth     the mean of the worst tenth of x (the last run counted in part)
    share above c   the share of runs with x ≥ c (share below c: x ≤ c)

Candidates are played on the same luck, so they are compared run by run. The interval is Student's t over a grouped jackknife (Efron & Stein
1981): a group is a draw of the worlds where points are drawn, else one replication in every world; leaving each of G groups out gives θ_g,
s² = (G − 1)/G·Σ(θ_g − θ̄)². For the mean there are G − 1 degrees of freedom: the usual paired interval. A tenth or a
share may rest on few runs; with m₂ and m₄ the moments of θ_g − θ̄, it has 2·G·m₂²/(m₄ − m₂²) where that is less (after Satterthwaite 1946).
Where the best of k comparisons is looked for on the same luck, intervals are simultaneous: each covers 1 − 0.05/k (Bonferroni).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from smsim.core.kpi import Kpi

EXPECTED, WORST, ABOVE, BELOW = "expected", "worst tenth", "share above", "share below"
KINDS = (EXPECTED, WORST, ABOVE, BELOW)
CONFIDENCE = 0.95
_TENTH = 0.1
#: Gaps smaller than this, against the largest value, are rounding.
_ROUNDING = 1e-12
#: Figures of money that are sums over the days counted; they are told a year.
_SUMS = ("gross_margin", "practice_cost", "contribution")
#: The figure from which the costs of levers are taken.
PROFIT = "contribution"

#: Values by group: each row holds the runs of one draw, or of one replication in every world.
type Groups = NDArray[np.float64]


@dataclass(frozen=True)
class Gain:
    """How much better one candidate is than another, with the ends of its 95% interval (NaN from one group)."""

    gain: float
    low: float
    high: float

    @property
    def is_sure(self) -> bool:
        """Whether the interval lies on one side of zero."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Objective:
    """A key figure, what of its spread counts, and the target where there is one."""

    kpi: Kpi
    kind: str = EXPECTED
    target: float = math.nan

    @property
    def unit(self) -> str:
        """The unit of what is wanted."""
        return "share" if self.kind in (ABOVE, BELOW) else self.kpi.unit

    @property
    def is_yearly(self) -> bool:
        """Whether the figure is told a year."""
        return self.kpi.unit == "money" and (self.kpi.adds == "sum" or self.kpi.name in _SUMS)

    @property
    def is_net(self) -> bool:
        """Whether the costs of levers are taken from the figure: it is the profit."""
        return self.kpi.name == PROFIT

    @property
    def sign(self) -> float:
        """1 where more of what it comes to is better, −1 where less is."""
        return -1.0 if self.kind in (EXPECTED, WORST) and self.kpi.better == "down" else 1.0

    @property
    def of_runs(self) -> float:
        """1 where more of the figure itself is better, −1 where less is."""
        return -1.0 if self.kind == BELOW else self.sign

    def value(self, values: Groups) -> float:
        """What a candidate comes to, in the unit of the figure (a share of runs for a target)."""
        runs = np.sort(values, axis=None)
        if self.kind == WORST:
            return _worst(runs if self.sign > 0 else runs[::-1])
        if self.kind == EXPECTED:
            return float(runs.mean())
        return float((runs >= self.target).mean() if self.kind == ABOVE else (runs <= self.target).mean())

    def gain(self, one: Groups, other: Groups, among: int = 1) -> Gain:
        """How much better one is than the other; the interval is simultaneous with those of so many comparisons."""
        scale = _ROUNDING * float(np.abs(other).max(initial=0.0))
        gap = self.sign * (self.value(one) - self.value(other))
        gain = 0.0 if abs(gap) <= scale else gap
        count = len(one)
        if count < 2:
            return Gain(gain, math.nan, math.nan)
        without = self.sign * (self._without_each(one) - self._without_each(other))
        without[np.abs(without) <= scale] = 0.0
        off = without - without.mean()
        spread = math.sqrt((count - 1) / count * float((off**2).sum()))
        half = float(special.stdtrit(self._freedom(off), 1 - (1 - CONFIDENCE) / 2 / among)) * spread
        return Gain(gain, gain - half, gain + half)

    def _freedom(self, off: NDArray[np.float64]) -> float:
        """Degrees of freedom of the spread of what leaving each group out changes."""
        square, fourth, most = float((off**2).mean()), float((off**4).mean()), len(off) - 1
        if self.kind == EXPECTED or 2 * len(off) * square**2 >= most * (fourth - square**2):
            return most
        return max(1.0, 2 * len(off) * square**2 / (fourth - square**2))

    def _without_each(self, values: Groups) -> NDArray[np.float64]:
        """What a candidate comes to without each of its groups."""
        if self.kind == WORST:
            return np.array([self.value(np.delete(values, at, 0)) for at in range(len(values))])
        counted = values if self.kind == EXPECTED else values >= self.target if self.kind == ABOVE else values <= self.target
        each = counted.sum(axis=1, dtype=float)
        return np.asarray((each.sum() - each) / (values.size - values.shape[1]))

    def share_better(self, one: Groups, other: Groups) -> float:
        """The share of runs in which one is better than the other, ties counting half."""
        gaps = self.of_runs * (one - other)
        ties = np.abs(gaps) <= _ROUNDING * float(np.abs(other).max(initial=0.0))
        return float(((gaps > 0) & ~ties).mean() + 0.5 * ties.mean())


def _worst(runs: NDArray[np.float64]) -> float:
    """The mean of the first tenth; the last of it counts as far as it lies within."""
    count = _TENTH * len(runs)
    weights = np.clip(count - np.arange(len(runs)), 0.0, 1.0)
    return float((weights * runs).sum() / weights.sum())
