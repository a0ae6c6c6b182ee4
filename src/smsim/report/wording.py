"""Figures as people read them: names of KPIs, amounts such as 1.24M, shares, hours and days in words."""

from __future__ import annotations

import math

from smsim.core.kpi import Better, Kpi

#: The figures a report leads with, in order; what the runs lack is left out.
HEADLINE = (
    "contribution", "revenue", "gross_margin", "deals_won", "win_rate", "leads", "leads_worked", "never_worked_share",
    "first_response_hours_median", "lead_half_life_hours", "cold_share", "sales_cycle_days_median", "meeting_hours",
    "trust_sales_in_marketing", "trust_marketing_in_sales",
)
#: Those of which the paired differences are drawn.
DRAWN = ("contribution", "revenue", "deals_won", "win_rate", "never_worked_share", "first_response_hours_median",
         "lead_half_life_hours", "cold_share")
_LABELS = {
    "never_worked_share": "leads never worked",
    "first_response_hours_median": "first response, median",
    "first_response_hours_mean": "first response, mean",
    "lead_half_life_hours": "half-life of a lead", "cold_share": "leads gone cold",
    "sales_cycle_days_median": "sales cycle, median", "trust_sales_in_marketing": "sales' trust in marketing",
    "trust_marketing_in_sales": "marketing's trust in sales",
}
#: Unit and good direction of figures that a folder says nothing of.
_KNOWN: dict[str, tuple[str, Better]] = {
    "contribution": ("money", "up"), "revenue": ("money", "up"), "gross_margin": ("money", "up"), "deals_won": ("deals", "up"),
    "win_rate": ("share", "up"), "leads": ("leads", "neither"), "leads_worked": ("leads", "up"),
    "never_worked_share": ("share", "down"), "first_response_hours_median": ("hours", "down"),
    "first_response_hours_mean": ("hours", "down"),
    "cold_share": ("share", "down"),
    "lead_half_life_hours": ("hours", "up"), "sales_cycle_days_median": ("days", "down"),
    "meeting_hours": ("hours", "neither"), "market_share": ("share", "up"),
}
_OUTCOMES = {
    "won": "won", "lost_to_rival": "lost to a rival", "no_decision": "no decision", "not_a_buyer": "never a buyer",
    "burned_unready": "burned by an unready call", "window_closed": "window closed", "cold_in_queue": "cold in the queue",
    "cold_in_handoff": "cold in the hand-off", "never_routed": "never routed", "below_threshold": "below the threshold",
}
#: Units that are counted one by one.
WHOLE = ("deals", "leads", "count")
_SUFFIXES = ((1e9, "B"), (1e6, "M"), (1e3, "k"))


def known(name: str) -> Kpi:
    """What is commonly known of a KPI; a plain number with no good direction where nothing is."""
    unit, better = _KNOWN.get(name, ("share" if name.endswith("_share") else "count", "neither"))
    return Kpi(name, unit, "", better)


def label(name: str) -> str:
    """A KPI in words, small letters."""
    return _LABELS.get(name, name.replace("_", " "))


def outcome(name: str) -> str:
    """An outcome in words."""
    return _OUTCOMES.get(name, name.replace("_", " "))


def sentence(text: str) -> str:
    """The text with a capital at its start; names that follow keep theirs."""
    return text[:1].upper() + text[1:]


def short(value: float) -> str:
    """A number in three digits and a suffix: 1.24M, 312k, 4.5."""
    if math.isnan(value):
        return "–"
    for size, suffix in _SUFFIXES:
        if abs(value) >= size * 0.9995:
            return _minus(f"{_three(value / size)}{suffix}")
    return _minus(_three(value))


def _three(value: float) -> str:
    size = abs(value)
    if value == 0:
        return "0"
    digits = 0 if size >= 99.95 or (value == int(value) and size >= 10) else 1 if size >= 9.995 else 2
    return f"{value:.{digits}f}"


def amount(value: float, unit: str, currency: str = "") -> str:
    """A value with its unit: `€1.24M`, `8.1%`, `9.4 h`, `41 days`."""
    if math.isnan(value):
        return "–"
    if unit == "money":
        return money(value, currency)
    if unit == "share":
        return _minus(f"{value:.1%}")
    if unit == "hours":
        return hours(value)
    if unit == "days":
        return f"{short(value)} days"
    if unit in WHOLE and 10 <= abs(value) < 99_999.5:
        return _minus(f"{value:,.0f}")
    return short(value)


def money(value: float, currency: str = "") -> str:
    """An amount in the scenario's currency; a sign stands before, a code behind."""
    text = short(abs(value))
    sign = "−" if value < 0 else ""
    return f"{sign}{currency}{text}" if len(currency) <= 1 else f"{sign}{text} {currency}"


def hours(value: float) -> str:
    """Hours in the unit a person would choose; thousands of hours stay hours."""
    if 0 < abs(value) < 1:
        return f"{short(value * 60)} min"
    return f"{short(value)} h"


def signed(value: float, digits: int = 1) -> str:
    """A relative change: `+8.1%`, `−0.4%`."""
    return "–" if math.isnan(value) else _minus(f"{value:+.{digits}%}")


def signed_amount(value: float, unit: str, currency: str = "") -> str:
    """A difference in the KPI's own unit, with its sign; differences of shares are in points."""
    if math.isnan(value):
        return "–"
    if unit == "share":
        return _minus(f"{100 * value:+.1f} pts")
    return ("+" if value >= 0 else "") + amount(value, unit, currency)


def _minus(text: str) -> str:
    return text.replace("-", "−")


def listed(words: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""
