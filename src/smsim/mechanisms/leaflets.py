"""Material that marketing has made: usable, it spares a rep the making of his own; and what it says is said (M28).

The chance that it is used in a meeting follows how well it suits what the segment wants today, and how easily it is found:

    logit P = f + b·match,  match = 1 − |text − need| / (ω√3)

|·| over the three criteria, ω the market's tolerance: 1 for a perfect match, 0 where each criterion is missed by one tolerance. Used, it
saves hours of preparation; and the rep takes what it says of the segment as hearsay, as he takes what he hears in a meeting, with
variance P/max(T, .05), where that is better than what he has heard. It ages as what was heard does: needs go on, the text stays.
A meeting's usual hours (`selling.deals.meeting_hours`) are those with material of the rep's own.
"""

from __future__ import annotations

import math
from typing import Any

from smsim.core.kernel import inner, kernel
from smsim.core.luck import luck
from smsim.core.section import Section, param

#: Where there is material to be used.
_MADE = {"practices.collateral.every": "13 weeks"}


class Leaflets(Section, at="selling.material"):
    """What marketing's material is to a rep."""

    saves: float = param(1.0, "hours", "Preparation that usable material spares a rep in a meeting: own material 1.5 hours, usable one .5",
                         source="assumed", grade="C", low=0, high=100, moves="opportunities ?", given=_MADE)
    found: float = param(0.0, "log-odds", "How easily material is found when it is wanted (f): at 0 it is used every other time where it "
                         "misses each criterion by one tolerance", source="assumed", grade="C", low=-20, high=20, moves="material_used +",
                         given=_MADE)
    heeds: float = param(2.0, "log-odds", "How the chance that it is used follows match (b)", source="assumed", grade="C", low=0, high=20,
                         moves="material_used ?", given=_MADE)


@kernel
def chance_of_use(found: Any, heeds: Any, miss: Any, tolerance: Any) -> Any:
    """Chance that material is used which misses the need by so much (Euclidean, over three criteria)."""
    match = 1.0 - miss / (tolerance * math.sqrt(3.0))
    return 1.0 / (1.0 + math.exp(-max(-500.0, found + heeds * match)))


@inner
def time_saved(w: Any, p: Any, market: Any, key: Any, row: Any, r: Any, day: Any) -> Any:
    """Hours that material spares rep `r` in the next meeting of a deal about the standing business; used, it is read."""
    lead = w.leads[row]
    s = w.customers[lead.customer].segment
    segment = w.segments[s]
    if segment.text_day < 0 or lead.product > 0:
        return 0.0
    squared = 0.0
    for d in range(3):
        squared += (segment.text[d] - segment.need[d]) ** 2
    w.today[0].meetings_with_material += 1
    if luck(key, lead.identity, lead.meetings) >= chance_of_use(p.found, p.heeds, math.sqrt(squared), market.tolerance):
        return 0.0
    w.today[0].meetings_using_it += 1
    read(w.rep_insight[r * len(w.segments) + s], segment, w.reps[r].trust, market, day - segment.text_day)
    return p.saves


@inner
def read(belief: Any, segment: Any, trust: Any, market: Any, days: Any) -> Any:
    """A rep takes what material of so many days says where that is better than what he has heard; sudden changes since make it worse."""
    keep = math.exp(-market.drift / 7.0 * days)
    surprise = market.shock_size * market.shock_size * (1.0 - math.exp(-market.shocks / 7.0 * days))
    var = (segment.text_var * keep * keep + 1.0 - keep * keep + surprise) / max(trust, 0.05)
    if var < belief.heard_var:
        belief.heard_var = var
        for d in range(3):
            belief.heard[d] = segment.text[d] * keep
