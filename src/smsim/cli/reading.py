"""The commands that only read: check, diff, schema, new. Of a Python file, check tries what its parts promise."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from smsim.cli.guard import say
from smsim.cli.tell import as_json, print_columns
from smsim.errors import RunError


def check(sources: list[str], sets: list[str], varies: list[str], *, quiet: bool, json: bool) -> int:
    """Read scenarios and questions and make sure that they can be played; try what the parts of Python files promise."""
    from smsim.experiment.question import is_question

    asked = [source for source in sources if is_question(source)]
    files = [source for source in sources if source.endswith(".py")]
    found = _scenarios([source for source in sources if source not in asked], sets, varies)
    questions = [_question(source, sets) for source in asked]
    promised = {file: _promises(file, quiet=quiet or json) for file in files}
    broken = sum(one["broken"] != "" for promises in promised.values() for one in promises)
    if json:
        as_json({"ok": not broken, "scenarios": found} | ({"questions": questions} if questions else {})
                | ({"promises": promised} if promised else {}))
    elif not quiet:
        for each in found:
            print(f"{each['name']}: fine; {each['written']} settings written, {each['replications']} replications")
        for each in questions:
            print(f"{each['name']}: fine; a question of {each['firms']} firms, {each['replications']} replications of each")
    if broken:
        raise RunError(f"{broken} of {sum(map(len, promised.values()))} promises are broken" + (
            "; docs/how-to/add-a-practice.md says what each means" if not quiet else ""))
    return 0


def _scenarios(sources: list[str], sets: list[str], varies: list[str]) -> list[dict[str, Any]]:
    """What can be said of scenarios that can be played. Raises InputError for the others."""
    from smsim.experiment.plan import Plan
    from smsim.experiment.study import room
    from smsim.model import check as playable
    from smsim.model import memory_needed
    from smsim.scenario import load_all

    if not sources:
        return []
    plan = Plan(tuple(load_all(sources, sets, varies)))
    plan.require_room(memory_needed, room())
    scenarios: list[Any] = list(plan.scenarios)
    for scenario in scenarios:
        if note := playable(scenario):
            say(f"{scenario.name}: {note}")
    return [{"name": each.name, "replications": each["run.replications"], "written": len(each.written())} for each in scenarios]


def _question(source: str, sets: list[str]) -> dict[str, Any]:
    """What can be said of a question that can be asked. Raises InputError."""
    from smsim.experiment.designs import Design
    from smsim.experiment.length import MOST
    from smsim.experiment.question import read_question

    design = Design(read_question(source, sets))
    if design.size <= MOST:
        _ = design.variants  # every firm of it can be
    return {"name": design.question.name, "firms": design.size, "replications": design.question.base["run.replications"]}


def _promises(file: str, *, quiet: bool) -> list[dict[str, Any]]:
    """What the parts of a file promise, told while it is tried."""
    from smsim.testing import promises

    found = []
    for one in promises(file):
        if not quiet:
            print(f"{'  kept' if not one.broken else 'BROKEN'}  {one.of}: {one.says}{f' – {one.broken}' if one.broken else ''}", flush=True)
        found.append(dataclasses.asdict(one))
    return found


def diff(pair: tuple[str, str], sets: list[str], *, json: bool) -> int:
    """Show the settings in which two scenarios differ."""
    from smsim.scenario import load
    from smsim.scenario.diff import diff as differing

    one, other = (load(source, sets) for source in pair)
    found = differing(one, other)
    if json:
        as_json({"a": one.name, "b": other.name, "differences": [dataclasses.asdict(each) for each in found]})
    elif found:
        print_columns(("setting", one.name, other.name), [(each.key, each.a, each.b) for each in found])
    else:
        print(f"{one.name} and {other.name} differ in no setting")
    return 0


def schema(source: str | None = None, *, questions: bool = False) -> int:
    """Print the JSON schema of scenario files, with the settings of a scenario's plugins, or of question files."""
    from smsim.experiment.schema import question_schema
    from smsim.scenario import load
    from smsim.scenario.schema import json_schema

    as_json(question_schema() if questions else json_schema(load(source).registry if source else None))
    return 0


def new(path: Path, extends: str, *, json: bool) -> int:
    """Write a scenario to start from."""
    from smsim.scenario.new import new_scenario

    made = new_scenario(path, extends)
    if json:
        as_json({"path": str(made)})
    else:
        print(f"{made} extends {extends}; try: smsim compare {extends} {made}")
    return 0
