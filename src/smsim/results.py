"""What a study found: a number per key figure for every replication, day by day, lead by lead."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from smsim.core.kpi import Kpi
from smsim.errors import InputError, Problem
from smsim.experiment import columns, merging, provenance
from smsim.experiment.aim import aim_of
from smsim.experiment.plan import Plan
from smsim.experiment.runner import Crew
from smsim.experiment.study import Desk, play, resolve
from smsim.experiment.tables import FIRST

#: What `run` and `compare` take to say who plays.
_CREW = ("workers", "play", "executor", "cluster", "store")
#: What says how long they play, if not so many replications.
_AIM = ("precision", "best", "probability", "most_runs", "most_minutes")


class ResultSet:
    """The results of a study, in memory or in a folder (parts that are not yet merged included). Tables are read when asked for."""

    def __init__(self, about: Mapping[str, Any], tables: Mapping[str, pa.Table] | None = None, path: Path | None = None) -> None:
        self.provenance = dict(about)
        self.path = path
        self._tables = dict(tables or {})

    @classmethod
    def read(cls, folder: str | os.PathLike[str]) -> ResultSet:
        """Read a results folder, finished or not. Raises InputError where it holds no results."""
        path = Path(folder)
        about = provenance.read(path)
        if not about and not (path / "runs.parquet").is_file():
            raise InputError(Problem(f"{path} holds no results", allowed="a folder that `smsim run` or `smsim compare` wrote"))
        return cls(about, path=path)

    def table(self, name: str) -> pa.Table | None:
        """A table as it is kept, rows in canonical order; None where there is none."""
        return merging.everything(self.path, name) if self.path is not None else self._tables.get(name)

    def _frame(self, name: str) -> pd.DataFrame:
        found = self.table(name)
        if found is None:
            return pd.DataFrame(columns=list(FIRST[name]))
        frame: pd.DataFrame = found.to_pandas()
        return frame

    @cached_property
    def runs(self) -> pd.DataFrame:
        """One row per finished replication: `scenario, replication, seed`, then a column per key figure."""
        return self._frame("runs")

    @cached_property
    def days(self) -> pd.DataFrame:
        """One row per day of each replication, warm-up included."""
        return self._frame("days")

    @cached_property
    def curves(self) -> pd.DataFrame:
        """Curves of lead decay: `scenario, replication, age_hours, curve, value`."""
        return self._frame("curves")

    @cached_property
    def leads(self) -> pd.DataFrame:
        """One row per lead; empty unless the study kept leads."""
        return self._frame("leads")

    @cached_property
    def failures(self) -> pd.DataFrame:
        """One row per replication that failed."""
        return self._frame("failures")

    @cached_property
    def scenarios(self) -> list[str]:
        """Names in the order they were given, the baseline first."""
        there = list(dict.fromkeys(self.runs["scenario"]))
        told = [name for name in self.provenance.get("scenarios") or () if name in there]
        return told + [name for name in there if name not in told]

    @property
    def baseline(self) -> str:
        """The scenario the others are compared with."""
        return str(self.provenance.get("baseline") or next(iter(self.scenarios), ""))

    @cached_property
    def kpis(self) -> list[str]:
        """Names of the key figures, in the order of the columns."""
        return [name for name in self.runs.columns if name not in columns.RUN]

    def about(self, kpi: str) -> Kpi:
        """What is known of a key figure: unit, direction, meaning. A plain number where nothing is."""
        told = (self.provenance.get("kpis") or {}).get(kpi)
        return Kpi(kpi, **told) if told else Kpi(kpi, "count", "")

    def kpi(self, name: str) -> pd.DataFrame:
        """One key figure: a row per replication, a column per scenario, so that a row holds one world. Raises InputError."""
        if name not in self.kpis:
            raise InputError(Problem(f"there is no key figure {name!r}", allowed=", ".join(self.kpis)))
        table = self.runs.pivot_table(index="replication", columns="scenario", values=name, dropna=False, aggfunc="first")
        return table.reindex(columns=self.scenarios)

    def means(self) -> pd.DataFrame:
        """The mean of each key figure (columns) in each scenario (rows)."""
        return self.runs.groupby("scenario")[self.kpis].mean().reindex(self.scenarios)

    def __repr__(self) -> str:
        return f"<ResultSet of {len(self.runs)} replications: {', '.join(self.scenarios)}>"


def run(
    scenarios: Sequence[Any] | Any, *, replications: int | None = None, workers: int = 1, out: str | os.PathLike[str] | None = None,
    **options: Any,
) -> ResultSet:
    """Play scenarios on the same luck and return what they leave.

    `scenarios` are paths, shipped names or Scenario objects. `options`: `seed`, `weeks`, `leads` (keep every lead), `executor` (any
    `concurrent.futures.Executor`), `cluster` (the address of a dask scheduler, or `local:N`), `play` (another model, or its import
    path), `store` (a folder in which finished runs are kept by content and from which they come; `off` for none),
    `progress(done, of)`. With `precision` ("1%", or `{"revenue": 0.01}`: the half-width of the 95% interval of a mean, as its share) as
    many replications are played as it takes, at least `replications`, at most `most_runs` of all scenarios together, or what
    `most_minutes` allow. With `out`, results are kept in that folder and a study begun there goes on. Raises InputError before
    anything is played; a replication that fails is a row of `failures`.
    """
    plan, crew, desk = prepare(scenarios, replications=replications, workers=workers, out=out, **options)
    return play_study(plan, crew, desk)


def play_study(plan: Plan, crew: Crew, desk: Desk) -> ResultSet:
    """Play a prepared study and return what it leaves."""
    memory = play(plan, crew, desk)
    if memory is not None:
        return ResultSet(memory.about, memory.tables())
    assert desk.out is not None
    return ResultSet.read(desk.out)


def prepare(scenarios: Sequence[Any] | Any, *, paired: bool = False, band: float = 0.0, **options: Any) -> tuple[Plan, Crew, Desk]:
    """Turn what `run` takes into a plan, those who play it, and where it goes. Raises TypeError for an option there is not."""
    aim = aim_of({name: options.pop(name, None) for name in _AIM} | {"replications": options.get("replications")}, paired=paired, band=band)
    changes = {f"run.{name}": value for name in ("replications", "seed", "weeks") if (value := options.pop(name, None)) is not None}
    plan = Plan(tuple(resolve(scenarios, changes)), leads=bool(options.pop("leads", False)))
    crew = Crew(**{name: options.pop(name) for name in _CREW if options.get(name) is not None})
    out = options.pop("out", None)
    desk = Desk(Path(out) if out is not None else None, progress=options.pop("progress", None), aim=aim)
    unknown = [name for name, value in options.items() if value is not None and name not in _CREW]
    if unknown:
        raise TypeError(f"run() and compare() have no option {', '.join(unknown)}")
    return plan, crew, desk
