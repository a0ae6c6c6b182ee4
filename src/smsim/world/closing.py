"""The log as it stands at an instant: leads that ended, and the truth about those still live."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from smsim.world.leads import FREE, HANDOFF, QUEUED
from smsim.world.outcomes import Outcome


def full_log(world: Any, now: float) -> NDArray[Any]:
    """Ended leads, then live ones: those already dead though nobody knows it carry their cause, the others are open.

    Returns rows of the table `log`, sorted by birth.
    """
    ended = world.log[: int(world.firm["logged"][0])]
    live = world.leads[:][world.leads["state"] != FREE]
    rows = np.zeros(len(live), dtype=ended.dtype)
    for name in ("identity", "recycled_from", "created", "qualified", "value", "score", "customer", "rep", "channel", "source", "traced",
                 "product"):
        rows[name] = live[name]
    rows["first_touch"] = live["touched"]
    rows["routed"] = np.where(live["routed"] <= now, live["routed"], np.nan)
    dead = np.isin(live["state"], (HANDOFF, QUEUED)) & (np.minimum(live["dies"], live["expires"]) <= now)
    rows["closed"] = np.where(dead, np.minimum(live["dies"], live["expires"]), np.nan)
    rows["outcome"] = np.where(dead, _causes(live), int(Outcome.OPEN))
    log = np.concatenate([ended, rows])
    return np.asarray(log[np.argsort(log["created"], kind="stable")])


def _causes(live: NDArray[Any]) -> NDArray[Any]:
    """What each row dies of if it is dead: the rule of `cause_of_death`, for columns."""
    in_handoff = (live["dies_of"] == Outcome.COLD_IN_QUEUE) & (live["dies"] < live["routed"])
    early = np.where(in_handoff, int(Outcome.COLD_IN_HANDOFF), live["dies_of"])
    cause = np.where(live["dies"] < live["expires"], early, int(Outcome.EXPIRED))
    return np.where(np.isinf(live["routed"]), int(Outcome.NEVER_ROUTED), cause)
