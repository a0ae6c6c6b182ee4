"""Most leads that marketing hands over are never worked: 70% in four firms, and the band is 60 to 80%.

Counted here: marketing leads born after the warm-up and at least thirty days before the end; never worked is one without a first call.

Source: Sabnis, Chatterjee, Grewal & Lilien 2013, Journal of Marketing, 461 reps of 4 firms [C].
"""

from __future__ import annotations

from collections.abc import Mapping

from smsim.facts.fact import Fact, Means, Measure, Played, World


def numbers(played: Played) -> Mapping[str, float]:
    """Leads, and those nobody called."""
    leads = played.old_leads
    return {"leads": len(leads), "never_worked": float(leads["first_touch"].isna().sum())}


def never_worked(means: Means) -> float:
    """The share of leads nobody called."""
    firm = means["firm"]
    return firm["never_worked"] / firm["leads"]


FACT = Fact("1", "Black hole", __doc__, {"firm": World("b2b")}, numbers, (
    Measure("never worked", "Share of marketing leads without a first call", (0.6, 0.8), never_worked),
))
