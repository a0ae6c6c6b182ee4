"""What a results folder holds, read once and handed to every chart, table and sentence."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from smsim.compare import BAND
from smsim.core import units
from smsim.core.kpi import Kpi
from smsim.errors import InputError, Problem
from smsim.report import wording
from smsim.results import ResultSet


@dataclass(frozen=True)
class Findings:
    """The tables of one results folder and where they came from; a table that is not there is empty."""

    runs: pd.DataFrame
    days: pd.DataFrame = field(default_factory=pd.DataFrame)
    curves: pd.DataFrame = field(default_factory=pd.DataFrame)
    differences: pd.DataFrame = field(default_factory=pd.DataFrame)
    failures: pd.DataFrame = field(default_factory=pd.DataFrame)
    why: pd.DataFrame = field(default_factory=pd.DataFrame)
    losses: pd.DataFrame = field(default_factory=pd.DataFrame)
    provenance: Mapping[str, Any] = field(default_factory=dict)
    folder: str = "results"

    @cached_property
    def baseline(self) -> str:
        """The scenario the others are compared with: the named one, else the first."""
        named = str(self.provenance.get("baseline") or "")
        return named if named in self._played else next(iter(self._played), "")

    @cached_property
    def _played(self) -> list[str]:
        played = [str(name) for name in self.runs["scenario"].drop_duplicates()]
        told = [name for name in self.trees if name in played]
        return told + [name for name in played if name not in told]

    @cached_property
    def scenarios(self) -> list[str]:
        """Names of the scenarios played, the baseline first."""
        return [self.baseline, *(name for name in self._played if name != self.baseline)]

    @property
    def others(self) -> list[str]:
        """Every scenario but the baseline."""
        return self.scenarios[1:]

    @cached_property
    def trees(self) -> Mapping[str, Mapping[str, Any]]:
        """The resolved scenarios by name; empty where the provenance has none."""
        trees = self.provenance.get("scenarios") or {}
        if isinstance(trees, Mapping):
            return {name: tree for name, tree in trees.items() if isinstance(tree, Mapping)}
        return {str(tree["name"]): tree for tree in trees if isinstance(tree, Mapping) and "name" in tree}

    @cached_property
    def replications(self) -> int:
        """The number of replications of the scenario that has most of them."""
        return int(self.runs.groupby("scenario")["replication"].nunique().max())

    @cached_property
    def fewest(self) -> int:
        """The number of replications of the scenario that has fewest: as many as the others, unless some were dropped."""
        return int(self.runs.groupby("scenario", observed=True)["replication"].nunique().min())

    @property
    def many(self) -> str:
        """The number of replications, as it stands before `runs` or `worlds`."""
        return f"{self.replications}" if self.fewest == self.replications else f"up to {self.replications}"

    @cached_property
    def warm_up_days(self) -> int:
        """Days at the start that no figure counts."""
        told = self.provenance.get("warm_up_days")
        if told is None:
            told = self._setting("run", "warm_up")
        days = units.read(told, "days") if isinstance(told, str) else float(told or 0)
        return 0 if math.isinf(days) else round(days)

    @property
    def band(self) -> float:
        """The share of the baseline within which a difference does not matter."""
        told = self.provenance.get("band", BAND)
        return units.read(told, "share") if isinstance(told, str) else float(told)

    @cached_property
    def currency(self) -> str:
        """The sign or code of the money, empty where the scenario names none."""
        return str(self._setting("company", "currency") or "")

    @property
    def command(self) -> str:
        """The command that draws everything again from this folder."""
        return f"smsim report {self.folder}"

    @property
    def made_by(self) -> str:
        """The command that played the runs, empty where it was not one."""
        told = self.provenance.get("command") or ""
        return " ".join(map(str, told)) if isinstance(told, list) else str(told)

    @property
    def version(self) -> str:
        """The version of smsim that played the runs."""
        versions = self.provenance.get("versions")
        return str(versions.get("smsim", "")) if isinstance(versions, Mapping) else str(self.provenance.get("version", ""))

    @property
    def plan_hash(self) -> str:
        """The first letters of the hash of the plan, enough to tell two plans apart."""
        return str(self.provenance.get("plan_hash") or self.provenance.get("hash") or "")[:12]

    def _setting(self, section: str, key: str) -> Any:
        for tree in ([self.trees[self.baseline]] if self.baseline in self.trees else self.trees.values()):
            inside = tree.get(section)
            return inside.get(key) if isinstance(inside, Mapping) else None
        return None

    def kpi(self, name: str) -> Kpi:
        """What is known of a KPI: as the study wrote it down, else what is commonly known."""
        told = (self.provenance.get("kpis") or {}).get(name)
        return Kpi(name, **told) if told else wording.known(name)

    def said(self, value: float, name: str) -> str:
        """A value of a KPI with its unit."""
        return wording.amount(value, self.kpi(name).unit, self.currency)

    def columns(self, *names: str) -> list[str]:
        """Those of the KPIs that the runs have, with at least one value."""
        return [name for name in names if name in self.runs and self.runs[name].notna().any()]

    def values(self, scenario: str, kpi: str) -> pd.Series[float]:
        """One KPI of one scenario, by replication."""
        return self._of_scenario[scenario][kpi].astype(float)

    @cached_property
    def _of_scenario(self) -> dict[str, pd.DataFrame]:
        return {str(name): rows.set_index("replication") for name, rows in self.runs.groupby("scenario", observed=True)}

    def difference(self, scenario: str, kpi: str) -> pd.Series[Any] | None:
        """The row of the paired difference from the baseline, None where it was not measured."""
        at = self._place_of_difference.get((scenario, kpi))
        row = None if at is None else self.differences.iloc[at]
        return None if row is None or math.isnan(float(row["difference"])) else row

    @cached_property
    def _place_of_difference(self) -> dict[tuple[str, str], int]:
        if self.differences.empty:
            return {}
        keys = zip(self.differences["scenario"], self.differences["kpi"], strict=True)
        return {(str(scenario), str(kpi)): at for at, (scenario, kpi) in enumerate(keys)}


def read(folder: Path) -> Findings:
    """Read a results folder. Raises InputError where it holds no finished run."""
    results = ResultSet.read(folder)
    if results.runs.empty:
        raise InputError(Problem(f"{folder} holds no finished run", allowed="at least one replication that did not fail"))
    differences, why, losses = (_there(folder, name) for name in ("differences", "why", "losses"))
    return Findings(results.runs, results.days, results.curves, differences, results.failures, why, losses, results.provenance,
                    shown(folder))


def _there(folder: Path, name: str) -> pd.DataFrame:
    """What was found from the runs; empty where nobody asked."""
    path = folder / f"{name}.parquet"
    return pd.read_parquet(path) if path.is_file() else pd.DataFrame()


def shown(folder: Path) -> str:
    """The folder as a person would type it: from the last `results` on, else its name."""
    parts = folder.parts if folder.name else folder.resolve().parts
    start = len(parts) - 1 - parts[::-1].index("results") if "results" in parts else len(parts) - 1
    shown = "/".join(parts[start:])
    return shown if re.fullmatch(r"[\w./+@%:,=-]+", shown) else "'" + shown.replace("'", "'\\''") + "'"


def gather(results: Any) -> Findings:
    """Take findings from whatever holds them: a folder, a result set, or a comparison of one."""
    if isinstance(results, Findings):
        return results
    if isinstance(results, str | Path):
        return read(Path(results))
    inner = getattr(results, "results", results)
    told = dict(inner.provenance)
    told["baseline"] = told.get("baseline") or inner.baseline
    told["band"] = getattr(results, "band", told.get("band", BAND))
    differences = getattr(results, "differences", None)
    return Findings(inner.runs, differences=pd.DataFrame() if differences is None else differences, provenance=told)
