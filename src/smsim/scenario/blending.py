"""Two scenarios taken apart: what changes in one piece, and the firm that has some pieces from one, the rest from the other.

A piece is one setting. Some settings make sense together only and are one piece: an entry with a name (a channel, a segment), an item
of a list (a launch, a change), shares of one whole, all that is said of a file (a lead log), what a plugin brings.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePath
from typing import Any, Literal

from smsim.scenario.diff import ABSENT, Difference, diff
from smsim.scenario.layout import Place
from smsim.scenario.merging import item_name
from smsim.scenario.nodes import Entries, Items, Node
from smsim.scenario.scenario import Scenario

#: Where something stands in a file, key by key; an item of a list by its label.
type Path = tuple[str, ...]
#: A piece's name, the paths that change with it, the settings in it that differ.
type Placed = tuple[str, list[Path], list[Difference]]
By = Literal["key", "section"]
#: How often a world is played does not change it.
_FREE = "run.replications"
_PLUGINS = "plugins"
#: Settings of a piece that are told one by one.
SAID = 4


@dataclass(frozen=True)
class Piece:
    """What changes in one piece: its name, where it stands, and each setting in it that differs."""

    name: str
    paths: frozenset[Path]
    differences: tuple[Difference, ...]

    def words(self) -> str:
        """What it is in either scenario: `never → 2 weeks`; where it is not one setting of this name, each by its own."""
        if [one.key for one in self.differences] == [self.name]:
            return f"{self.differences[0].a} → {self.differences[0].b}"
        found = [(one.key.removeprefix(f"{self.name}."), one) for one in self.differences]
        head, told = "", [f"{key} {one.a} → {one.b}" for key, one in found[:SAID]]
        if all(one.a == ABSENT for _, one in found):
            head, told = "added: ", [f"{key.rpartition('.')[2]} {one.b}" for key, one in found[:SAID]]
        elif all(one.b == ABSENT for _, one in found):
            head, told = "taken away: ", [f"{key.rpartition('.')[2]} {one.a}" for key, one in found[:SAID]]
        return head + ", ".join(told) + (f" and {len(found) - SAID} more" if len(found) > SAID else "")


@dataclass(frozen=True)
class Item:
    """One item of a list: its label, and its number in either scenario (-1 where it is not)."""

    label: str
    a: int
    b: int


@dataclass(frozen=True)
class Blend:
    """Two scenarios and everything between them."""

    a: Scenario
    b: Scenario

    @cached_property
    def differences(self) -> list[Difference]:
        """Every setting that differs, but for how often a world is played."""
        return [one for one in diff(self.a, self.b) if one.key != _FREE]

    def pieces(self, by: By = "key", together: Sequence[Sequence[str]] = ()) -> list[Piece]:
        """What differs, piece by piece in the order of the file; `together` names pieces that change as one."""
        found: dict[str, tuple[set[Path], dict[Difference, None]]] = {}
        for one in self.differences:
            for name, paths, own in self._places(one):
                name = self._section(one) if by == "section" and name != _PLUGINS else name
                name = next((" + ".join(names) for names in together if name in names), name)
                known = found.setdefault(name, (set(), {}))
                known[0].update(paths)
                known[1].update(dict.fromkeys(own))
        if self.a.plugins != self.b.plugins:
            known = found.setdefault(_PLUGINS, (set(), {}))
            known[0].add((_PLUGINS,))
            known[1][Difference(_PLUGINS, _files(self.a), _files(self.b), "path")] = None
        return [Piece(name, frozenset(paths), tuple(map(_without_folders, own))) for name, (paths, own) in found.items()]

    def _section(self, one: Difference) -> str:
        known = self.a.settled.get(one.key) or self.b.settled[one.key]
        return known.slot.section.at.removesuffix("[]")

    def _places(self, one: Difference) -> Iterator[Placed]:
        """The pieces a difference belongs to, each with all that goes with it. In a list it may be of one item here, another there."""
        owner = self.a if one.key in self.a.settled else self.b
        known, place, walked = owner.settled[one.key], owner.layout, []
        if not all(one.key in each.settled or _has(each.layout, known.path) for each in (self.a, self.b)):
            yield _PLUGINS, [known.path], [one]
            return
        for key in known.path[:-1]:
            walked.append(key)
            if place.kind == "names":
                yield ".".join(walked), [tuple(walked)], [one]
                return
            if place.kind == "list":
                yield from self._in_list(tuple(walked[:-1]), key, one)
                return
            place = place.children[key] if place.entry is None else place.entry
        group = _bound(place, known.path[-1], {each.key for each in self.differences})
        name = one.key if group == {known.path[-1]} else place.path
        yield name, [(*known.path[:-1], key) for key in sorted(group)], [one]

    def _in_list(self, path: Path, number: str, one: Difference) -> Iterator[Placed]:
        items = self.items(path)
        if not items:
            yield ".".join(path), [path], [one]
        for item in items:
            if number in (str(item.a), str(item.b)) and (differences := self._of_item(path, item)):
                yield ".".join((*path, item.label)), [(*path, item.label)], differences

    def _of_item(self, path: Path, item: Item) -> list[Difference]:
        """What differs in one item of a list, wherever in the list it stands."""
        heads = [".".join((*path, str(at))) + "." if at >= 0 else "" for at in (item.a, item.b)]
        told = [{key.removeprefix(head): each.words(key) for key in each.settled if head and key.startswith(head)}
                for each, head in zip((self.a, self.b), heads, strict=True)]
        name = ".".join((*path, item.label))
        return [Difference(f"{name}.{key}", told[0].get(key, ABSENT), told[1].get(key, ABSENT), "")
                for key in dict.fromkeys([*told[0], *told[1]]) if told[0].get(key) != told[1].get(key)]

    def items(self, path: Path) -> list[Item]:
        """The items of a list of both scenarios in one row; nothing where they stand in orders that no one row can have."""
        nodes = [_node(each.node, path) for each in (self.a, self.b)]
        names = [[item_name(item) for item in node.items] if isinstance(node, Items) else [] for node in nodes]
        if all(all(own) and len(set(own)) == len(own) for own in names):
            row = list(_by_name(names[0], names[1]))
            return row if len({item.label for item in row}) == len(row) else []
        contents = [[repr(item) for item in _at(each.tree(), path)] for each in (self.a, self.b)]
        return [Item(str(at), *pair) for at, pair in enumerate(_by_content(contents[0], contents[1]))]

    def scenario(self, pieces: Collection[Piece], name: str) -> Scenario:
        """Scenario A with what B has in some pieces. Raises ScenarioError where that cannot be."""
        wanted = frozenset(path for piece in pieces for path in piece.paths)
        root = self.b.layout if (_PLUGINS,) in wanted else self.a.layout
        node = self._blended(self.a.node, self.b.node, wanted, (), root)
        plugins = self.b.plugins if (_PLUGINS,) in wanted else self.a.plugins
        assert isinstance(node, Entries)
        told = f"{self.a.name} with {', '.join(piece.name for piece in pieces) or 'nothing'} as in {self.b.name}."
        return Scenario(name, told, self.a.file, plugins, node, self.a.injected)

    def _blended(self, mine: Node | None, yours: Node | None, wanted: frozenset[Path], path: Path, at: object) -> Node | None:
        """The node of A with what is wanted of B put in its place; None where nothing is left."""
        if path in wanted:
            return yours
        if not any(one[: len(path)] == path for one in wanted):
            return mine
        if isinstance(at, Place) and at.kind == "list":
            return self._listed((mine, yours), wanted, path)
        own, other = (node.entries if isinstance(node, Entries) else {} for node in (mine, yours))
        there = mine if isinstance(mine, Entries) else yours
        entries: dict[str, Node] = {}
        for key in dict.fromkeys([*own, *other]):
            below = at.step(key) if isinstance(at, Place) else None
            node = self._blended(own.get(key), other.get(key), wanted, (*path, key), below)
            entries |= {} if node is None else {key: node}
        assert isinstance(there, Entries)
        return Entries(entries, there.mark, {key: node.mark for key, node in entries.items()})

    def _listed(self, both: tuple[Node | None, Node | None], wanted: frozenset[Path], path: Path) -> Node:
        lists = [node.items if isinstance(node, Items) else () for node in both]
        found = []
        for item in self.items(path):
            whose, number = (1, item.b) if (*path, item.label) in wanted else (0, item.a)
            found += [lists[whose][number]] if number >= 0 else []
        mark = next(node.mark for node in both if node is not None)
        return Items(tuple(found), mark)


def _has(root: Place, path: Path) -> bool:
    """Whether a scenario's map has a place for a setting, its entries called whatever they are."""
    here: object = root
    for key in path:
        here = here.step(key) if isinstance(here, Place) else None
    return here is not None


def _bound(place: Place, key: str, differing: set[str]) -> set[str]:
    """The keys beside one that change with it: shares of one whole, and what is said of a file that is another."""
    section = place.slots[key].section
    own = {other for other, slot in place.slots.items() if slot.section is section}
    files = {other for other in own if place.slots[other].param.unit == "path"}
    if any(place.full(other) in differing for other in files):
        return own
    return place.weights([key]) or {key}


def _by_name(mine: list[str], yours: list[str]) -> Iterator[Item]:
    """Items in one row, those of one name as one."""
    for kind, a, a_end, b, b_end in difflib.SequenceMatcher(None, mine, yours, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from (Item(mine[a + step], a + step, b + step) for step in range(a_end - a))
        else:
            yield from (Item(mine[at], at, -1) for at in range(a, a_end))
            yield from (Item(yours[at], -1, at) for at in range(b, b_end))


def _by_content(mine: list[str], yours: list[str]) -> Iterator[tuple[int, int]]:
    """Items without names in one row: equal ones as one; between those, the first with the first."""
    for _, a, a_end, b, b_end in difflib.SequenceMatcher(None, mine, yours, autojunk=False).get_opcodes():
        for step in range(max(a_end - a, b_end - b)):
            yield (a + step if a + step < a_end else -1, b + step if b + step < b_end else -1)


def _node(node: Node | None, path: Path) -> Node | None:
    for key in path:
        node = node.entries.get(key) if isinstance(node, Entries) else None
    return node


def _at(tree: Any, path: Path) -> list[Any]:
    for key in path:
        tree = tree.get(key, {})
    return list(tree or ())


def _files(scenario: Scenario) -> str:
    return ", ".join(PurePath(path).name for path in map(str, scenario.plugins)) or ABSENT


def _without_folders(one: Difference) -> Difference:
    """A file goes by its name."""
    return replace(one, a=PurePath(one.a).name or ABSENT, b=PurePath(one.b).name or ABSENT) if one.unit == "path" else one
