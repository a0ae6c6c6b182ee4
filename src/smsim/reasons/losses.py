"""Which leads that died in one scenario are won in the other, at whose desk they died, in money; and the money that is not of leads.

On the same luck a lead that both worlds have is the same lead, so the gap in revenue is a sum over leads: what it brings in B less what
it brings in A, 0 unless it is won in the time that counts. Each lead belongs to one part:

    a cause of death     won in one world, dead of it in the other (or still open): what is saved less what is lost
    another price        won in both, for another amount (a discount, another deal)
    the warm-up          won in both, in one of them before the time that counts
    only in one world    nobody asked in the other: that customer, on that day
    own prospects        deals of reps' own prospecting, which are in no log of marketing's leads: of standing business, of launches
    renewals             what customers who stay pay

Own prospects are what is left: revenue less renewals less won leads, in either world. So the parts add up to the gap, world by world.
Customers whom others sent (referrals) ask as leads do and cannot be told from them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from smsim.core import units
from smsim.errors import RunError
from smsim.experiment import tables
from smsim.reasons.shares import over_worlds
from smsim.results import ResultSet
from smsim.world.outcomes import DESK_OF, Outcome

FILE = "losses.parquet"
#: Parts that are no cause of death, in the order in which they are told.
PRICE, TIMING, ONLY_B, ONLY_A = "another price", "the warm-up", "only there", "only in the baseline"
OWN, OWN_LAUNCHES, RENEWALS = "own prospects", "own prospects, launches", "renewals"
OUTSIDE = (PRICE, TIMING, ONLY_B, ONLY_A, OWN, OWN_LAUNCHES, RENEWALS)
CAUSES = tuple(each.label for each in Outcome if each is not Outcome.WON)
COLUMNS = ("scenario", "part", "desk", "saved", "lost", "money_saved", "money_lost", "value", "low", "high", "n")
_WON, _FIGURES = Outcome.WON.label, ("revenue", "renewal_revenue", "launch_revenue")
_LEAD = ["lead", "campaign", "closed", "value", "outcome"]


def losses(results: ResultSet) -> pd.DataFrame:
    """A row per scenario and part: leads and money saved and lost per world, the gap in revenue that comes of it with its interval.

    Columns: `scenario part desk saved lost money_saved money_lost value low high n`. Empty where leads were not kept.
    """
    kept = results.table("leads")
    if kept is None or results.baseline not in results.scenarios or "revenue" not in results.kpis:
        return pd.DataFrame(columns=list(COLUMNS))
    leads = {key: rows.select(_LEAD) for key, rows in tables.by_replication(kept)}
    rows: list[dict[str, Any]] = [dict(zip(results.runs.columns, row, strict=True)) for row in results.runs.itertuples(index=False)]
    runs = {(row["scenario"], row["replication"]): row for row in rows}
    found = []
    for name in (each for each in results.scenarios if each != results.baseline):
        pairs = [((results.baseline, world), (name, world)) for scenario, world in runs if scenario == name]
        both = [pair for pair in pairs if all(key in leads and key in runs for key in pair)]
        starts = tuple(_warm_up(results, key) for key in (results.baseline, name))
        worlds = [_world(*(_ledger(runs[key], leads[key], start) for key, start in zip(pair, starts, strict=True)))
                  for pair in both]
        found += [{"scenario": name, **row} for row in _summary(worlds)]
    return pd.DataFrame(found, columns=list(COLUMNS))


def write(results: ResultSet, folder: Path) -> pd.DataFrame:
    """Write the losses into a results folder whose study kept leads. Raises RunError where the disk is full."""
    found = losses(results)
    if not found.empty:
        try:
            table = tables.from_frame(found)
            tables.write(folder / FILE, [table], table.schema)
        except OSError as error:
            raise RunError(f"{folder}: cannot write {FILE}: {error.strerror or error}; the runs are kept") from error
    return found


def _warm_up(results: ResultSet, name: str) -> float:
    """The day from which a scenario's revenue counts."""
    tree = (results.provenance.get("scenarios") or {}).get(name, {})
    told = tree.get("run", {}).get("warm_up", results.provenance.get("warm_up_days", 0))
    return float(units.read(told, "days") if isinstance(told, str) else told)


def _ledger(run: dict[str, Any], leads: pa.Table, start: float) -> tuple[pd.DataFrame, dict[str, float]]:
    """What each lead of a run brought, and the money that no lead brought."""
    frame: pd.DataFrame = leads.to_pandas()
    frame["nth"] = frame.groupby("lead").cumcount()
    frame["money"] = np.where((frame["outcome"] == _WON) & (np.floor(frame["closed"]) >= start), frame["value"], 0.0)
    launched = float(frame.loc[frame["campaign"] != "", "money"].sum())
    revenue, renewed, launches = (float(np.nan_to_num(run.get(name, 0.0))) for name in _FIGURES)
    outside = {RENEWALS: renewed, OWN_LAUNCHES: launches - launched}
    outside[OWN] = revenue - renewed - outside[OWN_LAUNCHES] - float(frame["money"].sum())
    return frame.set_index(["lead", "nth"])[["outcome", "money"]], outside


def _world(a: tuple[pd.DataFrame, dict[str, float]], b: tuple[pd.DataFrame, dict[str, float]]) -> pd.DataFrame:
    """Leads and money of each part (index) in one pair of worlds: `saved lost money_saved money_lost value`."""
    both = a[0].merge(b[0], how="outer", left_index=True, right_index=True, suffixes=("_a", "_b"))
    both["gap"] = both["money_b"].fillna(0.0) - both["money_a"].fillna(0.0)
    moved = both[both["gap"] != 0].copy()
    moved["part"] = list(map(_part, moved["outcome_a"], moved["outcome_b"], moved["money_a"], moved["money_b"]))
    up = moved["gap"] > 0
    found = pd.DataFrame({"part": moved["part"], "saved": up.astype(float), "lost": (~up).astype(float),
                          "money_saved": moved["gap"].where(up, 0.0), "money_lost": -moved["gap"].where(~up, 0.0), "value": moved["gap"]})
    summed = found.groupby("part").sum()
    for name in (OWN, OWN_LAUNCHES, RENEWALS):
        gap = b[1][name] - a[1][name]
        summed.loc[name] = [np.nan, np.nan, max(gap, 0.0), max(-gap, 0.0), gap]
    return summed


def _part(mine: Any, yours: Any, before: float, after: float) -> str:
    """The part that a lead's gap belongs to: of what it died, in the world in which it died."""
    if not isinstance(mine, str) or not isinstance(yours, str):
        return ONLY_B if isinstance(yours, str) else ONLY_A
    if mine == yours == _WON:
        return PRICE if before and after else TIMING
    return yours if mine == _WON else mine


def _summary(worlds: list[pd.DataFrame]) -> Iterator[dict[str, Any]]:
    """The mean of each part over worlds, and the interval of its gap; parts that nothing belongs to are left out."""
    if not worlds:
        return
    table = pd.concat(worlds, keys=range(len(worlds)), names=["world"])
    for part in [*CAUSES, *OUTSIDE]:
        if part not in table.index.get_level_values("part"):
            continue
        own = table.xs(part, level="part").reindex(range(len(worlds)), fill_value=0.0)
        if part in (OWN_LAUNCHES, RENEWALS) and not own["value"].any():
            continue
        means = {name: float(own[name].mean()) for name in ("saved", "lost", "money_saved", "money_lost")}
        desk = DESK_OF[Outcome[part.upper()]].label if part in CAUSES else ""
        yield {"part": part, "desk": desk, **means, **vars(over_worlds(own["value"].to_numpy())), "n": len(worlds)}
