"""What each side believes customers want: beliefs with a variance, that age as the market drifts (M18, M19).

A day turns (x, P) into (x·e^{−κ}, P·e^{−2κ} + 1 − e^{−2κ}) plus the variance of sudden changes nobody saw coming. Who sees a change
coming through noise moves his belief by what the signal is worth. Marketing watches the whole market; reps know what they were told.
Marketing's own research comes every quarter, late.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smsim.core.calendar import Rhythm
from smsim.core.contracts import Mechanism, Phase
from smsim.core.kernel import kernel, launch
from smsim.core.luck import normal
from smsim.core.section import Section, param
from smsim.core.table import Table, field
from smsim.mechanisms.market import Horizon, worth_of_a_signal
from smsim.mechanisms.thought_worlds import ThoughtWorlds
from smsim.world.customers import CRITERIA
from smsim.world.market import Market
from smsim.world.world import LOOK_AHEAD


class Research(Section, at="market.research"):
    """Marketing's own look at the market."""

    every: float = param(91.0, "days", "Time between two studies", source="assumed", grade="C", low=1, high=3640,
                         words={"never": math.inf}, moves="marketing_need_error +")
    lag: float = param(28.0, "days", "Time from the field work to the result", source="assumed", grade="C", low=0, high=364,
                       moves="marketing_need_error +")
    noise: float = param(1.0, "sd", "Noise of a study, per criterion", source="assumed", grade="C", low=0.01, high=10,
                         moves="marketing_need_error +")


class Studies(Table, name="studies"):
    """Research that is under way (row = slot × segments + segment): as many slots as studies can be under way at once."""

    seen = field("f8", 0.0, "sd", "What the field work found", (CRITERIA,))
    day = field("i4", -1, "day", "Day of the field work; -1 for none under way")


@dataclass(frozen=True)
class Study:
    """One study under way: when its result comes, the slot it is kept in, and the variance of what it finds."""

    due: float
    slot: int
    variance: float


class Believing(Mechanism):
    """Beliefs age; research comes in."""

    name = "insight"
    phase = Phase.LEARNING
    sections = (Research, Market, Horizon, ThoughtWorlds)
    reads = ("segments.need", "segments.studied_off", "shocks.*", "insight.*", "rep_insight.*", "reps.horizon")
    writes = ("insight.*", "rep_insight.*", "studies.*", "today.marketing_need_error", "today.sales_need_error",
              "today.belief_gap")
    streams = ("study",)

    def set_up(self) -> None:
        """Start with one study at hand."""
        self._read()
        self.studies = self.world.studies = Studies(len(self.world.segments))
        self.under_way: list[Study] = []
        self._start_study(0)
        self._finish_study(self.under_way.pop(), 0)

    def tune(self, day: int) -> None:
        """Read how often and how well marketing looks; a new rhythm of research begins today, studies under way are finished."""
        self._read()
        if self.is_new("market.research.every"):
            self.rhythm = Rhythm(self.research.every, start=day, workdays=False)
            self.next = self.rhythm.after(day)
        if self.is_new("market.research.every", "market.research.lag"):
            slots = len(self.under_way) + 1 + math.ceil(self.research.lag / self.research.every)
            self.studies.grow(slots * len(self.world.segments))

    def _read(self) -> None:
        market, horizon, self.research = self.scenario.of(Market), self.scenario.of(Horizon), self.scenario.of(Research)
        self.p = market.row()
        self.gap = self.scenario.of(ThoughtWorlds).orientation_gap
        self.worth = worth_of_a_signal(market.shock_size, horizon.noise)

    def day(self, day: int) -> None:
        """Age by a day, start and finish studies, and see how far beliefs are off."""
        launch(age_beliefs, self.world.rows, self.p, self.worth, day)
        if day == self.next:
            self._start_study(day)
            self.next = self.rhythm.after(day)
        while self.under_way and day >= self.under_way[0].due:
            self._finish_study(self.under_way.pop(0), day)
        tolerance = self.p["tolerance"][0]
        errors = launch(need_errors, self.world.rows, self.gap)
        self.world.today["marketing_need_error"] = errors[0] / tolerance
        self.world.today["sales_need_error"] = errors[1] / tolerance
        self.world.today["belief_gap"] = errors[2] / tolerance

    def _begun(self) -> NDArray[np.int32]:
        """The day of the field work of each slot; -1 where none is under way."""
        return np.asarray(self.studies["day"][:: max(1, len(self.world.segments))])

    def _slot(self, slot: int) -> NDArray[Any]:
        """The rows of one slot."""
        count = len(self.world.segments)
        return self.studies.rows[slot * count:(slot + 1) * count]

    def _start_study(self, day: int) -> None:
        slot = int(np.argmin(self._begun()))
        self.under_way.append(Study(day + self.research.lag, slot, self.research.noise**2))
        self.under_way.sort(key=lambda study: study.due)
        launch(do_field_work, self.world.rows, self._slot(slot), self.luck.keys, self.research.noise, day)

    def _finish_study(self, study: Study, day: int) -> None:
        launch(hear_studies, self.world.rows, self._slot(study.slot), study.variance / self.gap, self.p, day)


@kernel
def do_field_work(w: Any, studies: Any, keys: Any, noise: Any, day: Any) -> Any:
    """Ask a sample of every segment what it wants today."""
    for s in range(len(studies)):
        studies[s].day = day
        for d in range(3):
            studies[s].seen[d] = w.segments[s].need[d] + noise * normal(keys[0].study, s * 3 + d, day) + w.segments[s].studied_off[d]


@kernel
def hear_studies(w: Any, studies: Any, noise: Any, p: Any, day: Any) -> Any:
    """The result of each study reaches marketing."""
    for s in range(len(studies)):
        hear_of_need(w.insight[s], studies[s].seen, noise, day - studies[s].day, p)
        studies[s].day = -1


@kernel
def hear_of_need(belief: Any, seen: Any, noise: Any, age: Any, p: Any) -> Any:
    """Fuse an observation that is `age` days old into a belief: y → y·e^{−κt}, R → R·e^{−2κt} + 1 − e^{−2κt}, then by precision."""
    keep = math.exp(-p[0].drift / 7.0 * age)
    var = noise * keep * keep + 1.0 - keep * keep
    gain = belief.var / (belief.var + var)
    for d in range(3):
        belief.mean[d] += gain * (seen[d] * keep - belief.mean[d])
    belief.var *= 1.0 - gain


@kernel
def aged(var: Any, keep: Any, surprise: Any) -> Any:
    """The variance of a belief after a day."""
    return var * keep * keep + 1.0 - keep * keep + surprise


@kernel
def age_beliefs(w: Any, p: Any, worth: Any, day: Any) -> Any:
    """One day passes over all beliefs; who knew of today's change takes it in."""
    keep = math.exp(-p[0].drift / 7.0)
    size = p[0].shock_size * p[0].shock_size
    unseen = size * (1.0 - math.exp(-p[0].shocks / 7.0))
    for s in range(len(w.segments)):
        shock = w.shocks[s * LOOK_AHEAD + day % LOOK_AHEAD]
        comes = shock.day == day
        view = w.insight[s]
        view.var = aged(view.var, keep, (1.0 - worth) * size if comes else 0.0)
        for d in range(3):
            view.mean[d] = view.mean[d] * keep + (worth * shock.signal[d] if comes else 0.0)
        for r in range(len(w.reps)):
            belief, told = w.rep_insight[r * len(w.segments) + s], w.reps[r].horizon >= day
            surprise = unseen if not told else (1.0 - worth) * size if comes else 0.0
            belief.var = aged(belief.var, keep, surprise)
            belief.heard_var = min(1e9, aged(belief.heard_var, keep, surprise))
            for d in range(3):
                moved = worth * shock.signal[d] if comes and told else 0.0
                belief.mean[d] = belief.mean[d] * keep + moved
                belief.heard[d] = belief.heard[d] * keep + moved


@kernel
def need_errors(w: Any, gap: Any) -> Any:
    """Root mean square per criterion: marketing's error, the reps' error by experience and hearsay, and how far the two lie apart."""
    count = len(w.segments)
    marketing, sales, apart = 0.0, 0.0, 0.0
    for s in range(count):
        for d in range(3):
            marketing += (w.insight[s].mean[d] - w.segments[s].need[d]) ** 2
        for r in range(len(w.reps)):
            belief = w.rep_insight[r * count + s]
            own, told = 1.0 / belief.var, 1.0 / (belief.heard_var * gap)
            for d in range(3):
                mean = (own * belief.mean[d] + told * belief.heard[d]) / (own + told)
                sales += (mean - w.segments[s].need[d]) ** 2
                apart += (mean - w.insight[s].mean[d]) ** 2
    held = 3 * count * len(w.reps)
    of_reps = (math.sqrt(sales / held), math.sqrt(apart / held)) if held > 0 else (np.nan, np.nan)
    return math.sqrt(marketing / (3 * count)), of_reps[0], of_reps[1]
