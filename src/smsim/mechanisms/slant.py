"""Each kind of evidence is off in a way of its own, and nobody knows (M39).

What single customers say to a rep and what a study finds do not only scatter: each flatters in its own direction, for some months,
whoever looks. Over a time `lasts` all that is heard of a segment from customers one by one is off by b₁, and all that studies find by
b₂, per criterion

    b₁ = β(√ρ·c + √(1 − ρ)·z₁),   b₂ = β(√ρ·c + √(1 − ρ)·z₂),   c, z ~ N(0, 1)

so each is off by β sd, and the two are correlated by ρ. One more observation of the same kind does not help against it; one of the
other kind does, the more, the less alike the two are: the mean of both is off by β·√((1 + ρ)/2). That two sides who look elsewhere find
more together follows as far as each hears of the other's evidence and gives it weight, and nowhere else. Errors of two who forecast the
same correlate by .53 (Armstrong 2001). Homburg & Jensen 2007: one side as advocate of customers, the other of products, is good for
performance; that this is why is our reading.
"""

from __future__ import annotations

import math
from typing import Any

from smsim.core.contracts import Mechanism, Phase
from smsim.core.kernel import kernel, launch
from smsim.core.luck import normal
from smsim.core.section import Section, param

_MEETING = {"market.slant.spread": "0.5", "practices.meetings.every": "2 weeks"}


class Slant(Section, at="market.slant"):
    """How far each kind of evidence is off as a whole."""

    spread: float = param(0.0, "sd", "How far all evidence of one kind on a segment is off in the same direction, per criterion (β)",
                          source="assumed", grade="C", low=0, high=5, moves="sales_need_error +")
    shared: float = param(0.53, "share", "How alike customers one by one and studies are off: correlation of the two (ρ)",
                          source="armstrong2001", grade="C", low=0, high=1, moves="marketing_need_error ?", given=_MEETING)
    lasts: float = param(182.0, "days", "Time after which each is off in another way", source="assumed", grade="C", low=1, high=3640,
                         moves="sales_need_error ?", given={"market.slant.spread": "0.5"})


class Slanting(Mechanism):
    """Now and then what customers say, and what studies find, comes to be off in another way."""

    name = "slant"
    phase = Phase.MARKET
    sections = (Slant,)
    writes = ("segments.heard_off", "segments.studied_off")
    streams = ("common", "heard", "studied")

    @classmethod
    def is_on(cls, scenario: Any) -> bool:
        """Where evidence is off at all."""
        return bool(scenario.of(Slant).spread > 0)

    def set_up(self) -> None:
        """The first study is off as well."""
        self.since = -1

    def tune(self, day: int) -> None:
        """Read how far, how alike and for how long."""
        self.p = self.scenario.of(Slant)
        self._turn(day)

    def day(self, day: int) -> None:
        """Turn when it is time."""
        if math.floor(day / self.p.lasts) != self.since:
            self._turn(day)

    def _turn(self, day: int) -> None:
        self.since = math.floor(day / self.p.lasts)
        launch(slant, self.world.segments.rows, self.luck.keys, self.p.spread, self.p.shared, self.since)

    def stop(self) -> None:
        """Nothing is off any more."""
        for column in ("heard_off", "studied_off"):
            self.world.segments[column] = 0.0


@kernel
def slant(segments: Any, keys: Any, spread: Any, shared: Any, since: Any) -> Any:
    """How far each kind of evidence on each segment is off from now on."""
    alike, apart = spread * math.sqrt(shared), spread * math.sqrt(1.0 - shared)
    for s in range(len(segments)):
        for d in range(3):
            common = alike * normal(keys[0].common, s * 3 + d, since)
            segments[s].heard_off[d] = common + apart * normal(keys[0].heard, s * 3 + d, since)
            segments[s].studied_off[d] = common + apart * normal(keys[0].studied, s * 3 + d, since)
