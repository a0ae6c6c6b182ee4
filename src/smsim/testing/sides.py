"""The two settings of a parameter that are played against each other."""

from __future__ import annotations

from typing import Any

import numpy as np

from smsim.core.section import Param


def numbers(known: Param, value: float) -> tuple[float, float]:
    """A third of a number and three times it, as far as bounds allow."""
    low, high = value / 3, value * 3
    if known.low is not None:
        low, high = max(low, known.low), max(high, known.low)
    if known.high is not None:
        low, high = min(low, known.high), min(high, known.high)
    return (round(low), round(high)) if known.unit == "count" else (low, high)


def sides(known: Param, value: Any) -> tuple[Any, Any]:
    """Far to one side and far to the other of what a parameter is."""
    if known.unit == "flag":
        return False, True
    if known.choices:
        return known.choices[0], known.choices[-1]
    return numbers(known, value)


def broken(known: Param, found: set[str], change: float) -> str:
    """What is wrong where a parameter does not move what it says. `found`: what differs; `change`: of its figure's mean."""
    kpi, _, sign = known.moves.rpartition(" ")
    if sign == "?":
        return "" if f"kpi {kpi}" in found else f"moves {', '.join(sorted(found)) or 'nothing'}"
    if np.sign(change) == {"+": 1, "-": -1}.get(sign):
        return ""
    return f"{kpi} changed by {change:+.4g} where `{known.moves}` was said"
