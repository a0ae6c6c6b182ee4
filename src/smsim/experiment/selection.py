"""The best of many scenarios, with a stated probability: those that are clearly behind are dropped and cost no more.

The procedure KN of Kim & Nelson 2001, made for scenarios that share their luck. After n₀ worlds S²ᵢₗ is the variance of the paired
difference of each two. After r worlds scenario i is dropped if some l still there is ahead of it by more than

    Wᵢₗ(r) = max(0, δ/2r · (h²·S²ᵢₗ/δ² − r)),   h² = 2·η·(n₀ − 1),   η = ½·((2(1 − P)/(k − 1))^(−2/(n₀ − 1)) − 1)

With normal values the best of k scenarios is then chosen with probability P at least, if it leads by δ or more. δ is the band as a share of
the baseline's mean in the first n₀ worlds. Looking every few worlds instead of after each only makes a wrong drop rarer.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from smsim.experiment.aim import FIRST, Best
from smsim.experiment.course import BY_RUNS, Worlds, ending, jobs_between, require_room, step
from smsim.experiment.plan import Job, Plan

#: With fewer first worlds the spread of the differences is not known at all.
_LEAST = 3


def h_squared(scenarios: int, first: int, probability: float) -> float:
    """How far one must be ahead, in variances of the difference: h² of Kim & Nelson 2001."""
    eta = 0.5 * (math.pow(2 * (1 - probability) / (scenarios - 1), -2 / (first - 1)) - 1)
    return 2 * eta * (first - 1)


@dataclass(frozen=True)
class Dropped:
    """A scenario that was dropped, after how many worlds, and which one was ahead of it."""

    scenario: str
    worlds: int
    behind: str


class ToBest:
    """Plays the scenarios that may still be best until one is left."""

    said = ""

    def __init__(self, plan: Plan, aim: Best, better: str) -> None:
        self.plan, self.limits, self._aim = plan, aim.limits, aim
        self._sign = 1.0 if better == "up" else -1.0
        self._first = max(aim.fewest or FIRST, _LEAST)
        require_room(aim.limits, self._first, len(plan.scenarios))
        self.left = list(plan.by_name)
        self.dropped: list[Dropped] = []
        self._n, self._counts = 0, dict.fromkeys(plan.by_name, 0)
        self._matters, self._spread = 0.0, np.zeros((0, 0))
        self._stopped = ""

    @property
    def likely(self) -> int:
        """What was asked for so far: how soon scenarios fall behind is not known beforehand."""
        return max(sum(self._counts.values()), self._first * len(self._counts))

    def more(self, worlds: Worlds) -> list[Job]:
        """The next worlds, in the scenarios that are left."""
        if self._n and self._is_over(worlds):
            return []
        first, end = self._n, self._n + step(self._n) if self._n else self._first
        room = (self.limits.runs - sum(self._counts.values())) // len(self.left)
        if end - first > room:
            self._stopped = BY_RUNS if room < 1 else ""
            end = first + room
        self._n = end
        self._counts |= dict.fromkeys(self.left, end)
        return jobs_between(self.plan, self.left, first, end)

    def _is_over(self, worlds: Worlds) -> bool:
        if self._n == self._first:
            self._learn(worlds)
        self._drop(worlds)
        self.said = f"{len(self.left)} of {len(self._counts)} scenarios may be best" if len(self.left) > 1 else f"{self.left[0]} is best"
        return len(self.left) < 2 or all(self._margin(a, b) == 0.0 for a, b in itertools.combinations(self.left, 2))

    def _learn(self, worlds: Worlds) -> None:
        """The spread of each difference, and what difference matters, from the first worlds."""
        values = np.array([worlds.values(name, self._aim.kpi, self._n) for name in self.plan.by_name])
        gaps = values[:, None, :] - values[None, :, :]
        enough = np.isfinite(gaps).sum(axis=2) >= _LEAST
        self._spread = np.where(enough, np.nanvar(np.where(enough[:, :, None], gaps, 0.0), axis=2, ddof=1), np.inf)
        base = values[list(self.plan.by_name).index(self.plan.baseline)]
        self._matters = self._aim.band * abs(float(np.nanmean(base))) if np.isfinite(base).any() else 0.0

    def _margin(self, one: str, other: str) -> float:
        """By how much one must be ahead of the other after so many worlds for the other to be dropped."""
        names = list(self.plan.by_name)
        spread, matters = float(self._spread[names.index(one), names.index(other)]), self._matters
        if matters <= 0.0:
            return np.inf if spread > 0 else 0.0
        h2 = h_squared(len(names), self._first, self._aim.probability)
        return max(0.0, matters / (2 * self._n) * (h2 * spread / matters**2 - self._n))

    def _lead(self, worlds: Worlds, one: str, other: str) -> float:
        """How far one is ahead of the other in the worlds that both have."""
        gaps = worlds.values(one, self._aim.kpi, self._n) - worlds.values(other, self._aim.kpi, self._n)
        return self._sign * float(np.nanmean(gaps)) if np.isfinite(gaps).any() else 0.0

    def _drop(self, worlds: Worlds) -> None:
        lost: dict[str, tuple[str, float]] = {}
        for one, other in itertools.permutations(self.left, 2):
            excess = self._lead(worlds, other, one) - self._margin(one, other)
            if excess > 0 and excess > lost.get(one, ("", 0.0))[1]:
                lost[one] = (other, excess)
        self.dropped += [Dropped(name, self._n, lost[name][0]) for name in self.left if name in lost]
        self.left = [name for name in self.left if name not in lost]

    def ahead(self, worlds: Worlds) -> str:
        """Who of those left has the best mean so far, the first named of equals."""
        leader = self.left[0]
        for name in self.left[1:]:
            leader = name if self._lead(worlds, name, leader) > 0 else leader
        return leader

    def reached(self, worlds: Worlds, *, late: bool) -> dict[str, Any]:
        """Which is best or ahead, who was dropped and when, and what stopped the study if it was not that."""
        return {"kind": "best", "kpi": self._aim.kpi, "probability": self._aim.probability, "band": self._aim.band,
                **ending(not (late or self._stopped), late, self._stopped), "best": self.ahead(worlds), "left": self.left,
                "dropped": [vars(one) for one in self.dropped],
                "worlds": {name: worlds.played(name, count) for name, count in self._counts.items()}}
