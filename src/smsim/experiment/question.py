"""A question in a file: what is varied in which firm, what is measured, in how many worlds.

    name: rhythm
    base: silo                              a scenario: a path from this file's folder, else a shipped name; or a list of such firms
    vary:
      practices.meetings.every: [never, 4 weeks, 1 week]
    design: grid                            grid: every combination; latin: `samples` points spread over ranges; morris, sobol: what matters
    measure: [contribution, revenue]
    baseline: {practices.meetings.every: never}
    replications: 50
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from smsim.core import units
from smsim.errors import Mark, Problem, ScenarioError
from smsim.experiment.columns import KPIS
from smsim.experiment.factors import Choice, Factor, firm_factor, read_baseline, read_factors
from smsim.experiment.sampling import SCREENING
from smsim.experiment.screening import over_evidence, require_told_apart
from smsim.scenario import Scenario
from smsim.scenario.command import nested, settings
from smsim.scenario.library import Source, find, names
from smsim.scenario.loading import check_head, load_found
from smsim.scenario.nodes import Entries, Items, Leaf, Node, from_python, nearest, said
from smsim.scenario.paths import is_file
from smsim.scenario.reading import read_file
from smsim.scenario.scenario import in_order, text_of

KEYS = ("name", "describe", "base", "vary", "design", "samples", "measure", "baseline", "replications", "weeks", "seed")
DESIGNS = ("grid", "latin", *SCREENING)
MEASURE = ("contribution", "revenue")
#: Points of a latin design for each setting varied, where the file names no number.
_SAMPLES = 10
_MOST_SAMPLES = 10_000
_RUN = ("replications", "weeks", "seed")


@dataclass(frozen=True)
class Question:
    """What a question file asks. The firms asked about have its replications, weeks and seed; `baseline` is what all are compared with."""

    name: str
    describe: str
    file: str
    firms: tuple[Scenario, ...]
    factors: tuple[Factor, ...]
    design: str
    samples: int
    measure: tuple[str, ...]
    baseline: Mapping[str, Choice]

    @property
    def base(self) -> Scenario:
        """The firm asked about; the first of several."""
        return self.firms[0]


def read_question(source: str | os.PathLike[str], sets: Sequence[str] = ()) -> Question:
    """Read a question: a path, else a shipped name; `sets` are laid over its base. Raises ScenarioError or PluginError."""
    found = find(source, kind="experiment")
    node, problems = read_file(found.bytes(), found.file, found.path.parent)
    reader = _Reader(node, problems)
    question = reader.question(found, firms_of(node, problems, found, sets))
    if reader.problems:
        raise ScenarioError(in_order(reader.problems))
    return question


def is_question(source: str | os.PathLike[str]) -> bool:
    """Whether a path or shipped name is that of a question: it asks of a `base`, or varies something, and extends nothing.

    What cannot be read at all is left to whoever reads scenarios, to say why.
    """
    text = os.fspath(source)
    try:
        if text.endswith(".py") or not is_file(Path(text)):
            return text in names("experiment") and text not in names()
        found = find(text, kind="experiment")
        node, _ = read_file(found.bytes(), found.file, found.path.parent)
    except ScenarioError:
        return False
    return bool({"base", "vary"} & node.entries.keys()) and not {"extends", "levers"} & node.entries.keys()


def asked_of(told: Mapping[str, Any], sets: Sequence[str] = ()) -> Question:
    """The question of a command line, as a file in the working folder would ask it. Raises ScenarioError or PluginError."""
    here = Source(Path.cwd() / "command line", "the command line")
    node = from_python(told, Mark("the command line"))
    assert isinstance(node, Entries)
    reader = _Reader(node, [])
    question = reader.question(here, firms_of(node, reader.problems, here, sets))
    if reader.problems:
        raise ScenarioError(in_order(reader.problems))
    return question


def firms_of(
    node: Entries, problems: list[Problem], found: Source, sets: Sequence[str], keys: Sequence[str] = _RUN,
) -> tuple[Scenario, ...]:
    """The firms a file asks about, with settings of the command line and the file's own run on top. Raises ScenarioError."""
    base, firms = node.entries.get("base"), dict[str, Scenario]()
    named = list(base.items) if isinstance(base, Items) else [base]
    run = _run(node, sets, keys)
    try:
        for one in named or [base]:
            firm = _firm(one or node, found, sets, (run, problems))
            if firms.setdefault(firm.name, firm) is not firm:
                problems.append(Problem("two firms have the same name", (one or node).mark, said(one or node), "each firm once"))
    except ScenarioError as error:
        raise ScenarioError(in_order([*problems, *error.problems])) from None
    return tuple(firms.values())


def _firm(node: Node, found: Source, sets: Sequence[str], over: tuple[Entries, list[Problem]]) -> Scenario:
    if not isinstance(node, Leaf) or not node.text:
        read = "" if isinstance(node, Entries) else said(node)
        allowed = "`base:` and a path from this file's folder, or a shipped scenario, or a list of them"
        raise ScenarioError(Problem("a question names the scenario it starts from", node.mark, read, allowed))
    firm = load_found(find(node.text, found, node.mark), sets)
    run, problems = over
    try:
        return firm.laid_over(run)
    except ScenarioError as error:
        problems += [problem for problem in error.problems if problem not in problems]
        return firm


def _run(node: Entries, sets: Sequence[str], keys: Sequence[str]) -> Entries:
    """The file's own settings of the run, as far as the command line does not say otherwise."""
    told = settings(sets).entries.get("run")
    over = told.entries if isinstance(told, Entries) else {}
    return nested([(f"run.{key}", node.entries[key]) for key in keys if key in node.entries and key not in over])


class _Reader:
    """Reads one question; everything wrong with it is in `problems`."""

    def __init__(self, node: Entries, problems: list[Problem]) -> None:
        self.node, self.problems = node, problems
        check_head(node, problems)
        unknown = [key for key in node.entries if key not in KEYS]
        problems += [Problem(f"a question has no key `{key[:80]}`", node.key_mark(key), key[:80], ", ".join(KEYS), nearest(key, KEYS))
                     for key in unknown]

    def question(self, found: Source, firms: tuple[Scenario, ...]) -> Question:
        """The whole question, as far as it can be read."""
        design, base = self._design(), firms[0]
        node = over_evidence(self.node, firms, self.problems) if design != DESIGNS[0] else self.node
        factors = read_factors(node, base, design, self.problems)
        if design in SCREENING:
            self._screen(firms, factors, design)
        elif len(firms) > 1:
            factors.insert(0, firm_factor(self.node.entries["base"].mark, [firm.name for firm in firms]))
        return Question(
            text_of(self.node, "name") or found.path.stem, text_of(self.node, "describe"), found.file, firms, tuple(factors), design,
            self._samples(design, len(factors)), self._measure(base),
            read_baseline(self.node.entries.get("baseline"), factors, base, self.problems),
        )

    def _screen(self, firms: Sequence[Scenario], factors: Sequence[Factor], design: str) -> None:
        self.problems += require_told_apart(firms, factors, design, self.node.entries["base"].mark)
        if "baseline" in self.node.entries:
            self._wrong(f"a {design} design has no baseline", self.node.entries["baseline"], "two firms: `base: [A, B]`")

    def _wrong(self, what: str, node: Node, allowed: str, meant: str = "") -> None:
        self.problems.append(Problem(what, node.mark, said(node), allowed, meant))

    def _design(self) -> str:
        node = self.node.entries.get("design")
        if node is None:
            return DESIGNS[0]
        if not isinstance(node, Leaf) or node.text not in DESIGNS:
            allowed = "grid (every combination), latin (points spread over ranges), morris or sobol (what matters)"
            self._wrong("there is no such design", node, allowed, nearest(said(node), DESIGNS))
            return DESIGNS[0]
        return node.text

    def _samples(self, design: str, factors: int) -> int:
        node = self.node.entries.get("samples")
        if node is None:
            return SCREENING.get(design, _SAMPLES * factors)
        if design == DESIGNS[0]:
            self._wrong("a grid has no samples: it plays every combination", node, "`samples` with `design: latin`", "`design: latin`")
        try:
            count = units.number(node.text if isinstance(node, Leaf) else "")
        except ValueError:
            count = 0.0
        is_even = design != "sobol" or (count.is_integer() and int(count).bit_count() == 1)
        if not (2 <= count <= _MOST_SAMPLES and count.is_integer() and is_even):
            of = {"morris": "trajectories", "sobol": "blocks of points"}.get(design, "points")
            whole = "a power of 2, such as 64," if design == "sobol" else "a whole number"
            self._wrong(f"`samples` is no number of {of}", node, f"{whole} from 2 to {_MOST_SAMPLES}")
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
