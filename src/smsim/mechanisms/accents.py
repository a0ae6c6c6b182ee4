"""Every channel says the message in words of its own (M29).

In month t channel c tells segment s not the message m but m + e, e ~ N(0, (σ·w)²) per criterion, w how far the channel has words of its
own. A customer hears now one channel, now another: what they say on average is off by the mean of the e, and the variance between them
adds to the distance by which a contact misses his need. In the choice he minds how unsure he is of what was promised, σ²/n
(`selling.choice.consistency`). Left alone, a channel comes back to its own words: 1 − w halves within a time.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from smsim.core.calendar import kept
from smsim.core.contracts import Mechanism, Phase
from smsim.core.kernel import inner, kernel, launch
from smsim.core.kpi import Kpi
from smsim.core.luck import normal
from smsim.core.section import Section, param
from smsim.world.channels import Channel
from smsim.world.customers import CRITERIA

_SAID = {"market.accents.spread": "0.5"}
_AS_ONE = _SAID | {"practices.message.every": "13 weeks"}
#: Days after which a channel finds other words.
_MONTH = 28


class Accents(Section, at="market.accents"):
    """How far channels depart from the message."""

    spread: float = param(0.0, "sd", "How far what a channel says departs from the message, per criterion (σ); 0 for one voice",
                          source="assumed", grade="C", low=0, high=5, moves="message_spread +")
    half_life: float = param(91.0, "days", "Time in which half of what was put into common words is lost again", source="assumed",
                             grade="C", low=1, high=3640, moves="message_spread -", given=_AS_ONE)


class Speaking(Mechanism):
    """Mondays: what each channel makes of the message, and what the market hears."""

    name = "accents"
    phase = Phase.MARKET
    sections = (Accents,)
    reads = ("channels.own_words",)
    writes = ("channels.own_words", "segments.strayed", "segments.spread", "segments.doubt")
    streams = ("words",)
    kpis = (Kpi("message_spread", "sd²", "Variance between what channels say, over all criteria", "down", "mean"),)

    @classmethod
    def is_on(cls, scenario: Any) -> bool:
        """Where channels have words of their own, and there are several."""
        return bool(scenario.of(Accents).spread > 0 and len(scenario.each(Channel)) > 1)

    def tune(self, day: int) -> None:
        """Read how far they depart, and who speaks at all."""
        self.p = self.scenario.of(Accents)
        self.keep = kept(self.p.half_life)
        channels = self.scenario.each(Channel).values()
        self.speaks = np.flatnonzero([channel.spend > 0 for channel in channels])

    def stop(self) -> None:
        """All speak with one voice."""
        for column in ("strayed", "spread", "doubt"):
            self.world.segments[column] = 0.0

    def day(self, day: int) -> None:
        """A week of drifting back to their own words; then speak."""
        if day % 7:
            return
        launch(speak, self.world.rows, self.luck.keys, self.speaks, self.p.spread, self.keep, day // _MONTH)

    def tallies(self) -> dict[str, float]:
        """How far apart the channels are."""
        return {"message_spread": self.world.segments.mean("spread")}


@kernel
def speak(w: Any, keys: Any, speaks: Any, spread: Any, keep: Any, month: Any) -> Any:
    """Channels drift back to their own words; then those that speak tell every segment the message in them."""
    for c in range(len(w.channels)):
        w.channels[c].own_words = 1.0 - (1.0 - w.channels[c].own_words) * keep
    for s in range(len(w.segments)):
        w.segments[s].spread = 0.0
        for d in range(CRITERIA):
            hear_all(w, keys[0].words, speaks, spread, month, s, d)
        w.segments[s].doubt = w.segments[s].spread / max(1, len(speaks))


@inner
def hear_all(w: Any, key: Any, speaks: Any, spread: Any, month: Any, s: Any, d: Any) -> Any:
    """How far a segment hears the message from what it is on one criterion: in the mean of all that speak, and how they vary."""
    count, mean, apart = max(1, len(speaks)), 0.0, 0.0
    for c in speaks:
        mean += departure(w, key, spread, month, s, c, d)
    mean /= count
    for c in speaks:
        apart += (departure(w, key, spread, month, s, c, d) - mean) ** 2
    w.segments[s].strayed[d] = mean
    w.segments[s].spread += apart / count


@inner
def departure(w: Any, key: Any, spread: Any, month: Any, s: Any, c: Any, d: Any) -> Any:
    """How far a channel departs from the message to a segment on one criterion."""
    return spread * w.channels[c].own_words * normal(key, s * 1024 + c, month * CRITERIA + d)
