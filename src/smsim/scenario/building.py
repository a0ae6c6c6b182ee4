"""Nodes become sections: every key finds its parameter, every value is read and checked, and all problems are gathered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pydantic

from smsim.core import units
from smsim.core.section import Param, Section
from smsim.errors import Mark, Problem
from smsim.scenario import wording
from smsim.scenario.layout import HEAD, Place, Slot, all_slots, written_as
from smsim.scenario.merging import item_name, overlay
from smsim.scenario.nodes import NOWHERE, Entries, Items, Leaf, Node, from_python, nearest, said
from smsim.scenario.values import Unreadable, value_of


@dataclass(frozen=True)
class Settled:
    """One parameter of a scenario as it stands: its value, its default, and where it was written (`NOWHERE` if nowhere)."""

    key: str
    path: tuple[str, ...]
    value: Any
    default: Any
    slot: Slot
    mark: Mark

    @property
    def param(self) -> Param:
        """What is known of the parameter."""
        return self.slot.param

    @property
    def is_written(self) -> bool:
        """Whether anybody wrote it."""
        return self.mark is not NOWHERE and bool(self.mark.file)


@dataclass
class Built:
    """What a scenario consists of once everything is read."""

    sections: dict[type[Section], Section] = field(default_factory=dict)
    named: dict[type[Section], dict[str, Section]] = field(default_factory=dict)
    settled: dict[str, Settled] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    gone: list[tuple[str, ...]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class Builder:
    """Builds the sections of one scenario. Everything wrong is in `built.problems` afterwards."""

    def __init__(self, root: Place, mark: Mark) -> None:
        self.root, self.mark = root, mark
        self.built = Built()

    def build(self, node: Entries) -> Built:
        """Read the whole scenario; the keys of the head (name, extends …) are left aside."""
        body = Entries({key: inner for key, inner in node.entries.items() if key not in HEAD}, node.mark, node.keys)
        self._place(self.root, body, ())
        return self.built

    def _place(self, place: Place, node: Node | None, path: tuple[str, ...]) -> None:
        """One level of the file, whether written or not."""
        if place.kind == "names":
            self._names(place, node, path)
        elif place.kind == "list":
            self._list(place, node, path)
        else:
            entries = self._as_map(node, path)
            self._unknown(place, entries, path)
            for section in place.sections:
                self._keep(section, self._section(section, place, entries, path))
            for key, child in place.children.items():
                self._place(child, entries.entries.get(key), (*path, key))

    def _keep(self, section: type[Section], made: Section | None) -> None:
        if made is not None:
            self.built.sections[section] = made

    def _as_map(self, node: Node | None, path: tuple[str, ...]) -> Entries:
        if node is None or (isinstance(node, Leaf) and node.is_empty):
            return Entries({}, node.mark if node else self.mark)
        if not isinstance(node, Entries):
            what = f"`{'.'.join(path)}` takes a map of keys"
            self.built.problems.append(Problem(what, node.mark, said(node), "`key: value`, a key on each line"))
            return Entries({}, node.mark)
        return node

    def _unknown(self, place: Place, entries: Entries, path: tuple[str, ...]) -> None:
        """Name every key that is not there."""
        known = place.keys() if path else [*HEAD, *place.keys()]
        for key in entries.entries:
            if key not in known:
                elsewhere = [full for full, _ in all_slots(self.root) if full.rpartition(".")[2] == key]
                self.built.problems.append(wording.unknown_key(key, ".".join(path), known, elsewhere, entries.key_mark(key)))

    def _names(self, place: Place, node: Node | None, path: tuple[str, ...]) -> None:
        """Entries by name: those that are there anyway, then those that were written; `none` takes one away."""
        assert place.entry is not None
        written = self._as_map(node, path)
        for section in place.entry.sections:
            self.built.named.setdefault(section, {})
        for name in dict.fromkeys([*place.entries(), *written.entries]):
            inner = written.entries.get(name)
            if "." in name or not name.strip():
                problem = Problem("a name holds a point or nothing", written.key_mark(name), name, "a name without points")
                self.built.problems.append(problem)
            elif isinstance(inner, Leaf) and inner.text == "none":
                self.built.gone.append((*path, name))
            else:
                self._entry(place.entry, inner, (*path, name), name)

    def _list(self, place: Place, node: Node | None, path: tuple[str, ...]) -> None:
        """Items by number, also known by their name or product."""
        assert place.entry is not None
        for section in place.entry.sections:
            self.built.named.setdefault(section, {})
        if node is None or (isinstance(node, Leaf) and (node.is_empty or node.text == "none")):
            return
        if not isinstance(node, Items):
            problem = Problem(f"`{'.'.join(path)}` takes a list", node.mark, said(node), "`- key: value`, an item after each dash")
            self.built.problems.append(problem)
            return
        called = [item_name(item) for item in node.items]
        is_named = all(called) and len(set(called)) == len(called)
        for index, item in enumerate(node.items):
            key = called[index] if is_named else str(index)
            self.built.aliases[".".join((*path, key))] = ".".join((*path, str(index)))
            self._entry(place.entry, item, (*path, str(index)), key)

    def _entry(self, place: Place, node: Node | None, path: tuple[str, ...], name: str) -> None:
        """One entry: what its sections say of it by themselves, and what was written over that."""
        written: Node = self._as_map(node, path)
        for section in place.sections:
            anyway = from_python(section.entries.get(name, {}))
            made = self._section(section, place, overlay(anyway, written, place), path)
            if made is not None:
                self.built.named[section][name] = made
        assert isinstance(written, Entries)
        self._unknown(place, written, path)

    def _section(self, section: type[Section], place: Place, node: Node, path: tuple[str, ...]) -> Section | None:
        """One section from the keys that are its own."""
        assert isinstance(node, Entries)
        own = {key: slot for key, slot in place.slots.items() if slot.section is section}
        values: dict[str, Any] = {}
        failed = False
        for key, slot in own.items():
            if key in node.entries:
                try:
                    values[slot.field] = value_of(".".join((*path, key)), slot.param, node.entries[key], self.root)
                except Unreadable as error:
                    self.built.problems += error.problems
                    failed = True
        failed = failed or not self._weigh(section, values, node, path)
        made = self._make(section, values, node, path)
        if made is None or failed:
            return None
        for key, slot in own.items():
            mark = node.entries[key].mark if key in node.entries else NOWHERE
            self._settle(slot, (*path, key), made, mark)
        return made

    def _weigh(self, section: type[Section], values: dict[str, Any], node: Entries, path: tuple[str, ...]) -> bool:
        """Weights of one whole: if one is written the others are nothing, and all add up to 100%, unless all are nothing."""
        written = {name: values[name] for name in section.weights if name in values}
        if not written:
            return True
        values.update({name: 0.0 for name in section.weights if name not in written})
        total = sum(value for value in written.values() if isinstance(value, int | float))
        if abs(total - 1) <= 1e-6 or not any(written.values()):
            return True
        read = ", ".join(f"{name}: {said(node.entries[written_as(name)])}" for name in written)
        what = f"the shares of `{'.'.join(path)}` do not add up to 100%"
        allowed = f"shares of {', '.join(section.weights)} that add up to 100%"
        self.built.problems.append(Problem(what, self._mark_of(node), f"{read}, together {units.tidy(total * 100)}%", allowed))
        return False

    def _settle(self, slot: Slot, path: tuple[str, ...], made: Section, mark: Mark) -> None:
        anyway = slot.section.entries.get(path[-2], {}) if len(path) > 1 else {}
        default = slot.section.default(slot.field)
        if path[-1] in anyway:
            default = slot.param.read(anyway[path[-1]])
        key = ".".join(path)
        self.built.settled[key] = Settled(key, path, getattr(made, slot.field), default, slot, mark)

    def _make(self, section: type[Section], values: dict[str, Any], node: Entries, path: tuple[str, ...]) -> Section | None:
        try:
            return section(**values)
        except pydantic.ValidationError as error:
            for wrong in error.errors():
                self.built.problems.append(self._problem(section, dict(wrong), node, path))
            return None

    def _problem(self, section: type[Section], wrong: dict[str, Any], node: Entries, path: tuple[str, ...]) -> Problem:
        """What pydantic found wrong, at the value it found it in."""
        message = str(wrong["msg"]).removeprefix("Value error, ").removeprefix("Assertion failed, ")
        key = str(wrong["loc"][0]).rstrip("_") if wrong["loc"] else ""
        known = section.params().get(str(wrong["loc"][0])) if key else None
        full = ".".join((*path, key))
        if wrong["type"] == "missing":
            return Problem(f"`{full}` is needed", self._mark_of(node), allowed=known.allowed() if known else "")
        if known is None or key not in node.entries:
            return self._apart(section, message, node, path)
        inner = node.entries[key]
        value = wrong.get("input")
        if wrong["type"] != "value_error" or message != known.allowed():
            near = nearest(said(inner), known.choices)
            return Problem(f"`{full}` cannot be this: {message}", inner.mark, said(inner), known.allowed(), near)
        return wording.out_of_range(full, known, said(inner), inner.mark, value)

    def _apart(self, section: type[Section], message: str, node: Entries, path: tuple[str, ...]) -> Problem:
        """Keys that are fine one by one and not together, at the first of them that was written in the latest file."""
        own = [key for key in map(written_as, section.params()) if key in node.entries and node.key_mark(key).file]
        latest = [key for key in own if node.key_mark(key).file == node.mark.file] or own
        mark = node.key_mark(latest[0]) if latest else self._mark_of(node)
        read = ", ".join(f"{key}: {said(node.entries[key])}" for key in own)
        return Problem(f"`{'.'.join(path)}` does not hold together", mark, read, message)

    def _mark_of(self, node: Entries) -> Mark:
        return node.mark if node.mark.file else self.mark
