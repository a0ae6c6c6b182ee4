"""Each engine plays in a process of its own, so that memory can be told apart and nobody pays for another's garbage."""

from __future__ import annotations

import gc
import multiprocessing
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any


@dataclass(frozen=True)
class Act:
    """An engine at a size, how long it plays before it is timed, and how many days each round has."""

    kind: str
    customers: int
    warm_up: int
    days: int

    @property
    def name(self) -> str:
        """What it is called in results."""
        return f"{self.kind} {self.customers}"


class Stage:
    """A process in which one engine is kept alive, warm, from round to round."""

    def __init__(self, act: Act) -> None:
        self.act = act
        context = multiprocessing.get_context("spawn")
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=perform, args=(theirs, act), daemon=True)
        self._process.start()

    def ask(self, what: str) -> dict[str, float]:
        """Have something measured there, and wait for it."""
        self._line.send(what)
        answer: dict[str, float] = self._line.recv()
        return answer

    def round(self) -> dict[str, float]:
        """One round: seconds to set up a fresh model, and nanoseconds a customer-day of the warm one."""
        return self.ask("round")

    def close(self) -> None:
        """Let the process go."""
        self._line.send("close")
        self._process.join()


def perform(line: Connection, act: Act) -> None:
    """Build the engine, warm it up, and answer what is asked until told to stop."""
    from benchmarks.engines import ENGINES, memory_of, profile, resident
    from smsim.experiment.compiling import alone_while_cold

    with alone_while_cold():
        ENGINES[act.kind](500).run_for(14)
    gc.collect()
    before = resident()
    model = ENGINES[act.kind](act.customers)
    model.run_for(act.warm_up)
    grown = {"grown": (resident() - before) / act.customers, "peak": (resident("VmHWM") - before) / act.customers}
    answers: dict[str, Callable[[], dict[str, float]]] = {
        "round": lambda: _round(ENGINES[act.kind], model, act),
        "memory": lambda: {**grown, **(memory_of(model) if act.kind in ("full", "core") else {})},
        "profile": lambda: {name: spent * 1e9 / act.customers / act.days for name, spent in profile(model, act.days).items()},
    }
    while (what := line.recv()) != "close":
        line.send(answers[what]())


def _round(build: Callable[[int], Any], model: Any, act: Act) -> dict[str, float]:
    started = time.perf_counter()
    fresh = build(act.customers)
    set_up = time.perf_counter() - started
    del fresh
    gc.collect()
    started = time.perf_counter()
    model.run_for(act.days)
    return {"set up": set_up, "customer-day": (time.perf_counter() - started) * 1e9 / act.customers / act.days}
