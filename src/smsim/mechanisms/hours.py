"""What a habit takes: hours that are gone from the day of those who give them, and money.

Hours are paid already; they are told at their pay (`practice_cost`), and not charged again. Money is charged.
"""

from __future__ import annotations

from typing import Any

from smsim.mechanisms.pay import MarketerPay, RepPay, per_hour

#: Everybody of a side.
EVERYBODY = slice(None)


def take_hours(world: Any, side: str, hours: float, who: slice = EVERYBODY) -> float:
    """Each of those named gives so many hours of the next working day; returns the person-hours given.

    `side` is `reps` or `marketers`. A rep's hours are gone from selling, a marketer's from contacts with customers.
    """
    away = getattr(world, side)["away"][who]
    away += hours
    given = hours * len(away)
    pay = world.scenario.of(RepPay if side == "reps" else MarketerPay)
    world.today[0]["practice_hours_cost"] += given * per_hour(pay.salary)
    return given


def take_money(world: Any, money: float) -> None:
    """A habit costs so much money today."""
    world.today[0]["practice_money"] += money
