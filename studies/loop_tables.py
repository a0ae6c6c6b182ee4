"""The tables of docs/loop.md: the loop at rest, once round, from both ends, and cut. Plain means over worlds with 95% intervals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

import smsim
from smsim.mechanisms.loop import logit
from studies.loop import FIRMS, cuts_of

FIRM = ["base", "company.reps", "leads.priority", "leads.age_seen"]
#: The trust at which a rep gives leads the base share of his hours.
_REFERENCE = 0.45
_TRUST, _WARM, _HOURS = "trust_sales_in_marketing", "warm_share", "lead_hours_share"


def interval(values: Sequence[float]) -> tuple[float, float]:
    """Mean, and half the width of its 95% interval; those left out that have no value."""
    known = np.asarray(values, float)
    known = known[~np.isnan(known)]
    if len(known) < 2:
        return (float(known.mean()) if len(known) else math.nan), math.nan
    return float(known.mean()), float(stats.t.ppf(0.975, len(known) - 1) * known.std(ddof=1) / math.sqrt(len(known)))


def write(rows: list[dict[str, object]], folder: Path, name: str) -> None:
    """Write a table."""
    folder.mkdir(parents=True, exist_ok=True)
    pd.DataFrame(rows).to_csv(folder / f"{name}.csv", index=False, float_format="%.6g")


def at_rest(found: smsim.ResultSet, values: pd.DataFrame, folder: Path) -> None:
    """What the loop is where each firm comes to rest."""
    rows = []
    for firm, group in found.runs.merge(values, on="scenario").groupby(FIRM):
        row: dict[str, object] = {**dict(zip(FIRM, firm, strict=True)), "n": len(group)}
        for kpi in ("loop_gain", "loop_gain_full", _WARM, _HOURS):
            row[kpi], row[f"{kpi}_half"] = interval(group[kpi].to_list())
        rows.append(row)
    write(rows, folder, "rest")


def once_round(found: smsim.ResultSet, values: pd.DataFrame, folder: Path) -> None:
    """Share of hours held → share warm and trust; and between two neighbours both gains, world by world."""
    runs = found.runs.merge(values.drop(columns="selling.plan"), on="scenario")
    points, steps = list[dict[str, object]](), list[dict[str, object]]()
    for firm, group in runs.groupby(FIRM):
        about = dict(zip(FIRM, firm, strict=True))
        warm, trust, leads, threshold = (group.pivot_table(index="replication", columns=_HOURS, values=kpi)
                                         for kpi in (_WARM, _TRUST, "leads", "lead_threshold"))
        shares, n = list(warm.columns), len(warm)
        for share in shares:
            (w, w_half), (t, t_half) = interval(warm[share].to_list()), interval(trust[share].to_list())
            asked = float(leads[share].mean() / 117 / about["company.reps"])
            points.append({**about, "n": n, "share": share, "warm": w, "warm_half": w_half, "trust": t, "trust_half": t_half,
                           "leads": asked, "threshold": float(threshold[share].mean())})
        for low, high in pairwise(shares):
            apart = logit(high) - logit(low)
            with np.errstate(divide="ignore", invalid="ignore"):
                rise = np.log(warm[high] / warm[low]).replace([np.inf, -np.inf], np.nan) / apart
            (g, g_half), (full, full_half) = interval(rise.to_list()), interval(
                [(logit(b) - logit(a)) / apart for a, b in zip(trust[low], trust[high], strict=True)])
            steps.append({**about, "n": n, "low": low, "high": high, "gain": g, "gain_half": g_half, "full": full, "full_half": full_half})
    write(points, folder, "round")
    write(steps, folder, "gain")


def chosen(trust: float, base: float, slope: float) -> float:
    """The log-odds of the share of hours that follows from trust."""
    return logit(base) + slope * (logit(trust) - logit(_REFERENCE))


def ends_of(points: pd.DataFrame, base: float, slope: float) -> list[tuple[float, bool]]:
    """Where a firm can rest: shares at which the share chosen is the share held, and whether it comes back to each of them.

    Between the points held the curve is taken as straight in log-odds; a rest beyond them is given as the outermost point.
    """
    at = [logit(share) for share in points["share"]]
    off = [chosen(trust, base, slope) - x for trust, x in zip(points["trust"], at, strict=True)]
    found = [(at[0], True)] if off[0] < 0 else []
    for (low, left), (high, right) in pairwise(zip(at, off, strict=True)):
        if (left < 0) != (right < 0):
            found.append((low + (high - low) * left / (left - right), left > 0))
    if off[-1] > 0:
        found.append((at[-1], True))
    return [(1 / (1 + math.exp(-x)), stable) for x, stable in found]


def ends(found: smsim.ResultSet, values: pd.DataFrame, folder: Path) -> None:
    """From low and from high trust: how trust goes, quarter by quarter, and how far the two are apart in years 3 and 10."""
    days = found.days.merge(values, on="scenario")
    days["firm"] = days["firm"].fillna(days["selling.base_share"].map("loop, base share {:.0%}".format)) if "firm" in days else ""
    days["quarter"] = days.groupby(["scenario", "replication"]).cumcount()
    ways, apart = list[dict[str, object]](), list[dict[str, object]]()
    for firm, group in days.groupby("firm"):
        for (start, quarter), some in group.groupby(["culture.trust", "quarter"]):
            mean, half = interval(some[_TRUST].to_list())
            ways.append({"firm": firm, "start": start, "quarter": quarter, "n": len(some), "trust": mean, "half": half})
        for year in (3, 10):
            last = group[group["quarter"].between(4 * year - 4, 4 * year - 1)]
            for kpi in (_TRUST, _HOURS, "revenue"):
                by = last.pivot_table(index="replication", columns="culture.trust", values=kpi)
                by *= 364 if kpi == "revenue" else 1
                (low, _), (high, _), (gap, half) = (interval(one.to_list()) for one in (by[0.2], by[0.8], by[0.8] - by[0.2]))
                apart.append({"firm": firm, "year": year, "kpi": kpi, "n": len(by), "from_low": low, "from_high": high, "apart": gap,
                              "half": half})
    write(ways, folder, "ways")
    write(apart, folder, "apart")


def links(runs: pd.DataFrame, folder: Path) -> None:
    """What cutting each link is worth: paired differences from the same firm, in the same worlds."""
    rows = []
    for firm in FIRMS:
        whole = runs[runs["scenario"] == f"{firm}: nothing"].set_index("replication")
        for cut in cuts_of(firm):
            one = runs[runs["scenario"] == f"{firm}: {cut}"].set_index("replication")
            for kpi in ("contribution", "revenue", _WARM, _HOURS, _TRUST):
                mean, (gap, half) = float(one[kpi].mean()), interval((one[kpi] - whole[kpi]).to_list())
                rows.append({"firm": firm, "cut": cut, "kpi": kpi, "n": len(one), "mean": mean, "gap": gap, "half": half,
                             "base": float(whole[kpi].mean())})
    write(rows, folder, "links")
