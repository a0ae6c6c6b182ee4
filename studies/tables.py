"""From worlds to numbers: for each contrast and key figure the paired difference with its 95% interval, one tidy table per question."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smsim.experiment.intervals import half_width
from studies.cells import Cell, Contrast

KPIS = (
    "revenue", "contribution", "marketing_need_error", "sales_need_error", "meeting_hours", "leads_worked", "deals_won", "win_rate",
    "selling_hours", "wasted_selling_hours", "cold_share", "never_worked_share", "trust_sales_in_marketing", "trust_marketing_in_sales",
)
_WORDS = dict.fromkeys(("firm", "setting", "value", "every", "arm", "kpi"), str)
Values = NDArray[np.float64]


def table(contrasts: Iterable[Contrast], worlds: Mapping[Cell, pd.DataFrame]) -> pd.DataFrame:
    """A row for each contrast and key figure."""
    return pd.DataFrame([{**asdict(one.label), "kpi": kpi, **measured(one, kpi, worlds)} for one in contrasts for kpi in KPIS])


def measured(one: Contrast, kpi: str, worlds: Mapping[Cell, pd.DataFrame]) -> dict[str, float]:
    """A contrast in one key figure, over the worlds in which all its firms have a value.

    `difference`, `low`, `high`: mean over worlds of the weighted sum, with its 95% t interval; `percent…`: the same in percent of the
    base's mean. `mean` is that of the firm itself where a contrast is one firm against its base.
    """
    base, found = _values(worlds[one.base], kpi), _sum(one.weights, kpi, worlds)
    there = np.isfinite(base) & np.isfinite(found)
    base, found = base[there], found[there]
    if not len(found):
        return {"n": 0}
    middle, low, high = interval(found)
    centre = float(base.mean())
    row = {"n": len(found), "baseline_mean": centre, "mean": centre + middle if one.is_gain else math.nan, "difference": middle,
           "low": low, "high": high}
    scale = 100 / abs(centre) if centre else math.nan
    row |= {"percent": middle * scale, "percent_low": low * scale, "percent_high": high * scale}
    return row | (shares(found, _sum(one.whole, kpi, worlds)[there]) if one.whole else {})


def interval(found: Values) -> tuple[float, float, float]:
    """The mean of paired values with the ends of its 95% t interval (NaN for one world)."""
    middle = float(found.mean())
    half = half_width(len(found), float(found.std(ddof=1))) if len(found) > 1 else math.nan
    return middle, middle - half, middle + half


def shares(part: Values, whole: Values) -> dict[str, float]:
    """What share of a gain a part is, in percent, with a 95% interval; nothing where the gain itself may be none.

    The ratio of the means r = mean(p)/mean(w); its interval is that of the mean of (p − r·w)/mean(w), the ratio to first order.
    """
    middle, low, high = interval(whole)
    if not (low > 0 or high < 0):
        return dict.fromkeys(("share", "share_low", "share_high"), math.nan)
    ratio = float(part.mean()) / middle
    _, below, above = interval((part - ratio * whole) / middle)
    return {"share": 100 * ratio, "share_low": 100 * (ratio + below), "share_high": 100 * (ratio + above)}


def _sum(weights: Mapping[Cell, float], kpi: str, worlds: Mapping[Cell, pd.DataFrame]) -> Values:
    """The weighted sum of the cells in each world."""
    return np.sum([weight * _values(worlds[each], kpi) for each, weight in weights.items() if weight], axis=0)


def _values(world: pd.DataFrame, kpi: str) -> Values:
    return world[kpi].to_numpy(dtype=float)


def write(found: pd.DataFrame, path: Path) -> None:
    """Write a table as CSV, six digits of each number."""
    path.parent.mkdir(parents=True, exist_ok=True)
    found.to_csv(path, index=False, float_format="%.6g", lineterminator="\n")


def read(path: Path) -> pd.DataFrame:
    """A table as it was written; words stay words, an empty one is empty."""
    found: pd.DataFrame = pd.read_csv(path, dtype=_WORDS, keep_default_na=True)
    words: dict[str, Any] = dict.fromkeys(_WORDS, "")
    return found.fillna(words)
