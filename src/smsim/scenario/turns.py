"""What changes in the course of a run: on which day, and which settings hold from that morning on.

A change is checked as any setting is, against the scenario as it will stand on its day. What was laid down before the first day
(people, customers, the plan of the run) cannot change; `param(…, fixed="why")` says so where it is declared.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from smsim.core.contracts import Part
from smsim.errors import Mark, Problem, ScenarioError
from smsim.scenario.command import nested
from smsim.scenario.layout import Place, all_slots
from smsim.scenario.nodes import Entries, Items, Node, from_python, said
from smsim.scenario.values import Setting, Unreadable, settings_in

if TYPE_CHECKING:
    from smsim.scenario.scenario import Scenario

#: The section of a file that holds changes.
CHANGES = "changes"


@dataclass(frozen=True)
class Turn:
    """A day of the run, the settings that hold from its morning on as maps within maps, and the same one by one."""

    day: int
    over: Entries
    settings: tuple[Setting, ...]


def from_settings(changes: Mapping[str, Any]) -> Entries:
    """Dotted keys and plain values as maps within maps, each marked by itself."""
    return nested((key, from_python(value, Mark(f"{key}={said(from_python(value))}"))) for key, value in changes.items())


def changed(scenario: Scenario, over: Entries) -> Scenario:
    """The scenario that holds once settings have changed in mid-run; the same object where they hold already. Raises ScenarioError."""
    try:
        settings = settings_in(over, scenario.layout)
    except Unreadable as error:
        raise ScenarioError(error.problems) from None
    if fixed := [_fixed(one, scenario.layout) for one in settings if one.slot.param.fixed]:
        raise ScenarioError(fixed)
    before = _bare(scenario) if scenario.turns else scenario
    after = before.laid_over(nested((one.key, one.node) for one in settings))
    if stuck := list(_stuck(scenario, after, settings)):
        raise ScenarioError(stuck)
    return scenario if after.values() == before.values() else after


def _bare(scenario: Scenario) -> Scenario:
    """The scenario with nothing to come."""
    return scenario.laid_over(Entries({CHANGES: Items((), scenario.node.mark)}, Mark("")))


def _fixed(one: Setting, root: Place) -> Problem:
    """The problem with a setting that holds from the first day to the last."""
    free: dict[str, list[str]] = {}
    for key, slot in all_slots(root):
        if not slot.param.fixed:
            free.setdefault(key.partition(".")[0], []).append(key)
    allowed = f"settings that are not fixed: {', '.join(keys[0] if len(keys) == 1 else place for place, keys in free.items())}"
    return Problem(f"`{one.key}` cannot change in the course of a run: {one.slot.param.fixed}", one.mark, said(one.node), allowed)


def _stuck(before: Scenario, after: Scenario, settings: Sequence[Setting]) -> Iterator[Problem]:
    """Parts that would be switched on or off although they play from the first day to the last, or not at all."""
    turned = [part for part in before.registry.parts() if not part.can_switch and part.is_on(before) != part.is_on(after)]
    for part in turned[:1]:
        one = _cause(turned, settings)
        what = f"`{one.key}` would switch `{part.name}` {'on' if part.is_on(after) else 'off'} in the course of a run"
        yield Problem(what, one.mark, said(one.node), f"what leaves `{part.name}` {'off' if part.is_on(after) else 'on'}")


def _cause(parts: Sequence[type[Part]], settings: Sequence[Setting]) -> Setting:
    """The setting that is most likely to have switched parts: one of their own."""
    own = {section for part in parts for section in part.sections}
    return next((one for one in settings if one.slot.section in own), settings[0])


def turns_of(scenario: Scenario) -> tuple[Turn, ...]:
    """The changes of a scenario by their days. Raises ScenarioError for those that cannot come."""
    node = scenario.node.entries.get(CHANGES)
    items = node.items if isinstance(node, Items) else ()
    problems: list[Problem] = []
    turns = [turn for index, item in enumerate(items) if (turn := _turn(scenario, index, item, problems))]
    turns.sort(key=lambda turn: turn.day)
    problems += _said_twice(turns)
    now = _bare(scenario) if turns else scenario
    for turn in turns:
        try:
            now = now.changed(turn.over)
        except ScenarioError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(problems)
    return tuple(turns)


def _turn(scenario: Scenario, index: int, item: Node, problems: list[Problem]) -> Turn | None:
    """One change, or None where it never comes or something is wrong with it."""
    key, entries = f"{CHANGES}.{index}", item.entries if isinstance(item, Entries) else {}
    needed = {"at": "a date such as `week 40`", "set": "a map of settings such as `{practices.meetings.every: 1 week}`"}
    missing = [Problem(f"`{key}.{word}` is needed", item.mark, said(item), allowed) for word, allowed in needed.items()
               if word not in entries]
    problems += missing
    if missing or not _comes(scenario, key, entries["at"], problems):
        return None
    told = entries["set"]
    settings = settings_in(told, scenario.layout) if isinstance(told, Entries) else []
    return Turn(int(scenario[f"{key}.at"]), nested((one.key, one.node) for one in settings), tuple(settings))


def _comes(scenario: Scenario, key: str, at: Node, problems: list[Problem]) -> bool:
    """Whether a change comes; a date that is no morning of the run is a problem."""
    day, weeks = scenario[f"{key}.at"], scenario["run.weeks"]
    if math.isinf(day):
        return False
    if not 0 <= day < weeks * 7:
        what = f"`{key}.at` lies outside the run"
        problems.append(Problem(what, at.mark, said(at), f"a date before `week {weeks}`, when the run ends, or `never`"))
    elif day % 1:
        problems.append(Problem(f"`{key}.at` is no morning", at.mark, said(at), "a whole day, such as `week 40` or `day 283`"))
    else:
        return True
    return False


def _said_twice(turns: Sequence[Turn]) -> Iterator[Problem]:
    """Settings that would take two values on one day."""
    first: dict[tuple[int, str], Mark] = {}
    for turn in turns:
        for one in turn.settings:
            there = first.setdefault((turn.day, one.key), one.mark)
            if there is not one.mark:
                allowed = f"one value; the first stands at {there}"
                yield Problem(f"`{one.key}` changes twice on day {turn.day}", one.mark, said(one.node), allowed)
