"""What marketing brings stays in the fog, even where half of the market is not reached, to see: the interval is over a hundred points wide.

In `attribution` all channels are withheld for a quarter from half of the customers, which is as clear as a firm of this size can see: the
95% interval of the return on marketing's money, quarter by quarter, and the share of quarters in which it lies above 0 (so that marketing
could prove its worth). Respect is reps' trust in marketing, with leads on record and shown, against the same firm without (`silo`), both
for reps who trust marketing enough to look, and where they have stopped (trust .1 at first).

Source: Lewis & Rao 2015, Quarterly Journal of Economics, 25 trials [C]; about a third of heads of marketing can prove their impact [S]; the
bands are ours [D].
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from smsim.facts.fact import INFINITE, TESTS, Fact, Means, Measure, Played, World

_ALL = {"practices.attribution.withheld": "all", "practices.attribution.hold_out": "50%"}
_SHOWN = {"practices.attribution.hold_out": "0%"}
_DEAF = {"culture.trust": 0.1}


def numbers(played: Played) -> Mapping[str, float]:
    """Width of the interval, quarters that prove something, trust."""
    found = {"trust": played.kpis["trust_sales_in_marketing"]}
    if played.scenario["practices.attribution.hold_out"] > 0:
        found |= {"width": played.kpis["roi_interval"], "proven": played.kpis["roi_proven"]}
    return found


def more_trust(world: str, base: str) -> Callable[[Means], float]:
    """Trust in one world less that in another."""
    return lambda means: means[world]["trust"] - means[base]["trust"]


WORLDS = {
    "held": World("attribution", _ALL), "shown": World("attribution", _SHOWN), "silo": World("silo"),
    "deaf": World("attribution", _SHOWN | _DEAF), "deaf silo": World("silo", _DEAF),
}
FACT = Fact("17", "The fog of returns", __doc__, WORLDS, numbers, (
    Measure("width", "Width of the interval of the return on all marketing, median over quarters, 1 being a hundred points",
            (1.0, INFINITE), lambda means: means["held"]["width"]),
    Measure("proven", "Share of firm-quarters in which the interval lies above 0", (0.25, 0.50), lambda means: means["held"]["proven"]),
    Measure("respect", "Change of reps' trust where leads on record are shown", (0.0, INFINITE), more_trust("shown", "silo")),
    Measure("respect at little trust", "The same where reps hardly trust marketing at first", (-0.01, 0.01),
            more_trust("deaf", "deaf silo")),
), TESTS)
