"""All facts there are, by id: every module of this room that has a `FACT` is one."""

from __future__ import annotations

import difflib
import functools
import hashlib
import importlib
import pkgutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from smsim.errors import InputError, Problem
from smsim.facts.fact import Fact

_ROOM = "smsim.facts"


@functools.cache
def shelf() -> Mapping[str, Fact]:
    """Every fact by its id, in the order of the numbers. Raises ValueError where two have the same."""
    found: dict[str, Fact] = {}
    for fact in _modules().values():
        if fact.id in found:
            raise ValueError(f"two facts have the id {fact.id}: {found[fact.id].title}, {fact.title}")
        found[fact.id] = fact
    return {fact.id: fact for fact in sorted(found.values(), key=lambda one: (len(one.id), one.id))}


@functools.cache
def _modules() -> Mapping[str, Fact]:
    """The facts by the name of their file."""
    names = [info.name for info in pkgutil.iter_modules(importlib.import_module(_ROOM).__path__)]
    modules = {name: importlib.import_module(f"{_ROOM}.{name}") for name in sorted(names)}
    return {name: module.FACT for name, module in modules.items() if isinstance(getattr(module, "FACT", None), Fact)}


def file_of(fact: Fact) -> str:
    """The name of the file a fact stands in."""
    return next(name for name, one in _modules().items() if one is fact)


def choose(asked: Sequence[str]) -> list[Fact]:
    """The facts asked for by id or file name, each once and in their order; all where none is. Raises InputError."""
    names = {name: fact.id for name, fact in _modules().items()}
    known = [*shelf(), *names]
    problems = [_unknown(one, known) for one in asked if one not in known]
    if problems:
        raise InputError(problems)
    ids = {names.get(one, one) for one in asked} or set(shelf())
    return [fact for fact in shelf().values() if fact.id in ids]


def _unknown(asked: str, known: list[str]) -> Problem:
    near = difflib.get_close_matches(asked, known, 1)
    return Problem("there is no such fact", read=asked, allowed=", ".join(known), meant=f"`{near[0]}`" if near else "")


def code_hash() -> str:
    """Tells the facts' own code from any other: numbers read by other code are other numbers."""
    digest = hashlib.blake2b(digest_size=8)
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()
