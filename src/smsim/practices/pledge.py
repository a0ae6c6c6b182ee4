"""Sales pledges to answer marketing's leads within a time: a rule of call order, nothing else.

A lead younger than the pledge is called before anything else. What it costs is what those hours would have done.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from smsim.core.calendar import Rhythm
from smsim.core.contracts import Practice
from smsim.core.section import Section, param
from smsim.mechanisms.selling import Selling, usual_answer


class Pledge(Section, at="practices.pledge"):
    """A pledge on response time."""

    within: float = param(0.0, "hours", "Time within which every lead is to be answered", source="oldroyd2011", grade="C", low=0, high=720,
                          words={"never": 0.0}, moves="first_response_hours_mean -")


class Pledging(Practice):
    """Fresh leads come first, by agreement."""

    name = "pledge"
    sections = (Pledge,)
    writes = ("reps.answer_within",)
    costs = "hours taken from opportunities and own prospecting"
    moves = "rules: which lead is called first"
    through = {"rules": ("reps.answer_within",)}

    @classmethod
    def is_on(cls, scenario: Any) -> bool:
        """Where a time is agreed."""
        return bool(scenario.of(Pledge).within > 0)

    def rhythm(self) -> Rhythm:
        """Agreed once, reminded weekly."""
        return Rhythm(7)

    def tune(self, day: int) -> None:
        """Agree."""
        if self.is_new("practices.pledge.within", "selling.answering", "selling.answer_within"):
            self.stop()
            self.morning(day)

    def stop(self) -> None:
        """Everybody answers as he does without a pledge."""
        reps = self.world.reps
        reps["answer_within"] = usual_answer(self.scenario.of(Selling), len(reps))

    def morning(self, day: int) -> None:
        """Everybody keeps to it."""
        reps = self.world.reps
        reps["answer_within"] = np.maximum(reps["answer_within"], self.scenario.of(Pledge).within)
