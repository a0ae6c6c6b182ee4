"""What is forecast of each territory's sales in the quarter that runs."""

from __future__ import annotations

from smsim.core.table import Table, field


class Forecasts(Table, name="forecasts"):
    """One row per rep and his territory."""

    usual = field("f8", 0.0, "money", "Sales of a quarter as they have come to be usual")
    potential = field("f8", 0.0, "money", "What the whole firm usually sells, by the territory's share of the market")
    by_rep = field("f8", 0.0, "money", "The rep's forecast")
    by_marketing = field("f8", 0.0, "money", "Marketing's forecast, from the market side")
    plan = field("f8", 0.0, "money", "The forecast that the firm goes by: the rep's, unless both sides agree on one")
