"""Along each range of the leader: at which places the best may lie, on the luck of the estimate.

Places lie an eighth of the range apart from end to end, and closer around the leader, whatever came out on this luck. At each the lever is
moved there with the rest as the leader has it; and, where there is a budget, with the leader's spending kept, all other ranges moving the
same part of their way. A place is out where all that was played there is worse than the leader by more than its 95% interval.

What is told runs from the lowest to the highest place that is not out, and on to the next place that is. It misses the best value in at
most 5% of decisions. The leader was chosen on other luck, so only one comparison counts, that of the leader with the place next to the
best on the leader's side: it is lost in 2.5%; and the leader was changed on this luck, with intervals simultaneous over the list, in
another 2.5% at most. That takes for granted that between two places that were played there is no second hill, and that the rest need not
move with this lever but to pay for it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from smsim.advice.bench import Bench, Look
from smsim.advice.candidates import Candidates, Pick
from smsim.advice.levers import FINE
from smsim.advice.objective import Gain
from smsim.advice.racing import gain

#: Places from end to end, and how far from the leader others lie, as shares of the range (on the grid that a range is tried on).
_APART = FINE // 8
_AROUND = (3, 6, 12)
#: Places along a range at most, the leader's own not counted.
PLACES = FINE // _APART + 1 + 2 * len(_AROUND)
#: What a sum of money may be off by rounding, in places.
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Place:
    """A place along a range, the best that was played there, how far the leader is ahead of it, and whether the best may lie there."""

    share: float
    pick: Pick
    lead: Gain
    is_in: bool


@dataclass(frozen=True)
class Along:
    """What was found along one range: the lever's number, and its places from end to end."""

    lever: int
    places: tuple[Place, ...]

    @property
    def span(self) -> tuple[float, float]:
        """From where to where the best lies, out to the next places that are out."""
        inside = [at for at, place in enumerate(self.places) if place.is_in]
        last = len(self.places) - 1
        return self.places[max(inside[0] - 1, 0)].share, self.places[min(inside[-1] + 1, last)].share


def along(bench: Bench, look: Look, leader: Pick) -> list[Along]:
    """Play the places of every range that the leader uses, and tell which are out."""
    ranges = [at for at in bench.candidates.pulled(leader) if bench.decision.levers[at].is_range]
    there = {at: {share: _moved(bench.candidates, leader, at, share) for share in _shares(bench.candidates, leader, at)} for at in ranges}
    bench.play(look, [pick for places in there.values() for picks in places.values() for pick in picks])
    return [Along(at, tuple(_place(bench, look, leader, share, picks) for share, picks in places.items() if picks))
            for at, places in there.items()]


def _shares(made: Candidates, leader: Pick, at: int) -> list[float]:
    """Every place from end to end, the leader's among them."""
    own = leader[at]
    assert own is not None
    steps = {round(own * FINE) + way * far for far in _AROUND for way in (-1, 1)} | set(range(0, FINE + 1, _APART))
    fitted = {made.fitted(at, step / FINE) for step in steps if 0 <= step <= FINE}
    return sorted({own, *(share for share in fitted if share is not None)})


def _moved(made: Candidates, leader: Pick, at: int, share: float) -> list[Pick]:
    """The leader with a lever at a place: the rest as it is, and at the same spending; without those that cannot be had."""
    if share == leader[at]:
        return [leader]
    moved = made.but(leader, at, share)
    picks = dict.fromkeys([moved, _balanced(made, leader, moved, at)])
    return [pick for pick in picks if made.is_affordable(pick) and made.is_possible(pick)]


def _balanced(made: Candidates, leader: Pick, moved: Pick, at: int) -> Pick:
    """The same with all other ranges moved the same part of their way to their dear, or their cheap, end: it costs what the leader does."""
    levers, freed = made.decision.levers, made.cost(leader) - made.cost(moved)
    others = [each for each in made.pulled(moved) if each != at and levers[each].is_range]
    if made.decision.budget == math.inf or not freed:
        return moved
    ends = {each: float((levers[each].costs[1] > levers[each].costs[0]) == (freed > 0)) for each in others}
    room = sum(abs(made.cost(made.but(moved, each, end)) - made.cost(moved)) for each, end in ends.items())
    part = min(abs(freed) / room, 1.0) if room else 0.0
    for each, end in ends.items():
        moved = made.but(moved, each, _toward(moved[each], end, part, levers[each].costs))
    return moved


def _toward(place: float | None, end: float, part: float, costs: tuple[float, float]) -> float:
    """A part of the way to an end, on the grid a range is tried on, rounded to the cheaper side."""
    assert place is not None
    exact = (place + part * (end - place)) * FINE
    return (math.floor(exact + _ROUNDING) if costs[1] > costs[0] else math.ceil(exact - _ROUNDING)) / FINE


def _place(bench: Bench, look: Look, leader: Pick, share: float, picks: list[Pick]) -> Place:
    """What a place came to: that of its candidates which the leader is least ahead of."""
    leads = {pick: gain(bench, [look], leader, pick) for pick in picks}
    best = min(leads, key=lambda pick: leads[pick].gain)
    return Place(share, best, leads[best], not all(lead.low > 0 for lead in leads.values()))
