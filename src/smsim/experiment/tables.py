"""What one replication leaves, as rows; rows in canonical order; files whose bytes follow from their rows alone."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from smsim.experiment import columns
from smsim.experiment.plan import Job
from smsim.record import Run

Key = tuple[str, int]
#: Rows of a row group at least; a replication never lies in two.
_GROUP = 1 << 17
#: The columns of each table whose order is fixed.
FIRST = {
    "runs": (*columns.RUN, *columns.KPIS), "days": (*columns.DAY, *columns.KPIS), "curves": columns.CURVE, "leads": columns.LEAD,
    "failures": columns.FAILURE,
}
_WHOLE = ("replication", "seed", "day", "lead")
_NAMES = ("recycled_from", "customer", "rep")
_TEXT = ("scenario", "segment", "channel", "campaign", "outcome", "desk", "curve", "error", "traceback")


def of_run(job: Job, run: Run) -> dict[str, pa.Table]:
    """The rows one replication adds to each table."""
    kpis = dict.fromkeys(columns.KPIS, float("nan")) | {name: float(value) for name, value in run.kpis.items()}
    row: dict[str, object] = {"scenario": [job.scenario], "replication": [job.replication], "seed": [job.seed]}
    made = {
        "runs": _table("runs", row | {name: [value] for name, value in kpis.items()}),
        "days": _keyed("days", job, {name: _days(name, values) for name, values in run.days.items()}),
        "curves": _curves(job, run),
    }
    if run.leads is not None:
        made["leads"] = _keyed("leads", job, {name: _empty_is_null(name, values) for name, values in run.leads.items()})
    return made


def of_failures(failures: Iterable[tuple[Job, str, str]]) -> pa.Table:
    """One row for each replication that failed."""
    rows = [(job.scenario, job.replication, job.seed, error, trace) for job, error, trace in failures]
    return canonical("failures", _table("failures", {name: [row[i] for row in rows] for i, name in enumerate(columns.FAILURE)}))


def _days(name: str, values: np.ndarray) -> np.ndarray:
    return np.asarray(values, "i8" if name == "day" else "f8")


def _curves(job: Job, run: Run) -> pa.Table:
    names = [name for name in run.curves if name != "age_hours"]
    ages = np.asarray(run.curves.get("age_hours", ()), "f8")
    values = [np.asarray(run.curves[name], "f8") for name in names]
    return _keyed("curves", job, {
        "age_hours": np.tile(ages, len(names)), "curve": np.repeat(np.asarray(names, object), len(ages)),
        "value": np.concatenate(values) if values else ages[:0],
    })


def _empty_is_null(name: str, values: np.ndarray) -> pa.Array:
    values = np.asarray(values)
    if values.dtype.kind == "f":
        return pa.array(values, from_pandas=True)
    if name in _NAMES and values.dtype.kind == "i":
        return pa.array(values, mask=values < 0)
    return pa.array(values.tolist() if values.dtype.kind in "OU" else values)


def _keyed(table: str, job: Job, found: dict[str, object]) -> pa.Table:
    length = max((len(values) for values in found.values()), default=0)  # type: ignore[arg-type]
    key: dict[str, object] = {"scenario": [job.scenario] * length, "replication": np.full(length, job.replication)}
    return _table(table, key | found)


def _table(table: str, found: dict[str, object]) -> pa.Table:
    names = columns.ordered(set(found), FIRST[table])
    return pa.table({name: _typed(name, found[name]) for name in names})


def _typed(name: str, values: object) -> pa.Array:
    array = values if isinstance(values, pa.Array) else pa.array(values)
    if name in _WHOLE and not pa.types.is_string(array.type):
        return array.cast(pa.int64())
    return array.cast(pa.string()) if name in _TEXT else array


def schema(table: str, *found: pa.Schema) -> pa.Schema:
    """The schema rows of all these schemas fit: columns in canonical order; a column of numbers and of words is one of words."""
    types: dict[str, pa.DataType] = {}
    for field in (field for one in found for field in one):
        types[field.name] = _common(types.get(field.name, field.type), field.type)
    return pa.schema([(name, types[name]) for name in columns.ordered(set(types), FIRST[table])])


def _common(one: pa.DataType, other: pa.DataType) -> pa.DataType:
    if one.equals(other):
        return one
    try:
        unified = pa.unify_schemas([pa.schema([("x", one)]), pa.schema([("x", other)])], promote_options="permissive")
    except pa.ArrowException:
        return pa.string()
    return unified.field("x").type


def canonical(table: str, *pieces: pa.Table) -> pa.Table:
    """All rows in canonical order and columns in theirs; of a replication that is there twice, the first row in `runs`."""
    common = schema(table, *(piece.schema for piece in pieces))
    joined = pa.concat_tables([fit(piece, common) for piece in pieces])
    ordered = joined.take(pc.sort_indices(joined, [(name, "ascending") for name in columns.KEY]))
    if table in ("runs", "failures"):
        ordered = ordered.filter(pa.array(_is_first(keys(ordered)), pa.bool_()))
    return ordered.combine_chunks()


def _is_first(found: Sequence[Key]) -> list[bool]:
    return [i == 0 or key != found[i - 1] for i, key in enumerate(found)]


def keys(table: pa.Table) -> list[Key]:
    """The replication each row belongs to."""
    return list(zip(table["scenario"].to_pylist(), table["replication"].to_pylist(), strict=True))


def by_replication(table: pa.Table) -> Iterator[tuple[Key, pa.Table]]:
    """The rows of each replication of a table in canonical order."""
    if not len(table):
        return
    scenario, replication = (table[name].to_numpy(zero_copy_only=False) for name in columns.KEY)
    changes = np.flatnonzero((scenario[1:] != scenario[:-1]) | (replication[1:] != replication[:-1])) + 1
    for start, end in zip([0, *changes], [*changes, len(table)], strict=True):
        yield (str(scenario[start]), int(replication[start])), table.slice(start, end - start)


def write(path: Path, pieces: Iterable[pa.Table], common: pa.Schema) -> None:
    """Write rows to a file at once or not at all; the bytes do not depend on how the rows were cut into pieces."""
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        with temporary.open("wb") as file:
            with pq.ParquetWriter(file, common, compression="zstd", compression_level=3) as writer:
                for group in _groups(pieces, common):
                    writer.write_table(group, row_group_size=max(len(group), 1))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def _groups(pieces: Iterable[pa.Table], common: pa.Schema) -> Iterator[pa.Table]:
    waiting: list[pa.Table] = []
    for piece in pieces:
        waiting.append(fit(piece, common))
        if sum(map(len, waiting)) >= _GROUP:
            yield pa.concat_tables(waiting).combine_chunks()
            waiting = []
    yield pa.concat_tables([common.empty_table(), *waiting]).combine_chunks()


def fit(piece: pa.Table, common: pa.Schema) -> pa.Table:
    """The same rows under another schema; a column that is not there is empty (NaN where it holds fractions)."""
    if piece.schema.equals(common):
        return piece
    found = [piece[f.name].cast(f.type) if f.name in piece.column_names else _nothing(len(piece), f.type) for f in common]
    return pa.table(found, schema=common)


def _nothing(length: int, kind: pa.DataType) -> pa.Array:
    return pa.array(np.full(length, np.nan)) if pa.types.is_float64(kind) else pa.nulls(length, kind)


def write_text(path: Path, text: str) -> None:
    """Write a text file at once or not at all."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, content: bytes) -> Path:
    """Write a file at once or not at all, its folder too where there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    return path


def from_frame(frame: pd.DataFrame) -> pa.Table:
    """The rows of a data frame without what pandas would note beside them."""
    return pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
