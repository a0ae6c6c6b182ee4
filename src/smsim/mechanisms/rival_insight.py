"""What each side believes of rivals' offers: prospects tell reps, reps' notes tell marketing, marketing tells reps (M19, M37).

An offer stays until its rival answers, with h = reaction/look a day, so the covariance of an offer with itself t days later is that of
an Uhlenbeck–Ornstein process of rate h and variance S = V + noise², V the variance of needs over the years (but for the drift of needs
being slow, too, which is left out). Beliefs are aged by that: x → x·e^{−h}, P → P·e^{−2h} + S(1 − e^{−2h}), and fused by precision.
What a customer says of rivals stands in the same note as what he says of his need: whatever carries the note carries it.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from smsim.core.contracts import Mechanism, Phase
from smsim.core.kernel import inner, kernel, launch
from smsim.core.kpi import Kpi
from smsim.core.luck import normal
from smsim.mechanisms.rivalry import variance_of_needs
from smsim.world.market import Market
from smsim.world.rivals import Rivalry


class KnowingRivals(Mechanism):
    """Beliefs of rivals age; what notes say of them comes in."""

    name = "rival_insight"
    phase = Phase.LEARNING
    sections = (Rivalry, Market)
    reads = ("rivals.offer", "notes.*", "rival_notes.*", "rival_insight.*", "rep_rival_insight.*")
    writes = ("rival_insight.*", "rep_rival_insight.*", "rival_notes.told")
    kpis = (
        Kpi("rival_position_error", "tolerances", "Root mean square error of marketing's beliefs of rivals' offers, per criterion", "down",
            "rms"),
        Kpi("rival_position_error_sales", "tolerances", "Root mean square error of the reps' beliefs of rivals' offers, per criterion",
            "down", "rms"),
    )
    can_switch = False

    @classmethod
    def is_on(cls, scenario: Any) -> bool:
        """Where rivals have positions."""
        return bool(scenario.of(Rivalry).positions)

    def tune(self, day: int) -> None:
        """Of rivals nobody has heard of, everybody believes what may be believed of any."""
        rivalry, self.tolerance = self.scenario.of(Rivalry), self.scenario.of(Market).tolerance
        self.p, world = rivalry.row(), self.world
        self.law = aging(rivalry, self.scenario.of(Market))
        known, rows = len(world.rival_insight), len(world.rivals)
        if rows > known:
            rivals = rows // len(world.segments)
            world.rival_insight.grow(rows)
            world.rep_rival_insight.grow(rows * len(world.reps))
            world.rival_notes.grow(rivals * len(world.notes))
            world.rival_insight["var"][known:] = self.law[1]
            world.rep_rival_insight["var"][known * len(world.reps):] = self.law[1]

    def day(self, day: int) -> None:
        """A day passes; notes that reached marketing today are read for what they say of rivals."""
        self.errors = launch(pass_a_day, self.world.rows, self.p, self.law, day)

    def tallies(self) -> dict[str, float]:
        """How far off beliefs are."""
        marketing, sales = self.errors
        return {"rival_position_error": marketing / self.tolerance, "rival_position_error_sales": sales / self.tolerance}


def aging(rivalry: Rivalry, market: Market) -> tuple[float, float]:
    """What of an offer is left after a day, in the mean, and the variance of offers: (e^{−h}, S)."""
    return math.exp(-rivalry.reaction / rivalry.look), variance_of_needs(market) + rivalry.noise**2


@kernel
def fuse(belief: Any, seen: Any, var: Any) -> Any:
    """An observation of variance `var` goes into a belief, by precision."""
    gain = belief.var / (belief.var + var)
    for d in range(3):
        belief.mean[d] += gain * (seen[d] - belief.mean[d])
    belief.var *= 1.0 - gain


@inner
def note_rivals(w: Any, p: Any, key: Any, lead: Any, n: Any) -> Any:
    """A customer tells what rivals offer: it stands in the note, and the rep learns from it."""
    count, segment = len(w.segments), w.customers[lead.customer].segment
    for rival in range(len(w.rivals) // count):
        note = w.rival_notes[rival * len(w.notes) + n]
        offer = w.rivals[rival * count + segment].offer
        for d in range(3):
            note.seen[d] = offer[d] + p.field_noise * normal(key, lead.identity, rival * 3 + d)
        note.told = 0
        fuse(w.rep_rival_insight[(rival * len(w.reps) + lead.rep) * count + segment], note.seen, p.field_noise * p.field_noise)


@inner
def tell_of_rivals(w: Any, r: Any, segment: Any) -> Any:
    """Marketing tells a rep what it believes of rivals' offers to a segment; trust and stereotype decide how much of it is taken."""
    count, trust = len(w.segments), max(w.reps[r].trust, 0.05) * (1.0 - w.reps[r].stereotype)
    for rival in range(len(w.rival_insight) // count):
        view, belief = w.rival_insight[rival * count + segment], w.rep_rival_insight[(rival * len(w.reps) + r) * count + segment]
        belief.heard_var = view.var / trust
        for d in range(3):
            belief.heard[d] = view.mean[d]


@inner
def believed_offer(belief: Any, d: Any) -> Any:
    """What a rep believes of an offer on one criterion, from his own customers and from what he was told."""
    own, told = 1.0 / belief.var, 1.0 / belief.heard_var
    return (own * belief.mean[d] + told * belief.heard[d]) / (own + told)


@inner
def age_one(mean: Any, var: Any, law: Any) -> Any:
    """One day passes over a belief; returns its variance."""
    keep, spread = law
    for d in range(3):
        mean[d] *= keep
    return min(1e9, var * keep * keep + spread * (1.0 - keep * keep))


@kernel
def pass_a_day(w: Any, p: Any, law: Any, day: Any) -> Any:
    """Beliefs of rivals age, then what has come in is read; returns how far off marketing is, and how far the reps."""
    age_rivals(w, law)
    read_notes(w, p, law, day)
    return rival_errors(w)


@inner
def age_rivals(w: Any, law: Any) -> Any:
    """One day passes over all beliefs of rivals."""
    for row in range(len(w.rival_insight)):
        w.rival_insight[row].var = age_one(w.rival_insight[row].mean, w.rival_insight[row].var, law)
    for row in range(len(w.rep_rival_insight)):
        belief = w.rep_rival_insight[row]
        belief.var = age_one(belief.mean, belief.var, law)
        belief.heard_var = age_one(belief.heard, belief.heard_var, law)


@inner
def read_notes(w: Any, p: Any, law: Any, day: Any) -> Any:
    """Marketing reads what notes that have reached it say of rivals, aged as they are; a note given up on the day it was made is none."""
    count = len(w.segments)
    for row in range(len(w.rival_notes)):
        rival, n = row // len(w.notes), row % len(w.notes)
        if w.rival_notes[row].told != 0 or w.notes[n].sent == 0:
            continue
        w.rival_notes[row].told = 1
        if w.notes[n].day >= day:
            continue
        keep = law[0] ** (day - w.notes[n].day)
        view = w.rival_insight[rival * count + w.notes[n].segment]
        var = p[0].field_noise * p[0].field_noise * keep * keep + law[1] * (1.0 - keep * keep)
        gain = view.var / (view.var + var)
        for d in range(3):
            view.mean[d] += gain * (w.rival_notes[row].seen[d] * keep - view.mean[d])
        view.var *= 1.0 - gain


@inner
def rival_errors(w: Any) -> Any:
    """Root mean square error per criterion of marketing's beliefs of rivals' offers, and of the reps'; NaN where there are none."""
    marketing, sales, count = 0.0, 0.0, len(w.segments)
    for row in range(len(w.rivals)):
        rival, s = row // count, row % count
        for d in range(3):
            marketing += (w.rival_insight[row].mean[d] - w.rivals[row].offer[d]) ** 2
            for r in range(len(w.reps)):
                belief = w.rep_rival_insight[(rival * len(w.reps) + r) * count + s]
                sales += (believed_offer(belief, d) - w.rivals[row].offer[d]) ** 2
    offers = 3 * len(w.rivals)
    return (math.sqrt(marketing / offers) if offers > 0 else np.nan,
            math.sqrt(sales / (offers * len(w.reps))) if offers * len(w.reps) > 0 else np.nan)
