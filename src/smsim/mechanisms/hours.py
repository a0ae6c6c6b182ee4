"""What a habit takes: hours that are gone from the day of those who give them, and money.

Hours are paid already; they are told at their pay (`practice_cost`), and not charged again. Money is charged.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from smsim.mechanisms.pay import MarketerPay, RepPay, per_hour

#: Everybody of a side.
EVERYBODY = slice(None)


def take_hours(world: Any, side: str, hours: float | NDArray[np.float64], who: slice | NDArray[Any] = EVERYBODY) -> float:
    """Each of those named gives so many hours of the next working day; returns the person-hours given.

    `side` is `reps` or `marketers`. A rep's hours are gone from selling, a marketer's from contacts with customers. `who` names them by
    a slice or by their rows, nobody twice; `hours` is what each gives, or one number for each of them.
    """
    away = getattr(world, side)["away"]
    away[who] += hours
    given = float(np.add.reduce(hours)) if isinstance(hours, np.ndarray) else hours * len(away[who])
    tell_hours(world, side, given)
    return given


def tell_hours(world: Any, side: str, given: float) -> None:
    """So many person-hours of a side that are gone from their day already are told at their pay."""
    if given:
        pay = world.scenario.of(RepPay if side == "reps" else MarketerPay)
        world.today["practice_hours_cost"] += given * per_hour(pay.salary)


def take_money(world: Any, money: float) -> None:
    """A habit costs so much money today."""
    world.today["practice_money"] += money
