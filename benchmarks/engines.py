"""What is timed: smsim's full first storey, its core funnel, the same funnel as a Mesa model, and a floor."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.firms import core, firm, twin_settings
from benchmarks.mesa_twin import Funnel
from smsim import SalesMarketingModel
from smsim.core.kernel import kernel
from smsim.core.luck import luck, stream_key


class Floor:
    """One compiled pass a day that draws one keyed uniform for each customer, and nothing more."""

    def __init__(self, customers: int) -> None:
        self.customers, self.day, self.sum = customers, 0, 0.0
        self.key = stream_key(1, "floor")

    def run_for(self, days: int) -> None:
        """Draw for so many days."""
        for _ in range(days):
            self.sum += draw_for_all(self.key, self.customers, self.day)
            self.day += 1


@kernel
def draw_for_all(key: Any, customers: Any, day: Any) -> Any:
    """The sum of one uniform number of each customer, so that none can be left out."""
    total = 0.0
    for i in range(customers):
        total += luck(key, i, day)
    return total


#: Kind of engine → what builds one for so many customers.
ENGINES: dict[str, Callable[[int], Any]] = {
    "full": lambda customers: SalesMarketingModel(firm("silo", customers), 1),
    "core": lambda customers: SalesMarketingModel(core(customers), 1),
    "twin": lambda customers: Funnel(twin_settings(core(customers)), rng=1),
    "floor": Floor,
}


def memory_of(model: SalesMarketingModel) -> dict[str, float]:
    """Bytes a customer in the tables of the model: by table, all but the log together, and the log."""
    count = len(model.world.customers)
    tables = {name: table[:].nbytes / count for name, table in model.world.tables.items()}
    log = tables.pop("log")
    return {"hot": sum(tables.values()), "log": log, **{f"table {name}": size for name, size in tables.items()}}


def profile(model: SalesMarketingModel, days: int) -> dict[str, float]:
    """Seconds that each mechanism takes in so many days, that the record for Mesa takes, and that remain for minds and calendar."""
    spent: dict[str, float] = {}
    watched = [(mechanism, "day", mechanism.name) for mechanism in model.mechanisms] + [(model.datacollector, "collect", "data collector")]
    for thing, method, name in watched:
        setattr(thing, method, _watched(getattr(thing, method), name, spent))
    started = time.perf_counter()
    model.run_for(days)
    total = time.perf_counter() - started
    for thing, method, _ in watched:
        delattr(thing, method)
    return {**spent, "minds and calendar": total - sum(spent.values())}


def _watched(act: Callable[[Any], None], name: str, spent: dict[str, float]) -> Callable[[Any], None]:
    spent[name] = 0.0

    def watched(what: Any) -> None:
        started = time.perf_counter()
        act(what)
        spent[name] += time.perf_counter() - started

    return watched


def resident(what: str = "VmRSS") -> float:
    """Bytes of memory this process holds now, or (`VmHWM`) held at its peak; NaN where the system does not say."""
    told = Path("/proc/self/status")
    found = re.search(rf"^{what}:\s*(\d+) kB", told.read_text(), re.MULTILINE) if told.exists() else None
    return float(found[1]) * 1024 if found else math.nan
