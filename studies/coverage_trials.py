"""Studies drawn from a large pool of runs, whose truth is therefore known: how often intervals, stops and choices are right.

A study draws worlds from the pool with replacement. Its worlds are then independent and alike, their distribution is that of the pool
with all its skewness and its shared luck, and the truth is the mean of the pool. What is asked is the program itself (`ToPrecision`,
`ToBest`, `paired`), not a copy of it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

from smsim.experiment import precision
from smsim.experiment.aim import HEADLINE, Best, Limits, Precision
from smsim.experiment.intervals import CONFIDENCE
from smsim.experiment.plan import Job
from smsim.experiment.selection import ToBest

Values = NDArray[np.float64]
#: A study may draw so many worlds.
DEPTH = 6000


@dataclass(frozen=True)
class DrawnPlan:
    """As much of a plan as a course asks for; one replication stands for each batch."""

    by_name: Mapping[str, Any]

    @property
    def baseline(self) -> str:
        """The first scenario."""
        return next(iter(self.by_name))

    @property
    def scenarios(self) -> list[str]:
        """All of them."""
        return list(self.by_name)

    def jobs(self, counts: Mapping[str, int]) -> Iterator[Job]:
        """The last replication of a batch."""
        yield Job(self.baseline, max(counts.values()) - 1, 0)


@dataclass(frozen=True)
class DrawnWorlds:
    """Worlds drawn from the pool, as many as a course looks at."""

    found: Mapping[str, Values]

    def values(self, scenario: str, _kpi: str, n: int) -> Values:
        """The first n."""
        return self.found[scenario][:n]

    def played(self, _scenario: str, n: int) -> int:
        """All of them."""
        return n


@dataclass(frozen=True)
class Rate:
    """How often something held, in how many studies, with its 95% interval (Wilson)."""

    held: int
    of: int

    @property
    def share(self) -> float:
        """How often."""
        return self.held / self.of

    def __str__(self) -> str:
        low, high = stats.binomtest(self.held, self.of).proportion_ci(method="wilson")
        return f"{self.share:.1%} ({low:.1%} to {high:.1%})"


def holds(gaps: Values, truth: float, n: int, studies: int, luck: np.random.Generator) -> Rate:
    """How often the 95% interval of n paired worlds covers the truth."""
    inside, done = 0, 0
    while done < studies:
        some = min(studies - done, 4000)
        drawn = gaps[luck.integers(0, len(gaps), (some, n))]
        half = special.stdtrit(n - 1, (1 + CONFIDENCE) / 2) * drawn.std(axis=1, ddof=1) / math.sqrt(n)
        inside += int((np.abs(drawn.mean(axis=1) - truth) <= half).sum())
        done += some
    return Rate(inside, studies)


@dataclass(frozen=True)
class Stopped:
    """Studies that went on until they were precise: how often their interval covers the truth, and how many worlds they took."""

    covers: Rate
    worlds: float
    missed: int


def until_precise(one: Values, base: Values, wanted: float, studies: int, luck: np.random.Generator, *, apart: bool = False) -> Stopped:
    """Play `--precision` so many times; `apart`, with independent worlds for either scenario."""
    truth, inside, worlds, missed = float(one.mean() - base.mean()), 0, [], 0
    aim = Precision({HEADLINE: wanted}, limits=Limits(2 * DEPTH))
    for _ in range(studies):
        at = luck.integers(0, len(base), DEPTH)
        other = luck.integers(0, len(base), DEPTH) if apart else at
        drawn = DrawnWorlds({"base": base[at], "one": one[other]})
        course = precision.ToPrecision(DrawnPlan({"base": 0, "one": 0}), aim)  # type: ignore[arg-type]
        while course.more(drawn):  # type: ignore[arg-type]
            pass
        n = course.reached(drawn, late=False)["worlds"]["one"]  # type: ignore[arg-type]
        gaps = drawn.found["one"][:n] - drawn.found["base"][:n]
        half = float(special.stdtrit(n - 1, (1 + CONFIDENCE) / 2)) * float(gaps.std(ddof=1)) / math.sqrt(n)
        inside += abs(float(gaps.mean()) - truth) <= half
        worlds.append(n)
        missed += not course.reached(drawn, late=False)["met"]  # type: ignore[arg-type]
    return Stopped(Rate(inside, studies), float(np.mean(worlds)), missed)


@contextmanager
def without_look_ahead() -> Iterator[None]:
    """Let a precision count as soon as it is met once."""
    before = precision.LOOK_AHEAD
    precision.LOOK_AHEAD = 0
    try:
        yield
    finally:
        precision.LOOK_AHEAD = before


@dataclass(frozen=True)
class Chosen:
    """Studies that looked for the best: how often they chose it, or one within the band of it, and how many runs they took."""

    right: Rate
    good: Rate
    runs: float
    worlds: float


def until_chosen(values: Mapping[str, Values], band: float, studies: int, luck: np.random.Generator) -> Chosen:
    """Play `--best` so many times."""
    names = list(values)
    means = {name: float(values[name].mean()) for name in names}
    top, base = max(means, key=lambda name: means[name]), abs(means[names[0]])
    right = good = 0
    runs, worlds = [], []
    for _ in range(studies):
        at = luck.integers(0, len(values[names[0]]), DEPTH)
        drawn = DrawnWorlds({name: found[at] for name, found in values.items()})
        course = ToBest(DrawnPlan(values), Best(HEADLINE, band=band, limits=Limits(DEPTH * len(names))), "up")  # type: ignore[arg-type]
        while course.more(drawn):  # type: ignore[arg-type]
            pass
        told = course.reached(drawn, late=False)  # type: ignore[arg-type]
        right += told["best"] == top
        good += means[told["best"]] >= means[top] - band * base
        runs.append(sum(told["worlds"].values()))
        worlds.append(max(told["worlds"].values()))
    return Chosen(Rate(right, studies), Rate(good, studies), float(np.mean(runs)), float(np.mean(worlds)))


def least_favourable(values: Mapping[str, Values], band: float) -> dict[str, Values]:
    """The same luck with other means: the last scenario leads by just the band, all others are equal."""
    names = list(values)
    level = float(values[names[0]].mean())
    moved = {name: found - found.mean() + level for name, found in values.items()}
    return moved | {names[-1]: moved[names[-1]] + band * abs(level)}
