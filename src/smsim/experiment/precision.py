"""As many replications as it takes to know a difference as precisely as was asked, and not by luck.

Worlds are added until the half-width of the 95% interval, as a share of the baseline's mean, is at most what was asked: after n worlds and
after each of the f worlds that follow, so that a narrow moment does not stop the study (Hoad, Robinson & Davies 2010, their kLimit):

    f(n) = 5 for n ≤ 100, ⌊5·n/100⌋ above

That is looked at every five worlds, above fifty every n/10; where the spread so far says that far more are needed, first when half of
those are there. Differences are taken from the baseline world by world; alone, a scenario's own mean is what shall be precise.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from smsim.experiment.aim import FEWEST, Precision
from smsim.experiment.course import BY_RUNS, Worlds, ending, jobs_between, require_room, step
from smsim.experiment.intervals import Values, narrowing, runs_needed
from smsim.experiment.plan import Job, Plan

LOOK_AHEAD = 5
#: No spread is told from fewer worlds.
_LEAST = 3


def look_ahead(n: int) -> int:
    """How many more worlds must confirm a precision first met after n."""
    return LOOK_AHEAD if n <= 100 else LOOK_AHEAD * n // 100


def met_at(widths: Values, wanted: float) -> int:
    """After how many worlds a precision was met for good, as far as the worlds reach; 0 where it is not, or not confirmed yet."""
    wide = np.flatnonzero(~(widths <= wanted))
    first = max(int(wide[-1]) + 2 if len(wide) else 1, _LEAST)
    return first if first + look_ahead(first) <= len(widths) else 0


@dataclass(frozen=True)
class Width:
    """How precisely one key figure of one scenario is known: half-width as a share, what was asked, worlds, how many are likely needed."""

    scenario: str
    kpi: str
    wanted: float
    reached: float
    n: int
    needed: float
    met: bool


class ToPrecision:
    """Plays the same worlds in every scenario until all that was asked for is known well enough."""

    said = ""

    def __init__(self, plan: Plan, aim: Precision) -> None:
        self.plan, self.limits, self._wanted, self._paired = plan, aim.limits, aim.wanted, aim.paired
        self._first = aim.fewest or FEWEST + LOOK_AHEAD
        self._n, self._most = 0, aim.limits.runs // len(plan.scenarios)
        self._stopped = ""
        self.likely = self._first * len(plan.scenarios)
        require_room(aim.limits, self._first, len(plan.scenarios))

    def more(self, worlds: Worlds) -> list[Job]:
        """The next worlds, in all scenarios."""
        end = self._first if not self._n else self._next(self.widths(worlds))
        first, self._n = self._n, end
        return jobs_between(self.plan, list(self.plan.by_name), first, end)

    def _next(self, widths: list[Width]) -> int:
        """Up to how many worlds are played before the next look; as many as there are when it is done."""
        far = [width for width in widths if not width.met]
        if not far:
            return self._n
        needed = max(width.needed if math.isfinite(width.needed) else self._most for width in far)
        self.likely = int(min(max(needed + look_ahead(int(needed)), self._n + step(self._n)), self._most)) * len(self.plan.scenarios)
        worst = max(far, key=lambda width: width.reached / width.wanted)
        self.said = f"{worst.kpi} of {worst.scenario} ±{worst.reached:.2%}, ±{worst.wanted:.2%} wanted"
        end = min(max(self._n + step(self._n), int(min(needed, 2 * self._most) / 2)), self._most)
        self._stopped = BY_RUNS if end == self._n else ""
        return end

    def widths(self, worlds: Worlds) -> list[Width]:
        """How precisely each key figure asked for is known, scenario by scenario."""
        names = [name for name in self.plan.by_name if not self._paired or name != self.plan.baseline]
        return [self._width(worlds, name, kpi) for name in names for kpi in self._wanted]

    def _width(self, worlds: Worlds, name: str, kpi: str) -> Width:
        one = worlds.values(name, kpi, self._n)
        base = worlds.values(self.plan.baseline, kpi, self._n) if self._paired else one
        gaps = one - base if self._paired else one
        widths, wanted = narrowing(gaps, base), self._wanted[kpi]
        there = np.isfinite(gaps)
        n, spread = int(there.sum()), float(gaps[there].std(ddof=1)) if there.sum() > 1 else math.nan
        met = met_at(widths, wanted) > 0
        mean = abs(float(base[there].mean())) if n else math.nan
        needed = float(n) if met else runs_needed(n, spread, wanted * mean) if n > 1 else math.nan
        return Width(name, kpi, wanted, float(widths[-1]) if len(widths) else math.inf, n, needed, met)

    def reached(self, worlds: Worlds, *, late: bool) -> dict[str, Any]:
        """How precise everything became, and what stopped the study if it was not that."""
        widths = self.widths(worlds)
        done = all(width.met for width in widths)
        return {"kind": "precision", **ending(done, late, self._stopped), "widths": [vars(width) for width in widths],
                "worlds": {name: worlds.played(name, self._n) for name in self.plan.by_name}}
