"""The command that lists what there is: scenarios, questions, decisions, practices, claims."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from smsim.cli.tell import as_json, print_columns
from smsim.errors import InputError, Problem
from smsim.scenario.library import Kind
from smsim.scenario.nodes import nearest

#: Files that come with smsim, with what the middle column says of them, and their name in `--json`.
FILES: dict[str, tuple[Kind, tuple[str, str, str], str]] = {
    "scenarios": ("scenario", ("scenario", "extends", "what it is"), "scenarios"),
    "questions": ("experiment", ("question", "about", "what it asks"), "experiments"),
    "decisions": ("recommendation", ("decision", "about", "what is decided"), "recommendations"),
}
WHAT = (*FILES, "practices", "claims")


def list_all(what: str | None, scenario: str, *, json: bool) -> int:
    """List one kind of thing; those of files unless told."""
    if what is not None and what not in WHAT:
        raise InputError(Problem("there is no such list", read=what[:80], allowed=", ".join(WHAT), meant=nearest(what, WHAT)))
    if what == "claims":
        from smsim.cli import claims

        return claims.list_all([], json=json)
    if what == "practices":
        return _practices(scenario, json=json)
    return _shipped(tuple(FILES) if what is None else (what,), json=json)


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


def _shipped(wanted: Sequence[str], *, json: bool) -> int:
    from smsim.scenario.library import shipped

    found = {each: shipped(FILES[each][0]) for each in wanted}
    if json:
        as_json({FILES[each][2]: [_told(each, file) for file in files] for each, files in found.items()})
        return 0
    for number, (each, files) in enumerate(found.items()):
        if number:
            print()
        print_columns(FILES[each][1], [(file.name, file.extends, file.describe) for file in files])
    return 0


def _told(what: str, file: Any) -> dict[str, Any]:
    if what == "scenarios":
        return dataclasses.asdict(file)
    return {"name": file.name, "describe": file.describe, "base": file.extends}
