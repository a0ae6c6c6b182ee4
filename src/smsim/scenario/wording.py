"""What is wrong with a value, and what was probably meant, in words."""

from __future__ import annotations

import re
from typing import Any

from smsim.core import units
from smsim.core.section import Param
from smsim.errors import Mark, Problem
from smsim.scenario.nodes import nearest

#: Keys that scenario files will have when what they set is simulated.
PLANNED = frozenset({"crm"})
_TIMES = ("minutes", "hours", "days", "weeks", "months", "quarters", "years")
_PLURAL_WORDS = ("at once", "never", *_TIMES, *(word.removesuffix("s") for word in _TIMES))


def unreadable(key: str, known: Param, text: str, mark: Mark) -> Problem:
    """The problem with a text that is no value of the parameter at all."""
    what, meant = _why(key, known, text.strip())
    return Problem(what, mark, read=_short(text), allowed=known.allowed(), meant=meant)


def out_of_range(key: str, known: Param, text: str, mark: Mark, value: Any) -> Problem:
    """The problem with a value below or above what is allowed."""
    meant = ""
    if known.unit == "share" and isinstance(value, int | float) and 1 < value <= 100 and not text.endswith("%"):
        meant = f"`{units.tidy(float(value))}%`"
    return Problem(f"`{key}` is out of range", mark, read=_short(text), allowed=known.allowed(), meant=meant)


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:80] + "…"


def _why(key: str, known: Param, text: str) -> tuple[str, str]:
    """What is wrong, and the nearest right thing."""
    unit, special = known.unit, [*known.choices, *known.words]
    if not text:
        return f"`{key}` says nothing", ""
    if _is_number(text) and not (known.choices and unit not in ("shares", "names")):
        return _bare(key, unit, text)
    near = nearest(text, special)
    if near or unit == "flag":
        return f"`{key}` knows no such word", near or nearest(text, ("yes", "no"))
    if known.choices and unit not in ("shares", "names", "profile"):
        return f"`{key}` knows no such word", ""
    return _by_unit(key, unit, text)


def _is_number(text: str) -> bool:
    try:
        units.number(text)
    except ValueError:
        return False
    return True


def _bare(key: str, unit: str, text: str) -> tuple[str, str]:
    """A number that lacks its unit."""
    if units.is_duration(unit):
        return f"`{key}` needs a unit of time", f"`{text} weeks` or `{text} days`"
    if unit == "date":
        return f"`{key}` needs `week` or `day`", f"`week {text}` or `day {text}`"
    if units.is_rate(unit):
        return f"`{key}` needs to say per what time", f"`{text} per {unit.rpartition('per ')[2]}`"
    if unit == "quota":
        return _quota(key, f"{text} per quarter") if units.number(text) <= 0 else (f"`{key}` needs to say per what time",
                                                                                   f"`{text} per quarter`")
    if unit == "count":
        return f"`{key}` is a whole number", ""
    return f"`{key}` cannot be this number", ""


def _by_unit(key: str, unit: str, text: str) -> tuple[str, str]:
    """A text that is nearly a quantity, or none."""
    spelt = re.sub(r"[A-Za-z]+$", lambda found: nearest(found[0], _TIMES).strip("`") or found[0], text)
    meant = f"`{spelt}`" if spelt != text and _reads(spelt, unit) else ""
    if units.is_duration(unit):
        return f"`{key}` is no span of time", meant or nearest(text, ("at once", "never"))
    if unit == "date":
        date = re.sub(r"^(\S+)\s*(week|day)s?$", r"\2 \1", text)
        date = re.sub(r"^[A-Za-z]+", lambda found: nearest(found[0], ("week", "day")).strip("`") or found[0], date)
        return f"`{key}` is no date", f"`{date}`" if _reads(date, unit) else nearest(text, ("never",))
    if units.is_rate(unit):
        return f"`{key}` is no rate", meant
    if unit == "share":
        share = f"{text.removesuffix('percent').strip()}%"
        return f"`{key}` is no share", f"`{share}`" if _reads(share, unit) else ""
    if unit == "quota":
        return _quota(key, text)
    named = {"names": ("a list of names", f"`[{text}]`"), "shares": ("a map of shares", ""), "profile": ("a list of shares", ""),
             "settings": ("a map of settings", ""), "money": ("an amount of money", "")}
    kind, meant = named.get(unit, ("a number", ""))
    plain = re.sub(r"(?<=\d),(?=\d{3})|\s*[$€£]\s*", "", text)
    if not meant and plain != text and _is_number(plain):
        meant = f"`{plain}`"
    return f"`{key}` is not {kind}", meant


def _quota(key: str, text: str) -> tuple[str, str]:
    """A quota of nothing, or for a period that nobody is paid by."""
    amount, _, period = text.partition(" per ")
    if not _is_number(amount.strip()):
        return f"`{key}` is no quota", ""
    if units.number(amount) <= 0:
        return f"`{key}` asks for nothing: a quota is above 0", "`none`"
    return f"`{key}` is no quota", nearest(period.strip(), ("month", "quarter", "year"))


def _reads(text: str, unit: str) -> bool:
    try:
        units.read(text, unit)
    except ValueError:
        return False
    return True


def unknown_key(key: str, at: str, keys: list[str], elsewhere: list[str], mark: Mark) -> Problem:
    """The problem with a key that is not there, with the nearest that is."""
    where = f"`{at}`" if at else "a scenario"
    meant = nearest(key, keys) or (f"`{elsewhere[0]}`" if elsewhere else "")
    if key in PLANNED:
        return Problem(f"`{key}` is not simulated yet", mark, read=key, allowed=", ".join(keys))
    return Problem(f"{where} has no key `{_short(key)}`", mark, read=_short(key), allowed=", ".join(keys), meant=meant)
