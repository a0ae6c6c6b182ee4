"""Settings as the command line gives them: `--set KEY=VALUE` and `--vary KEY=A,B,C`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from smsim.errors import Mark, Problem, ScenarioError
from smsim.scenario.nodes import Entries, Node
from smsim.scenario.reading import read_value

_OPENS, _CLOSES = "[{", "]}"


def split(text: str, option: str) -> tuple[str, str]:
    """`KEY=VALUE` in two. Raises ScenarioError where there is no key or no `=`."""
    key, equals, value = text.partition("=")
    if not equals or not key.strip():
        mark = Mark(f"{option} {text}")
        raise ScenarioError(Problem("a setting needs a key and a value", mark, text, "KEY=VALUE, such as run.weeks=52"))
    return key.strip(), value.strip()


def settings(sets: Sequence[str]) -> Entries:
    """All `--set` as one map on top of the file. Raises ScenarioError for every one that cannot be read."""
    pairs: list[tuple[str, Node]] = []
    problems: list[Problem] = []
    for text in sets:
        try:
            key, value = split(text, "--set")
            pairs.append((key, read_value(value, f"--set {text}", Path.cwd())))
        except ScenarioError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(problems)
    return nested(pairs)


def nested(pairs: Iterable[tuple[str, Node]]) -> Entries:
    """Dotted keys and their nodes as maps within maps; what comes later wins."""
    root = Entries({}, Mark(""))
    for key, node in pairs:
        here, path = root, key.split(".")
        for part in path[:-1]:
            below = here.entries.get(part)
            if not isinstance(below, Entries):
                below = Entries({}, node.mark)
            else:
                below = Entries(dict(below.entries), node.mark, dict(below.keys))
            here.entries[part], here.keys[part] = below, node.mark
            here = below
        here.entries[path[-1]], here.keys[path[-1]] = node, node.mark
    return root


def choices(text: str) -> tuple[str, list[str]]:
    """`KEY=A,B,C` as the key and its values; commas inside brackets and quotes do not part. Raises ScenarioError."""
    key, value = split(text, "--vary")
    parts, depth, quote = [""], 0, ""
    for letter in value:
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "'\"" and not parts[-1].strip():
            quote = letter
        depth += (letter in _OPENS) - (letter in _CLOSES)
        if letter == "," and not depth and not quote:
            parts.append("")
        else:
            parts[-1] += letter
    values = [part.strip() for part in parts]
    if not all(values) or len(set(values)) < len(values):
        wrong = "stands here twice" if all(values) else "is empty"
        raise ScenarioError(Problem(f"a value to vary {wrong}", Mark(f"--vary {text}"), text, "KEY=A,B,C, each another value"))
    return key, values
