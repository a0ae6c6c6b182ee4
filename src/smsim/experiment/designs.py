"""A question becomes firms: every combination of values, or points spread evenly over ranges, and what each is compared with."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from smsim.errors import Problem, RunError, ScenarioError
from smsim.experiment import tables
from smsim.experiment.factors import FIRM, Choice, Factor
from smsim.experiment.question import Question
from smsim.scenario import Scenario
from smsim.scenario.command import nested
from smsim.scenario.nodes import from_python
from smsim.scenario.scenario import in_order
from smsim.scenario.words import plain

#: What each setting is in a firm, in the order in which the question names them.
type Point = tuple[Choice, ...]


@dataclass(frozen=True)
class Variant:
    """One firm of a question: its values, the name of the firm it is compared with, and whether it is a point of the design."""

    scenario: Scenario
    point: Point
    against: str
    is_point: bool = True


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
        return self.question.samples + 1

    @cached_property
    def variants(self) -> list[Variant]:
        """Every firm, the one all are compared with first. Raises ScenarioError where a combination of values cannot be."""
        firms = self._grid() if self.is_grid else self._latin()
        problems: list[Problem] = []
        found: list[Variant] = []
        for name, point, against, is_point in firms:
            try:
                found.append(Variant(self._scenario(point, name), point, against, is_point))
            except ScenarioError as error:
                problems += error.problems
        if problems:
            raise ScenarioError(in_order(problems))
        return found

    def _scenario(self, point: Point, name: str) -> Scenario:
        factors = [factor for factor in self.question.factors if factor.key != FIRM]
        marks = {factor.key: factor.mark for factor in factors}
        values = [(factor.key, choice.node) for factor, choice in zip(factors, point[-len(factors):], strict=True)]
        return self._firm(point).laid_over(nested(values, marks), name)

    def _firm(self, point: Point) -> Scenario:
        """The firm a point is of: the only one, or the one it names."""
        firms = self.question.firms
        return firms[0] if len(firms) == 1 else next(firm for firm in firms if firm.name == point[0].words)

    def _grid(self) -> Iterator[tuple[str, Point, str, bool]]:
        points = list(itertools.product(*(factor.choices for factor in self.question.factors)))
        first = self._pinned(points[0])
        for point in [first, *(point for point in points if point != first)]:
            yield self._named(point), point, self._named(self._pinned(point) if self.question.baseline else first), True

    def _pinned(self, point: Point) -> Point:
        """The same point with the values that the baseline has."""
        pairs = zip(self.question.factors, point, strict=True)
        return tuple(self.question.baseline.get(factor.key, choice) for factor, choice in pairs)

    def _named(self, point: Point) -> str:
        pairs = zip(self.question.factors, point, strict=True)
        return self._firm(point).name + "".join(f"[{factor.key}={choice.words}]" for factor, choice in pairs if factor.key != FIRM)

    def _latin(self) -> Iterator[tuple[str, Point, str, bool]]:
        """The base itself, as the baseline changes it, then the points, numbered."""
        name, digits = self.question.base.name, len(str(self.question.samples))
        yield name, tuple(self._own(factor) for factor in self.question.factors), name, False
        shares = latin(len(self.question.factors), self.question.samples, int(self.question.base["run.seed"]))
        for number, row in enumerate(shares, 1):
            point = tuple(factor.at(share) for factor, share in zip(self.question.factors, row, strict=True))
            yield f"{name}[{number:0{digits}}]", point, name, True

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
                   "values": {factor.key: _about_choice(choice) for factor, choice in zip(question.factors, each.point, strict=True)}}
                  for each in self.variants]
        return {"name": question.name, "describe": question.describe, "base": question.base.name, "design": question.design,
                "measure": list(question.measure), "baseline": {key: choice.words for key, choice in question.baseline.items()},
                "factors": factors, "points": points}


def _about_factor(factor: Factor) -> dict[str, Any]:
    return {"meaning": factor.param.meaning, "unit": factor.param.unit, "words": [choice.words for choice in factor.choices]}


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


def latin(factors: int, samples: int, seed: int) -> Sequence[Sequence[float]]:
    """Points in the unit cube, such that along each edge every slice of width 1/samples holds one; the same seed, the same points."""
    from scipy.stats import qmc  # takes a while to import, and a grid needs none of it

    sampler = qmc.LatinHypercube(d=factors, rng=np.random.default_rng(seed))
    shares: list[list[float]] = sampler.random(samples).tolist()
    return shares


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
