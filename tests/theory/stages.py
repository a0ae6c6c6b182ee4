"""Where leads are at every midnight, counted in the tables, and how long they were there, read from the log."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smsim import SalesMarketingModel
from smsim.world.closing import full_log
from smsim.world.leads import DECIDING, FREE, HANDOFF, QUEUED, SELLING
from smsim.world.outcomes import Outcome

STAGES = ("hand-off", "queue", "opportunity", "deciding")


@dataclass
class Diary:
    """Counts at every midnight: alive in each stage, live rows by state, ended leads by outcome; and the log at the end."""

    stages: dict[str, NDArray[np.int64]]
    states: NDArray[np.int64]
    outcomes: NDArray[np.int64]
    revenue: NDArray[np.float64]
    model: SalesMarketingModel

    @property
    def days(self) -> dict[str, NDArray[np.float64]]:
        """The tallies, which mechanisms keep without counting rows."""
        return self.model.record.days()


def alive_by_stage(world, now):
    """How many leads stand in each stage, those left out that are over though nobody has found out."""
    leads = world.leads[:]
    waiting = np.minimum(leads["dies"], leads["expires"]) > now
    state, opened = leads["state"], leads["qualified"] <= now
    return [((state == HANDOFF) & waiting).sum(), ((state == QUEUED) & waiting).sum(),
            (np.isin(state, (SELLING, DECIDING)) & opened).sum(), (state == DECIDING).sum()]


def keep_diary(made, seed, days):
    """Play so many days and count at every midnight."""
    model = SalesMarketingModel(made, seed)
    alive, states, outcomes, revenue = [], [], [], []
    for day in range(days):
        model.run_for(1)
        world = model.world
        ended = world.log[: int(world.firm["logged"][0])]
        alive.append(alive_by_stage(world, day + 1))
        states.append(np.bincount(world.leads["state"], minlength=5))
        outcomes.append(np.bincount(ended["outcome"], minlength=len(Outcome)))
        revenue.append(ended["value"][ended["outcome"] == Outcome.WON].sum())
    by_stage = dict(zip(STAGES, np.array(alive).T, strict=True))
    return Diary(by_stage, np.array(states), np.array(outcomes), np.array(revenue), model)


def stays(diary, stage):
    """When each lead entered and left a stage, by the log; infinite if it has not left."""
    model = diary.model
    log = full_log(model.world, model.days_played)
    over = np.where(np.isnan(log["closed"]), np.inf, log["closed"])
    if stage == "opportunity":
        return log["qualified"], over
    if stage == "deciding":
        return _decisions(model, log)
    log, over = log[log["source"] == 0], over[log["source"] == 0]
    routed = np.where(np.isnan(log["routed"]), np.inf, log["routed"])
    called = np.where(np.isnan(log["first_touch"]), np.inf, log["first_touch"])
    if stage == "hand-off":
        return log["created"], np.minimum(over, routed)
    return routed, np.minimum(over, called)


def _decisions(model, log):
    """Who has decided took the time of the scenario; who has not yet will, from the last meeting on."""
    takes = model.plot["selling.deals.deciding"]
    decided = log["closed"][np.isin(log["outcome"], (Outcome.WON, Outcome.LOST_TO_RIVAL, Outcome.NO_DECISION))]
    still = model.world.leads["due"][model.world.leads["state"] == DECIDING]
    return np.concatenate([decided, still]) - takes, np.concatenate([decided, np.full(len(still), np.inf)])


def midnights(entered, left, days):
    """How many of the midnights 1 … T each stay holds: whole numbers."""
    there = np.isfinite(entered)
    first = np.maximum(np.ceil(entered[there]), 1)
    last = np.minimum(np.ceil(left[there]) - 1, days)
    return np.maximum(0, last - first + 1).astype(int)


def live(states):
    """Live leads at each midnight, whatever their state."""
    return states.sum(axis=1) - states[:, FREE]
