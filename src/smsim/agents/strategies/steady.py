"""A rep who gives marketing's leads the hours that their record has earned."""

from __future__ import annotations

import math
from typing import Any

from smsim.agents.people import Rep
from smsim.core.section import Section, param
from smsim.mechanisms.loop import logit

#: The trust at which a rep gives leads the base share of his prospecting hours.
REFERENCE_TRUST = 0.45


class RepPlan(Section, at="selling"):
    """How trust becomes hours."""

    base_share: float = param(0.3, "share", "Share of prospecting hours for marketing leads at a trust of .45 (s₀)", source="sabnis2013",
                              grade="A", low=0.001, high=0.999, moves="leads_worked +", span=(0.15, 0.5))
    trust_slope: float = param(1.0, "log-odds per log-odds", "How that share follows trust", source="sabnis2013", grade="C", low=0, high=10,
                               moves="leads_worked ?", span=(0.25, 1.0))


class Steady(Rep):
    """logit s = logit s₀ + slope·(logit T − logit T₀) (M7); newest first as often as he is sure that fresh leads are better."""

    name = "steady"

    def tune(self) -> None:
        """Read who plans, and how trust becomes hours."""
        scenario: Any = self.world.scenario
        self.plans = scenario["selling.plan"] == "by_mind"
        plan: RepPlan = scenario.of(RepPlan)
        self.slope, self.lean = plan.trust_slope, logit(plan.base_share) - plan.trust_slope * logit(REFERENCE_TRUST)

    def decide(self) -> None:
        """Plan the week."""
        row = self.row
        if self.plans:
            row.share_leads = 1 / (1 + math.exp(-self.lean - self.slope * logit(row.trust)))
        row.newest_first = row.sure_fresh
        self.adjust()

    def adjust(self) -> None:
        """Work, report and time deals as pays best, this period and the next."""
        if self.earning.matters:
            self.adjusted = int(self.model.time)
            self.earning.look(self.adjusted).follow()
