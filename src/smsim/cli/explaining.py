"""The command that explains: a scenario, one of its settings, or a practice."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from smsim.cli.tell import as_json, on_terminal
from smsim.errors import InputError, Problem

if TYPE_CHECKING:
    from smsim.scenario import Scenario

_ALLOWED = "SCENARIO, a setting such as `leads.latency`, or practice NAME"


@dataclass(frozen=True)
class Where:
    """In which scenario, with which settings on top."""

    scenario: str
    sets: Sequence[str]


def explain(words: list[str], where: Where, *, as_page: bool, json: bool) -> int:
    """Tell what happens in a scenario, what a setting is, or what a practice costs, moves and through what."""
    if len(words) == 2 and words[0] == "practice":
        return _practice(words[1], where, as_page=as_page, json=json)
    if words == ["practice"]:
        raise InputError(Problem("which practice is to be explained?", read="practice", allowed="practice NAME; `smsim list practices`"))
    if len(words) != 1:
        raise InputError(Problem("one thing is explained at a time", read=" ".join(words)[:80], allowed=_ALLOWED))
    if as_page:
        raise InputError(Problem("--page is of a practice", read=words[0][:80], allowed="practice NAME --page"))
    return _setting(words[0], where, json=json) if _is_key(words[0]) else _scenario(words[0], where.sets, json=json)


def _is_key(word: str) -> bool:
    """Whether a word is the key of a setting rather than a scenario: it has a dot, and names no file."""
    from pathlib import Path

    from smsim.scenario.library import names
    from smsim.scenario.paths import is_file

    return "." in word and "/" not in word and Path(word).suffix not in (".yaml", ".yml", ".py") and not (
        is_file(Path(word)) or word in names())


def _load(where: Where) -> Scenario:
    from smsim.scenario import load

    return load(where.scenario, where.sets)


def _scenario(source: str, sets: Sequence[str], *, json: bool) -> int:
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


def _setting(key: str, where: Where, *, json: bool) -> int:
    from smsim.scenario.explain import explain_setting, setting_as_text

    scenario = _load(where)
    known = explain_setting(scenario, key)
    if json:
        as_json({"scenario": scenario.name, "setting": dataclasses.asdict(known)})
    else:
        print(setting_as_text(known, scenario.name, min(on_terminal().width, 140)))
    return 0


def _practice(name: str, where: Where, *, as_page: bool, json: bool) -> int:
    from smsim.scenario.practising import as_markdown, as_text
    from smsim.scenario.practising import explain_practice as explained

    scenario = _load(where)
    known = explained(scenario, name)
    if json:
        as_json({"scenario": scenario.name, "practice": dataclasses.asdict(known)})
    elif as_page:
        print(as_markdown(known), end="")
    else:
        print(as_text(known, scenario.name, min(on_terminal().width, 140)))
    return 0
