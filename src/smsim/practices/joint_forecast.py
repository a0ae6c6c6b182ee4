"""Marketing and sales forecast together, and plan by it (M41).

On the first morning of a quarter the firm goes by the mean of the two forecasts instead of the rep's. The plan moves accounts with whom
nobody talks from reps who are to sell more than the mean to those who are to sell less: of a rep's accounts a share `moved`·(1 − F̄/F),
F his forecast; they go to the others in proportion to what they lack. Which accounts go is luck; who owns an account gets its leads.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from smsim.core.calendar import QUARTER, Rhythm
from smsim.core.contracts import Practice
from smsim.core.luck import uniforms
from smsim.core.section import Section, param
from smsim.mechanisms.hours import take_hours
from smsim.world.customers import IDLE

_JOINT = {"company.forecasts.made": "yes", "practices.joint_forecast.hours": "2 hours"}


class Joint(Section, at="practices.joint_forecast"):
    """One forecast of both sides."""

    hours: float = param(0.0, "hours", "Everybody's time a quarter to forecast and plan together; `never` where each side does its own",
                         source="armstrong2001", grade="C", low=0, high=80, words={"never": 0.0}, moves="practice_cost +", given=_JOINT)
    moved: float = param(0.5, "share", "How far idle accounts follow the forecast", source="assumed", grade="C", low=0, high=1,
                         moves="revenue ?", given=_JOINT)


class ForecastingTogether(Practice):
    """One forecast, one plan."""

    name = "joint_forecast"
    sections = (Joint,)
    reads = ("forecasts.*", "customers.stage", "accounts.owner")
    writes = ("forecasts.plan", "accounts.owner", "reps.away", "marketers.away", "today.practice_hours_cost")
    streams = ("account",)
    costs = "hours of everybody each quarter"
    moves = "information: whose forecast counts; rules: whose territory an idle account is in"
    through = {"information": ("forecasts.plan",), "rules": ("accounts.owner",)}

    @classmethod
    def is_on(cls, scenario: Any) -> bool:
        """Where any time is given to it."""
        return bool(scenario.of(Joint).hours > 0)

    def tune(self, day: int) -> None:
        """Quarters are those of the calendar."""
        if self.before is None:
            self.begun = day

    def rhythm(self) -> Rhythm:
        """The first morning of each quarter."""
        return Rhythm(QUARTER, start=-(self.begun % QUARTER))

    def morning(self, day: int) -> None:
        """Sit together, agree on a forecast, divide the accounts by it."""
        p, forecasts = self.scenario.of(Joint), self.world.forecasts
        for side in ("reps", "marketers"):
            take_hours(self.world, side, p.hours)
        forecasts["plan"] = (forecasts["by_rep"] + forecasts["by_marketing"]) / 2.0
        if forecasts["plan"].sum() > 0 and p.moved > 0:
            self._divide(forecasts["plan"], p.moved, day)

    def _divide(self, plan: Any, moved: float, day: int) -> None:
        owner, idle = self.world.accounts["owner"], self.world.customers["stage"] == IDLE
        mean, key = plan.mean(), self.luck.keys["account"][0]
        lack = np.maximum(0.0, mean - plan)
        leaving, luck_of_all = [], uniforms(key, len(owner), day)
        for rep in np.flatnonzero(plan > mean).tolist():
            his = np.flatnonzero((owner == rep) & idle)
            count = int(moved * (1.0 - mean / plan[rep]) * (owner == rep).sum())
            drawn = luck_of_all[his]
            leaving += his[np.argsort(drawn)[:count]].tolist()
        if leaving:
            upto = np.cumsum(lack) / lack.sum()
            owner[leaving] = np.searchsorted(upto, (np.arange(len(leaving)) + 0.5) / len(leaving))
