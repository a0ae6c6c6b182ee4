"""Decisions whose answer is known: exact cases 11, 17 and 18 in the model's place, and levers that do nothing."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

#: What the levers are set to, in the order of the file; None for one that nobody touches.
type Set = Sequence[float | None]


@dataclass(frozen=True)
class Case:
    """A decision, what a candidate comes to without luck, a run's luck (standard deviation), and the best value of each range."""

    text: str
    value: Callable[[Set], float]
    noise: float
    best: Mapping[int, float] = field(default_factory=dict)
    sets: tuple[str, ...] = ()

    @property
    def is_null(self) -> bool:
        """Whether no lever does anything."""
        return self.value is nothing


def rhythm(levers: Set) -> float:
    """Exact case 11: −(c/T + a·σ²·T/2) with c 2, a 1, σ² .25 is most at T = 4 weeks; who never meets loses 9."""
    days, = levers
    return -9.0 if days is None else -(2 * 7 / days + 0.25 * days / 7 / 2)


def reward(hours: float, quota: float) -> float:
    """Exact case 17: a bonus B·(1 − Φ((Q − e)/s)) with B 1 and s .5, less the toil e²/2."""
    return 0.5 * math.erfc((quota - hours) / 0.5 / math.sqrt(2)) - hours**2 / 2


def split(levers: Set) -> float:
    """Exact case 18: x^.12·y^.34; of what there is, .12/.46 = .261 goes to x."""
    ads, heads = (0.1 if each is None else each for each in levers)
    return float(ads**0.12 * heads**0.34)


def nothing(_levers: Set) -> float:
    """The same, whatever is done."""
    return 0.0


def ladder(levers: Set) -> float:
    """More hours gain more, ever less of it: 1 − 2^(−step)."""
    hours, = levers
    return 0.0 if hours is None else 1.0 - 0.5 ** (24.0 / hours)


_FORTY = "trials: 40\nreplications: 48\nfirst: 6\n"


def _effort(quota: float, best: float) -> Case:
    """Nobody touched, effort is 3: far too much."""
    text = "levers: {channels.advertising.spend: {from: 0 per week, to: 2 per week, cost: 0 to 0}}\n" + _FORTY
    return Case(text, lambda levers: reward(3.0 if levers[0] is None else levers[0], quota), 0.02, {0: best},
                ("channels.advertising.spend=3 per week",))


_TWO = "replications: 24\n"
_LADDER = "levers: {practices.pledge.within: {24 hours: 10, 12 hours: 20, 8 hours: 30, 6 hours: 40, 4 hours: 60}}\n"
_MANY = """levers:
  practices.meetings.every: {4 weeks: 10, 1 week: 30}
  practices.pledge.within: {2 hours: 20}
  practices.ride_alongs.every: {4 weeks: 15}
"""
_SPLIT = """levers:
  channels.advertising.spend: {from: 1 per week, to: 100 per week, cost: 1 to 100}
  channels.promotion.spend: {from: 1 per week, to: 100 per week, cost: 1 to 100}
budget: 100
trials: 90
replications: 48
first: 6
"""
CASES: Mapping[str, Case] = {
    "two names, one scenario": Case("levers: {practices.pledge.within: {2 hours: 10}}\n" + _TWO, nothing, 1.0),
    "two names, one scenario, free": Case("levers: {practices.pledge.within: {2 hours: 0}}\n" + _TWO, nothing, 1.0),
    "twelve names, one scenario": Case(_MANY + _TWO, nothing, 1.0),
    "two names, worst tenth": Case("levers: {practices.pledge.within: {2 hours: 10}}\nobjective: worst tenth\n" + _TWO, nothing, 1.0),
    "a ladder of prices": Case(_LADDER + _TWO, ladder, 1.0),
    "11, rhythm": Case(
        "levers: {practices.meetings.every: {from: 1 week, to: 16 weeks, cost: 0 to 0}}\n" + _FORTY, rhythm, 0.05, {0: 28.0}),
    "17, quota 0.5": _effort(0.5, 0.7226),
    "17, quota 1": _effort(1.0, 0.2967),
    "17, quota 1.25": _effort(1.25, 0.0434),
    "18, budget": Case(_SPLIT, split, 0.05, {0: 100 * 0.12 / 0.46, 1: 100 * 0.34 / 0.46},
                       ("channels.advertising.spend=0.1 per week", "channels.promotion.spend=0.1 per week")),
}
