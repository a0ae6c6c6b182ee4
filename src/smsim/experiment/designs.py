"""A question becomes firms: every combination of values, or points spread over ranges, and what each is compared with."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from smsim.errors import Problem, RunError, ScenarioError
from smsim.experiment import tables
from smsim.experiment.factors import FIRM, Choice, Factor
from smsim.experiment.question import Question
from smsim.experiment.sampling import SCREENING, block, latin, require_salib, screening
from smsim.scenario import Scenario
from smsim.scenario.command import nested
from smsim.scenario.nodes import from_python
from smsim.scenario.scenario import in_order
from smsim.scenario.words import plain

#: What each setting is in a firm, in the order in which the question names them.
type Point = tuple[Choice, ...]
#: A firm to be made: the one it starts from, its name, its values, what it is compared with, and what else a variant knows.
type Sketch = tuple[Any, ...]
#: What a firm is in a design that asks what matters.
AS_IT_STANDS, LOW, HIGH = "as it stands", "low", "high"


@dataclass(frozen=True)
class Variant:
    """One firm of a question: its values, the name of the firm it is compared with, and whether it is a point of the design.

    Where the design asks what matters, `place` says what else it is, the firm `as it stands` or with one setting at its `low` or `high`
    end, and `shares` where in the ranges a point lies.
    """

    scenario: Scenario
    point: Point
    against: str
    is_point: bool = True
    place: str = ""
    shares: tuple[float, ...] = ()


@dataclass(frozen=True)
class Design:
    """A question with the points at which it is asked."""

    question: Question

    @property
    def is_grid(self) -> bool:
        """Whether every combination is played."""
        return self.question.design == "grid"

    @property
    def size(self) -> int:
        """How many firms are played."""
        if self.is_grid:
            return math.prod(len(factor.choices) for factor in self.question.factors)
        if self.is_screening:
            factors = len(self.question.factors)
            return len(self.question.firms) * (1 + 2 * factors + self.question.samples * block(self.question.design, factors))
        return self.question.samples + 1

    @property
    def is_screening(self) -> bool:
        """Whether the design asks how much each setting matters."""
        return self.question.design in SCREENING

    @cached_property
    def variants(self) -> list[Variant]:
        """Every firm, the one all are compared with first. Raises ScenarioError where a combination of values cannot be."""
        if self.is_screening:
            require_salib(self.question.factors[0].mark)
        firms = self._grid() if self.is_grid else self._screening() if self.is_screening else self._latin()
        problems: list[Problem] = []
        found: list[Variant] = []
        for firm, name, point, against, *rest in firms:
            try:
                found.append(Variant(self._scenario(firm, point, name), point, against, *rest))
            except ScenarioError as error:
                problems += error.problems
        if problems:
            raise ScenarioError(in_order(problems))
        return found

    def _scenario(self, firm: Scenario, point: Point, name: str) -> Scenario:
        factors = [factor for factor in self.question.factors if factor.key != FIRM]
        marks = {factor.key: factor.mark for factor in factors}
        values = [(factor.key, choice.node) for factor, choice in zip(factors, point[-len(factors):], strict=True)]
        return firm.laid_over(nested(values, marks), name)

    def _firm(self, point: Point) -> Scenario:
        """The firm a point is of: the only one, or the one it names."""
        firms = self.question.firms
        return firms[0] if len(firms) == 1 else next(firm for firm in firms if firm.name == point[0].words)

    def _grid(self) -> Iterator[Sketch]:
        points = list(itertools.product(*(factor.choices for factor in self.question.factors)))
        first = self._pinned(points[0])
        for point in [first, *(point for point in points if point != first)]:
            against = self._named(self._pinned(point) if self.question.baseline else first)
            yield self._firm(point), self._named(point), point, against

    def _pinned(self, point: Point) -> Point:
        """The same point with the values that the baseline has."""
        pairs = zip(self.question.factors, point, strict=True)
        return tuple(self.question.baseline.get(factor.key, choice) for factor, choice in pairs)

    def _named(self, point: Point) -> str:
        pairs = zip(self.question.factors, point, strict=True)
        return self._firm(point).name + "".join(f"[{factor.key}={choice.words}]" for factor, choice in pairs if factor.key != FIRM)

    def _latin(self) -> Iterator[Sketch]:
        """The base itself, as the baseline changes it, then the points, numbered."""
        name, digits = self.question.base.name, len(str(self.question.samples))
        own = tuple(self._own(factor) for factor in self.question.factors)
        yield self._firm(own), name, own, name, False
        shares = latin(len(self.question.factors), self.question.samples, int(self.question.base["run.seed"]))
        for number, row in enumerate(shares, 1):
            point = self._at(row)
            yield self._firm(point), f"{name}[{number:0{digits}}]", point, name

    def _at(self, row: Sequence[float]) -> Point:
        return tuple(factor.at(share) for factor, share in zip(self.question.factors, row, strict=True))

    def _screening(self) -> Iterator[Sketch]:
        """Each firm as it stands; with one setting at its low and its high end; then the points, numbered. The first is the baseline."""
        factors, seed = self.question.factors, int(self.question.base["run.seed"])
        rows = screening(self.question.design, len(factors), self.question.samples, seed)
        digits = len(str(len(rows)))
        for tail, place, setting, share in [("", AS_IT_STANDS, "", 0.0), *self._ends()]:
            for firm in self.question.firms:
                point = tuple(factor.at(share) if factor.key == setting else own_value(firm, factor) for factor in factors)
                yield firm, firm.name + tail, point, self.question.base.name + tail, False, f"{place} {setting}".strip()
        for number, row in enumerate(rows, 1):
            for firm in self.question.firms:
                tail = f"[{number:0{digits}}]"
                yield firm, firm.name + tail, self._at(row), self.question.base.name + tail, True, "", tuple(row)

    def _ends(self) -> Iterator[tuple[str, str, str, float]]:
        for factor in self.question.factors:
            for place, share in ((LOW, 0.0), (HIGH, 1.0)):
                yield f"[{factor.key}={factor.at(share).words}]", place, factor.key, share

    def _own(self, factor: Factor) -> Choice:
        """The value the baseline names, else the one the base has anyway."""
        if factor.key in self.question.baseline:
            return self.question.baseline[factor.key]
        if factor.key == FIRM:
            return factor.choices[0]
        return own_value(self.question.base, factor)

    def about(self) -> dict[str, Any]:
        """What a results folder keeps of the question and its points."""
        question = self.question
        factors = {factor.key: _about_factor(factor) for factor in question.factors}
        points = [{"scenario": each.scenario.name, "against": each.against, "is_point": each.is_point,
                   **({"place": each.place, "shares": list(each.shares)} if self.is_screening else {}),
                   "values": {factor.key: _about_choice(choice) for factor, choice in zip(question.factors, each.point, strict=True)}}
                  for each in self.variants]
        return {"name": question.name, "describe": question.describe, "base": question.base.name, "design": question.design,
                "measure": list(question.measure), "baseline": {key: choice.words for key, choice in question.baseline.items()},
                "factors": factors, "points": points} | ({"firms": [firm.name for firm in question.firms]} if self.is_screening else {})


def _about_factor(factor: Factor) -> dict[str, Any]:
    return {"meaning": factor.param.meaning, "unit": factor.param.unit, "words": [choice.words for choice in factor.choices],
            "grade": factor.param.grade}


def _about_choice(choice: Choice) -> dict[str, Any]:
    return {"words": choice.words, "number": choice.number if choice.is_number else None}


def own_value(base: Scenario, factor: Factor) -> Choice:
    """The value a firm has of a setting."""
    known = base.about(factor.key)
    if known is None:
        raise ScenarioError(Problem(f"{base.name} has no `{factor.key}`", factor.mark, factor.key,
                                    f"`baseline: {{{factor.key}: VALUE}}`"))
    is_number = isinstance(known.value, int | float) and not isinstance(known.value, bool)
    node = from_python(plain(known.param, known.value), factor.mark)
    return Choice(known.param.say(known.value), node, float(known.value) if is_number else math.nan)


def points(about: Mapping[str, Any]) -> pd.DataFrame:
    """A row per firm: `scenario, against, is_point`, then a column per setting, numbers where all its values are, words where not."""
    rows = about["points"]
    frame = pd.DataFrame({name: [row[name] for row in rows] for name in ("scenario", "against", "is_point")})
    for key in about["factors"]:
        values = [row["values"][key] for row in rows]
        numbers = [value["number"] for value in values]
        if any(number is None for number in numbers):
            frame[key] = [value["words"] for value in values]
        else:
            frame[key] = [math.inf if number == "never" else float(number) for number in numbers]
    return frame


def write(about: Mapping[str, Any], folder: Path) -> None:
    """Write `experiment.parquet`: the values of every firm. Raises RunError where the disk is full."""
    try:
        table = tables.from_frame(points(about))
        tables.write(folder / "experiment.parquet", [table], table.schema)
    except OSError as error:
        raise RunError(f"{folder}: cannot write experiment.parquet: {error.strerror or error}; the runs are kept") from error
