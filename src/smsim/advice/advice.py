"""A recommendation as tables, in a folder: what everything that is drawn or told of it is made from.

    recommendation.json     the decision, what is recommended, how it was found
    shortlist.parquet       a row per candidate of the short list, on fresh luck
    steps.parquet           a row per lever of the recommended (or leading) candidate, in order
    regret.parquet          a row per candidate of the short list and world
    candidates.parquet      a row per candidate looked at in the search; the luck chose these, so they look better than they are
"""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from smsim.advice.bench import ROUNDS
from smsim.advice.candidates import Pick
from smsim.advice.levers import short
from smsim.advice.objective import Gain
from smsim.advice.racing import front_of, gain, score
from smsim.advice.ranges import Along
from smsim.advice.recommending import Found, frontier, tied
from smsim.advice.worlds import luck_of
from smsim.errors import InputError, Problem, RunError
from smsim.experiment import provenance, tables, versions
from smsim.experiment.intervals import half_width, runs_needed
from smsim.experiment.plan import plain

FILE = "recommendation.json"
TABLES = ("shortlist", "steps", "regret", "candidates")


@dataclass(frozen=True)
class Advice:
    """A recommendation: what is told of it, and its tables."""

    about: Mapping[str, Any]
    shortlist: pd.DataFrame
    steps: pd.DataFrame
    regret: pd.DataFrame
    candidates: pd.DataFrame
    folder: str = ""

    @classmethod
    def of(cls, found: Found, command: list[str] | None = None) -> Advice:
        """The tables of what was found."""
        return cls(_about(found, command), _shortlist(found), _steps(found), _regret(found), _candidates(found))

    @classmethod
    def read(cls, folder: Path) -> Advice:
        """Read a folder. Raises InputError where it holds no recommendation."""
        try:
            about = json.loads((folder / FILE).read_text(encoding="utf-8"))
            shortlist, steps, regret, candidates = (pd.read_parquet(folder / f"{name}.parquet") for name in TABLES)
            return cls(about, shortlist, steps, regret, candidates, str(folder))
        except (OSError, ValueError) as error:
            unfinished = (folder / ROUNDS).is_dir()
            allowed = "to be finished: the same `smsim recommend` goes on" if unfinished else "a folder that `smsim recommend` wrote"
            problem = Problem(f"{folder} holds no recommendation that can be read", read=str(error)[:200], allowed=allowed)
            raise InputError(problem) from None

    def write(self, folder: Path) -> None:
        """Write everything. Raises RunError where the disk does not take it."""
        try:
            for name in TABLES:
                table = tables.from_frame(getattr(self, name))
                tables.write(folder / f"{name}.parquet", [table], table.schema)
            tables.write_text(folder / FILE, json.dumps(plain(dict(self.about)), indent=1, ensure_ascii=False) + "\n")
        except OSError as error:
            raise RunError(f"{folder}: cannot write the recommendation: {error.strerror or error}; the runs are kept") from error


def _words(found: Found, pick: Pick) -> dict[str, Any]:
    made = found.bench.candidates
    return {"candidate": made.label(pick), "cost": made.cost(pick)}


def _gain(told: Gain, prefix: str = "") -> dict[str, float]:
    return {f"{prefix}gain": told.gain, f"{prefix}low": told.low, f"{prefix}high": told.high}


def _shortlist(found: Found) -> pd.DataFrame:
    """The recommended first, then by gain; what cannot be told apart from the leader before the rest."""
    bench, wanted, final = found.bench, found.bench.decision.objective, [found.final]
    equal, nothing = set(tied(bench, found.final, found.listed, found.leader)), bench.candidates.nothing
    best, rows = set(frontier(found)), []
    order = sorted(found.listed, key=lambda p: (p != found.recommended, p not in equal, -score(bench, final, p)))
    for pick in order:
        values, base = bench.groups(final, pick), bench.groups(final, nothing)
        rows.append(_words(found, pick) | {
            "own_cost": bench.own_cost(found.final, pick) - bench.own_cost(found.final, nothing), "value": wanted.value(values),
            **_gain(wanted.gain(values, base)), **_gain(gain(bench, final, pick, found.leader), "lead_"),
            "share_better": wanted.share_better(values, base), "is_tied": pick in equal, "is_recommended": pick == found.recommended,
            "is_leader": pick == found.leader, "is_nothing": pick == nothing, "on_frontier": pick in best,
        })
    return pd.DataFrame(rows)


def _steps(found: Found) -> pd.DataFrame:
    bench, final, rows = found.bench, [found.final], []
    made = bench.candidates
    for number, (before, after) in enumerate(zip(found.steps, found.steps[1:], strict=False), 1):
        new = [at for at in made.pulled(after) if before[at] is None]
        rows.append({
            "step": number, "lever": " + ".join(made.part(after, at) for at in new), "own": made.cost(after) - made.cost(before),
            **_words(found, after), **_gain(gain(bench, final, after, before), "step_"),
            **_gain(gain(bench, final, after, made.nothing)), "is_recommended": after == found.recommended,
        })
    columns = ["step", "lever", "own", "candidate", "cost", "step_gain", "step_low", "step_high", "gain", "low", "high", "is_recommended"]
    return pd.DataFrame(rows, columns=columns)


def _regret(found: Found) -> pd.DataFrame:
    """World by world: what a candidate comes to, and how far it falls short of the best of the list there, on the mean of the runs."""
    bench, sign, rows = found.bench, found.bench.decision.objective.of_runs, []
    for at, world in enumerate(bench.worlds(found.final)):
        values = {pick: bench.by_world(found.final, pick)[at] for pick in found.listed}
        best = max(found.listed, key=lambda pick: sign * float(values[pick].mean()))
        for pick in found.listed:
            gap = _mean_gap(sign * (values[best] - values[pick]))
            rows.append({"world": world.name, "draw": world.draw} | _words(found, pick) | {
                "mean": float(values[pick].mean()), "regret": gap.gain, "low": gap.low, "high": gap.high, "is_best": pick == best})
    return pd.DataFrame(rows)


def _mean_gap(gaps: Any) -> Gain:
    half = half_width(len(gaps), float(gaps.std(ddof=1))) if len(gaps) > 1 else math.nan
    mean = float(gaps.mean())
    return Gain(mean, mean - half, mean + half)


def _candidates(found: Found) -> pd.DataFrame:
    bench, nothing, rows = found.bench, found.bench.candidates.nothing, []
    best, left = set(front_of(bench, found.looks, found.looked_at)), set(found.left)
    for pick in found.looked_at:
        seen = [look for look in found.looks if bench.has(look, pick)]
        levers = {lever.name: (lever.option(place).words or "yes") if (place := pick[at]) is not None else ""
                  for at, lever in enumerate(bench.decision.levers)}
        rows.append(_words(found, pick) | _gain(gain(bench, found.looks, pick, nothing)) | {
            "replications": sum(look.replications for look in seen), "is_left": pick in left, "on_frontier": pick in best} | levers)
    return pd.DataFrame(rows)


def _about(found: Found, command: list[str] | None) -> dict[str, Any]:
    bench, decision = found.bench, found.bench.decision
    made, wanted = bench.candidates, decision.objective
    last = bench.last.provenance if bench.last is not None else {}
    return {
        "name": decision.name, "describe": decision.describe, "firms": [firm.name for firm in decision.worlds.firms],
        "recommended": _words(found, found.recommended), "leader": _words(found, found.leader),
        "settings": _settings(found), "budget": decision.budget,
        "measure": wanted.kpi.name, "unit": wanted.unit, "better": wanted.kpi.better, "objective": wanted.kind, "target": wanted.target,
        "is_net": wanted.is_net, "is_yearly": wanted.is_yearly, "currency": str(decision.base["company.currency"]),
        "levers": [_lever(lever) for lever in decision.levers], "worlds": [world.name for world in bench.worlds(found.final)],
        "draws": {name: decision.worlds.told(luck_of(decision.seed, name, "draws")) for name in ("search", "final")},
        "replications": decision.effort.replications, "looks": {look.name: look.replications for look in found.looks},
        "looked_at": len(found.looked_at), "enumerated": made.all(decision.effort.trials) is not None, "spans": _spans(found),
        "runs": bench.runs, "runs_needed": _needed(found), "weeks": int(decision.base["run.weeks"]), "years": decision.years,
        "seed": decision.seed, "hash": decision.hash(), "versions": versions.known(), "machine": versions.machine(),
        "start": str(last.get("start") or dt.datetime.now(dt.UTC).isoformat(timespec="seconds")),
        "seconds": bench.seconds, "command": provenance.as_typed(command),
    }


def _settings(found: Found) -> dict[str, str]:
    """What the recommended candidate sets, in the words of a scenario file."""
    bench, base = found.bench, found.bench.decision.base
    world = bench.worlds(found.final)[0]
    made, plain_one = (bench.candidates.scenario(pick, world, "", 1) for pick in (found.recommended, bench.candidates.nothing))
    return {key: made.words(key) for key, known in made.settled.items()
            if not key.startswith("run.") and (key not in plain_one or known.value != plain_one[key]) and (key in base or known.is_written)}


def _lever(lever: Any) -> dict[str, Any]:
    if lever.is_range:
        low, high = (lever.option(share) for share in (0.0, 1.0))
        return {"name": lever.name, "words": f"{low.words} to {high.words}", "cost": [low.cost, high.cost]}
    options = [option.words or "yes" for option in lever.options]
    return {"name": lever.name, "words": ", ".join(options), "cost": [option.cost for option in lever.options]}


def _spans(found: Found) -> list[dict[str, Any]]:
    """For each range of the leader: the best found, from where to where the best lies, and what was played along it."""
    told = []
    for each in found.ranges:
        lever, own = found.bench.decision.levers[each.lever], found.leader[each.lever]
        assert own is not None
        best, low, high = (lever.option(place) for place in (own, *each.span))
        told.append({"lever": lever.name, "called": short(lever.name), "best": best.words, "low": low.words, "high": high.words,
                     "best_number": best.number, "low_number": low.number, "high_number": high.number, "places": _places(found, each)})
    return told


def _places(found: Found, each: Along) -> list[dict[str, Any]]:
    """Place by place, how far the leader is ahead of the best that was played there."""
    lever, made = found.bench.decision.levers[each.lever], found.bench.candidates
    return [{"number": lever.option(place.share).number, "candidate": made.label(place.pick), "is_in": place.is_in,
             **_gain(place.lead, "lead_")} for place in each.places]


def _needed(found: Found) -> float:
    """Replications in each world with which the leader could be told from nothing, should mean and spread stay; NaN where it can be."""
    bench, nothing = found.bench, found.bench.candidates.nothing
    told = gain(bench, [found.final], found.leader, nothing)
    if found.leader == nothing or told.is_sure or math.isnan(told.low) or bench.decision.worlds.draws:
        return math.nan
    count = found.final.replications
    spread = (told.high - told.low) / 2 * math.sqrt(count) / 2.0
    return runs_needed(count, spread, abs(told.gain))
