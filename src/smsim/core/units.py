"""Words for quantities become numbers: `2 weeks`, `8%`, `70 per week`, `week 20`, `never`, `at once`.

A parameter declares its unit; `read` turns what a person wrote into a number in that unit, `say` turns it back.

    unit                      what may be written                    number
    hours days weeks          25 minutes · 2 weeks · at once · never in that unit (never = inf)
    share                     8% · 0.08                              0.08
    money                     5000                                   5000.0
    money per week …          4000 per month                         in that unit
    per day, per week …       70 per week · 1 per 26 weeks           in that unit
    date                      week 20 · day 140 · never              day, 0-based
    anything else             a plain number
"""

from __future__ import annotations

import functools
import math
import re

#: Minutes in one of each; a month is a twelfth of a 52-week year. Whole numbers, so that 30 minutes are exactly half an hour.
MINUTES = {"minute": 1, "hour": 60, "day": 1440, "week": 10_080, "month": 43_680, "quarter": 131_040, "year": 524_160}
#: Days in one of each.
DAYS = {name: minutes / 1440 for name, minutes in MINUTES.items()}
_NUMBER = r"[+-]?(?:[0-9]+(?:_[0-9]+)*\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_SPAN = re.compile(rf"({_NUMBER})\s*([a-z]+)")
_RATE = re.compile(rf"({_NUMBER})\s*(?:per|a|/)\s*(?:({_NUMBER})\s*)?([a-z]+)")
_DATE = re.compile(rf"(week|day)\s+({_NUMBER})")


def singular(word: str) -> str:
    """`weeks` → `week`, with the usual short forms."""
    short = {"min": "minute", "mins": "minute", "h": "hour", "hr": "hour", "hrs": "hour", "d": "day", "w": "week", "y": "year"}
    return short.get(word, word.removesuffix("s"))


def number(text: str) -> float:
    """A plain number; `010` is ten and `1e-3` a thousandth. Raises ValueError."""
    if not re.fullmatch(_NUMBER, text.strip()):
        raise ValueError("not a number")
    return _finite(float(text.replace("_", "")))


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise ValueError("too large a number")
    return value


def is_duration(unit: str) -> bool:
    """Whether the unit is a span of time."""
    return singular(unit) in DAYS


def is_rate(unit: str) -> bool:
    """Whether the unit is so much per time."""
    return "per " in unit and singular(unit.rpartition("per ")[2]) in DAYS


def read(text: str, unit: str) -> float:
    """Turn what was written into a number in `unit`. Raises ValueError with what is allowed."""
    text = text.strip().lower()
    if is_duration(unit):
        return _read_duration(text, unit)
    if unit == "share":
        return number(text[:-1]) / 100 if text.endswith("%") else number(text)
    if unit == "date":
        return _read_date(text)
    if is_rate(unit):
        return _read_rate(text, unit)
    return number(text)


def _read_duration(text: str, unit: str) -> float:
    if text == "never":
        return math.inf
    if text in ("at once", "0"):
        return 0.0
    found = _SPAN.fullmatch(text)
    if not found or singular(found[2]) not in DAYS:
        raise ValueError(allowed(unit))
    if singular(found[2]) == singular(unit):
        return number(found[1])
    return _finite(number(found[1]) * MINUTES[singular(found[2])] / MINUTES[singular(unit)])


def _read_date(text: str) -> float:
    if text == "never":
        return math.inf
    found = _DATE.fullmatch(text)
    if not found:
        raise ValueError(allowed("date"))
    return _finite(number(found[2]) * DAYS[found[1]])


def _read_rate(text: str, unit: str) -> float:
    per = singular(unit.rpartition("per ")[2])
    if text == "0":
        return 0.0
    found = _RATE.fullmatch(text)
    if not found or singular(found[3]) not in DAYS or (found[2] and number(found[2]) <= 0):
        raise ValueError(allowed(unit))
    often = number(found[1]) / (number(found[2]) if found[2] else 1.0)
    return _finite(often if singular(found[3]) == per else often * MINUTES[per] / MINUTES[singular(found[3])])


def read_quota(text: str) -> str:
    """Check an amount above nothing a month, quarter or year; it stays in words, since they also say how long a period is."""
    found = _RATE.fullmatch(text.strip().lower())
    if not found or found[2] or found[3] not in ("month", "quarter", "year") or number(found[1]) <= 0:
        raise ValueError("an amount above 0 a month, quarter or year")
    return f"{found[1]} per {found[3]}"


@functools.cache
def quota_of(text: str) -> tuple[float, str]:
    """The amount and the period of a quota."""
    amount, _, period = text.partition(" per ")
    return number(amount), period


def allowed(unit: str) -> str:
    """What may be written for a unit, in words."""
    if is_duration(unit):
        return "a span of time such as `25 minutes`, `2 weeks`, `at once` or `never`"
    if unit == "share":
        return "a share such as `8%` or `0.08`"
    if unit == "date":
        return "a date such as `week 20`, `day 140` or `never`"
    if unit.startswith("money per") and is_rate(unit):
        return f"money per time such as `4000 {unit.removeprefix('money ')}`"
    if is_rate(unit):
        return f"a rate such as `70 per {unit.rpartition('per ')[2]}` or `1 per 26 weeks`"
    return "an amount of money such as `5000`" if unit == "money" else "a number"


def tidy(value: float) -> str:
    """A number without a tail of zeros."""
    return f"{value:.6g}" if abs(value) < 1e6 else f"{value:,.0f}".replace(",", "_")


def say(value: float, unit: str) -> str:
    """Put a number back into words, in the unit a person would choose."""
    if is_duration(unit):
        return _say_duration(value * MINUTES[singular(unit)])
    if unit == "share":
        return f"{tidy(value * 100)}%"
    if unit == "date":
        return "never" if math.isinf(value) else (f"week {tidy(value / 7)}" if value % 7 == 0 else f"day {tidy(value)}")
    if is_rate(unit):
        return _say_rate(value, unit.rpartition("per ")[2])
    return tidy(value)


def _say_rate(value: float, per: str) -> str:
    """What happens less than once is said as once in so long, where that comes out even."""
    every = 1 / value if 1e-4 < value <= 0.5 else 0.5
    if abs(every - round(every)) < 1e-9 * every:
        return f"1 per {round(every)} {singular(per)}s"
    return f"{tidy(value)} per {per}"


def say_exactly(value: float, unit: str) -> str:
    """Put a number back into words from which `read` makes the very same number, with all its digits where it needs them."""
    words = say(value, unit)
    try:
        if read(words, unit) == value:
            return words
    except ValueError:
        pass
    if is_duration(unit):
        return f"{value!r} {unit}"
    if unit == "date":
        return f"day {value!r}"
    return f"{value!r} per {unit.rpartition('per ')[2]}" if is_rate(unit) else f"{value!r}"


def _say_duration(minutes: float) -> str:
    if math.isinf(minutes):
        return "never"
    if minutes == 0:
        return "at once"
    for name in ("week", "day", "hour", "minute"):
        count = minutes / MINUTES[name]
        if count >= 1 and abs(count - round(count, 2)) < 1e-9:
            break
    return f"{tidy(count)} {name}{'' if abs(count - 1) < 1e-9 else 's'}"
