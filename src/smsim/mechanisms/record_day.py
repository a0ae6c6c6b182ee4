"""At the end of the day its tallies are written down, and the slate is wiped."""

from __future__ import annotations

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
        self.extra: dict[str, list[float]] = {}
        self.blank = self.world.today[:].copy()

    def day(self, day: int) -> None:
        """Write down, wipe."""
        today = self.world.today
        firm = self.world.firm
        today["lead_threshold"] = firm["qualified" if firm["qualified"][0] > 0 else "threshold"]
        if self.length == len(self.kept):
            self.kept = np.concatenate([self.kept, np.zeros_like(self.kept)])
        self.kept[self.length] = today[0]
        for part in self.world.parts.values():
            if type(part).tallies is not Part.tallies:
                for name, value in part.tallies().items():
                    self._series(name).append(value)
        self.length += 1
        today[0] = self.blank[0]

    def _series(self, name: str) -> list[float]:
        """The values of a further figure up to yesterday, empty (NaN) for days on which nobody tallied it."""
        series = self.extra.get(name)
        if series is None:
            series = self.extra[name] = []
        if len(series) < self.length:
            series += [float("nan")] * (self.length - len(series))
        return series

    def days(self) -> dict[str, NDArray[Any]]:
        """Tally → one number for each day played."""
        kept = self.kept[: self.length]
        out = {"day": np.arange(self.length)}
        out.update({name: kept[name].copy() for name in kept.dtype.names or ()})
        out.update({name: np.array(self._series(name)) for name in self.extra})
        return out
