"""A key figure: its unit, how it adds up over a run, and which way is good. Charts and verdicts need nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Better = Literal["up", "down", "neither"]
Adds = Literal["sum", "mean", "last", "rms", "run"]


@dataclass(frozen=True)
class Kpi:
    """One key figure.

    `unit` is `money`, `deals`, `leads`, `hours`, `days`, `share`, `ratio`, `sd` or `count`. `adds` says how daily values make
    the value of a run: `sum`, `mean`, `last` and `rms` (root mean square) are taken over the days after the warm-up; `run` is
    worked out once from the whole record by `of_run` (never by day). `daily` names the tally it is read from; an empty one means
    the name itself.
    """

    name: str
    unit: str
    meaning: str
    better: Better = "neither"
    adds: Adds = "sum"
    daily: str = ""
    of_run: Callable[[Any], float] | None = None

    @property
    def is_daily(self) -> bool:
        """Whether the figure has a value for each day."""
        return self.adds not in ("run", "last")

    @property
    def tally(self) -> str:
        """The daily tally it is read from."""
        return self.daily or self.name
