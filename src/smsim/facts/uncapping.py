"""Where a cap on commission and a quota that follows sales are dropped, revenue rises.

The firm is `capped`: a quarterly quota with a bonus, commission up to 120% of the quota, and a quota that follows sales half of the way.
The other has neither cap nor ratchet, and is otherwise the same. Change of revenue.

Source: Misra & Nair 2011, Quantitative Marketing and Economics [C]: +9%, where the quota was dropped too; the band is ours [D].
"""

from __future__ import annotations

from collections.abc import Mapping

from smsim.facts.fact import TESTS, Fact, Means, Measure, Played, World


def numbers(played: Played) -> Mapping[str, float]:
    """Revenue."""
    return {"revenue": played.kpis["revenue"]}


def change(means: Means) -> float:
    """Revenue with neither, over revenue with both, less one."""
    return means["free"]["revenue"] / means["capped"]["revenue"] - 1.0


FREE = {"incentives.reps.cap": "none", "incentives.reps.ratchet": 0.0}
FACT = Fact("10", "No cap, no ratchet", __doc__, {"capped": World("capped"), "free": World("capped", FREE)}, numbers, (
    Measure("revenue", "Change of revenue", (0.03, 0.15), change),
), TESTS)
