"""A file over the file it extends: maps merge, lists and weights replace. Settings of the command line lie on top."""

from __future__ import annotations

from smsim.errors import Problem
from smsim.scenario.layout import WHOLE, Place, Slot
from smsim.scenario.nodes import Entries, Items, Leaf, Node, nearest


def overlay(base: Node | None, over: Node, at: Place | Slot | None) -> Node:
    """What is said when `over` is written on top of `base`."""
    if isinstance(over, Leaf) and over.is_empty and isinstance(base, Entries):
        return base
    if not isinstance(base, Entries) or not isinstance(over, Entries) or _is_whole(at):
        return over
    merged = _kept(base, over, at)
    for key, node in over.entries.items():
        below = at.step(key) if isinstance(at, Place) else None
        merged[key] = overlay(merged.get(key), node, below)
    return Entries(merged, over.mark, {**base.keys, **over.keys})


def _is_whole(at: Place | Slot | None) -> bool:
    return isinstance(at, Slot) and at.param.unit in WHOLE


def _kept(base: Entries, over: Entries, at: Place | Slot | None) -> dict[str, Node]:
    """What stays of the base: everything but weights of which others are written anew."""
    replaced = at.weights(over.entries) if isinstance(at, Place) else set()
    return {key: node for key, node in base.entries.items() if key not in replaced}


class Settings:
    """Lays settings (`--set`, `but`) over a scenario: they may reach into list items, but name no entry that is not there."""

    def __init__(self, root: Place) -> None:
        self.root = root
        self.problems: list[Problem] = []

    def lay(self, base: Entries, over: Entries) -> Entries:
        """The base with the settings on top; what cannot be reached is in `problems`."""
        laid = self._lay(base, over, self.root)
        assert isinstance(laid, Entries)
        return laid

    def _lay(self, base: Node | None, over: Node, at: Place | Slot | None) -> Node:
        if not isinstance(over, Entries) or not isinstance(at, Place):
            return overlay(base, over, at)
        if at.kind == "list":
            return self._into_list(base, over, at)
        entries, keys = (_kept(base, over, at), dict(base.keys)) if isinstance(base, Entries) else ({}, {})
        for key, node in over.entries.items():
            if at.kind == "names" and key not in entries and key not in at.entries():
                self._missing(over, key, at, [*at.entries(), *entries])
                continue
            entries[key] = self._lay(entries.get(key), node, at.step(key))
            keys[key] = over.key_mark(key)
        return Entries(entries, over.mark, keys)

    def _into_list(self, base: Node | None, over: Entries, at: Place) -> Node:
        items = list(base.items) if isinstance(base, Items) else []
        for key, node in over.entries.items():
            index = _index(items, key)
            if index is None:
                self._missing(over, key, at, item_names(items))
            else:
                items[index] = self._lay(items[index], node, at.entry)
        return Items(tuple(items), base.mark if base else over.mark)

    def _missing(self, over: Entries, key: str, at: Place, names: list[str]) -> None:
        there = ", ".join(names) or f"nothing: `{at.path}` is empty"
        self.problems.append(Problem(f"`{at.path}` has no `{key}`", over.key_mark(key), key, there, nearest(key, names)))


def _index(items: list[Node], key: str) -> int | None:
    """The item a key means: its number, else the one of that name."""
    if key.isdecimal() and len(key) < 10:
        return int(key) if int(key) < len(items) else None
    return next((i for i, item in enumerate(items) if item_name(item) == key), None)


def item_name(item: Node) -> str:
    """What a list item is called: its `name` or `product`, or nothing."""
    if isinstance(item, Entries):
        for key in ("name", "product"):
            leaf = item.entries.get(key)
            if isinstance(leaf, Leaf) and leaf.text:
                return leaf.text
    return ""


def item_names(items: list[Node]) -> list[str]:
    """Names of list items where they have one, else their numbers."""
    return [item_name(item) or str(i) for i, item in enumerate(items)]
