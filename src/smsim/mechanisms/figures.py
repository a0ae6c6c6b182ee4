"""The key figures that are read off the day's tallies, in the order in which people look at them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from smsim.core.calendar import QUARTER
from smsim.core.kpi import Kpi
from smsim.world.outcomes import Outcome
from smsim.world.period import Period

#: Mean readiness at which reps count as ready.
_READY = 0.7


def _ratio(above: float, below: float) -> float:
    return above / below if below else float("nan")


def _after_sale(period: Period, tally: str) -> float:
    """The total of what happens after sales, over the days on which anybody looks; NaN if there is none."""
    return float(np.nansum(period.days[tally])) if tally in period.days else float("nan")


def _margin(period: Period) -> float:
    """What a deal costs to deliver goes by its value before the discount; launched products have margins of their own."""
    standing = period.total("revenue") - period.total("launch_revenue")
    discounts = period.total("discounts") - period.total("launch_discounts")
    renewed = 0.0
    if "renewals" in period.days:
        standing -= _after_sale(period, "renewal_revenue")
        renewed = _after_sale(period, "renewal_margin") - _after_sale(period, "tailoring_cost")
    return standing * period.gross_margin - discounts * (1 - period.gross_margin) + period.total("launch_margin") + renewed


def retention(period: Period) -> float:
    """Of those who decided to stay or to leave."""
    stayed = _after_sale(period, "renewals")
    return _ratio(stayed, stayed + _after_sale(period, "churned"))


def satisfied(period: Period) -> float:
    """Mean over deliveries."""
    return _ratio(_after_sale(period, "satisfaction"), _after_sale(period, "deliveries"))


def _lifetime_value(period: Period) -> float:
    """Mean over customers first delivered to in the period."""
    return _ratio(_after_sale(period, "lifetime_value"), _after_sale(period, "customers_gained"))


def _contribution(period: Period) -> float:
    costs = period.total("marketing_spend") + period.total("pay_cost") + period.total("practice_money")
    return _margin(period) - costs


def _win_rate(period: Period) -> float:
    won = period.total("deals_won")
    return _ratio(won, won + period.total("deals_lost") + period.total("deals_undecided") + period.total("deals_burned"))


def _market_share(period: Period) -> float:
    won = period.total("deals_won")
    return _ratio(won, won + period.total("rival_wins"))


def _practice_cost(period: Period) -> float:
    return period.total("practice_hours_cost") + period.total("practice_money")


def _sourced(period: Period) -> float:
    return _ratio(period.total("opportunities_marketing"), period.total("opportunities"))


def _intel_used(period: Period) -> float:
    return _ratio(period.total("notes_used"), period.total("notes_made"))


def _coverage(period: Period) -> float:
    return _ratio(period.total("revenue_traced"), period.total("revenue_marketing"))


def _quarter_end(period: Period) -> float:
    """Over whole quarters of the calendar that lie in the period."""
    revenue, days = period.days["revenue"], period.days["day"]
    whole = [q for q in np.unique(days // QUARTER) if (days // QUARTER == q).sum() == QUARTER]
    inside = np.isin(days // QUARTER, whole)
    late = inside & (days % QUARTER >= QUARTER - 28)
    return _ratio(float(revenue[late].sum()), float(revenue[inside].sum()))


def _of_launches(tally: str) -> Callable[[Period], float]:
    """The total of a tally where something is launched."""
    return lambda period: period.total(tally) if "readiness" in period.days else float("nan")


def _ready_day(period: Period) -> float:
    if "readiness" not in period.days:
        return float("nan")
    ready = period.days["day"][period.days["readiness"] >= _READY]
    return float(ready[0]) if len(ready) else float("nan")


def _top_fifth(period: Period) -> float:
    """Of all reps who sold anything, the best fifth, rounded to whole reps and one at least."""
    log = period.log
    won = log[(log["outcome"] == Outcome.WON) & (log["closed"] >= period.start)]
    sold = np.sort(np.bincount(won["rep"], won["value"]))[::-1] if len(won) else np.zeros(1)
    sold = sold[sold > 0]
    return _ratio(float(sold[: max(1, round(len(sold) / 5))].sum()), float(sold.sum()))


def _not_yet(_: Period) -> float:
    return float("nan")


KPIS = (
    Kpi("revenue", "money", "Value of deals closed won, and what customers who stay pay", "up"),
    Kpi("deals_won", "deals", "Deals closed won", "up"),
    Kpi("discounts", "money", "What was taken off the value of deals won, to have them earlier", "down"),
    Kpi("gross_margin", "money", "Revenue (what customers pay, after discounts) less the cost of goods", "up", "run", of_run=_margin),
    Kpi("marketing_spend", "money", "Money spent on channels", "down"),
    Kpi("pay_cost", "money", "Salaries and commission of both sides", "down"),
    Kpi("practice_cost", "money", "Hours of practices at their pay, and their money", "down", "run", of_run=_practice_cost),
    Kpi("contribution", "money", "Gross margin less marketing, pay and the practices' money: the profit to decide on", "up", "run",
        of_run=_contribution),
    Kpi("win_rate", "share", "Won among opportunities that were decided", "up", "run", of_run=_win_rate),
    Kpi("opportunities", "deals", "Opportunities opened, from marketing leads and from own prospecting", "up"),
    Kpi("marketing_sourced_share", "share", "Opportunities that began as marketing leads", "up", "run", of_run=_sourced),
    Kpi("selling_hours", "hours", "Reps' hours on leads, prospects and opportunities", "up"),
    Kpi("meeting_hours", "hours", "Person-hours of all present in meetings", "down"),
    Kpi("wasted_selling_hours", "hours", "Selling hours on leads already cold or never buyers", "down", daily="wasted_hours"),
    Kpi("intel_used_share", "share", "Field observations that reached marketing's belief while fresh", "up", "run", of_run=_intel_used),
    Kpi("marketing_need_error", "tolerances", "Root mean square error of marketing's beliefs of need, per criterion", "down", "rms"),
    Kpi("belief_gap", "tolerances", "Root mean square distance of the reps' beliefs of need from marketing's, per criterion", "neither",
        "rms"),
    Kpi("sales_need_error", "tolerances", "Root mean square error of the reps' beliefs of need, per criterion", "down", "rms"),
    Kpi("trust_sales_in_marketing", "share", "Reps' trust in marketing's leads", "up", "mean"),
    Kpi("trust_marketing_in_sales", "share", "Marketing's trust that sales works its leads", "up", "mean"),
    Kpi("trust_sales_in_marketing_end", "share", "The same on the last day", "up", "last", daily="trust_sales_in_marketing"),
    Kpi("trust_marketing_in_sales_end", "share", "The same on the last day", "up", "last", daily="trust_marketing_in_sales"),
    Kpi("lead_threshold", "score", "Score from which an inquiry is a marketing lead", "neither", "mean"),
    Kpi("attribution_coverage", "share", "Marketing-sourced won value whose true channel is on record", "up", "run", of_run=_coverage),
    Kpi("burned_accounts", "count", "Customers who want no more of the firm for a while, after an unready pitch", "down", "run",
        of_run=_of_launches("burned_accounts")),
    Kpi("launch_revenue", "money", "Revenue of launched products", "up", "run", of_run=_of_launches("launch_revenue")),
    Kpi("launch_ready_day", "days", "First day on which mean readiness is at least .7", "down", "run", of_run=_ready_day),
    Kpi("market_share", "share", "Won among purchases from the firm or from rivals", "up", "run", of_run=_market_share),
    Kpi("quarter_end_share", "share", "Revenue of the last four weeks of each quarter (even: 4/13)", "down", "run", of_run=_quarter_end),
    Kpi("top_fifth_share", "share", "Revenue of the best fifth of the reps", "neither", "run", of_run=_top_fifth),
    Kpi("customer_lifetime_value", "money", "Margin of a customer won: of the first deal, and expected of renewals, discounted", "up",
        "run", of_run=_lifetime_value),
)
