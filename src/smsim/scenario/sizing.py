"""A market of another size for the same people."""

from __future__ import annotations

from smsim.scenario.scenario import Scenario
from smsim.world.channels import Channel
from smsim.world.market import Market


def larger_market(times: float, firm: Scenario | None = None) -> dict[str, float]:
    """Settings of a market so many times as large, and the money to reach each customer in it as before.

    Of a firm, or of the default market where none is named.
    """
    customers = Market.default("customers") if firm is None else firm["market.customers"]
    spends = {name: channel["spend"] for name, channel in Channel.entries.items()} if firm is None else {
        name: channel.spend for name, channel in firm.each(Channel).items()}
    return {"market.customers": round(times * customers), **{f"channels.{name}.spend": times * spend for name, spend in spends.items()}}
