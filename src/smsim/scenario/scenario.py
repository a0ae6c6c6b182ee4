"""A scenario as the rest of the house sees it: sections with numbers in them, and never a question of where they came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from smsim.core.registry import Registry
from smsim.core.registry import registry as rooms
from smsim.core.section import Param, Section
from smsim.errors import Mark, Problem, ScenarioError
from smsim.scenario.building import Builder, Built, Settled
from smsim.scenario.launching import problems_of
from smsim.scenario.layout import Place, layout
from smsim.scenario.merging import Settings
from smsim.scenario.nodes import Entries, Leaf, nearest
from smsim.scenario.plugins import missing_mind
from smsim.scenario.turns import Turn, changed, from_settings, turns_of
from smsim.scenario.words import tree_of


@dataclass(frozen=True, eq=False, repr=False)
class Scenario:
    """Everything a study needs to know of one firm and its market. It cannot change; `but` makes another."""

    name: str
    describe: str
    file: str
    plugins: tuple[str, ...]
    node: Entries
    injected: Registry | None = None
    #: What changes in the course of a run, in the order of days.
    turns: tuple[Turn, ...] = field(init=False)
    _built: Built = field(init=False)

    def __post_init__(self) -> None:
        built = Builder(self.layout, Mark(self.file)).build(self.node)
        for known in built.settled.values():
            if known.param.unit == "mind" and (problem := missing_mind(self.registry, known.key, str(known.value), known.mark)):
                built.problems.append(problem)
        if built.problems:
            raise ScenarioError(in_order(built.problems))
        object.__setattr__(self, "_built", built)
        if wrong := list(problems_of(self)):
            raise ScenarioError(in_order(wrong))
        object.__setattr__(self, "turns", turns_of(self))

    @property
    def registry(self) -> Registry:
        """Everything there is, the scenario's own plugins among it."""
        return self.injected or rooms(self.plugins)

    @property
    def layout(self) -> Place:
        """The map of all keys there are."""
        return layout(self.registry)

    @property
    def settled(self) -> Mapping[str, Settled]:
        """Every parameter with its value, default and origin, by dotted key, in the order of the file."""
        return self._built.settled

    def of[S: Section](self, section: type[S]) -> S:
        """A section of the scenario; its defaults where nothing was written."""
        if section not in self._built.sections:
            raise KeyError(f"{section.__qualname__} (at {section.at!r}) is no single section of this scenario")
        return cast("S", self._built.sections[section])

    def each[S: Section](self, section: type[S]) -> dict[str, S]:
        """The entries of a section that has many, by name (list items by name, product or number), in order."""
        if section not in self._built.named:
            raise KeyError(f"{section.__qualname__} (at {section.at!r}) has no entries in this scenario")
        return cast("dict[str, S]", dict(self._built.named[section]))

    def __getitem__(self, key: str) -> Any:
        known = self.about(key)
        if known is not None:
            return known.value
        whole, _, inner = key.rpartition(".")
        known = self.about(whole) if whole else None
        if known is not None and isinstance(known.value, Mapping) and inner in known.value:
            return known.value[inner]
        near = nearest(key, self.settled)
        raise KeyError(f"a scenario has no setting {key!r}" + (f"; did you mean {near}?" if near else ""))

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.about(key) is not None

    def about(self, key: str) -> Settled | None:
        """What is known of a parameter by its dotted key; list items by number or name."""
        if key in self.settled:
            return self.settled[key]
        for alias, full in self._built.aliases.items():
            if key.startswith(alias + "."):
                return self.settled.get(full + key.removeprefix(alias))
        return None

    def param(self, key: str) -> Param:
        """The declaration of a parameter. Raises KeyError."""
        found = self.about(key)
        if found is None:
            raise KeyError(key)
        return found.param

    def words(self, key: str) -> str:
        """A value as a file would have it."""
        return self.param(key).say(self[key])

    def written(self) -> dict[str, Mark]:
        """The parameters somebody wrote, in a file or on the command line, and where."""
        return {key: known.mark for key, known in self.settled.items() if known.is_written}

    def tree(self) -> dict[str, Any]:
        """The whole scenario in the words a file would hold; read back it makes an equal scenario."""
        head: dict[str, Any] = {"name": self.name, "describe": self.describe, "plugins": list(self.plugins)}
        return head | tree_of(self._built, self.layout)

    def but(self, changes: Mapping[str, Any], name: str | None = None) -> Scenario:
        """The same scenario with some settings changed: dotted keys → numbers in the parameter's unit, or words.

        Raises ScenarioError for a key or value that cannot be.
        """
        return self.laid_over(from_settings(changes), name)

    def changed(self, over: Entries) -> Scenario:
        """The scenario that holds once settings have changed in the course of a run; itself where they hold already.

        Changes that are still to come are left out. Raises ScenarioError, also for a setting that cannot change once a run has begun.
        """
        return changed(self, over)

    def laid_over(self, over: Entries, name: str | None = None) -> Scenario:
        """The same scenario with a map of settings on top. Raises ScenarioError."""
        said_so = (self.name, self.describe, self.file, self.plugins, self.node, self.injected)
        return under_settings(said_so, over, name)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Scenario):
            return NotImplemented
        return self.name == other.name and self.values() == other.values()

    def __hash__(self) -> int:
        return hash((self.name, len(self.settled)))

    def values(self) -> dict[str, Any]:
        """Every parameter's value by dotted key."""
        return {key: known.value for key, known in self.settled.items()}

    def __repr__(self) -> str:
        return f"<Scenario {self.name!r} from {self.file!r}, {len(self.written())} settings written>"

    def __reduce__(self) -> tuple[Any, ...]:
        return Scenario, (self.name, self.describe, self.file, self.plugins, self.node, self.injected)


type SaidSo = tuple[str, str, str, tuple[str, ...], Entries, Registry | None]


def under_settings(said_so: SaidSo, over: Entries, name: str | None = None) -> Scenario:
    """The scenario that the first fields of a Scenario and a map of settings on top make. Raises ScenarioError."""
    own_name, describe, file, plugins, node, registry = said_so
    laid, problems = settle(node, over, layout(registry or rooms(plugins)))
    own_name, describe = text_of(over, "name") or own_name, text_of(over, "describe") or describe
    try:
        made = Scenario(name or own_name, describe, file, plugins, laid, registry)
    except ScenarioError as error:
        raise ScenarioError(in_order([*problems, *error.problems])) from None
    if problems:
        raise ScenarioError(problems)
    return made


def text_of(node: Entries, key: str) -> str:
    """The text that stands at a key, or nothing."""
    leaf = node.entries.get(key)
    return leaf.text.strip() if isinstance(leaf, Leaf) else ""


def settle(base: Entries, over: Entries, root: Place) -> tuple[Entries, list[Problem]]:
    """Lay settings over a scenario's nodes; settings no parameter answers to are problems."""
    allowed = "keys of sections; write this one in a file"
    head = [key for key in ("extends", "plugins") if key in over.entries]
    problems = [Problem(f"`{key}` cannot be set here", over.key_mark(key), key, allowed) for key in head]
    kept = Entries({key: node for key, node in over.entries.items() if key not in head}, over.mark, over.keys)
    settings = Settings(root)
    return settings.lay(base, kept), [*problems, *settings.problems]


def in_order(problems: list[Problem]) -> list[Problem]:
    """Problems by file and line, each said once."""
    files = list(dict.fromkeys(problem.mark.file if problem.mark else "" for problem in problems))
    unique = list(dict.fromkeys(problems))

    def where(problem: Problem) -> tuple[int, int, int]:
        mark = problem.mark or Mark("")
        return files.index(mark.file), mark.line, mark.column

    return sorted(unique, key=where)
