"""Hypothesis makes scenarios: any settings within their bounds, in a market that stays small."""

from __future__ import annotations

import math
from typing import Any

from hypothesis import strategies as st
from worlds import scenario

from smsim.core.registry import registry
from smsim.core.section import Param

#: What keeps a world small, or is a file's business.
_HELD = {"run", "leads.replay", "changes[]", "launches[]"}
_HELD_KEYS = {"company.rep_mind", "company.marketer_mind", "company.currency", "company.reps", "company.marketers", "market.customers",
              "leads.arrivals", "leads.birth_hours", "selling.plan", "leads.latency", "incentives.reps.quota"}
#: What marketers may be paid for, all figures at once, since shares add up.
_FIGURES = ("leads", "pipeline", "revenue", "margin", "new_accounts", "market_share", "closing_ratio")
_SHARES: list[dict[str, float]] = [{}, {"leads": 1.0}, {"revenue": 1.0}, {"leads": 0.25, "closing_ratio": 0.75},
                                   {"margin": 0.5, "pipeline": 0.5}, {"market_share": 0.5, "new_accounts": 0.5}]
_PAY = [{f"incentives.marketers.{name}": shares.get(name, 0.0) for name in _FIGURES} for shares in _SHARES]
#: Bounds narrower than those allowed, so that a day does not take minutes.
_NARROW = {"selling.call.mean": (0.05, 40.0), "market.windows": (0.0, 1.0), "practices.meetings.bandwidth": (0.0, 40.0)}


def _value(key: str, known: Param) -> st.SearchStrategy[Any]:
    if known.unit == "flag":
        return st.booleans()
    if known.unit == "names":
        return st.lists(st.sampled_from(known.choices), unique=True)
    if known.unit == "shares":
        even = dict.fromkeys(known.choices, 1.0 / len(known.choices))
        return st.sampled_from([even, *({word: 1.0} for word in known.choices)])
    if known.choices:
        return st.sampled_from(known.choices)
    low, high = _NARROW.get(key, (known.low, known.high))
    assert low is not None
    assert high is not None
    if known.unit == "count":
        return st.integers(int(low), int(min(high, low + 8)))
    near = st.floats(low, min(high, max(low + 1, 100.0)), allow_nan=False)
    ends = [low, high] if high < 1e4 else [low]
    return st.one_of(near, st.sampled_from(ends + [value for value in known.words.values() if isinstance(value, float)]))


def _settings() -> dict[str, st.SearchStrategy[Any]]:
    found: dict[str, st.SearchStrategy[Any]] = {}
    for section in registry().sections:
        if section.at in _HELD:
            continue
        places = [f"{section.at}.{name}" for name in list(section.entries)[:2]] if section.each else [section.at]
        for place in places:
            for name, known in section.params().items():
                key = f"{place}.{name}"
                if key not in _HELD_KEYS and key not in _PAY[0]:
                    found[key] = _value(key, known)
    found["leads.latency"] = st.sampled_from(["at once", "daily", "3 hours", "2 days", "40 days"])
    found["selling.plan"] = st.sampled_from(["by_mind", {"leads": 1.0}, {"prospects": 1.0}, {"leads": 0.5, "prospects": 0.5}])
    found["incentives.reps.quota"] = st.sampled_from(["none", "1 per month", "20000 per month", "300000 per quarter", "1e6 per year"])
    found["leads.birth_hours"] = st.sampled_from(["office", "evening", "always", [1.0] + [0.0] * 23])
    found["practices.meetings.every"] = st.sampled_from([1.0, 7.0, 10.5, math.inf])
    return found


_SETTINGS = _settings()


@st.composite
def launches(draw: st.DrawFn, last: int) -> dict[str, Any]:
    """A launch somewhere in a run, in any order of its dates."""
    date = st.one_of(st.just("never"), st.integers(0, last).map("day {}".format))
    dates = {word: draw(date) for word in ("train", "announce", "ship", "rival_enters")}
    return {"product": "widget", **dates, "pressure": draw(st.floats(0, 1)), "training": draw(st.floats(0, 60))}


@st.composite
def settings(draw: st.DrawFn) -> dict[str, Any]:
    """A map of settings: the size of the world, and a dozen or so of anything else."""
    made: dict[str, Any] = {
        "run.weeks": draw(st.integers(1, 6)), "run.warm_up": "3 days", "market.customers": draw(st.sampled_from([1, 2, 17, 150])),
        "company.reps": draw(st.sampled_from([0, 1, 2, 5])), "company.marketers": draw(st.sampled_from([0, 1, 3])),
        "leads.arrivals": draw(st.sampled_from(["from_demand", "from_demand", "0", "20 per week", "200 per week"])),
    }
    if draw(st.booleans()):
        made["launches"] = [draw(launches(made["run.weeks"] * 7 - 1))]
    keys = draw(st.lists(st.sampled_from(sorted(_SETTINGS)), max_size=14, unique=True))
    return made | draw(st.sampled_from(_PAY)) | {key: draw(_SETTINGS[key]) for key in keys}


@st.composite
def changes(draw: st.DrawFn) -> dict[str, Any]:
    """A few settings that may change in the course of a run."""
    held = scenario()
    keys = draw(st.lists(st.sampled_from(sorted(key for key in _SETTINGS if not held.param(key).fixed)), max_size=6, unique=True))
    return draw(st.sampled_from([{}, *_PAY])) | {key: draw(_SETTINGS[key]) for key in keys}


@st.composite
def scenarios(draw: st.DrawFn) -> Any:
    """A scenario that can be played."""
    return scenario(draw(settings()))
