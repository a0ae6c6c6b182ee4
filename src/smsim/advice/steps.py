"""In which order the levers of a candidate are pulled: each time the one that gains most for its cost on top of those before.

What a lever costs is its own cost a year; what it gains is told before that cost is taken. Levers that cost nothing and gain come first.
The order is chosen on the luck of the search; what each step buys is then estimated on luck that chose nothing.
"""

from __future__ import annotations

import math

from smsim.advice.bench import Bench, Look
from smsim.advice.candidates import Pick
from smsim.advice.racing import gain


def chain(bench: Bench, look: Look, pick: Pick) -> list[Pick]:
    """From nothing to the candidate, lever by lever. What is missing is played. Combinations that cannot be are stepped over last."""
    made = bench.candidates
    steps, left = [made.nothing], made.pulled(pick)
    while left:
        options = {at: step for at in left if _can_be(bench, step := made.but(steps[-1], at, pick[at]))} or {left[0]: pick}
        if len(options) > 1:
            bench.play(look, [steps[-1], *options.values()])
            at = max(options, key=lambda each: _worth(bench, look, steps[-1], options[each]))
        else:
            at = next(iter(options))
        steps.append(options[at])
        left = [each for each in left if steps[-1][each] is None]
    return steps


def _can_be(bench: Bench, pick: Pick) -> bool:
    return bench.candidates.is_affordable(pick) and bench.candidates.is_possible(pick)


def _worth(bench: Bench, look: Look, before: Pick, after: Pick) -> tuple[float, float]:
    """Gain for each unit of cost, then gain."""
    cost = bench.candidates.cost(after) - bench.candidates.cost(before)
    gained = gain(bench, [look], after, before).gain
    whole = gained + (cost if bench.decision.objective.is_net else 0.0)
    if cost <= 0:
        return (math.inf if whole >= 0 else -math.inf), gained
    return whole / cost, gained
