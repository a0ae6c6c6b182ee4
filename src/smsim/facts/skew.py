"""The best fifth of the reps bring half to two thirds of the revenue.

A firm of forty reps who differ, leave and learn as in `people`, with five times the customers and five times the spending of `silo`. Share
of revenue of the best fifth of those who sold anything. A spread of talent of σ = .5 alone makes 36.6% of talent (case 22).

Source: CSO Insights [S]: the best fifth bring about 60%; the band is theirs and ours [D].
"""

from __future__ import annotations

from collections.abc import Mapping

from smsim.facts.fact import Fact, Measure, Played, World
from smsim.scenario.sizing import larger_market

_SIZE = 5
SIZES = {"company.reps": 8 * _SIZE, "company.marketers": 4 * _SIZE, **larger_market(_SIZE)}


def numbers(played: Played) -> Mapping[str, float]:
    """The share of the best fifth."""
    return {"share": played.kpis["top_fifth_share"]}


FACT = Fact("13", "Skew", __doc__, {"firm": World("people", SIZES)}, numbers, (
    Measure("best fifth", "Share of revenue of the best fifth of the reps", (0.5, 0.68), lambda means: means["firm"]["share"]),
))
