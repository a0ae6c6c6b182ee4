"""What a scenario file says, before anybody asks what it means: texts, lists and maps, each with the place it was read from."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from smsim.errors import Mark

#: The mark of what nobody wrote.
NOWHERE = Mark("")

type Node = Leaf | Items | Entries


@dataclass(frozen=True, slots=True)
class Leaf:
    """One scalar as its text. `value` is set instead where a program gave a number; `folder` is where its paths start."""

    text: str
    mark: Mark
    plain: bool = True
    folder: Path | None = None
    value: bool | int | float | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands there at all (`key:` and no more)."""
        return self.plain and not self.text and self.value is None


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Node, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Entries:
    """A map from names; `keys` says where each name stands."""

    entries: dict[str, Node]
    mark: Mark
    keys: dict[str, Mark] = field(default_factory=dict)

    def key_mark(self, key: str) -> Mark:
        """Where a name of the map stands."""
        return self.keys.get(key) or self.entries[key].mark


def from_python(value: Any, mark: Mark = NOWHERE, folder: Path | None = None) -> Node:
    """Turn plain Python values into nodes: numbers keep their value, text is read as in a file."""
    value = value.tolist() if hasattr(value, "tolist") else value
    if isinstance(value, Mapping):
        inner = {str(key): from_python(item, mark, folder) for key, item in value.items()}
        return Entries(inner, mark, dict.fromkeys(inner, mark))
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return Items(tuple(from_python(item, mark, folder) for item in value), mark)
    if isinstance(value, bool):
        return Leaf("yes" if value else "no", mark, value=value)
    if isinstance(value, int | float):
        return Leaf(repr(value), mark, value=value)
    return Leaf("" if value is None else str(value), mark, plain=value is None, folder=folder)


def said(node: Node, limit: int = 80) -> str:
    """What stands at a node, short enough for an error."""
    if isinstance(node, Leaf):
        text = node.text
    elif isinstance(node, Items):
        text = "[" + ", ".join(said(item, 20) for item in node.items[:10]) + "]"
    else:
        text = "{" + ", ".join(f"{key}: {said(item, 20)}" for key, item in list(node.entries.items())[:10]) + "}"
    return text if len(text) <= limit else text[:limit] + "…"


def nearest(word: str, names: Iterable[str]) -> str:
    """The name that was probably meant, in backquotes; empty where none is near."""
    by_lower = {name.lower(): name for name in names}
    found = difflib.get_close_matches(word.strip().lower()[:80], list(by_lower), n=1, cutoff=0.6)
    return f"`{by_lower[found[0]]}`" if found else ""
