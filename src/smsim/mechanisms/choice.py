"""The customer chooses among the firm, its rivals and no decision (multinomial logit, M10–M11).

U_firm = a + 1.2·fit + .2·goodwill/(goodwill + G₀) + edge − ρ(σ²/n + ‖m − design‖²/4), each rival's is b (and what its fit adds, where
it has a position: `rivalry`), no decision's 0; σ²/n is how unsure a customer is of the message m that n channels bring in words of their
own (`accents`). `fit` is that of the frozen design to what the customer wants on the day of the choice; `edge` is what other states of
the deal add. Of a launched product, d = (1 − f)·design + f·offers is sold, f `fixed`, and the customer knows it as (1 − t)·d + t·message,
t `marketing` of its kind of sale. a and b are solved once in the reference world (`silo`: 47% won, 32% lost, 21% none), then frozen:
solving per scenario would erase every effect.
"""

from __future__ import annotations

import math
from typing import Any

from smsim.core.contracts import Mechanism, Phase
from smsim.core.kernel import inner, kernel, launch
from smsim.core.luck import luck
from smsim.core.section import Section, param
from smsim.mechanisms.fit import fit
from smsim.mechanisms.mood import Mood
from smsim.mechanisms.pitching import burn, interest_in, waits_for_it
from smsim.mechanisms.rivalry import pull_of_rivals, weights
from smsim.world.ending import end_lead
from smsim.world.leads import CROSS, DECIDING, FROM_MARKETING
from smsim.world.market import Market
from smsim.world.outcomes import Outcome
from smsim.world.rivals import Rivalry

_WON, _LOST, _NONE = int(Outcome.WON), int(Outcome.LOST_TO_RIVAL), int(Outcome.NO_DECISION)
_BURNED = int(Outcome.BURNED_UNREADY)
#: Share of decided deals that are won in the reference world: what everybody reckons with.
USUALLY_WON = 0.47


class Choice(Section, at="selling.choice"):
    """What weighs when a customer decides."""

    base: float = param(0.241, "log-odds", "Liking of the firm's offer where nothing fits (a), against no decision", source="cso2018",
                        grade="B", low=-20, high=20, moves="win_rate +")
    rival: float = param(-0.677, "log-odds", "Liking of each rival's offer (b), against no decision", source="cso2018", grade="B", low=-20,
                         high=20, moves="win_rate -")
    fit: float = param(1.2, "log-odds", "What a perfect fit of the solution adds", source="assumed", grade="C", low=0, high=10,
                       moves="win_rate +", span=(0.6, 2.0))
    goodwill: float = param(0.2, "log-odds", "What goodwill adds at most", source="assumed", grade="C", low=0, high=10, moves="win_rate +")
    half_goodwill: float = param(2.39, "contacts", "Goodwill that adds half of it", source="assumed", grade="C", low=1e-6, high=1e6,
                                 moves="win_rate -")
    consistency: float = param(0.0, "log-odds per sd²", "What a customer minds in a message that is said in several ways, or is another "
                               "than the pitch (ρ)", source="reid2005", grade="C", low=0, high=10, moves="win_rate -")


def rivals_share(choice: Choice, rivals: float) -> float:
    """Share of those who do not buy from the firm that buy from a rival."""
    pull = rivals * math.exp(choice.rival)
    return pull / (1 + pull)


class Choosing(Mechanism):
    """Customers who have seen the whole offer decide."""

    name = "choice"
    phase = Phase.SELLING
    sections = (Choice, Mood, Rivalry)
    reads = ("leads.*", "agenda.due", "segments.*", "accounts.offset", "customers.goodwill", "products.*", "interests.until",
             "rivals.offer")
    writes = ("leads.*", "log.*", "firm.*", "customers.stage", "customers.window_end", "accounts.purchases", "accounts.burned_until",
              "interests.*", "reps.sold", "reps.sold_week", "reps.mood", "sales.*", "today.*")
    streams = ("choice", "burn")

    def tune(self, day: int) -> None:
        """Lay out the weights."""
        of = self.scenario.of
        self.p, self.market, self.mood, self.rivalry = (of(section).row() for section in (Choice, Market, Mood, Rivalry))

    def day(self, day: int) -> None:
        """Let those decide who are due."""
        launch(decide, self.world.rows, self.p, self.market, self.mood, self.rivalry, self.luck.keys, day)


@kernel
def decide(w: Any, p: Any, market: Any, mood: Any, rivalry: Any, keys: Any, day: Any) -> Any:
    """Every customer whose decision is due today decides."""
    for row in range(len(w.agenda)):
        if w.agenda[row].due > day:
            continue
        lead = w.leads[row]
        if lead.state != DECIDING or lead.due >= day + 1:
            continue
        if waits_for_it(w, lead, day):
            continue
        offers = float(market[0].rivals) if lead.product == 0 else w.products[lead.product].rivals
        weight = weights(w, rivalry[0], lead, offers)
        firm = math.exp(liking(w, p[0], market[0], lead, weight) + mood[0].momentum * w.reps[lead.rep].mood)
        rivals = pull_of_rivals(w, p[0], market[0], rivalry[0], lead, offers, weight)
        total = 1.0 + firm + rivals
        u = luck(keys[0].choice, lead.identity, 0)
        outcome = _WON if u < firm / total else _LOST if u < (firm + rivals) / total else _NONE
        if lead.product > 0:
            outcome = decide_on_product(w, keys[0], lead, outcome, (u, firm, rivals), day)
        book(w, lead, outcome)
        if mood[0].momentum > 0.0 or mood[0].calls > 0.0:
            feel(w.reps[lead.rep], mood[0], outcome)
        end_lead(w, row, outcome, max(lead.due, float(day)))


@inner
def decide_on_product(w: Any, k: Any, lead: Any, outcome: Any, odds: Any, day: Any) -> Any:
    """What comes of a decision about a new product: the outcome as it is put down, and what else follows from it."""
    u, firm, rivals = odds
    product, interest = w.products[lead.product], interest_in(w, lead)
    if day < product.ship:
        return _NONE
    if outcome != _NONE:
        interest.bought = 1
    if outcome == _WON:
        w.today[0].launch_revenue += lead.value
        w.today[0].launch_discounts += lead.discount
        w.today[0].launch_margin += lead.value - (lead.value + lead.discount) * product.cost
        return outcome
    burn(w, k.burn, lead, day)
    ready = firm * math.exp(product.slope * (1.0 - lead.ready))
    if u >= ready / (1.0 + ready + rivals):
        return outcome
    if outcome == _LOST:
        w.today[0].rival_wins += 1
    return _BURNED


@inner
def liking(w: Any, p: Any, market: Any, lead: Any, weight: Any) -> Any:
    """How much a customer likes the firm's offer, in log-odds against no decision."""
    customer, account = w.customers[lead.customer], w.accounts[lead.customer]
    segment, product = w.segments[customer.segment], w.products[lead.product]
    squared, apart = 0.0, 0.0
    for d in range(3):
        offer = lead.design[d] + product.fixed * (product.offers - lead.design[d])
        known = offer + product.told * (segment.message[d] - offer)
        gap = segment.need[d] + account.offset[d] - known
        squared += weight[d] * gap * gap
        said = segment.message[d] + segment.strayed[d] - lead.design[d]
        apart += said * said
    warmth = customer.goodwill / (customer.goodwill + p.half_goodwill)
    unsure = p.consistency * (segment.doubt + apart / 4.0)
    return p.base + p.fit * fit(squared, market.tolerance) + p.goodwill * warmth + lead.edge - unsure


@inner
def put_down(sale: Any, lead: Any) -> Any:
    """What was sold, for those who will deliver it."""
    sale.customer, sale.rep, sale.product = lead.customer, lead.rep, lead.product
    sale.value, sale.listed, sale.apart = lead.value, lead.value + lead.discount, lead.apart
    for d in range(3):
        sale.design[d] = lead.design[d]


@inner
def feel(rep: Any, mood: Any, outcome: Any) -> Any:
    """A rep takes a decision to heart."""
    before = rep.mood if mood.half_life > 0.0 else 0.0
    rep.mood = before + (1.0 if outcome == _WON else 0.0) - USUALLY_WON


@inner
def book(w: Any, lead: Any, outcome: Any) -> Any:
    """Put a decision into the figures of the day."""
    today = w.today[0]
    if outcome == _LOST:
        today.deals_lost += 1
        today.rival_wins += 1
    elif outcome == _NONE:
        today.deals_undecided += 1
    elif outcome == _BURNED:
        today.deals_burned += 1
    else:
        today.deals_won += 1
        today.revenue += lead.value
        today.cross_sold += 1 if lead.identity >= CROSS else 0
        today.discounts += lead.discount
        w.reps[lead.rep].sold += lead.value
        w.reps[lead.rep].sold_week += lead.value
        w.accounts[lead.customer].purchases += 1
        if today.deals_won <= len(w.sales):
            put_down(w.sales[int(today.deals_won) - 1], lead)
        if lead.source == FROM_MARKETING:
            today.revenue_marketing += lead.value
            today.revenue_traced += lead.value if lead.traced else 0.0
