"""What a marketer's pay makes of the threshold and the target list, as far as he can know.

He reckons with the inquiries of a usual week, n(s, b) by segment s and band b of the score, and believes that a lead called from there is
good with chance P(s, b): counts he was told of, and a weak prior that lies on a line through all of them, flat where he was told nothing. A
policy passes L = Σ n on; of those W = W₀·(L/L₀)^e are worked, e learnt from how many leads of a larger or smaller week were worked (a
half until he knows better). What pays, each over what it is now:

    leads L · pipeline W·mean(P·value) · revenue and margin W·mean(P·sold)
    new_accounts and market_share W·mean(P) · closing_ratio W·mean(P)/L

The budget is fixed, so margin moves with revenue; of rivals' sales he knows nothing, so his share of the market moves with his own. For
revenue he goes by what he was told was won; otherwise by list values.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from smsim.core.section import Section, param
from smsim.mechanisms.choice import USUALLY_WON
from smsim.mechanisms.pay import paid_for
from smsim.world.ledger import BANDS

#: The width of a band of the score; the threshold moves by whole ones. Nobody has no threshold, or one that lets nothing through.
_STEP = 1.0 / BANDS
_LOWEST, _HIGHEST = _STEP, 1.0 - _STEP
#: Weeks on record before anybody decides on them.
_ENOUGH = 4.0
#: What the priors weigh: calls of a band, of the slope of the line (times score²), deals of a segment, spread of weeks (log² · weeks).
_CALLS, _SLOPE, _DEALS, _SPREAD = 10.0, 5.0, 5.0, 0.3
_MOVES = ("threshold", "targets", "mix")
_CENTRES = (np.arange(BANDS) + 0.5) * _STEP


class TargetList(Section, at="leads"):
    """What it takes to be a lead for those who are not on the target list."""

    off_list: float = param(0.2, "score", "What an inquiry from a segment off marketing's target list must score above the threshold",
                            source="assumed", grade="C", low=0, high=1, moves="leads ?",
                            given={"incentives.marketers.closing_ratio": "100%", "crm.closed_loop": "yes"})


class Latitude(Section, at="incentives.marketers"):
    """What marketers may decide on."""

    may_move: list[str] = param(lambda: list(_MOVES), "names", "What marketing moves by what it is paid for: threshold, target list, "
                                "channel mix", source="assumed", grade="C", choices=_MOVES, moves="leads ?",
                                given={"incentives.marketers.leads": "100%"})


class Policy(NamedTuple):
    """A threshold, and how many segments, the best first, are on the target list."""

    threshold: float
    listed: int


class Aiming:
    """The head of marketing's view of threshold and target list. `look` before asking."""

    steps, least_gain, sees_capacity = 1, 0.01, True

    def __init__(self, world: Any) -> None:
        of = world.scenario.of
        self.world, self.paid, self.extra, self.may_move = world, paid_for(world.scenario), of(TargetList).off_list, of(Latitude).may_move

    def look(self) -> bool:
        """See what is on record this morning; False where that is not enough to decide by."""
        books, shape = self.world.books[0], (len(self.world.segments), BANDS)
        if books["weeks"] < _ENOUGH or not books["passed"] > 0:
            return False
        ledger = self.world.ledger
        self.asked = ledger["asked"].reshape(shape) / books["weeks"]
        good, bad = ledger["good"].reshape(shape), ledger["bad"].reshape(shape)
        self.chance = believed(good, bad)
        self.value = self.world.segments["deal_value"]
        usual = USUALLY_WON * self.value
        self.sold = (ledger["won"].reshape(shape).sum(axis=1) + _DEALS * usual) / (good.sum(axis=1) + _DEALS)
        self.follows = elasticity(books) if self.sees_capacity else 1.0
        self.ranks = np.argsort(-self.sold * self._quality(), kind="stable")
        self.held = self.now()
        self.usual = self._passed(self.held)
        return True

    def _quality(self) -> NDArray[Any]:
        """The chance that a lead is good, by segment."""
        return np.asarray((self.asked * self.chance).sum(axis=1) / np.maximum(self.asked.sum(axis=1), 1e-12))

    def now(self) -> Policy:
        """The policy that holds."""
        return Policy(float(self.world.firm["threshold"][0]), int((self.world.segments["bar"] == 0).sum()))

    def within_reach(self) -> list[Policy]:
        """The policies that can be had this month: so many bands up or down, one segment more or less on the list."""
        threshold, listed = self.now()
        steps = range(1, self.steps + 1) if "threshold" in self.may_move else ()
        edges = [min(max(threshold + sign * n * _STEP, _LOWEST), _HIGHEST) for n in steps for sign in (-1, 1)]
        lists = (listed, listed - 1, listed + 1) if "targets" in self.may_move else (listed,)
        return [Policy(t, k) for k in lists if 1 <= k <= len(self.value) or k == listed for t in (threshold, *edges)]

    def best(self) -> Policy:
        """What pays most; what holds, unless something promises enough more."""
        now, present = self.held, self.figures(self.held)
        gains = {policy: self._worth(policy, present) for policy in self.within_reach()}
        best = max(gains, key=lambda policy: gains[policy])
        return best if gains[best] > gains[now] + self.least_gain else now

    def _worth(self, policy: Policy, present: dict[str, float]) -> float:
        figures, shared = self.figures(policy), float(self.world.firm["shared"][0])
        paid = {name: (1.0 - shared) * share for name, share in self.paid.items()}
        paid["revenue"] = paid.get("revenue", 0.0) + shared * sum(self.paid.values())
        return sum(share * figures[name] / present[name] for name, share in paid.items() if present[name] > 0)

    def figures(self, policy: Policy) -> dict[str, float]:
        """What he believes a policy brings a week; works that are the same under every policy are left out."""
        then = self._passed(policy)
        total = np.add.reduce
        leads, before = float(total(then, axis=None)), float(total(self.usual, axis=None))
        worked = (leads / before) ** self.follows if before > 0 and leads > 0 else 0.0
        mean = then * self.chance / leads if leads > 0 else 0.0 * then
        won, by_segment = worked * float(total(mean, axis=None)), total(mean, axis=1)
        sold, pipeline = (worked * float(total(by_segment * worth)) for worth in (self.sold, self.value))
        ratio = won / leads if leads > 0 else 0.0
        return {"leads": leads, "pipeline": pipeline, "revenue": sold, "margin": sold, "new_accounts": won, "market_share": won,
                "closing_ratio": ratio}

    def _passed(self, policy: Policy) -> NDArray[Any]:
        """Marketing leads of a usual week by segment and band."""
        share = (_CENTRES + 0.5 * _STEP - policy.threshold - self._bars(policy)[:, None]) / _STEP
        return np.asarray(self.asked * np.minimum(np.maximum(share, 0.0), 1.0))

    def _bars(self, policy: Policy) -> NDArray[Any]:
        """What each segment must score beyond the threshold."""
        if policy.listed == self.held.listed:
            return np.asarray(self.world.segments["bar"].copy())
        bars = np.full(len(self.value), self.extra)
        bars[self.ranks[: policy.listed]] = 0.0
        return bars

    def follow(self, policy: Policy) -> None:
        """Make it the policy."""
        self.world.segments["bar"] = self._bars(policy)
        self.world.firm["threshold"] = policy.threshold


def believed(good: NDArray[Any], bad: NDArray[Any]) -> NDArray[Any]:
    """The chance that a called lead is good, by segment and band, from counts of good and bad ones (shape: segments, bands)."""
    calls = (good + bad).sum(axis=0)
    total, successes = calls.sum(), good.sum()
    mean = (successes + 0.3 * _CALLS) / (total + _CALLS)
    centre = (calls @ _CENTRES + 0.5 * _CALLS) / (total + _CALLS)
    away = _CENTRES - centre
    slope = away @ (good.sum(axis=0) - mean * calls) / (calls @ away**2 + _SLOPE)
    line = np.clip(mean + slope * away, 0.01, 0.99)
    return np.asarray((good + _CALLS * line) / (good + bad + _CALLS))


def elasticity(books: Any) -> float:
    """By how many per cent more are worked where a per cent more is passed on: 0 where sales have no hour left, 1 where they work all."""
    weeks = max(float(books["cohorts"]), 1e-12)
    spread = float(books["xx"]) - float(books["x"]) ** 2 / weeks
    together = float(books["xy"]) - float(books["x"]) * float(books["y"]) / weeks
    return min(1.0, max(0.0, (together + 0.5 * _SPREAD) / (spread + _SPREAD)))
