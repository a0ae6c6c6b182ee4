"""A gap is split: the two scenarios are played with their leads, then every firm between them, each into a folder that goes on."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from smsim.compare import BAND, Comparison
from smsim.errors import InputError, Problem
from smsim.experiment import folder
from smsim.experiment.plan import Plan
from smsim.experiment.runner import Crew
from smsim.experiment.study import Desk
from smsim.reasons import losses, parts, splitting
from smsim.reasons.splitting import Manner, Split
from smsim.results import ResultSet, play_study

#: The folder within the folder, of the firms between the two.
BETWEEN = "between"

#: Who plays a plan into a folder (None: into memory), with notes for its provenance.
type Player = Callable[[Plan, Path | None, dict[str, Any]], ResultSet]


@dataclass(frozen=True)
class Why:
    """Why scenario B differs from A: the parts of the gap by setting, by what became of the leads, and the runs they come from."""

    split: Split
    comparison: Comparison
    between: ResultSet | None
    parts: pd.DataFrame
    losses: pd.DataFrame

    def of(self, kpi: str) -> pd.DataFrame:
        """The parts of one key figure."""
        rows: pd.DataFrame = self.parts[self.parts["kpi"] == kpi].reset_index(drop=True)
        return rows


def why(
    a: Any, b: Any, *, manner: Manner | None = None, workers: int = 1, out: str | os.PathLike[str] | None = None, **changes: int,
) -> Why:
    """Split the gap between two scenarios. `changes`: `replications`, `weeks`, `seed`, for both. Raises InputError where they are alike."""
    split = splitting.of(a, b, {f"run.{name}": value for name, value in changes.items()}, manner or Manner())
    if not split.pieces:
        raise InputError(Problem(f"{split.a.name} and {split.b.name} differ in no setting", allowed="two scenarios that differ"))
    crew = Crew(workers)
    return play(split, lambda plan, path, notes: play_study(plan, crew, Desk(path, notes=notes)), Path(out) if out else None, {})


def plans(split: Split, out: Path | None) -> tuple[Plan, Plan | None]:
    """The two, and what is between them. Raises InputError, before anything is written, where a firm or a folder cannot be."""
    pair, rest = split.pair(), split.rest()
    if out is not None:
        folder.require(out, pair)
        if rest is not None:
            folder.require(out / BETWEEN, rest)
    return pair, rest


def play(split: Split, player: Player, out: Path | None, notes: dict[str, Any]) -> Why:
    """Play the two and everything between them, and write what comes of it."""
    pair, rest = plans(split, out)
    two = player(pair, out, notes)
    between = player(rest, out / BETWEEN if out else None, {}) if rest is not None else None
    comparison = Comparison(two, float(notes.get("band", BAND)))
    runs = pd.concat([two.runs, *([] if between is None else [between.runs])], ignore_index=True)
    found = parts.parts(split, runs)
    has_base = out is not None and comparison.baseline in two.scenarios
    lost = losses.write(two, out) if out is not None and has_base else losses.losses(two)
    if out is not None and has_base:
        comparison.write(out)
        parts.write(found, out)
    return Why(split, comparison, between, found, lost)
