"""A store that forgets nothing: every finished run in a file of its own, named by what the run follows from.

A file appears at once or not at all, so any number of processes may write to one store: two that keep the same run keep the same
bytes. A file that is not what was kept is noticed by its checksum, and its run is played and kept again.
"""

from __future__ import annotations

import errno
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from smsim.core.cache import cache_folder
from smsim.errors import InputError, Problem
from smsim.experiment.entry import DamagedError, pack, told_of, unpack

#: The word that keeps nothing.
OFF = "off"
_NAME = re.compile(r"[0-9a-f]{32}\.run")


@dataclass(frozen=True)
class Kept:
    """A file of the store: the run it holds as it tells itself, its size in bytes, and when it was last used (seconds since 1970)."""

    path: Path
    told: Mapping[str, Any]
    size: int
    used: float


class RunStore:
    """The folder of a store. It is made when the first run is kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path_of(self, key: str) -> Path:
        """Where a run is kept."""
        return self.folder / key[:2] / f"{key}.run"

    def get(self, key: str) -> dict[str, pa.Table] | None:
        """The tables of a run, None where it is not kept. Raises DamagedError, OSError."""
        path = self.path_of(key)
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return None
        try:
            found = unpack(content, key)
        except pa.ArrowException as error:
            raise DamagedError(f"cannot be read: {error}") from error
        with suppress(OSError):
            os.utime(path)
        return found

    def put(self, key: str, told: Mapping[str, Any], rows: Mapping[str, pa.Table]) -> None:
        """Keep a run. Raises OSError; then nothing is left of it."""
        path = self.path_of(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(pack({"key": key, **told}, rows))
            Path(temporary).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(temporary).unlink(missing_ok=True)
            raise

    def files(self) -> Iterator[Path]:
        """Everything that lies in the store, whosever it is; files half written are not shown."""
        for path in sorted(self.folder.rglob("*")) if self.folder.is_dir() else ():
            if not path.is_dir() and not (path.name.startswith(".") and path.name.endswith(".tmp")):
                yield path

    def kept(self) -> Iterator[Kept]:
        """Every run of the store, as its file tells; what tells nothing is left out."""
        for path in self.files():
            with suppress(DamagedError, OSError):
                if is_ours(path):
                    status = path.stat()
                    yield Kept(path, told_of(path), status.st_size, status.st_mtime)

    def check(self) -> Iterator[tuple[Path, str]]:
        """Read every file to its end; those that are no runs as they were kept, and why."""
        for path in self.files():
            if not is_ours(path):
                yield path, "was not written by smsim"
                continue
            try:
                unpack(path.read_bytes(), path.stem)
            except (DamagedError, pa.ArrowException) as error:
                yield path, str(error)
            except OSError as error:
                yield path, f"cannot be read: {os.strerror(error.errno) if error.errno else error}"

    def tidy(self, before: float) -> None:
        """Take away what killed processes left half written before an instant (seconds since 1970)."""
        for path in self.folder.rglob(".*.tmp"):
            with suppress(OSError):
                if path.stat().st_mtime < before:
                    path.unlink()


def is_ours(path: Path) -> bool:
    """Whether a file of the store has the name of a run and lies where it belongs."""
    return _NAME.fullmatch(path.name) is not None and path.parent.name == path.name[:2]


def named(asked: str | os.PathLike[str] | None = None) -> RunStore | None:
    """The store that is asked for, else that of SMSIM_STORE, else one in the user's cache; None for `off`, or where no disk can be written.

    Raises InputError for a path at which there is a file.
    """
    said = os.fspath(asked) if asked is not None else os.environ.get("SMSIM_STORE", "")
    if said.strip().lower() == OFF:
        return None
    folder = Path(said).expanduser() if said.strip() else cache_folder("runs")
    if folder is None:
        return None
    if folder.exists() and not folder.is_dir():
        raise InputError(Problem("the store is no folder", read=f"SMSIM_STORE={folder}", allowed="a folder, a new one, or `off`"))
    return RunStore(folder)


def why(error: OSError) -> str:
    """What keeps a disk from being used, in words."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "the disk is full"
    return os.strerror(error.errno) if error.errno else str(error)
