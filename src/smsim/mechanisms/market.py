"""Needs drift, and change suddenly.

Each segment has a need vector in units of its stationary sd: mean-reverting, x ← x·e^{−κ} + N(0, 1−e^{−2κ}) (Uhlenbeck & Ornstein
1930), plus sudden changes: a Poisson rate per segment, a normal jump per criterion. Those who watch the whole market see a change
coming, through noise.
"""

from __future__ import annotations

import math
from typing import Any

from smsim.core.contracts import Mechanism, Phase
from smsim.core.kernel import kernel, launch
from smsim.core.luck import luck, normal
from smsim.core.section import Section, param
from smsim.world.market import Market
from smsim.world.world import LOOK_AHEAD


class Horizon(Section, at="market.horizon"):
    """How far ahead, and how clearly, coming changes can be seen by those who watch the whole market."""

    ahead: float = param(42.0, "days", "How long before it comes a change can be seen", source="assumed", grade="C", low=0,
                         high=LOOK_AHEAD - 1, moves="sales_need_error ?", given={"practices.meetings.every": "4 weeks"})
    noise: float = param(0.5, "sd", "Noise with which it is seen", source="assumed", grade="C", low=0, high=10,
                         moves="marketing_need_error +")


def worth_of_a_signal(size: float, noise: float) -> float:
    """What a signal of a coming change tells of it: the share of its variance that is not noise."""
    total = size**2 + noise**2
    return size**2 / total if total > 0 else 0.0


class Needs(Mechanism):
    """What each segment wants moves a little every day, and sometimes much."""

    name = "needs"
    phase = Phase.MARKET
    sections = (Market, Horizon)
    reads = ("segments.need", "shocks.*")
    writes = ("segments.need", "shocks.*")
    streams = ("start", "drift", "shock", "jump", "signal")

    def set_up(self) -> None:
        """Draw the first needs."""
        launch(start_needs, self.world.segments.rows, self.luck.keys)
        self.planned = 0

    def tune(self, day: int) -> None:
        """Read how needs move; what is on the horizon already stays there."""
        self.p, self.h = self.scenario.of(Market).row(), self.scenario.of(Horizon).row()

    def day(self, day: int) -> None:
        """Drift, plan what is to come as far as the horizon, let come what was planned."""
        beyond = day + int(self.h["ahead"][0]) + 1
        for target in range(self.planned, beyond):
            launch(plan_shocks, self.world.segments.rows, self.world.shocks.rows, self.p, self.h, self.luck.keys, target)
        self.planned = max(self.planned, beyond)
        launch(move_needs, self.world.segments.rows, self.world.shocks.rows, self.p, self.luck.keys, day)


@kernel
def start_needs(segments: Any, keys: Any) -> Any:
    """Every segment starts somewhere in its stationary distribution."""
    for s in range(len(segments)):
        for d in range(3):
            segments[s].need[d] = normal(keys[0].start, s, d)


@kernel
def plan_shocks(segments: Any, shocks: Any, p: Any, h: Any, keys: Any, target: Any) -> Any:
    """Decide whether a sudden change comes on day `target`, and what of it can be seen before."""
    chance = 1.0 - math.exp(-p[0].shocks / 7.0)
    for s in range(len(segments)):
        shock = shocks[s * LOOK_AHEAD + target % LOOK_AHEAD]
        shock.day = -1
        if luck(keys[0].shock, s, target) < chance:
            shock.day = target
            for d in range(3):
                shock.jump[d] = p[0].shock_size * normal(keys[0].jump, s * 3 + d, target)
                shock.signal[d] = shock.jump[d] + h[0].noise * normal(keys[0].signal, s * 3 + d, target)


@kernel
def move_needs(segments: Any, shocks: Any, p: Any, keys: Any, day: Any) -> Any:
    """One day of drift, and the change that comes today."""
    keep = math.exp(-p[0].drift / 7.0)
    spread = math.sqrt(1.0 - keep * keep)
    for s in range(len(segments)):
        shock = shocks[s * LOOK_AHEAD + day % LOOK_AHEAD]
        for d in range(3):
            need = segments[s].need[d] * keep + spread * normal(keys[0].drift, s * 3 + d, day)
            segments[s].need[d] = need + (shock.jump[d] if shock.day == day else 0.0)
