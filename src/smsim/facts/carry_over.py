"""Nine tenths of what a burst of advertising does falls within six to nine months.

One week of advertising, four times a usual week's money, against none, in the same worlds, two years after the start, when goodwill
(which starts at nothing) has settled. The row of `broadcast` carries it, with the cost, reach and weight of advertising; the other
channels go on. Effect: extra inquiries, counted for a year and a half; the band is that at most 90% lies within 26 weeks and at least
90% within 39. Twice: of live buyers (idle askers switched off), and of everybody who asks. Five times the customers of `b2b` with the
same spending per customer, and no lead is handed to anybody: what sales does with leads would only add noise. Goodwill itself restates
the weekly carry-over, .932: 90% of it falls within ln .1 / ln .932 = 32.7 weeks. Inquiries need not: they follow goodwill with an
exponent of .45, and somebody who asks today does not ask tomorrow.

Source: Leone 1995, Marketing Science [C].
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from smsim.facts.fact import INFINITE, Fact, Means, Measure, Played, World
from smsim.scenario.sizing import larger_market

#: Weeks before the burst, and weeks in which its effect is counted.
BEFORE, WEEKS = 104, 78
_SIZE = 5
#: What the burst costs.
_BURST = 6000


def _settings(burst: float, idle: float) -> dict[str, Any]:
    return {
        **larger_market(_SIZE),
        "channels.broadcast.spend": _SIZE * burst / BEFORE, "channels.broadcast.pulse": f"{BEFORE} weeks",
        "channels.broadcast.cost": 2.0, "channels.broadcast.reach": 1.5, "channels.broadcast.weight": 0.6,
        "channels.broadcast.quality": 0.45, "market.demand.idle_asking": idle, "leads.unowned": 1.0, "selling.prospecting.success": 0.0,
        "run.weeks": BEFORE + WEEKS, "run.warm_up": f"{BEFORE} weeks",
    }


def numbers(played: Played) -> Mapping[str, float]:
    """Inquiries of each week since the burst."""
    weeks = ((played.leads["created"] - played.start) // 7).astype(int)
    counts = np.bincount(weeks[weeks >= 0], minlength=WEEKS)
    return {f"week_{week}": float(count) for week, count in enumerate(counts)}


def extra(means: Means, who: str, weeks: int = WEEKS) -> float:
    """Inquiries more than without the burst, up to so many weeks after it."""
    with_it, without = means[f"{who}, burst"], means[who]
    return sum(with_it[f"week_{week}"] - without[f"week_{week}"] for week in range(weeks))


def share_within(weeks: int, who: str) -> Callable[[Means], float]:
    """The share of the effect that falls within so many weeks."""
    return lambda means: extra(means, who, weeks) / extra(means, who)


BUYERS, ALL = "buyers", "everybody"
_IDLE = 0.12
WORLDS = {
    BUYERS: World("b2b", _settings(0, 0.0)), f"{BUYERS}, burst": World("b2b", _settings(_BURST, 0.0)),
    ALL: World("b2b", _settings(0, _IDLE)), f"{ALL}, burst": World("b2b", _settings(_BURST, _IDLE)),
}
_BY_SIX_MONTHS, _BY_NINE_MONTHS, _GOODWILL = (-INFINITE, 0.9), (0.9, INFINITE), "channels.carry_over"
FACT = Fact("7", "Carry-over", __doc__, WORLDS, numbers, (
    Measure("buyers, 6 months", "Share of buyers' extra inquiries within 26 weeks", _BY_SIX_MONTHS, share_within(26, BUYERS), _GOODWILL),
    Measure("buyers, 9 months", "The same within 39 weeks", _BY_NINE_MONTHS, share_within(39, BUYERS), _GOODWILL),
    Measure("everybody, 6 months", "Share of all extra inquiries within 26 weeks", _BY_SIX_MONTHS, share_within(26, ALL)),
    Measure("everybody, 9 months", "The same within 39 weeks", _BY_NINE_MONTHS, share_within(39, ALL)),
))
