"""A pretended scenario and plays of it that are quick, slow, failing or deadly; workers import them by name."""

from __future__ import annotations

import dataclasses
import os
import signal
import time
from pathlib import Path
from typing import Any

import numpy as np

from smsim.record import AGES, Run


@dataclasses.dataclass(frozen=True)
class Pretended:
    name: str = "silo"
    effect: float = 0.0
    replications: int = 4
    seed: int = 1
    weeks: float = 2
    warm_up: float = 7
    folder: str = ""
    plugins: tuple[str, ...] = ()

    def __getitem__(self, key: str) -> Any:
        return getattr(self, key.removeprefix("run."))

    def tree(self) -> dict[str, Any]:
        run = {name: self[name] for name in ("replications", "seed", "weeks", "warm_up")}
        return {"name": self.name, "effect": self.effect, "run": run}

    def but(self, changes: dict[str, Any]) -> Pretended:
        return dataclasses.replace(self, **{key.removeprefix("run."): value for key, value in changes.items()})


def play(scenario: Pretended, seed: int, leads: bool = False) -> Run:
    luck = np.random.default_rng(seed)
    revenue = float(luck.normal(100.0, 10.0)) + scenario.effect
    days = np.arange(int(scenario.weeks * 7))
    log = None
    if leads:
        log = {"lead": np.arange(3), "recycled_from": np.array([-1, 0, -1]), "created": np.array([1.0, 2.0, np.nan]),
               "outcome": np.array(["won", "open", "expired"])}
    return Run(
        {"revenue": revenue, "cold_share": 0.5, "lead_threshold": 0.4, "a_plugin_figure": 1.0},
        {"day": days, "revenue": luck.random(len(days))},
        {"age_hours": AGES, "surviving": np.exp(-AGES), "won": 1 - np.exp(-AGES)}, log,
    )


def noisy(scenario: Pretended, seed: int, leads: bool = False) -> Run:
    """Luck that all share, and as much that each scenario has for itself."""
    found = play(scenario, seed, leads)
    own = np.random.default_rng([seed, *scenario.name.encode()])
    found.kpis["revenue"] += float(own.normal(0.0, 10.0))
    found.kpis["cold_share"] = 0.5 - scenario.effect / 100 + float(own.normal(0.0, 0.02))
    return found


noisy.content = lambda _name: "noisy"  # type: ignore[attr-defined]


def slow_and_noisy(scenario: Pretended, seed: int, leads: bool = False) -> Run:
    time.sleep(0.1)
    return noisy(scenario, seed, leads)


def noisy_and_failing(scenario: Pretended, seed: int, leads: bool = False) -> Run:
    if seed % 4 == 0:
        raise ValueError("the market collapsed")
    return noisy(scenario, seed, leads)


def slow(scenario: Pretended, seed: int, leads: bool = False) -> Run:
    time.sleep(0.15)
    return play(scenario, seed, leads)


def fails_in_one_world(scenario: Pretended, seed: int, leads: bool = False) -> Run:
    if seed % 2 == 0 and scenario.name == "silo":
        raise ValueError("the market collapsed")
    return play(scenario, seed, leads)


def dies_once(scenario: Pretended, seed: int, leads: bool = False) -> Run:
    mark = Path(scenario.folder) / f"died-{seed}"
    if seed % 2 == 0 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return play(scenario, seed, leads)


def always_dies_in_one_world(scenario: Pretended, seed: int, leads: bool = False) -> Run:
    if scenario.name == "deadly":
        os.kill(os.getpid(), signal.SIGKILL)
    return play(scenario, seed, leads)
