"""Trust is lost faster than it is won: after one failure it takes about two successes to be where one was.

Marketing's trust in sales (one event a lead: called within a week, or not) and a rep's belief in leads (one event a call), each moved by
the model's own rules from a level of one half: one failure, then successes until the level is reached again, the last one in part. At one
half, because there a gain and a loss of the same weight are of the same size; at a level T it takes λT/(1 − T), so that trust that is low
already is soon as good as before (at T = .2, half a success), and high trust is long in coming back. With `culture.harshness` 1 a failure
weighs as a success does. Nothing else of the worlds is used: the fact says a setting again, and shows that it is wired as it says.

Source: Brown, Imai, Vieider & Camerer 2024, Journal of Economic Literature [C]; Slovic 1993, Risk Analysis [S].
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from smsim.core.luck import Luck
from smsim.facts.fact import Fact, Means, Measure, Played, World
from smsim.mechanisms.trust import judge_follow_up, rate
from smsim.world.company import Culture
from smsim.world.people import FOLLOW_UP_RING
from smsim.world.world import World as Tables

_LEVEL, _MOST = 0.5, 20
#: A record of so many calls, as many good as makes the belief one half.
_CALLS = 40.0


def successes(levels: Iterator[float]) -> float:
    """How many successes bring back the level that a failure took away: the first number of `levels` is before it, the second after it."""
    start, now = next(levels), next(levels)
    for count in range(_MOST):
        after = next(levels)
        if after >= start:
            return count + (start - now) / (after - now)
        now = after
    return float("inf")


def marketing(scenario: Any) -> Iterator[float]:
    """Marketing's trust: one half, after a lead that nobody called, after one more that somebody called, and so on."""
    world, p = Tables(scenario, 1), scenario.of(Culture).row()
    world.firm["trust_in_sales"] = _LEVEL
    keys = Luck(1, "trust", ("order",)).keys
    yield _LEVEL
    for event in range(_MOST + 2):
        seen = world.follow_up[:]
        seen["born"], seen["worked"] = 0, 0
        seen["born"][(event - 8) % FOLLOW_UP_RING], seen["worked"][(event - 8) % FOLLOW_UP_RING] = 1, min(event, 1)
        judge_follow_up(world.rows, p, keys, event)
        yield float(world.firm["trust_in_sales"][0])


def sales(scenario: Any) -> Iterator[float]:
    """A rep's belief in leads: one half, after a bad call, after one more that was good, and so on."""
    harshness = scenario.of(Culture).harshness
    good = _LEVEL * (_CALLS + 1.5) - 0.3
    bad = (_CALLS - good) / harshness
    yield rate(good, bad, harshness)
    for event in range(_MOST + 2):
        yield rate(good + event, bad + 1, harshness)


def numbers(played: Played) -> Mapping[str, float]:
    """Successes after one failure."""
    return {"marketing": successes(marketing(played.scenario)), "sales": successes(sales(played.scenario))}


def of(world: str, side: str) -> Callable[[Means], float]:
    """A number of a world."""
    return lambda means: means[world][side]


_SHORT = {"run.weeks": 2, "run.warm_up": "1 week"}
WORLDS = {"harsh": World("b2b", _SHORT), "even": World("b2b", _SHORT | {"culture.harshness": 1.0})}
_TWO, _ONE, _RESTATES = (1.8, 3.2), (0.8, 1.2), "culture.harshness"
FACT = Fact("14", "Asymmetric trust", __doc__, WORLDS, numbers, (
    Measure("marketing", "Leads called that make good one that was not, in marketing's eyes", _TWO, of("harsh", "marketing"), _RESTATES),
    Measure("sales", "Good calls that make good a bad one, in a rep's eyes", _TWO, of("harsh", "sales"), _RESTATES),
    Measure("marketing, even", "The same of marketing, where failures weigh as successes do", _ONE, of("even", "marketing"), _RESTATES),
    Measure("sales, even", "The same of reps, where failures weigh as successes do", _ONE, of("even", "sales"), _RESTATES),
))
