"""What the parts of a file promise, tried in a firm of three reps that lives for half a year.

Each promise is one that the parts of smsim itself are held to by the tests: off means absent, the same seed is the same run, only what is
claimed is written, a practice acts through the columns it names and through nothing else, alone and among all others, and every setting
moves the key figure it says, in the direction it says.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from smsim.core.contracts import CURRENCIES, Mechanism, Part, Practice
from smsim.core.registry import Registry
from smsim.core.section import Param, Section
from smsim.model import SalesMarketingModel, play
from smsim.record import Run
from smsim.scenario import Scenario, load
from smsim.scenario.layout import written_as
from smsim.scenario.library import Source, names
from smsim.scenario.loading import load_found
from smsim.scenario.usual import FOLDER, text_of
from smsim.testing.comparing import covered, differing, watch
from smsim.testing.muting import muted
from smsim.testing.sides import broken, sides

#: Long enough for deals to be won.
SMALL: dict[str, Any] = {"run.weeks": 26, "run.warm_up": "4 weeks", "market.customers": 800, "company.reps": 3, "company.marketers": 2}
_SEED, _SEEDS = 1, range(1, 5)


@dataclass(frozen=True)
class Promise:
    """What is promised of a part or a setting, and what is wrong with it; nothing where it is kept."""

    of: str
    says: str
    broken: str = ""

    def __str__(self) -> str:
        return f"{self.of}: {self.says}" + (f": BROKEN, {self.broken}" if self.broken else "")


@dataclass(frozen=True)
class Bench:
    """The small firm in which parts of a file are tried: the silo with the file, and the silo without it."""

    with_file: Scenario
    without: Scenario

    def world(self, *layers: Mapping[str, Any]) -> Scenario:
        """The firm with the file, and settings on top."""
        return self.with_file.but({key: value for layer in (SMALL, *layers) for key, value in layer.items()})

    @property
    def rooms(self) -> Registry:
        """Everything there is, the file's own among it."""
        return self.with_file.registry


def promises(file: str | os.PathLike[str]) -> Iterator[Promise]:
    """Try what the parts of a Python file promise, one after the other. Raises PluginError or ScenarioError where it cannot be read."""
    bench = _bench(Path(file))
    house = bench.without.registry
    for part in bench.rooms.parts():
        if part.name not in {**house.mechanisms, **house.practices}:
            yield from _of_part(bench, part)
    for section in bench.rooms.sections:
        if section not in house.sections and not section.each and not section.at.endswith("[]"):
            on = _switched_on(bench.rooms, section)
            yield from (_of_setting(bench, f"{section.at}.{written_as(name)}", known, on) for name, known in section.params().items())


def _switched_on(rooms: Registry, section: type[Section]) -> dict[str, Any]:
    """The settings with which the practice is on that has this section; none for any other."""
    return {key: value for practice in rooms.practices.values() if section in practice.sections
            for key, value in {**practice.beside, **practice.usual}.items()}


def _bench(file: Path) -> Bench:
    load(file)  # whatever is wrong with the file is told here
    off = text_of([], {"name": file.stem, "plugins": [file.name]})
    return Bench(load_found(Source(file, str(file), off)), load("silo"))


def _of_part(bench: Bench, part: type[Part]) -> Iterator[Promise]:
    practice = part if issubclass(part, Practice) else None
    yield Promise(part.name, "says what it reads, writes and is for", _unsaid(bench.rooms, part))
    own = {f"{kind} {kpi.name}" for kpi in part.kpis for kind in ("kpi", "days")}
    if practice is not None and not practice.usual:
        yield Promise(part.name, "says in `usual` which settings switch it on", "it does not, so nothing else can be tried")
        return
    on = {**practice.beside, **practice.usual} if practice else {}
    yield Promise(part.name, "is not built unless it is asked for", _unasked(bench, part, on))
    if practice is not None:
        off, alone = _played(bench.world()), _played(bench.world(on))
        yield Promise(part.name, "moves nothing where it is off", _listed(differing(off, _played(bench.without.but(SMALL))) - _new(bench)))
        yield Promise(part.name, "is the same run on the same seed", _listed(differing(alone, _played(bench.world(on)))))
        yield Promise(part.name, "writes only what it claims", _listed(_unclaimed(bench.world(on), part)))
        yield from _of_practice(bench, practice, own, alone)


def _unsaid(rooms: Registry, part: type[Part]) -> str:
    """What a part leaves out, or names that is not there."""
    columns = {f"{table.name}.{column}" for table in rooms.tables.values() for column in table.fields}
    known = columns | {f"{table}.*" for table in rooms.tables}
    wrong = [f"there is no {column}" for column in (*part.reads, *part.writes) if column not in known]
    wrong += [] if part.__doc__ else ["it has no docstring"]
    if issubclass(part, Practice):
        through = [column for columns in part.through.values() for column in columns]
        wrong += [f"`{word}` says nothing" for word in ("costs", "moves", "through") if not getattr(part, word)]
        wrong += [f"{word} is none of {', '.join(CURRENCIES)}" for word in part.through if word not in CURRENCIES]
        wrong += [f"{column} is in `through` and not in `writes`" for column in through if not covered(column, part.writes)]
    return "; ".join(wrong)


def _unasked(bench: Bench, part: type[Part], on: Mapping[str, Any]) -> str:
    if part.is_on(bench.world()):
        return "it is on in the silo"
    return "" if not on or part.is_on(bench.world(on)) else "it is off with the settings of `usual`"


def _unclaimed(scenario: Scenario, part: type[Part]) -> set[str]:
    model, found = SalesMarketingModel(scenario.but({"run.weeks": 14}), _SEED), set[str]()
    watch(model.world.parts[part.name], "day" if issubclass(part, Mechanism) else "morning", found)
    model.run_for(14 * 7)
    return {column for column in found if not covered(column, part.writes)}


def _of_practice(bench: Bench, practice: type[Practice], own: set[str], alone: Run) -> Iterator[Promise]:
    """It acts through what it names, through each of it, and through nothing else; alone, and among all others."""
    on = {**practice.beside, **practice.usual}
    with muted(practice, practice.writes):
        left = differing(_played(bench.world(on)), _played(bench.world(practice.beside))) - own
    yield Promise(practice.name, "leaves nothing behind with all it writes cut", _listed(left))
    for currency, columns in practice.through.items():
        with muted(practice, columns):
            gone = differing(_played(bench.world(on)), alone)
        yield Promise(practice.name, f"does something through {currency}", "" if gone else f"nothing goes with {', '.join(columns)}")
    others = bench.world(_all_others(), practice.beside)
    found = differing(_played(others.but(practice.usual)), _played(others))
    yield Promise(practice.name, "does its part among all other practices", "" if found else "nothing differs")


def _all_others() -> dict[str, Any]:
    """The settings that switch on every practice of smsim."""
    silo = load("silo")
    practices = [load(name) for name in names() if name.startswith(f"{FOLDER}/")]
    return {key: own.words(key) for own in practices for key in own.values() if own[key] != silo[key]}


def _of_setting(bench: Bench, key: str, known: Param, on: Mapping[str, Any]) -> Promise:
    says = f"moves {known.moves}" if known.moves else "says what it moves"
    if not known.moves:
        return Promise(key, says, "`moves` is empty")
    kpi = known.moves.rpartition(" ")[0]
    given = {**on, **known.given}
    low, high = ({key: side} for side in sides(known, bench.world(given)[key]))
    pairs = [[play(bench.world(given, side), seed, leads=True) for side in (low, high)] for seed in _SEEDS]
    found = set().union(*(differing(one, other) for one, other in pairs))
    gaps = [other.kpis.get(kpi, math.nan) - one.kpis.get(kpi, math.nan) for one, other in pairs]
    return Promise(key, says, broken(known, found, float(np.nanmean(gaps)) if not np.isnan(gaps).all() else math.nan))


def _new(bench: Bench) -> set[str]:
    """The figures that only the file has."""
    return {f"{kind} {name}" for name in bench.rooms.kpis.keys() - bench.without.registry.kpis.keys() for kind in ("kpi", "days")}


def _played(scenario: Scenario) -> Run:
    return play(scenario, _SEED, leads=True)


def _listed(found: set[str]) -> str:
    return ", ".join(sorted(found)[:8]) + (f" and {len(found) - 8} more" if len(found) > 8 else "")
