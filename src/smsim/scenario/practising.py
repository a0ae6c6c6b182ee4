"""A practice explained: what it costs, what it moves and through which columns, and every setting with its evidence and grade."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from smsim.core.contracts import Practice
from smsim.core.registry import Registry
from smsim.errors import InputError, Problem
from smsim.scenario.explain import ExplainedParam, params_of
from smsim.scenario.nodes import nearest
from smsim.scenario.scenario import Scenario
from smsim.scenario.usual import first_line


@dataclass(frozen=True)
class Channel:
    """A column through which a practice acts: what it holds, and in which unit."""

    currency: str
    column: str
    unit: str
    meaning: str


@dataclass(frozen=True)
class ExplainedPractice:
    """Everything a practice says of itself."""

    name: str
    does: str
    about: str
    on: bool
    costs: str
    moves: str
    through: tuple[Channel, ...]
    params: tuple[ExplainedParam, ...]
    #: The key figure each setting moves, by key.
    figures: dict[str, str]
    #: The settings that switch it on, by key, where it says so itself.
    usual: dict[str, str]


def explain_practice(scenario: Scenario, name: str) -> ExplainedPractice:
    """What a practice is in a scenario, those of its plugins among them. Raises InputError with the names there are."""
    found = scenario.registry.practices
    if name not in found:
        raise InputError(Problem("there is no such practice", read=name[:80], allowed=", ".join(found), meant=nearest(name, found)))
    practice = found[name]
    params = params_of(scenario, practice.sections)
    return ExplainedPractice(
        name, first_line(practice), _about(practice), practice.is_on(scenario), practice.costs, practice.moves,
        tuple(_through(practice, scenario.registry)), params,
        {param.key: param.moves for param in params if param.moves}, {key: str(value) for key, value in practice.usual.items()},
    )


def _about(practice: type[Practice]) -> str:
    """What its file says of it: the formula and where it comes from."""
    return inspect.cleandoc(getattr(inspect.getmodule(practice), "__doc__", None) or "")


def _through(practice: type[Practice], found: Registry) -> Iterator[Channel]:
    for currency, columns in practice.through.items():
        for column in columns:
            table, _, name = column.partition(".")
            known = found.tables.get(table)
            if known is None:
                yield Channel(currency, column, "", "")
            elif name == "*":
                yield Channel(currency, column, "", (known.__doc__ or "").strip().partition("\n")[0])
            else:
                field = known.fields.get(name)
                yield Channel(currency, column, field.unit if field else "", field.meaning if field else "")


def as_text(known: ExplainedPractice, scenario: str, width: int = 120) -> str:
    """The explanation as lines to read."""
    lines = [f"{known.name} ({'on' if known.on else 'off'} in {scenario}) – {known.does}", ""]
    lines += [line for part in known.about.split("\n\n") for line in [*textwrap.wrap(" ".join(part.split()), width), ""]]
    for word, text in (("costs", known.costs), ("moves", known.moves)):
        lines += textwrap.wrap(f"{word:<7}{text or 'nothing it says'}", width, subsequent_indent=" " * 7)
    lines += ["", "through"]
    for channel in known.through:
        unit = f" [{channel.unit}]" if channel.unit else ""
        lines += textwrap.wrap(f"{channel.currency:<12} {channel.column}{unit} – {channel.meaning}", width, initial_indent="  ",
                               subsequent_indent=" " * 15)
    return "\n".join([*lines, "", "settings", *_settings(known, width)]) + "\n"


def _settings(known: ExplainedPractice, width: int) -> Sequence[str]:
    lines = []
    for param in known.params:
        moves = f"; moves {known.figures[param.key]}" if param.key in known.figures else ""
        was = f" (default {param.default or 'nothing'})" if param.changed else ""
        lines += textwrap.wrap(f"{param.key}  {param.value or 'nothing'}{was} – {param.meaning}", width, initial_indent="  ",
                               subsequent_indent=" " * 6)
        lines += textwrap.wrap(f"evidence {param.source}, grade {param.grade}; allowed {param.allowed}{moves}", width,
                               initial_indent=" " * 6, subsequent_indent=" " * 6)
    return lines


def as_markdown(known: ExplainedPractice) -> str:
    """The explanation as a page: what `docs/reference` says of a practice, on one page."""
    lines = [f"# {known.name}", "", known.does, "", *([known.about, ""] if known.about != known.does else []),
             f"- costs: {known.costs or 'nothing it says'}", f"- moves: {known.moves or 'nothing it says'}"]
    if known.usual:
        lines.append("- switched on by " + ", ".join(f"`{key}: {value}`" for key, value in known.usual.items()))
    lines += ["", "## Through what it acts", "", "| currency | column | unit | meaning |", "| --- | --- | --- | --- |"]
    lines += [_row(channel.currency, f"`{channel.column}`", channel.unit, channel.meaning) for channel in known.through]
    lines += ["", "## Settings", "", "| key | default | allowed | meaning | evidence | moves |", "| --- | --- | --- | --- | --- | --- |"]
    lines += [_row(f"`{param.key}`", param.default, param.allowed, param.meaning, f"{param.source}, {param.grade}", param.moves)
              for param in known.params]
    return "\n".join(lines) + "\n"


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") or "–" for cell in cells) + " |"
