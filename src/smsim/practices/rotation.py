"""A rep and a marketer change places for a while (004.20; M33).

Each year a share of the people change places, in pairs, in turn, for a stay. In a new place one does not do the whole work at once: a
share `dip` of the day is lost at first, dip·e^{−t/settling} on day t, on either side. What one knows goes along: on the first day and
on every Monday of the stay the rep's observations not yet passed on reach marketing first hand (no stereotype doubts them), and the
place he left has marketing's view with its own variance P, whatever reps think of marketers. All that counts as contact of the two.

Le Meunier-FitzHugh & Massey 2019: job rotation improves collaboration; 10% a year, three months, −50% and one month are judgement.
"""

from __future__ import annotations

import math
from typing import Any

from smsim.core.calendar import YEAR, Rhythm
from smsim.core.contracts import Practice
from smsim.core.kernel import kernel, launch
from smsim.core.section import Section, param
from smsim.mechanisms.exchange import CONTACT, counted_since, freshest, report, tell
from smsim.mechanisms.hours import take_hours
from smsim.mechanisms.market import Horizon
from smsim.world.company import Company
from smsim.world.market import Market

_ON = {"practices.rotation.share": "2 per year"}


class Rotation(Section, at="practices.rotation"):
    """Job rotation."""

    share: float = param(0.0, "per year", "How often somebody changes places; `0.1 per year` is one in ten",
                         source="lemeunier2019", grade="C", low=0, high=12, moves="practice_cost +", given=_ON)
    stay: float = param(91.0, "days", "How long they stay", source="assumed", grade="C", low=7, high=728, moves="sales_need_error ?",
                        given=_ON)
    dip: float = param(0.5, "share", "Share of the day that is lost at first", source="assumed", grade="C", low=0, high=1,
                       moves="practice_cost +", given=_ON)
    settling: float = param(30.0, "days", "Time in which that falls to 37%", source="assumed", grade="C", low=1, high=364,
                            moves="practice_cost +", given=_ON)


class Rotating(Practice):
    """People see the other side from within."""

    name = "rotation"
    sections = (Rotation,)
    reads = ("notes.*", "insight.*", "reps.*", "rep_insight.heard")
    writes = ("notes.sent", "insight.*", "rep_insight.heard", "rep_insight.heard_var", "reps.horizon", "reps.swapped", "reps.away",
              "marketers.away", *CONTACT, "today.*")
    costs = "hours of both while they settle in"
    moves = "information, which goes along with people; contact between the two sides"
    through = {
        "information": ("notes.sent", "insight.*", "rep_insight.heard", "rep_insight.heard_var", "reps.horizon"),
        "trust": CONTACT,
    }

    @classmethod
    def is_on(cls, scenario: Any) -> bool:
        """Where anybody ever changes."""
        return bool(scenario.of(Rotation).share > 0)

    def rhythm(self) -> Rhythm:
        """Whoever is away from his place is so every working morning."""
        return Rhythm(1)

    def set_up(self) -> None:
        """Nobody has changed places."""
        self.pairs: dict[tuple[int, int], int] = {}
        self.turn, self.due, self.last = 0, 0.0, -1

    def tune(self, day: int) -> None:
        """How many change, and for how long."""
        self.p, of, world = self.scenario.of(Rotation), self.scenario.of, self.world
        self.market, self.ahead, company = of(Market).row(), of(Horizon).ahead, of(Company)
        self.hours = (company.closes - company.opens) * 24
        self.places = min(len(world.reps), len(world.marketers))
        self.daily = self.p.share / YEAR * (len(world.reps) + len(world.marketers)) / 2 if self.places else 0.0
        self.last = max(self.last, day - 1)

    def stop(self) -> None:
        """Everybody goes back."""
        self.pairs.clear()

    def morning(self, day: int) -> None:
        """Some change places, some come back, the others do what they can where they are."""
        self.due, self.last = self.due + self.daily * (day - self.last), day
        self.pairs = {pair: begun for pair, begun in self.pairs.items() if day < begun + self.p.stay}
        while self.due >= 1 and len(self.pairs) < self.places:
            self.due -= 1
            self._change(day)
        since = counted_since(self.scenario, day)
        for (r, m), begun in self.pairs.items():
            self._settle(r, m, day - begun)
            if day == begun or day % 7 == 0:
                launch(carry_across, self.world.rows, (r, m), self.market, day + self.ahead, since, day)

    def _change(self, day: int) -> None:
        """The next rep and the next marketer who are at their own places change."""
        gone = [{pair[side] for pair in self.pairs} for side in (0, 1)]
        sides = (len(self.world.reps), len(self.world.marketers))
        order = [[(self.turn + i) % size for i in range(size)] for size in sides]
        r, m = (next(i for i in order[side] if i not in gone[side]) for side in (0, 1))
        self.pairs[r, m] = day
        self.turn += 1
        self.world.reps["swapped"][r] = day

    def _settle(self, r: int, m: int, days: int) -> None:
        lost = self.hours * self.p.dip * math.exp(-days / self.p.settling)
        take_hours(self.world, "reps", lost, slice(r, r + 1))
        take_hours(self.world, "marketers", lost, slice(m, m + 1))


@kernel
def carry_across(w: Any, pair: Any, market: Any, horizon: Any, since: Any, day: Any) -> Any:
    """What a rep has seen is known to marketing, what marketing believes at his place; nobody has to be believed."""
    r, m = pair
    rep, marketer, told, new = w.reps[r], w.marketers[m], 0, 0
    n = freshest(w, r, r + 1)
    while n >= 0:
        report(w, n, 0.0, market, since, day)
        told += 1
        n = freshest(w, r, r + 1)
    rep.horizon = max(rep.horizon, float(horizon))
    for s in range(len(w.segments)):
        new += tell(w, r, s, w.insight[s].var)
    rep.items_told += told
    rep.items_heard += new
    marketer.items_told += new
    marketer.items_heard += told
