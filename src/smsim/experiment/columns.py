"""The columns of a results folder, in the order people find them."""

from __future__ import annotations

#: One column of `runs.parquet` each, present even where nothing measures them yet (NaN); figures of plugins follow.
KPIS = (
    "revenue", "deals_won", "gross_margin", "marketing_spend", "pay_cost", "practice_cost", "contribution", "leads",
    "leads_worked", "never_worked_share", "first_response_hours_mean", "first_response_hours_median", "cold_share",
    "lead_half_life_hours", "win_rate", "sales_cycle_days_median", "selling_hours", "meeting_hours", "wasted_selling_hours",
    "intel_used_share", "marketing_need_error", "sales_need_error", "trust_sales_in_marketing",
    "trust_sales_in_marketing_end", "trust_marketing_in_sales", "trust_marketing_in_sales_end", "lead_threshold", "morale",
    "conflicts_open", "attribution_coverage", "burned_accounts", "launch_revenue", "launch_ready_day", "market_share",
    "forecast_mape", "quarter_end_share", "customer_lifetime_value",
)
#: What tells one replication from another, in the order rows stand.
KEY = ("scenario", "replication")
RUN = (*KEY, "seed")
DAY = (*KEY, "day")
LEAD = (
    *KEY, "lead", "recycled_from", "customer", "segment", "channel", "campaign", "rep", "created", "routed", "first_touch",
    "qualified", "closed", "value", "score", "outcome", "desk",
)
CURVE = (*KEY, "age_hours", "curve", "value")
FAILURE = (*RUN, "error", "traceback")
DIFFERENCE = ("scenario", "kpi", "n", "difference", "low", "high", "share_better", "verdict", "runs_needed")


def ordered(found: set[str], first: tuple[str, ...]) -> list[str]:
    """The names found, those of `first` first and in its order, any others by name."""
    return [name for name in first if name in found] + sorted(found - set(first))
