"""The worlds of the facts are played, each once for all facts that ask for it, and read where they are played.

A worker plays a replication, lead log and all, reads every fact's numbers off it and lets the log go: what travels and is kept is a
number per fact and replication, in columns `ID.NUMBER` of the runs.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from smsim.experiment.plan import Plan
from smsim.experiment.runner import Crew
from smsim.experiment.study import Desk, ready
from smsim.facts.fact import Fact, Played, World
from smsim.facts.judging import Finding, judge
from smsim.facts.shelf import choose, code_hash, file_of, shelf
from smsim.record import Run
from smsim.results import ResultSet, play_study


class FactsPlan(Plan):
    """A plan whose numbers also depend on the code of the facts."""

    def content(self) -> dict[str, Any]:
        """What is hashed."""
        return super().content() | {"facts": code_hash()}


@dataclass(frozen=True)
class Request:
    """Which facts, and what is changed in all their worlds. `run` holds replications and seed."""

    facts: Sequence[Fact]
    sets: Sequence[str] = ()
    run: Mapping[str, int | None] = field(default_factory=dict)

    def plan(self) -> FactsPlan:
        """Every distinct world once. Raises ScenarioError."""
        from smsim.scenario import load

        told = {f"run.{name}": value for name, value in self.run.items() if value is not None}
        found = {}
        for fact in self.facts:
            for label, world in fact.worlds.items():
                name = name_of(fact, label)
                found[name] = load(world.scenario, self.sets).but({**world.settings, **told}, name=name)
        return FactsPlan(tuple(found.values()))


@dataclass(frozen=True)
class Reader:
    """Plays a replication and reads the facts' numbers off it: scenario name → ids."""

    facts: Mapping[str, tuple[str, ...]]

    def content(self, name: str) -> dict[str, Any]:
        """What the numbers read in a world follow from, besides the world."""
        return {"facts": self.facts[name], "code": code_hash()}

    def __call__(self, scenario: Any, seed: int, leads: bool) -> Run:
        """Play, read, forget the log."""
        from smsim.model import play

        run = play(scenario, seed, leads=True)
        played, found = Played.of(scenario, run, seed), dict(run.kpis)
        for id_ in self.facts[scenario.name]:
            found |= {f"{id_}.{name}": float(value) for name, value in shelf()[id_].numbers(played).items()}
        return Run(found, run.days, run.curves)


def name_of(fact: Fact, label: str) -> str:
    """What a world of a fact is called in a study: as the first fact that has it calls it; a shipped scenario by its name."""
    world = fact.worlds[label]
    if not world.settings:
        return world.scenario
    return next(f"{file_of(one)}.{name}" for one in shelf().values() for name, other in one.worlds.items() if _same(other, world))


def _same(one: World, other: World) -> bool:
    return one.scenario == other.scenario and dict(one.settings) == dict(other.settings)


def _readers() -> Reader:
    """Every fact reads every world it has, whichever was asked for: the same worlds leave the same columns."""
    found: dict[str, tuple[str, ...]] = {}
    for fact in shelf().values():
        for name in dict.fromkeys(name_of(fact, label) for label in fact.worlds):
            found[name] = (*found.get(name, ()), fact.id)
    return Reader(found)


def play_facts(plan: FactsPlan, crew: Crew, desk: Desk) -> ResultSet:
    """Play the worlds of facts, whatever else the crew plays. Raises InputError before anything is played."""
    return play_study(plan, dataclasses.replace(ready(plan, crew), play=_readers()), desk)


def judge_all(facts: Sequence[Fact], results: ResultSet) -> list[Finding]:
    """What the results say to each fact."""
    return [judge(fact, results.runs, {label: name_of(fact, label) for label in fact.worlds}) for fact in facts]


def facts(
    *ids: str, replications: int | None = None, seed: int | None = None, workers: int = 1, out: str | Path | None = None,
    sets: Sequence[str] = (),
) -> list[Finding]:
    """Compute stylised facts, all of them unless some are named, and say what the model makes of each."""
    chosen = choose(ids)
    desk = Desk(Path(out) if out is not None else None)
    request = Request(chosen, sets, {"replications": replications, "seed": seed})
    return judge_all(chosen, play_facts(request.plan(), Crew(workers), desk))
