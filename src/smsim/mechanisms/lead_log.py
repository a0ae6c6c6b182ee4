"""A real firm's lead log, read row by row; what cannot be read is reported by line."""

from __future__ import annotations

import csv
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


class Replay(Section, at="leads.replay"):
    """A log of real leads to be played again, and the names of its columns."""

    file: str = param("", "path", "The log, a CSV file with a header", source="assumed", grade="C")
    created: str = param("created", "text", "Column with the date, or date and time, of each lead", source="assumed", grade="C")
    channel: str = param("", "text", "Column with the channel", source="assumed", grade="C")
    id: str = param("", "text", "Column with an id of the lead, each once", source="assumed", grade="C")
    value: str = param("", "text", "Column with the deal value", source="assumed", grade="C")
    customer: str = param("", "text", "Column with the customer", source="assumed", grade="C")


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
    """Read the log a scenario names. Raises LeadLogError with every bad row by line (the first twenty)."""
    reading = _Reading()
    for line, row in _rows(replay):
        _take(reading, replay, line, row)
        if len(reading.problems) >= _MOST_PROBLEMS:
            break
    if not reading.when and not reading.problems:
        reading.problems.append(Problem("the lead log has no rows", Mark(replay.file), allowed="at least one lead below the header"))
    if reading.problems:
        raise LeadLogError(reading.problems)
    return _as_log(reading, replay)


def _rows(replay: Replay) -> Iterator[tuple[int, dict[str, str]]]:
    path = Path(replay.file)
    if not path.is_file():
        raise LeadLogError(Problem("no such lead log", Mark(str(path)), allowed="the path of a CSV file"))
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(file, strict=True)
            _check_header(list(reader.fieldnames or []), replay)
            for row in reader:
                yield reader.line_num, row
    except UnicodeDecodeError as error:
        raise LeadLogError(Problem("the lead log is not UTF-8 text", Mark(str(path), _line_of(path, error.start), 1),
                                   read=repr(error.object[error.start:error.start + 8]), allowed="text in UTF-8")) from None
    except csv.Error as error:
        raise LeadLogError(Problem(f"the lead log is not CSV: {error}", Mark(str(path)))) from None
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
    problems = []
    for key in ("created", "channel", "id", "value", "customer"):
        name = getattr(replay, key)
        if name and name not in header:
            near = difflib.get_close_matches(name, header, 1)
            problems.append(Problem(f"the lead log has no column {name!r} (leads.replay.{key})", Mark(replay.file, 1, 1), read=name,
                                    allowed=", ".join(header), meant=f"`{near[0]}`" if near else ""))
    if problems:
        raise LeadLogError(problems)


def _take(reading: _Reading, replay: Replay, line: int, row: dict[str, str]) -> None:
    mark = Mark(replay.file, line, 1)
    if None in row or None in row.values():
        reading.problems.append(Problem("this row has more or fewer cells than the header", mark))
        return
    try:
        when, dated = _moment(row[replay.created])
        value = _money(row[replay.value]) if replay.value else math.nan
    except ValueError as error:
        reading.problems.append(Problem(f"this row cannot be read: {error}", mark, read=row[replay.created],
                                        allowed="a date such as 2018-03-31 or 2018-03-31 14:05, and a number as value"))
        return
    if replay.id:
        first = reading.seen.setdefault(row[replay.id], line)
        if first != line:
            reading.problems.append(Problem(f"the id stands in line {first} already", mark, read=row[replay.id], allowed="each id once"))
            return
        reading.ids.append(row[replay.id])
    reading.when.append(when)
    reading.dated.append(dated)
    reading.values.append(value)
    reading.channels.append(row[replay.channel] if replay.channel else "")
    reading.customers.append(row[replay.customer] if replay.customer else "")


def _money(text: str) -> float:
    """A deal value, nan where the cell is empty. Raises ValueError."""
    if not text.strip():
        return math.nan
    value = float(text)
    if not 0 <= value < math.inf:
        raise ValueError(f"no deal has the value {text.strip()}")
    return value


def _moment(text: str) -> tuple[datetime, bool]:
    text = text.strip()
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=None), len(text) > 10


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
