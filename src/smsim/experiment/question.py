"""A question in a file: what is varied in which firm, what is measured, in how many worlds.

    name: rhythm
    base: silo                              a scenario: a path from this file's folder, else a shipped name
    vary:
      practices.meetings.every: [never, 4 weeks, 1 week]
    design: grid                            grid: every combination; latin: `samples` points spread over ranges
    measure: [contribution, revenue]
    baseline: {practices.meetings.every: never}
    replications: 50
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from smsim.core import units
from smsim.errors import Problem, ScenarioError
from smsim.experiment.columns import KPIS
from smsim.experiment.factors import Choice, Factor, read_baseline, read_factors
from smsim.scenario import Scenario
from smsim.scenario.command import nested, settings
from smsim.scenario.library import Source, find
from smsim.scenario.loading import check_head, load_found
from smsim.scenario.nodes import Entries, Items, Leaf, Node, nearest, said
from smsim.scenario.reading import read_file
from smsim.scenario.scenario import in_order, text_of

KEYS = ("name", "describe", "base", "vary", "design", "samples", "measure", "baseline", "replications", "weeks", "seed")
DESIGNS = ("grid", "latin")
MEASURE = ("contribution", "revenue")
#: Points of a latin design for each setting varied, where the file names no number.
_SAMPLES = 10
_MOST_SAMPLES = 10_000
_RUN = ("replications", "weeks", "seed")


@dataclass(frozen=True)
class Question:
    """What a question file asks. `base` has its replications, weeks and seed; `baseline` names what all are compared with."""

    name: str
    describe: str
    file: str
    base: Scenario
    factors: tuple[Factor, ...]
    design: str
    samples: int
    measure: tuple[str, ...]
    baseline: Mapping[str, Choice]


def read_question(source: str | os.PathLike[str], sets: Sequence[str] = ()) -> Question:
    """Read a question: a path, else a shipped name; `sets` are laid over its base. Raises ScenarioError or PluginError."""
    found = find(source, kind="experiment")
    node, problems = read_file(found.bytes(), found.file, found.path.parent)
    reader = _Reader(node, problems)
    base = reader.base(found, sets)
    question = reader.question(found, base)
    if reader.problems:
        raise ScenarioError(in_order(reader.problems))
    return question


class _Reader:
    """Reads one question; everything wrong with it is in `problems`."""

    def __init__(self, node: Entries, problems: list[Problem]) -> None:
        self.node, self.problems = node, problems
        check_head(node, problems)
        unknown = [key for key in node.entries if key not in KEYS]
        problems += [Problem(f"a question has no key `{key[:80]}`", node.key_mark(key), key[:80], ", ".join(KEYS), nearest(key, KEYS))
                     for key in unknown]

    def base(self, found: Source, sets: Sequence[str]) -> Scenario:
        """The firm asked about, with settings of the command line and the question's own run on top. Raises ScenarioError."""
        node = self.node.entries.get("base")
        try:
            if not isinstance(node, Leaf) or not node.text:
                read = "" if node is None else said(node)
                allowed = "`base:` and a path from this file's folder, or a shipped scenario"
                raise ScenarioError(Problem("a question names the scenario it starts from", node.mark if node else self.node.mark,
                                            read, allowed))
            base = load_found(find(node.text, found, node.mark), sets)
        except ScenarioError as error:
            raise ScenarioError(in_order([*self.problems, *error.problems])) from None
        try:
            return base.laid_over(self._run(sets))
        except ScenarioError as error:
            self.problems += error.problems
            return base

    def _run(self, sets: Sequence[str]) -> Entries:
        """The question's replications, weeks and seed, as far as the command line does not say otherwise."""
        told = settings(sets).entries.get("run")
        over = told.entries if isinstance(told, Entries) else {}
        keys = [key for key in _RUN if key in self.node.entries and key not in over]
        return nested([(f"run.{key}", self.node.entries[key]) for key in keys])

    def question(self, found: Source, base: Scenario) -> Question:
        """The whole question, as far as it can be read."""
        design = self._design()
        factors = read_factors(self.node, base, design, self.problems)
        return Question(
            text_of(self.node, "name") or found.path.stem, text_of(self.node, "describe"), found.file, base, tuple(factors), design,
            self._samples(design, len(factors)), self._measure(base),
            read_baseline(self.node.entries.get("baseline"), factors, base, self.problems),
        )

    def _wrong(self, what: str, node: Node, allowed: str, meant: str = "") -> None:
        self.problems.append(Problem(what, node.mark, said(node), allowed, meant))

    def _design(self) -> str:
        node = self.node.entries.get("design")
        if node is None:
            return DESIGNS[0]
        if not isinstance(node, Leaf) or node.text not in DESIGNS:
            self._wrong("there is no such design", node, "grid (every combination) or latin (points spread over ranges)",
                        nearest(said(node), DESIGNS))
            return DESIGNS[0]
        return node.text

    def _samples(self, design: str, factors: int) -> int:
        node = self.node.entries.get("samples")
        if node is None:
            return _SAMPLES * factors
        if design != "latin":
            self._wrong("a grid has no samples: it plays every combination", node, "`samples` with `design: latin`", "`design: latin`")
        try:
            count = units.number(node.text if isinstance(node, Leaf) else "")
        except ValueError:
            count = 0.0
        if not (2 <= count <= _MOST_SAMPLES and count.is_integer()):
            self._wrong("`samples` is no number of points", node, f"a whole number from 2 to {_MOST_SAMPLES}")
            return 2
        return int(count)

    def _measure(self, base: Scenario) -> tuple[str, ...]:
        node = self.node.entries.get("measure")
        if node is None:
            return MEASURE
        items = node.items if isinstance(node, Items) else [node]
        if not items:
            self._wrong("nothing is measured", node, "a list of key figures, such as `[contribution, revenue]`")
        known = list(dict.fromkeys([*KPIS, *base.registry.kpis]))
        for item in items:
            if not isinstance(item, Leaf) or item.text not in known:
                self._wrong(f"there is no key figure `{said(item)}`", item, ", ".join(known), nearest(said(item), known))
        return tuple(dict.fromkeys(said(item) for item in items))
