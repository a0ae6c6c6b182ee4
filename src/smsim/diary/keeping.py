"""A world is played up to a week, and one rep keeps a journal of it.

What is kept is what happened in the world of that replication, to the last bit: writing it down changes nothing. Beside his tasks
stand what he was told and how much of it he took, what he was asked and answered, and what he decided.
"""

from __future__ import annotations

import dataclasses
import itertools
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from smsim.core.calendar import WEEK
from smsim.core.luck import replication_seed
from smsim.diary.listening import Notice, busy, listening
from smsim.errors import PlanError, Problem
from smsim.model import SalesMarketingModel, check
from smsim.scenario import Scenario
from smsim.world.company import Company, RunLength
from smsim.world.journal import AWAY, LEAD
from smsim.world.outcomes import Outcome

#: Lines a journal has for one day; nobody does more.
_LINES = 2048
#: Columns in which a practice counts what marketing asks a rep for, and what he answers, where there is one.
ASKED, ANSWERED = "asked", "answered"


@dataclass(frozen=True)
class Telling:
    """What marketing told him of one segment: the weight it has in what he now believes, beside his own experience."""

    segment: str
    weight: float


@dataclass(frozen=True)
class Day:
    """A day of his: his tasks (rows of the journal), and what went on around them."""

    day: int
    tasks: list[dict[str, Any]]
    #: Habits that fell on the morning.
    habits: list[str]
    told: list[Telling]
    #: The last day up to which he has been told of coming changes, if that was today.
    horizon: float | None
    asked: int
    answered: int
    observed: int
    passed_on: int
    waiting: int
    oldest: float
    #: His leads and opportunities that ended today: outcome → number.
    ended: dict[str, int]
    #: What took the hours that were gone from his working day before it began, by the part that took them.
    hours: dict[str, float] = field(default_factory=dict)
    #: What marketing put before him, and whether he looked.
    notices: list[Notice] = field(default_factory=list)
    #: Meetings with customers due in the morning, and whether they leave time for what marketing asks.
    due: int = 0
    busy: bool = False
    #: What he has learned of customers and marketing has not heard, in the morning.
    unsent: int = 0


@dataclass(frozen=True)
class State:
    """Where he stands: what he decided, and whom he trusts."""

    share_leads: float
    newest_first: float
    effort: float
    share_reported: float
    trust: float
    sure_fresh: float
    trust_in_sales: float


@dataclass(frozen=True)
class Week:
    """A rep's week. `before` is Monday before anybody has decided, `decided` Monday night, `after` Sunday night."""

    scenario: str
    rep: int
    week: int
    replication: int
    seed: int
    before: State
    decided: State
    after: State
    currency: str
    channels: list[str]
    days: list[Day] = field(default_factory=list)


def keep(scenario: Scenario, rep: int, week: int, replication: int = 0) -> Week:
    """Play the world of a replication up to the end of a week, and keep the journal of a rep (counted from 0). Raises PlanError."""
    _require(scenario, rep, week, replication)
    check(scenario)
    seed = replication_seed(scenario.of(RunLength).seed, replication)
    model = SalesMarketingModel(scenario, seed)
    model.run_for(week * WEEK)
    before, days = _state(model, rep), []
    model.world.reps["kept"][rep] = 1
    model.world.journal.grow(_LINES)
    decided = before
    given: dict[str, float] = {}
    for day in range(week * WEEK, (week + 1) * WEEK):
        one = _day(model, rep, day)
        given = {name: given.get(name, 0.0) + one.hours.get(name, 0.0) for name in {**given, **one.hours}}
        at_work = any(task["kind"] == AWAY for task in one.tasks)
        days.append(dataclasses.replace(one, hours=given if at_work else {}))
        given = {} if at_work else given
        decided = _state(model, rep) if day == week * WEEK else decided
    return Week(scenario.name, rep, week, replication, seed, before, decided, _state(model, rep), scenario.of(Company).currency,
                list(model.world.channel_names), days)


def _require(scenario: Scenario, rep: int, week: int, replication: int) -> None:
    weeks, reps = scenario.of(RunLength).weeks, scenario.of(Company).reps
    problems = []
    if not 0 <= rep < reps:
        problems.append(Problem(f"{scenario.name} has no rep {rep}", read=f"--rep {rep}", allowed=f"0 to {reps - 1}"))
    if not 0 <= week < weeks:
        problems.append(Problem(f"{scenario.name} has no week {week}", read=f"--week {week}", allowed=f"0 to {weeks - 1}"))
    if replication < 0:
        problems.append(Problem("there is no such replication", read=f"--replication {replication}", allowed="a whole number from 0"))
    if problems:
        raise PlanError(problems)


def _state(model: Any, rep: int) -> State:
    row, firm = model.world.reps[rep], model.world.firm[0]
    names = ("share_leads", "newest_first", "effort", "share_reported", "trust", "sure_fresh")
    return State(**{name: float(row[name]) for name in names}, trust_in_sales=float(firm["trust_in_sales"]))


@dataclass(frozen=True)
class _Seen:
    """What is compared from one night to the next."""

    heard: Any
    horizon: float
    notes: int
    unsent: int
    counts: tuple[int, int]
    logged: int


def _see(world: Any, rep: int) -> _Seen:
    segments, ring = len(world.segments), len(world.notes) // max(1, len(world.reps))
    heard = world.rep_insight[rep * segments : (rep + 1) * segments]
    own = world.notes[rep * ring : (rep + 1) * ring]
    counts = tuple(int(world.reps[name][rep]) if name in world.reps else 0 for name in (ASKED, ANSWERED))
    return _Seen(np.array(heard), float(world.reps["horizon"][rep]), int(world.reps["notes"][rep]), int((own["sent"] == 0).sum()),
                 (counts[0], counts[1]), int(world.firm["logged"][0]))


def _day(model: Any, rep: int, day: int) -> Day:
    """Play one day and write down what was his."""
    world = model.world
    waiting, oldest = _waiting(world, rep, day)
    seen, (due, is_busy) = _see(world, rep), busy(world, rep, day)
    world.firm["jotted"] = 0
    with listening(model, rep) as heard:
        model.run_for(1)
    now = _see(world, rep)
    observed = now.notes - seen.notes
    return Day(day, _tasks(world), heard.habits, _told(model, heard.habits, seen.heard, now.heard),
               now.horizon if now.horizon > seen.horizon else None, now.counts[0] - seen.counts[0], now.counts[1] - seen.counts[1],
               observed, max(0, seen.unsent + observed - now.unsent), waiting, oldest, _ended(world, rep, seen.logged),
               heard.hours, heard.notices, due, is_busy, seen.unsent)


def _tasks(world: Any) -> list[dict[str, Any]]:
    """The lines of the journal; a call on a lead that a colleague has called too takes its time twice, and leaves a gap after it."""
    lines = world.journal[: int(world.firm["jotted"][0])]
    tasks = [{name: line[name].item() for name in lines.dtype.names} for line in lines if line["end"] > line["start"]]
    unclear = bool(world.firm["doubled"][0] > 0)
    for one, after in itertools.zip_longest(tasks, tasks[1:]):
        one["twice"] = unclear and one["kind"] == LEAD and after is not None and after["start"] > one["end"] + 1e-6
    return tasks


def _told(model: Any, habits: list[str], before: Any, now: Any) -> list[Telling]:
    """The segments of which he has heard something new, and what weight it has against his own experience.

    What was heard before fades from day to day; only on a day with a habit that tells is a change something new.
    """
    writes = {column for name in habits for column in model.world.parts[name].writes}
    if not writes & {"rep_insight.heard", "rep_insight.*"}:
        return []
    found = []
    for name, old, new in zip(model.world.segment_names, before, now, strict=True):
        if (old["heard"] != new["heard"]).any():
            told, own = 1.0 / float(new["heard_var"]), 1.0 / float(new["var"])
            found.append(Telling(name, told / (told + own)))
    return found


def _waiting(world: Any, rep: int, day: int) -> tuple[int, float]:
    """How many leads are in his queue this morning, and the age of the oldest in days; with a pool, in the common one."""
    count, oldest = 0, 0.0
    for queue in (rep, len(world.reps)):
        row = int(world.queues["head"][queue])
        while row >= 0:
            count, oldest = count + 1, max(oldest, day - float(world.leads["created"][row]))
            row = int(world.leads["after"][row])
    return count, oldest


def _ended(world: Any, rep: int, since: int) -> dict[str, int]:
    rows = world.log[since : int(world.firm["logged"][0])]
    names = [Outcome(int(code)).label for code in rows[rows["rep"] == rep]["outcome"]]
    return {name: names.count(name) for name in dict.fromkeys(names)}
