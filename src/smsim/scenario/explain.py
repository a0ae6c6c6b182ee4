"""A scenario explained: the day in order, what each part reads and writes, and every setting with its source."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from smsim.core.contracts import Part, Practice
from smsim.core.section import Section
from smsim.errors import InputError, Problem
from smsim.scenario.building import Settled
from smsim.scenario.nodes import nearest
from smsim.scenario.scenario import Scenario
from smsim.scenario.usual import first_line


@dataclass(frozen=True)
class ExplainedParam:
    """One setting: what it would be, what it is, and why."""

    key: str
    default: str
    value: str
    changed: bool
    unit: str
    meaning: str
    source: str
    grade: str
    allowed: str
    moves: str = ""


@dataclass(frozen=True)
class ExplainedPart:
    """One group of settings, one mechanism or one practice. `on` is None where nothing can be switched.

    A section that several parts use is told with the first of them; the others name its place in `also`.
    """

    kind: Literal["settings", "mechanism", "practice"]
    name: str
    phase: str
    does: str
    on: bool | None
    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    costs: str = ""
    moves: str = ""
    params: tuple[ExplainedParam, ...] = ()
    also: tuple[str, ...] = ()


def explain(scenario: Scenario) -> list[ExplainedPart]:
    """The settings no part owns, then the mechanisms in the order of the day, then the practices."""
    parts = scenario.registry.parts()
    owned = {section for part in parts for section in part.sections}
    free: dict[str, list[type[Section]]] = {}
    for section in scenario.registry.sections:
        if section not in owned:
            free.setdefault(section.at.removesuffix("[]"), []).append(section)
    settings = [
        ExplainedPart("settings", at, "", first_line(sections[0]), None, params=params_of(scenario, sections))
        for at, sections in free.items()
    ]
    told: set[type[Section]] = set()
    return [*settings, *(_part(scenario, part, told) for part in parts)]


def _part(scenario: Scenario, part: type[Part], told: set[type[Section]]) -> ExplainedPart:
    """One part; what was told of its sections before is not told again."""
    fresh = [section for section in part.sections if section not in told]
    also = tuple(section.at.removesuffix("[]") for section in part.sections if section in told)
    told.update(fresh)
    is_practice = issubclass(part, Practice)
    phase: Any = getattr(part, "phase", None)
    return ExplainedPart(
        kind="practice" if is_practice else "mechanism",
        name=part.name,
        phase="" if phase is None else f"{int(phase)} {phase.name.lower()}",
        does=first_line(part),
        on=part.is_on(scenario),
        reads=part.reads,
        writes=part.writes,
        costs=getattr(part, "costs", ""),
        moves=getattr(part, "moves", ""),
        params=params_of(scenario, fresh),
        also=also,
    )


def params_of(scenario: Scenario, sections: Iterable[type[Section]]) -> tuple[ExplainedParam, ...]:
    """The settings of some sections, in the order of the file."""
    wanted = set(sections)
    return tuple(_param(known) for known in scenario.settled.values() if known.slot.section in wanted)


def explain_setting(scenario: Scenario, key: str) -> ExplainedParam:
    """One setting of a scenario, those of its plugins among them. Raises InputError with the nearest there is."""
    known = scenario.about(key)
    if known is None:
        inside = [name for name in scenario.settled if name.startswith(key + ".")]
        allowed = ", ".join(inside[:12]) or "a key of a scenario file, with dots; `smsim explain SCENARIO` has them all"
        raise InputError(Problem(f"there is no setting `{key[:80]}`", read=key[:80], allowed=allowed, meant=nearest(key, scenario.settled)))
    return _param(known)


def setting_as_text(known: ExplainedParam, scenario: str, width: int = 120) -> str:
    """A setting in a few lines."""
    was = f", default {known.default or 'nothing'}" if known.changed else ", the default"
    moves = f"; moves {known.moves}" if known.moves else ""
    told = [f"{known.key}: {known.value or 'nothing'} in {scenario}{was}", f"{known.meaning}.",
            f"Allowed: {known.allowed}{moves}. Evidence: {known.source}, grade {known.grade}."]
    return "\n".join(line for text in told for line in textwrap.wrap(text, width))


def _param(known: Settled) -> ExplainedParam:
    declared = known.param
    return ExplainedParam(
        key=known.key,
        default=declared.say(known.default),
        value=declared.say(known.value),
        changed=known.value != known.default,
        unit=declared.unit,
        meaning=declared.meaning,
        source=declared.source,
        grade=declared.grade,
        allowed=declared.allowed(),
        moves=declared.moves,
    )


def as_text(parts: Sequence[ExplainedPart], width: int = 120) -> str:
    """The explanation as lines to read; a `*` marks what differs from its default."""
    headings = {"settings": "Settings of the world", "mechanism": "The day, in order", "practice": "Practices"}
    lines: list[str] = []
    kind = ""
    for part in parts:
        if part.kind != kind:
            kind = part.kind
            lines += ["", headings[kind], "=" * len(headings[kind])]
        lines += ["", *_lines(part, width)]
    return "\n".join(lines).strip() + "\n"


def _lines(part: ExplainedPart, width: int) -> list[str]:
    usual = part.kind != "practice" and (part.on or not part.phase)
    switched = "" if usual else " (on)" if part.on else " (off)"
    before = f"{part.phase}: " if part.phase else ""
    lines = textwrap.wrap(f"{before}{part.name}{switched} – {part.does}", width, subsequent_indent="    ")
    said = {"reads": ", ".join(part.reads), "writes": ", ".join(part.writes), "costs": part.costs, "moves": part.moves}
    said["also"] = f"the settings of {', '.join(part.also)}" if part.also else ""
    for word, text in said.items():
        if text:
            lines += textwrap.wrap(f"{word:<7}{text}", width, initial_indent="    ", subsequent_indent=" " * 11)
    widest = max((len(param.key) for param in part.params), default=0)
    for param in part.params:
        star = "*" if param.changed else " "
        was = f" (default {param.default or 'nothing'})" if param.changed else ""
        unit = f" [{param.unit}]" if param.unit not in ("flag", "text", "word", "path", "mind", "names") else ""
        about = f"{param.meaning} ({param.source}, {param.grade})"
        text = f"  {star} {param.key:<{widest}}  {param.value or 'nothing'}{was}{unit} – {about}"
        lines += textwrap.wrap(text, width, subsequent_indent=" " * 8) or [text]
    return lines
