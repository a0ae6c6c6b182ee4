"""The effort that pays best (M20). There may be two hills, so the highest point of a fine grid is taken and then climbed."""

from __future__ import annotations

import math
from typing import Any

from smsim.core.kernel import inner, kernel
from smsim.mechanisms.effort import prospects

#: Steps of the grid, and how many of them lie between the points that are looked at first.
_GRID, _BLOCK = 160, 8


@inner
def worth(effort: Any, o: Any, p: Any) -> Any:
    """What a rep makes of an effort: pay less toil."""
    return prospects(effort, o, p) - 0.5 * o.cost * o.left * effort * effort


@inner
def bulge(o: Any, p: Any, width: Any) -> Any:
    """How far worth can rise, between two efforts so far apart, above the higher of its values at both: M·width²/8, M ≥ |worth″|.

    For normal sales of standard deviation sd, |E V″| ≤ (r·(|a| + |a − 1|)·φ(0) + b·φ(1)/sd)/sd, with commission r, accelerator a, bonus
    b; the team's share turns less. Twice that is taken, so that rounding is in it.
    """
    sd, sales = o.doubt * math.sqrt(o.left), o.usual * o.left
    if sd <= 0.0:
        return math.inf
    turns = (p.commission * (abs(p.accelerator) + abs(p.accelerator - 1.0)) * 0.4 + p.bonus * 0.25 / sd) / sd
    return 2.0 * (turns * sales * sales + o.cost * o.left) * width * width / 8.0


@inner
def highest_of_grid(o: Any, p: Any, step: Any) -> Any:
    """The effort of a fine grid that is worth most, the first of equals, and what it is worth.

    Between neighbours of a coarse grid nothing is looked at where it cannot be as high as something seen already.
    """
    rise, seen = bulge(o, p, _BLOCK * step), -math.inf
    for i in range(0, _GRID + 1, 4 * _BLOCK):
        seen = max(seen, worth(o.least + i * step, o, p))
    best, highest = o.least, worth(o.least, o, p)
    left = highest
    for end in range(_BLOCK, _GRID + 1, _BLOCK):
        right = worth(o.least + end * step, o, p)
        for i in range(end - _BLOCK + 1 if max(left, right) + rise >= seen else end, end + 1):
            value = right if i == end else worth(o.least + i * step, o, p)
            if value > highest:
                best, highest = o.least + i * step, value
        left, seen = right, max(seen, highest)
    return best, highest


@kernel
def best_effort(outlook: Any, pay: Any) -> Any:
    """The effort that is worth most; of equals the one nearest to the shortest day. Without a quota it is known."""
    o, p = outlook[0], pay[0]
    if o.quota <= 0.0:
        rate = p.commission * (1.0 - p.team_share + p.team_share / o.reps)
        return min(o.most, max(o.least, rate * o.usual / o.cost))
    step = (o.most - o.least) / _GRID
    best, highest = highest_of_grid(o, p, step)
    low, high = max(o.least, best - step), min(o.most, best + step)
    for _ in range(40):
        third = (high - low) / 3.0
        if worth(low + third, o, p) < worth(high - third, o, p):
            low += third
        else:
            high -= third
    found = 0.5 * (low + high)
    return found if worth(found, o, p) > highest else best
