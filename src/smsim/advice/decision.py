"""A decision in a file: the firm, what can be changed and at what cost, what there is to spend, what is wanted, in which worlds.

    name: which habits first
    base: silo                                a scenario: a path from this file's folder, else a shipped name; or a list of such firms
    levers:                                   see levers.py
      meet: {like: practices/meetings, cost: 6000}
    budget: 60000                             a year; what costs more is never played
    measure: contribution                     any key figure; from contribution the costs of levers are taken
    objective: worst tenth                    expected, worst tenth, share above AMOUNT, share below AMOUNT
    worlds: {ranges: {market.drift: 0.5% to 4%}, draws: 6}      see worlds.py
    replications: 24                          in each world, for the short list; `first` for the first look at a candidate
    trials: 100                               candidates tried at most; where there are no more than that, all are
"""

from __future__ import annotations

import hashlib
import json
import math
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from smsim.advice.levers import COST, Lever, LeverReader
from smsim.advice.objective import ABOVE, BELOW, EXPECTED, KINDS, WORST, Objective
from smsim.advice.worlds import WorldReader, Worlds
from smsim.core import units
from smsim.core.kpi import Kpi
from smsim.errors import Problem, ScenarioError
from smsim.experiment.columns import KPIS
from smsim.experiment.factors import Factor, Reader
from smsim.experiment.plan import plain
from smsim.experiment.question import firms_of
from smsim.scenario import Scenario
from smsim.scenario.command import mark
from smsim.scenario.layout import layout
from smsim.scenario.library import Source, find
from smsim.scenario.loading import check_head
from smsim.scenario.nodes import Entries, Leaf, Node, nearest, said
from smsim.scenario.reading import read_file
from smsim.scenario.scenario import in_order, text_of

KEYS = ("name", "describe", "base", "levers", "budget", "measure", "objective", "worlds", "trials", "minutes", "first", "replications",
        "shortlist", "weeks", "seed")
#: Whole numbers that say how hard is searched: default, least, most.
EFFORT = {"trials": (100, 1, 10_000), "first": (0, 1, 100_000), "replications": (0, 2, 100_000), "shortlist": (5, 1, 20)}
_WANTED = "`expected`, `worst tenth`, `share above AMOUNT` or `share below AMOUNT`"


@dataclass(frozen=True)
class Effort:
    """Candidates tried at most, minutes of playing after which no more are tried, replications in each world, length of the list."""

    trials: int = 100
    minutes: float = math.inf
    first: int = 4
    replications: int = 24
    shortlist: int = 5


@dataclass(frozen=True)
class Decision:
    """What a file asks to be decided."""

    name: str
    describe: str
    file: str
    levers: tuple[Lever, ...]
    budget: float
    objective: Objective
    worlds: Worlds
    effort: Effort

    @property
    def base(self) -> Scenario:
        """The firm that is decided about; the first of several."""
        return self.worlds.firms[0]

    @property
    def seed(self) -> int:
        """The seed of everything that is drawn."""
        return int(self.base["run.seed"])

    @property
    def years(self) -> float:
        """Years of which a run's figures tell."""
        return float(self.base["run.weeks"] * 7 - self.base["run.warm_up"]) / 364

    def hash(self) -> str:
        """Tells this decision from any other; the same for other names."""
        levers = [[lever.name, lever.costs, [[option.cost, self._sets(option.settings)] for option in lever.options], _ends(lever.factor)]
                  for lever in self.levers]
        worlds = [[firm.tree() for firm in self.worlds.firms], [[name, self._sets(over)] for name, over in self.worlds.named],
                  [_ends(factor) for factor in self.worlds.ranges], self.worlds.draws]
        wanted = [self.objective.kpi.name, self.objective.kind, self.objective.target, self.budget]
        effort = [self.effort.trials, self.effort.first, self.effort.replications, self.effort.shortlist]
        told = json.dumps(plain([levers, worlds, wanted, effort]), sort_keys=True)
        return hashlib.blake2b(told.encode(), digest_size=16).hexdigest()

    def _sets(self, settings: Entries) -> dict[str, str]:
        """What settings change in the base, by key."""
        made = self.base.laid_over(settings)
        return {key: made.words(key) for key, value in made.values().items() if key not in self.base or value != self.base[key]}


def _ends(factor: Factor | None) -> list[Any]:
    """A range, or a list to draw from, as plain words."""
    return [factor.key, factor.is_range, [choice.words for choice in factor.choices]] if factor is not None else []


def is_decision(node: Entries) -> bool:
    """Whether a file is one of a decision: it has levers."""
    return "levers" in node.entries


def read_decision(source: str | os.PathLike[str], sets: Sequence[str] = (), replications: str | None = None) -> Decision:
    """Read a decision: a path, else a shipped name; `sets` are laid over its base. Raises ScenarioError or PluginError."""
    found = find(source, kind="recommendation")
    node, problems = read_file(found.bytes(), found.file, found.path.parent)
    if replications is not None:
        told = Leaf(replications, mark("--replications", replications))
        node = Entries(node.entries | {"replications": told}, node.mark, node.keys | {"replications": told.mark})
    reader = _Reader(node, problems)
    firms = firms_of(node, problems, found, sets, ("weeks", "seed"))
    decision = reader.decision(found, firms)
    if reader.problems:
        raise ScenarioError(in_order(reader.problems))
    return decision


class _Reader:
    """Reads one decision; everything wrong with it is in `problems`."""

    def __init__(self, node: Entries, problems: list[Problem]) -> None:
        self.node, self.problems = node, problems
        check_head(node, problems)
        problems += [Problem(f"a decision has no key `{key[:80]}`", node.key_mark(key), key[:80], ", ".join(KEYS), nearest(key, KEYS))
                     for key in node.entries if key not in KEYS]

    def decision(self, found: Source, firms: tuple[Scenario, ...]) -> Decision:
        """The whole decision, as far as it can be read."""
        values = Reader(firms[0], layout(firms[0].registry), "grid", self.problems)
        levers = LeverReader(values, found, self.problems).read(self.node.entries.get("levers"), self.node)
        worlds = WorldReader(values, self.problems).read(self.node.entries.get("worlds"), firms)
        self._apart(levers, worlds)
        budget = self._budget()
        self._enough(levers, budget)
        return Decision(text_of(self.node, "name") or found.path.stem, text_of(self.node, "describe"), found.file, levers, budget,
                        self._objective(firms[0]), worlds, self._effort(worlds))

    def _wrong(self, what: str, node: Node, allowed: str, meant: str = "") -> None:
        self.problems.append(Problem(what, node.mark, said(node), allowed, meant))

    def _apart(self, levers: tuple[Lever, ...], worlds: Worlds) -> None:
        """No setting is both decided and uncertain."""
        whole = self.node.entries.get("levers")
        if self.problems or not isinstance(whole, Entries):
            return
        for lever in levers:
            for key in sorted(set(lever.keys) & worlds.keys()):
                self.problems.append(Problem(f"`{key}` is set by a lever and by the worlds", whole.key_mark(lever.name), lever.name,
                                             "what you decide in `levers`, what you do not know in `worlds`"))

    def _enough(self, levers: tuple[Lever, ...], budget: float) -> None:
        """At least one lever can be paid."""
        node = self.node.entries.get("budget")
        costs = [cost for lever in levers for cost in (lever.costs if lever.is_range else [option.cost for option in lever.options])]
        if node is not None and costs and not self.problems and min(costs) > budget:
            self._wrong("no lever can be paid with this `budget`", node, f"an amount a year from {min(costs):g}, what the cheapest costs")

    def _text(self, key: str) -> str:
        node = self.node.entries.get(key)
        return node.text.strip() if isinstance(node, Leaf) else ""

    def _budget(self) -> float:
        node = self.node.entries.get("budget")
        if node is None:
            return math.inf
        for read in (units.number, lambda words: units.read(words, COST)):
            try:
                if (amount := float(read(self._text("budget")))) >= 0:
                    return amount
            except ValueError:
                continue
        self._wrong("`budget` is no amount", node, "an amount a year from 0, such as `60000` or `5000 per month`")
        return math.inf

    def _objective(self, base: Scenario) -> Objective:
        known = list(dict.fromkeys([*KPIS, *base.registry.kpis]))
        node, name = self.node.entries.get("measure"), self._text("measure") or "contribution"
        if node is not None and name not in known:
            self._wrong(f"there is no key figure `{said(node)}`", node, ", ".join(known), nearest(name, known))
            return Objective(Kpi(name, "count", ""))
        kpi = base.registry.kpis.get(name) or Kpi(name, "count", "")
        told, words = self.node.entries.get("objective"), self._text("objective") or EXPECTED
        kind = next((kind for kind in KINDS if words == kind or words.startswith(f"{kind} ")), "")
        try:
            unit = "share" if kpi.unit == "share" else "number"
            target = units.read(words.removeprefix(kind), unit) if kind in (ABOVE, BELOW) else math.nan
        except ValueError:
            kind = ""
        if told is not None and (not kind or (kind in (EXPECTED, WORST) and words != kind)):
            self._wrong("this is no objective", told, _WANTED, nearest(words, KINDS))
            return Objective(kpi)
        if kind in (EXPECTED, WORST) and kpi.better == "neither":
            self._wrong(f"nobody can say whether more {name} is better", node or self.node,
                        "another `measure`, or `objective: share above …`")
        return Objective(kpi, kind, target)

    def _effort(self, worlds: Worlds) -> Effort:
        found = {key: self._whole(key) for key in EFFORT}
        replications = found["replications"] or max(2, int(worlds.firms[0]["run.replications"]) // worlds.count)
        first = min(found["first"] or max(2, replications // 6), replications)
        return Effort(found["trials"], self._minutes(), first, replications, found["shortlist"])

    def _whole(self, key: str) -> int:
        default, least, most = EFFORT[key]
        node, text = self.node.entries.get(key), self._text(key)
        if node is None:
            return default
        if text.isascii() and text.isdigit() and least <= int(text[:9]) <= most:
            return int(text)
        self._wrong(f"`{key}` cannot be this", node, f"a whole number from {least} to {most}")
        return default

    def _minutes(self) -> float:
        node = self.node.entries.get("minutes")
        try:
            minutes = math.inf if node is None else units.number(self._text("minutes"))
        except ValueError:
            minutes = 0.0
        if minutes <= 0 and node is not None:
            self._wrong("`minutes` cannot be this", node, "a number above 0")
        return minutes if minutes > 0 else math.inf
