"""Settings as the command line gives them: `--set KEY=VALUE` and `--vary KEY=A,B,C`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from smsim.errors import Mark, Problem, ScenarioError
from smsim.scenario.nodes import Entries, Node
from smsim.scenario.reading import read_value

_OPENS, _CLOSES = "[{", "]}"
_MOST_VARIED = 1000
_ALLOWED = {"--set": "KEY=VALUE, such as run.weeks=52", "--vary": "KEY=A,B,C, such as practices.meetings.every=1 week,2 weeks"}


class Told(str):
    """A setting that an option of its own tells, such as `--weeks 52`; `option` is its name."""

    option: str

    def __new__(cls, option: str, key: str, value: object) -> Told:
        """`key=value`, as `--set` would have it."""
        told = super().__new__(cls, f"{key}={value}")
        told.option = option
        return told


def mark(option: str, text: str) -> Mark:
    """Where a setting stands that has no file: the option and what follows it, not endlessly long."""
    return Mark(f"{option} {text[:80]}{'…' if len(text) > 80 else ''}")


def _mark(text: str) -> Mark:
    return mark(text.option, text.partition("=")[2]) if isinstance(text, Told) else mark("--set", text)


def split(text: str, option: str) -> tuple[str, str]:
    """`KEY=VALUE` in two. Raises ScenarioError where there is no key or no `=`."""
    key, equals, value = text.partition("=")
    if not equals or not key.strip():
        raise ScenarioError(Problem("a setting needs a key and a value", mark(option, text), text[:80], _ALLOWED[option]))
    return key.strip(), value.strip()


def settings(sets: Sequence[str]) -> Entries:
    """All `--set` as one map on top of the file. Raises ScenarioError for every one that cannot be read or is set twice."""
    pairs: list[tuple[str, Node]] = []
    problems: list[Problem] = []
    first: dict[str, Mark] = {}
    for text in sets:
        try:
            key, value = split(text, "--set")
            if key in first:
                problems.append(Problem(f"`{key[:80]}` is set twice", _mark(text), value[:80], f"one value; the first is `{first[key]}`"))
            first.setdefault(key, _mark(text))
            pairs.append((key, read_value(value, _mark(text).file, Path.cwd())))
        except ScenarioError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(problems)
    return nested(pairs)


def nested(pairs: Iterable[tuple[str, Node]], marks: Mapping[str, Mark] | None = None) -> Entries:
    """Dotted keys and their nodes as maps within maps; what comes later wins. `marks` says where keys stand, if not at their value."""
    root = Entries({}, Mark(""))
    for key, node in pairs:
        here, path, mark = root, key.split("."), (marks or {}).get(key, node.mark)
        for part in path[:-1]:
            below = here.entries.get(part)
            if not isinstance(below, Entries):
                below = Entries({}, node.mark)
            else:
                below = Entries(dict(below.entries), node.mark, dict(below.keys))
            here.entries[part], here.keys[part] = below, mark
            here = below
        here.entries[path[-1]], here.keys[path[-1]] = node, mark
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
        raise ScenarioError(Problem(f"a value to vary {wrong}", mark("--vary", text), text[:80], "KEY=A,B,C, each another value"))
    return key, values


def require_varied(varies: Sequence[str]) -> None:
    """Make sure, before anything is made, that every key is varied once and not too much comes of it. Raises ScenarioError."""
    count, keys = 1, set()
    for text in varies:
        key, values = choices(text)
        if key in keys:
            raise ScenarioError(Problem(f"`{key[:80]}` is varied twice", mark("--vary", text), key[:80], "each key once: KEY=A,B,C"))
        keys.add(key)
        count *= len(values)
        if count > _MOST_VARIED:
            what = f"this makes {count} scenarios of each"
            raise ScenarioError(Problem(what, mark("--vary", text), f"{len(values)} values", f"at most {_MOST_VARIED} scenarios"))
