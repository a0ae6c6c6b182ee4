"""What differs between two scenarios, setting by setting, in words."""

from __future__ import annotations

from dataclasses import dataclass

from smsim.scenario.scenario import Scenario

#: What stands for a setting that one of the two does not have (an entry or list item only the other has).
ABSENT = "–"


@dataclass(frozen=True)
class Difference:
    """One setting in which two scenarios differ."""

    key: str
    a: str
    b: str
    unit: str


def diff(a: Scenario, b: Scenario) -> list[Difference]:
    """Every setting whose value differs, in the order of the file. Names and descriptions are left aside."""
    found = []
    for key in dict.fromkeys([*a.settled, *b.settled]):
        mine, yours = a.settled.get(key), b.settled.get(key)
        known = mine or yours
        assert known is not None
        if mine is None or yours is None or mine.value != yours.value:
            found.append(Difference(key, _said(a, key), _said(b, key), known.param.unit))
    return found


def _said(scenario: Scenario, key: str) -> str:
    return scenario.words(key) if key in scenario.settled else ABSENT
