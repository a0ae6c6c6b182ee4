"""Bytes become nodes: YAML is parsed for its shape alone, every scalar is kept as its text, nothing is ever constructed.

So `no`, `12:30`, `010` and `1e-3` are just what was written; the parameter decides what they mean. Tags, several documents,
endless aliases, deep nesting and large files are refused with the place they stand at.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from smsim.errors import Mark, Problem, ScenarioError
from smsim.scenario.decoding import around, decode, has_half, place
from smsim.scenario.nodes import Entries, Items, Leaf, Node

DEEPEST = 50
MOST_NODES = 20_000


@dataclass
class _Open:
    """A list or map that has begun and not ended."""

    mark: Mark
    anchor: str | None
    is_map: bool
    items: list[Node] = field(default_factory=list)
    entries: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Mark] = field(default_factory=dict)
    key: str | None = None
    key_mark: Mark | None = None
    size: int = 1
    height: int = 1

    def close(self) -> Node:
        if self.is_map:
            return Entries(self.entries, self.mark, self.keys)
        return Items(tuple(self.items), self.mark)


@dataclass(frozen=True)
class _Sized:
    """A node with what it weighs once its aliases are written out."""

    node: Node
    size: int = 1
    height: int = 1


class Reader:
    """Reads one YAML text into nodes. What can be read past is collected in `problems`; anything worse is raised."""

    def __init__(self, file: str, folder: Path | None) -> None:
        self.file, self.folder = file, folder
        self.problems: list[Problem] = []
        self._open: list[_Open] = []
        self._anchors: dict[str, _Sized | None] = {}
        self._documents = self._events = 0
        self._root: Node | None = None

    def read(self, text: str) -> Node | None:
        """The node the text holds, or None where it holds none. Raises ScenarioError."""
        try:
            for event in yaml.parse(text, Loader=yaml.SafeLoader):
                self._take(event)
        except yaml.YAMLError as error:
            raise ScenarioError([*self.problems, self._syntax(error, text)]) from None
        except (ValueError, OverflowError, IndexError, TypeError) as error:
            raise ScenarioError([*self.problems, Problem("this is not YAML", Mark(self.file), read=str(error)[:80])]) from None
        return self._root

    def _take(self, event: Any) -> None:
        self._events += 1
        if self._events > 3 * MOST_NODES:
            self._refuse("this says too much", event, f"at most {MOST_NODES} values")
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._refuse("a scenario file holds one document, this is a second", event, "one document, no `---` in between")
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            self._begin(event)
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            ended = self._open.pop()
            self._put(_Sized(ended.close(), ended.size, ended.height), ended.anchor)

    def _mark(self, event: Any) -> Mark:
        return Mark(self.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def _refuse(self, what: str, event: Any, allowed: str = "") -> None:
        raise ScenarioError([*self.problems, Problem(what, self._mark(event), allowed=allowed)])

    def _untagged(self, event: Any) -> None:
        if event.tag is not None:
            mark, tag = self._mark(event), str(event.tag).replace("tag:yaml.org,2002:", "!!", 1)
            self.problems.append(Problem("tags are not allowed", mark, tag[:80], "plain values without `!`"))

    def _begin(self, event: Any) -> None:
        self._untagged(event)
        if len(self._open) >= DEEPEST:
            self._refuse("this is nested too deep", event, f"at most {DEEPEST} levels")
        if self._open and self._awaits_key():
            self._refuse("a key must be a plain word", event)
        if event.anchor:
            self._anchors[event.anchor] = None
        self._open.append(_Open(self._mark(event), event.anchor, isinstance(event, yaml.MappingStartEvent)))

    def _awaits_key(self) -> bool:
        return self._open[-1].is_map and self._open[-1].key is None

    def _scalar(self, event: Any) -> None:
        self._untagged(event)
        text, mark = event.value, self._mark(event)
        if has_half(text):
            self.problems.append(Problem("this text holds half a character", mark, allowed="whole Unicode characters"))
            text = text.encode("utf-8", "replace").decode()
        leaf = Leaf(text, mark, plain=event.style is None, folder=self.folder)
        self._put(_Sized(leaf), event.anchor)

    def _alias(self, event: Any) -> None:
        if event.anchor not in self._anchors:
            self._refuse(f"nothing is named `&{event.anchor}` above", event)
        known = self._anchors[event.anchor]
        if known is None:
            self._refuse(f"`*{event.anchor}` stands inside itself", event)
        elif len(self._open) + known.height > DEEPEST + 1:
            self._refuse("this is nested too deep", event, f"at most {DEEPEST} levels")
        elif isinstance(known.node, Entries | Items) and self._open and self._awaits_key():
            self._refuse("a key must be a plain word", event)
        else:
            self._put(known, None)

    def _put(self, sized: _Sized, anchor: str | None) -> None:
        """Lay a finished node into the list or map that is open."""
        if anchor:
            self._anchors[anchor] = sized
        if not self._open:
            self._root = sized.node
            return
        into = self._open[-1]
        into.size += sized.size
        into.height = max(into.height, sized.height + 1)
        if into.size > MOST_NODES:
            problem = Problem("this says too much", sized.node.mark, allowed=f"at most {MOST_NODES} values")
            raise ScenarioError([*self.problems, problem])
        if not into.is_map:
            into.items.append(sized.node)
        elif into.key is None:
            assert isinstance(sized.node, Leaf)
            into.key, into.key_mark = sized.node.text, sized.node.mark
        else:
            self._lay(into, sized.node)

    def _lay(self, into: _Open, node: Node) -> None:
        key, mark = into.key, into.key_mark
        assert key is not None
        assert mark is not None
        if key in into.entries:
            first = into.keys[key]
            self.problems.append(Problem(f"`{key}` stands here twice", mark, key, f"one `{key}`; the first is at {first}"))
        else:
            into.entries[key], into.keys[key] = node, mark
        into.key = into.key_mark = None

    def _syntax(self, error: yaml.YAMLError, text: str) -> Problem:
        """A syntax error of the parser, in words."""
        if isinstance(error, yaml.MarkedYAMLError):
            at = error.problem_mark or error.context_mark
            mark = Mark(self.file, at.line + 1, at.column + 1) if at else Mark(self.file)
            if "'\\t'" in (error.problem or ""):
                read = around(text, mark.line, mark.column)
                return Problem("a tab stands where spaces are expected", mark, read, allowed="indentation by spaces")
            context = f" {error.context}" if error.context else ""
            what, read = f"this is not YAML:{context} {error.problem or ''}".rstrip(), around(text, mark.line, mark.column)
            return Problem(what, mark, read, "`key: value`, a key on each line, lists as `[a, b]`, maps as `{key: value}`")
        position = getattr(error, "position", 0)
        mark, read = place(self.file, text, position), repr(text[position : position + 1])
        return Problem("this is not text: it holds a control character", mark, read, allowed="a text file")


def read_file(data: bytes, file: str, folder: Path) -> tuple[Entries, list[Problem]]:
    """What a scenario file says, and what is wrong with how it says it. Raises ScenarioError where nothing can be made of it."""
    reader = Reader(file, folder)
    node = reader.read(decode(data, file))
    if node is None or (isinstance(node, Leaf) and node.is_empty):
        problem = Problem("this file is empty", Mark(file, 1, 1), allowed="at least a `name`; `smsim new` writes a start")
        raise ScenarioError([*reader.problems, problem])
    if not isinstance(node, Entries):
        kind = "a list" if isinstance(node, Items) else "a single text"
        problem = Problem(f"a scenario is a map of keys, this is {kind}", node.mark, allowed="`key: value`, a key on each line")
        raise ScenarioError([*reader.problems, problem])
    return node, reader.problems


def read_value(text: str, file: str, folder: Path) -> Node:
    """A value from the command line: YAML's flow form where it begins as such, else the text as it stands. Raises ScenarioError."""
    text = text.strip()
    if has_half(text):
        raise ScenarioError(Problem("this text holds half a character", Mark(ascii(file)), allowed="whole Unicode characters"))
    if not text.startswith(("{", "[", '"', "'")):
        return Leaf(text, Mark(file), plain=bool(text), folder=folder)
    reader = Reader(file, folder)
    node = reader.read(text)
    if reader.problems or node is None:
        raise ScenarioError(reader.problems or [Problem("nothing stands there", Mark(file))])
    return node
