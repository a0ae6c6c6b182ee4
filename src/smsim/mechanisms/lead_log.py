"""A real firm's lead log, read row by row; what cannot be read is reported by line."""

from __future__ import annotations

import csv
import functools
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from smsim.core.section import Section, param
from smsim.errors import LeadLogError, Mark, Problem

_MOST_PROBLEMS = 20
#: Why a log cannot change in the course of a run.
_READ = "a log is read before the first day"


class Replay(Section, at="leads.replay"):
    """A log of real leads to be played again, and the names of its columns."""

    file: str = param("", "path", "The log, a CSV file with a header", source="assumed", grade="C", fixed=_READ)
    created: str = param("created", "text", "Column with the date, or local date and time, of each lead; an offset from UTC is not used",
                         source="assumed", grade="C", fixed=_READ)
    channel: str = param("", "text", "Column with the channel", source="assumed", grade="C", fixed=_READ)
    id: str = param("", "text", "Column with an id of the lead, each once", source="assumed", grade="C", fixed=_READ)
    value: str = param("", "text", "Column with the deal value", source="assumed", grade="C", fixed=_READ)
    customer: str = param("", "text", "Column with the customer", source="assumed", grade="C", fixed=_READ)


@dataclass
class LeadLog:
    """The rows of a log in file order: `created` in days since day 0 (a Monday); `dated` is 1 where a time of day was given."""

    created: NDArray[np.float64]
    dated: NDArray[np.int64]
    channels: list[str]
    ids: list[str] | None
    values: NDArray[np.float64]
    customers: NDArray[np.int64]
    customer_names: list[str] | None
    monday: str


@dataclass
class _Reading:
    """What has been read so far, and what was wrong with it."""

    when: list[datetime] = field(default_factory=list)
    dated: list[bool] = field(default_factory=list)
    channels: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    customers: list[str] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_lead_log(replay: Replay) -> LeadLog:
    """Read the log a scenario names, once for all replications. Raises LeadLogError with every bad row by line (the first twenty)."""
    path = Path(replay.file)
    return _read_once(replay, path.stat().st_mtime_ns if path.is_file() else 0)


@functools.lru_cache(maxsize=4)
def _read_once(replay: Replay, changed: int) -> LeadLog:  # noqa: ARG001 a file that has changed is another log
    reading = _Reading()
    for line, row in _rows(replay):
        _take(reading, replay, line, row)
        if len(reading.problems) >= _MOST_PROBLEMS:
            break
    if not reading.when and not reading.problems:
        reading.problems.append(Problem("the lead log has no rows", Mark(replay.file, 1, 1), allowed="at least one lead below the header"))
    if reading.problems:
        raise LeadLogError(reading.problems)
    return _as_log(reading, replay)


def left_out(replay: Replay, days: int) -> str:
    """What a run of so many days does not play of a log, in words; empty where it plays all of it. Raises LeadLogError."""
    born = read_lead_log(replay).created
    late = int((born >= days).sum())
    if not late:
        return ""
    weeks = int(born.max() // 7) + 1
    return f"{late} of {len(born)} rows of the lead log lie after the last day and are not played; run.weeks: {weeks} plays all"


def _rows(replay: Replay) -> Iterator[tuple[int, dict[str, str]]]:
    path = Path(replay.file)
    if not path.is_file():
        raise LeadLogError(Problem("no such lead log", Mark(str(path)), allowed="the path of a CSV file"))
    line = 1
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(file, strict=True)
            _check_header(list(reader.fieldnames or []), replay)
            for row in reader:
                line = reader.line_num
                yield line, row
    except UnicodeDecodeError as error:
        raise LeadLogError(Problem("the lead log is not UTF-8 text", Mark(str(path), _line_of(path, error.start), 1),
                                   read=repr(error.object[error.start:error.start + 8]), allowed="text in UTF-8")) from None
    except csv.Error as error:
        raise LeadLogError(Problem(f"the lead log is not CSV after this line: {error}", Mark(str(path), line, 1),
                                   allowed="quotes that are closed, and cells of less than 128 kB")) from None
    except OSError as error:
        raise LeadLogError(Problem("the lead log cannot be read", Mark(str(path)), read=error.strerror or "")) from None


def _line_of(path: Path, _chunk_start: int) -> int:
    """The line of the first byte that is not UTF-8 (the position in an error is that of a chunk, not of the file)."""
    for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            return number
    return 0


def _check_header(header: list[str], replay: Replay) -> None:
    import difflib

    if not header:
        raise LeadLogError(Problem("the lead log is empty", Mark(replay.file, 1, 1), allowed="a header and at least one lead"))
    problems = [Problem(f"the column {name!r} stands there twice", Mark(replay.file, 1, 1), allowed="each column once")
                for name in dict.fromkeys(header) if header.count(name) > 1]
    for key in ("created", "channel", "id", "value", "customer"):
        name = getattr(replay, key)
        if name and name not in header:
            near = difflib.get_close_matches(name, header, 1)
            problems.append(Problem(f"the lead log has no column {name!r} (leads.replay.{key})", Mark(replay.file, 1, 1), read=name,
                                    allowed=", ".join(header), meant=f"`{near[0]}`" if near else ""))
    if problems:
        raise LeadLogError(problems)


def _take(reading: _Reading, replay: Replay, line: int, row: dict[str, str]) -> None:
    try:
        _whole(row)
        when, dated = _moment(row, replay)
        value = _money(row, replay)
        name = _id(row, replay, reading.seen.get(row[replay.id]) if replay.id else None)
    except _Unreadable as bad:
        reading.problems.append(Problem(bad.what, Mark(replay.file, line, 1), read=bad.read, allowed=bad.allowed))
        return
    if replay.id:
        reading.seen[name] = line
        reading.ids.append(name)
    reading.when.append(when)
    reading.dated.append(dated)
    reading.values.append(value)
    reading.channels.append(row[replay.channel] if replay.channel else "")
    reading.customers.append(row[replay.customer] if replay.customer else "")


@dataclass
class _Unreadable(Exception):  # noqa: N818
    """What is wrong with one cell."""

    what: str
    read: str
    allowed: str


def _whole(row: dict[str, str]) -> None:
    """As many cells as the header."""
    if None in row or None in row.values():
        raise _Unreadable("this row has more or fewer cells than the header", "", "one cell for each column")


def _moment(row: dict[str, str], replay: Replay) -> tuple[datetime, bool]:
    text = row[replay.created].strip()
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None), len(text) > 10
    except ValueError:
        raise _Unreadable(f"`{replay.created}` is no date", text, "a date such as 2018-03-31 or 2018-03-31 14:05") from None


def _money(row: dict[str, str], replay: Replay) -> float:
    """A deal value, nan where there is none."""
    text = row[replay.value].strip() if replay.value else ""
    try:
        value = float(text) if text else math.nan
    except ValueError:
        value = -1.0
    if text and not 0 <= value < math.inf:
        raise _Unreadable(f"`{replay.value}` is no deal value", text, "a number from 0, or nothing")
    return value


def _id(row: dict[str, str], replay: Replay, first: int | None) -> str:
    """The lead's id, which no earlier line may have."""
    name = row[replay.id] if replay.id else ""
    if replay.id and not name.strip():
        raise _Unreadable(f"`{replay.id}` is empty", name, "an id for each lead")
    if first is not None:
        raise _Unreadable(f"the id stands in line {first} already", name, "each id once")
    return name


def _as_log(reading: _Reading, replay: Replay) -> LeadLog:
    first = min(reading.when)
    monday = datetime(first.year, first.month, first.day) - timedelta(days=first.weekday())
    names = {name: number for number, name in enumerate(dict.fromkeys(reading.customers))}
    return LeadLog(
        created=np.array([(when - monday).total_seconds() / 86400 for when in reading.when]),
        dated=np.array(reading.dated, dtype=np.int64),
        channels=reading.channels,
        ids=reading.ids if replay.id else None,
        values=np.array(reading.values),
        customers=np.array([names[name] if replay.customer else -1 for name in reading.customers], dtype=np.int64),
        customer_names=reading.customers if replay.customer else None,
        monday=monday.date().isoformat(),
    )
