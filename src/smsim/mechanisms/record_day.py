"""At the end of the day its tallies are written down, and the slate is wiped."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smsim.core.contracts import Mechanism, Part, Phase
from smsim.world.company import RunLength


class Recording(Mechanism):
    """Every tally of every day is kept."""

    name = "record"
    phase = Phase.RECORD
    sections = (RunLength,)
    reads = ("today.*", "firm.threshold", "firm.qualified")
    writes = ("today.*",)

    def set_up(self) -> None:
        """Make room for the planned days."""
        self.length = 0
        self.kept: NDArray[Any] = np.zeros(self.scenario.of(RunLength).weeks * 7, dtype=self.world.today[:].dtype)
        self.told: list[dict[str, float]] = []
        self.parts: Any = None
        self.blank = self.world.today[:].copy()

    def day(self, day: int) -> None:
        """Write down, wipe."""
        today, firm = self.world.today[:], self.world.firm[0]
        today["lead_threshold"] = firm["qualified" if firm["qualified"] > 0 else "threshold"]
        if self.length == len(self.kept):
            self.kept = np.concatenate([self.kept, np.zeros_like(self.kept)])
        self.kept[self.length : self.length + 1].view("u1")[:] = today.view("u1")
        told: dict[str, float] = {}
        for part in self._tellers():
            told.update(part.tallies())
        self.told.append(told)
        self.length += 1
        today.view("u1")[:] = self.blank.view("u1")

    def _tellers(self) -> list[Part]:
        """Those who have figures of their own; looked for anew when somebody has come or gone."""
        if self.parts is not self.world.parts:
            self.parts = self.world.parts
            self.tellers = [part for part in self.parts.values() if type(part).tallies is not Part.tallies]
        return self.tellers

    def days(self) -> dict[str, NDArray[Any]]:
        """Tally → one number for each day played; NaN for days on which nobody tallied it."""
        kept = self.kept[: self.length]
        out = {"day": np.arange(self.length)}
        out.update({name: kept[name].copy() for name in kept.dtype.names or ()})
        names = dict.fromkeys(name for told in self.told for name in told)
        out.update({name: np.array([told.get(name, math.nan) for told in self.told]) for name in names})
        return out
