"""What a run follows from, and nothing else: the scenario without its names, the bytes of the files it names, the seed, the rules."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import importlib.util
import json
import os
import platform
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from smsim.experiment import versions
from smsim.experiment.plan import plain, without_free
from smsim.experiment.worker import MODEL, Play
from smsim.scenario.nodes import Entries, Items, Leaf, Node
from smsim.scenario.paths import absolute, is_file

#: How a scenario is called and told leaves its numbers as they are.
_NAMES = ("name", "describe")


@functools.cache
def rules() -> str:
    """A short hash of everything but the scenario that decides a run's numbers to the last bit, on this machine.

    The sources of the model; Python, NumPy, Numba, Mesa, SciPy and llvmlite; the kind of processor kernels are compiled for and the
    C library (both decide the last bit of `exp`); whether kernels are compiled; the sources of installed plugins.
    """
    told = [versions.code_hash(), versions.of("scipy"), versions.of("llvmlite"), _processor(), "/".join(platform.libc_ver()),
            os.environ.get("NUMBA_DISABLE_JIT", "0"), *_installed()]
    return _hash("\n".join(told).encode())


def _processor() -> str:
    try:
        from llvmlite import binding

        return f"{platform.machine()} {binding.get_host_cpu_name()}"
    except ImportError:
        return platform.machine()


def _installed() -> Iterator[str]:
    """The sources of plugins that are installed as packages."""
    for point in sorted(importlib.metadata.entry_points(group="smsim"), key=str):
        found = importlib.util.find_spec(point.module)
        yield f"{point.value} {_folder_hash(Path(found.origin).parent) if found is not None and found.origin else ''}"


def of_scenario(scenario: Any, play: Play | str) -> str | None:
    """The hash of what a run of a scenario follows from besides its seed; None for what cannot be told by its content.

    That is a model of a user's own (unless it says what it is: `play.content(name)`), and a scenario with parts that lie in no file.
    """
    asked = "model" if play == MODEL else getattr(play, "content", None)
    if asked is None or getattr(scenario, "injected", None) is not None:
        return None
    what = asked if isinstance(asked, str) else asked(scenario.name)
    files = {str(path): _of_file(path) for path in named_files(scenario)}
    tree = {key: value for key, value in without_free(plain(scenario.tree())).items() if key not in _NAMES}
    return _hash(json.dumps([rules(), plain(what), _moved(tree, files), list(files.values())], ensure_ascii=False).encode())


def of_run(scenario: str, seed: int, *, leads: bool) -> str:
    """The key a run is kept under, from its scenario's hash."""
    return _hash(f"{scenario}/{seed}/{'leads' if leads else ''}".encode())


def named_files(scenario: Any) -> list[Path]:
    """Every file a scenario names, in the order it names them: plugins, files of minds, lead logs."""
    plugins = [Path(plugin) for plugin in getattr(scenario, "plugins", ())]
    node = getattr(scenario, "node", None)
    written = (path for leaf in _leaves(node) for path in paths_of(leaf)) if node is not None else ()
    return list(dict.fromkeys([*plugins, *(path for path in written if is_file(path))]))


def paths_of(leaf: Leaf) -> Iterator[Path]:
    """The path that a text of a scenario may mean, as it stands or before `:Name`; whether anything lies there is not asked."""
    mind, colon, _ = leaf.text.rpartition(".py:")
    text = f"{mind}.py" if colon else leaf.text
    if leaf.value is None and "." in text and "\n" not in text:
        yield absolute(Leaf(text, leaf.mark, folder=leaf.folder))


def _leaves(node: Node) -> Iterator[Leaf]:
    if isinstance(node, Leaf):
        yield node
    else:
        for inner in node.items if isinstance(node, Items) else node.entries.values() if isinstance(node, Entries) else ():
            yield from _leaves(inner)


def _moved(value: Any, files: Mapping[str, str]) -> Any:
    """The same value with every path replaced by what lies there: a study that is moved stays the same."""
    if isinstance(value, dict):
        return {key: _moved(inner, files) for key, inner in value.items()}
    if isinstance(value, list):
        return [_moved(inner, files) for inner in value]
    if isinstance(value, str):
        path, colon, name = value.rpartition(".py:")
        known = files.get(f"{path}.py" if colon else value)
        return value if known is None else {"file": known, "name": name if colon else ""}
    return value


def _of_file(path: Path) -> str:
    """The hash of a file; of a Python file, with all that lies beside it and may be imported from there."""
    known = _hash(path.read_bytes())
    return f"{known} {_folder_hash(path.parent)}" if path.suffix == ".py" else known


def _folder_hash(folder: Path) -> str:
    return _hash(b"".join(file.name.encode() + file.read_bytes() for file in sorted(folder.glob("*.py")) if is_file(file)))


def _hash(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()
