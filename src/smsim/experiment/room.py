"""What of a scenario would have to be smaller so that one replication of it fits into memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from smsim.core import units
from smsim.errors import ScenarioError

#: The sizes that memory follows.
_SIZES = ("market.customers", "company.reps", "run.weeks")


def what_fits(scenario: Any, needed: Callable[[Any], float], room: float) -> list[str]:
    """Settings as a file would have them, each of which is enough by itself; empty where none is."""
    known = getattr(scenario, "settled", ())
    sizes = {key: _largest(scenario, key, needed, room) for key in _SIZES if key in known}
    return [f"`{key}: {units.tidy(size)}`" for key, size in sizes.items() if size]


def _largest(scenario: Any, key: str, needed: Callable[[Any], float], room: float) -> int:
    """The largest value of a key with which a replication fits, to two digits; 0 where none does."""
    low, high = 0, int(scenario[key])
    while high - low > max(1, low // 100):
        middle = (low + high) // 2
        try:
            fits = needed(scenario.but({key: middle})) <= room
        except ScenarioError:
            fits = False
            if not low:
                return 0
        low, high = (middle, high) if fits else (low, middle)
    step: int = 10 ** max(0, len(str(low)) - 2)
    return low // step * step
