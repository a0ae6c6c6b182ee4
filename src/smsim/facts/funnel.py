"""One inquiry in a hundred or so becomes a sale; of the deals on which customers decide about half are won, a third lost.

In `silo`, the reference firm. Inquiry to won: of all inquiries born after the warm-up and at least 26 weeks before the end, those below the
threshold included, the share won by the end. Decided deals: won, lost to a rival, or ended without a decision after the warm-up, own
prospects included. The latter three say again what the intercepts of the choice were solved for.

Source: CSO Insights 2018, Implisit [S]: forecast deals 47, 32 and 21%; the ranges around them are ours [D].
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from smsim.facts.fact import Fact, Means, Measure, Played, World
from smsim.world.outcomes import Outcome

_HALF_YEAR = 182
ENDS = {"won": Outcome.WON, "lost": Outcome.LOST_TO_RIVAL, "none": Outcome.NO_DECISION}


def numbers(played: Played) -> Mapping[str, float]:
    """Inquiries and sales among them; decided deals by what was decided."""
    born = played.leads["created"]
    cohort = played.leads[(born >= played.start) & (born <= played.end - _HALF_YEAR)]
    model = played.again()
    model.run_for(played.end)
    log = model.period().log
    decided = log["outcome"][log["closed"] >= played.start]
    return {"inquiries": len(cohort), "sold": float((cohort["outcome"] == "won").sum()),
            **{name: float(np.sum(decided == outcome)) for name, outcome in ENDS.items()}}


def inquiry_to_won(means: Means) -> float:
    """The share of inquiries that became sales."""
    return means["firm"]["sold"] / means["firm"]["inquiries"]


def share(end: str) -> Callable[[Means], float]:
    """The share of decided deals that ended so."""
    return lambda means: means["firm"][end] / sum(means["firm"][name] for name in ENDS)


_SOLVED = "selling.choice"
FACT = Fact("12", "Funnel", __doc__, {"firm": World("silo")}, numbers, (
    Measure("inquiry to won", "Share of inquiries that became sales", (0.004, 0.03), inquiry_to_won),
    Measure("won", "Share of decided deals that were won", (0.42, 0.52), share("won"), _SOLVED),
    Measure("lost", "Lost to a rival", (0.27, 0.37), share("lost"), _SOLVED),
    Measure("none", "Ended without a decision", (0.16, 0.26), share("none"), _SOLVED),
))
