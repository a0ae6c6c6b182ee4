"""A small world of sections that stands in for the real rooms, so that the loader is tested by itself."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, ClassVar, Self

import pydantic

from smsim.core.contracts import Mechanism, Phase, Practice
from smsim.core.registry import Registry
from smsim.core.section import Section, param

GIVEN = {"source": "assumed", "grade": "C"}
HOURS = ("office", "always", "evening")


class Run(Section, at="run"):
    """How long is played, and how often."""

    weeks: int = param(104, "count", "Weeks played, warm-up included", low=1, high=2000, **GIVEN)
    warm_up: float = param(91.0, "days", "Time before anything counts", low=0, **GIVEN)
    seed: int = param(1, "count", "The luck of the study", low=0, **GIVEN)

    @pydantic.model_validator(mode="after")
    def _leaves_a_day(self) -> Self:
        if self.warm_up >= self.weeks * 7:
            raise ValueError("the warm-up leaves no day")
        return self


class Decay(Section, at="leads.decay"):
    """How leads go cold."""

    impatient_share: float = param(0.5, "share", "Share of leads that do not wait", low=0, high=1, moves="cold_share +", **GIVEN)
    patient_mean: float = param(72.0, "hours", "Mean patience of the others", low=0, **GIVEN)
    visible: bool = param(False, "flag", "Whether a cold lead leaves the queue", **GIVEN)


class Arrivals(Section, at="leads"):
    """Where leads come from."""

    arrivals: float = param(-1.0, "per week", "Leads that arrive", low=0, words={"from_demand": -1.0}, **GIVEN)
    birth_hours: str | list[float] = param("office", "profile", "When leads are born", choices=HOURS, **GIVEN)


class Routing(Section, at="leads"):
    """Who gets a lead."""

    routing: str = param("territory", "text", "Who gets a lead", choices=("territory", "round_robin", "pool"), **GIVEN)


class Replay(Section, at="leads.replay"):
    """A lead log that is played again."""

    file: str = param("", "path", "A table of leads", **GIVEN)
    created: str = param("created", "text", "Its column of creation", **GIVEN)


class Meetings(Section, at="practices.meetings"):
    """An hour together."""

    every: float = param(math.inf, "days", "Time between meetings", low=1, **GIVEN)
    length: float = param(1.0, "hours", "How long one lasts", low=0, high=24, **GIVEN)
    direction: str = param("both", "text", "Which way news goes", choices=("both", "up", "down", "none"), **GIVEN)


class Incentives(Section, at="incentives"):
    """What marketers are paid for."""

    marketers: dict[str, float] = param(
        lambda: {"leads": 1.0}, "shares", "What counts for marketers", choices=("leads", "pipeline", "revenue"), **GIVEN
    )


class ManagerPay(Section, at="incentives.managers"):
    """What managers are paid, and for what."""

    weights: ClassVar[tuple[str, ...]] = ("leads", "revenue", "margin")
    salary: float = param(9000.0, "money per month", "Fixed pay", low=0, **GIVEN)
    leads: float = param(1.0, "share", "Weight of leads", low=0, high=1, **GIVEN)
    revenue: float = param(0.0, "share", "Weight of revenue", low=0, high=1, **GIVEN)
    margin: float = param(0.0, "share", "Weight of margin", low=0, high=1, **GIVEN)


class RepPay(Section, at="incentives.reps"):
    """What reps are paid."""

    salary: float = param(4000.0, "money per month", "Fixed pay", low=0, **GIVEN)
    cap: float = param(math.inf, "share", "Limit of commissioned sales", low=0, words={"none": math.inf}, **GIVEN)


class Channel(Section, at="channels", each=True):
    """A way to reach customers."""

    entries: ClassVar[Mapping[str, Mapping[str, Any]]] = {"website": {"spend": "500 per week"}, "trade shows": {"quality": 0.4}}
    spend: float = param(100.0, "money per week", "What is spent", low=0, **GIVEN)
    quality: float = param(0.5, "share", "Share of buyers", low=0, high=1, **GIVEN)


class ChannelTrace(Section, at="channels", each=True):
    """What can be traced of a channel."""

    traced: float = param(1.0, "share", "Share that leaves a trace", low=0, high=1, **GIVEN)


class Launch(Section, at="launches[]"):
    """A product that is launched."""

    product: str = param("", "text", "Which product", **GIVEN)
    announce: float = param(math.inf, "date", "When customers hear of it", low=0, **GIVEN)
    ship: float = param(math.inf, "date", "When it can be bought", low=0, **GIVEN)
    strict: bool = param(False, "flag", "Whether the order must be kept", **GIVEN)


class Change(Section, at="changes[]"):
    """Something that changes on a day."""

    at_: float = param(math.inf, "date", "When", low=0, **GIVEN)
    set: dict[str, Any] = param(dict, "settings", "What is different then", **GIVEN)


class Company(Section, at="company"):
    """The firm."""

    reps: int = param(8, "count", "How many reps", low=0, high=500, **GIVEN)
    skills: list[str] = param(list, "names", "What they can", **GIVEN)
    slogan: str = param("", "text", "What they say", **GIVEN)
    price: float = param(10.0, "money", "What it costs", low=0, **GIVEN)


class Decaying(Mechanism):
    """Leads go cold."""

    name = "decaying"
    phase = Phase.HANDOFF
    sections = (Decay, Arrivals)
    reads = ("leads.born",)
    writes = ("leads.cold",)


class Meeting(Practice):
    """Both sides sit down together."""

    name = "meetings"
    sections = (Meetings,)
    costs = "hours of all present"
    moves = "observations"

    @classmethod
    def is_on(cls, scenario: Any) -> bool:
        return scenario.of(Meetings).every < math.inf


SECTIONS = [
    Run, Company, Decay, Arrivals, Routing, Replay, Meetings, Incentives, ManagerPay, RepPay, Channel, ChannelTrace, Launch, Change,
]
ROOMS = Registry(sections=SECTIONS, mechanisms={"decaying": Decaying}, practices={"meetings": Meeting})
