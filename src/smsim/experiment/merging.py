"""Parts become tables: rows of finished replications are merged into the files of a results folder, in canonical order."""

from __future__ import annotations

import heapq
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from smsim.experiment import tables

LARGE = ("days", "curves", "leads")


def read(folder: Path, name: str) -> pa.Table | None:
    """A table of a folder, None where it is not there."""
    path = folder / f"{name}.parquet"
    return pq.read_table(path, partitioning=None) if path.is_file() else None


def parts(folder: Path) -> list[Path]:
    """The parts not yet merged."""
    return sorted(path for path in (folder / "parts").glob("[0-9]*") if path.is_dir())


def everything(folder: Path, name: str) -> pa.Table | None:
    """A table with the rows of all parts, merged yet or not; None where there is none.

    Parts are read before the table: one that is merged and removed meanwhile is in the table.
    """
    pieces = [*map(_read_if_there, (part / f"{name}.parquet" for part in parts(folder))), read(folder, name)]
    found = [piece for piece in reversed(pieces) if piece is not None]
    if not found:
        return None
    if name == "runs":
        return tables.canonical(name, *found)
    common = tables.schema(name, *(table.schema for table in found))
    return pa.concat_tables([common.empty_table(), *(tables.fit(piece, common) for piece in _merged(*found))])


def _read_if_there(path: Path) -> pa.Table | None:
    try:
        return pq.read_table(path, partitioning=None)
    except FileNotFoundError:
        return None


def known_runs(folder: Path) -> pa.Table | None:
    """Every finished replication of a folder."""
    return everything(folder, "runs")


def clean(folder: Path) -> None:
    """Remove what a killed process left half written."""
    for path in folder.glob(".*.tmp"):
        path.unlink(missing_ok=True)
    for path in (folder / "parts").glob(".*"):
        shutil.rmtree(path, ignore_errors=True)


def write_part(place: Path, made: dict[str, pa.Table]) -> None:
    """Write the rows of some replications so that they appear all at once or not at all."""
    number = 1 + max((int(path.name) for path in place.glob("[0-9]*")), default=0)
    temporary = place / f".{number:08}"
    temporary.mkdir()
    for name, table in made.items():
        tables.write(temporary / f"{name}.parquet", [table], table.schema)
    _sync(temporary)
    temporary.rename(place / f"{number:08}")
    _sync(place)


def _sync(folder: Path) -> None:
    """Make names last through a power cut, where the system can."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def merge(folder: Path) -> None:
    """Bring the rows of all parts into the large tables, then remove the parts. `runs.parquet` has them already."""
    waiting = parts(folder)
    if not waiting:
        return
    for name in LARGE:
        pieces = [table for part in waiting if (table := read(part, name)) is not None]
        if pieces:
            _merge_table(folder / f"{name}.parquet", name, pieces)
    for part in waiting:
        gone = part.with_name(f".{part.name}")
        part.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)


def _merge_table(path: Path, name: str, fresh: list[pa.Table]) -> None:
    common = tables.schema(name, *(table.schema for table in fresh))
    if not path.is_file():
        tables.write(path, _merged(*fresh), common)
        return
    with pq.ParquetFile(path) as old:
        tables.write(path, _merged(old, *fresh), tables.schema(name, old.schema_arrow, common))


def _merged(*sources: pq.ParquetFile | pa.Table) -> Iterator[pa.Table]:
    """The rows of each replication in canonical order, those of the first source where several have it."""
    last: tables.Key | None = None
    for key, piece in heapq.merge(*map(_slices, sources), key=lambda found: found[0]):
        if key != last:
            yield piece
        last = key


def _slices(source: pq.ParquetFile | pa.Table) -> Iterator[tuple[tables.Key, pa.Table]]:
    if isinstance(source, pq.ParquetFile):
        for group in range(source.num_row_groups):
            yield from tables.by_replication(source.read_row_group(group))
    else:
        yield from tables.by_replication(source)
