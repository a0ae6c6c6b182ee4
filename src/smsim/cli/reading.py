"""The commands that only read: diff, schema, new."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from smsim.cli.tell import as_json, print_columns


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


def schema(source: str | None = None, *, questions: bool = False, decisions: bool = False) -> int:
    """Print the JSON schema of scenario files, with the settings of a scenario's plugins, or of questions or decisions."""
    from smsim.advice.schema import decision_schema
    from smsim.experiment.schema import question_schema
    from smsim.scenario import load
    from smsim.scenario.schema import json_schema

    as_json(question_schema() if questions else decision_schema() if decisions else json_schema(load(source).registry if source else None))
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
