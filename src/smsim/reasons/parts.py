"""The gap between two scenarios, part by part: a row per key figure and piece, from runs that were played on the same luck."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from smsim.core.kpi import Kpi
from smsim.errors import InputError, Problem, RunError
from smsim.experiment import columns, tables
from smsim.reasons import shares
from smsim.reasons.shares import Share, Worth
from smsim.reasons.splitting import Split
from smsim.scenario.nodes import nearest

FILE = "why.parquet"
COLUMNS = ("kpi", "setting", "words", "value", "low", "high", "alone", "last", "total", "total_low", "total_high", "n")


def parts(split: Split, runs: pd.DataFrame) -> pd.DataFrame:
    """A row per key figure and piece of a split: `value low high` is its part of the gap `total`, over `n` worlds.

    Only worlds in which every firm has a value count, so that the parts of a figure add up to its total. `alone`: what the piece does in A
    with nothing else of B. `last`: what it adds where all else is as in B already. Both are known only where every coalition was played.
    """
    found = [row for kpi in runs.columns if kpi not in columns.RUN for row in _of_figure(split, runs, str(kpi))]
    return pd.DataFrame(found, columns=list(COLUMNS)).astype({"n": "int64"})


def _of_figure(split: Split, runs: pd.DataFrame, kpi: str) -> Iterator[dict[str, Any]]:
    worth = _worth(split, runs, kpi)
    if worth is None:
        return
    total, things = shares.over_worlds(worth[split.whole] - worth[0]), len(split.pieces)
    whole = {"total": total.value, "total_low": total.low, "total_high": total.high, "n": len(worth[0])}
    for at, (piece, share) in enumerate(zip(split.pieces, _shares(split, worth, things), strict=True)):
        ends = {"alone": math.nan, "last": math.nan}
        if split.is_exact:
            ends["alone"] = float((worth[1 << at] - worth[0]).mean())
            ends["last"] = float((worth[split.whole] - worth[split.whole ^ 1 << at]).mean())
        yield {"kpi": kpi, "setting": piece.name, "words": piece.words(), **vars(share), **ends, **whole}


def _shares(split: Split, worth: Worth, things: int) -> list[Share]:
    if split.is_exact:
        return [shares.over_worlds(row) for row in shares.exact(worth, things)]
    pairs = shares.along(worth, split.orders)
    return [shares.over_orders(pairs[:, thing, :]) for thing in range(things)]


def _worth(split: Split, runs: pd.DataFrame, kpi: str) -> Worth | None:
    """What each coalition came to, world by world; None where no world has all of them."""
    wide = runs.pivot_table(index="replication", columns="scenario", values=kpi, dropna=False, aggfunc="first")
    names = {coalition: split.name(coalition) for coalition in split.coalitions}
    if not set(names.values()) <= set(wide.columns):
        return None
    there = wide[list(names.values())].replace([np.inf, -np.inf], np.nan).dropna()
    if there.empty:
        return None
    return {coalition: there[name].to_numpy(dtype=float) for coalition, name in names.items()}


def require_kpi(kpi: str, known: dict[str, Kpi]) -> None:
    """Raise InputError for a key figure there is not."""
    names = list(dict.fromkeys([*columns.KPIS, *known]))
    if kpi not in names:
        raise InputError(Problem(f"there is no key figure {kpi[:80]!r}", allowed=", ".join(names), meant=nearest(kpi, names)))


def write(found: pd.DataFrame, folder: Path) -> None:
    """Write `why.parquet`. Raises RunError where the disk is full."""
    try:
        table = tables.from_frame(found)
        tables.write(folder / FILE, [table], table.schema)
    except OSError as error:
        raise RunError(f"{folder}: cannot write {FILE}: {error.strerror or error}; the runs are kept") from error
