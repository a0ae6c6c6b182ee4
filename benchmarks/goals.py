"""The goals for speed and memory, and how far each is reached. Nothing here is ever asserted by a test."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from benchmarks.rounds import median, ratio


@dataclass(frozen=True)
class Goal:
    """One goal: what is measured, the bound, whether more or less is wanted, and what was found."""

    name: str
    bound: float
    at_least: bool
    measured: float
    unit: str = "times"

    @property
    def met(self) -> bool:
        """Whether the goal is reached."""
        return self.measured >= self.bound if self.at_least else self.measured <= self.bound

    @property
    def verdict(self) -> str:
        """In words: met, or by which factor it is missed."""
        if math.isnan(self.measured):
            return "not measured"
        if self.met:
            return "met"
        return f"missed by a factor of {self.bound / self.measured if self.at_least else self.measured / self.bound:.2f}"

    @property
    def wanted(self) -> str:
        """The bound in words."""
        return f"{'≥' if self.at_least else '≤'} {self.bound:g} {self.unit}"


def goals(found: dict[str, Any]) -> list[Goal]:
    """Every goal, held against what was found."""
    engines, commands = found["engines"], found["commands"]
    compiling, processes = found["compiling"], found["processes"]
    out = [Goal(f"Mesa twin against smsim's core funnel, {size:,} customers", bound, True, ratio(engines, f"twin {size}", f"core {size}",
                                                                                          "customer-day"))
           for size, bound in ((2000, 60.0), (20_000, 100.0))]
    out += [Goal(f"full first storey against the floor, {size:,} customers", 10.0, False,
                 ratio(engines, f"full {size}", f"floor {size}", "customer-day")) for size in (20_000, 200_000)]
    out += [Goal("hot memory without the log, most of any size from 2,000", 250.0, False, _hottest(found["memory"]), "bytes a customer"),
            Goal("dearest customer-day against cheapest, 20,000 to 1,000,000 customers", 1.6, False, _flatness(engines)),
            Goal("compiling everything, by the clock", 8.0, False,
                 median(compiling, "cold", "seconds") - median(compiling, "warm", "seconds"), "seconds"),
            Goal("a cached run of one short replication against `import mesa`", 2.0, False,
                 ratio(commands, "smsim run", "import mesa", "seconds")),
            Goal("one process against two", 1.7, True, ratio(processes, "one process", "two processes", "seconds")),
            Goal("1,000 replications of `silo`, one process against two, all warm", 1.8, True,
                 ratio(found.get("thousand", {}), "thousand by one", "thousand by two", "seconds"))]
    return out


def _hottest(memory: dict[str, dict[str, float]]) -> float:
    sizes = [told["hot"] for name, told in memory.items() if name.startswith("full") and int(name.split()[1]) >= 2000]
    return max(sizes, default=math.nan)


def _flatness(engines: dict[str, Any]) -> float:
    days = [median(engines, f"full {size}", "customer-day") for size in (20_000, 200_000, 1_000_000)]
    return math.nan if any(map(math.isnan, days)) else max(days) / min(days)
