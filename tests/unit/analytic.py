"""Functions with known indices in the model's place: what a firm earns is the function of three or six of its settings, and luck."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from smsim.record import AGES, Run

#: The settings that are the inputs, all from 0 to 1.
INPUTS = ("leads.age_seen", "leads.pulled_share", "leads.unowned", "selling.answering", "culture.blame", "crm.misattributed")
#: Weights of the g-function: the larger, the less an input matters.
WEIGHTS = (0.0, 0.5, 3.0, 9.0, 99.0, 99.0)


def ishigami_at(x: Any) -> Any:
    """Ishigami and Homma 1990: sin x₁ + 7 sin² x₂ + 0.1 x₃⁴ sin x₁, x from −π to π."""
    return np.sin(x[0]) + 7 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])


def ishigami_indices() -> tuple[list[float], list[float]]:
    """First and total indices in closed form."""
    first, second, joint = 0.5 * (1 + 0.1 * math.pi**4 / 5) ** 2, 7**2 / 8, 0.01 * math.pi**8 * (1 / 18 - 1 / 50)
    whole = first + second + joint
    return [first / whole, second / whole, 0.0], [(first + joint) / whole, second / whole, joint / whole]


def g_indices() -> tuple[list[float], list[float]]:
    """The same of the product of (|4x − 2| + a) / (1 + a) (Sobol 1993): V = Π(1 + vᵢ) − 1 with vᵢ = 1/3 / (1 + aᵢ)²."""
    own = [1 / 3 / (1 + weight) ** 2 for weight in WEIGHTS]
    product = math.prod(1 + one for one in own)
    return [one / (product - 1) for one in own], [one * product / (1 + one) / (product - 1) for one in own]


def _run(scenario: Any, seed: int, value: float, noise: float) -> Run:
    """Contribution: luck of the world, and in the firm that meets the value and the luck of this world at this point."""
    luck = np.random.default_rng([seed, 1]).normal(100.0, 20.0)
    here = np.random.default_rng([seed, *(int(float(scenario[key]) * 1e9) for key in INPUTS)]).normal(0.0, noise) if noise else 0.0
    meets = math.isfinite(scenario["practices.meetings.every"])
    days = np.arange(int(scenario["run.weeks"] * 7))
    figures = {"contribution": luck + (value + here if meets else 0.0), "revenue": luck}
    curves = {"age_hours": AGES, "surviving": np.exp(-AGES), "won": 1 - np.exp(-AGES)}
    return Run(figures, {"day": days, "revenue": np.ones(len(days))}, curves, None)


def _at(scenario: Any) -> list[float]:
    return [float(scenario[key]) for key in INPUTS]


def ishigami(scenario: Any, seed: int, leads: bool = False) -> Run:
    return _run(scenario, seed, float(ishigami_at([math.pi * (2 * one - 1) for one in _at(scenario)])), 0.0)


def ishigami_with_luck(scenario: Any, seed: int, leads: bool = False) -> Run:
    return _run(scenario, seed, float(ishigami_at([math.pi * (2 * one - 1) for one in _at(scenario)])), 4.0)


def g_function(scenario: Any, seed: int, leads: bool = False) -> Run:
    pairs = zip(_at(scenario), WEIGHTS, strict=True)
    return _run(scenario, seed, math.prod((abs(4 * one - 2) + weight) / (1 + weight) for one, weight in pairs), 0.0)


def luck_alone(scenario: Any, seed: int, leads: bool = False) -> Run:
    return _run(scenario, seed, 0.0, 4.0)


def straight(scenario: Any, seed: int, leads: bool = False) -> Run:
    """Meeting is worth 6 − 10 x of the first setting: nothing at 0.6."""
    return _run(scenario, seed, 6 - 10 * _at(scenario)[0], 1.0)
