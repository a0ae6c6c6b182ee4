"""What was measured is held against what a claim expects: one of five words, and why.

At each point the effect has a 95% interval, taken over the worlds in which all firms of the test have a value:

    pair         mean of (with − without), world by world
    interaction  mean of (both − first − second + without)
    interior     the inner value with the best mean in the worlds of even number, judged in those of odd number: the lesser of its
                 two mean differences from the ends
    level        mean of (figure − edge)

A value of what it rests on that was not played, or at which the figure is empty, says nothing and is not counted. The others are many
questions at once: with k of them each is judged by an interval of 1 − 5%/k (Bonferroni). Any point is *for* the claim where its interval
lies on the expected side of zero, *against* it where it lies on the other, *nothing* where it lies inside ± band (which goes first), and
else *unsettled*. Of a claim that expects nothing, inside the band is for it and an interval without zero against it. The words:

    depends            the points asked as it stands and with other values of what the claim rests on disagree: some for, some against
    supported          as it stands it is for the claim
    contradicted       as it stands it is against it
    no effect          as it stands there is nothing
    not testable here  it cannot be asked, the figure is empty, or more worlds were needed than were played: `why` says which
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smsim.claims.claim import (
    BOTH,
    CENTRE,
    FIRM,
    FIRST,
    INTERACTION,
    INTERIOR,
    LEVEL,
    RISES,
    SECOND,
    STAYS,
    WITH,
    WITHOUT,
    Ask,
    Claim,
    Point,
)
from smsim.compare import BAND
from smsim.experiment.intervals import CONFIDENCE, half_width, runs_needed

SUPPORTED, CONTRADICTED, NO_EFFECT, DEPENDS, NOT_TESTABLE = "supported", "contradicted", "no effect", "depends", "not testable here"
VERDICTS = (SUPPORTED, CONTRADICTED, NO_EFFECT, DEPENDS, NOT_TESTABLE)
FOR, AGAINST, NOTHING, UNSETTLED, EMPTY = "for", "against", "nothing", "unsettled", "empty"


@dataclass(frozen=True)
class Effect:
    """What the worlds say at one point: the effect with its interval, the level it is an effect on, and the size that matters."""

    n: int
    value: float
    low: float
    high: float
    baseline: float
    band: float
    #: The inner value that was chosen, of an interior test.
    chosen: str = ""
    #: How many worlds would settle it; NaN where it is settled, or none would.
    needed: float = math.nan

    def among(self, questions: int) -> Effect:
        """The same with the wider interval of one of so many questions asked at once: 1 − 5%/k each."""
        if questions < 2 or self.n < 2:
            return self
        confidence = 1 - (1 - CONFIDENCE) / questions
        half = (self.high - self.value) * half_width(self.n, 1.0, confidence) / half_width(self.n, 1.0)
        return dataclasses.replace(self, low=self.value - half, high=self.value + half)

    def says(self, expected: str) -> str:
        """For the claim, against it, nothing, unsettled, or empty."""
        if not math.isfinite(self.value):
            return EMPTY
        if not math.isfinite(self.low):
            return UNSETTLED
        inside = -self.band <= self.low and self.high <= self.band
        if expected == STAYS:
            return FOR if inside else AGAINST if self.low > 0 or self.high < 0 else UNSETTLED
        if inside:
            return NOTHING
        if self.low <= 0 <= self.high:
            return UNSETTLED
        return FOR if (self.low > 0) == (expected == RISES) else AGAINST


@dataclass(frozen=True)
class Turn:
    """Where the sign turns: the setting, the last value for the claim and the first against it."""

    key: str
    supported_at: str
    contradicted_at: str


@dataclass(frozen=True)
class Verdict:
    """A claim, what was found at every point, and what that says."""

    claim: Claim
    effects: Mapping[Point, Effect]
    word: str
    why: str
    grade: str = ""
    turns: tuple[Turn, ...] = ()

    @property
    def unplayed(self) -> int:
        """At how many other values of what it rests on it was not asked, or the figure was empty."""
        if self.claim.ask is None:
            return 0
        values = sum(len(values) for values in self.claim.ask.rests_on.values())
        return values - sum(point != CENTRE and was_asked(point, effect) for point, effect in self.effects.items())


def effect_of(ask: Ask, table: pd.DataFrame) -> Effect:
    """The effect at one point: one row per world, one column per arm, holding the figure."""
    table = table[np.isfinite(table.to_numpy(dtype=float)).all(axis=1)]
    worlds = {str(arm): table[arm].to_numpy(dtype=float) for arm in table}
    if not len(table):
        return Effect(0, math.nan, math.nan, math.nan, math.nan, math.nan)
    base = worlds[next(iter(ask.arms))]
    baseline = float(base.mean())
    band = ask.band if ask.band is not None else BAND * abs(ask.edge if ask.kind == LEVEL else baseline)
    if ask.kind == INTERIOR:
        return _inside(list(ask.arms), table, baseline, band)
    if ask.kind == LEVEL:
        return _of(worlds[FIRM] - ask.edge, baseline, band)
    if ask.kind == INTERACTION:
        return _of(worlds[BOTH] - worlds[FIRST] - worlds[SECOND] + worlds[WITHOUT], baseline, band)
    return _of(worlds[WITH] - worlds[WITHOUT], baseline, band)


def _of(gaps: NDArray[np.float64], baseline: float, band: float, chosen: str = "") -> Effect:
    n, mean = len(gaps), float(gaps.mean()) if len(gaps) else math.nan
    if n < 2:
        return Effect(n, mean, math.nan, math.nan, baseline, band, chosen)
    spread = float(gaps.std(ddof=1))
    half = half_width(n, spread)
    settled = not mean - half <= 0 <= mean + half or half + abs(mean) <= band
    needed = math.nan if settled else runs_needed(n, spread, max(abs(mean), band - abs(mean)))
    return Effect(n, mean, mean - half, mean + half, baseline, band, chosen, needed)


def _inside(arms: Sequence[str], table: pd.DataFrame, baseline: float, band: float) -> Effect:
    """The best inner value is chosen in some worlds and judged in others, so that being chosen is no advantage."""
    even = table.index % 2 == 0
    if not even.any() or even.all():
        return Effect(len(table), math.nan, math.nan, math.nan, baseline, band)
    best = str(table.loc[even, list(arms[1:-1])].mean().idxmax())
    rest = table[~even]
    ends = [_of((rest[best] - rest[end]).to_numpy(dtype=float), baseline, band, best) for end in (arms[0], arms[-1])]
    return min(ends, key=lambda one: one.value)


def was_asked(point: Point, effect: Effect) -> bool:
    """Whether there is a world that says something at a point; as it stands a claim is always asked."""
    return point == CENTRE or effect.n > 0


def judge(claim: Claim, effects: Mapping[Point, Effect], grade: str = "") -> Verdict:
    """The word for a claim, from its effects and from nothing else."""
    if claim.ask is None:
        return Verdict(claim, {}, NOT_TESTABLE, claim.reason, grade)
    asked = {point: effect for point, effect in effects.items() if was_asked(point, effect)}
    held = {point: effect if point == CENTRE else effect.among(len(asked) - 1) for point, effect in asked.items()}
    says = {point: effect.says(claim.ask.expected) for point, effect in held.items()}
    if FOR in says.values() and AGAINST in says.values():
        turns = tuple(_turns(says))
        keys = dict.fromkeys(turn.key for turn in turns)
        return Verdict(claim, effects, DEPENDS, f"the sign turns with {', '.join(keys)}", grade, turns)
    word, why = _as_it_stands(effects[CENTRE], says[CENTRE])
    weak = [point for point in says if says[point] != says[CENTRE]]
    if word in (SUPPORTED, CONTRADICTED) and weak:
        why = f"as it stands; unsettled or nothing at {len(weak)} of {len(says) - 1} other values of what it rests on"
    return Verdict(claim, effects, word, why, grade)


def _as_it_stands(effect: Effect, says: str) -> tuple[str, str]:
    if says == EMPTY:
        return NOT_TESTABLE, "the figure is empty: what it is read from is off or does not happen"
    if says == UNSETTLED:
        more = f"about {effect.needed:.0f} would tell" if math.isfinite(effect.needed) else "more of them would not tell"
        return NOT_TESTABLE, f"too close to call in {effect.n} worlds; {more}"
    return {FOR: SUPPORTED, AGAINST: CONTRADICTED, NOTHING: NO_EFFECT}[says], ""


def _turns(says: Mapping[Point, str]) -> list[Turn]:
    """Every setting along which points, the one as it stands among them, are both for and against."""
    found = []
    for key in dict.fromkeys(point.key for point in says if point.key):
        own = {point: word for point, word in says.items() if point.key in ("", key)}
        for_, against = ([str(point.words or CENTRE) for point, word in own.items() if word == which] for which in (FOR, AGAINST))
        if for_ and against:
            found.append(Turn(key, ", ".join(for_), ", ".join(against)))
    if not found:
        keys = dict.fromkeys(point.key for point, word in says.items() if point.key and word in (FOR, AGAINST))
        at = {which: [str(point) for point, word in says.items() if word == which] for which in (FOR, AGAINST)}
        found = [Turn(" and ".join(keys), ", ".join(at[FOR]), ", ".join(at[AGAINST]))]
    return found


def undecided(claim: Claim, effects: Mapping[Point, Effect], most: int) -> bool:
    """Whether more worlds, up to so many, would probably settle the claim as it stands."""
    if claim.ask is None or CENTRE not in effects:
        return False
    effect = effects[CENTRE]
    needed = effect.needed * (2 if claim.ask.kind == INTERIOR else 1)
    return effect.says(claim.ask.expected) == UNSETTLED and needed <= most
