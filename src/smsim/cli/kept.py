"""The command that looks after the store of runs: lists it, checks it, prunes it."""

from __future__ import annotations

import os
import re
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from smsim.cli.guard import say
from smsim.cli.tell import as_json
from smsim.errors import InputError, Problem

if TYPE_CHECKING:
    from smsim.experiment.runstore import Kept, RunStore

_UNITS = {"": 1, "B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12}
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([KMGT]?B?)", re.IGNORECASE | re.ASCII)
#: What killed processes left half written is old after an hour.
_HALF_WRITTEN = 3600.0


@dataclass(frozen=True)
class Wanted:
    """What `smsim store` is asked to do besides listing."""

    check: bool = False
    older_than: str | None = None
    keep: str | None = None
    stale: bool = False

    @property
    def prunes(self) -> bool:
        """Whether anything is to go."""
        return self.older_than is not None or self.keep is not None or self.stale


def store(wanted: Wanted, *, quiet: bool, json: bool) -> int:
    """List what is kept; before that, take away what is not wanted, and read everything to its end."""
    from smsim.experiment import runstore

    days = _days(wanted.older_than) if wanted.older_than is not None else None
    size = _bytes(wanted.keep) if wanted.keep is not None else None
    found = runstore.named()
    if found is None:
        raise InputError(Problem("no store is kept", read=f"SMSIM_STORE={os.environ.get('SMSIM_STORE', '')}",
                                 allowed="SMSIM_STORE=DIR, or nothing for the user's cache"))
    gone = _prune(found, wanted, days, size) if wanted.prunes else None
    bad = [(str(path), why) for path, why in found.check()] if wanted.check else None
    told = _summary(found) | ({"taken_away": gone} if gone is not None else {})
    if json:
        as_json(told | ({"bad": [{"file": path, "why": why} for path, why in bad]} if bad is not None else {}))
    elif not quiet:
        _in_words(told)
    for path, why in bad or ():
        say(f"{path} {why}", "yellow")
    if bad is not None and not quiet and not json:
        print(f"bad files: {len(bad)}; runs among them are played and kept again when asked for" if bad else "every run is as it was kept")
    return 1 if bad else 0


def _summary(store: RunStore) -> dict[str, Any]:
    """How much is kept, by scenario, and how much of it nobody can use any more."""
    from smsim.experiment.identity import rules

    runs, sizes, stale, unusable = Counter[str](), Counter[str](), 0, 0
    for one in store.kept():
        name = str(one.told.get("scenario"))
        runs[name] += 1
        sizes[name] += one.size
        if one.told.get("rules") != rules():
            stale, unusable = stale + 1, unusable + one.size
    by_name = [{"scenario": name, "runs": runs[name], "bytes": sizes[name]} for name in sorted(runs)]
    return {"folder": str(store.folder), "runs": runs.total(), "bytes": sizes.total(), "stale_runs": stale, "stale_bytes": unusable,
            "scenarios": by_name}


def _in_words(told: dict[str, Any]) -> None:
    for one in told["scenarios"]:
        print(f"{one['runs']:>8,} runs  {_size(one['bytes']):>9}  {one['scenario']}")
    if "taken_away" in told:
        print(f"{told['taken_away']:,} runs were taken away")
    print(f"{told['runs']:,} runs, {_size(told['bytes'])}, in {told['folder']}")
    if told["stale_runs"]:
        size = _size(told["stale_bytes"])
        print(f"{told['stale_runs']:,} of them, {size}, were played by other versions; `smsim store --stale` takes them away")


def _prune(store: RunStore, wanted: Wanted, days: float | None, size: float | None) -> int:
    """Take away what is asked to go; how many runs."""
    from smsim.experiment.identity import rules

    now, there = time.time(), sorted(store.kept(), key=lambda one: one.used, reverse=True)
    store.tidy(now - _HALF_WRITTEN)
    gone = [one for one in there if wanted.stale and one.told.get("rules") != rules()]
    gone += [one for one in there if days is not None and now - one.used > days * 86_400]
    gone += _beyond([one for one in there if one not in gone], size)
    paths = {one.path for one in gone}
    for path in paths:
        path.unlink(missing_ok=True)
    return len(paths)


def _beyond(there: Iterable[Kept], size: float | None) -> list[Kept]:
    """Of runs in the order they were last used, those that do not fit into a size."""
    if size is None:
        return []
    used, beyond = 0, []
    for one in there:
        used += one.size
        if used > size:
            beyond.append(one)
    return beyond


def _days(text: str) -> float:
    from smsim.core import units

    try:
        days = units.read(text, "days")
    except ValueError:
        days = -1.0
    if not days >= 0:
        raise InputError(Problem("--older-than is no span of time", read=text[:80], allowed="a span such as `30 days` or `8 weeks`"))
    return float(days)


def _bytes(text: str) -> float:
    found = _SIZE.fullmatch(text.strip())
    if found is None:
        raise InputError(Problem("--keep is no size", read=text[:80], allowed="a size such as `2 GB` or `500 MB`"))
    unit = found[2].upper()
    return float(found[1]) * _UNITS[unit if unit in _UNITS else f"{unit}B"]


def _size(count: float) -> str:
    for unit in ("B", "KB", "MB", "GB"):
        if count < 999.5:
            return f"{count:.3g} {unit}"
        count /= 1000
    return f"{count:.3g} TB"
