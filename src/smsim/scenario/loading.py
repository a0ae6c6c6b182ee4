"""From a path or a name to a scenario: the chain of files it extends, the plugins on the way, the settings on top."""

from __future__ import annotations

import itertools
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from smsim.core.registry import Registry
from smsim.errors import Mark, Problem, ScenarioError
from smsim.scenario import command
from smsim.scenario.layout import layout
from smsim.scenario.library import Source, find
from smsim.scenario.merging import overlay
from smsim.scenario.nodes import Entries, Items, Leaf, Node, from_python, said
from smsim.scenario.paths import absolute
from smsim.scenario.plugins import rooms_with
from smsim.scenario.reading import read_file, read_value
from smsim.scenario.scenario import Scenario, in_order, text_of, under_settings

_LONGEST_NAME = 200


def load(source: str | os.PathLike[str], sets: Sequence[str] = (), *, registry: Registry | None = None) -> Scenario:
    """Read a scenario: a path, else a shipped name; `sets` are `KEY=VALUE` on top. Raises ScenarioError or PluginError."""
    return load_found(find(source), sets, registry=registry)


def load_found(found: Source, sets: Sequence[str] = (), *, registry: Registry | None = None) -> Scenario:
    """Read a scenario from the file that was found for it. Raises ScenarioError or PluginError."""
    chain, problems = _chain(found)
    over = command.settings(sets)
    return _compose(found, [*chain, over], problems, registry)


def from_tree(tree: Mapping[str, Any], file: str = "", *, registry: Registry | None = None) -> Scenario:
    """The scenario a tree of plain values says (see `Scenario.tree`). Raises ScenarioError or PluginError."""
    node = from_python(tree, Mark(file or "scenario"), Path.cwd())
    assert isinstance(node, Entries)
    return _compose(Source(Path(file or "scenario"), file), [node, Entries({}, node.mark)], [], registry)


def _chain(child: Source) -> tuple[list[Entries], list[Problem]]:
    """The files a scenario consists of, the oldest ancestor first."""
    layers: list[Entries] = []
    problems: list[Problem] = []
    ring: dict[Path, str] = {}
    source: Source | None = child
    while source is not None:
        ring[source.path.resolve()] = source.file
        node, found = read_file(source.bytes(), source.file, source.path.parent)
        layers.insert(0, node)
        problems += found
        source = _parent(node.entries.get("extends"), source, ring, problems)
    return layers, problems


def _parent(extends: Node | None, source: Source, ring: dict[Path, str], problems: list[Problem]) -> Source | None:
    """The file that is extended, if there is one; a missing one or a ring is a problem."""
    if extends is None:
        return None
    if not isinstance(extends, Leaf) or not extends.text:
        allowed = "a path from this file's folder, or a shipped name"
        problems.append(Problem("`extends` names one scenario", extends.mark, said(extends), allowed))
        return None
    try:
        parent = find(extends.text, source, extends.mark)
    except ScenarioError as error:
        problems += error.problems
        return None
    if parent.path.resolve() in ring:
        files = list(ring.values())
        start = list(ring).index(parent.path.resolve())
        round_trip = " → ".join([*files[start:], files[start]])
        problems.append(Problem("these scenarios extend each other in a ring", extends.mark, round_trip, "a chain that ends"))
        return None
    return parent


def _compose(source: Source, layers: list[Entries], problems: list[Problem], registry: Registry | None) -> Scenario:
    """Lay the files over each other and the settings on top, and read the whole."""
    *files, over = layers
    plugins, marks = _plugins(layers, problems)
    root = layout(registry or rooms_with(plugins, marks))
    merged: Node = files[0]
    for layer in files[1:]:
        merged = overlay(merged, layer, root)
    assert isinstance(merged, Entries)
    for layer in (files[-1], over):
        check_head(layer, problems)
    name, describe = text_of(files[-1], "name") or source.path.stem, text_of(files[-1], "describe")
    over = Entries({key: node for key, node in over.entries.items() if key != "plugins"}, over.mark, over.keys)
    try:
        made = under_settings((name, describe, source.file, tuple(plugins), merged, registry), over)
    except ScenarioError as error:
        raise ScenarioError(in_order([*problems, *error.problems])) from None
    if problems:
        raise ScenarioError(in_order(problems))
    return made


def check_head(layer: Entries, problems: list[Problem]) -> None:
    """Add to the problems what is wrong with `name` and `describe`: one is a line of text, the other any text."""
    for key in ("name", "describe"):
        node = layer.entries.get(key)
        if node is not None and not isinstance(node, Leaf):
            problems.append(Problem(f"`{key}` is a text", node.mark, said(node), "text"))
    node, name = layer.entries.get("name"), text_of(layer, "name")
    if node is not None and (len(name) > _LONGEST_NAME or not name.isprintable()):
        allowed = f"one line of text, at most {_LONGEST_NAME} letters"
        problems.append(Problem("`name` cannot be this", node.mark, repr(name[:80]), allowed))


def _plugins(layers: list[Entries], problems: list[Problem]) -> tuple[list[str], dict[str, Mark]]:
    """The plugin files of all layers, each once, with where each is named."""
    marks: dict[str, Mark] = {}
    for layer in layers:
        node = layer.entries.get("plugins")
        leaves = node.items if isinstance(node, Items) else [] if node is None else [node]
        for leaf in leaves:
            if not isinstance(leaf, Leaf):
                problems.append(Problem("`plugins` is a list of files", leaf.mark, said(leaf), "paths of Python files"))
            elif not leaf.is_empty:
                marks.setdefault(str(absolute(leaf)), leaf.mark)
    return list(marks), marks


def vary(scenario: Scenario, text: str) -> list[Scenario]:
    """One scenario for each value of `KEY=A,B,C`, named `NAME[KEY=VALUE]`. Raises ScenarioError."""
    key, values = command.choices(text)
    found: list[Scenario] = []
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    for value in values:
        try:
            node = read_value(value, command.mark("--vary", f"{key}={value}").file, Path.cwd())
            made = scenario.laid_over(command.nested([(key, node)]), f"{scenario.name}[{key}={value}]")
            if key in made and (first := seen.setdefault(repr(made[key]), value)) != value:
                problems.append(Problem("two values to vary are the same", command.mark("--vary", text), f"{first} and {value}",
                                        "KEY=A,B,C, each another value"))
            found.append(made)
        except ScenarioError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(problems)
    return found


def load_all(
    sources: Sequence[str | os.PathLike[str]],
    sets: Sequence[str] = (),
    varies: Sequence[str] = (),
    *,
    registry: Registry | None = None,
) -> list[Scenario]:
    """Read several scenarios, settings applied to each, and all their variations. Raises ScenarioError, also where names clash."""
    found: list[Scenario] = []
    problems: list[Problem] = []
    for source in sources:
        try:
            found += _varied(load(source, sets, registry=registry), varies)
        except ScenarioError as error:
            problems += error.problems
    problems += _clashes(found)
    if problems:
        raise ScenarioError(list(dict.fromkeys(problems)))
    return found


def _varied(scenario: Scenario, varies: Sequence[str]) -> list[Scenario]:
    command.require_varied(varies)
    found = [scenario]
    for text in varies:
        found = list(itertools.chain.from_iterable(vary(one, text) for one in found))
    return found


def _clashes(scenarios: list[Scenario]) -> list[Problem]:
    first: dict[str, Scenario] = {}
    problems = []
    for scenario in scenarios:
        if scenario.name in first:
            what = f"two scenarios are called `{scenario.name}`"
            read = f"{first[scenario.name].file} and {scenario.file}"
            problems.append(Problem(what, Mark(scenario.file), read, "a `name` of its own for each"))
        first.setdefault(scenario.name, scenario)
    return problems
