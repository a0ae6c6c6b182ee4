"""Small worlds that tests play in, and how two runs are told apart."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from smsim import SalesMarketingModel, Scenario, load, play
from smsim.core.registry import registry
from smsim.record import Run
from smsim.testing import comparing
from smsim.testing.promises import SMALL as FIRM

HERE = Path(__file__).parent
PLUGINS = HERE / "contract" / "plugins"
#: A firm that fits into a few milliseconds.
TINY: dict[str, Any] = {"run.weeks": 6, "run.warm_up": "1 week", "market.customers": 200, "company.reps": 3, "company.marketers": 2}
#: Long enough for deals to be won: the firm in which parts of a user's own are tried too.
SMALL: dict[str, Any] = dict(FIRM)
STREAM: dict[str, Any] = {"leads.arrivals": "70 per week"}
LOG: dict[str, Any] = {"leads.replay.file": str(HERE / "contract" / "leads.csv"), "leads.replay.channel": "source",
                       "leads.replay.id": "lead", "leads.replay.value": "amount", "leads.replay.customer": "firm"}
#: Nothing but arrivals, a pool of reps and calls.
QUEUE: dict[str, Any] = {
    "company.working_hours": "always", "company.marketers": 0, "leads.birth_hours": "always", "leads.routing": "pool",
    "leads.priority": "first_in", "leads.latency": "at once", "leads.pulled_share": 0.0, "leads.unowned": 0.0, "leads.triage": 0.0,
    "leads.reject_below": 0.0, "leads.expiry": "never", "leads.decay.impatient_share": 1.0, "leads.decay.visible": True,
    "selling.admin": 0.0, "selling.plan": {"leads": 1.0}, "selling.prospecting.success": 0.0,
    "selling.call.mean": "1 hour", "selling.call.distribution": "exponential",
}
#: A new system, announced to reps who are not ready, against whom a rival has an offer soon.
LAUNCH: dict[str, Any] = {"launches": [{"product": "widget", "train": "week 5", "announce": "week 3", "ship": "week 4",
                                        "rival_enters": "week 5", "pressure": "30%"}]}
#: Customers are delivered to, renew, leave and refer, so often that a short run sees it.
RENEWALS: dict[str, Any] = {"market.accounts.renewal": "6 weeks", "market.accounts.referral": "4 per year",
                            "selling.delivery.after": "1 week", "selling.delivery.cost": 1000.0}
#: What practices that bring people together are played with, so that contact has something to soften.
PICTURES: dict[str, Any] = {"culture.stereotypes": "40%"}
#: Marketers are paid for what becomes of leads.
INFORMED: dict[str, Any] = {"incentives.marketers.revenue": 1.0}
#: Rivals with positions, seen by reps who ask and tell.
RIVALS: dict[str, Any] = {"market.rivalry.positions": True, "market.rivalry.focus": 1.0, "selling.deals.probing": "differences",
                          "practices.meetings.every": "1 week"}
#: Scenarios that between them switch everything on.
WORLDS: dict[str, dict[str, Any]] = {
    "silo": {},
    "arrivals": STREAM,
    "log_replay": LOG,
    "meetings": PICTURES | {"practices.meetings.every": "1 week"},
    "stereotypes": PICTURES | {"practices.meetings.every": "2 weeks"},
    "ride_alongs": PICTURES | {"practices.ride_alongs.every": "1 week", "practices.ride_alongs.joint": "yes"},
    "sales_meetings": PICTURES | {"practices.sales_meetings.every": "1 week"},
    "committees": PICTURES | {"practices.committees.every": "2 weeks"},
    "liaison": {"practices.liaison.hours": "5 hours"},
    "rotation": PICTURES | {"practices.rotation.share": "2 per year"},
    "service": PICTURES | {"practices.service.hours": "5 hours"},
    "requests": {"practices.requests.every": "1 week"},
    "training_together": {"practices.training_together.every": "4 weeks"},
    "co_location": {"practices.co_location.together": "yes"},
    "pledge": {"practices.pledge.within": "2 hours"},
    "crm": {"practices.crm.tool": True, "practices.crm.support": "0.2 hours"} | INFORMED,
    "attribution": {"practices.attribution.every": "4 weeks", "practices.attribution.hold_out": "30%"},
    "collateral": {"practices.collateral.every": "6 weeks"},
    "message": {"practices.message.every": "4 weeks", "market.accents.spread": 0.5, "selling.choice.consistency": 0.2},
    "accents": {"market.accents.spread": 0.5, "selling.choice.consistency": 0.2},
    "shared_metrics": {"practices.shared_metrics.share": 0.5,
                       "incentives.reps.quota": "60000 per quarter", "incentives.reps.bonus": 5000.0},
    "target_lists": {"practices.target_lists.every": "13 weeks"},
    "valuable_customers": {"practices.valuable_customers.every": "13 weeks"},
    "launches": LAUNCH,
    "organisation": LAUNCH | {"practices.organisation.by": "product", "practices.organisation.asks": 1.0},
    "passing_on": LAUNCH | {"products.widget.innovation": 4.0, "practices.organisation.asks": 1.0},
    "readiness": LAUNCH | {"products.widget.sale_type": "modified_rebuy", "leads.routing": "pool", "company.working_hours": "always"},
    "renewals": RENEWALS,
    "conflict": {"culture.conflicts.rate": "1 per week"},
    "arbitration": {"culture.conflicts.rate": "1 per week", "practices.arbitration.every": "2 weeks"},
    "clarity": {"company.roles.heads": 3},
    "roles": {"company.roles.heads": 3, "practices.roles.formality": "60%"},
    "funnel_agreement": {"practices.funnel_agreement.owned": "90%"},
    "forecast": {"company.forecasts.made": "yes"},
    "joint_forecast": {"company.forecasts.made": "yes", "practices.joint_forecast.hours": "2 hours"},
    "sales_research": {"practices.sales_research.every": "4 weeks"},
    "rivalry": RIVALS,
    "redesign": {"selling.deals.redesign": "1 hour", "practices.meetings.every": "1 week"},
    "slant": {"market.slant.spread": 0.5, "practices.meetings.every": "1 week"},
    "thought_worlds": {"culture.orientation_gap": 2.0, "culture.competence_gap": 0.5, "practices.meetings.every": "1 week"},
    "pool": STREAM | {"leads.routing": "pool", "leads.decay.visible": True, "selling.call.distribution": "exponential"},
}
#: A practice that says itself what switches it on needs no line above.
WORLDS |= {name: {**practice.beside, **practice.usual} for name, practice in registry().practices.items() if practice.usual}


@functools.cache
def _silo() -> Scenario:
    return load("silo")


def scenario(*layers: Mapping[str, Any], **changes: Any) -> Scenario:
    """`silo` with maps of settings on top, the last one highest."""
    merged: dict[str, Any] = {}
    for layer in (*layers, changes):
        merged.update(layer)
    launches = {key: merged.pop(key) for key in ("launches",) if key in merged}
    return _silo().but(launches).but(merged)


def quality(share: float) -> dict[str, float]:
    """The settings that make so many of everybody who asks a buyer, in a stream or log."""
    return {f"channels.{name}.quality": share for name in _silo().tree()["channels"]}


def model_of(*layers: Mapping[str, Any], seed: int = 1) -> SalesMarketingModel:
    """A model of `silo` with settings on top, on its first morning."""
    return SalesMarketingModel(scenario(*layers), seed)


def runs(made: Scenario, seeds: range) -> list[Run]:
    """One run for each seed."""
    return [play(made, seed) for seed in seeds]


def mean_of(made: Scenario, kpi: str, seeds: range) -> float:
    """The mean of a key figure over seeds, those left out that have none."""
    values = [run.kpis[kpi] for run in runs(made, seeds)]
    return float(np.nanmean(values)) if not np.isnan(values).all() else float("nan")


#: The outputs of two runs that are not the same to the last bit.
differing = comparing.differing
