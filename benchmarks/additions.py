"""What each thing that came after the first storey costs: the firm `silo`, and the same firm with it."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from benchmarks.firms import firm
from smsim import SalesMarketingModel, Scenario, load
from smsim.core.registry import registry
from smsim.scenario.library import names
from smsim.world.channels import Channel

PLAIN, CUSTOMERS, YEAR = "silo", 2000, 364
#: Shipped scenarios that switch on what is priced, as far as they are there.
ADDITIONS = ("people", "spirits", "quota", "launch", "accounts", "paid_by_leads", "divided", "aligned")
#: The firm with all that is shipped at once: what these have beyond the plain firm, a launch, pictures of the other side, every practice.
EVERYTHING = "everything on"
TOGETHER = ("people", "spirits", "quota", "paid_by_revenue_informed", "divided", "accounts", "rivals", "redesign", "many_voices")


def additions(customers: int = CUSTOMERS) -> dict[str, Callable[[], dict[str, float]]]:
    """The plain firm and each addition, a year old and warm; whoever is called plays the year after, the same one each time."""
    shipped = set(names())
    found = {name: added(name, customers) for name in (PLAIN, *ADDITIONS) if name in shipped}
    found[EVERYTHING] = everything(customers)
    return {name: partial(second_year, warm(plot)) for name, plot in found.items()}


def added(name: str, customers: int) -> Scenario:
    """A shipped scenario with the people, customers and money of the plain firm at a size, so that nothing else differs."""
    plain = firm(PLAIN, customers)
    same = ["market.customers", "company.reps", "company.marketers", *(f"channels.{channel}.spend" for channel in plain.each(Channel))]
    return load(name).but({key: plain[key] for key in same})


def everything(customers: int) -> Scenario:
    """The firm that launches, at a size, with all else switched on as well."""
    plain, settings = load(PLAIN).values(), dict[str, Any]()
    for name in TOGETHER:
        settings |= {key: value for key, value in load(name).values().items() if key in plain and plain[key] != value}
    own = ("run.", "market.customers", "company.reps", "company.marketers")
    settings = {key: value for key, value in settings.items() if not key.startswith(own)}
    besides = {"culture.stereotypes": 0.4, "market.message_hours": 1.0, "market.slant.spread": 0.5}
    return added("launch", customers).but({**settings, **besides}).but(practices())


def practices() -> dict[str, Any]:
    """Settings that switch every practice on: those of its shipped scenario, else those with which its parameters are tested."""
    found: dict[str, Any] = {}
    for practice in registry().practices.values():
        at = f"practices.{practice.name}."
        if f"practices/{practice.name}" in names():
            shipped = load(f"practices/{practice.name}").values()
            found |= {key: value for key, value in shipped.items() if key.startswith(at)}
        else:
            known = [param for section in practice.sections for param in section.params().values()]
            found |= {key: value for param in known for key, value in (param.given or {}).items() if key.startswith(at)}
    return found


def warm(plot: Scenario) -> SalesMarketingModel:
    """A model that has played its first year."""
    model = SalesMarketingModel(plot, 1)
    model.run_for(YEAR)
    return model


def second_year(model: Any) -> dict[str, float]:
    """Seconds of the processor that its second year takes; the model itself stays where it is."""
    future = model.fork()
    gc.collect()
    started = time.process_time()
    future.run_for(YEAR)
    return {"year": time.process_time() - started}
