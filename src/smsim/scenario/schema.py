"""A JSON Schema (2020-12) of scenario files, so that an editor completes keys and marks what cannot be.

Nothing is required, since a file says only what differs from what it extends.
"""

from __future__ import annotations

import re
from typing import Any

from smsim.core import units
from smsim.core.registry import Registry
from smsim.core.registry import registry as rooms
from smsim.core.section import Param
from smsim.scenario.layout import Place, Slot, layout

_NUMBER = r"[+-]?([0-9][0-9_]*\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?"
_TIME = r"(min|mins|minutes?|h|hrs?|hours?|d|days?|w|weeks?|months?|quarters?|y|years?)"
_HEAD = {
    "name": {"type": ["string", "number"], "description": "What the scenario is called in tables and charts"},
    "describe": {"type": ["string", "number"], "description": "One sentence on what is special about it"},
    "extends": {"type": ["string", "number"], "description": "What this differs from: a path, or a shipped name"},
    "plugins": {"type": ["array", "string"], "items": {"type": "string"}, "description": "Python files with parts of one's own"},
}


def json_schema(registry: Registry | None = None) -> dict[str, Any]:
    """The schema of a scenario file with all sections of the registry."""
    whole = _place(layout(registry or rooms()))
    whole["properties"] = _HEAD | whole["properties"]
    whole["type"] = "object"
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "smsim scenario", **whole}


def _place(place: Place) -> dict[str, Any]:
    about = next((section.__doc__.strip().partition("\n")[0] for section in place.sections if section.__doc__), "")
    described = {"description": about} if about else {}
    if place.kind == "list" and place.entry:
        return {"type": ["array", "null"], "items": _place(place.entry)}
    if place.kind == "names" and place.entry:
        entry = _place(place.entry) | {"type": ["object", "null", "string"], "pattern": "^none$"}
        entry["patternErrorMessage"] = "a map of keys, or `none` to take it away"
        known: dict[str, Any] = dict.fromkeys(place.entries(), entry)
        return {"type": ["object", "null"], "properties": known, "additionalProperties": entry}
    properties = {key: _slot(slot) for key, slot in place.slots.items()}
    properties |= {key: _place(child) for key, child in place.children.items()}
    return described | {"type": ["object", "null"], "properties": properties, "additionalProperties": False}


def _slot(slot: Slot) -> dict[str, Any]:
    known = slot.param
    default = known.say(slot.section.default(slot.field))
    unit = known.unit if known.unit not in ("text", "word", "flag", "names", "path", "mind") else ""
    facts = [f"default {default}" if default else "", unit, f"source {known.source}", f"grade {known.grade}"]
    about = f"{known.meaning} ({'; '.join(fact for fact in facts if fact)}). Allowed: {known.allowed()}"
    return {"description": about, **_values(known)}


def _values(known: Param) -> dict[str, Any]:
    """What may stand for a parameter."""
    if known.unit == "flag":
        return {"enum": ["yes", "no", "on", "off", "true", "false", True, False, *known.words]}
    if known.choices and known.unit not in ("shares", "names", "profile"):
        return {"enum": [*known.choices, *known.words]}
    if known.unit in ("text", "path", "mind"):
        return {"type": ["string", "number", "boolean"]}
    if known.unit in ("names", "profile"):
        return _list(known)
    if known.unit in ("shares", "settings"):
        return _map(known)
    return _quantity(known)


def _list(known: Param) -> dict[str, Any]:
    items: dict[str, Any] = {"type": ["string", "number"]}
    if known.unit == "names" and known.choices:
        items = {"enum": list(known.choices)}
    elif known.unit == "profile":
        items = _share(0.0, None)
    words = [*known.words, *(known.choices if known.unit == "profile" else ())]
    made = _or_words({"type": ["array"], "items": items}, words)
    return made | ({"minItems": 24, "maxItems": 24} if known.unit == "profile" else {})


def _map(known: Param) -> dict[str, Any]:
    inner = _share(0.0, 1.0) if known.unit == "shares" else {}
    properties = dict.fromkeys(known.choices, inner)
    made = {"type": ["object"], "properties": properties, "additionalProperties": False if properties else inner}
    return _or_words(made, list(known.words))


def _or_words(made: dict[str, Any], words: list[str]) -> dict[str, Any]:
    """The same, or one of a few words."""
    if not words:
        return made
    made["type"] = [*made["type"], "string"]
    return made | {"pattern": _any_of([re.escape(word) for word in words]), "patternErrorMessage": " | ".join(words)}


def _any_of(patterns: list[str]) -> str:
    return f"^\\s*({'|'.join(patterns)})\\s*$"


def _quantity(known: Param) -> dict[str, Any]:
    """A number, or words for one."""
    unit = known.unit
    words = [re.escape(word) for word in known.words]
    if units.is_duration(unit):
        patterns, low, high = ["never", "at once", "0", rf"{_NUMBER}\s*{_TIME}"], 0.0, 0.0
    elif unit == "date":
        return _text_only([*words, "never", rf"(week|day)\s+{_NUMBER}"], known)
    elif unit == "quota":
        return _text_only([*words, rf"{_NUMBER}\s*(per|a|/)\s*(month|quarter|year)"], known)
    elif units.is_rate(unit):
        patterns, low, high = ["0", rf"{_NUMBER}\s*(per|a|/)\s*({_NUMBER}\s*)?{_TIME}"], 0.0, 0.0
    elif unit == "share":
        patterns, (low, high) = [rf"{_NUMBER}\s*%?"], _bounds(known)
    else:
        patterns, (low, high) = [_NUMBER], _bounds(known)
    made: dict[str, Any] = {"type": ["integer" if unit == "count" else "number", "string"]}
    made |= _limits(low, high)
    return made | {"pattern": _any_of([*words, *patterns]), "patternErrorMessage": known.allowed()}


def _bounds(known: Param) -> tuple[Any, Any]:
    return known.low, known.high


def _text_only(patterns: list[str], known: Param) -> dict[str, Any]:
    return {"type": "string", "pattern": _any_of(patterns), "patternErrorMessage": known.allowed()}


def _share(low: float | None, high: float | None) -> dict[str, Any]:
    made = {"type": ["number", "string"], "pattern": _any_of([rf"{_NUMBER}\s*%?"]), "patternErrorMessage": units.allowed("share")}
    return made | _limits(low, high)


def _limits(low: float | None, high: float | None) -> dict[str, Any]:
    limits = {"minimum": low, "maximum": high}
    return {word: limit for word, limit in limits.items() if limit is not None}
