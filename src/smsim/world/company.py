"""The run and the firm: how long, how many, when they work."""

from __future__ import annotations

from typing import Self

import pydantic

from smsim.core.calendar import OFFICE
from smsim.core.section import Section, param

#: Why some settings cannot change in the course of a run.
_PLANNED, _HIRED = "a run is planned before it begins", "people are hired before the first day, for good"


class RunLength(Section, at="run"):
    """How long a run is, and how often it is played."""

    weeks: int = param(104, "count", "Weeks played, warm-up included", source="assumed", grade="C", low=1, high=1040, moves="revenue +",
                       fixed=_PLANNED)
    warm_up: float = param(91.0, "days", "Time at the start that no figure counts", source="assumed", grade="C", low=0, high=3640,
                           moves="revenue -", fixed=_PLANNED)
    replications: int = param(50, "count", "How many worlds each scenario is played in", source="assumed", grade="C", low=1,
                              high=1_000_000, fixed=_PLANNED)
    seed: int = param(1, "count", "The study's seed: the same seed is the same luck", source="assumed", grade="C", low=0, high=2**53,
                      fixed=_PLANNED)
    loop_gain: bool = param(False, "flag", "Whether each world is played twice more, to measure how far the loop that kills leads feeds on "
                            "itself", source="assumed", grade="C", moves="loop_gain ?", fixed=_PLANNED)

    @pydantic.model_validator(mode="after")
    def _leaves_a_day(self) -> Self:
        if self.warm_up >= self.weeks * 7:
            raise ValueError(f"a warm-up shorter than the run ({self.weeks} weeks), so that a day is left to count")
        return self


class Company(Section, at="company"):
    """The firm: how many people, and the hours they work."""

    marketers: int = param(4, "count", "Marketers", source="assumed", grade="C", low=0, high=100_000, moves="pay_cost +", fixed=_HIRED)
    reps: int = param(8, "count", "Sales representatives", source="assumed", grade="C", low=0, high=1_000_000, moves="selling_hours +",
                      fixed=_HIRED)
    working_hours: str = param("weekdays 9-17", "word", "When people work: all day and night, or office hours", source="assumed",
                               grade="C", choices=("weekdays 9-17", "always"), moves="selling_hours +")
    rep_mind: str = param("steady", "mind", "The mind of the reps: a strategy's name, or a class as `file.py:Name`", source="assumed",
                          grade="C", moves="leads_worked ?", fixed=_HIRED)
    marketer_mind: str = param("listener", "mind", "The mind of the marketers: a strategy's name, or a class as `file.py:Name`",
                               source="assumed", grade="C", moves="revenue ?", fixed=_HIRED)
    gross_margin: float = param(0.6, "share", "Share of a deal's value left after the cost of goods", source="assumed", grade="C", low=0,
                                high=1, moves="gross_margin +", fixed="it values all deals, at the end of the run")
    currency: str = param("$", "text", "The sign that stands before money in charts and tables", source="assumed", grade="C",
                          fixed="it is a sign on charts")

    @property
    def opens(self) -> float:
        """When the working day starts, in days after midnight."""
        return 0.0 if self.working_hours == "always" else OFFICE[0] / 24

    @property
    def closes(self) -> float:
        """When the working day ends, in days after midnight."""
        return 1.0 if self.working_hours == "always" else OFFICE[1] / 24

    def works_on(self, day: int) -> bool:
        """Whether people work on that day."""
        return self.working_hours == "always" or day % 7 < 5


class Culture(Section, at="culture"):
    """What people start out believing of each other."""

    trust: float = param(0.45, "share", "Trust of both sides in each other on the first day", source="slovic1993", grade="C", low=0.02,
                         high=0.98, moves="trust_sales_in_marketing +", given={"run.warm_up": "0 weeks", "run.weeks": "8"},
                         fixed="it is where trust starts")
    harshness: float = param(2.0, "times", "How much more a failure weighs than a success in trust (λ)", source="brown2024", grade="B",
                             low=1, high=10, moves="trust_sales_in_marketing -", span=(1.0, 3.0))
    trust_step: float = param(0.01, "share", "How far one lead moves marketing's trust in sales (α)", source="slovic1993", grade="C",
                              low=0, high=0.5, moves="trust_marketing_in_sales ?")
    frozen: bool = param(False, "flag", "Whether both sides' trust stays where it starts, whatever happens", source="assumed", grade="C",
                         moves="trust_marketing_in_sales ?")
    memory: float = param(0.95, "share", "Share of a rep's experience that is left after a week (φ)", source="assumed", grade="C", low=0,
                          high=1, moves="trust_sales_in_marketing ?")
    blame: float = param(0.0, "share", "Share of failures with old leads that a rep books as bad leads though he saw their age",
                         source="assumed", grade="C", low=0, high=1, moves="leads_worked ?", given={"leads.age_seen": "100%"})
