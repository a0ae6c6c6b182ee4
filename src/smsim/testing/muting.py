"""Cuts the channels of a practice: what it writes is put back at once, so that nothing of it arrives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from smsim.core.contracts import Practice


def columns(world: Any, names: Iterable[str]) -> list[Any]:
    """The columns behind names such as `reps.away` or `insight.*`."""
    found = []
    for name in names:
        table, column = name.split(".")
        rows = world.tables[table][:]
        found += [rows[each] for each in (rows.dtype.names if column == "*" else (column,))]
    return found


@contextmanager
def muted(kind: type[Practice], names: Iterable[str]) -> Iterator[None]:
    """As long as this lasts, a practice leaves these columns as they are."""
    kept = {what: vars(kind).get(what) for what in ("begin", "morning", "tune", "stop")}
    for what in kept:
        setattr(kind, what, _putting_back(getattr(kind, what), tuple(names)))
    try:
        yield
    finally:
        for what, own in kept.items():
            if own is None:
                delattr(kind, what)
            else:
                setattr(kind, what, own)


def _putting_back(act: Callable[..., None], names: tuple[str, ...]) -> Callable[..., None]:
    def acting(part: Any, *given: Any) -> None:
        before = [column.copy() for column in columns(part.world, names)]
        act(part, *given)
        for column, old in zip(columns(part.world, names), before, strict=True):
            column[:] = old

    return acting
