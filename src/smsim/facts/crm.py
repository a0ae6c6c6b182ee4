"""A CRM brings nothing by itself: a tool without a process does not pay within a year, a process does, both together more than their sum.

One firm with accounts after the sale (`accounts`), in its second year: nothing new, a tool, a process (with support), both. What is judged
is contribution in the twelve months after, and for the tool also satisfaction with deals and the customers who stayed in months 3 to 9.
No gain: worlds in which the firm with the tool earned no more than on the same luck without it.

Source: Reinartz, Krafft & Hoyer 2004, Journal of Marketing Research [C sign]; Becker, Greve & Albers 2009 [C sign]; Speier & Venkatesh
2002, Journal of Marketing [C]; 55% of projects without a result [S]; the bands are ours [D].
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from smsim.facts.fact import INFINITE, TESTS, Fact, Means, Measure, Played, World

_TOOL = {"practices.crm.tool": True}
_PROCESS = {"practices.crm.process": True, "practices.crm.support": "0.2 hours"}
#: Settings of a firm in its second year, and of the months three to nine of it.
_YEAR = {"run.weeks": 104, "run.warm_up": "52 weeks"}
_MIDDLE = {"run.weeks": 91, "run.warm_up": "65 weeks"}


def _introduced(settings: Mapping[str, Any]) -> dict[str, Any]:
    return {"changes": [{"at": "week 53", "set": dict(settings)}]}


def numbers(played: Played) -> Mapping[str, float]:
    """Contribution, satisfaction, customers who stayed; for the tool, whether it gained nothing."""
    found = {name: played.kpis[name] for name in ("contribution", "satisfaction", "retention_rate", "revenue")}
    if played.scenario.turns and played.scenario["run.weeks"] == _YEAR["run.weeks"]:
        found["no_gain"] = float(played.kpis["contribution"] <= _without(played))
    return found


def _without(played: Played) -> float:
    """What the firm earns on the same luck without anything new."""
    from smsim.model import SalesMarketingModel

    model = SalesMarketingModel(played.scenario.but({"changes": []}), played.seed)
    model.run_for(played.end)
    return model.result().kpis["contribution"]


def over(world: str, base: str, number: str) -> Callable[[Means], float]:
    """What a number is in one world, less what it is in another."""
    return lambda means: means[world][number] - means[base][number]


def gain(world: str) -> Callable[[Means], float]:
    """Contribution gained, over that of the firm with nothing new."""
    return lambda means: means[world]["contribution"] / means["firm"]["contribution"] - 1.0


def together(means: Means) -> float:
    """What both bring beyond the sum of each."""
    return gain("both")(means) - gain("tool")(means) - gain("process")(means)


WORLDS = {
    "firm": World("accounts", _YEAR),
    "tool": World("accounts", _YEAR | _introduced(_TOOL)),
    "process": World("accounts", _YEAR | _introduced(_PROCESS)),
    "both": World("accounts", _YEAR | _introduced(_TOOL | _PROCESS)),
    "before": World("accounts", _MIDDLE),
    "after": World("accounts", _MIDDLE | _introduced(_TOOL)),
}
FACT = Fact("16", "CRM", __doc__, WORLDS, numbers, (
    Measure("tool", "Contribution of the year with a tool alone, against nothing new", (-INFINITE, 0.0), gain("tool")),
    Measure("process", "The same, a process alone", (0.0, INFINITE), gain("process")),
    Measure("together", "What both bring beyond the sum of each", (0.0, INFINITE), together),
    Measure("no gain", "Share of firms that gained nothing by a tool alone", (0.45, 0.65), lambda means: means["tool"]["no_gain"]),
    Measure("satisfaction", "Change of satisfaction with deals, months 3 to 9, tool alone", (-INFINITE, 0.0),
            over("after", "before", "satisfaction")),
    Measure("staying", "Change of the share of customers who stay, months 3 to 9, tool alone", (-INFINITE, 0.0),
            over("after", "before", "retention_rate")),
), TESTS)
