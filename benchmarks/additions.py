"""What each thing that came after the first storey costs: the firm `silo`, and the same firm with it."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from benchmarks.firms import firm
from smsim import SalesMarketingModel, Scenario, load
from smsim.scenario.library import names
from smsim.world.channels import Channel

PLAIN, CUSTOMERS, YEAR = "silo", 2000, 364
#: Shipped scenarios that switch on what is priced, as far as they are there.
ADDITIONS = ("people", "spirits", "quota", "launch", "accounts", "paid_by_leads")


def additions(customers: int = CUSTOMERS) -> dict[str, Callable[[], dict[str, float]]]:
    """The plain firm and each addition, a year old and warm; whoever is called plays the year after, the same one each time."""
    shipped = set(names())
    found = {name: added(name, customers) for name in (PLAIN, *ADDITIONS) if name in shipped}
    return {name: partial(second_year, warm(plot)) for name, plot in found.items()}


def added(name: str, customers: int) -> Scenario:
    """A shipped scenario with the people, customers and money of the plain firm at a size, so that nothing else differs."""
    plain = firm(PLAIN, customers)
    same = ["market.customers", "company.reps", "company.marketers", *(f"channels.{channel}.spend" for channel in plain.each(Channel))]
    return load(name).but({key: plain[key] for key in same})


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
