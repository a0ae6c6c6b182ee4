"""The command that makes sure of files before they are played: scenarios, questions, decisions, and Python files.

Of a Python file it tries what its parts promise.
"""

from __future__ import annotations

import dataclasses
from typing import Any

from smsim.cli.guard import say
from smsim.cli.tell import as_json
from smsim.errors import RunError, ScenarioError

#: What is said of each kind of file that is fine.
_FINE = {
    "scenarios": "{name}: fine; {written} settings written, {replications} replications",
    "questions": "{name}: fine; a question of {firms} firms, {replications} replications of each",
    "decisions": "{name}: fine; levers: {levers}, worlds: {worlds}, {tried}",
}


def check(sources: list[str], sets: list[str], varies: list[str], *, quiet: bool, json: bool) -> int:
    """Read scenarios, questions and decisions and make sure that they can be played; try what the parts of Python files promise."""
    kinds = {source: _kind(source) for source in sources}
    found: dict[str, list[dict[str, Any]]] = {
        "scenarios": _scenarios([source for source in sources if kinds[source] == "scenarios"], sets, varies),
        "questions": [_question(source, sets) for source in sources if kinds[source] == "questions"],
        "decisions": [_decision(source, sets) for source in sources if kinds[source] == "decisions"],
    }
    promised = {source: _promises(source, quiet=quiet or json) for source in sources if source.endswith(".py")}
    broken = sum(one["broken"] != "" for promises in promised.values() for one in promises)
    if json:
        there = {kind: each for kind, each in found.items() if each or kind == "scenarios"}
        as_json({"ok": not broken, **there} | ({"promises": promised} if promised else {}))
    elif not quiet:
        for kind, each in found.items():
            for one in each:
                print(_FINE[kind].format(**one))
    if broken:
        raise RunError(f"{broken} of {sum(map(len, promised.values()))} promises are broken" + (
            "; docs/how-to/add-a-practice.md says what each means" if not quiet else ""))
    return 0


def _kind(source: str) -> str:
    from smsim.experiment.question import is_question

    return "decisions" if _is_decision(source) else "questions" if is_question(source) else "scenarios"


def _is_decision(source: str) -> bool:
    """Whether a source is a file of a decision, or the name of a shipped one that no scenario has."""
    from smsim.advice.decision import is_decision
    from smsim.scenario.library import find, names
    from smsim.scenario.reading import read_file

    if source in names() or source.endswith(".py"):
        return False
    try:
        found = find(source, kind="recommendation")
        return is_decision(read_file(found.bytes(), found.file, found.path.parent)[0])
    except ScenarioError:
        return False


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


def _decision(source: str, sets: list[str]) -> dict[str, Any]:
    """What can be said of a decision that can be made. Raises InputError."""
    from smsim.advice.candidates import Candidates
    from smsim.advice.decision import read_decision
    from smsim.advice.recommending import prepare
    from smsim.experiment.runner import Crew

    decision = read_decision(source, sets)
    prepare(decision, Crew())
    few = Candidates(decision).all(decision.effort.trials)
    tried = f"{decision.effort.trials} candidates are tried" if few is None else f"candidates: {len(few)}, all played"
    return {"name": decision.name, "levers": len(decision.levers), "worlds": decision.worlds.count,
            "candidates": None if few is None else len(few), "tried": tried}


def _promises(file: str, *, quiet: bool) -> list[dict[str, Any]]:
    """What the parts of a file promise, told while it is tried."""
    from smsim.testing import promises

    found = []
    for one in promises(file):
        if not quiet:
            print(f"{'  kept' if not one.broken else 'BROKEN'}  {one.of}: {one.says}{f' – {one.broken}' if one.broken else ''}", flush=True)
        found.append(dataclasses.asdict(one))
    if not found:
        say(f"{file}: no mechanism, no practice and no setting in it; nothing was tried")
    return found
