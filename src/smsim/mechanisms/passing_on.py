"""Who sells a customer one thing may hear of another the customer wants: he sells that too, or passes it on, or it is lost (004.18).

On the morning after a deal is won its rep asks, as often as the rule `firm.asks` says, what else the customer is looking for: a launched
product he is interested in and has not bought from anybody, or, after such a product, something of the standing business for which a
window is open. So he asks prospects whom he reaches (`prospecting`). Who sells that himself opens the opportunity at once. Who does not
passes it on with chance `firm.passed`; so does a rep of one product whose own call reaches a live buyer of something else. What is passed
on is an inquiry of the next morning, with the last channel that touched the customer, and goes the way of all inquiries: a score, a
threshold, an owner, a queue.

The model lets one matter at a time be talked about with a customer, so what a buyer wants besides comes after what the talk was about.
"""

from __future__ import annotations

from typing import Any

from smsim.core.contracts import Mechanism, Phase
from smsim.core.kernel import inner, kernel, launch
from smsim.core.kpi import Kpi
from smsim.core.luck import luck
from smsim.core.section import Section, param
from smsim.mechanisms.deals import Deals, open_deal
from smsim.mechanisms.demand import note_inquiry, open_window
from smsim.mechanisms.pay import RepPay, per_hour
from smsim.mechanisms.prospecting import is_interested, open_talk
from smsim.world.company import Company
from smsim.world.customers import IDLE, NUMBERS
from smsim.world.leads import CROSS
from smsim.world.market import Market
from smsim.world.outcomes import Outcome
from smsim.world.products import launches_of

_WON = int(Outcome.WON)
#: Tips for which each rep has room in a day: more than he has calls that reach somebody.
_A_DAY = 64


class Asking(Section, at="selling.asking"):
    """Asking a customer who has just bought what else he is looking for."""

    hours: float = param(0.25, "hours", "A rep's time to ask", source="assumed", grade="C", low=0, high=8, moves="practice_cost +",
                         given={"practices.organisation.asks": "100%"})


class PassingOn(Mechanism):
    """What reps hear of other wants becomes an opportunity of their own, or an inquiry."""

    name = "passing_on"
    phase = Phase.DEMAND
    sections = (Asking,)
    reads = ("log.*", "firm.*", "tips.*", "reps.sells", "customers.*", "accounts.*", "products.*", "interests.*", "inquiries.*")
    writes = ("firm.*", "reps.away", "inquiries.*", "customers.*", "leads.*", "accounts.*", "deals.*", "agenda.due", "today.*")
    streams = ("asks", "passed", "gap", "window")
    kpis = (Kpi("duplicate_contacts", "count", "Calls on customers whom the firm was talking to already, which the caller did not know",
                "down"),
            Kpi("cross_sold", "deals", "Deals won with customers of whom a rep heard while he was selling something else", "up"))
    can_switch = False

    @classmethod
    def is_on(cls, scenario: Any) -> bool:
        """Where there is more than one thing to sell."""
        return bool(launches_of(scenario))

    def set_up(self) -> None:
        """Nothing has been heard yet."""
        self.world.tips.grow(_A_DAY * len(self.world.reps))
        self.seen = int(self.world.firm["logged"][0])

    def tune(self, day: int) -> None:
        """Read what asking takes and what opportunities and windows are like."""
        of = self.scenario.of
        self.deals, self.hours, self.pay = of(Deals).row(), of(Asking).hours, per_hour(of(RepPay).salary)
        self.opens, self.window = of(Company).opens, of(Market).window_length
        self.world.firm["asking"] = self.hours

    def day(self, day: int) -> None:
        """Go over yesterday's deals and tips."""
        world = self.world
        since, self.seen = self.seen, int(world.firm["logged"][0])
        asking, tips = float(world.firm["asks"][0]) > 0, int(world.firm["tips"][0])
        if not asking and not tips:
            return
        asked, world.firm["asked"] = int(world.firm["asked"][0]), 0
        count = self.seen - since if asking else 0
        world.inquiries.grow(int(world.today["inquiries"][0]) + count + tips)
        world.make_room(count)
        launch(read_tips, world.rows, self.luck.keys, self.window, day)
        if count:
            asked += launch(ask_buyers, world.rows, self.deals, self.luck.keys, self.hours, since, day, day + self.opens)
        world.today["practice_hours_cost"] += asked * self.hours * self.pay


@kernel
def read_tips(w: Any, keys: Any, window: Any, day: Any) -> Any:
    """Each customer somebody was told of yesterday asks today, unless he is talked to, has asked already, or has no ear."""
    for n in range(w.firm[0].tips):
        i, product = w.tips[n].customer, w.tips[n].product
        if is_free_to_ask(w, i, day):
            if product == 0 and w.customers[i].window_end < 0:
                open_window(w.customers[i], window, keys[0].window, i, day)
            pass_on(w, i, product, day)
    w.firm[0].tips = 0


@kernel
def ask_buyers(w: Any, deals: Any, keys: Any, hours: Any, since: Any, day: Any, t: Any) -> Any:
    """Who has bought since line `since` of the log is asked what else he wants. Returns how many were asked."""
    k, asked = keys[0], 0
    for n in range(since, w.firm[0].logged):
        entry = w.log[n]
        if entry.outcome != _WON or entry.rep < 0 or luck(k.asks, entry.identity, 0) >= w.firm[0].asks:
            continue
        asked += 1
        w.reps[entry.rep].away += hours
        wanted, i = wanted_besides(w, entry.customer, entry.product, day), int(entry.customer)
        sells = w.reps[entry.rep].sells
        if wanted >= 0 and (sells < 0 or sells == wanted):
            row = open_talk(w, entry.rep, i, wanted, t)
            if row >= 0:
                w.leads[row].identity = CROSS + day * NUMBERS + i
                open_deal(w, deals[0], k, row, t)
        elif wanted >= 0 and luck(k.passed, entry.identity, 0) < w.firm[0].passed:
            pass_on(w, i, wanted, day)
    return asked


@inner
def is_free_to_ask(w: Any, i: Any, day: Any) -> Any:
    """Whether nobody talks to a customer, who has not asked today and has an ear for the firm."""
    return w.customers[i].stage == IDLE and w.customers[i].asked < day and w.accounts[i].burned_until <= day


@inner
def wanted_besides(w: Any, i: Any, product: Any, day: Any) -> Any:
    """What else a customer is looking for beside a product, launched ones first; -1 for nothing, or nothing to be had now."""
    if not is_free_to_ask(w, i, day):
        return -1
    for other in range(1, len(w.products)):
        if other != product and is_interested(w, other, i, day):
            return other
    return 0 if product > 0 and w.customers[i].window_end > day else -1


@inner
def pass_on(w: Any, i: Any, product: Any, day: Any) -> Any:
    """A customer asks today, sent by a rep who does not sell what he wants."""
    note_inquiry(w, i, 1, day)
    row = w.inquiries[int(w.today[0].inquiries) - 1]
    row.identity, row.product = CROSS + day * NUMBERS + i, product
    if product > 0:
        row.window_end = w.interests[(product - 1) * len(w.customers) + i].until
