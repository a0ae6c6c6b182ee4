"""A study from its scenarios to its last replication: checked whole before anything is written, then played and kept."""

from __future__ import annotations

import dataclasses
import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from smsim.errors import PlanError, Problem
from smsim.experiment import columns, folder, provenance, runstore, versions
from smsim.experiment.aim import Aim, Best, require_known
from smsim.experiment.cluster import gathered
from smsim.experiment.course import Course, Once
from smsim.experiment.memory import Memory
from smsim.experiment.plan import Plan
from smsim.experiment.reuse import Reuse
from smsim.experiment.runner import Crew, Progress, fitting_workers, play_course
from smsim.experiment.store import Folder
from smsim.experiment.worker import MODEL

#: A model that can tell how much memory a replication takes has a function of this name: bytes = memory_needed(scenario).
_NEEDED = "memory_needed"
#: One that can tell beforehand whether a scenario can be played has a function that raises InputError: check(scenario).
_CHECK = "check"


@dataclass(frozen=True)
class Desk:
    """Where a study is written, by which command, who is told how far it is, and what it is played for if not for its replications."""

    out: Path | None = None
    command: list[str] | None = None
    progress: Progress | None = None
    notes: dict[str, Any] = field(default_factory=dict)
    aim: Aim | None = None


def play(plan: Plan, crew: Crew, desk: Desk) -> Memory | None:
    """Play a plan into a folder, or into memory where none is named. Raises PlanError before anything is written."""
    crew = ready(plan, crew)
    store = runstore.named(crew.store)
    reuse = Reuse(store, plan, crew.play) if store is not None else None
    kpis = _kpis(plan)
    course = _course(plan, crew, desk.aim, kpis)
    about = provenance.of_plan(plan, desk.command, kpis) | desk.notes | ({"aim": desk.aim.about()} if desk.aim is not None else {})
    if desk.out is not None:
        folder.require(desk.out, plan)
    with gathered(crew, plan) as there:
        keeper = Memory(about) if desk.out is None else Folder(desk.out, plan, about)
        play_course(course, keeper, there, desk.progress, reuse)
    return keeper if isinstance(keeper, Memory) else None


def _course(plan: Plan, crew: Crew, aim: Aim | None, kpis: dict[str, Any]) -> Course:
    """How the study goes. Raises InputError for an aim that cannot be reached."""
    if aim is None:
        return Once(plan)
    from smsim.experiment.precision import ToPrecision
    from smsim.experiment.selection import ToBest

    if crew.play == MODEL:
        require_known(aim, dict.fromkeys([*columns.KPIS, *kpis]))
    if not isinstance(aim, Best):
        return ToPrecision(plan, aim)
    better = str(kpis.get(aim.kpi, {}).get("better", "neither"))
    if better == "neither":
        raise PlanError(Problem(f"more of {aim.kpi} is neither good nor bad", allowed="a key figure of which one end is better"))
    return ToBest(plan, aim, better)


def ready(plan: Plan, crew: Crew) -> Crew:
    """Make sure that every scenario can be played here, and send away whom memory does not hold. Raises InputError."""
    _require_playable(plan, crew)
    return _fit(plan, crew)


def _require_playable(plan: Plan, crew: Crew) -> None:
    """Ask the model whether it can play every scenario. Raises InputError."""
    check = _asked_of_the_model(crew, _CHECK)
    if check is not None:
        for scenario in plan.scenarios:
            check(scenario)


def _fit(plan: Plan, crew: Crew) -> Crew:
    if crew.workers < 1:
        raise PlanError(Problem("there is nobody to play", read=f"workers: {crew.workers}", allowed="a whole number from 1"))
    needed = _asked_of_the_model(crew, _NEEDED) if crew.cluster is None else None
    if needed is None:
        return crew
    plan.require_room(needed, room())
    return dataclasses.replace(crew, workers=fitting_workers(crew.workers, max(map(needed, plan.scenarios)), room()))


def room() -> float:
    """Bytes of memory that replications may take on this machine."""
    return versions.memory_allowed() * 0.9


def _asked_of_the_model(crew: Crew, name: str) -> Callable[[Any], Any] | None:
    if crew.play != MODEL:
        return None
    found: Callable[[Any], Any] | None = getattr(importlib.import_module("smsim.model"), name, None)
    return found


def _kpis(plan: Plan) -> dict[str, Any]:
    """What is known of each key figure, so that a folder can be read without the plugins that made it."""
    from smsim.core.registry import registry

    told = ("unit", "better", "adds", "meaning")
    return {name: {word: getattr(kpi, word) for word in told} for name, kpi in registry(plan.plugins).kpis.items()}


def resolve(scenarios: Sequence[Any] | Any, changes: dict[str, Any]) -> list[Any]:
    """Scenarios from paths, shipped names or Scenario objects, with the same changes made to each."""
    given = [scenarios] if isinstance(scenarios, str | Path) or not isinstance(scenarios, Sequence) else list(scenarios)
    found = []
    for one in given:
        if isinstance(one, str | Path):
            from smsim.scenario import load

            one = load(str(one))
        found.append(one.but(changes) if changes else one)
    return found
