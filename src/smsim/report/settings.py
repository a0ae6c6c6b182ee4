"""What differs between scenarios: the settings of the resolved trees that are not alike, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from smsim.report.findings import Findings

#: Where a scenario says who it is, not what it does.
NAMES = {"name", "describe", "extends"}
NOTHING = "–"


@dataclass(frozen=True)
class Setting:
    """One setting: what it is in the baseline, and what it is here."""

    key: str
    baseline: str
    here: str


def flat(tree: Any, at: str = "") -> dict[str, str]:
    """A tree as dotted keys and words; items of a list go by their name, else by their place."""
    if isinstance(tree, Mapping):
        entries = [(str(key), inside) for key, inside in tree.items()]
    elif isinstance(tree, list) and any(isinstance(item, Mapping) for item in tree):
        entries = [(_name(item, place), item) for place, item in enumerate(tree)]
    else:
        return {at: _words(tree)}
    return {key: words for name, inside in entries for key, words in flat(inside, f"{at}.{name}" if at else name).items()}


def _name(item: Any, place: int) -> str:
    return str(item["name"]) if isinstance(item, Mapping) and item.get("name") else str(place)


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(_words, value)) or NOTHING
    return NOTHING if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def differing(findings: Findings) -> dict[str, list[Setting]]:
    """The settings in which a scenario differs from the baseline, by scenario; a scenario that differs in none is left out."""
    trees = {name: flat({key: value for key, value in tree.items() if key not in NAMES}) for name, tree in findings.trees.items()}
    base = trees.get(findings.baseline, {})
    found = {name: _against(base, trees[name]) for name in findings.others if name in trees}
    return {name: settings for name, settings in found.items() if settings}


def _against(base: dict[str, str], own: dict[str, str]) -> list[Setting]:
    every = [Setting(key, base.get(key, NOTHING), own.get(key, NOTHING)) for key in dict.fromkeys([*base, *own])]
    return [setting for setting in every if setting.baseline != setting.here]
