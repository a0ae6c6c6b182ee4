"""Plays what the questions need, each firm once however many ask for it, into folders that can be continued."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pandas as pd
from rich.console import Console

import smsim
from studies.cells import Cell
from studies.questions import QUESTIONS, Question

#: Seconds between two lines that say how far it is.
_EVERY = 30.0
SAY = Console(stderr=True, highlight=False, soft_wrap=True)


@dataclass(frozen=True)
class Size:
    """How much is played: at most so many worlds of each firm, for so many weeks (None: as the firm says), by so many workers."""

    replications: int | None = None
    weeks: int | None = None
    workers: int = 2

    def of(self, question: Question) -> int:
        """The worlds of a question."""
        return question.replications if self.replications is None else min(self.replications, question.replications)


@cache
def homes() -> dict[Cell, tuple[str, int]]:
    """The folder in which each firm is played, and the question it belongs to: the first that asks for it."""
    found: dict[Cell, tuple[str, int]] = {}
    for at, question in enumerate(QUESTIONS):
        for each, setting in question.cells().items():
            folder = "-".join(part for part in (question.name, each.firm, _slug(setting)) if part)
            found.setdefault(each, (folder, at))
    return found


def _slug(setting: str) -> str:
    return setting.rpartition(".")[2].replace(", ", "_").replace(" ", "_")


@dataclass
class Folder:
    """A results folder: the firms in it, and how many worlds of each."""

    name: str
    replications: int
    cells: list[Cell] = field(default_factory=list)

    def __len__(self) -> int:
        return self.replications * len(self.cells)


def folders(asked: Iterable[Question], size: Size) -> list[Folder]:
    """The folders that hold everything the asked questions need, in the order of the questions."""
    living, made = homes(), dict[str, Folder]()
    needed = {living[each][0] for question in asked for each in question.cells()}
    for each, (name, at) in living.items():
        if name in needed:
            made.setdefault(name, Folder(name, size.of(QUESTIONS[at]))).cells.append(each)
    return list(made.values())


def play(asked: list[Question], size: Size, results: Path) -> bool:
    """Play what is not yet played and say how far it is; whether every world was finished."""
    todo = folders(asked, size)
    clock, whole = Clock(sum(map(len, todo))), True
    for folder in todo:
        clock.begin(folder)
        scenarios = [each.scenario() for each in folder.cells]
        found = smsim.run(scenarios, replications=folder.replications, workers=size.workers, out=results / folder.name,
                          weeks=size.weeks, progress=clock)
        clock.end()
        if len(found.failures):
            SAY.print(f"{folder.name}: {len(found.failures)} worlds failed; they are left out of the tables")
            whole = False
    return whole


class Clock:
    """Says how far the study is, and about how long it will take."""

    def __init__(self, of: int) -> None:
        self._of, self._before, self._played = of, 0, 0
        self._start = self._said = time.monotonic()

    def begin(self, folder: Folder) -> None:
        """The next folder is begun."""
        self._folder, self._found, self._began = folder, -1, time.monotonic()

    def __call__(self, done: int, of: int) -> None:
        """Told by smsim after every world."""
        self._found = done if self._found < 0 else self._found
        self._done = done
        if time.monotonic() - self._said > _EVERY:
            self._say()

    def end(self) -> None:
        """A folder is finished."""
        self._say()
        self._before += len(self._folder)
        self._played += self._done - self._found

    def _say(self) -> None:
        self._said = now = time.monotonic()
        done, played = self._before + self._done, self._played + self._done - self._found
        left = f", about {(self._of - done) * (now - self._start) / played / 60:.0f} min left" if played else ""
        SAY.print(f"{self._folder.name}: {self._done} of {len(self._folder)} in {(now - self._began) / 60:.1f} min; "
                  f"all: {done} of {self._of}{left}")


Worlds = Mapping[Cell, pd.DataFrame]


def worlds(question: Question, size: Size, results: Path) -> Worlds:
    """What every firm of a question left in each world: a row per replication, a column per key figure."""
    living, by_folder = homes(), defaultdict[str, list[Cell]](list)
    for each in question.cells():
        by_folder[living[each][0]].append(each)
    return dict(_read(by_folder, size.of(question), results))


def _read(by_folder: Mapping[str, list[Cell]], replications: int, results: Path) -> Iterator[tuple[Cell, pd.DataFrame]]:
    for folder, cells in by_folder.items():
        runs = smsim.ResultSet.read(results / folder).runs
        for each in cells:
            yield each, runs[runs["scenario"] == each.name].set_index("replication").reindex(range(replications))
