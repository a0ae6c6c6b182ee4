"""How a study goes: which replications are played next, given what is finished. All that it asks follows from finished worlds.

So a study that is cut short and begun again asks for the same replications in the same order, whoever plays them and however many
at once, and ends in the same bytes.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from smsim.errors import InputError, Problem, RunError
from smsim.experiment.aim import Limits
from smsim.experiment.plan import Job, Plan

if TYPE_CHECKING:
    from smsim.experiment.intervals import Values

#: Where a study was stopped before it had what it was played for.
BY_RUNS, BY_MINUTES = "runs", "minutes"


@dataclasses.dataclass(frozen=True)
class Worlds:
    """The finished replications, as one value for each world; they are looked up only if somebody asks."""

    runs: Callable[[], pa.Table | None]

    @cached_property
    def _table(self) -> pa.Table | None:
        return self.runs()

    def _own(self, scenario: str, n: int) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
        """Which rows are those of a scenario in the first n worlds, and their worlds."""
        if self._table is None:
            return np.zeros(0, bool), np.zeros(0, np.int64)
        names, worlds = (self._table[key].to_numpy() for key in ("scenario", "replication"))
        own = (names == scenario) & (worlds < n)
        return own, worlds[own]

    def values(self, scenario: str, kpi: str, n: int) -> Values:
        """A key figure of a scenario in the first n worlds; NaN where it failed, or has none."""
        found = np.full(n, np.nan)
        if self._table is not None:
            if kpi not in self._table.column_names:
                raise RunError(f"no run has a key figure {kpi}; what was finished is kept")
            own, worlds = self._own(scenario, n)
            found[worlds] = self._table[kpi].to_numpy()[own]
        return found

    def played(self, scenario: str, n: int) -> int:
        """How many of the first n worlds a scenario has got to."""
        _, worlds = self._own(scenario, n)
        return int(worlds.max(initial=-1)) + 1


class Course(Protocol):
    """Asks for replications until a study has what it is played for."""

    plan: Plan
    limits: Limits

    def more(self, worlds: Worlds) -> list[Job]:
        """What is to be played next; nothing when the study is done."""

    @property
    def likely(self) -> int:
        """How many replications it will take in all, as far as one can tell."""

    @property
    def said(self) -> str:
        """How far it is, in a few words."""

    def reached(self, worlds: Worlds, *, late: bool) -> dict[str, Any]:
        """What provenance says of it at the end; `late`, where its minutes were over."""


class Once:
    """Every replication of the plan, once."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.limits = plan, Limits(len(plan))
        self.likely, self.said = len(plan), ""
        self._asked = False

    def more(self, _worlds: Worlds) -> list[Job]:
        """All of them; then nothing."""
        if self._asked:
            return []
        self._asked = True
        return list(self.plan.jobs())

    def reached(self, _worlds: Worlds, *, late: bool) -> dict[str, Any]:
        """Nothing was sought."""
        return {}


def step(n: int) -> int:
    """How many worlds are played between two looks: five, and a tenth of what there is."""
    return max(5, n // 10)


def jobs_between(plan: Plan, scenarios: Sequence[str], first: int, end: int) -> list[Job]:
    """The replications of some scenarios in the worlds from `first` to before `end`, world by world."""
    counts = {name: end if name in scenarios else 0 for name in plan.by_name}
    return [job for job in plan.jobs(counts) if job.replication >= first]


def ending(done: bool, late: bool, stopped: str) -> dict[str, Any]:
    """Whether a study has what it was played for, and what stopped it if not."""
    return {"met": done, "stopped": "" if done else BY_MINUTES if late else stopped}


def require_room(limits: Limits, fewest: int, scenarios: int) -> None:
    """Raise InputError where the limit does not even let the study begin."""
    if limits.runs < fewest * scenarios:
        problem = Problem("--most-runs does not let the study begin", read=str(limits.runs),
                          allowed=f"at least {fewest * scenarios}: {fewest} worlds of {scenarios} scenario{'s' if scenarios > 1 else ''}")
        raise InputError(problem)
