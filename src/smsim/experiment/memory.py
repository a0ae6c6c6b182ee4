"""Results that are kept in memory only."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from smsim.experiment import tables
from smsim.experiment.plan import Job


class Memory:
    """Takes in finished replications like a results folder, and writes nothing."""

    def __init__(self, about: dict[str, Any]) -> None:
        self.about = about
        self.done: set[tables.Key] = set()
        self._made: dict[str, list[pa.Table]] = {}
        self._failed: list[tuple[Job, str, str]] = []

    def add(self, job: Job, rows: dict[str, pa.Table]) -> None:
        """Take in the rows of a finished replication."""
        for name, table in rows.items():
            self._made.setdefault(name, []).append(table)
        self.done.add(job.key)

    def fail(self, job: Job, error: str, trace: str) -> None:
        """Take in a replication that failed."""
        self._failed.append((job, error, trace))

    def runs(self) -> pa.Table | None:
        """A row for each replication that is finished."""
        return tables.canonical("runs", *self._made["runs"]) if "runs" in self._made else None

    def tick(self) -> None:
        """Nothing is due."""

    def note(self, told: dict[str, Any]) -> None:
        """Write something beside the results."""
        self.about |= told

    def close(self, status: str) -> None:
        """Say how it ended."""
        self.about |= {"status": status, "finished": len(self.done), "failed": len(self._failed)}

    def abandon(self) -> None:
        """Nothing is left half done."""
        self.close("failed")

    def tables(self) -> dict[str, pa.Table]:
        """Every table there is, in canonical order."""
        found = {name: tables.canonical(name, *pieces) for name, pieces in self._made.items()}
        return found | ({"failures": tables.of_failures(self._failed)} if self._failed else {})
