"""Named accounts: research says whom each rep calls first on his own account.

A marketer's hours find out what a deal with each customer of a territory is worth, with an error that falls with hours: he sees ln v + N(0,
ε²/h), h hours a list. Each rep gets the list of those believed to be worth most, and calls each of them once in so many weeks, before
anybody else. It moves information, and with it the order of own calls: that somebody is on a list makes nobody likelier to buy.
"""

from __future__ import annotations

import math

import numpy as np

from smsim.core.calendar import Rhythm
from smsim.core.contracts import Regular
from smsim.core.luck import normals
from smsim.core.section import Section, param
from smsim.mechanisms.hours import take_hours

_LISTED = {"practices.target_lists.every": "13 weeks"}


class TargetLists(Section, at="practices.target_lists"):
    """Lists of named accounts."""

    every: float = param(math.inf, "days", "Time from one list to the next", source="assumed", grade="C", low=1, high=3640,
                         words={"never": math.inf}, moves="practice_cost -", given=_LISTED)
    size: int = param(40, "count", "Accounts on a rep's list", source="assumed", grade="C", low=1, high=10000, moves="revenue ?",
                      given=_LISTED)
    again: float = param(91.0, "days", "Time until an account on the list is called again", source="assumed", grade="C", low=7,
                         high=3640, moves="revenue ?", given=_LISTED)
    hours: float = param(4.0, "hours", "A marketer's hours of research for one rep's list", source="assumed", grade="C", low=0.1, high=1000,
                         moves="practice_cost +", given=_LISTED)
    error: float = param(1.0, "log sd", "Error of what an hour of research says of a deal's value (ε)", source="assumed", grade="C",
                         low=0, high=10, moves="revenue ?", given=_LISTED)


class Naming(Regular):
    """Marketing names accounts for sales."""

    name = "target_lists"
    sections = (TargetLists,)
    reads = ("accounts.value", "accounts.owner", "marketers.away")
    writes = ("named.customer", "accounts.named", "marketers.away", "today.practice_hours_cost")
    streams = ("research",)
    costs = "hours of research; own calls on the same few"
    moves = "information: whom a rep calls first on his own account"
    through = {"information": ("named.customer", "accounts.named")}

    def rhythm(self) -> Rhythm:
        """Every Monday somebody says who is to be called."""
        return Rhythm(7)

    def set_up(self) -> None:
        """No list yet, and a row for each account that a rep is to call in a week."""
        self.lists, self.listed, self.next = 0, np.zeros((len(self.world.reps), 0), dtype="i8"), 0.0
        self.begun = False
        self._make_room(self.scenario.of(TargetLists))

    def tune(self, day: int) -> None:
        """Whoever wants another list gets one at once."""
        self.p = self.scenario.of(TargetLists)
        if self.begun and self.is_new("practices.target_lists.size", "practices.target_lists.every"):
            self.begin(day)

    def begin(self, day: int) -> None:
        """Whoever begins begins with a list."""
        self.begun = True
        self._research(day)
        self._say(day)

    def stop(self) -> None:
        """Everybody calls as he did."""
        self.begun = False
        self.world.named["customer"], self.world.accounts["named"] = -1, 0

    def morning(self, day: int) -> None:
        """Where it is time, find out anew; then say who is to be called this week."""
        if day >= self.next:
            self._research(day)
        self._say(day)

    def _research(self, day: int) -> None:
        """Find out what customers are worth, as far as hours go, and write a list for each rep."""
        world, reps = self.world, len(self.world.reps)
        take_hours(world, "marketers", self.p.hours * reps / max(1, len(world.marketers)))
        self.lists, self.next = self.lists + 1, day + self.p.every
        key, spread = self.luck.keys["research"][0], self.p.error / math.sqrt(self.p.hours)
        noise = normals(key, len(world.accounts), self.lists)
        seen, owner = np.log(world.accounts["value"]) + spread * noise, world.accounts["owner"]
        self.listed = np.full((reps, self.p.size), -1)
        world.accounts["named"] = 0
        for r in range(reps):
            those = np.flatnonzero(owner == r)
            best = those[np.argsort(-seen[those], kind="stable")][: self.p.size]
            self.listed[r, : len(best)] = best
            world.accounts["named"][best] = 1

    def _make_room(self, p: TargetLists) -> int:
        """Rows for what is called in a week; returns in how many weeks a list is gone through."""
        rounds = max(1, round(p.again / 7.0))
        self.world.named.grow(len(self.world.reps) * math.ceil(p.size / rounds))
        return rounds

    def _say(self, day: int) -> None:
        """The part of each list whose turn it is this week."""
        named, rounds = self.world.named, self._make_room(self.p)
        named["customer"] = -1
        turn = self.listed[:, day // 7 % rounds::rounds]
        if len(turn):
            named["customer"].reshape(len(turn), -1)[:, : turn.shape[1]] = turn
