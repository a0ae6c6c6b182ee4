"""The command that lists what there is: scenarios, questions, practices, claims."""

from __future__ import annotations

import dataclasses

from smsim.cli.tell import as_json, print_columns
from smsim.errors import InputError, Problem
from smsim.scenario.nodes import nearest

WHAT = ("scenarios", "questions", "practices", "claims")


def list_all(what: str | None, scenario: str, *, json: bool) -> int:
    """List one kind of thing; scenarios and questions unless told."""
    if what is not None and what not in WHAT:
        raise InputError(Problem("there is no such list", read=what[:80], allowed=", ".join(WHAT), meant=nearest(what, WHAT)))
    if what == "claims":
        from smsim.cli import claims

        return claims.list_all([], json=json)
    if what == "practices":
        return _practices(scenario, json=json)
    return _shipped(scenarios=what != "questions", questions=what != "scenarios", json=json)


def _practices(source: str, *, json: bool) -> int:
    """Every practice with what it does, costs and moves."""
    from smsim.scenario import load
    from smsim.scenario.practising import explain_practice

    scenario = load(source)
    found = [explain_practice(scenario, name) for name in scenario.registry.practices]
    if json:
        kept = ("name", "does", "on", "costs", "moves")
        as_json({"scenario": scenario.name, "practices": [{word: getattr(each, word) for word in kept} for each in found]})
        return 0
    print_columns(("practice", f"in {scenario.name}", "what happens", "costs", "moves"),
                  [(each.name, "on" if each.on else "off", each.does, each.costs, each.moves) for each in found])
    return 0


def _shipped(*, scenarios: bool, questions: bool, json: bool) -> int:
    from smsim.scenario.library import shipped

    firms, asked = shipped() if scenarios else [], shipped("experiment") if questions else []
    if json:
        told = {"scenarios": [dataclasses.asdict(each) for each in firms]} if scenarios else {}
        as_json(told | ({"experiments": [{"name": each.name, "describe": each.describe, "base": each.extends} for each in asked]}
                        if questions else {}))
        return 0
    if firms:
        print_columns(("scenario", "extends", "what it is"), [(each.name, each.extends, each.describe) for each in firms])
    if firms and asked:
        print()
    if asked:
        print_columns(("question", "about", "what it asks"), [(each.name, each.extends, each.describe) for each in asked])
    return 0
