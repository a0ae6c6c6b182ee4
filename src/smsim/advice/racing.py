"""More replications where they decide: look by look, who is surely worse than somebody no dearer is out.

A candidate is out where another that costs no more is better by more than its interval, run by run on the same luck. So those stay who may
be the best, and those who may be the best at their price. Each look doubles the replications and keeps at most half as many candidates, in
turn those that gain most and those that are best at their price.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from smsim.advice.bench import Bench, Look
from smsim.advice.candidates import Pick
from smsim.advice.objective import Gain


def race(bench: Bench, first: Look, found: Sequence[Pick]) -> tuple[list[Look], list[Pick]]:
    """Play contenders on until the replications of the estimate are reached or few are left; the looks, and who is left, best first."""
    effort, looks = bench.decision.effort, [first]
    nothing = bench.candidates.nothing
    left = contenders(bench, looks, found)
    most = max(2 * effort.shortlist, len(found) // 2)
    while len(left) > 1 and sum(look.replications for look in looks) < effort.replications:
        left = front(bench, looks, left)[:most]
        again = min(sum(look.replications for look in looks), effort.replications - sum(look.replications for look in looks))
        look = Look(f"look {len(looks) + 1}", again)
        bench.play(look, [nothing, *left])
        looks.append(look)
        left = contenders(bench, looks, left)
        most = max(effort.shortlist, most // 2)
    return looks, front(bench, looks, left)


def gain(bench: Bench, looks: Sequence[Look], one: Pick, other: Pick, among: int = 1) -> Gain:
    """How much better one candidate is than another on the luck that both have seen; simultaneous with so many comparisons."""
    both = [look for look in looks if bench.has(look, one) and bench.has(look, other)]
    return bench.decision.objective.gain(bench.groups(both, one), bench.groups(both, other), among)


def score(bench: Bench, looks: Sequence[Look], pick: Pick) -> float:
    """What a candidate gains on doing nothing."""
    return gain(bench, looks, pick, bench.candidates.nothing).gain


def contenders(bench: Bench, looks: Sequence[Look], picks: Sequence[Pick]) -> list[Pick]:
    """Those than whom nobody that costs no more is surely better."""
    cost = bench.candidates.cost
    best_at = front_of(bench, looks, picks)
    return [pick for pick in picks
            if not any(gain(bench, looks, rival, pick).low > 0 for rival in best_at if cost(rival) <= cost(pick) and rival != pick)]


def front_of(bench: Bench, looks: Sequence[Look], picks: Sequence[Pick]) -> list[Pick]:
    """The best at their price: each gains more than all that cost no more; from the cheapest on."""
    cost, scores = bench.candidates.cost, {pick: score(bench, looks, pick) for pick in picks}
    best, found = -math.inf, []
    for pick in sorted(picks, key=lambda each: (cost(each), -scores[each])):
        if scores[pick] > best:
            best = scores[pick]
            found.append(pick)
    return found


def front(bench: Bench, looks: Sequence[Look], picks: Sequence[Pick]) -> list[Pick]:
    """The same candidates in turn: one that gains most, one that is best at its price, and so on, each once."""
    by_gain = sorted(picks, key=lambda pick: -score(bench, looks, pick))
    by_price = sorted(front_of(bench, looks, picks), key=lambda pick: -score(bench, looks, pick))
    turns = itertools.chain.from_iterable(itertools.zip_longest(by_gain, by_price))
    return list(dict.fromkeys(pick for pick in turns if pick is not None))


def winners(bench: Bench, look: Look, picks: Sequence[Pick]) -> list[Pick]:
    """Who comes to most in each firm and each market that has a name, over its draws: what regret is measured by."""
    worlds, draws = bench.worlds(look), max(1, bench.decision.worlds.draws)
    found = []
    for start in range(0, len(worlds), draws) if len(worlds) > draws else ():
        def mean(pick: Pick, rows: slice = slice(start, start + draws)) -> float:
            return bench.decision.objective.of_runs * float(bench.by_world(look, pick)[rows].mean())

        found.append(max(picks, key=mean))
    return list(dict.fromkeys(found))
