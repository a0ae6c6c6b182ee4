"""A results folder while it fills.

Finished replications are written as parts (`parts/N/`, a folder that appears at once or not at all) about every second. Every
four seconds `runs.parquet` is made anew from them; so are `days`, `curves` and `leads`, as long as that takes no more than a
twentieth of the time (a study whose tables are large merges them less often, and at the end). A part is removed only when all
tables have its rows. So whatever is finished is in a table or in a part, whenever the process is killed.
"""

from __future__ import annotations

import errno
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pyarrow as pa

from smsim.errors import RunError
from smsim.experiment import folder, merging, provenance, tables
from smsim.experiment.plan import Job, Plan

#: Seconds between two parts, and between two merges.
PART, MERGE = 1.0, 4.0
#: The large tables may take this share of the time.
_SHARE = 0.05


class Folder:
    """A results folder that is being filled; `done` are the replications that need not be played again."""

    def __init__(self, path: Path, plan: Plan, about: dict[str, Any]) -> None:
        self.path = path
        self._lock = folder.claim(path, plan)
        self._fresh: list[dict[str, pa.Table]] = []
        self._failed: dict[tuple[str, int], tuple[Job, str, str]] = {}
        self._began = time.monotonic()
        self._parted = self._merged = self._large = self._began - MERGE
        self._pause, self._stale = MERGE, False
        self._runs: pa.Table | None = None
        try:
            with self._disk():
                self._begin(about)
        except RunError:
            self._release()
            folder.forget(path)
            raise
        self.done: set[tuple[str, int]] = set(tables.keys(self._runs)) if self._runs is not None else set()

    def _begin(self, about: dict[str, Any]) -> None:
        before = self._before = provenance.read(self.path)
        self._about = provenance.continued(about, before) if before else about
        self._spent = float(self._about["seconds"])
        merging.clean(self.path)
        self._runs = merging.known_runs(self.path)
        self._failures_before = merging.read(self.path, "failures")
        self._tell("running")

    def add(self, job: Job, rows: dict[str, pa.Table]) -> None:
        """Take in the rows of a finished replication."""
        self._fresh.append(rows)
        self.done.add(job.key)

    def fail(self, job: Job, error: str, trace: str) -> None:
        """Take in a replication that failed."""
        self._failed[job.key] = (job, error, trace)
        self._stale = True

    def runs(self) -> pa.Table | None:
        """A row for each replication that is finished, written or not."""
        found = [*([self._runs] if self._runs is not None else []), *(made["runs"] for made in self._fresh)]
        return tables.canonical("runs", *found) if found else None

    def tick(self) -> None:
        """Write what is due."""
        now = time.monotonic()
        if now - self._parted >= PART and self._fresh:
            with self._disk():
                self._part()
        if now - self._merged >= MERGE and self._stale:
            with self._disk():
                self._merge(large=now - self._large >= self._pause)

    def note(self, told: dict[str, Any]) -> None:
        """Write something into the provenance, when it is written next."""
        self._about |= provenance.with_earlier(told, self._before)

    def close(self, status: str) -> None:
        """Merge everything and say how it ended: `finished`, `interrupted` or `failed`."""
        try:
            with self._disk():
                self._part()
                self._merge(large=True)
                self._tell(status)
        finally:
            self._release()

    def abandon(self) -> None:
        """Keep what is finished, as far as it can be written, and leave the rest as it is."""
        with suppress(OSError, RunError):
            self._part()
        with suppress(OSError, RunError):
            self._tell("failed")
        self._release()

    def _release(self) -> None:
        with suppress(OSError):
            self._lock.close()
            if not any((self.path / "parts").glob("[0-9]*")):
                shutil.rmtree(self.path / "parts", ignore_errors=True)

    def _part(self) -> None:
        if self._fresh:
            names = {name for made in self._fresh for name in made}
            joined = {name: tables.canonical(name, *(made[name] for made in self._fresh if name in made)) for name in names}
            merging.write_part(self.path / "parts", joined)
            known = [self._runs] if self._runs is not None else []
            self._runs = tables.canonical("runs", *known, joined["runs"])
            self._fresh, self._stale = [], True
        self._parted = time.monotonic()

    def _merge(self, *, large: bool) -> None:
        began = time.monotonic()
        if self._runs is not None:
            tables.write(self.path / "runs.parquet", [self._runs], self._runs.schema)
        self._write_failures()
        if large:
            merging.merge(self.path)
            self._large = time.monotonic()
            self._pause = max(MERGE, (self._large - began) / _SHARE)
        self._merged, self._stale = time.monotonic(), False

    def _write_failures(self) -> None:
        made = [tables.of_failures(self._failed.values())] if self._failed else []
        known = [self._failures_before] if self._failures_before is not None else []
        rows = tables.canonical("failures", *made, *known) if made or known else None
        if rows is not None:
            rows = rows.filter(pa.array([key not in self.done for key in tables.keys(rows)], pa.bool_()))
        if rows is not None and len(rows):
            tables.write(self.path / "failures.parquet", [rows], rows.schema)
        else:
            (self.path / "failures.parquet").unlink(missing_ok=True)

    def _tell(self, status: str) -> None:
        self._about |= {
            "status": status, "seconds": round(self._spent + time.monotonic() - self._began, 3),
            "finished": 0 if self._runs is None else len(self._runs), "failed": len(self._failed),
        }
        tables.write_text(self.path / "provenance.json", provenance.as_text(self._about))

    @contextmanager
    def _disk(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            full = error.errno in (errno.ENOSPC, errno.EDQUOT)
            why = "the disk is full" if full else f"{os.strerror(error.errno) if error.errno else error}"
            raise RunError(f"{self.path}: cannot write: {why}; what was finished before is kept there") from error
