"""Where the price of a coin lies at which a budget is spent, as far as that is plain: the rest is left to whoever asks."""

from __future__ import annotations

import math
from typing import Any

from smsim.core.kernel import kernel

#: Sums nearer than this to the money, over it, are too near to be told apart here: another logarithm may differ in its last digit.
_NEAR = 1e-12


@kernel
def narrowed(room: Any, ratio: Any, least: Any, money: Any, high: Any) -> Any:
    """Halve the prices from 0 to `high` until one spends almost exactly the money; returns what is left of them, and after how many steps.

    At a price p a channel takes max(room·ln max(ratio/p, 1), least).
    """
    low = 0.0
    for step in range(100):
        price, total = (low + high) / 2.0, 0.0
        for c in range(len(room)):
            taken = room[c] * math.log(max(ratio[c] / max(price, 1e-300), 1.0))
            total += max(taken, least[c])
        if price == low or price == high or not abs(total - money) > _NEAR * money:
            return low, high, step
        if total > money:
            low = price
        else:
            high = price
    return low, high, 100
