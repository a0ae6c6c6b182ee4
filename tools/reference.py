"""Writes docs/reference and the counts in docs/sources.md from what the code declares: `make docs`.

`pages()` is what those files should hold; a test compares it with what they do hold.
"""

from __future__ import annotations

import inspect
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from smsim.core.contracts import Mechanism, Part, Practice
from smsim.core.kpi import Kpi
from smsim.core.registry import Registry, registry
from smsim.core.section import Param, Section
from smsim.core.table import Table
from smsim.experiment.columns import KPIS
from smsim.report.markers import between
from smsim.scenario.layout import ORDER, written_as
from smsim.world.rows import Rows

DOCS = Path(__file__).resolve().parents[1] / "docs"
MADE = "<!-- Written by `make docs` from what the code declares; change the code, not this page. -->\n"
START, END = "<!-- counted by `make docs` -->", "<!-- end of what is counted -->"
#: Units that say nothing beside what is allowed.
_WORDLESS = ("word", "text", "flag", "path", "mind", "names", "settings", "profile")
_ADDS = {"sum": "sum of the days", "mean": "mean of the days", "last": "the last day", "rms": "root mean square of the days",
         "run": "worked out from the whole run"}
_BETTER = {"up": "more", "down": "less", "neither": "–"}


def pages() -> dict[Path, str]:
    """Every page that is written from the code: path → text."""
    found = registry()
    sources = DOCS / "sources.md"
    return {
        DOCS / "reference" / "parameters.md": parameters_page(found),
        DOCS / "reference" / "fields.md": fields_page(found),
        DOCS / "reference" / "kpis.md": kpis_page(found),
        DOCS / "reference" / "day.md": day_page(found),
        sources: recounted(sources.read_text(encoding="utf-8"), found),
    }


def table(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    rows = [heads, ["---"] * len(heads), *lines]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") or "–" for cell in row) + " |" for row in rows) + "\n"


def _first_line(thing: Any) -> str:
    return (thing.__doc__ or "").strip().partition("\n")[0]


def _in_order(sections: Iterable[type[Section]]) -> list[type[Section]]:
    """Sections as they stand in a file."""
    def place(section: type[Section]) -> tuple[int, str]:
        top = section.at.partition(".")[0].removesuffix("[]")
        return ORDER.index(top) if top in ORDER else len(ORDER), section.at

    return sorted(sections, key=place)


def parameters_page(found: Registry) -> str:
    """Every parameter, by section."""
    parts = [MADE, "# Parameters\n", _PARAMETERS]
    at = ""
    for section in _in_order(found.sections):
        if not section.params():
            continue
        if section.at != at:
            at = section.at
            parts.append(f"## `{at.removesuffix('[]')}`{'.NAME' if section.each else ''}\n")
        parts.append(_first_line(section) + "\n")
        parts.append(table(("key", "default", "unit", "allowed", "meaning", "source", "moves"), _parameter_lines(section)))
        if section.entries:
            parts.append(_entries(section))
    return "\n".join(parts)


def _parameter_lines(section: type[Section]) -> Iterator[list[str]]:
    for name, known in section.params().items():
        unit = "" if known.unit in _WORDLESS else known.unit
        meaning = f"{known.meaning}. *Fixed*: {known.fixed}" if known.fixed else known.meaning
        ends = "" if known.span is None else f"; evidence: {' to '.join(known.say(end) for end in known.span)}"
        yield [f"`{written_as(name)}`", known.say(section.default(name)), unit, known.allowed() + ends, meaning,
               f"{known.source}, {known.grade}", known.moves]


def _entries(section: type[Section]) -> str:
    """The entries that exist without being written, and how they differ from the defaults above."""
    keys = list(dict.fromkeys(key for values in section.entries.values() for key in values))
    known = section.params()
    lines = [[f"`{name}`", *(known[key].say(values.get(key, section.default(key))) for key in keys)]
             for name, values in section.entries.items()]
    return "There without being written:\n\n" + table(("name", *(f"`{key}`" for key in keys)), lines)


def fields_page(found: Registry) -> str:
    """Every table and its columns."""
    parts = [MADE, "# Tables and their columns\n", _FIELDS]
    names = [name for name in Rows.__annotations__ if name in found.tables] + sorted(set(found.tables) - set(Rows.__annotations__))
    for name in names:
        kind = found.tables[name]
        parts.append(f"## `{name}`\n\n{_first_line(kind)} {kind.dtype().itemsize} bytes a row.\n")
        parts.append(table(("column", "type", "a new row has", "unit", "meaning"), _field_lines(kind)))
    return "\n".join(parts)


def _field_lines(kind: type[Table]) -> Iterator[list[str]]:
    for name, known in kind.fields.items():
        shape = "".join(f" × {size}" for size in known.shape)
        yield [f"`{name}`", np.dtype(known.dtype).str[1:] + shape, f"{known.default:g}", known.unit, known.meaning]


def kpis_page(found: Registry) -> str:
    """Every key figure."""
    names = [name for name in KPIS if name in found.kpis] + sorted(set(found.kpis) - set(KPIS))
    lines = [_kpi_line(found.kpis[name]) for name in names]
    return "\n".join([MADE, "# Key figures\n", _KPIS, table(("name", "unit", "better", "over a run", "meaning"), lines)])


def _kpi_line(kpi: Kpi) -> list[str]:
    return [f"`{kpi.name}`", kpi.unit, _BETTER[kpi.better], _ADDS[kpi.adds], kpi.meaning]


def day_page(found: Registry) -> str:
    """The day in order: what each mechanism does, reads, writes and draws; then the practices."""
    parts, phase = [MADE, "# The day, in order\n", _DAY], 0
    for part in found.parts():
        if issubclass(part, Mechanism) and part.phase != phase:
            phase = part.phase
            parts.append(f"## {int(phase)} {phase.name.capitalize()}\n")
        if issubclass(part, Practice) and phase:
            phase = 0
            parts.append("## Practices\n\nOn their own mornings, before people decide; what is switched off is not there at all.\n")
        parts += [f"### {part.name}\n", *_about(part)]
    return "\n".join(parts)


def _about(part: type[Part]) -> Iterator[str]:
    yield _first_line(part) + "\n"
    yield inspect.cleandoc(inspect.getmodule(part).__doc__ or "") + "\n"
    said = {"reads": part.reads, "writes": part.writes, "draws": part.streams,
            "settings": tuple(dict.fromkeys(section.at.removesuffix("[]") for section in part.sections))}
    if issubclass(part, Practice):
        yield f"- costs: {part.costs}\n- moves: {part.moves}"
    yield "\n".join(f"- {word}: " + ", ".join(f"`{name}`" for name in names) for word, names in said.items() if names) + "\n"


def recounted(text: str, found: Registry) -> str:
    """The page of sources with its counts as they are now."""
    return between(text, START, END, f"\n\n{_counts(found)}\n")


def _counts(found: Registry) -> str:
    known = [(section, name, one) for section in found.sections for name, one in section.params().items()]
    grades = Counter(one.grade for _, _, one in known)
    assumed = sum(one.source == "assumed" for _, _, one in known)
    head = (f"Of {len(known)} parameters {grades['A']} are of grade A (measured for this quantity), {grades['B']} of grade B (indirect)\n"
            f"and {grades['C']} of grade C (judgement). {assumed} are assumed: no source at all.\n")
    keys = sorted({one.source for _, _, one in known})
    return head + "\n" + table(("source", "A", "B", "C", "parameters"), [_count_line(key, known) for key in keys])


def _count_line(key: str, known: Sequence[tuple[type[Section], str, Param]]) -> list[str]:
    mine = [(section, name, one) for section, name, one in known if one.source == key]
    grades = Counter(one.grade for _, _, one in mine)
    names = ", ".join(f"`{section.at.removesuffix('[]')}.{written_as(name)}`" for section, name, _ in mine)
    return [key, *(str(grades[grade]) for grade in "ABC"), names]


_PARAMETERS = """\
Every setting of a scenario file, by its place in the file. *Default* is in the words a file may use. *Source* is a key of
[the bibliography](../sources.md) or "assumed", then the grade: A measured for this quantity, B indirect, C judgement. *Moves* names
a key figure that follows the setting, and the sign (`?` where the sign depends on the rest). What is *fixed* holds from the first day to
the last; any other setting may stand in `changes`.
`smsim explain SCENARIO` prints the same for one scenario, with its values.
"""

_FIELDS = """\
What the world remembers: rows of structured arrays. In a kernel a row reads like an object (`customer.goodwill`); from Python
`world.customers["goodwill"]` is a column. A column of several numbers has one per buying criterion.
"""

_KPIS = """\
One column each of `runs.parquet`; those that are taken from days also have one in `days.parquet`. All are taken after the warm-up.
*Better* says which way is good. A figure whose mechanism is not simulated yet is there and empty (NaN). A *tolerance* is ω,
`market.tolerance`.
"""

_DAY = """\
A tick is one calendar day; day 0 is a Monday. In the morning practices that fall on this day happen first, then the minds whose
rhythm it is decide and write their policy rows. Then the mechanisms below play the day, in the order of their phase and, within a
phase, of their names. Nothing else moves the world. `smsim explain SCENARIO` prints this order for one scenario.
"""


def main() -> int:
    """Write the pages that have changed and name them; with `--check` write nothing and say whether any would."""
    changed = [(path, text) for path, text in pages().items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    check = "--check" in sys.argv[1:]
    for path, text in changed:
        print(path.relative_to(DOCS.parent))
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return int(check and bool(changed))


if __name__ == "__main__":
    sys.exit(main())
