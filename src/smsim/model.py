"""The model: mornings on which people decide, days on which things happen. [mesa]

    model = SalesMarketingModel("silo", seed=7)
    model.run_for(364)
    model.datacollector.get_model_vars_dataframe()["revenue"].sum()
"""

from __future__ import annotations

import copy
import difflib
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

import mesa
import numpy as np

from smsim.agents.calendar import Coming, Habit, Mornings
from smsim.agents.customer import Customer
from smsim.agents.daybook import Daybook
from smsim.agents.people import Round
from smsim.core.cast import Cast
from smsim.core.registry import Registry, load_file
from smsim.core.view import RowSet
from smsim.errors import Mark, Problem, ScenarioError
from smsim.mechanisms.arrivals import comes_from
from smsim.mechanisms.lead_log import Replay, left_out
from smsim.mechanisms.loop import gains, on_either_side
from smsim.mechanisms.pay import without_quota
from smsim.record import Run, lead_table, value_of
from smsim.scenario import Scenario, load
from smsim.scenario.nodes import Entries
from smsim.scenario.turns import from_settings
from smsim.world.closing import full_log
from smsim.world.company import Company, RunLength
from smsim.world.contracts import Contracts, Dues, Holders
from smsim.world.customers import Accounts, Customers
from smsim.world.leads import Leads, Log
from smsim.world.market import RING, Market, Notes, Segment
from smsim.world.people import Reps
from smsim.world.period import Period
from smsim.world.products import Interests, Urges, launches_of
from smsim.world.world import World


class SalesMarketingModel(mesa.Model[Any, Any]):
    """One firm, one market, one stretch of luck.

    `scenario`: a `Scenario`, or the path or shipped name of one. `seed` (or `rng`, as Mesa says): the luck; the same seed is the same
    run. `changes`: dotted keys that differ from the scenario. Day d is played at model time d + 1; people decide at d + 0.5.

    `plot` is the scenario as it stands today: its `changes` come in the course of the run, and `change` makes others at once.
    `customers` is an agent set answered from the table; `reps` and `marketers` are Mesa agents; `datacollector` has one value a day
    for every daily key figure. Raises ScenarioError for a scenario that cannot be played.
    """

    def __init__(self, scenario: Scenario | str = "silo", seed: int = 1, changes: Mapping[str, Any] | None = None, *,
                 rng: int | None = None) -> None:
        seed = seed if rng is None else rng
        super().__init__(rng=int(seed))
        plot = load(scenario) if isinstance(scenario, str) else scenario
        self.plot = plot.but(changes) if changes else plot
        self.world = World(self.plot, int(seed))
        self.days_played = 0
        self._cast = Cast(self.plot.registry.parts(), self.world, int(seed))
        self.mornings, self._habits = Mornings(self), dict[str, Habit]()
        self._follow(0)
        self._coming = [Coming(self, turn) for turn in self.plot.turns]
        self._hire(self.plot.registry)
        self.customers = RowSet(np.arange(len(self.world.customers)), self.random, model=self, kind=Customer,
                                tables=(self.world.customers, self.world.accounts))
        self.datacollector = Daybook(self.daily)

    def _follow(self, day: int) -> None:
        """Everybody who acts reads the scenario as it stands now; habits that have ended leave the calendar."""
        self._cast.follow(self.plot, day)
        self.mechanisms, self.practices = self._cast.mechanisms, self._cast.practices
        for name in self._habits.keys() - self.world.parts.keys():
            self._habits.pop(name).end()
        for practice in self.practices:
            if practice.name in self._habits:
                self._habits[practice.name].follow(day)
            else:
                self._habits[practice.name] = Habit(self, practice, day)

    def change(self, changes: Mapping[str, Any]) -> None:
        """Change settings from this morning on: dotted keys → numbers in the parameter's unit, or words. The past stays as it is.

        What holds already changes nothing. Raises ScenarioError for a key or value that cannot be, or cannot change in the
        course of a run.
        """
        self.turn(from_settings(changes))

    def turn(self, over: Entries) -> None:
        """The same, for a map of settings as a scenario file has it."""
        now = self.plot.changed(over)
        if now is self.plot:
            return
        self.plot = now
        self.world.tune(now)
        self._follow(int(self.time))
        for person in [*self.marketers, *self.reps]:
            person.follow()

    def fork(self) -> Self:
        """Another model that stands where this one stands and has the same luck ahead; neither knows of the other.

            model = SalesMarketingModel("silo", seed=7)
            model.run_for(280)
            other = model.fork()
            other.change({"practices.meetings.every": "1 week"})
            for future in (model, other):
                future.run_for(364)
            print(other.result().kpis["revenue"] - model.result().kpis["revenue"])
        """
        return copy.deepcopy(self)

    def _hire(self, found: Registry) -> None:
        company = self.plot.of(Company)
        self.rounds: dict[tuple[int, float, str], Round] = {}
        rep, marketer = mind_named(found, "rep", company.rep_mind), mind_named(found, "marketer", company.marketer_mind)
        self.marketers = [marketer(self, index) for index in range(company.marketers)]
        self.reps = [rep(self, index) for index in range(company.reps)]

    def daily(self) -> dict[str, list[float]]:
        """Daily key figure → one value for each day played; NaN where what it is read from is switched off."""
        return {name: values.tolist() for name, values in self._daily(self.record.days()).items()}

    def _daily(self, days: Mapping[str, Any]) -> dict[str, Any]:
        nothing = np.full(self.days_played, np.nan)
        return {kpi.name: days.get(kpi.tally, nothing) for kpi in self.plot.registry.kpis.values() if kpi.is_daily}

    def step(self) -> None:
        """Play one day."""
        for mechanism in self.mechanisms:
            mechanism.day(self.days_played)
        self.days_played += 1
        self.datacollector.collect(self)

    def result(self, leads: bool = False) -> Run:
        """What the run leaves behind so far."""
        period, kpis = self.period(), self.plot.registry.kpis.values()
        days = self.record.days()
        return Run({kpi.name: value_of(kpi, period) for kpi in kpis}, {"day": days["day"], **self._daily(days)}, period.curves(),
                   lead_table(period.log, self._names()) if leads else None)

    def _names(self) -> dict[str, Any]:
        replay = self.world.parts.get("log_replay")
        log = getattr(replay, "log", None)
        return {"segments": self.world.customers["segment"], "segment_names": self.world.segment_names,
                "channel_names": self.world.channel_names, "product_names": self.world.product_names, "ids": getattr(log, "ids", None),
                "customers": getattr(log, "customer_names", None)}

    @property
    def record(self) -> Any:
        """The mechanism that keeps the days."""
        return self.world.parts["record"]

    def period(self) -> Period:
        """What the run has been since its warm-up, open leads included."""
        days, warm_up = self.record.days(), self.plot.of(RunLength).warm_up
        inside = days["day"] >= warm_up
        return Period({name: values[inside] for name, values in days.items()}, full_log(self.world, self.days_played), warm_up,
                      float(self.days_played), self.plot.of(Company).gross_margin)


def mind_named(found: Registry, kind: str, name: str) -> type[Any]:
    """The mind of that name, or the class in a file (`path.py:Name`). Raises ScenarioError with the names there are."""
    minds = {mind: thing for (of, mind), thing in found.minds.items() if of == kind}
    file, _, inside = name.rpartition(":")
    if file.endswith(".py"):
        thing: Any = getattr(load_file(Path(file)), inside, None)
        minds = {name: thing} if getattr(thing, "mind", "") == kind else {}
    if name not in minds:
        near = difflib.get_close_matches(name, minds, 1)
        raise ScenarioError(Problem(f"no {kind} mind is named {name!r}", Mark(f"company.{kind}_mind"), read=name,
                                    meant=f"`{near[0]}`" if near else "",
                                    allowed=", ".join(sorted(minds)) or f"the name of a subclass of {kind.capitalize()} in that file"))
    return minds[name]


def check(scenario: Scenario) -> str:
    """See whether a scenario can be played: its minds exist, its lead log can be read. Raises InputError.

    Returns what a user should know beforehand, in words; mostly nothing.
    """
    company = scenario.of(Company)
    mind_named(scenario.registry, "rep", company.rep_mind)
    mind_named(scenario.registry, "marketer", company.marketer_mind)
    if not scenario.each(Segment):
        raise ScenarioError(Problem("the market has no segments", Mark("market.segments"), read="none", allowed="at least one segment"))
    late = left_out(scenario.of(Replay), scenario.of(RunLength).weeks * 7) if comes_from(scenario) == "log" else ""
    return "; ".join(note for note in (late, without_quota(scenario)) if note)


def memory_needed(scenario: Scenario) -> float:
    """Bytes one replication takes at the most, roughly: the process, the tables, and a log of six leads a customer and year."""
    company, market, years = scenario.of(Company), scenario.of(Market), scenario.of(RunLength).weeks / 52
    customer = Customers.dtype().itemsize + Accounts.dtype().itemsize + 2 * 6 * years * Log.dtype().itemsize + Leads.dtype().itemsize
    customer += len(launches_of(scenario)) * (Interests.dtype().itemsize + Urges.dtype().itemsize)
    if scenario["market.accounts.renewal"] < np.inf:
        customer += Contracts.dtype().itemsize + Dues.dtype().itemsize + Holders.dtype().itemsize
    rep = Reps.dtype().itemsize + RING * Notes.dtype().itemsize + 2000
    return 3e8 + market.customers * customer + company.reps * rep + company.marketers * 2000


def play(scenario: Scenario, seed: int, leads: bool = False) -> Run:
    """Play one replication from the first day to the last. `leads` asks for the lead log."""
    length = scenario.of(RunLength)
    model = SalesMarketingModel(scenario, seed)
    model.run_for(length.weeks * 7)
    run = model.result(leads)
    share = run.kpis["lead_hours_share"]
    if length.loop_gain and not math.isnan(share):
        low, high = (_with_hours_held(scenario, seed, held) for held in on_either_side(share))
        run.kpis |= gains(low, high, scenario["selling.trust_slope"])
    return run


def _with_hours_held(scenario: Scenario, seed: int, share: float) -> Mapping[str, float]:
    """The key figures of the same world where reps hold a share of their hours for leads, whatever becomes of these."""
    return play(scenario.but({"run.loop_gain": False, "selling.plan": {"leads": share, "prospects": 1 - share}}), seed).kpis
