"""A plan says what is played: scenarios × replications, and the seed of each. It can be told from another by its hash."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from smsim.core.luck import replication_seed
from smsim.errors import PlanError, Problem
from smsim.experiment import versions
from smsim.experiment.room import what_fits

#: Shown, but not part of what is played: more replications of the same plan continue it.
_FREE = ("replications",)


class Playable(Protocol):
    """What a plan needs of a scenario; it must be picklable."""

    @property
    def name(self) -> str:
        """The name rows carry."""

    def __getitem__(self, key: str) -> Any:
        """The value of a dotted key."""

    def tree(self) -> dict[str, Any]:
        """The whole resolved scenario as plain data."""


@dataclass(frozen=True, order=True)
class Job:
    """One replication of one scenario."""

    scenario: str
    replication: int
    seed: int

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from every other job of the plan."""
        return self.scenario, self.replication


@dataclass(frozen=True)
class Plan:
    """Scenarios in the order given, the first of them the baseline, each with its replications."""

    scenarios: tuple[Playable, ...]
    leads: bool = False

    def __post_init__(self) -> None:
        problems = [*_clashes(self.scenarios), *(p for s in self.scenarios for p in _unplayable(s))]
        if problems:
            raise PlanError(problems)

    @cached_property
    def by_name(self) -> dict[str, Playable]:
        """Each scenario under its name."""
        return {scenario.name: scenario for scenario in self.scenarios}

    @property
    def baseline(self) -> str:
        """The name of the first scenario."""
        return self.scenarios[0].name

    @property
    def plugins(self) -> tuple[str, ...]:
        """The plugin files of all scenarios, each once."""
        found = (str(path) for scenario in self.scenarios for path in getattr(scenario, "plugins", ()))
        return tuple(dict.fromkeys(found))

    def jobs(self, told: Mapping[str, int] | None = None) -> Iterator[Job]:
        """Every replication, or so many of each scenario; replication 0 of all first: a plan cut short leaves pairs."""
        counts = told or self.counts
        for replication in range(max(counts.values())):
            for scenario in self.scenarios:
                if replication < counts[scenario.name]:
                    yield Job(scenario.name, replication, replication_seed(_whole(scenario, "run.seed"), replication))

    @property
    def counts(self) -> dict[str, int]:
        """How many replications each scenario says it wants."""
        return {scenario.name: _whole(scenario, "run.replications") for scenario in self.scenarios}

    def __len__(self) -> int:
        return sum(self.counts.values())

    def content(self) -> dict[str, Any]:
        """What is hashed: nothing that leaves the numbers of a replication as they are."""
        return {
            "scenarios": {name: without_free(plain(self.by_name[name].tree())) for name in sorted(self.by_name)},
            "files": {name: versions.files_hash(self.by_name[name].tree()) for name in sorted(self.by_name)},
            "leads": self.leads, "smsim": versions.smsim(), "code": versions.code_hash(),
        }

    @cached_property
    def hash(self) -> str:
        """Tells this plan from any other; the same for more replications and any order of scenarios."""
        text = json.dumps(self.content(), sort_keys=True, ensure_ascii=False)
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()

    def require_comparable(self) -> None:
        """Raise PlanError where there is nothing to compare, or not on the same luck."""
        if len(self.scenarios) < 2:
            raise PlanError(Problem("one scenario cannot be compared", read=self.baseline, allowed="two or more"))
        seeds = {scenario.name: _whole(scenario, "run.seed") for scenario in self.scenarios}
        if len(set(seeds.values())) > 1:
            raise PlanError(Problem("scenarios can only be compared on the same luck", read=f"run.seed: {seeds}",
                                    allowed="one seed for all, for instance `--seed 1`"))

    def require_room(self, needed: Callable[[Any], float], room: float) -> None:
        """Raise PlanError where one replication needs more memory (`needed`, bytes) than the machine has (`room`, bytes)."""
        for scenario in self.scenarios:
            size = needed(scenario)
            if size > room:
                fits = " or ".join(what_fits(scenario, needed, room))
                raise PlanError(Problem(f"one replication of {scenario.name} does not fit into memory", read=f"about {size / 1e9:.1f} GB",
                                        allowed=f"up to {room / 1e9:.1f} GB on this machine{f', such as with {fits}' if fits else ''}"))


def plain(value: Any) -> Any:
    """The same value as JSON can hold it: what is not finite becomes a word."""
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(inner) for inner in value]
    if isinstance(value, bool | int | str) or value is None:
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else "none" if math.isnan(value) else "never" if value > 0 else "-never"
    return plain(value.item()) if hasattr(value, "item") else str(value)


def _clashes(scenarios: Sequence[Playable]) -> Iterator[Problem]:
    if not scenarios:
        yield Problem("there is no scenario to play", allowed="at least one, for instance `silo`")
    names = [scenario.name for scenario in scenarios]
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        yield Problem(f"{names.count(name)} scenarios are named {name!r}", allowed="a name of its own for each; `name:` gives it")


def _unplayable(scenario: Playable) -> Iterator[Problem]:
    if _whole(scenario, "run.replications") < 1:
        yield Problem(f"{scenario.name} has no replication to play", read=f"run.replications: {scenario['run.replications']}",
                      allowed="a whole number from 1")
    days, warm_up = scenario["run.weeks"] * 7, float(scenario["run.warm_up"])
    if days - warm_up < 1:
        yield Problem(f"the warm-up of {scenario.name} leaves no day", read=f"{warm_up:g} of {days:g} days",
                      allowed="a warm-up shorter than the run; `weeks` includes it")


def _whole(scenario: Playable, key: str) -> int:
    return int(scenario[key])


def without_free(tree: dict[str, Any]) -> dict[str, Any]:
    """A resolved scenario without what leaves the numbers of a replication as they are."""
    run = tree.get("run")
    if not isinstance(run, dict):
        return tree
    return {**tree, "run": {key: value for key, value in run.items() if key not in _FREE}}
