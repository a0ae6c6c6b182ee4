"""Plays a plan: in this process or in several, whatever dies on the way, and keeps what is finished."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, wait
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

import pyarrow as pa

from smsim.experiment import provenance, tables
from smsim.experiment.course import Course, Worlds
from smsim.experiment.interrupts import Interrupts
from smsim.experiment.line import Line
from smsim.experiment.plan import Job
from smsim.experiment.pool import Pool
from smsim.experiment.reuse import Reuse
from smsim.experiment.worker import MODEL, Failure, Landed, Play, play_one
from smsim.record import Run

#: Called with the number of replications finished or failed, and of all.
Progress = Callable[[int, int], None]


@runtime_checkable
class Told(Protocol):
    """Progress that can also say what is still wanted."""

    def tell(self, text: str) -> None:
        """Say it."""


class Keeper(Protocol):
    """Where finished replications go: a results folder, or memory."""

    done: set[tuple[str, int]]

    def add(self, job: Job, rows: dict[str, pa.Table]) -> None:
        """Take in the rows of a finished replication."""

    def fail(self, job: Job, error: str, trace: str) -> None:
        """Take in a replication that failed."""

    def runs(self) -> pa.Table | None:
        """A row for each replication that is finished."""

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


def play_course(course: Course, keeper: Keeper, crew: Crew, progress: Progress | None = None, reuse: Reuse | None = None) -> int:
    """Play what is not yet done and return the number of failures. Raises KeyboardInterrupt when stopped; all finished is kept."""
    work = _Work(course, keeper, crew, progress or (lambda _done, _of: None))
    work.reuse = reuse
    with Interrupts() as interrupts:
        try:
            work.play(interrupts)
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
    """A study being played."""

    def __init__(self, course: Course, keeper: Keeper, crew: Crew, progress: Progress) -> None:
        self._course, self._keeper, self._crew, self._progress = course, keeper, crew, progress
        self._done, self.failures, self._cut = 0, 0, False
        self._end = time.monotonic() + 60.0 * course.limits.minutes
        self._pool = Pool(crew.workers, crew.play, crew.executor)
        self.reuse: Reuse | None = None

    def close(self, status: str) -> None:
        """Keep everything and say how it ended, and what came from the store."""
        if self.reuse is not None:
            self._keeper.note({"store": self.reuse.about()})
        reached = self._course.reached(self._worlds(), late=self._cut) if status != "interrupted" else None
        if reached:
            self._keeper.note(provenance.ended(self._course.plan, reached))
        self._keeper.close(status)

    def _worlds(self) -> Worlds:
        return Worlds(self._keeper.runs)

    def play(self, interrupts: Interrupts) -> None:
        """Play what the course asks for until it asks for nothing more, or its minutes are over."""
        try:
            while not self._cut and (jobs := self._course.more(self._worlds())):
                self._play([job for job in jobs if job.key not in self._keeper.done], len(jobs), interrupts)
            with interrupts.held():
                self._pool.close()
        finally:
            self._pool.stop()

    def _play(self, todo: list[Job], asked: int, interrupts: Interrupts) -> None:
        """Play jobs until none is left, but for those that the store has."""
        self._done += asked - len(todo)
        if isinstance(self._progress, Told):
            self._progress.tell(self._course.said)
        self._tell()
        todo = [job for job in todo if not self._is_kept(job, interrupts)]
        if self._crew.executor is None and (self._crew.workers <= 1 or len(todo) <= 1):
            self._play_here(todo, interrupts)
        elif todo:
            self._play_there(todo, interrupts)

    def _is_late(self) -> bool:
        """Whether the minutes are over, so that nothing more is handed out."""
        self._cut = self._cut or time.monotonic() >= self._end
        return self._cut

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

    def _play_here(self, todo: list[Job], interrupts: Interrupts) -> None:
        for job in todo:
            if self._is_late():
                return
            result = play_one(self._crew.play, *self._task(job))
            with interrupts.held():
                self._take(job, result)
                self._keeper.tick()

    def _play_there(self, todo: list[Job], interrupts: Interrupts) -> None:
        line, pool = Line(todo), self._pool
        with interrupts.held():
            while line:
                interrupts.check()
                if self._is_late():
                    line.send_home()
                while (job := line.next(2 * pool.hands)) is not None:
                    line.playing[pool.submit(play_one, self._crew.play, *self._task(job))] = job
                self._collect(line)
                self._keeper.tick()

    def _task(self, job: Job) -> tuple[Any, int, bool]:
        plan = self._course.plan
        return plan.by_name[job.scenario], job.seed, plan.leads

    def _collect(self, line: Line) -> None:
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
            self._mourn(line)

    def _mourn(self, line: Line) -> None:
        """A worker died: rebuild the pool; whoever was being played is played again, alone; who dies alone again has failed.

        Raises LostError where the pool is not ours to rebuild.
        """
        line.suspects.extend(line.playing.values())
        line.playing.clear()
        self._pool.rebuild()
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
        self._tell()

    def _tell(self) -> None:
        self._progress(self._done, max(self._course.likely, self._done))


def fitting_workers(workers: int, needed: float, room: float) -> int:
    """How many workers fit into memory, at least one."""
    return max(1, min(workers, math.floor(room / needed))) if needed > 0 else max(1, workers)
