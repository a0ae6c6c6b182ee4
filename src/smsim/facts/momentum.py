"""Momentum is real but small: a rep wins a little more often after a win.

In `spirits`, by how much likelier a rep wins after a win than after none, each rep held against himself and corrected for the bias of short
strings. Beside it the same where nothing carries over (`silo`), which must not be told from nothing by more than a point.

Source: van de Rijt, Kang, Restivo & Patil 2014, PNAS [S sign]; bias of the measure: Miller & Sanjurjo 2018 [C]; the band is ours [D].
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from smsim.facts.fact import TESTS, Fact, Means, Measure, Played, World


def numbers(played: Played) -> Mapping[str, float]:
    """Dependence of a decision on the one before."""
    return {"dependence": played.kpis["win_dependence"]}


def of(world: str) -> Callable[[Means], float]:
    """The dependence in a world."""
    return lambda means: means[world]["dependence"]


FACT = Fact("19", "Momentum", __doc__, {"spirits": World("spirits"), "silo": World("silo")}, numbers, (
    Measure("dependence", "Chance to win after a win less that after none", (0.01, 0.10), of("spirits")),
    Measure("null", "The same where nothing carries over", (-0.01, 0.01), of("silo")),
), TESTS)
