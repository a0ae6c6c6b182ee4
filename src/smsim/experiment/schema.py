"""A JSON Schema (2020-12) of question files, so that an editor completes keys, settings and key figures."""

from __future__ import annotations

from typing import Any

from smsim.core.registry import registry
from smsim.experiment.columns import KPIS
from smsim.experiment.question import DESIGNS, KEYS
from smsim.scenario.layout import all_slots, layout

_VALUE = {"type": ["string", "number", "boolean", "object"]}


def question_schema() -> dict[str, Any]:
    """The schema of a question file with all settings and key figures there are."""
    found = registry()
    settings = {key: slot.param for key, slot in all_slots(layout(found)) if "*" not in key}
    vary = {key: {"type": ["array", "string", "object"], "items": _VALUE, "description": f"{known.meaning}. Allowed: {known.allowed()}"}
            for key, known in settings.items()}
    kpi = {"enum": list(dict.fromkeys([*KPIS, *found.kpis]))}
    count = {"type": ["integer", "string"]}
    said = {
        "name": _text("What the question is called; its folder has this name"), "describe": _text("The question, in a sentence"),
        "base": {"type": ["string", "array"], "description": "The scenario it starts from, a path or a shipped name; or a list of them"},
        "vary": {"type": ["object", "string"], "pattern": "^evidence$", "minProperties": 1, "properties": vary,
                 "additionalProperties": {"type": ["array", "string", "object"]},
                 "description": "Settings and the values each takes, or `LOW to HIGH`, or `evidence`"},
        "design": {"enum": list(DESIGNS), "description": "Every combination, points spread over ranges, or what matters"},
        "samples": count | {"description": "How many points a latin design has, trajectories a morris design, blocks a sobol design"},
        "measure": {"type": ["array", "string"], "items": kpi, "description": "The key figures that answer it"},
        "baseline": {"type": "object", "description": "What all are compared with: a value for some of the settings varied"},
        "replications": count, "weeks": count, "seed": count,
    }
    properties = {key: said[key] for key in KEYS}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "smsim question", "type": "object",
            "properties": properties, "additionalProperties": False, "required": ["base", "vary"]}


def _text(about: str) -> dict[str, Any]:
    return {"type": ["string", "number"], "description": about}
