"""What a study takes from the store and leaves there. Trouble with the store costs the study nothing but time."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from smsim.experiment import entry, identity, versions
from smsim.experiment.plan import Job, Plan
from smsim.experiment.runstore import RunStore, why
from smsim.experiment.worker import Play

#: Damaged files that are told one by one.
_TOLD = 5


class Reuse:
    """The runs of a plan in a store."""

    def __init__(self, store: RunStore, plan: Plan, play: Play | str) -> None:
        self._store, self._plan, self._play = store, plan, play
        self._scenarios: dict[str, str | None] = {}
        self._writes = True
        self._damaged = 0
        self.reused = 0
        self.troubles: list[str] = []

    def about(self) -> dict[str, Any]:
        """What provenance says of it."""
        more = self._damaged - _TOLD
        said = [f"and {more} more files were damaged; their runs were played again"] if more > 0 else []
        return {"reused": self.reused, "troubles": [*self.troubles, *said]}

    def fetch(self, job: Job) -> dict[str, pa.Table] | None:
        """The rows of a replication, None where it has to be played."""
        scenario = self._scenario(job)
        if scenario is None:
            return None
        wanted = (True,) if self._plan.leads else (False, True)
        found = next((rows for leads in wanted if (rows := self._get(identity.of_run(scenario, job.seed, leads=leads))) is not None), None)
        if found is None:
            return None
        self.reused += 1
        return entry.of_job(job, {name: table for name, table in found.items() if name != "leads" or self._plan.leads})

    def keep(self, job: Job, rows: dict[str, pa.Table], rules: str = "") -> None:
        """Keep a replication that was played, unless it was played by other rules or another kind of machine than this."""
        scenario = self._scenario(job)
        if scenario is None or not self._writes or rules not in ("", identity.rules()):
            return
        key = identity.of_run(scenario, job.seed, leads=self._plan.leads)
        told = {"scenario": job.scenario, "seed": job.seed, "leads": self._plan.leads, "rules": identity.rules(), "smsim": versions.smsim()}
        try:
            self._store.put(key, told, rows)
        except OSError as error:
            self._writes = False
            self.troubles.append(f"{self._store.folder}: the store takes no more runs: {why(error)}; the study itself goes on")

    def _scenario(self, job: Job) -> str | None:
        if job.scenario not in self._scenarios:
            try:
                known = identity.of_scenario(self._plan.by_name[job.scenario], self._play)
            except OSError:  # a file it names cannot be read: playing it will tell
                known = None
            self._scenarios[job.scenario] = known
        return self._scenarios[job.scenario]

    def _get(self, key: str) -> dict[str, pa.Table] | None:
        try:
            return self._store.get(key)
        except entry.DamagedError as error:
            self._tell(f"{self._store.path_of(key)} {error}; its run is played again")
        except OSError as error:
            self._tell(f"{self._store.path_of(key)} cannot be read: {why(error)}; its run is played again")
        return None

    def _tell(self, trouble: str) -> None:
        self._damaged += 1
        if self._damaged <= _TOLD:
            self.troubles.append(trouble)
