"""The firms of the claims are played, each once for all claims that ask for it, and more often where it is too close to call."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from smsim.claims.claim import CENTRE, Ask, Claim, Firms, Point
from smsim.claims.firms import content, firms_of, grade_of
from smsim.claims.judging import Effect, Verdict, effect_of, judge, undecided
from smsim.claims.shelf import choose
from smsim.experiment.plan import Plan
from smsim.experiment.runner import Crew
from smsim.experiment.study import Desk
from smsim.results import ResultSet, play_study
from smsim.scenario import Scenario

#: Worlds each firm is played in, unless told; and in how many times as many where a claim is too close to call.
REPLICATIONS, AGAIN = 40, 4


@dataclass(frozen=True)
class Request:
    """Which claims, what is changed in all their firms, in which worlds. `run` holds replications, seed and weeks."""

    claims: Sequence[Claim]
    sets: Sequence[str] = ()
    run: Mapping[str, int | None] = field(default_factory=dict)
    #: Whether the values of what a claim rests on are asked too.
    ranges: bool = True

    @property
    def replications(self) -> int:
        """Worlds of each firm in the first round."""
        return self.run.get("replications") or REPLICATIONS

    def firms(self) -> dict[str, Firms]:
        """The firms of every claim that can be asked. Raises ScenarioError."""
        told = {name: value for name, value in self.run.items() if value is not None} | {"replications": self.replications}
        return {claim.id: self._asked(firms_of(claim.ask, self.sets, told)) for claim in self.claims if claim.ask is not None}

    def _asked(self, firms: Firms) -> Firms:
        return firms if self.ranges else {CENTRE: firms[CENTRE]}


class Cast:
    """Every distinct firm once."""

    def __init__(self, firms: Mapping[str, Firms]) -> None:
        self.firms = firms
        self.by_content: dict[str, Scenario] = {}
        for arms in (arms for points in firms.values() for arms in points.values()):
            for firm in arms.values():
                self.by_content.setdefault(content(firm), firm)

    def plan(self, often: Sequence[str] = (), times: int = 1) -> Plan:
        """All firms; those of the claims named `often`, as they stand, in more worlds."""
        more = {content(firm) for id_ in often for firm in self.firms[id_][CENTRE].values()}
        return Plan(tuple(_oftener(firm, times) if key in more else firm for key, firm in self.by_content.items()))


def _oftener(firm: Scenario, times: int) -> Scenario:
    return firm.but({"run.replications": firm["run.replications"] * times}, firm.name)


def play_claims(request: Request, crew: Crew, desk: Desk) -> tuple[list[Verdict], ResultSet]:
    """Play the firms of the claims asked for, once more in more worlds where that may settle one, and judge."""
    cast = Cast(request.firms())
    if not cast.by_content:
        return [judge(claim, {}) for claim in request.claims], ResultSet({})
    if desk.out is not None:
        return _played(request, cast, crew, desk)
    with tempfile.TemporaryDirectory() as folder:
        return _played(request, cast, crew, dataclasses.replace(desk, out=Path(folder) / "claims"))


def _played(request: Request, cast: Cast, crew: Crew, desk: Desk) -> tuple[list[Verdict], ResultSet]:
    """The second round goes on in the folder of the first: what was played is not played again."""
    results = play_study(cast.plan(), crew, desk)
    again = [claim.id for claim in request.claims if undecided(claim, _effects(claim, cast, results), AGAIN * request.replications)]
    if again and not len(results.failures):
        results = play_study(cast.plan(again, AGAIN), crew, desk)
    return judge_all(request.claims, cast, results), results


def judge_all(claims: Sequence[Claim], cast: Cast, results: ResultSet) -> list[Verdict]:
    """What the results say to each claim."""
    return [judge(claim, _effects(claim, cast, results), grade_of(cast.firms[claim.id]) if claim.id in cast.firms else "")
            for claim in claims]


def _effects(claim: Claim, cast: Cast, results: ResultSet) -> dict[Point, Effect]:
    if claim.ask is None:
        return {}
    played = {name.rpartition("#")[2]: name for name in results.scenarios}
    return {point: effect_of(claim.ask, _worlds(claim.ask, {arm: played.get(content(firm), "") for arm, firm in arms.items()}, results))
            for point, arms in cast.firms[claim.id].items()}


def _worlds(ask: Ask, names: Mapping[str, str], results: ResultSet) -> pd.DataFrame:
    """The figure of a claim: one row per world that every firm has finished, one column per arm."""
    runs, found = results.runs, {}
    for arm, name in names.items():
        own = runs[runs["scenario"] == name].set_index("replication")
        values = [own[part].astype(float) for part in ask.figures]
        found[arm] = values[0] if len(values) == 1 else values[0] / values[1].where(values[1] != 0)
    return pd.concat(found, axis="columns", join="inner").sort_index()


def claims(
    *ids: str, replications: int | None = None, seed: int | None = None, workers: int = 1, out: str | Path | None = None,
) -> list[Verdict]:
    """Ask the model for claims, all of them unless some are named."""
    desk = Desk(Path(out) if out is not None else None)
    request = Request(choose(ids), (), {"replications": replications, "seed": seed})
    return play_claims(request, Crew(workers), desk)[0]
