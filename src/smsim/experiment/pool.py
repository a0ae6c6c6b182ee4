"""Worker processes that are replaced when they die, and that die when their parent does."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

from smsim.errors import RunError
from smsim.experiment.worker import Play, start

#: Replications handed to an executor that does not tell how many it plays at once.
_HANDS = 16


class LostError(RunError):
    """An executor that is not ours to rebuild plays no more."""

    def __init__(self) -> None:
        super().__init__("those who play are lost: their pool is broken, or the cluster's scheduler cannot be reached; "
                         "what was finished is kept, and the same command goes on from there")


class Pool:
    """An executor of spawned processes, rebuilt when it breaks. Another executor may be given; that one is not rebuilt."""

    def __init__(self, workers: int, play: Play | str, given: Executor | None = None) -> None:
        self.workers, self._play, self._given = workers, play, given
        self._line: Any = None
        self._executor: Executor | None = given

    @property
    def hands(self) -> int:
        """How many replications are played at once, as far as anybody knows."""
        if self._given is None:
            return self.workers
        try:
            told = getattr(self._given, "hands", None) or getattr(self._given, "_max_workers", None) or _HANDS
        except BrokenExecutor:
            raise LostError from None
        return max(self.workers, int(told))

    def submit(self, function: Callable[..., Any], *args: Any) -> Future[Any]:
        """Hand a task to a worker; a pool found broken is rebuilt first. Raises LostError where that is not ours to do."""
        with deaf():
            try:
                return self._ready().submit(function, *args)
            except BrokenExecutor:
                self.rebuild()
                return self._ready().submit(function, *args)

    def _ready(self) -> Executor:
        if self._executor is None:
            context = multiprocessing.get_context("spawn")
            theirs, self._line = context.Pipe(duplex=False)
            self._executor = ProcessPoolExecutor(self.workers, context, start, (theirs, self._play))
        return self._executor

    def rebuild(self) -> None:
        """Throw a broken pool away; the next task gets a new one. Raises LostError where it is not ours."""
        if self._given is not None:
            raise LostError
        self.stop()

    def stop(self) -> None:
        """End all workers at once, whatever they are doing."""
        if self._given is not None or self._executor is None:
            return
        self._line.close()
        self._executor.shutdown(wait=True, cancel_futures=True)
        self._executor = self._line = None

    def close(self) -> None:
        """Let the workers go when they are done."""
        if self._given is None and self._executor is not None:
            self._executor.shutdown(wait=True)
            self._line.close()
            self._executor = self._line = None


@contextmanager
def deaf() -> Iterator[None]:
    """Let processes that are born inside never hear of Ctrl-C, from their first instruction on."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
