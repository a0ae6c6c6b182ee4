"""A JSON Schema (2020-12) of decision files, so that an editor completes keys, levers and key figures."""

from __future__ import annotations

from typing import Any

from smsim.advice.decision import EFFORT, KEYS
from smsim.advice.worlds import KEYS as WORLDS
from smsim.core.registry import registry
from smsim.experiment.columns import KPIS
from smsim.scenario.layout import all_slots, layout

_COST = {"type": ["number", "string"], "description": "Money a year, or such as `1000 per month`; of a range `COST to COST`"}
_VALUE = {"type": ["string", "number", "boolean", "object", "array"]}


def decision_schema() -> dict[str, Any]:
    """The schema of a decision file with all settings and key figures there are."""
    found = registry()
    settings = {key: slot.param for key, slot in all_slots(layout(found)) if "*" not in key}
    lever = {"type": "object", "minProperties": 1, "properties": {"cost": _COST}}
    levers = {key: lever | {"description": f"{known.meaning}. Allowed: {known.allowed()}"} for key, known in settings.items()}
    worlds = {"type": "object", "properties": {key: {} for key in WORLDS}, "additionalProperties": False,
              "description": "What is not known: markets by name, ranges of settings, how many points are drawn from them"}
    properties: dict[str, Any] = {key: {"type": ["string", "number"]} for key in KEYS}
    properties |= {key: {"type": ["integer", "string"], "minimum": least, "maximum": most} for key, (_, least, most) in EFFORT.items()}
    properties |= {
        "base": {"type": ["string", "array"], "description": "The scenario decided about, a path or a shipped name; or a list of them"},
        "levers": {"type": "object", "minProperties": 1, "properties": levers, "additionalProperties": lever,
                   "description": "What can be changed, and what that costs a year"},
        "budget": _COST | {"description": "What there is to spend a year; what costs more is never played"},
        "measure": {"enum": list(dict.fromkeys([*KPIS, *found.kpis]))},
        "objective": {"type": "string", "pattern": "^(expected|worst tenth|share (above|below) .+)$"}, "worlds": worlds,
    }
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "smsim decision", "type": "object",
            "properties": properties, "additionalProperties": False, "required": ["base", "levers"]}
