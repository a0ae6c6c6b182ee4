"""How long a plan takes: one replication is timed, and the others take as long for each customer and week."""

from __future__ import annotations

import pickle
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from smsim.errors import Mark, PlanError, Problem
from smsim.experiment import merging, provenance, tables
from smsim.experiment.compiling import alone_while_cold
from smsim.experiment.plan import Job, Plan
from smsim.experiment.runner import Crew

#: Seconds that nobody is asked about, and beyond which even the timing is a short replication.
FREE, _SHORT = 600.0, 10.0
#: Weeks of the short one; no week and no customer costs more than the most.
_WEEKS = 4
#: Firms that one folder can hold.
MOST = 10_000


@dataclass(frozen=True)
class Length:
    """How many firms and replications, how many of those are still to be played, and how many seconds one takes on how many workers."""

    firms: int
    runs: int
    left: int
    seconds: float
    workers: int

    @property
    def whole(self) -> float:
        """Seconds until all is played."""
        return self.left * self.seconds / max(1, min(self.workers, self.left))

    def __str__(self) -> str:
        left = "" if self.left == self.runs else f", {self.left:,} of them still to play"
        workers = f"{self.workers} worker{'s' if self.workers > 1 else ''}"
        return f"{self.firms:,} firms, {self.runs:,} replications{left}: {about(self.whole)} on {workers}, more on a busy machine"


def about(seconds: float) -> str:
    """A span of time as one says it."""
    for size, name in ((86_400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 1.5 * size:
            return f"about {seconds / size:.{1 if seconds < 9.5 * size else 0}f} {name}"
    return f"about {seconds:.0f} seconds" if seconds >= 1.5 else "about a second"


def require_short(length: Length, mark: Mark | None = None) -> None:
    """Raise PlanError for what takes more than ten minutes, or more firms than a folder holds; `mark` is where that was asked."""
    if length.firms > MOST:
        raise PlanError(Problem("this question asks for too much", mark, read=str(length),
                                allowed=f"at most {MOST:,} firms, with `--yes` above ten minutes; fewer values, or `design: latin`"))
    if length.whole > FREE:
        raise PlanError(Problem("this question takes long", mark, read=str(length),
                                allowed="`--yes` plays it all the same; fewer values, replications or weeks take less"))


def measure(plan: Plan, out: Path, crew: Crew) -> Length:
    """Time one replication and say how long the plan takes, less what the folder has of it already."""
    runs, left = len(plan), len(plan) - done(plan, out)
    sizes = [_size(scenario) for scenario in plan.scenarios]
    seconds = time_one(plan.scenarios[0]) * sum(sizes) / len(sizes) / sizes[0]
    return Length(len(plan.scenarios), runs, left, seconds, crew.workers)


def too_many(base: Plan, firms: int, crew: Crew) -> Length:
    """The same for more firms than are worth building: as if all were like the one they start from."""
    runs = firms * len(base)
    return Length(firms, runs, runs, time_one(base.scenarios[0]), crew.workers)


def _size(scenario: Any) -> float:
    """Customers and weeks, of which time is made; a thousand customers stand for what a firm without any takes."""
    return float((scenario["market.customers"] + 1000) * scenario["run.weeks"])


def done(plan: Plan, out: Path) -> int:
    """How many replications of the plan a folder holds."""
    if provenance.read(out).get("plan_hash") != plan.hash:
        return 0
    runs = merging.known_runs(out)
    return 0 if runs is None else len({job.key for job in plan.jobs()} & set(tables.keys(runs)))


def time_one(scenario: Any) -> float:
    """Seconds one replication takes, once everything is compiled."""
    from smsim.model import play

    weeks = int(scenario["run.weeks"])
    short = scenario.but({"run.weeks": min(_WEEKS, weeks), "run.warm_up": 0})
    with alone_while_cold():
        _timed(play, short)
    seconds = _timed(play, short) * max(1.0, weeks / _WEEKS)
    return seconds if seconds > _SHORT else _timed(play, scenario)


def _timed(play: Any, scenario: Any) -> float:
    """Seconds it takes to hand a scenario to a worker, play it, and keep what it leaves."""
    began = time.perf_counter()
    job = Job(scenario.name, 0, int(scenario["run.seed"]))
    tables.of_run(job, play(pickle.loads(pickle.dumps(scenario)), job.seed))
    return time.perf_counter() - began
