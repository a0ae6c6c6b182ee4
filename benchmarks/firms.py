"""The firms that are played: the whole first storey and the core funnel, with people and money in proportion to the customers."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

import numpy as np
from scipy.special import ndtri

from benchmarks import mesa_twin
from smsim import Scenario, load
from smsim.core.birth import hours_of_week
from smsim.mechanisms.arrivals import Arrivals
from smsim.mechanisms.calling import Call
from smsim.mechanisms.choice import Choice
from smsim.mechanisms.decay import Decay
from smsim.mechanisms.demand import Demand
from smsim.mechanisms.scoring import Score
from smsim.scenario.sizing import larger_market
from smsim.world.channels import Channel
from smsim.world.company import Company
from smsim.world.market import Market, Segment

CORE = Path(__file__).with_name("core_funnel.yaml")
#: Customers of the firm as it is written down.
REFERENCE = 2000


@cache
def firm(name: str, customers: int) -> Scenario:
    """A shipped scenario (or the file of one) at another size: reps, marketers and spending grow with the customers."""
    plot, times = load(name), customers / REFERENCE
    company = plot.of(Company)
    people = {f"company.{side}": max(1, round(getattr(company, side) * times)) for side in ("reps", "marketers")}
    return plot.but(larger_market(times, plot) | {"market.customers": customers} | people)


def core(customers: int) -> Scenario:
    """The core funnel at a size."""
    return firm(str(CORE), customers)


def twin_settings(plot: Scenario) -> mesa_twin.Settings:
    """The core funnel's settings as the Mesa twin takes them."""
    of = plot.of
    market, demand, company, choice = of(Market), of(Demand), of(Company), of(Choice)
    return mesa_twin.Settings(
        customers=market.customers, reps=company.reps, opens=company.opens, closes=company.closes,
        channels=tuple(_channel(channel, market.customers, demand.idle_asking) for channel in plot.each(Channel).values()),
        opening=-math.expm1(-market.windows / 7), window_length=market.window_length, value_spread=market.value_spread,
        asking=demand.asking / 7, reference=demand.reference, elasticity=demand.elasticity,
        hours=tuple(map(tuple, hours_of_week(of(Arrivals).birth_hours).reshape(7, 24).tolist())),
        segments=tuple((segment.deal_value, segment.share) for segment in plot.each(Segment).values()),
        apart=math.sqrt(2) * float(ndtri(of(Score).score_auc)), threshold=of(Score).threshold, impatient_share=of(Decay).impatient_share,
        impatient_mean=of(Decay).impatient_mean / 24, patient_mean=of(Decay).patient_mean / 24, call=of(Call).mean / 24,
        base=choice.base, goodwill=choice.goodwill, half_goodwill=choice.half_goodwill, rivals=market.rivals * math.exp(choice.rival))


def _channel(channel: Channel, customers: int, idle_asking: float) -> mesa_twin.Channel:
    every = max(1, round(channel.pulse))
    bought = channel.spend * every / channel.cost / customers
    reached = -channel.reach * np.expm1(-bought / channel.reach) if channel.reach > 0 else 0.0
    return mesa_twin.Channel(float(reached) / 7, every, channel.weight, channel.carry_over ** (1 / 7),
                             idle_asking * (1 - channel.quality))
