"""Functions whose best point is known, in the model's place: a run of a scenario is the function of its settings, and luck."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from smsim.record import AGES, Run


def _run(value: float, luck: np.random.Generator, noise: float) -> Run:
    return Run({"revenue": 0.0, "deals_won": value + float(luck.normal(0.0, noise)), "practice_cost": 0.0, "contribution": value},
               {"day": np.arange(7)}, {"age_hours": AGES, "surviving": np.exp(-AGES)})


def _luck(seed: int, *settings: float) -> np.random.Generator:
    """Luck that candidates do not share: the hard case."""
    return np.random.default_rng([seed, *(int(1e6 * setting) for setting in settings)])


def meeting(scenario: Any, seed: int, leads: bool = False) -> Run:
    """Exact case 11: c/T + a·σ²·T/2 with c 2, a 1, σ² .25 is least at T = 4 weeks."""
    weeks = scenario["practices.meetings.every"] / 7
    cost = 2 / weeks + 0.25 * weeks / 2 if math.isfinite(weeks) else 9.0
    return _run(-cost, _luck(seed, min(weeks, 1e6)), 0.05)


def effort(scenario: Any, seed: int, leads: bool = False) -> Run:
    """Exact case 17: B·(1 − Φ((Q − e)/s)) − e²/2 with B 1, Q .5, s .5 is most at e = .7226; another, lower hill is near 0 for Q 1.25."""
    hours, quota = scenario["channels.advertising.spend"], scenario["selling.effort.expected"]
    return _run(reward(hours, quota), _luck(seed, hours), 0.02)


def reward(hours: float, quota: float) -> float:
    """The bonus that is expected, less the toil."""
    return 0.5 * math.erfc((quota - hours) / 0.5 / math.sqrt(2)) - hours**2 / 2


def split(scenario: Any, seed: int, leads: bool = False) -> Run:
    """Exact case 18: x^.12·y^.34 with x + y what there is, is most where x/(x + y) = .12/.46 = .261."""
    ads, heads = scenario["channels.advertising.spend"], scenario["channels.promotion.spend"]
    return _run(ads**0.12 * heads**0.34, _luck(seed, ads, heads), 0.05)


def bet(scenario: Any, seed: int, leads: bool = False) -> Run:
    """One lever is worth 10 where customers forgive and costs 4 where they do not; the other is worth 2 anywhere."""
    luck = np.random.default_rng(seed)
    bold, careful = scenario["practices.meetings.every"] < 1e6, scenario["practices.pledge.within"] > 0
    forgiving = scenario["market.tolerance"] > 0.7
    return _run(bold * (10.0 if forgiving else -4.0) + 2.0 * careful, luck, 0.5)


def staff(scenario: Any, seed: int, leads: bool = False) -> Run:
    """Five reps are best; each more or fewer costs its square."""
    reps = scenario["company.reps"]
    return _run(-(reps - 5.0) ** 2, _luck(seed, reps), 0.1)


def nothing(scenario: Any, seed: int, leads: bool = False) -> Run:
    """No lever does anything, and each candidate has luck of its own."""
    words = sum(map(ord, scenario.name.partition(" @ ")[0]))
    return _run(100.0, _luck(seed, words), 1.0)
