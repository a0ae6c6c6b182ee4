"""How much runs differ, and how well their mean is known: two different things, kept apart everywhere."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from scipy import special

from smsim.experiment.intervals import CONFIDENCE, half_width

#: The share of runs inside the light band; the dark one has the confidence of all intervals.
SPREAD = 0.80
SPREAD_NAME = f"spread of runs ({SPREAD:.0%} of runs)"
MEAN_NAME = f"uncertainty of the mean ({CONFIDENCE:.0%})"


def mean_interval(values: pd.Series[float]) -> tuple[float, float, float]:
    """Mean of the values that are there, with the low and high end of its 95% interval."""
    there = values.dropna()
    if there.empty:
        return math.nan, math.nan, math.nan
    mean = float(there.mean())
    half = half_width(len(there), float(there.std(ddof=1)) if len(there) > 1 else math.nan)
    return mean, mean - half, mean + half


def summarise(table: pd.DataFrame, by: list[str], value: str) -> pd.DataFrame:
    """One row per group: `mean`, its interval `low` `high`, and the spread of runs `p_low` `p_high`.

    The interval is that of Student's t with n − 1 degrees of freedom; with one run there is none (NaN).
    """
    grouped = table.groupby(by, sort=False, observed=True)[value]
    summary = grouped.agg(["mean", "std", "count"]).reset_index()
    factor = special.stdtrit(np.maximum(summary["count"] - 1, 1), (1 + CONFIDENCE) / 2) / np.sqrt(np.maximum(summary["count"], 1))
    half = (summary["std"] * factor).where(summary["count"] > 1)
    summary["low"], summary["high"] = summary["mean"] - half, summary["mean"] + half
    tail = (1 - SPREAD) / 2
    for name, share in (("p_low", tail), ("p_high", 1 - tail)):
        summary[name] = grouped.quantile(share).to_numpy()
        summary.loc[summary["count"] < 2, name] = math.nan
    return summary.drop(columns=["std"])


def bands(summary: pd.DataFrame) -> pd.DataFrame:
    """The two bands of a summary, one below the other, told apart by the column `band`."""
    plain = summary.drop(columns=["low", "high", "p_low", "p_high"])
    light = plain.assign(band=SPREAD_NAME, low=summary["p_low"], high=summary["p_high"])
    dark = plain.assign(band=MEAN_NAME, low=summary["low"], high=summary["high"])
    return pd.concat([light, dark], ignore_index=True).dropna(subset=["low", "high"])


def variance_ratio(one: pd.Series[float], other: pd.Series[float]) -> float:
    """Variance of the paired difference over that of independent runs; NaN where it cannot be told."""
    both = pd.concat([one, other], axis=1).dropna()
    if len(both) < 2:
        return math.nan
    apart = float(both.var(ddof=1).sum())
    return float((both.iloc[:, 0] - both.iloc[:, 1]).var(ddof=1)) / apart if apart > 0 else math.nan
