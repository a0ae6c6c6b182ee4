"""What a rep asks more about: an hour of discovery is divided over the buying criteria.

A meeting gives a fixed precision, three times 1/field_noise², to be divided: with a share a_d of it (Σ a_d = 3) a criterion is heard
with variance field_noise²/a_d. Asked evenly, a_d = 1. A rep who asks by differences believes that criteria on which offers differ
decide, weighs them as customers do (`market.rivalry.focus`) by what he believes rivals offer, and makes Σ ω_d·(variance left of the
need) as small as it can be: a_d = c·√ω_d − R/P, nowhere below a quarter (R the noise of a meeting, P what is unknown before it;
water-filling). No hour more is spent. So what is known of rivals is worth something just as far as customers look at what tells offers
apart, and as it is right.
"""

from __future__ import annotations

import math
from typing import Any

from smsim.core.kernel import inner, kernel
from smsim.core.section import Section, param
from smsim.mechanisms.rival_insight import believed_offer
from smsim.mechanisms.rivalry import shares_of

#: What even a criterion that decides nothing gets of a meeting, over an even share.
_LEAST = 0.25


class Probing(Section, at="selling.deals"):
    """How the first meeting is used."""

    probing: str = param("even", "word", "What a rep asks about at the first meeting: all criteria alike, or more about those on which he "
                         "believes offers to differ", source="assumed", grade="C", choices=("even", "differences"),
                         moves="sales_need_error ?", given={"market.rivalry.positions": "yes", "market.rivalry.focus": "1"})


@kernel
def divided(weights: Any, ratio: Any) -> Any:
    """Shares of a meeting's precision over three criteria: max(¼, c·√ω − ratio), with c such that they add up to three."""
    low, high = 0.0, (3.0 + 3.0 * ratio) / max(1e-9, math.sqrt(max(weights[0], weights[1], weights[2]))) + 1.0
    for _ in range(60):
        c, total = 0.5 * (low + high), 0.0
        for d in range(3):
            total += max(_LEAST, c * math.sqrt(weights[d]) - ratio)
        if total > 3.0:
            high = c
        else:
            low = c
    c = 0.5 * (low + high)
    return (max(_LEAST, c * math.sqrt(weights[0]) - ratio), max(_LEAST, c * math.sqrt(weights[1]) - ratio),
            max(_LEAST, c * math.sqrt(weights[2]) - ratio))


@inner
def believed_range(w: Any, lead: Any, own: Any, d: Any) -> Any:
    """How far a rep believes the offers to a customer to lie apart on one criterion, his own to be among them."""
    count, segment = len(w.segments), w.customers[lead.customer].segment
    least, most = own, own
    for rival in range(len(w.rivals) // count):
        offer = believed_offer(w.rep_rival_insight[(rival * len(w.reps) + lead.rep) * count + segment], d)
        least, most = min(least, offer), max(most, offer)
    return most - least


@inner
def asked(w: Any, p: Any, lead: Any, belief: Any, ratio: Any) -> Any:
    """How a rep divides the first meeting: by what he believes of rivals, where he does; `ratio` is R/P."""
    if p.probing[0].probing == 0 or p.rivalry[0].positions == 0 or p.rivalry[0].focus == 0.0:
        return 1.0, 1.0, 1.0
    own, told = 1.0 / belief.var, 1.0 / belief.heard_var
    a = believed_range(w, lead, (own * belief.mean[0] + told * belief.heard[0]) / (own + told), 0)
    b = believed_range(w, lead, (own * belief.mean[1] + told * belief.heard[1]) / (own + told), 1)
    c = believed_range(w, lead, (own * belief.mean[2] + told * belief.heard[2]) / (own + told), 2)
    return divided(shares_of((a, b, c), p.rivalry[0].focus), ratio)
