"""A practice that says which settings switch it on needs no scenario file: the scenario is written from its class.

For a practice of smsim that is `practices/NAME`, unless a file of that name lies there; for a Python file of a user's own, the silo with
all the file brings, its practices switched on.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from smsim.core.contracts import Practice
from smsim.core.registry import registry
from smsim.errors import Mark
from smsim.scenario.plugins import imported

#: The folder, among shipped scenarios, of those that switch one practice on.
FOLDER = "practices"


def written() -> dict[str, type[Practice]]:
    """The practices of smsim that say what switches them on, by the name of their scenario."""
    return {f"{FOLDER}/{name}": practice for name, practice in registry().practices.items() if practice.usual}


def text_of(practices: Sequence[type[Practice]], head: Mapping[str, Any]) -> str:
    """The scenario file that switches practices on: the silo, and what each of them says of itself."""
    does = " ".join(first_line(practice) for practice in practices)
    tree: dict[str, Any] = {**head, "describe": f"The silo, and: {does}" if does else "The silo.", "extends": "silo"}
    for key, value in (pair for practice in practices for pair in practice.usual.items()):
        *path, last = key.split(".")
        inner = tree
        for step in path:
            inner = inner.setdefault(step, {})
        inner[last] = value
    return yaml.safe_dump(tree, sort_keys=False, allow_unicode=True, width=140)


def text_of_file(path: Path, called: str) -> str:
    """The scenario a Python file stands for. Raises PluginError where the file does not import."""
    return text_of(practices_in(path, called), {"name": path.stem, "plugins": [path.name]})


def practices_in(path: Path, called: str) -> list[type[Practice]]:
    """The practices of a Python file, in the order of their names. Raises PluginError."""
    module = imported(path.absolute(), Mark(called))
    found = [thing for thing in vars(module).values()
             if inspect.isclass(thing) and issubclass(thing, Practice) and thing.name and thing.__module__ == module.__name__]
    return sorted(found, key=lambda practice: practice.name)


def first_line(thing: type[Any]) -> str:
    """What a class says of itself, else what its file says."""
    text = vars(thing).get("__doc__") or getattr(inspect.getmodule(thing), "__doc__", None) or ""
    return text.strip().partition("\n")[0]
