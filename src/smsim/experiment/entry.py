"""A kept run as bytes: a line that says what it is, a checksum of all the rest, what is told of the run, its tables.

    smsim run 1
    CHECKSUM (BLAKE2b, 32 hexadecimal digits, of everything below)
    {"key": …, "tables": {"runs": BYTES, …}, …}
    the tables one after another, as Arrow IPC streams

The columns that name the scenario and count the replication are left out: a run is the same under any name.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

import numpy as np
import pyarrow as pa

from smsim.experiment import columns
from smsim.experiment.plan import Job

_MAGIC = b"smsim run 1\n"
_DIGITS = 32
#: A header is shorter than this.
_HEADER = 1 << 16


class DamagedError(Exception):
    """A file is no run as it was kept; the text says in what way."""


def pack(told: Mapping[str, Any], rows: Mapping[str, pa.Table]) -> bytes:
    """The bytes of a run."""
    bodies = {name: _packed(table.drop_columns(list(columns.KEY))) for name, table in rows.items()}
    header = json.dumps({**told, "tables": {name: len(body) for name, body in bodies.items()}}, ensure_ascii=False).encode() + b"\n"
    content = b"".join([header, *bodies.values()])
    return _MAGIC + _checksum(content) + b"\n" + content


def _packed(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
        writer.write_table(table)
    packed: bytes = sink.getvalue().to_pybytes()
    return packed


def unpack(content: bytes, key: str) -> dict[str, pa.Table]:
    """The tables of the run that was kept under a key. Raises DamagedError."""
    head = len(_MAGIC) + _DIGITS + 1
    if not content.startswith(_MAGIC):
        raise DamagedError("is no run that smsim kept")
    if _checksum(content[head:]) != content[len(_MAGIC):head - 1]:
        raise DamagedError("is damaged: its checksum is not that of its content")
    told = _told(content[head:])
    if told["key"] != key:
        raise DamagedError("holds another run than its name says")
    start, tables = content.index(b"\n", head) + 1, {}
    for name, length in told["tables"].items():
        tables[name] = pa.ipc.open_stream(pa.py_buffer(content)[start:start + length]).read_all()
        start += length
    return tables


def of_job(job: Job, tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """The tables of a kept run as rows of a replication."""
    return {name: _keyed(job, table) for name, table in tables.items()}


def _keyed(job: Job, table: pa.Table) -> pa.Table:
    names = pa.array([job.scenario] * len(table), pa.string())
    keyed = table.add_column(0, columns.KEY[0], names)
    return keyed.add_column(1, columns.KEY[1], pa.array(np.full(len(table), job.replication), pa.int64()))


def told_of(path: Path) -> dict[str, Any]:
    """What a file tells of its run, unchecked. Raises DamagedError where it tells nothing; OSError."""
    with path.open("rb") as file:
        return _read_told(file)


def _read_told(file: IO[bytes]) -> dict[str, Any]:
    if file.read(len(_MAGIC)) != _MAGIC:
        raise DamagedError("is no run that smsim kept")
    file.read(_DIGITS + 1)
    return _told(file.readline(_HEADER))


def _told(content: bytes) -> dict[str, Any]:
    try:
        told = json.loads(content.partition(b"\n")[0])
        if isinstance(told, dict) and isinstance(told.get("tables"), dict) and isinstance(told.get("key"), str):
            return told
    except ValueError:
        pass
    raise DamagedError("is damaged: it does not say what it holds")


def _checksum(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_DIGITS // 2).hexdigest().encode()
