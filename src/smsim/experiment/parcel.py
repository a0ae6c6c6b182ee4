"""What travels to another machine: a scenario as it was read, and the bytes of every file it names.

There the files are laid into a folder named by their content, and the scenario is read again with their new places in it. So a plugin
that is edited is another file there, whatever a worker has imported before.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import os
import pickle
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from smsim.core.cache import cache_folder
from smsim.errors import RunError
from smsim.experiment import identity, versions
from smsim.experiment.plan import Plan
from smsim.experiment.worker import Failure, Landed, Play, play_one
from smsim.scenario import Scenario
from smsim.scenario.nodes import Entries, Items, Node


@dataclass(frozen=True)
class Parcel:
    """A scenario on its way: pickled, where each file it names has its bytes' hash, and the rules it is to be played by."""

    scenario: bytes
    files: tuple[tuple[str, str], ...]
    code: str

    @classmethod
    def of(cls, scenario: Any) -> Parcel:
        """Pack a scenario. Raises OSError where a file it names cannot be read."""
        files = tuple((str(path), _digest(path.read_bytes())) for path in identity.named_files(scenario))
        fields = scenario.__reduce__()[1] if isinstance(scenario, Scenario) else scenario
        return cls(pickle.dumps(fields), files, versions.code_hash())


def luggage(plan: Plan) -> dict[str, tuple[str, bytes]]:
    """The files of a plan's scenarios: hash → name and bytes."""
    paths = dict.fromkeys(path for scenario in plan.scenarios for path in identity.named_files(scenario))
    contents = ((path.name, path.read_bytes()) for path in paths)
    return {_digest(content): (name, content) for name, content in contents}


def unpack(files: Mapping[str, tuple[str, bytes]]) -> None:
    """Lay files down where `play_parcel` looks for them. Raises OSError."""
    for digest, (name, content) in files.items():
        path = _place(digest, name)
        if path.is_file() and path.read_bytes() == content:
            continue
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).replace(path)


def play_parcel(play: Play | str, parcel: Parcel, seed: int, leads: bool) -> Landed:
    """Play one replication of a scenario that came from elsewhere, and say by which rules."""
    if parcel.code != versions.code_hash():
        return Landed(Failure("the worker has another version of smsim, or of Python, NumPy, Numba or Mesa"), identity.rules())
    try:
        scenario = _opened(parcel)
    except Exception as error:
        return Landed(Failure.of(error), identity.rules())
    return Landed(play_one(play, scenario, seed, leads), identity.rules())


@functools.lru_cache(maxsize=256)
def _opened(parcel: Parcel) -> Any:
    fields = pickle.loads(parcel.scenario)
    if not isinstance(fields, tuple):
        return fields
    places = {path: str(_arrived(digest, Path(path).name)) for path, digest in parcel.files}
    name, describe, file, plugins, node, injected = fields
    return Scenario(name, describe, file, tuple(places.get(plugin, plugin) for plugin in plugins), _moved(node, places), injected)


def _moved(node: Node, places: Mapping[str, str]) -> Any:
    """The same node where every file it names lies where it was unpacked."""
    if isinstance(node, Entries):
        return dataclasses.replace(node, entries={key: _moved(inner, places) for key, inner in node.entries.items()})
    if isinstance(node, Items):
        return dataclasses.replace(node, items=tuple(_moved(inner, places) for inner in node.items))
    for path in identity.paths_of(node):
        if str(path) in places:
            _, colon, mind = node.text.rpartition(".py:")
            return dataclasses.replace(node, text=f"{places[str(path)]}:{mind}" if colon else places[str(path)], folder=None)
    return node


def _arrived(digest: str, name: str) -> Path:
    path = _place(digest, name)
    if not path.is_file() or _digest(path.read_bytes()) != digest:
        raise RunError(f"the file {name} did not arrive on this worker")
    return path


def _place(digest: str, name: str) -> Path:
    folder = cache_folder("carried", digest)
    if folder is None:
        raise RunError("no disk can be written on this worker")
    return folder / name


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()
