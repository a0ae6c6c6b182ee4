"""What is written beside results so that anybody can make them again."""

from __future__ import annotations

import datetime as dt
import json
import shlex
from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import Any

from smsim.experiment import versions
from smsim.experiment.plan import Plan, plain

#: How far a study is when it begins, and what it has from the store of runs.
_BEGUN = {"status": "running", "finished": 0, "failed": 0, "store": {"reused": 0, "troubles": []}}


def of_plan(plan: Plan, command: list[str] | None, kpis: dict[str, Any]) -> dict[str, Any]:
    """Everything known before the first run: versions, resolved scenarios, seeds, the plan, the machine, the time."""
    first = plan.scenarios[0]
    return {
        "versions": versions.known(),
        "plan_hash": plan.hash,
        "baseline": plan.baseline,
        "warm_up_days": float(first["run.warm_up"]),
        "seed": {scenario.name: int(scenario["run.seed"]) for scenario in plan.scenarios},
        **_played(plan, plan.counts),
        "scenarios": {scenario.name: plain(scenario.tree()) for scenario in plan.scenarios},
        "kpis": kpis,
        "command": as_typed(command),
        "machine": versions.machine(),
        "start": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "seconds": 0.0,
        **_BEGUN,
    }


def _played(plan: Plan, counts: Mapping[str, int]) -> dict[str, Any]:
    """So many replications of each scenario, and the seed of each."""
    seeds: dict[str, list[int]] = {name: [] for name in plan.by_name}
    for job in plan.jobs(counts):
        seeds[job.scenario].append(job.seed)
    told = {"scenarios": list(plan.by_name), "leads": plan.leads, "replications": dict(counts), "files": plan.content()["files"]}
    return {"plan": told, "seeds": seeds}


def ended(plan: Plan, reached: Mapping[str, Any]) -> dict[str, Any]:
    """What is written at the end of a study that found out how many replications it needs."""
    return {"reached": dict(reached), **_played(plan, reached["worlds"])}


def as_typed(command: list[str] | None) -> str:
    """The command line as a person would type it again, absolute paths cut to their last part."""
    if not command:
        return ""
    return shlex.join([PurePath(word).name if PurePath(word).is_absolute() else word for word in command])


def continued(now: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    """A study that goes on keeps its start, the seconds it took so far, and what it has from the store of runs."""
    kept = {"start": before.get("start", now["start"]), "seconds": before.get("seconds", 0.0)}
    return with_earlier(now, before) | kept


def with_earlier(now: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    """What a command tells of the store, and the replications that earlier commands of the same study have from there."""
    store, earlier = now.get("store"), before.get("store") or {}
    return now | {"store": store | {"reused": store["reused"] + earlier.get("reused", 0)}} if store else now


def as_text(provenance: dict[str, Any]) -> str:
    """The provenance as it stands in `provenance.json`."""
    return json.dumps(plain(provenance), indent=1, ensure_ascii=False) + "\n"


def read(folder: Path) -> dict[str, Any]:
    """The provenance of a results folder; empty where there is none that can be read."""
    try:
        found = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
