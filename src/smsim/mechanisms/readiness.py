"""Reps learn a new product and forget it (M30, M31).

Know-how in hours: h' = training + practice in meetings − h·ln(1/ρ) a month; readiness R = 1/(1 + e^{−(h−h½)/s}). Training begins
on its day whatever the announcement, is spread evenly over the working days of six weeks, and takes those hours from selling.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from smsim.core.contracts import Mechanism, Phase
from smsim.core.kernel import kernel, launch
from smsim.core.section import Section, param
from smsim.core.units import DAYS
from smsim.mechanisms.hours import take_hours
from smsim.world.company import Company
from smsim.world.products import launches_of

#: Days over which training is spread.
TRAINING_DAYS = 42
#: Beyond so many spreads from the middle, readiness is 0 or 1.
_FAR = 30.0


class Readiness(Section, at="selling.readiness"):
    """How reps become ready for a new product, and what it means if they are not."""

    retention: float = param(0.85, "share", "Share of know-how left after a month without use (ρ)", source="murre2015", grade="C", low=0.01,
                             high=1, moves="launch_revenue +", span=(0.75, 0.98))
    practice: float = param(0.25, "hours", "Know-how gained in a meeting about the product", source="assumed", grade="C", low=0,
                            high=100, moves="burned_accounts -")
    half: float = param(8.0, "hours", "Know-how at which a rep is half ready", source="assumed", grade="C", low=0, high=1000,
                        moves="launch_revenue -")
    spread: float = param(2.0, "hours", "Know-how beyond that at which he is ready to 73%", source="assumed", grade="C", low=0.01,
                          high=1000, moves="launch_revenue ?")
    burn: float = param(364.0, "days", "How long an account burned by an unready rep has no ear for the firm", source="assumed",
                        grade="C", low=0, high=7280, moves="leads -")


class GettingReady(Mechanism):
    """Reps are trained, forget, and are as ready as their know-how makes them."""

    name = "readiness"
    phase = Phase.MARKET
    sections = (Readiness,)
    reads = ("know_how.hours", "reps.trains")
    writes = ("know_how.*", "reps.away", "today.practice_hours_cost")
    can_switch = False

    @classmethod
    def is_on(cls, scenario: Any) -> bool:
        """Where a product is launched."""
        return bool(launches_of(scenario))

    def tune(self, day: int) -> None:
        """Read the plan of training."""
        self.company, self.launches = self.scenario.of(Company), launches_of(self.scenario)
        readiness = self.scenario.of(Readiness)
        self.half, self.spread, self.kept = readiness.half, readiness.spread, readiness.retention ** (1 / DAYS["month"])
        self.trained = [self._days_of(plan) for plan in self.launches]
        self.sessions = [sum(map(self.company.works_on, days)) for days in self.trained]
        self.ready, self.assigned = np.empty(len(self.world.know_how)), None

    @staticmethod
    def _days_of(plan: Any) -> range:
        return range(int(plan.train), int(plan.train) + TRAINING_DAYS) if plan.train < np.inf else range(0)

    def day(self, day: int) -> None:
        """Forget a day's worth, train where it is planned."""
        known, ready = self.world.know_how.rows, self.ready
        launch(forget, known, self.kept)
        for number, plan in enumerate(self.launches, 1):
            if day in self.trained[number - 1] and self.company.works_on(day):
                self._train(number, plan.training / self.sessions[number - 1])
        launch(fall_short, known, ready, self.half, self.spread)
        np.exp(ready, out=ready)
        launch(be_ready, known, ready)
        launched = self._sold(ready.reshape(len(self.world.reps), len(self.launches) + 1)[:, 1:])
        self.mean = float(np.add.reduce(launched, axis=None)) / launched.size if launched.size else float("nan")

    def _train(self, number: int, hours: float) -> None:
        """Whoever is to sell a product spends so many hours on it."""
        learns = self._learns(number)
        known = self.world.know_how["hours"].reshape(len(self.world.reps), len(self.launches) + 1)
        known[learns, number] += hours
        take_hours(self.world, "reps", hours, learns)

    def _sold(self, ready: Any) -> Any:
        """Readiness of each rep for the launched products he sells."""
        if (assigned := self.world.reps["trains"].tobytes()) != self.assigned:
            everything = (self.world.reps["trains"] < 0).all()
            self.assigned = assigned
            self.sold = None if everything else np.column_stack([self._learns(n) for n in range(1, len(self.launches) + 1)])
        return ready if self.sold is None else ready[self.sold]

    def _learns(self, number: int) -> Any:
        """Who is trained for a product."""
        trains = self.world.reps["trains"]
        return (trains < 0) | (trains == number)

    def tallies(self) -> Mapping[str, float]:
        """Mean readiness over reps and the launched products they sell."""
        return {"readiness": self.mean}


@kernel
def forget(known: Any, kept: Any) -> Any:
    """A day's worth of know-how is gone."""
    for n in range(len(known)):
        known[n].hours *= kept


@kernel
def fall_short(known: Any, short: Any, half: Any, spread: Any) -> Any:
    """By how many spreads each lacks the know-how to be half ready."""
    for n in range(len(known)):
        short[n] = -min(max((known[n].hours - half) / spread, -_FAR), _FAR)


@kernel
def be_ready(known: Any, ready: Any) -> Any:
    """1/(1 + x), x being e to the power of what is lacking."""
    for n in range(len(known)):
        ready[n] = 1.0 / (1.0 + ready[n])
        known[n].ready = ready[n]
