"""The later a web lead is called, the less often it qualifies: several times less after an hour, tens of times less after a day.

Bands: the rate up to 1 hour over that from 1 to 2 hours lies in 2 to 7, over that after 24 hours in 8 to 60; no age does better
than a younger one. The upper ends are the raw associations (hot leads get fast calls), the lower ends what may be causal. Counted
here: leads that were called, by their age at the first call; a lead qualifies when the call opens an opportunity.

Source: Oldroyd, McElheran & Elkington 2011, Harvard Business Review, 1.25 million leads of 42 firms [C]; lower ends of the bands [D].
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from smsim.facts.fact import INFINITE, Fact, Means, Measure, Played, World, response_hours

#: Ages in hours between which calls are counted.
EDGES = (0.0, 1 / 12, 0.25, 0.5, 1.0, 2.0, 6.0, 24.0, 72.0, 168.0, 720.0, INFINITE)
_FIRST_HOUR, _SECOND_HOUR, _LATER, _DAY_OR_MORE = (0.0, 1.0), (1.0, 2.0), (2.0, 24.0), (24.0, INFINITE)


def numbers(played: Played) -> Mapping[str, float]:
    """Calls and qualified leads by age at the first call."""
    hours = response_hours(played.old_leads)
    called = hours.notna()
    group = np.searchsorted(EDGES[1:], hours[called], side="left")
    good = played.old_leads["qualified"].notna()[called]
    calls = np.bincount(group, minlength=len(EDGES) - 1)
    qualified = np.bincount(group[good], minlength=len(EDGES) - 1)
    return {f"called_{i}": float(n) for i, n in enumerate(calls)} | {f"qualified_{i}": float(n) for i, n in enumerate(qualified)}


def rate(means: Means, ages: tuple[float, float]) -> float:
    """The share of leads called at these ages that qualified."""
    groups = range(EDGES.index(ages[0]), EDGES.index(ages[1]))
    web = means["web"]
    return sum(web[f"qualified_{i}"] for i in groups) / sum(web[f"called_{i}"] for i in groups)


def ratio(young: tuple[float, float], old: tuple[float, float]) -> Callable[[Means], float]:
    """How many times as often the young qualify as the old."""
    return lambda means: rate(means, young) / rate(means, old)


def drop(young: tuple[float, float], old: tuple[float, float]) -> Callable[[Means], float]:
    """How much more often the young qualify than the old, in shares."""
    return lambda means: rate(means, young) - rate(means, old)


_DECAY, _RISING = "leads.decay", (0.0, INFINITE)
FACT = Fact("3", "Lead decay", __doc__, {"web": World("web")}, numbers, (
    Measure("1st over 2nd hour", "Qualify rate up to 1 hour / from 1 to 2 hours", (2.0, 7.0), ratio(_FIRST_HOUR, _SECOND_HOUR), _DECAY),
    Measure("1st hour over a day or more", "Qualify rate up to 1 hour / after 24 hours", (8.0, 60.0), ratio(_FIRST_HOUR, _DAY_OR_MORE),
            _DECAY),
    Measure("drop after 1 hour", "Qualify rate up to 1 hour − from 1 to 2 hours", _RISING, drop(_FIRST_HOUR, _SECOND_HOUR), _DECAY),
    Measure("drop after 2 hours", "Qualify rate from 1 to 2 hours − from 2 to 24 hours", _RISING, drop(_SECOND_HOUR, _LATER), _DECAY),
    Measure("drop after 24 hours", "Qualify rate from 2 to 24 hours − after 24 hours", _RISING, drop(_LATER, _DAY_OR_MORE), _DECAY),
))
