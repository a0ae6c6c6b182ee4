"""Near the end of a period reps move the day on which customers decide (M22).

A deal is brought forward from a later day: the customer, hurried by so many weeks, likes the offer less by `haste` for each, and is made up
to with a discount d, which he likes by `price`·d; the rep gives just what is needed, d = haste·weeks/price, as far as he may. Or a
deal is held back until after the period's end, and the customer, kept waiting, likes it less. Which deals, each rep's mind decides
(`pull`, `push`). A discount lowers what the customer pays; what the deal costs to deliver stays.
"""

from __future__ import annotations

import math
from typing import Any

from smsim.core.contracts import Mechanism, Phase
from smsim.core.kernel import inner, kernel, launch
from smsim.core.section import Section, param
from smsim.mechanisms.pay import RepPay, period_of
from smsim.world.leads import DECIDING

#: Days before the end of a period in which deals are moved.
LAST_DAYS = 14
#: Days before the end, and after it, at which moved deals are decided: on its last Friday, on the Monday after.
_FRIDAY, _MONDAY = 2.3, 0.4
_GIVEN = {"incentives.reps.quota": "20000 per month", "incentives.reps.accelerator": "3", "run.weeks": "40"}


class Timing(Section, at="selling.timing"):
    """What it takes to move the day on which a customer decides."""

    reach: float = param(28.0, "days", "How far after a period's end deals may lie that are brought forward; `at once` for none",
                         source="larkin2014", grade="C", low=0, high=28, moves="discounts +", given=_GIVEN)
    most: float = param(0.15, "share", "The highest discount a rep may give", source="assumed", grade="C", low=0, high=0.9,
                        moves="discounts ?", given=_GIVEN)
    haste: float = param(0.1, "log-odds per week", "How much less a customer likes an offer for each week he is hurried or kept waiting",
                         source="assumed", grade="C", low=0, high=5, moves="discounts ?", given=_GIVEN)
    price: float = param(5.0, "log-odds", "How much more a customer would like an offer for nothing: the slope on a discount as a share "
                         "of the price", source="assumed", grade="C", low=0.1, high=100, moves="discounts ?", given=_GIVEN)


class Moving(Mechanism):
    """Reps bring deals forward or hold them back."""

    name = "timing"
    phase = Phase.SELLING
    sections = (Timing, RepPay)
    reads = ("reps.pull", "reps.push", "leads.*")
    writes = ("leads.*", "agenda.due", "reps.soon", "reps.late")

    @classmethod
    def is_on(cls, scenario: Any) -> bool:
        """Where there is a quota to meet or to keep out of."""
        return bool(scenario.of(RepPay).quota != "none")

    def tune(self, day: int) -> None:
        """Read what it takes."""
        self.p, self.quota = self.scenario.of(Timing).row(), self.scenario.of(RepPay).quota

    def day(self, day: int) -> None:
        """In the last two weeks, and the day before them: move what is to be moved, and look at what lies ahead."""
        end = period_of(day, self.quota)[1]
        if end - day <= LAST_DAYS + 1:
            launch(move_deals, self.world.rows, self.p, end, day)


@kernel
def move_deals(w: Any, p: Any, end: Any, day: Any) -> Any:
    """Every deal that awaits a decision is moved where its rep wants that; then all are counted for tomorrow morning."""
    for r in range(len(w.reps)):
        w.reps[r].late = 0.0
        for week in range(4):
            w.reps[r].soon[week] = 0.0
    for row in range(len(w.leads)):
        lead = w.leads[row]
        if lead.state != DECIDING or lead.due < day + 1:
            continue
        rep = w.reps[lead.rep]
        if lead.moved == 0 and lead.due >= end and lead.due < end + min(rep.pull, p[0].reach):
            bring_forward(w, p[0], row, max(end - _FRIDAY, day + 1.4), end)
        elif lead.moved == 0 and lead.due < end and rep.push > 0.0:
            put_off(w, p[0], row, end + _MONDAY)
        if lead.due < end:
            rep.late += lead.value
        elif lead.due < end + 28 and lead.moved == 0:
            rep.soon[int((lead.due - end) / 7.0)] += lead.value


@kernel
def discount_for(days: Any, p: Any) -> Any:
    """The discount that makes up for being hurried by so many days; more than can be given where it is too much."""
    share = p.haste * days / 7.0 / p.price
    return share if share <= p.most else math.inf


@inner
def bring_forward(w: Any, p: Any, row: Any, to: Any, end: Any) -> Any:
    """The customer will decide earlier, for a lower price."""
    lead = w.leads[row]
    share = discount_for(lead.due - to, p)
    if to >= end or share == math.inf:
        return
    lead.edge += p.price * share - p.haste * (lead.due - to) / 7.0
    lead.discount = share * lead.value
    lead.value -= lead.discount
    lead.due, lead.moved = to, 1
    w.agenda[row].due = math.floor(to)


@inner
def put_off(w: Any, p: Any, row: Any, to: Any) -> Any:
    """The customer is kept waiting."""
    lead = w.leads[row]
    lead.edge -= p.haste * (to - lead.due) / 7.0
    lead.due, lead.moved = to, 1
    w.agenda[row].due = math.floor(to)
