"""A pretended model that says what it is, so that its runs can be kept, and counts how often it played."""

from __future__ import annotations

import dataclasses
import time
from pathlib import Path
from typing import Any

import runner_pretend as pretend

from smsim.record import Run


@dataclasses.dataclass(frozen=True)
class Counting:
    """Plays, and leaves a mark for each replication in a folder; `version` stands for its rules, `nap` for how long it takes."""

    marks: str
    version: int = 1
    nap: float = 0.0

    def content(self, name: str) -> dict[str, Any]:
        return {"counting": self.version}

    def __call__(self, scenario: Any, seed: int, leads: bool = False) -> Run:
        time.sleep(self.nap)
        with (Path(self.marks) / "played").open("a") as file:
            file.write(f"{scenario.name} {seed}\n")
        return pretend.play(scenario, seed, leads)

    @property
    def count(self) -> int:
        """How many replications were played."""
        file = Path(self.marks) / "played"
        return len(file.read_text().splitlines()) if file.exists() else 0
