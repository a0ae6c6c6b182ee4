"""How much each setting matters, from the values that a figure takes over the points of a design, world by world.

Every point is played in the same worlds, so a table Y has a row per point and a column per world. What a world is like everywhere
cancels when its mean is taken off. What is left beside the effect of the settings, the luck that a world has at one point and not at
another, is the noise; the spread over the worlds tells its size.

    Morris   Of the effects of a setting, one per trajectory (change of the figure over the whole range), the mean μ, the mean size μ*
             and the spread σ (Campolongo, Cariboni and Saltelli 2007). `noise` is the μ* that luck alone exceeds in some 2 to 6% of
             studies.
    Sobol    first = V(E(Y | x)) / V(Y), total = 1 − V(E(Y | all but x)) / V(Y) (estimators of Saltelli and others 2010), with what
             luck adds to numerators and V taken off. `noise` is what it would have added to the total index.

An interval takes the luck of the points (bootstrap over trajectories or blocks) and that of the worlds (jackknife) together. Statistics
and estimators are SALib's. With fewer than two worlds the noise cannot be told and is NaN; the interval holds worlds from three on.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special

from smsim.experiment.sampling import LEVELS, block, problem, require_salib

type Table = NDArray[np.float64]

RESAMPLES = 500
_NORMAL = 1.96
#: Of a normal luck of sd 1: mean and sd of its size, and the share of studies (one-sided) in which noise is not mistaken.
_MEAN, _SPREAD, _ONE_SIDED = math.sqrt(2 / math.pi), math.sqrt(1 - 2 / math.pi), 2.326


@dataclass(frozen=True)
class Parts:
    """Where the differences between runs come from, as shares of their variance that add up to one; NaN with a single world.

    `noise` is apart from these: the share of luck in the variance of the points' means.
    """

    inputs: float
    luck: float
    both: float
    noise: float


def parts(values: Table) -> Parts:
    """Two-way analysis of variance: settings, the luck all points share, and the luck of a world at a point."""
    points, worlds = values.shape
    if worlds < 2 or points < 2:
        return Parts(math.nan, math.nan, math.nan, math.nan)
    rest = values - values.mean(axis=1, keepdims=True) - values.mean(axis=0) + values.mean()
    both = float((rest**2).sum()) / ((points - 1) * (worlds - 1))
    means = float(values.mean(axis=1).var(ddof=1))
    found = (max(0.0, means - both / worlds), max(0.0, float(values.mean(axis=0).var(ddof=1)) - both / points), both)
    whole = sum(found)
    if whole <= 0:
        return Parts(math.nan, math.nan, math.nan, math.nan)
    inputs, luck, rest_of_it = (part / whole for part in found)
    return Parts(inputs, luck, rest_of_it, min(1.0, both / worlds / means) if means > 0 else math.nan)


def indices(design: str, shares: Table, values: Table, seed: int) -> dict[str, Table]:
    """The indices of every setting with their intervals (`…_low`, `…_high`), and `noise`. Raises InputError without SALib."""
    require_salib()
    estimate = _morris if design == "morris" else _sobol
    found = estimate(shares, values, seed)
    told = {name: value for name, value in found.items() if not name.endswith("_se")}
    for name, error in found.items():
        if name.endswith("_se"):
            own = name.removesuffix("_se")
            half = np.hypot(_NORMAL * error, _of_worlds(estimate, shares, values, own))
            told[f"{own}_low"], told[f"{own}_high"] = told[own] - half, told[own] + half
    return told


def _of_worlds(estimate: Callable[..., dict[str, Table]], shares: Table, values: Table, name: str) -> Table:
    """Half the interval that is due to the worlds: jackknife, a world left out at a time."""
    worlds = values.shape[1]
    if worlds < 3:
        return np.zeros(shares.shape[1])
    without = np.array([estimate(shares, np.delete(values, at, axis=1), None)[name] for at in range(worlds)])
    error = np.sqrt((worlds - 1) / worlds * ((without - without.mean(axis=0)) ** 2).sum(axis=0))
    return np.asarray(float(special.stdtrit(worlds - 1, 0.975)) * error)


def _morris(shares: Table, values: Table, seed: int | None) -> dict[str, Table]:
    from SALib.analyze import morris

    few = 2 if seed is None else RESAMPLES
    found: Any = morris.analyze(problem(shares.shape[1]), shares, values.mean(axis=1), num_levels=LEVELS, num_resamples=few, seed=seed or 0)
    made = {name: np.asarray(found[name], dtype=float) for name in ("mu", "mu_star", "sigma")}
    return made | {"noise": _noise(effects(shares, values)), "mu_star_se": np.asarray(found["mu_star_conf"], dtype=float) / _NORMAL}


def effects(shares: Table, values: Table) -> Table:
    """The change of the figure over the whole range of a setting: settings × trajectories × worlds."""
    size = block("morris", shares.shape[1])
    steps = np.diff(shares.reshape(-1, size, shares.shape[1]), axis=1)
    moved = np.abs(steps).argmax(axis=2)
    change = np.diff(values.reshape(-1, size, values.shape[1]), axis=1) / steps.sum(axis=2)[:, :, None]
    ordered = np.take_along_axis(change, np.argsort(moved, axis=1)[:, :, None], axis=1)
    return np.asarray(ordered.transpose(1, 0, 2))


def _noise(found: Table) -> Table:
    """The mean size of effects that luck alone would hardly exceed.

    Luck of sd s in each effect's mean over the worlds. Trajectories whose luck is alike count as fewer: as many as s² is larger than the
    variance of the mean over all of them.
    """
    _, trajectories, worlds = found.shape
    if worlds < 2:
        return np.full(len(found), math.nan)
    each = found.var(axis=2, ddof=1).mean(axis=1) / worlds
    mean = found.mean(axis=1).var(axis=1, ddof=1) / worlds
    count = np.clip(np.divide(each, mean, out=np.full(len(each), float(trajectories)), where=mean > 0), 1.0, trajectories)
    return np.asarray(np.sqrt(each) * (_MEAN + _ONE_SIDED * _SPREAD / np.sqrt(count)))


def _sobol(shares: Table, values: Table, seed: int | None) -> dict[str, Table]:
    rows = _Blocks(values - values.mean(axis=0), block("sobol", shares.shape[1]))
    everything = np.arange(rows.count)[:, None]
    first, total, noise = (found[:, 0] for found in rows.shares(everything))
    made = {"first": first, "total": total, "noise": noise}
    if seed is None:
        return made
    drawn = np.random.default_rng(seed).integers(rows.count, size=(rows.count, RESAMPLES))
    again = rows.shares(drawn)
    return made | {"first_se": again[0].std(axis=1, ddof=1), "total_se": again[1].std(axis=1, ddof=1)}


class _Blocks:
    """The values block by block, A first, B last, and what luck adds to each product."""

    def __init__(self, values: Table, size: int) -> None:
        each = values.reshape(-1, size, values.shape[1])
        self.count, worlds = len(each), values.shape[1]
        self.means = each.mean(axis=2)
        between = each[:, 1:-1] - each[:, :1]
        with_b = ((between - between.mean(axis=2, keepdims=True)) * (each[:, -1:] - self.means[:, -1:, None])).sum(axis=2)
        ends = each[:, [0, -1]]
        over = max(worlds - 1, 1) * worlds
        self.of_first = with_b / over
        self.of_total = ((between - between.mean(axis=2, keepdims=True)) ** 2).sum(axis=2) / over / 2
        self.of_whole = ((ends - ends.mean(axis=2, keepdims=True)) ** 2).sum(axis=2).mean(axis=1) / over
        self.is_noise_known = worlds > 1

    def shares(self, rows: NDArray[Any]) -> tuple[Table, Table, Table]:
        """First and total index of each setting, and what luck would add to the total; rows: blocks × resamples."""
        from SALib.analyze.sobol import first_order, total_order

        a, b = self.means[rows, 0], self.means[rows, -1]
        seen = np.r_[a, b].var(axis=0)
        whole = seen - self.of_whole[rows].mean(axis=0)
        scale = np.where(whole > 0, whole, math.nan)
        settings = range(1, self.means.shape[1] - 1)
        if not np.ptp(self.means[:, [0, -1]]) > 0:
            nothing = np.full((len(settings), rows.shape[1]), math.nan)
            return nothing, nothing, nothing
        first = [first_order(a, self.means[rows, at], b) * seen - self.of_first[rows, at - 1].mean(axis=0) for at in settings]
        total = [total_order(a, self.means[rows, at], b) * seen - self.of_total[rows, at - 1].mean(axis=0) for at in settings]
        noise = [self.of_total[rows, at - 1].mean(axis=0) for at in settings]
        known = 1.0 if self.is_noise_known else math.nan
        return np.array(first) / scale, np.array(total) / scale, np.array(noise) / scale * known
