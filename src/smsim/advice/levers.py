"""What can be changed and what that costs a year: a setting with its values, a setting over a range, or several settings under a name.

    levers:
      practices.meetings.every: {never: 0, 4 weeks: 6000, 1 week: 24000}      each value of a setting with its cost
      channels.promotion.spend: {from: 500 per week, to: 2000 per week, cost: 0 to 78000}
      tool and process: {like: practices/crm, cost: 20000}                    what a scenario file sets
      two hours: {settings: {practices.pledge.within: 2 hours}, cost: 5000}   settings under a name of their own

A lever that nobody touches is as the firm has it, and costs nothing. Along a range the cost is a straight line between its two ends.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator
from dataclasses import dataclass

from smsim.core import units
from smsim.errors import Problem, ScenarioError
from smsim.experiment.factors import Choice, Factor, Reader
from smsim.scenario import Scenario
from smsim.scenario.command import nested
from smsim.scenario.layout import Slot, find
from smsim.scenario.library import Source
from smsim.scenario.library import find as find_file
from smsim.scenario.nodes import Entries, Leaf, Node, nearest, said
from smsim.scenario.reading import read_file

#: The keys of a lever that is a range, and of one that has a name.
RANGE, NAMED = ("from", "to", "cost", "steps"), ("like", "settings", "cost")
#: The unit of every cost; a plain number is one of that unit.
COST = "money per year"
#: A range is tried at this many places from end to end, and may be cut into so many steps.
FINE, _MOST_STEPS = 200, 1000
_COST = "an amount of money a year such as `12000`, `12000 per year` or `1000 per month`"
_LEVER = ("`{VALUE: COST, …}` for a setting, `{from: LOW, to: HIGH, cost: COST to COST}` for one over a range, "
          "`{like: SCENARIO, cost: COST}` or `{settings: {KEY: VALUE, …}, cost: COST}` for several")


@dataclass(frozen=True)
class Option:
    """One way a lever can stand: in words, what it sets, what that costs a year, and the value as a number where it is one."""

    words: str
    settings: Entries
    cost: float
    number: float = math.nan


@dataclass(frozen=True)
class Lever:
    """A lever: its name, the keys it sets, and its options; or the range it can be set to, with the costs of both ends."""

    name: str
    keys: tuple[str, ...]
    options: tuple[Option, ...] = ()
    factor: Factor | None = None
    costs: tuple[float, float] = (0.0, 0.0)

    @property
    def is_range(self) -> bool:
        """Whether it can stand anywhere between two ends."""
        return self.factor is not None

    def option(self, place: float) -> Option:
        """How it stands at a place: of a list the option of that number, of a range the value that share of the way."""
        if self.factor is None:
            return self.options[int(place)]
        return option_at(self.factor, self.costs, place)

    def label(self, place: float) -> str:
        """The lever and how it stands, as one says it."""
        words = self.option(place).words
        return f"{short(self.name)} {words}" if words else self.name


def option_at(factor: Factor, costs: tuple[float, float], share: float) -> Option:
    """The value a share of the way between the ends of a range; its cost lies on the line between theirs."""
    choice, (low, high) = factor.at(share), factor.choices
    along = (choice.number - low.number) / (high.number - low.number)
    return Option(factor.param.say(choice.number), nested([(factor.key, choice.node)], {factor.key: factor.mark}),
                  costs[0] + along * (costs[1] - costs[0]), choice.number)


def short(name: str) -> str:
    """The last two words of a setting's key; any other name as it is."""
    return name if " " in name else ".".join(name.split(".")[-2:])


@dataclass(frozen=True)
class LeverReader:
    """Reads levers as a scenario's settings are read; everything wrong is in `problems`."""

    values: Reader
    found: Source
    problems: list[Problem]

    @property
    def base(self) -> Scenario:
        """The firm that is decided about."""
        return self.values.base

    def read(self, node: Node | None, top: Node) -> tuple[Lever, ...]:
        """All levers of a file."""
        if not isinstance(node, Entries) or not node.entries:
            self._wrong("a decision has at least one lever", node or top, "`levers:`, and below it what can be changed and what that costs")
            return ()
        made = (self._lever(key, inner, node) for key, inner in node.entries.items())
        levers = tuple(lever for lever in made if lever is not None and (lever.options or lever.factor))
        owner: dict[str, str] = {}
        for lever in levers:
            for key in lever.keys:
                if owner.setdefault(key, lever.name) != lever.name:
                    self.problems.append(Problem(f"two levers set `{key}`", node.key_mark(lever.name), f"{owner[key]} and {lever.name}",
                                                 "each setting in one lever"))
        return levers

    def _wrong(self, what: str, node: Node, allowed: str, meant: str = "") -> None:
        self.problems.append(Problem(what, node.mark, said(node), allowed, meant))

    def _lever(self, key: str, node: Node, whole: Entries) -> Lever | None:
        if not isinstance(node, Entries) or not node.entries:
            self._wrong(f"the lever `{key[:80]}` says what can be changed and what that costs", node, _LEVER)
            return None
        if {"like", "settings"} & set(node.entries):
            return self._named(key, node)
        known = self.values.known(key, whole.key_mark(key))
        if known is None:
            return None
        if {"from", "to"} & set(node.entries):
            return self._range(key, node)
        options: list[Option] = []
        for value, cost in node.entries.items():
            choice = self.values.choice(key, known, Leaf(value, node.key_mark(value)))
            if choice is not None:
                options += self._option(key, choice, cost)
        self._once(options, node)
        return Lever(key, (key,), tuple(options))

    def _option(self, key: str, choice: Choice, cost: Node) -> Iterator[Option]:
        """What a value sets; nothing where the firm has it already, which must cost nothing."""
        amount = self._cost(cost)
        made = Option(choice.words, nested([(key, choice.node)]), amount, choice.number)
        try:
            same = self.base.laid_over(made.settings)[key] == self.base[key]
        except ScenarioError as error:
            self.problems.extend(error.problems)
            return
        if not same:
            yield made
        elif amount:
            self._wrong(f"`{key}` is {choice.words} as it is, so that costs nothing", cost, "`0`")

    def _once(self, options: list[Option], node: Entries) -> None:
        words = [repr(self.base.laid_over(option.settings).values()) for option in options]
        if len(set(words)) < len(words):
            self._wrong("two values of a lever are the same", node, "each value once")

    def _cost(self, node: Node) -> float:
        text = node.text if isinstance(node, Leaf) else ""
        for read in (units.number, lambda words: units.read(words, COST)):
            try:
                return float(read(text))
            except ValueError:
                continue
        self._wrong("this is no cost", node, _COST)
        return 0.0

    def _range(self, key: str, node: Entries) -> Lever | None:
        self._known_keys(node, RANGE)
        inner = Entries({end: node.entries[end] for end in ("from", "to") if end in node.entries}, node.mark, node.keys)
        ranged = dataclasses.replace(self.values, design="latin")
        factor = ranged.factor(key, node.mark, inner)
        low, between, high = said(node.entries["cost"]).partition(" to ") if "cost" in node.entries else ("0", " to ", "0")
        mark = node.entries["cost"].mark if "cost" in node.entries else node.mark
        if not between:
            self.problems.append(Problem("a range has two costs, one at each end", mark, low, "`COST to COST`, such as `0 to 30000`"))
            return None
        costs = self._cost(Leaf(low.strip(), mark)), self._cost(Leaf(high.strip(), mark))
        steps = self._steps(node.entries.get("steps"))
        if factor is None or not factor.choices:
            return None
        if not steps:
            return Lever(key, (key,), (), factor, costs)
        options = {(made := option_at(factor, costs, step / (steps - 1))).number: made for step in range(steps)}
        return Lever(key, (key,), tuple(each for number, each in options.items() if number != self.base[key]))

    def _steps(self, node: Node | None) -> int:
        if node is None:
            return 0
        text = node.text if isinstance(node, Leaf) else ""
        if text.isascii() and text.isdigit() and 2 <= int(text[:9]) <= _MOST_STEPS:
            return int(text)
        self._wrong("`steps` is no number of places", node, f"a whole number from 2 to {_MOST_STEPS}, both ends included")
        return 0

    def _named(self, name: str, node: Entries) -> Lever | None:
        self._known_keys(node, NAMED)
        if "like" in node.entries and "settings" in node.entries:
            self._wrong(f"the lever `{name}` is like a scenario or has settings, not both", node, "`like` or `settings`")
        cost = self._cost(node.entries["cost"]) if "cost" in node.entries else 0.0
        settings = self._like(node.entries["like"]) if "like" in node.entries else self._settings(node.entries["settings"])
        if settings is None:
            return None
        try:
            made = self.base.laid_over(settings)
        except ScenarioError as error:
            self.problems.extend(error.problems)
            return None
        keys = tuple(key for key in made.settled if key not in self.base or made[key] != self.base[key])
        if not keys:
            self._wrong(f"the lever `{name}` changes nothing: the firm is like that", node, "settings that differ from the base")
        return Lever(name, keys, (Option("", settings, cost),))

    def _settings(self, node: Node) -> Entries | None:
        if isinstance(node, Entries) and node.entries:
            return nested(list(node.entries.items()), {key: node.key_mark(key) for key in node.entries})
        self._wrong("`settings` is a map of settings", node, "such as `{practices.pledge.within: 2 hours}`")
        return None

    def _like(self, node: Node) -> Entries | None:
        """What a scenario's own file sets, whatever that scenario extends."""
        try:
            source = find_file(said(node, 1000), self.found, node.mark)
            read, problems = read_file(source.bytes(), source.file, source.path.parent)
        except ScenarioError as error:
            self.problems.extend(error.problems)
            return None
        self.problems.extend(problems)
        own = {key: inner for key, inner in read.entries.items() if key not in ("name", "describe", "extends", "plugins")}
        if not own:
            self._wrong("this scenario sets nothing of its own", node, "a scenario file with settings")
            return None
        return Entries(own, read.mark, {key: read.key_mark(key) for key in own})

    def _known_keys(self, node: Entries, known: tuple[str, ...]) -> None:
        for key in node.entries:
            if key not in known:
                self.problems.append(Problem(f"a lever like this has no key `{key[:80]}`", node.key_mark(key), key[:80], ", ".join(known),
                                             nearest(key, known)))


def is_setting(base: Scenario, key: str) -> bool:
    """Whether a key names a setting."""
    return isinstance(find(base.layout, key), Slot)
