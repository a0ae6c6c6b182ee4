"""Which key lies where: the sections of all mechanisms, practices and plugins laid together into one map of the scenario file."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from smsim.core.registry import Registry
from smsim.core.section import Param, Section
from smsim.errors import PluginError, Problem

#: Keys of a file that belong to no section.
HEAD = ("name", "describe", "extends", "plugins")
#: The order of the sections that are known by name; others follow.
ORDER = ("run", "company", "market", "products", "channels", "leads", "selling", "practices", "incentives", "launches", "changes",
         "crm", "culture")
#: Units whose maps or lists are replaced as a whole.
WHOLE = ("shares", "profile", "names", "settings")


@dataclass(frozen=True)
class Slot:
    """One parameter: its section, the field it fills there, and what is known of it."""

    section: type[Section]
    field: str
    param: Param


@dataclass
class Place:
    """One level of the file: parameters, further levels, or (for `names` and `list`) entries that all look alike."""

    path: str = ""
    kind: Literal["map", "names", "list"] = "map"
    sections: list[type[Section]] = field(default_factory=list)
    slots: dict[str, Slot] = field(default_factory=dict)
    children: dict[str, Place] = field(default_factory=dict)
    entry: Place | None = None

    def step(self, key: str) -> Place | Slot | None:
        """What lies under a key, or None."""
        if self.entry is not None:
            return self.entry
        return self.slots.get(key) or self.children.get(key)

    def keys(self) -> list[str]:
        """The keys that may be written here."""
        return [*self.slots, *self.children]

    def weights(self, written: Iterable[str]) -> set[str]:
        """The keys that are spoken for by those written, since they are weights of one whole."""
        keys = set(written)
        groups = [{written_as(name) for name in section.weights} for section in self.sections]
        return {key for group in groups if group & keys for key in group}

    def entries(self) -> dict[str, None]:
        """The names of the entries that are there without being written, in order."""
        inside = self.entry.sections if self.entry else []
        return dict.fromkeys(name for section in inside for name in section.entries)

    def full(self, key: str) -> str:
        """A key with its path before it."""
        return f"{self.path}.{key}" if self.path else key


def written_as(name: str) -> str:
    """The key of a field: a trailing underscore keeps a field apart from a word of Python (`at_` is written `at`)."""
    return name.rstrip("_")


@functools.cache
def _lay(sections: tuple[type[Section], ...]) -> Place:
    root = Place()
    for section in sections:
        _lay_one(root, section)
    _check(root)
    places = {key: root.children[key] for key in ORDER if key in root.children}
    root.children = places | root.children
    return root


def layout(registry: Registry) -> Place:
    """The map of the whole file. Raises PluginError where two sections want the same key."""
    return _lay(tuple(registry.sections))


def _lay_one(root: Place, section: type[Section]) -> None:
    is_list = section.at.endswith("[]")
    place = root
    for key in section.at.removesuffix("[]").split("."):
        place = place.children.setdefault(key, Place(place.full(key)))
    if is_list or section.each:
        kind: Literal["names", "list"] = "list" if is_list else "names"
        if place.sections or place.kind not in ("map", kind):
            _taken(section, place.path)
        place.kind = kind
        place.entry = place.entry or Place(place.full("*"))
        place = place.entry
    elif place.entry is not None:
        _taken(section, place.path)
    place.sections.append(section)
    for name, known in section.params().items():
        if written_as(name) in place.slots:
            _taken(section, place.full(written_as(name)))
        place.slots[written_as(name)] = Slot(section, name, known)


def _check(place: Place) -> None:
    """No key is both a parameter and a level, and no level stands among entries."""
    for key, child in place.children.items():
        if key in place.slots or place.entry is not None or (not place.path and key in HEAD):
            _taken((child.sections or [Section])[0], child.path)
        _check(child)


def _taken(section: type[Section], key: str) -> None:
    who = f"{section.__module__}.{section.__qualname__}"
    raise PluginError(Problem(f"the key `{key}` is declared twice", read=who, allowed="a key of its own in each section"))


def find(root: Place, key: str) -> Place | Slot | None:
    """What a dotted key names; entries and list items may have any name."""
    here: Place | Slot | None = root
    for part in key.split("."):
        here = here.step(part) if isinstance(here, Place) else None
    return here


def all_slots(place: Place) -> Iterator[tuple[str, Slot]]:
    """Every parameter with its dotted key (`*` for the name of an entry), in the order of the file."""
    for key, slot in place.slots.items():
        yield place.full(key), slot
    for child in place.children.values():
        yield from all_slots(child)
    if place.entry:
        yield from all_slots(place.entry)
