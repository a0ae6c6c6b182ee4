"""The loop that kills leads, and how strongly it feeds on itself.

Leads wait, so some go cold; reps meet bad leads, trust leads less and give them fewer hours; leads wait longer. Nothing here makes that
happen: it follows from queues, patience, what is known of age, and trust. Here it is measured.

Once round, the share s of prospecting hours for leads becomes s': logit s' = lean + a·logit T(s), with a = `selling.trust_slope`. So the
loop feeds on itself where G = d logit s'/d logit s = a·d logit T/d logit s is above 1; a firm can rest only where s' = s, and at rest
G < 1. If all that moves T is the share W that is still warm when called, and T follows it in proportion, then d logit T = d ln W, a = 1,
and G is g = d ln W/d logit s = (1 − s)·d ln W/d ln s, which asks less: not how reps weigh failures, what they know of age, or what
becomes of their own calls. Both are measured, as differences between two worlds with the same luck, in which s is held half a `STEP`
below and above.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import numpy as np

from smsim.core.kpi import Kpi
from smsim.world.outcomes import Outcome
from smsim.world.period import Period

#: Log-odds between the two shares of hours at which the loop is looked at.
STEP = 0.5
_TRUST, _WARM = "trust_sales_in_marketing", "warm_share"


def logit(share: float) -> float:
    """Log-odds of a share, kept finite."""
    share = min(max(share, 1e-6), 1 - 1e-6)
    return math.log(share / (1 - share))


def on_either_side(share: float) -> Iterator[float]:
    """The shares that lie half a step below and above."""
    for half in (-STEP / 2, STEP / 2):
        yield 1 / (1 + math.exp(-logit(share) - half))


def gains(low: Mapping[str, float], high: Mapping[str, float], slope: float) -> dict[str, float]:
    """What the key figures of two worlds, a step apart, say of the loop: g and G; NaN where no lead was warm when called."""
    known = low[_WARM] > 0 and high[_WARM] > 0
    return {"loop_gain": math.log(high[_WARM] / low[_WARM]) / STEP if known else math.nan,
            "loop_gain_full": slope * (logit(high[_TRUST]) - logit(low[_TRUST])) / STEP}


def warm_share(period: Period) -> float:
    """The share of called leads that were alive: they became opportunities, or turned out to be no buyers (W)."""
    called = period.cohort[np.isfinite(period.cohort["first_touch"])]
    alive = np.isfinite(called["qualified"]) | (called["outcome"] == Outcome.NOT_A_BUYER)
    return float(alive.mean()) if len(called) else math.nan


def _not_asked(_: Period) -> float:
    """One run does not tell: the loop is measured where `run.loop_gain` asks."""
    return math.nan


KPIS = (
    Kpi("lead_hours_share", "share", "Share of prospecting hours that reps plan for marketing leads (s)", "neither", "mean"),
    Kpi("warm_share", "share", "Share of called leads that were alive at the first call (W)", "up", "run", of_run=warm_share),
    Kpi("loop_gain", "ratio", "How much the share warm when called follows the hours for leads: d ln W/d logit s, where asked for (g)",
        "neither", "run", of_run=_not_asked),
    Kpi("loop_gain_full", "ratio", "How much hours for leads feed on themselves once round the loop, through all that moves trust: "
        "d logit s'/d logit s, where asked for (G)", "neither", "run", of_run=_not_asked),
)
