"""Plays candidates in all worlds through the ordinary study, look by look, and keeps what each came to.

A look is a number of replications on luck of its own, the same for every candidate. Each call is one study in a folder of its own,
`rounds/NUMBER LOOK`, in an order that follows from the decision alone: the same command finds what is finished and goes on.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smsim.advice.candidates import Candidates, Pick
from smsim.advice.decision import Decision
from smsim.advice.objective import Groups
from smsim.advice.worlds import World, luck_of
from smsim.errors import RunError
from smsim.experiment.cluster import gathered
from smsim.experiment.plan import Plan
from smsim.experiment.runner import Crew
from smsim.experiment.study import Desk
from smsim.results import ResultSet, play_study

#: The draws of the search, and those of the estimate: the estimate is on luck and on draws that no choice was made by.
SEARCH, FINAL = "search", "final"
#: Where the rounds lie in a folder.
ROUNDS = "rounds"


@dataclass(frozen=True)
class Look:
    """So many replications in every world, on luck and draws that its names stand for."""

    name: str
    replications: int
    draws: str = SEARCH


@dataclass
class Bench:
    """Candidates that were played, by look: a row of values for each world, a column for each replication."""

    decision: Decision
    crew: Crew
    out: Path | None = None
    progress: Callable[[int, int], None] = lambda _done, _of: None
    command: list[str] | None = None
    seconds: float = 0.0
    runs: int = 0
    reused: int = 0
    troubles: list[str] = field(default_factory=list)
    last: ResultSet | None = None
    _values: dict[tuple[str, Pick], NDArray[np.float64]] = field(default_factory=dict)
    _own_cost: dict[tuple[str, Pick], float] = field(default_factory=dict)
    _count: int = 0

    @functools.cached_property
    def candidates(self) -> Candidates:
        """All that can be done."""
        return Candidates(self.decision)

    def worlds(self, look: Look) -> list[World]:
        """The worlds of a look."""
        return self.decision.worlds.drawn(luck_of(self.decision.seed, look.draws, "draws"))

    def play(self, look: Look, picks: Iterable[Pick]) -> None:
        """Play the candidates that this look has not seen. Raises RunError where a replication failed."""
        todo = [pick for pick in dict.fromkeys(picks) if (look.name, pick) not in self._values]
        if not todo:
            return
        self._count += 1
        worlds, made = self.worlds(look), self.candidates
        plan = Plan(tuple(made.scenario(pick, world, look.name, look.replications) for pick in todo for world in worlds))
        out = self.out / ROUNDS / f"{self._count:03d} {look.name}" if self.out is not None else None
        found = play_study(plan, self.crew, Desk(out, self.command, self._told))
        self._take(found, look, todo, worlds)

    def _told(self, done: int, of: int) -> None:
        self.progress(self.runs + done, self.runs + of)

    def _take(self, found: ResultSet, look: Look, picks: Sequence[Pick], worlds: Sequence[World]) -> None:
        """Keep what a study came to."""
        if len(found.failures):
            first = found.failures.iloc[0]
            where = f"\n    all of them in {found.path / 'failures.parquet'}" if found.path is not None else ""
            told = f"{first['scenario']}, replication {first['replication']}: {first['error']}"
            raise RunError(f"{len(found.failures)} replications failed, the first: {told}{where}; the same command tries them again")
        self.last, store = found, found.provenance.get("store") or {}
        self.runs += len(found.runs)
        self.reused += int(store.get("reused", 0))
        self.troubles += store.get("troubles") or []
        self.seconds += float(found.provenance.get("seconds") or 0.0)
        values, costs = (self._table(found.runs, name) for name in (self.decision.objective.kpi.name, "practice_cost"))
        made = self.candidates
        for pick in picks:
            names = [f"{made.label(pick)} @ {world.name}" for world in worlds]
            self._values[look.name, pick] = self._measured(values.loc[names].to_numpy(dtype=float), made.cost(pick))
            self._own_cost[look.name, pick] = float(costs.loc[names].to_numpy(dtype=float).mean()) / self.decision.years

    def _table(self, runs: pd.DataFrame, name: str) -> pd.DataFrame:
        return runs.pivot_table(index="scenario", columns="replication", values=name, dropna=False, aggfunc="first")

    def _measured(self, values: NDArray[np.float64], cost: float) -> NDArray[np.float64]:
        """The figure a year where it is a sum of money, less what the levers cost where it is the profit. Raises RunError for no value."""
        wanted = self.decision.objective
        if not np.isfinite(values).all():
            count = int((~np.isfinite(values)).sum())
            raise RunError(f"{wanted.kpi.name} has no value in {count} of {values.size} runs; another `measure` may have")
        yearly = values / self.decision.years if wanted.is_yearly else values
        return yearly - cost if wanted.is_net else yearly

    def has(self, look: Look, pick: Pick) -> bool:
        """Whether a candidate was played in a look."""
        return (look.name, pick) in self._values

    def by_world(self, look: Look, pick: Pick) -> NDArray[np.float64]:
        """The values of a candidate: a row for each world."""
        return self._values[look.name, pick]

    def own_cost(self, look: Look, pick: Pick) -> float:
        """What the model charges for its practices, hours at their pay and money, a year."""
        return self._own_cost[look.name, pick]

    def groups(self, looks: Sequence[Look], pick: Pick) -> Groups:
        """The values of a candidate over looks, in groups that can be left out one by one."""
        values = np.concatenate([self._values[look.name, pick] for look in looks], axis=1)
        draws = self.decision.worlds.draws
        if not draws:
            return values.T
        return np.stack([values[at::draws].ravel() for at in range(draws)])


@contextlib.contextmanager
def manned(decision: Decision, crew: Crew) -> Iterator[Crew]:
    """The crew for all rounds of a decision; a cluster is gathered once. Raises InputError."""
    if crew.cluster is None:
        yield crew
        return
    made = Candidates(decision)
    everything = [made.scenario(pick, world, "luggage", 1) for pick in made.singles() for world in decision.worlds.drawn(0)]
    with gathered(crew, Plan(tuple(everything))) as there:
        yield dataclasses.replace(there, cluster=None)
