"""Being in a room is being registered: what stands in the packages, a user's files and the entry points is found here.

Nothing is imported by name: modules of the rooms `world`, `mechanisms`, `practices` and `agents` are walked, their classes
collected. A user's file (a path ending in `.py`) or an installed package (entry-point group `smsim`) is treated the same.
"""

from __future__ import annotations

import functools
import hashlib
import importlib
import importlib.metadata
import importlib.util
import inspect
import pkgutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from smsim.core.contracts import Mechanism, Part, Practice
from smsim.core.kpi import Kpi
from smsim.core.section import Section
from smsim.core.table import Table
from smsim.errors import PluginError, Problem

ROOMS = ("world", "mechanisms", "practices", "agents")


@dataclass
class Registry:
    """Everything that was found, by name. `minds` are classes that carry `mind = "rep"` or `"marketer"`, by `(kind, name)`."""

    sections: list[type[Section]] = field(default_factory=list)
    mechanisms: dict[str, type[Mechanism]] = field(default_factory=dict)
    practices: dict[str, type[Practice]] = field(default_factory=dict)
    minds: dict[tuple[str, str], type[Any]] = field(default_factory=dict)
    tables: dict[str, type[Table]] = field(default_factory=dict)
    kpis: dict[str, Kpi] = field(default_factory=dict)

    def parts(self) -> list[type[Part]]:
        """Mechanisms in the order of the day, then practices by name."""
        ordered = sorted(self.mechanisms.values(), key=lambda m: (m.phase, m.name))
        return [*ordered, *(self.practices[name] for name in sorted(self.practices))]

    def take(self, module: ModuleType) -> None:
        """Register every class of a module, and its `KPIS`. Raises PluginError for a name that is taken."""
        for _, thing in inspect.getmembers(module, inspect.isclass):
            if thing.__module__ == module.__name__:
                self._take_class(thing)
        for kpi in getattr(module, "KPIS", ()):
            self._name(self.kpis, kpi.name, kpi)

    def _take_class(self, thing: type[Any]) -> None:
        if issubclass(thing, Section) and thing.at:
            self.sections.append(thing)
        elif issubclass(thing, Mechanism) and thing.name:
            self._name(self.mechanisms, thing.name, thing)
        elif issubclass(thing, Practice) and thing.name:
            self._name(self.practices, thing.name, thing)
        elif issubclass(thing, Table) and thing.name:
            self._name(self.tables, thing.name, thing)
        elif getattr(thing, "mind", None) and "mind" not in vars(thing):
            self._name(self.minds, (thing.mind, vars(thing).get("name", thing.__name__)), thing)
        if issubclass(thing, Part):
            for kpi in thing.kpis:
                self._name(self.kpis, kpi.name, kpi)

    def _name(self, shelf: dict[Any, Any], name: Any, thing: Any) -> None:
        if name in shelf and shelf[name] is not thing:
            raise PluginError(Problem(f"the name {name!r} is taken already", read=str(thing), allowed="a name of its own"))
        shelf[name] = thing


def _modules(package: str) -> list[ModuleType]:
    root = importlib.import_module(package)
    names = [info.name for info in pkgutil.walk_packages(root.__path__, package + ".")]
    return [importlib.import_module(name) for name in sorted(names)]


def load_file(path: Path) -> ModuleType:
    """Import a user's file under a name of its own. Raises PluginError where it does not import."""
    name = f"smsim_plugin_{path.stem}_{hashlib.blake2b(str(path.resolve()).encode(), digest_size=4).hexdigest()}"
    if name in sys.modules:
        return sys.modules[name]
    if not path.is_file():
        raise PluginError(Problem(f"no plugin file {path}", allowed="the path of a Python file, from the scenario's own folder"))
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        del sys.modules[name]
        raise PluginError(Problem(f"the plugin {path} does not import", read=f"{type(error).__name__}: {error}")) from error
    return module


@functools.cache
def registry(plugins: tuple[str, ...] = ()) -> Registry:
    """Everything in the rooms, in the entry points, and in the plugin files given (absolute paths)."""
    found = Registry()
    for room in ROOMS:
        for module in _modules(f"smsim.{room}"):
            found.take(module)
    for point in importlib.metadata.entry_points(group="smsim"):
        found.take(point.load())
    for plugin in plugins:
        found.take(load_file(Path(plugin)))
    return found
