"""The page, the pictures and the table a results folder becomes, on made-up results."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from smsim.record import AGES

CAUSES = {"won": 0.07, "cold_in_queue": 0.27, "cold_in_handoff": 0.08, "lost_to_rival": 0.12, "no_decision": 0.06, "not_a_buyer": 0.14,
          "burned_unready": 0.03, "window_closed": 0.05, "rejected": 0.04, "never_routed": 0.02}


def write_results(folder: Path, names: list[str], replications: int = 20, weeks: int = 104, *, compared: bool = True) -> Path:
    """A results folder as `compare` writes it, with effects that grow along the list of names."""
    folder.mkdir(parents=True, exist_ok=True)
    runs, days, curves = [], [], []
    for at, name in enumerate(names):
        effect = 1 + (0.08, -0.02, 0.004, 0.03)[(at - 1) % 4] * (1 + at // 5) if at else 1.0
        for replication in range(replications):
            world = np.random.default_rng(replication)
            own = np.random.default_rng([replication, at])
            level = effect * world.normal(1, 0.06) * own.normal(1, 0.006)
            day = np.arange(7 * weeks)
            season = 1 + 0.15 * np.sin(day / 58) + 0.5 * (day % 91 > 70) * (day % 7 < 5)
            money = 20_000 * level * season * np.minimum(1, day / 60) * world.lognormal(0, 0.8, len(day)) * (day % 7 < 5)
            days.append(pd.DataFrame({"scenario": name, "replication": replication, "day": day, "revenue": money}))
            runs.append(_run(name, replication, float(money[91:].sum()), effect, own))
            curves.append(_curves(name, replication, effect, own))
    runs_table = pd.DataFrame(runs)
    runs_table.to_parquet(folder / "runs.parquet")
    pd.concat(days).to_parquet(folder / "days.parquet")
    pd.concat(curves).to_parquet(folder / "curves.parquet")
    if compared:
        _differences(runs_table, names).to_parquet(folder / "differences.parquet")
    (folder / "provenance.json").write_text(json.dumps(_provenance(names)))
    return folder


def _run(name: str, replication: int, revenue: float, effect: float, own: np.random.Generator) -> dict[str, Any]:
    leads = int(own.poisson(6200 * effect))
    return {"scenario": name, "replication": replication, "seed": 1000 + replication, "revenue": revenue, "contribution": 0.4 * revenue - 2e6,
            "gross_margin": 0.6 * revenue, "deals_won": round(leads * 0.071 * effect), "leads": leads, "leads_worked": round(leads * 0.66),
            "opportunities": round(leads * 0.2), "win_rate": own.normal(0.24 * effect, 0.01), "cold_share": own.normal(0.35 / effect, 0.01),
            "never_worked_share": own.normal(0.12 / effect**2, 0.01), "first_response_hours_median": own.normal(9.4 / effect, 0.4),
            "lead_half_life_hours": own.normal(31 * effect**4, 1.5), "meeting_hours": 0.0 if effect == 1 else 412.0,
            "launch_ready_day": np.nan, "forecast_mape": np.nan}


def _curves(name: str, replication: int, effect: float, own: np.random.Generator) -> pd.DataFrame:
    speed = 1 - np.exp(-(AGES / 60) ** 0.55)
    shares = {cause: share * (1 if cause == "won" else 1 / effect**2) * own.normal(1, 0.05) for cause, share in CAUSES.items()}
    parts = {cause: share * speed / speed[-1] for cause, share in shares.items()}
    parts["surviving"] = np.exp(-(AGES / (45 * effect**3)) ** 0.5 * own.normal(1, 0.04))
    return pd.concat([pd.DataFrame({"scenario": name, "replication": replication, "age_hours": AGES, "curve": curve, "value": value})
                      for curve, value in parts.items()])


def _differences(runs: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    wide = runs.set_index(["scenario", "replication"]).drop(columns="seed")
    rows = []
    for name in names[1:]:
        gap = wide.loc[name] - wide.loc[names[0]]
        for kpi in gap:
            mean, half = gap[kpi].mean(), 2.1 * gap[kpi].std() / np.sqrt(len(gap))
            band = 0.01 * abs(wide.loc[names[0], kpi].mean())
            sure = abs(mean) > half
            verdict = "no difference that matters" if abs(mean) + half < band else "too close to call" if not sure else (
                "better" if (mean > 0) != (kpi in ("cold_share", "never_worked_share", "first_response_hours_median")) else "worse")
            rows.append({"scenario": name, "kpi": kpi, "n": len(gap), "difference": mean, "low": mean - half, "high": mean + half,
                         "share_better": (gap[kpi] > 0).mean(), "verdict": verdict, "runs_needed": 140.0 if not sure else np.nan})
    return pd.DataFrame(rows)


def _provenance(names: list[str]) -> dict[str, Any]:
    def tree(at: int, name: str) -> dict[str, Any]:
        return {"name": name, "describe": f"What {name} is like.", "run": {"weeks": 104, "warm_up": "13 weeks", "seed": 1},
                "practices": {"meetings": {"every": "never" if not at else f"{at} weeks", "length": "1 hour"}},
                "incentives": {"marketers": {"leads": "100%"} if at < 2 else {"leads": "30%", "revenue": "70%"}}}
    return {"baseline": names[0], "scenarios": {name: tree(at, name) for at, name in enumerate(names)}, "plan_hash": "3f9a1c77d2e0b584",
            "versions": {"smsim": "0.1.0", "numpy": "2.2.0", "mesa": "3.5.1", "python": "3.13.1"}, "seed": 1, "seconds": 41.8,
            "command": "smsim compare silo.yaml weekly.yaml -n 20", "started": "2026-11-03T09:12:00"}
