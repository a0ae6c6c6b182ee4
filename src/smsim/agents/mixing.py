"""What a marketer's pay makes of the channel mix, by what is on record.

A channel on which x is spent a week makes r(1 − e^{−x/(kr)}) contacts with each customer, r its reach, k the cost of a contact with
everybody. He believes that a contact through it is worth y = (records + κ)/(contacts + κ/y₀), where y₀ is what it would have to be worth
for the mix to be right as it is (y₀ ∝ k·e^{x/(kr)}): with nothing on record he changes nothing. Records are leads put down to the channel,
and as far as pay goes by what becomes of leads and he is told, those that were good. The best mix spends the same money so that the last
coin brings as much everywhere; each month he goes part of the way there.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from smsim.core.kernel import launch
from smsim.mechanisms.narrowing import narrowed
from smsim.mechanisms.pay import paid_for
from smsim.world.channels import Channel

#: What the prior weighs, in leads on record, and how far he goes towards the best mix in a month.
_RECORDS, _PACE = 30.0, 0.25
#: A channel that is paid for keeps at least this share of its even share of the money.
_LEAST = 0.05


class Mixing:
    """The head of marketing's view of the channels."""

    def __init__(self, world: Any) -> None:
        channels = list(world.scenario.each(Channel).values())
        every = np.array([max(1, round(channel.pulse)) for channel in channels])
        self.world, self.by_leads = world, paid_for(world.scenario).get("leads", 0.0)
        self.given = np.array([channel.spend for channel in channels])
        self.reach = np.array([channel.reach for channel in channels]) / every
        self.cost = np.array([channel.cost for channel in channels]) * len(world.customers)

    def now(self) -> NDArray[Any]:
        """Money a week for each channel, as it stands."""
        budget = self.world.channels["budget"][: len(self.given)]
        return np.where(budget < 0, self.given, budget)

    def worth(self, spend: NDArray[Any]) -> NDArray[Any]:
        """What he believes a contact through each channel is worth, in records; only ratios matter."""
        records, room = self._records(), self.cost * self.reach
        steep = np.exp(np.minimum(spend / room, 50.0))
        contacts = self.reach * (1.0 - 1.0 / steep)
        fair = self.cost * steep
        fair = fair * max(float(records.sum()), 1e-9) / max(float((fair * contacts).sum()), 1e-12)
        return np.asarray((records + _RECORDS) / (contacts + _RECORDS / fair))

    def _records(self) -> NDArray[Any]:
        """Leads a channel is credited with: any, or the good ones, as pay goes by the one or the other."""
        leads, good = (self.world.credits[name][: len(self.given)] for name in ("leads", "good"))
        told, by_leads = good.sum(), self.by_leads * (1.0 - float(self.world.firm["shared"][0]))
        return np.asarray(by_leads * leads + (1.0 - by_leads) * (good * leads.sum() / told if told > 0 else leads))

    def best(self, spend: NDArray[Any]) -> NDArray[Any]:
        """The same money where the last coin brings as much in every channel."""
        used = (spend > 0) & (self.reach > 0)
        if not used.any():
            return spend
        least = np.where(used, _LEAST * spend[used].sum() / used.sum(), 0.0)
        room, ratio = np.where(used, self.cost * self.reach, 0.0), np.where(used, self.worth(spend), 0.0) / self.cost
        money = float(spend[used].sum())
        low, high, steps = launch(narrowed, room, ratio, least, money, float(ratio.max()))
        with np.errstate(divide="ignore"):
            for _ in range(steps, 100):
                price = (low + high) / 2.0
                if price in (low, high):
                    break  # the two are neighbours
                if np.add.reduce(self._bought(room, ratio, price, least)) > money:
                    low = price
                else:
                    high = price
            found = self._bought(room, ratio, high, least) + np.where(used, 0.0, spend)
        return np.asarray(found * spend.sum() / found.sum())

    def _bought(self, room: NDArray[Any], ratio: NDArray[Any], price: float, least: NDArray[Any]) -> NDArray[Any]:
        """What would be spent on each channel if a coin had to bring at least so much."""
        spent = ratio / max(price, 1e-300)
        np.log(np.maximum(spent, 1.0, out=spent), out=spent)
        return np.asarray(np.maximum(np.multiply(room, spent, out=spent), least, out=spent))

    def follow(self) -> None:
        """Go part of the way to the best mix."""
        now = self.now()
        if now.sum() > 0:
            self.world.channels["budget"][: len(now)] = now + _PACE * (self.best(now) - now)
