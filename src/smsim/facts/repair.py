"""Rotation, mixed teams, meetings and a senior executive repair the interface, shared pay helps but ends no conflict, and three things do
nothing.

The three are sitting together, general training, and meeting more often for the same exchange; the executive is what ends conflicts.

One firm (`b2b`) in which either side has a stereotype of .4 of the other, where conflicts are simulated with a dispute every ten weeks;
each change alone against it, on the same luck. Collaboration is what each side has come to believe of the other: the mean of sales' trust
in marketing and of marketing's in sales. It is an outcome: no practice writes it. Beside it stand two numbers that a practice moves more
directly: exchange, the share of the reps' observations that reach marketing while fresh, and pictures, the mean stereotype; where these
move as they should, that says little. Meeting more often: half an hour weekly against an hour every two weeks, so that hours, directions
and room for items are the same. Nulls: within .01 of trust, .05 of exchange, .1 open disputes. A change is asked for only where what it
needs is in the model.

Source: Le Meunier-FitzHugh, Massey & Piercy 2011, Industrial Marketing Management [C]; Le Meunier-FitzHugh & Massey 2019, Journal of
Marketing Management [C]; Massey & Dawes 2007, Industrial Marketing Management [C]; the bands of the nulls are ours [D].
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from smsim.core.registry import registry
from smsim.facts.fact import INFINITE, TESTS, Fact, Means, Measure, Played, World

_MORE, _LESS, _NULL, _SAME = (0.0, INFINITE), (-INFINITE, 0.0), (-0.01, 0.01), (-0.05, 0.05)
_KNOWN = {f"{section.at}.{name}" for section in registry().sections for name in section.params()}


def there(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the settings that the model has."""
    return {key: value for key, value in settings.items() if key in _KNOWN}


_FIRM = there({"culture.stereotypes": 0.4, "culture.conflicts.rate": "1 per 10 weeks"})
#: What is changed, by name: the firm without it, the firm with it.
_CHANGES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "rotation": ({}, {"practices.rotation.share": "0.1 per year"}),
    "committees": ({}, {"practices.committees.every": "4 weeks"}),
    "meetings": ({}, {"practices.meetings.every": "4 weeks"}),
    "executive": ({}, {"practices.arbitration.every": "2 weeks"}),
    "shared pay": ({"incentives.marketers.leads": 1.0}, {"incentives.marketers.revenue": 1.0}),
    "co-location": ({}, {"practices.co_location.together": "yes"}),
    "training": ({}, {"practices.training_together.every": "26 weeks"}),
    "frequency": ({"practices.meetings.every": "2 weeks", "practices.meetings.length": "1 hour"},
                  {"practices.meetings.every": "1 week", "practices.meetings.length": "30 minutes"}),
}
CHANGES = {name: pair for name, pair in _CHANGES.items() if all(len(there(side)) == len(side) for side in pair)}


def numbers(played: Played) -> Mapping[str, float]:
    """Collaboration, and what lies beside it."""
    kpis = played.kpis
    return {
        "collaboration": (kpis["trust_sales_in_marketing"] + kpis["trust_marketing_in_sales"]) / 2, "exchange": kpis["intel_used_share"],
        "pictures": (kpis["stereotype_of_marketing"] + kpis["stereotype_of_sales"]) / 2, "conflicts": kpis["conflicts_open"],
    }


def change(name: str, number: str) -> Callable[[Means], float]:
    """A number with a change less the same without."""
    return lambda means: means[name][number] - means[f"{name}, without"][number]


def _worlds() -> Iterator[tuple[str, World]]:
    for name, (without, with_it) in CHANGES.items():
        yield f"{name}, without", World("b2b", _FIRM | without)
        yield name, World("b2b", _FIRM | with_it)


def _measures() -> Iterator[Measure]:
    for name in CHANGES:
        helps = name not in ("co-location", "training", "frequency")
        yield Measure(name, f"Change of collaboration: {name}", _MORE if helps else _NULL, change(name, "collaboration"))
        if name in ("rotation", "committees", "meetings"):
            yield Measure(f"{name}, exchange", f"Change of exchange: {name}", _MORE, change(name, "exchange"), f"practices.{name}")
            yield Measure(f"{name}, pictures", f"Change of pictures: {name}", _LESS, change(name, "pictures"), "culture.contact")
        elif name in ("co-location", "training", "frequency"):
            yield Measure(f"{name}, exchange", f"Change of exchange: {name}", _SAME, change(name, "exchange"))
        elif "culture.conflicts.rate" in _KNOWN:
            band = _LESS if name == "executive" else (-0.1, 0.1)
            yield Measure(f"{name}, conflicts", f"Change of open disputes: {name}", band, change(name, "conflicts"))


FACT = Fact("15", "What repairs the interface", __doc__, dict(_worlds()), numbers, tuple(_measures()), TESTS)
