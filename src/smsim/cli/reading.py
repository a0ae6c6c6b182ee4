"""The commands that play nothing: check, diff, explain, schema, list, new."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from smsim.cli.guard import say
from smsim.cli.tell import as_json, on_terminal
from smsim.errors import InputError, Problem


def check(sources: list[str], sets: list[str], varies: list[str], *, quiet: bool, json: bool) -> int:
    """Read scenarios, or files of decisions, and make sure that they can be played."""
    decisions = [source for source in sources if _is_decision(source)]
    for source in decisions:
        _check_decision(source, sets, quiet=quiet, json=json)
    sources = [source for source in sources if source not in decisions]
    return _check(sources, sets, varies, quiet=quiet, json=json) if sources else 0


def _is_decision(source: str) -> bool:
    """Whether a source is a file of a decision, or the name of a shipped one that no scenario has."""
    from smsim.advice.decision import is_decision
    from smsim.errors import ScenarioError
    from smsim.scenario.library import find, names
    from smsim.scenario.reading import read_file

    if source in names():
        return False
    try:
        found = find(source, kind="recommendation")
        return is_decision(read_file(found.bytes(), found.file, found.path.parent)[0])
    except ScenarioError:
        return False


def _check_decision(source: str, sets: list[str], *, quiet: bool, json: bool) -> None:
    """Read a decision, and play nothing."""
    from smsim.advice.candidates import Candidates
    from smsim.advice.decision import read_decision
    from smsim.advice.recommending import prepare
    from smsim.experiment.runner import Crew

    decision = read_decision(source, sets)
    prepare(decision, Crew())
    few = Candidates(decision).all(decision.effort.trials)
    told = {"name": decision.name, "levers": len(decision.levers), "worlds": decision.worlds.count,
            "candidates": None if few is None else len(few)}
    if json:
        as_json({"ok": True, "decision": told})
    elif not quiet:
        tried = f"all {len(few)} candidates are played" if few is not None else f"{decision.effort.trials} candidates are tried"
        print(f"{decision.name}: fine; {len(decision.levers)} levers, {decision.worlds.count} worlds, {tried}")


def _check(sources: list[str], sets: list[str], varies: list[str], *, quiet: bool, json: bool) -> int:
    from smsim.experiment.plan import Plan
    from smsim.experiment.study import room
    from smsim.model import check as playable
    from smsim.model import memory_needed
    from smsim.scenario import load_all

    plan = Plan(tuple(load_all(sources, sets, varies)))
    plan.require_room(memory_needed, room())
    scenarios: list[Any] = list(plan.scenarios)
    for scenario in scenarios:
        if note := playable(scenario):
            say(f"{scenario.name}: {note}")
    if json:
        as_json({"ok": True, "scenarios": [{"name": each.name, "replications": each["run.replications"]} for each in scenarios]})
    elif not quiet:
        for each in scenarios:
            print(f"{each.name}: fine; {len(each.written())} settings written, {each['run.replications']} replications")
    return 0


def diff(pair: tuple[str, str], sets: list[str], *, json: bool) -> int:
    """Show the settings in which two scenarios differ."""
    from smsim.scenario import load
    from smsim.scenario.diff import diff as differing

    one, other = (load(source, sets) for source in pair)
    found = differing(one, other)
    if json:
        as_json({"a": one.name, "b": other.name, "differences": [dataclasses.asdict(each) for each in found]})
    elif found:
        _print_columns(("setting", one.name, other.name), [(each.key, each.a, each.b) for each in found])
    else:
        print(f"{one.name} and {other.name} differ in no setting")
    return 0


def _print_columns(heads: tuple[str, ...], lines: list[tuple[str, ...]]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in heads:
        table.add_column(Text(head), overflow="fold")
    for line in lines:
        table.add_row(*map(Text, line))
    on_terminal().print(table)


def explain(source: str, sets: list[str], *, json: bool) -> int:
    """Tell what happens in a scenario."""
    from smsim.scenario import load
    from smsim.scenario.explain import as_text
    from smsim.scenario.explain import explain as explained

    scenario = load(source, sets)
    parts = explained(scenario)
    if json:
        about = {"scenario": scenario.name, "describe": scenario.describe}
        as_json(about | {"parts": [dataclasses.asdict(part) for part in parts]})
    else:
        head = f"{scenario.name}: {scenario.describe}\n\n" if scenario.describe else f"{scenario.name}\n\n"
        print(head + as_text(parts, min(on_terminal().width, 140)))
    return 0


def explain_practice(words: list[str], source: str, sets: list[str], *, json: bool) -> int:
    """Tell what a practice costs, what it moves and through what. `words` are what was typed: `practice NAME`."""
    from smsim.scenario import load
    from smsim.scenario.practising import as_text
    from smsim.scenario.practising import explain_practice as explained

    if len(words) != 2 or words[0] != "practice":
        raise InputError(Problem("one thing is explained at a time", read=" ".join(words)[:80], allowed="SCENARIO, or practice NAME"))
    scenario = load(source, sets)
    known = explained(scenario, words[1])
    if json:
        as_json({"scenario": scenario.name, "practice": dataclasses.asdict(known)})
    else:
        print(as_text(known, scenario.name, min(on_terminal().width, 140)))
    return 0


def schema(*, questions: bool = False, decisions: bool = False) -> int:
    """Print the JSON schema of scenario files, of question files, or of files of decisions."""
    from smsim.advice.schema import decision_schema
    from smsim.experiment.schema import question_schema
    from smsim.scenario.schema import json_schema

    as_json(question_schema() if questions else decision_schema() if decisions else json_schema())
    return 0


def list_shipped(*, json: bool) -> int:
    """List the scenarios, questions and decisions that come with smsim."""
    from smsim.scenario.library import shipped

    found, questions, decisions = shipped(), shipped("experiment"), shipped("recommendation")
    if json:
        asked = [{"name": each.name, "describe": each.describe, "base": each.extends} for each in questions]
        decided = [{"name": each.name, "describe": each.describe, "base": each.extends} for each in decisions]
        as_json({"scenarios": [dataclasses.asdict(each) for each in found], "experiments": asked, "recommendations": decided})
    else:
        _print_columns(("scenario", "extends", "what it is"), [(each.name, each.extends, each.describe) for each in found])
        print()
        _print_columns(("question", "about", "what it asks"), [(each.name, each.extends, each.describe) for each in questions])
        print()
        _print_columns(("decision", "about", "what is decided"), [(each.name, each.extends, each.describe) for each in decisions])
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
