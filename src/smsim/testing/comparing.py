"""How two runs are told apart to the last bit, and what a part writes into the world is found out."""

from __future__ import annotations

from typing import Any

import numpy as np

from smsim.record import Run


def differing(one: Run, other: Run) -> set[str]:
    """The outputs of two runs that are not the same to the last bit: key figures, daily figures, curves, columns of the lead log."""
    found = {f"kpi {name}" for name in {*one.kpis, *other.kpis} if not _same(one.kpis.get(name), other.kpis.get(name))}
    for kind in ("days", "curves", "leads"):
        left, right = getattr(one, kind) or {}, getattr(other, kind) or {}
        found |= {f"{kind} {name}" for name in {*left, *right} if not _same(left.get(name), right.get(name))}
    return found


def _same(one: Any, other: Any) -> bool:
    if one is None or other is None:
        return one is other
    left: Any = np.ma.asarray(one)
    right: Any = np.ma.asarray(other)
    if left.shape != right.shape or left.dtype != right.dtype or (np.ma.getmaskarray(left) != np.ma.getmaskarray(right)).any():
        return False
    left, right = left.filled(0) if np.ma.is_masked(left) else left.data, right.filled(0) if np.ma.is_masked(right) else right.data
    if left.dtype == object:
        return bool((left == right).all())
    return bool(left.tobytes() == right.tobytes())


def snapshot(world: Any) -> dict[str, Any]:
    """Every table as it is now."""
    return {name: table[:].copy() for name, table in world.tables.items()}


def changed(before: dict[str, Any], world: Any) -> set[str]:
    """The columns that are not what they were, new rows set against rows as they are born."""
    found = set()
    for name, table in world.tables.items():
        old, now = before.get(name, table[:][:0]), table[:]
        if len(now) > len(old):
            old = np.concatenate([old, type(table)(len(now) - len(old))[:]])
        found |= {f"{name}.{column}" for column in table.fields if now[column].tobytes() != old[column].tobytes()}
    return found


def watch(part: Any, method: str, found: set[str]) -> None:
    """From now on `found` takes up every column that a part changes in its day or on its morning."""
    act = getattr(part, method)

    def watched(day: int) -> None:
        before = snapshot(part.world)
        act(day)
        found.update(changed(before, part.world))

    setattr(part, method, watched)


def covered(column: str, claims: tuple[str, ...]) -> bool:
    """Whether a column is among those claimed, by its name or by `table.*`."""
    return column in claims or column.partition(".")[0] + ".*" in claims
