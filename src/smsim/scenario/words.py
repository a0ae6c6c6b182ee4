"""A scenario back in words: what a file would have to hold to say the same, number by number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from smsim.core import units
from smsim.core.section import Param

if TYPE_CHECKING:
    from smsim.scenario.building import Built
    from smsim.scenario.layout import Place


def plain(known: Param, value: Any) -> Any:
    """A value as JSON and a file can hold it, exactly: words where the unit has words, else the number or text itself."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return {key: _inner(known, inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [item if isinstance(item, str) else float(item) for item in value]
    for word, stands_for in known.words.items():
        if value == stands_for:
            return word
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return _number(value, known.unit)
    return str(value)


def _inner(known: Param, value: Any) -> Any:
    if known.unit == "shares":
        return units.say_exactly(float(value), "share")
    return value


def _number(value: float, unit: str) -> Any:
    has_words = units.is_duration(unit) or unit in ("share", "date") or units.is_rate(unit)
    if has_words:
        return units.say_exactly(value, unit)
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def tree_of(built: Built, root: Place) -> dict[str, Any]:
    """All parameters of a scenario as maps within maps, lists where the file has lists."""
    tree: dict[str, Any] = {}
    for known in built.settled.values():
        if known.value is not None:
            _put(tree, known.path, plain(known.param, known.value))
    for path in built.gone:
        _put(tree, path, "none")
    _make_lists(tree, root)
    return tree


def _put(tree: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for key in path[:-1]:
        tree = tree.setdefault(key, {})
    tree[path[-1]] = value


def _make_lists(tree: dict[str, Any], place: Place) -> None:
    for key, child in place.children.items():
        if child.kind == "list":
            tree[key] = list(tree.get(key, {}).values())
        elif child.kind == "map" and key in tree:
            _make_lists(tree[key], child)
