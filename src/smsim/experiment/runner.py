"""Plays a plan: in this process or in several, whatever dies on the way, and keeps what is finished."""

from __future__ import annotations

import math
import os
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass
from typing import Any, Protocol

import pyarrow as pa

from smsim.errors import RunError
from smsim.experiment import tables
from smsim.experiment.interrupts import Interrupts
from smsim.experiment.plan import Job, Plan
from smsim.experiment.pool import Pool
from smsim.experiment.reuse import Reuse
from smsim.experiment.worker import MODEL, Failure, Landed, Play, play_one
from smsim.record import Run

#: How often a replication may take its worker with it, alone, before it counts as failed.
DEATHS = 2
#: How many replications in a row may do so before the study is given up.
_ROW = 3
#: Called with the number of replications finished or failed, and of all.
Progress = Callable[[int, int], None]


class Keeper(Protocol):
    """Where finished replications go: a results folder, or memory."""

    done: set[tuple[str, int]]

    def add(self, job: Job, rows: dict[str, pa.Table]) -> None:
        """Take in the rows of a finished replication."""

    def fail(self, job: Job, error: str, trace: str) -> None:
        """Take in a replication that failed."""

    def tick(self) -> None:
        """Write what is due."""

    def note(self, told: dict[str, Any]) -> None:
        """Write something beside the results."""

    def close(self, status: str) -> None:
        """Keep everything and say how it ended."""

    def abandon(self) -> None:
        """Stop writing."""


@dataclass(frozen=True)
class Crew:
    """Who plays: how many workers, with what, on which executor or cluster if not on processes of their own, and where runs are kept.

    `cluster` is the address of a scheduler, or `local:N`. `store` is a folder or `off`; unless told, it is what SMSIM_STORE says, or one
    in the user's cache.
    """

    workers: int = 1
    play: Play | str = MODEL
    executor: Executor | None = None
    cluster: str | None = None
    store: str | os.PathLike[str] | None = None


def play_plan(plan: Plan, keeper: Keeper, crew: Crew, progress: Progress | None = None, reuse: Reuse | None = None) -> int:
    """Play what is not yet done and return the number of failures. Raises KeyboardInterrupt when stopped; all finished is kept."""
    todo = [job for job in plan.jobs() if job.key not in keeper.done]
    work = _Work(plan, keeper, crew, progress or (lambda _done, _of: None))
    work.reuse = reuse
    with Interrupts() as interrupts:
        try:
            work.play(todo, interrupts)
        except KeyboardInterrupt:
            with interrupts.held():
                work.close("interrupted")
            raise
        except BaseException:
            keeper.abandon()
            raise
        with interrupts.held():
            work.close("failed" if work.failures else "finished")
    return work.failures


class _Work:
    """A plan being played."""

    def __init__(self, plan: Plan, keeper: Keeper, crew: Crew, progress: Progress) -> None:
        self._plan, self._keeper, self._crew, self._progress = plan, keeper, crew, progress
        self._done, self._of, self.failures = len(plan), len(plan), 0
        self.reuse: Reuse | None = None

    def close(self, status: str) -> None:
        """Keep everything and say how it ended, and what came from the store."""
        if self.reuse is not None:
            self._keeper.note({"store": self.reuse.about()})
        self._keeper.close(status)

    def play(self, todo: list[Job], interrupts: Interrupts) -> None:
        """Play jobs until none is left, but for those that the store has."""
        self._done = self._of - len(todo)
        self._progress(self._done, self._of)
        todo = [job for job in todo if not self._is_kept(job, interrupts)]
        if self._crew.executor is None and (self._crew.workers <= 1 or len(todo) <= 1):
            self._play_here(todo, interrupts)
        elif todo:
            self._play_there(todo, interrupts)

    def _is_kept(self, job: Job, interrupts: Interrupts) -> bool:
        """Whether the store has a replication; then it is taken from there."""
        rows = self.reuse.fetch(job) if self.reuse is not None else None
        if rows is None:
            return False
        with interrupts.held():
            self._keeper.add(job, rows)
            self._count()
            self._keeper.tick()
        return True

    def _play_here(self, todo: Iterable[Job], interrupts: Interrupts) -> None:
        for job in todo:
            result = play_one(self._crew.play, *self._task(job))
            with interrupts.held():
                self._take(job, result)
                self._keeper.tick()

    def _play_there(self, todo: list[Job], interrupts: Interrupts) -> None:
        pool = Pool(min(self._crew.workers, len(todo)), self._crew.play, self._crew.executor)
        line = _Line(todo)
        try:
            with interrupts.held():
                while line:
                    interrupts.check()
                    while (job := line.next(2 * pool.hands)) is not None:
                        line.playing[pool.submit(play_one, self._crew.play, *self._task(job))] = job
                    self._collect(line, pool)
                    self._keeper.tick()
                pool.close()
        finally:
            pool.stop()

    def _task(self, job: Job) -> tuple[Any, int, bool]:
        return self._plan.by_name[job.scenario], job.seed, self._plan.leads

    def _collect(self, line: _Line, pool: Pool) -> None:
        ready, _ = wait(line.playing, timeout=0.25, return_when=FIRST_COMPLETED)
        broken = False
        for future in ready:
            error = BrokenExecutor() if future.cancelled() else future.exception()
            job = line.playing.pop(future)
            if isinstance(error, BrokenExecutor):
                broken = True
                line.suspects.append(job)
            else:
                line.survived(job)
                self._take(job, Failure.of(error) if error else future.result())
        if broken:
            self._mourn(line, pool)

    def _mourn(self, line: _Line, pool: Pool) -> None:
        """A worker died: rebuild the pool; whoever was being played is played again, alone; who dies alone again has failed.

        Raises LostError where the pool is not ours to rebuild.
        """
        line.suspects.extend(line.playing.values())
        line.playing.clear()
        pool.rebuild()
        for job in line.convicted():
            self._take(job, Failure("its worker died: killed from outside, or by the system for want of memory"))

    def _take(self, job: Job, result: Run | Failure | Landed) -> None:
        landed = result if isinstance(result, Landed) else Landed(result)
        if isinstance(landed.result, Failure):
            self.failures += 1
            self._keeper.fail(job, landed.result.error, landed.result.traceback)
        else:
            rows = tables.of_run(job, landed.result)
            self._keeper.add(job, rows)
            if self.reuse is not None:
                self.reuse.keep(job, rows, landed.rules)
        self._count()

    def _count(self) -> None:
        self._done += 1
        self._progress(self._done, self._of)


class _Line:
    """Jobs that wait, jobs that are played, and jobs that were being played when a worker died (these are played alone)."""

    def __init__(self, todo: Iterable[Job]) -> None:
        self._waiting = deque(todo)
        self.playing: dict[Future[Any], Job] = {}
        self.suspects: deque[Job] = deque()
        self._alone: Job | None = None
        self._deaths: dict[Job, int] = {}
        self._in_a_row = 0

    def __bool__(self) -> bool:
        return bool(self._waiting or self.playing or self.suspects)

    def next(self, room: int) -> Job | None:
        """The next job to hand out while `room` may be played at once, None for none now."""
        if self.suspects:
            if self.playing:
                return None
            self._alone = self.suspects.popleft()
            return self._alone
        if self._alone is not None or len(self.playing) >= room or not self._waiting:
            return None
        return self._waiting.popleft()

    def survived(self, job: Job) -> None:
        """A job came back, well or not, and its worker lives."""
        self._in_a_row = 0
        if job == self._alone:
            self._alone = None

    def convicted(self) -> list[Job]:
        """Jobs that died alone too often. Raises RunError where one after another does."""
        job, self._alone = self._alone, None
        if job is None:
            return []
        self._deaths[job] = self._deaths.get(job, 0) + 1
        if self._deaths[job] < DEATHS:
            return []
        self._in_a_row += 1
        if self._in_a_row >= _ROW:
            raise RunError(f"workers die one after another, the last on {job.scenario}, replication {job.replication}; "
                           "what was finished is kept (in a script, call smsim under `if __name__ == \"__main__\":`)")
        self.suspects.remove(job)
        return [job]


def fitting_workers(workers: int, needed: float, room: float) -> int:
    """How many workers fit into memory, at least one."""
    return max(1, min(workers, math.floor(room / needed))) if needed > 0 else max(1, workers)
