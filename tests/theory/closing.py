"""Customers who decide once a period until they have bought, from the firm or from a rival; and how often to meet about a random walk."""

from __future__ import annotations

import numpy as np
from beliefs import Belief

from smsim import SalesMarketingModel, load
from smsim.core.kernel import kernel
from smsim.mechanisms.choice import decide
from smsim.mechanisms.insight import aged
from smsim.world.ending import open_lead
from smsim.world.leads import DECIDING


def evenly_liked(won, lost):
    """A firm with one rival among customers who choose it with chance h, the rival with chance l, and else decide nothing."""
    nothing = 1 - won - lost
    chances = {"selling.choice.base": float(np.log(won / nothing)), "selling.choice.rival": float(np.log(lost / nothing))}
    return load("silo").but(chances | {"selling.choice.fit": 0, "selling.choice.goodwill": 0, "market.rivals": 1, "market.customers": 1000})


@kernel
def put_the_question(w, count, day):
    """So many offers lie before customers today."""
    for number in range(count):
        row = open_lead(w)
        lead = w.leads[row]
        lead.customer, lead.rep, lead.holds, lead.state = number % len(w.customers), 0, 0, DECIDING
        lead.identity, lead.due, lead.created = day * 1000003 + number, float(day), float(day)
        w.agenda[row].due = day


def decisions(won, lost, seed, customers=4000):
    """How many buy from the firm and from the rival in each period, while whoever is undecided decides again: two lists."""
    model = SalesMarketingModel(evenly_liked(won, lost), seed)
    world, choosing, found = model.world, model.world.parts["choice"], []
    while customers:
        day = len(found)
        world.make_room(customers)
        before = np.array([world.today[name][0] for name in ("deals_won", "deals_lost")])
        put_the_question(world.rows, customers, day)
        decide(world.rows, choosing.p, choosing.market, choosing.mood, choosing.rivalry, choosing.luck.keys, day)
        found.append(np.array([world.today[name][0] for name in ("deals_won", "deals_lost")]) - before)
        customers -= int(found[-1].sum())
    return np.array(found).T


def closed(won, lost, seed):
    """Share won of all that ended, and the mean number of periods until they did."""
    by_firm, by_rival = decisions(won, lost, seed)
    ended = by_firm + by_rival
    return by_firm.sum() / ended.sum(), float((np.arange(1, len(ended) + 1) * ended).sum() / ended.sum())


def error_between_meetings(every, moves, steps=1000):
    """Mean variance of a belief of a random walk whose every meeting brings the exact truth, from the function that ages it.

    `moves` is the variance a unit of time adds; the trapezoid over `steps` parts of the interval is exact, for the variance grows evenly.
    """
    found = [0.0]
    for _ in range(steps):
        found.append(float(aged(found[-1], 1.0, moves * every / steps)))
    return float(np.trapezoid(found, dx=1 / steps))


def cost_of_meeting(every, cost, harm, moves):
    """What meeting every T costs a unit of time: c/T for the meetings, a·error for not knowing in between."""
    return cost / every + harm * error_between_meetings(every, moves, 40)


def walked_error(every, moves, walk, meetings=60):
    """Mean squared distance to a random walk of a belief that hears the truth every `every` steps, at the ages 1 … T."""
    rng = np.random.default_rng(walk)
    needs = np.cumsum(rng.normal(0, np.sqrt(moves), (every * meetings, 3)), axis=0)
    belief, errors = Belief(1e-9), []
    for step, need in enumerate(needs):
        belief.age(moves)
        errors.append(np.mean((belief.table["mean"][0] - need) ** 2))
        if step % every == every - 1:
            belief.hear(need)
    return float(np.mean(errors[every:]))
