"""What each side comes to believe of the other's output (M7, M13).

Reps: counts fade to φ a week; m = (s+.3)/(s+λf+1.5), in part that of fresh leads as far as the rep is sure that fresh ones are better
(k = max(0, 2P−1)); q the same for own calls with λ = 1; trust T = (m/h_m) / (m/h_m + q/h_q), per hour of each. P = Φ((m₀−m₁)/√(v₀+v₁)) with
v = m(1−m)/(s+f+2.5). Marketing: each lead, a week after its birth, was called (T += α(1−T)) or not (T −= λα·T) (Bush & Mosteller 1955).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from smsim.core.contracts import Mechanism, Phase
from smsim.core.kernel import kernel, launch
from smsim.core.luck import luck
from smsim.mechanisms.calling import Call
from smsim.mechanisms.handoff import Handoff
from smsim.mechanisms.scoring import chance_below
from smsim.world.company import Culture
from smsim.world.people import FOLLOW_UP_RING

#: Calls of each kind that a rep remembers on the first day, and the share of own ones that were good.
_REMEMBERED, _OWN_GOOD = 20.0, 0.2


class Trust(Mechanism):
    """Reps learn what marketing's leads are worth; marketing learns what becomes of them."""

    name = "trust"
    phase = Phase.LEARNING
    sections = (Culture,)
    reads = ("reps.*", "follow_up.*")
    writes = ("reps.*", "follow_up.*", "firm.trust_in_sales", "today.*")
    streams = ("order",)

    def set_up(self) -> None:
        """Give every rep a past that amounts to the trust he starts with."""
        self._read()
        culture = self.scenario.of(Culture)
        reps, odds = self.world.reps, culture.trust / (1 - culture.trust)
        reps["own_good"], reps["own_bad"] = _OWN_GOOD * _REMEMBERED, (1 - _OWN_GOOD) * _REMEMBERED
        own = (_OWN_GOOD * _REMEMBERED + 0.3) / (_REMEMBERED + 1.5)
        good = np.clip(own * odds * self.hours[0] / self.hours[1] * (_REMEMBERED + 1.5) - 0.3, 0, _REMEMBERED)
        reps["lead_good"], reps["lead_bad"] = good, (_REMEMBERED - good) / culture.harshness
        launch(weigh_experience, reps.rows, self.p, self.hours, False)

    def tune(self, day: int) -> None:
        """Read how failures weigh, and what a call of each kind costs."""
        self._read()

    def _read(self) -> None:
        culture, call = self.scenario.of(Culture), self.scenario.of(Call).mean
        self.p, self.hours = culture.row(), (call + self.scenario.of(Handoff).triage, call)

    def day(self, day: int) -> None:
        """Marketing judges every day; reps weigh the week on Sundays."""
        launch(judge_follow_up, self.world.rows, self.p, self.luck.keys, day)
        if day % 7 == 6:
            launch(weigh_experience, self.world.reps.rows, self.p, self.hours, True)
        today = self.world.today
        today["trust_sales_in_marketing"] = self.world.reps.mean("trust")
        today["trust_marketing_in_sales"] = self.world.firm["trust_in_sales"]

    def tallies(self) -> Mapping[str, float]:
        """What reps make of it: the hours they plan for leads."""
        return {"lead_hours_share": self.world.reps.mean("share_leads")}


@kernel
def rate(good: Any, bad: Any, harshness: Any) -> Any:
    """Believed share of good calls, from counts and a weak prior."""
    return (good + 0.3) / (good + harshness * bad + 1.5)


@kernel
def surer(good0: Any, bad0: Any, good1: Any, bad1: Any) -> Any:
    """How sure one is that the first kind of call is better than the second."""
    m0, m1 = rate(good0, bad0, 1.0), rate(good1, bad1, 1.0)
    spread = m0 * (1.0 - m0) / (good0 + bad0 + 2.5) + m1 * (1.0 - m1) / (good1 + bad1 + 2.5)
    return chance_below((m0 - m1) / math.sqrt(spread))


@kernel
def weigh_experience(reps: Any, p: Any, hours: Any, week_over: Any) -> Any:
    """Every rep takes stock: how sure he is about age, how much he trusts leads; then counts fade and a new week begins."""
    for r in range(len(reps)):
        rep, harsh = reps[r], p[0].harshness
        rep.sure_fresh = surer(rep.fresh_good, rep.fresh_bad, rep.stale_good, rep.stale_bad)
        k = max(0.0, 2.0 * rep.sure_fresh - 1.0)
        m = k * rate(rep.fresh_good, rep.fresh_bad, harsh) + (1.0 - k) * rate(rep.lead_good, rep.lead_bad, harsh)
        per_lead_hour, per_own_hour = m / hours[0], rate(rep.own_good, rep.own_bad, 1.0) / hours[1]
        if not (week_over and p[0].frozen):
            rep.trust = per_lead_hour / (per_lead_hour + per_own_hour)
        if week_over:
            fade(rep, p[0].memory)


@kernel
def fade(rep: Any, memory: Any) -> Any:
    """A week passes over a rep's counts."""
    rep.fresh_good *= memory
    rep.fresh_bad *= memory
    rep.stale_good *= memory
    rep.stale_bad *= memory
    rep.lead_good *= memory
    rep.lead_bad *= memory
    rep.own_good *= memory
    rep.own_bad *= memory
    rep.hours_leads = 0.0
    rep.hours_own = 0.0
    rep.own_calls = 0
    rep.listed = 0
    rep.named = 0


@kernel
def judge_follow_up(w: Any, p: Any, keys: Any, day: Any) -> Any:
    """Marketing looks at the leads that are now a week old, in an order that favours nobody."""
    seen, firm = w.follow_up[(day - 8) % FOLLOW_UP_RING], w.firm[0]
    step = 0.0 if p[0].frozen else p[0].trust_step
    for j in range(seen.born):
        worked = luck(keys[0].order, day, j) * (seen.born - j) < seen.worked
        if worked:
            seen.worked -= 1
            firm.trust_in_sales += step * (1.0 - firm.trust_in_sales)
        else:
            firm.trust_in_sales -= min(1.0, step * p[0].harshness) * firm.trust_in_sales
    seen.born, seen.worked = 0, 0
