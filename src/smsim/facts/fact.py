"""A stylised fact: what is known of real firms, the worlds in which the model is asked for it, what would count as agreement.

A fact is one module of this room with a `FACT`. Its docstring says what is known, then, in a paragraph that begins with `Source:`,
who found it, with the mark that says how far that was confirmed.

    FACT = Fact("1", "Black hole", __doc__, {"firm": World("b2b")}, numbers, (Measure("never worked", "…", (0.6, 0.8), never_worked),))

`numbers` reads one played run of one world, or plays the world again (`Played.again`) and interferes in it; what a measure is worked
out from are the means of those numbers over the replications.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from smsim.record import Run

#: A fact that was looked at while the model was set up; one that was not.
CALIBRATES, TESTS = "calibrates", "tests"
#: What each kind of fact is good for.
KINDS = {CALIBRATES: "looked at while the model was set up: that it fits says little", TESTS: "not looked at before: what it says, counts"}
#: What the marks behind a source mean.
MARKS = {
    "C": "seen in an excerpt of the work itself", "S": "seen in a secondary page only", "M": "from memory, not confirmed",
    "D": "derived by us",
}
INFINITE = float("inf")
#: Leads younger than this at the end have not had the time to be called.
_DAYS_TO_CALL = 30
_LEADS = ("created", "routed", "first_touch", "qualified", "closed", "value", "score", "outcome", "channel", "segment")
#: Each world of a fact → each number → its mean over the replications.
Means = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class World:
    """A shipped scenario, and the settings that differ from it."""

    scenario: str
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Played:
    """One replication of one world, after it was played."""

    scenario: Any
    kpis: Mapping[str, float]
    days: pd.DataFrame
    leads: pd.DataFrame
    seed: int = 1

    @classmethod
    def of(cls, scenario: Any, run: Run, seed: int) -> Played:
        """The run as tables: a row per day, a row per inquiry (those below the threshold included, reps' own prospects not)."""
        kept = {name: np.asarray(values) for name, values in (run.leads or {}).items() if name in _LEADS}
        return cls(scenario, run.kpis, pd.DataFrame(run.days), pd.DataFrame(kept), seed)

    def again(self) -> Any:
        """The same world on the same luck as a model on its first morning: for a fact that looks at what tables do not keep."""
        from smsim.model import SalesMarketingModel

        return SalesMarketingModel(self.scenario, self.seed)

    @property
    def start(self) -> float:
        """The first day after the warm-up."""
        return float(self.scenario["run.warm_up"])

    @property
    def end(self) -> float:
        """The end of the last day."""
        return float(self.scenario["run.weeks"] * 7)

    @cached_property
    def marketing_leads(self) -> pd.DataFrame:
        """Marketing leads born after the warm-up."""
        return self.leads[(self.leads["created"] >= self.start) & (self.leads["outcome"] != "below_threshold")]

    @cached_property
    def old_leads(self) -> pd.DataFrame:
        """Those of them that were born at least thirty days before the end."""
        return self.born_before_end(_DAYS_TO_CALL)

    def born_before_end(self, days: float) -> pd.DataFrame:
        """Those of the marketing leads that were born at least so many days before the end."""
        return self.marketing_leads[self.marketing_leads["created"] <= self.end - days]


def response_hours(leads: pd.DataFrame) -> pd.Series[float]:
    """Clock hours from birth to the first call; NaN where there was none."""
    return (leads["first_touch"] - leads["created"]) * 24.0


@dataclass(frozen=True)
class Measure:
    """A number that has to lie in a band. `restates` names the setting it mostly says again; empty where it is an outcome."""

    name: str
    says: str
    band: tuple[float, float]
    of: Callable[[Means], float]
    restates: str = ""


@dataclass(frozen=True)
class Fact:
    """Something known of real firms."""

    id: str
    title: str
    text: str
    worlds: Mapping[str, World]
    numbers: Callable[[Played], Mapping[str, float]]
    measures: tuple[Measure, ...]
    kind: str = CALIBRATES

    def __post_init__(self) -> None:
        if self.kind not in (CALIBRATES, TESTS):
            raise ValueError(f"fact {self.id} is of the kind {self.kind!r}; there are {CALIBRATES!r} and {TESTS!r}")
        if not self.source or not self.confirmed:
            raise ValueError(f"fact {self.id} names no source with a mark; its docstring needs a paragraph `Source: … [C].`")

    @cached_property
    def _paragraphs(self) -> list[str]:
        return [" ".join(part.split()) for part in self.text.strip().split("\n\n")]

    @property
    def statement(self) -> str:
        """What is known."""
        return self._paragraphs[0]

    @property
    def source(self) -> str:
        """Who found it."""
        return next((part.removeprefix("Source: ").rstrip(".") for part in self._paragraphs if part.startswith("Source: ")), "")

    @property
    def confirmed(self) -> str:
        """How far that was confirmed."""
        marks = dict.fromkeys(re.findall(r"\[([A-Z])[^\]]*\]", self.source))
        return "; ".join(MARKS[mark] for mark in marks if mark in MARKS)
