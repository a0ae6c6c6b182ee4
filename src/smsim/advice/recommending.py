"""From a decision to a recommendation: search, race, put the levers in order, then estimate the short list on fresh luck.

1. Candidates are looked at with few replications; contenders with more (racing.py).
2. The leader is the contender that gains most. Its levers are put in order (steps.py).
3. The short list is nothing, the leader's steps, the best contenders, and who wins in a single firm or market. It is played on luck, and
   in worlds drawn, by which nothing was chosen: estimates are free of the winner's curse.
4. If somebody on the list is surely better than the leader there, in an interval simultaneous over the list, the one who gains most of
   those leads. Recommended is the cheapest of those that cannot be told apart from the leader; where the leader surely gains on doing
   nothing, of those that surely do too.
5. Along each range of the leader places from end to end are played on the same luck: where the best may lie (ranges.py).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from smsim.advice.bench import FINAL, Bench, Look, manned
from smsim.advice.candidates import Candidates, Pick, cheapest
from smsim.advice.decision import Decision
from smsim.advice.racing import front_of, gain, race, score, winners
from smsim.advice.ranges import Along, along
from smsim.advice.search import sampler, search
from smsim.advice.steps import chain
from smsim.errors import PlanError, Problem, RunError
from smsim.experiment import tables
from smsim.experiment.plan import Plan
from smsim.experiment.runner import Crew
from smsim.experiment.study import ready

#: A file that says which decision a folder is about.
ABOUT = "decision.json"


@dataclass(frozen=True)
class Found:
    """What a search came to: who was looked at, the looks, contenders, the short list, the steps, the leader, what is
    recommended, and what was found along the leader's ranges.
    """

    bench: Bench
    looked_at: list[Pick]
    looks: list[Look]
    left: list[Pick]
    final: Look
    listed: list[Pick]
    steps: list[Pick]
    leader: Pick
    recommended: Pick
    ranges: list[Along]


def recommend(
    decision: Decision, crew: Crew, out: Path | None = None, progress: Callable[[int, int], None] | None = None,
    command: list[str] | None = None,
) -> Found:
    """Play a decision and return what was found. With `out`, what is finished is kept there and the same call goes on from it.

    Raises PlanError before anything is written, RunError where replications failed.
    """
    prepare(decision, crew, out)
    with manned(decision, crew) as there:
        bench = Bench(decision, there, out, progress or (lambda _done, _of: None), command)
        if out is not None:
            _claim(decision, out)
        return found_by(bench)


def found_by(bench: Bench) -> Found:
    """Search, race, order and estimate on a bench."""
    effort = bench.decision.effort
    first, final = Look("look 1", effort.first), Look("estimate", effort.replications, FINAL)
    looked_at = search(bench, first)
    looks, left = race(bench, first, looked_at)
    leader = max(left, key=lambda pick: score(bench, looks, pick))
    steps = chain(bench, first, leader)
    listed = _listed(bench, [leader, *left], [*steps, *winners(bench, first, looked_at)])
    bench.play(final, listed)
    leader, recommended = _settled(bench, final, listed, leader)
    if recommended not in steps:
        steps = chain(bench, first, recommended)
        bench.play(final, steps)
        listed += [pick for pick in steps if pick not in listed]
    elif recommended != steps[-1] and leader != steps[-1]:
        steps = steps[: steps.index(recommended) + 1]
    return Found(bench, looked_at, looks, left, final, listed, steps, leader, recommended, along(bench, final, leader))


def _listed(bench: Bench, left: Sequence[Pick], more: Sequence[Pick]) -> list[Pick]:
    """Nothing, steps and winners of single worlds, and as many contenders as the list is long, each only once."""
    there = list(dict.fromkeys(left))[: bench.decision.effort.shortlist]
    return list(dict.fromkeys([bench.candidates.nothing, *more, *there]))


def _settled(bench: Bench, final: Look, listed: Sequence[Pick], leader: Pick) -> tuple[Pick, Pick]:
    """Who leads on fresh luck, and the cheapest that cannot be told apart from it; where it surely gains, one that surely gains."""
    surely = [pick for pick in listed if pick != leader and gain(bench, [final], pick, leader, len(listed) - 1).low > 0]
    if surely:
        leader = max(surely, key=lambda pick: score(bench, [final], pick))
    nothing, equal = bench.candidates.nothing, tied(bench, final, listed, leader)
    if nothing not in equal:
        equal = [pick for pick in equal if pick == leader or gain(bench, [final], pick, nothing).low > 0]
    return leader, cheapest(equal, bench.candidates)


def tied(bench: Bench, look: Look, picks: Sequence[Pick], leader: Pick) -> list[Pick]:
    """Those that cannot be told apart from the leader, itself first; all where there is no interval."""
    return [leader, *(pick for pick in picks if pick != leader and not gain(bench, [look], leader, pick).low > 0)]


def frontier(found: Found) -> list[Pick]:
    """The best at their price on the short list, on fresh luck."""
    return front_of(found.bench, [found.final], found.listed)


def prepare(decision: Decision, crew: Crew, out: Path | None = None) -> Crew:
    """Make sure that it can be played and kept. Raises InputError; nothing is written."""
    worlds = decision.worlds.drawn(decision.seed)
    plan = Plan(tuple(world.scenario.but({}, f"{world.name} {at}") for at, world in enumerate(worlds)))
    crew = ready(plan, crew)
    if Candidates(decision).all(decision.effort.trials) is None:
        sampler()
    if out is not None:
        _require(decision, out)
    return crew


def _require(decision: Decision, out: Path) -> None:
    """Raise PlanError where a folder holds anything but this decision."""
    allowed = "a new folder, an empty one, or one that holds the same decision; `--out DIR` names it"
    if out.exists() and not out.is_dir():
        raise PlanError(Problem(f"{out} is a file", allowed=allowed))
    if not out.is_dir() or not any(out.iterdir()):
        return
    try:
        told = json.loads((out / ABOUT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise PlanError(Problem(f"{out} holds something else", read=", ".join(sorted(p.name for p in out.iterdir())[:5]),
                                allowed=allowed)) from None
    if told.get("hash") != decision.hash():
        raise PlanError(Problem(f"{out} holds another decision", read=str(told.get("name")), allowed=allowed))


def _claim(decision: Decision, out: Path) -> None:
    try:
        tables.write_text(out / ABOUT, json.dumps({"name": decision.name, "hash": decision.hash()}) + "\n")
    except OSError as error:
        raise RunError(f"{out}: cannot write: {error.strerror or error}") from error
