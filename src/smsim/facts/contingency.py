"""Working together pays more for what is new than for what is bought by habit, and little or nothing in small firms or with few dominant
customers.

The firm `divided` (disputes, unclear roles, forecasts of each side's own) is put in order as in `aligned`: meetings, an agreement on the
funnel, role definitions, hearings, joint forecasts, prices set together. Gain: change of contribution. By what is sold: the six heads of
`launch` with a new system, a modified rebuy or a commodity. By size: 6, 60 and 600 heads, the market in proportion; 600 are watched for
one year. Few dominant customers: 200 with a spread of deal values of 1.5. Gaps, in the firm put in order: marketing looks six weeks
ahead and reps do not, against both looking at today (orientation); reps who hear customers with three times the noise (competence).

Source: Homburg & Jensen 2007, Journal of Marketing [C]; Rouziès & Hulland 2014, Journal of the Academy of Marketing Science [C]; the
cut-offs by what is sold and by size are ours [D].
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from smsim.facts.fact import INFINITE, TESTS, Fact, Means, Measure, Played, World
from smsim.scenario.sizing import larger_market

#: What `divided` has beyond `silo`, and what `aligned` has beyond that.
DIVIDED: dict[str, Any] = {
    "culture.conflicts.rate": 0.1, "culture.conflicts.price": "apart", "company.roles.heads": 20.0, "company.forecasts.made": True,
}
ALIGNED: dict[str, Any] = {
    "culture.conflicts.price": "together", "practices.meetings.every": 28.0, "practices.funnel_agreement.owned": 0.9,
    "practices.roles.formality": 0.6, "practices.arbitration.every": 28.0, "practices.joint_forecast.hours": 2.0,
}
#: Worlds in which the firm is asked twice, divided and aligned.
SETTINGS: dict[str, dict[str, Any]] = {
    "6 heads": {"company.reps": 4, "company.marketers": 2, **larger_market(0.5)},
    "60 heads": {"company.reps": 40, "company.marketers": 20, **larger_market(5)},
    "600 heads": {"company.reps": 400, "company.marketers": 200, "run.weeks": 65, **larger_market(50)},
    "few": {"market.value_spread": 1.5, **larger_market(0.1)},
}
TYPES = ("new_system", "modified_rebuy", "commodity")


def numbers(played: Played) -> Mapping[str, float]:
    """Profit, and the reps' trust."""
    return {name: played.kpis[name] for name in ("contribution", "trust_sales_in_marketing")}


def gain(where: str) -> Callable[[Means], float]:
    """Change of contribution where a firm is put in order."""
    return lambda means: means[f"{where}, aligned"]["contribution"] / means[f"{where}, divided"]["contribution"] - 1.0


def more(one: str, other: str) -> Callable[[Means], float]:
    """How much more there is to gain in one world than in another."""
    return lambda means: gain(one)(means) - gain(other)(means)


def change(name: str, to: str, of: str) -> Callable[[Means], float]:
    """Change of a number from one world to another."""
    return lambda means: means[to][name] / means[of][name] - 1.0


def _worlds() -> dict[str, World]:
    found: dict[str, World] = {}
    for name in TYPES:
        sold = DIVIDED | {"products.widget.sale_type": name}
        found |= {f"{name}, divided": World("launch", sold), f"{name}, aligned": World("launch", sold | ALIGNED)}
    for name, settings in SETTINGS.items():
        found |= {f"{name}, {firm}": World(firm, settings) for firm in ("divided", "aligned")}
    return found | {"gap": World("aligned"), "no gap": World("aligned", {"market.horizon.ahead": 0}),
                    "incompetent": World("aligned", {"selling.deals.field_noise": 2.4})}


FACT = Fact("20", "Contingency", __doc__, _worlds(), numbers, (
    Measure("new over rebuy", "Gain with a new system less gain with a modified rebuy", (0.0, INFINITE),
            more("new_system", "modified_rebuy")),
    Measure("rebuy over commodity", "Gain with a modified rebuy less gain with a commodity", (0.0, INFINITE),
            more("modified_rebuy", "commodity")),
    Measure("6 heads", "Gain with 6 heads: none, or a loss", (-INFINITE, 0.0), gain("6 heads")),
    Measure("60 over 6 heads", "Gain with 60 heads less gain with 6", (0.0, INFINITE), more("60 heads", "6 heads")),
    Measure("600 over 6 heads", "Gain with 600 heads less gain with 6", (0.0, INFINITE), more("600 heads", "6 heads")),
    Measure("few customers", "Gain with few dominant customers: none, or a loss", (-INFINITE, 0.0), gain("few")),
    Measure("orientation, profit", "Change of contribution where marketing looks further ahead than sales", (0.0, INFINITE),
            change("contribution", "gap", "no gap")),
    Measure("orientation, cooperation", "Change of the reps' trust in leads with it", (-INFINITE, 0.0),
            change("trust_sales_in_marketing", "gap", "no gap")),
    Measure("competence", "Change of contribution where reps hear customers worse", (-INFINITE, 0.0),
            change("contribution", "incompetent", "gap")),
), TESTS)
