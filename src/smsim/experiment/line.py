"""Who waits to be played, who is being played, and who was when a worker died."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future
from typing import Any

from smsim.errors import RunError
from smsim.experiment.plan import Job

#: How often a replication may take its worker with it, alone, before it counts as failed.
DEATHS = 2
#: How many replications in a row may do so before the study is given up.
_ROW = 3


class Line:
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

    def send_home(self) -> None:
        """Nobody else is handed out."""
        self._waiting.clear()
