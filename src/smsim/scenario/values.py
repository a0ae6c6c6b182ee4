"""A node becomes the value of a parameter, or a problem at the place it stands."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from smsim.core import units
from smsim.core.section import Param
from smsim.errors import Mark, Problem
from smsim.scenario import wording
from smsim.scenario.layout import Place, Slot, all_slots, find
from smsim.scenario.nodes import Entries, Items, Leaf, Node, nearest, said
from smsim.scenario.paths import absolute, exists, is_file, siblings
from smsim.scenario.plugins import require_mind
from smsim.scenario.words import plain


class Unreadable(Exception):  # noqa: N818 - not an error that leaves this package
    """A node holds no value of its parameter; the problems say why."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("unreadable")


def value_of(key: str, known: Param, node: Node, root: Place) -> Any:
    """The value a node gives a parameter, before its bounds are checked. Raises Unreadable."""
    if isinstance(node, Leaf):
        return _scalar(key, known, node)
    if isinstance(node, Items):
        if known.unit == "names":
            return [_name(key, known, item) for item in node.items]
        if known.unit == "profile":
            return _profile(key, known, node)
    elif known.unit == "shares":
        return _shares(key, known, node)
    elif known.unit == "settings":
        return _settings(node, root)
    kind = "a list" if isinstance(node, Items) else "a map"
    raise Unreadable(Problem(f"`{key}` cannot be {kind}", node.mark, read=said(node), allowed=known.allowed()))


def _scalar(key: str, known: Param, leaf: Leaf) -> Any:
    if leaf.value is not None:
        return leaf.value
    if known.unit == "text" and not known.choices:
        return leaf.text
    if leaf.is_empty:
        raise Unreadable(wording.unreadable(key, known, "", leaf.mark))
    if known.unit in ("path", "mind"):
        return _path(key, known, leaf) if known.unit == "path" else _mind(key, known, leaf)
    _require_latin_digits(key, known.allowed(), leaf)
    try:
        return known.read(leaf.text)
    except ValueError:
        raise Unreadable(wording.unreadable(key, known, leaf.text, leaf.mark)) from None


def _path(key: str, known: Param, leaf: Leaf) -> str:
    """An absolute path to something that exists; a special word or an empty path stays what it is."""
    if not leaf.text or leaf.text in known.words:
        return leaf.text
    path = absolute(leaf)
    if not is_file(path):
        there = exists(path)
        near = "" if there else nearest(path.name, [other.name for other in siblings(path)])
        what = f"`{key}` names no ordinary file" if there else f"`{key}` names a file that does not exist"
        raise Unreadable(Problem(what, leaf.mark, leaf.text, f"a file; sought at {path}", near))
    return str(path)


def _mind(key: str, known: Param, leaf: Leaf) -> str:
    """The name of a mind as it stands, or `file.py:Name` with the whole path of the file."""
    file, colon, name = leaf.text.rpartition(".py:")
    if not colon:
        return leaf.text
    path = _path(key, known, replace(leaf, text=f"{file}.py"))
    require_mind(Path(path), name.strip(), key.rpartition(".")[2].removesuffix("_mind"), leaf.mark)
    return f"{path}:{name.strip()}"


def _require_latin_digits(key: str, allowed: str, leaf: Leaf) -> None:
    """0 to 9 are the only digits; others look alike to a computer and not to everybody who reads the file."""
    plain_digits = "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in leaf.text)
    if plain_digits != leaf.text:
        what = f"`{key}` is written in other digits than 0 to 9"
        raise Unreadable(Problem(what, leaf.mark, leaf.text[:80], allowed, f"`{plain_digits[:80]}`"))


def _name(key: str, known: Param, node: Node) -> str:
    if not isinstance(node, Leaf) or node.is_empty:
        raise Unreadable(Problem(f"`{key}` holds what is no name", node.mark, read=said(node), allowed=known.allowed()))
    if known.choices and node.text not in known.choices:
        near = nearest(node.text, known.choices)
        raise Unreadable(Problem(f"`{key}` knows no such name", node.mark, read=node.text, allowed=known.allowed(), meant=near))
    return node.text


def _share(key: str, node: Node) -> float:
    """One share; below nothing is none."""
    if isinstance(node, Leaf) and isinstance(node.value, int | float):
        share = float(node.value)
    else:
        if isinstance(node, Leaf):
            _require_latin_digits(key, units.allowed("share"), node)
        try:
            share = units.read(node.text if isinstance(node, Leaf) else "", "share")
        except ValueError:
            raise Unreadable(Problem(f"`{key}` is no share", node.mark, read=said(node), allowed=units.allowed("share"))) from None
    if not 0 <= share < math.inf:
        raise Unreadable(Problem(f"`{key}` is out of range", node.mark, read=said(node), allowed="a share from 0%"))
    return share


def _shares(key: str, known: Param, node: Entries) -> dict[str, float]:
    problems: list[Problem] = []
    found: dict[str, float] = {}
    for name, inner in node.entries.items():
        if known.choices and name not in known.choices:
            problems.append(wording.unknown_key(name, key, list(known.choices), [], node.key_mark(name)))
        try:
            found[name] = _share(f"{key}.{name}", inner)
        except Unreadable as error:
            problems += error.problems
    total = sum(found.values())
    if not problems and abs(total - 1) > 1e-6:
        read = f"{said(node)}, together {units.tidy(total * 100)}%"
        problems.append(Problem(f"the shares of `{key}` do not add up to 100%", node.mark, read, "shares that add up to 100%"))
    if problems:
        raise Unreadable(*problems)
    return found


def _profile(key: str, known: Param, node: Items) -> list[float]:
    """24 weights, made to add up to one."""
    weights = [_share(f"{key}.{hour}", item) for hour, item in enumerate(node.items)]
    total = sum(weights)
    if len(weights) != 24 or not total:
        what = f"`{key}` needs 24 shares, not {len(weights)}" if len(weights) != 24 else f"`{key}` is empty all day"
        raise Unreadable(Problem(what, node.mark, read=said(node), allowed=known.allowed()))
    return weights if abs(total - 1) < 1e-9 else [weight / total for weight in weights]


@dataclass(frozen=True)
class Setting:
    """One setting of a map of them: its dotted key, where the key stands, its parameter, and what was written."""

    key: str
    mark: Mark
    slot: Slot
    node: Node


def settings_in(node: Entries, root: Place) -> list[Setting]:
    """The settings of a map, whether their keys are dotted or maps within maps. Raises Unreadable."""
    problems: list[Problem] = []
    found: dict[str, Setting] = {}
    for one in _flat(node, root, "", problems):
        if one.key in found:
            what = f"`{one.key}` is set twice"
            problems.append(Problem(what, one.mark, said(one.node), f"one value; the first stands at {found[one.key].mark}"))
        found.setdefault(one.key, one)
    if problems:
        raise Unreadable(*problems)
    return list(found.values())


def _flat(node: Entries, root: Place, above: str, problems: list[Problem]) -> Iterator[Setting]:
    for name, inner in node.entries.items():
        key, mark = f"{above}{name}", node.key_mark(name)
        there = find(root, key)
        if isinstance(there, Slot):
            yield Setting(key, mark, there, inner)
        elif there is None:
            problems.append(missing_key(key, root, mark))
        elif isinstance(inner, Entries):
            yield from _flat(inner, root, f"{key}.", problems)
        else:
            what = f"`{key}` is no single setting"
            problems.append(Problem(what, inner.mark, said(inner), f"a map of keys such as {', '.join(there.keys()[:5]) or 'names'}"))


def _settings(node: Entries, root: Place) -> dict[str, Any]:
    """Dotted keys and the words for the values they are to take, each read by its own parameter."""
    problems: list[Problem] = []
    found: dict[str, Any] = {}
    for one in settings_in(node, root):
        try:
            value = value_of(one.key, one.slot.param, one.node, root)
            checked(one.slot, one.key, one.node, value)
            found[one.key] = plain(one.slot.param, value)
        except Unreadable as error:
            problems += error.problems
    if problems:
        raise Unreadable(*problems)
    return found


def checked(slot: Slot, key: str, node: Node, value: Any) -> None:
    """Check a value alone against its parameter's bounds. Raises Unreadable."""
    known = slot.param
    if isinstance(value, bool) or not isinstance(value, int | float) or value in known.words.values():
        return
    if (known.low is not None and value < known.low) or (known.high is not None and value > known.high):
        raise Unreadable(wording.out_of_range(key, known, said(node), node.mark, value))


def missing_key(key: str, root: Place, mark: Mark) -> Problem:
    """The problem with a dotted key that names no parameter."""
    keys = [name for name, _ in all_slots(root)]
    return Problem(f"a scenario has no setting `{key}`", mark, key, "a key such as `run.weeks`", nearest(key, keys))
