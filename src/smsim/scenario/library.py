"""The scenarios and questions that come with smsim, and how a name finds one of them, or a file of one's own."""

from __future__ import annotations

import importlib.resources
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from smsim.errors import Mark, Problem, ScenarioError
from smsim.scenario import usual
from smsim.scenario.decoding import LARGEST, has_half
from smsim.scenario.nodes import Items, Leaf, Node, nearest
from smsim.scenario.paths import exists, is_file, siblings
from smsim.scenario.reading import read_file

#: What comes with smsim: firms, questions about them, decisions in them.
type Kind = Literal["scenario", "experiment", "recommendation"]
#: The key by which each names the scenario it starts from.
STARTS: dict[Kind, str] = {"scenario": "extends", "experiment": "base", "recommendation": "base"}


@dataclass(frozen=True)
class Shipped:
    """What comes with smsim: the name it is called by, what it says of itself, the scenario it starts from."""

    name: str
    describe: str
    extends: str


@dataclass(frozen=True)
class Source:
    """A file that was found: where it lies, and what it is called in messages; `text` where it is written from a class and lies nowhere."""

    path: Path
    file: str
    text: str = ""

    def bytes(self) -> bytes:
        """What the file holds, up to a little more than is allowed. Raises ScenarioError."""
        if self.text:
            return self.text.encode()
        try:
            with self.path.open("rb") as stream:
                return stream.read(LARGEST + 1)
        except OSError as error:
            problem = Problem("this file cannot be read", Mark(self.file), error.strerror or "", "a file that may be read")
            raise ScenarioError(problem) from None


def folder(kind: Kind = "scenario") -> Path:
    """Where the shipped scenarios, or questions, lie."""
    return Path(str(importlib.resources.files("smsim") / f"{kind}s"))


def names(kind: Kind = "scenario") -> list[str]:
    """What shipped scenarios are called: `silo`, `companies/web`; those at the top first."""
    root = folder(kind)
    found = {file.relative_to(root).with_suffix("").as_posix() for file in root.rglob("*.yaml")}
    found |= usual.written().keys() if kind == "scenario" else set()
    return sorted(found, key=lambda name: (name.count("/"), name))


def _named(name: str, kind: Kind) -> Source:
    """What a shipped name means: a file, else what the practice of that name says of itself."""
    source = Source(folder(kind) / f"{name}.yaml", f"{name}.yaml")
    if is_file(source.path):
        return source
    return Source(source.path, source.file, usual.text_of([usual.written()[name]], {"name": name}))


def shipped(kind: Kind = "scenario") -> list[Shipped]:
    """The scenarios, or questions, that come with smsim, with what each says of itself."""
    found = []
    for name in names(kind):
        source = _named(name, kind)
        node, _ = read_file(source.bytes(), source.file, source.path.parent)
        found.append(Shipped(name, _text(node.entries.get("describe")), _text(node.entries.get(STARTS[kind]))))
    return found


def _text(node: Node | None) -> str:
    if isinstance(node, Items):
        return ", ".join(map(_text, node.items))
    return node.text if isinstance(node, Leaf) else ""


def find(
    source: str | os.PathLike[str], beside: Source | None = None, mark: Mark | None = None, kind: Kind = "scenario",
) -> Source:
    """The file a source means: a path (from the folder of the file `beside`), else a shipped name. Raises ScenarioError.

    A Python file means the silo with what it brings (see `usual`).
    """
    text = os.fspath(source)
    base = beside.path.parent if beside else Path()
    path = base / text
    if is_file(path):
        if has_half(text):
            raise ScenarioError(Problem("the name of this file is not written in UTF-8", mark, text[:80], "a file with another name"))
        called = _called(text, beside)
        written = usual.text_of_file(path, called) if kind == "scenario" and path.suffix == ".py" else ""
        return Source(path, called, written)
    name = text.removesuffix(".yaml").removesuffix(".yml").replace(os.sep, "/")
    if name in names(kind):
        return _named(name, kind)
    raise ScenarioError(_missing(text, path, mark, kind))


def _called(text: str, beside: Source | None) -> str:
    """The name of a file in messages: as it was given, or from where its child was given."""
    return text if beside is None else Path(beside.file).parent.joinpath(text).as_posix()


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _missing(text: str, path: Path, mark: Mark | None, kind: Kind) -> Problem:
    """Nothing of that name: say what is near."""
    allowed = f"a file, or a shipped {kind}: " + ", ".join(names(kind))
    read = text if len(text) <= 80 else text[:80] + "…"
    if not text.strip():
        return Problem(f"an empty text names no {kind}", mark, repr(text), allowed)
    if _is_folder(path):
        files = ", ".join(sorted(file.name for file in path.glob("*.yaml"))[:10])
        return Problem(f"`{read}` is a folder", mark, read, f"a file; in it lie {files}" if files else allowed)
    beside = siblings(path)
    if path in beside or exists(path):
        what = "is no ordinary file" if exists(path) else "is a link to nothing"
        return Problem(f"`{read}` {what}", mark, read, allowed)
    own = {other.stem: other.name for other in beside if other.suffix in (".yaml", ".yml")}
    near = nearest(path.stem, own).strip("`")
    near = f"`{Path(text).with_name(own[near]).as_posix()}`" if near else ""
    return Problem(f"there is no {kind} `{read}`", mark, read, allowed, near or nearest(text.removesuffix(".yaml"), names(kind)))
