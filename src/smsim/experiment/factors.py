"""What a question varies: settings, over values that are listed or from one number to another; and the firm, where it names several."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from smsim.core.section import Param
from smsim.errors import Mark, Problem
from smsim.scenario import Scenario
from smsim.scenario.layout import Place, Slot, find, layout
from smsim.scenario.nodes import Entries, Items, Leaf, Node, from_python, nearest, said
from smsim.scenario.values import Unreadable, checked, missing_key, value_of
from smsim.scenario.words import plain

#: Settings in which all firms of a question must agree, with the reason.
_SHARED = {"run.seed": "all firms are played on the same luck", "run.replications": "all firms are played in the same worlds"}
#: The key of the firms, where a question names several.
FIRM = "base"
_LIST = "a list of values, such as `[never, 4 weeks, 1 week]`"
_RANGE = "a range, such as `10% to 50%` or `{from: 10%, to: 50%}`"
#: What stands for the range that the evidence leaves open.
EVIDENCE = "evidence"


@dataclass(frozen=True)
class Choice:
    """One value of a setting: in words, as a node, and as a number in the setting's unit where it is one (NaN where not)."""

    words: str
    node: Node
    number: float = math.nan

    @property
    def is_number(self) -> bool:
        """Whether the value is a number."""
        return not math.isnan(self.number)


@dataclass(frozen=True)
class Factor:
    """A setting that is varied: its key and where that stands, what is known of it, and its values, or the ends of its range."""

    key: str
    mark: Mark
    param: Param
    choices: tuple[Choice, ...]
    is_range: bool = False

    def at(self, share: float) -> Choice:
        """The value that lies a share (0 to 1) of the way: between the ends of a range, or along the list."""
        if not self.is_range:
            return self.choices[min(int(share * len(self.choices)), len(self.choices) - 1)]
        low, high = self.choices
        number = low.number + share * (high.number - low.number)
        value = round(number) if self.param.unit == "count" else number
        return Choice(self.param.say(value), from_python(value, self.mark), float(value))


def read_factors(node: Entries, base: Scenario, design: str, problems: list[Problem]) -> list[Factor]:
    """What `vary` says; everything wrong with it is added to the problems."""
    vary = node.entries.get("vary")
    if not isinstance(vary, Entries) or not vary.entries:
        mark = vary.mark if vary is not None else node.mark
        problems.append(Problem("a question varies at least one setting", mark, said(vary) if vary else "",
                                "`vary:`, and below it a key of a scenario and its values"))
        return []
    reader = Reader(base, layout(base.registry), design, problems)
    return [factor for key, inner in vary.entries.items() if (factor := reader.factor(key, vary.key_mark(key), inner))]


def firm_factor(mark: Mark, names: Sequence[str]) -> Factor:
    """The firms of a question that names several, as one more thing that is varied."""
    about = Param("", "The firm", "", "", None, None, tuple(names), {}, "", {})
    return Factor(FIRM, mark, about, tuple(Choice(name, Leaf(name, mark)) for name in names))


def read_baseline(node: Node | None, factors: Sequence[Factor], base: Scenario, problems: list[Problem]) -> dict[str, Choice]:
    """What everything is compared with: a value for some of the settings varied."""
    if node is None:
        return {}
    known = {factor.key: factor for factor in factors}
    if not isinstance(node, Entries):
        problems.append(Problem("`baseline` is a map of settings that are varied", node.mark, said(node),
                                f"such as `{{{next(iter(known), 'KEY')}: VALUE}}`"))
        return {}
    reader, found = Reader(base, layout(base.registry), "grid", problems), {}
    for key, inner in node.entries.items():
        if key not in known:
            allowed, meant = ", ".join(known), nearest(key, known)
            problems.append(Problem(f"`{key[:80]}` is not varied here", node.key_mark(key), key[:80], allowed, meant))
        elif key == FIRM:
            found[key] = reader.among(known[key], inner)
        elif (choice := reader.choice(key, known[key].param, inner)) is not None:
            found[key] = choice if known[key].is_range else reader.listed(known[key], choice)
    return found


@dataclass(frozen=True)
class Reader:
    """Reads the values of settings as a scenario file's are read."""

    base: Scenario
    root: Place
    design: str
    problems: list[Problem]

    def factor(self, key: str, mark: Mark, node: Node) -> Factor | None:
        """One setting with its values; None where it cannot be varied."""
        known = self.known(key, mark)
        if known is None:
            return None
        if isinstance(node, Items):
            return Factor(key, mark, known, self._choices(key, known, node))
        if isinstance(node, Leaf) and node.text.strip() == EVIDENCE:
            return self._over_evidence(key, mark, known, node)
        ends = self.ends(node)
        if ends is None or self.design == "grid":
            what = f"`{key}` says over what it is varied" if ends is None else f"`{key}` is a range, and a grid needs values"
            allowed = _LIST if self.design == "grid" else f"{_RANGE}, or {_LIST}"
            self.problems.append(Problem(what, node.mark, said(node), allowed, "`design: latin`" if ends else ""))
            return None
        return Factor(key, mark, known, self.between(key, known, ends), is_range=True)

    def known(self, key: str, mark: Mark) -> Param | None:
        """What is known of a setting that can be varied; None where it cannot."""
        slot = find(self.root, key)
        if not isinstance(slot, Slot):
            self.problems.append(missing_key(key, self.root, mark))
            return None
        if key in _SHARED:
            self.problems.append(Problem(f"`{key}` cannot be varied: {_SHARED[key]}", mark, key, "any other setting"))
            return None
        return slot.param

    def _over_evidence(self, key: str, mark: Mark, known: Param, node: Node) -> Factor | None:
        if known.span is None or self.design == "grid":
            what = f"`{key}` has no evidence range" if known.span is None else f"`{key}` is a range, and a grid needs values"
            allowed = _LIST if self.design == "grid" else _RANGE
            self.problems.append(Problem(what, node.mark, EVIDENCE, f"{allowed}; {known.allowed()}"))
            return None
        ends = (from_python(plain(known, end), node.mark) for end in known.span)
        low, high = (Choice(known.say(end), inner, float(end)) for end, inner in zip(known.span, ends, strict=True))
        return Factor(key, mark, known, (low, high), is_range=True)

    def _choices(self, key: str, known: Param, node: Items) -> tuple[Choice, ...]:
        if not node.items:
            self.problems.append(Problem(f"`{key}` has no value to take", node.mark, said(node), _LIST))
        found: dict[str, Choice] = {}
        for item in node.items:
            choice = self.choice(key, known, item)
            if choice is not None and (first := found.setdefault(repr(self._value(key, known, item)), choice)) is not choice:
                self.problems.append(Problem(f"two values of `{key}` are the same", item.mark, f"{first.words} and {choice.words}",
                                             "each value once"))
        return tuple(found.values())

    def ends(self, node: Node) -> tuple[Node, Node] | None:
        """Where a range begins and ends; None where the node is none."""
        if isinstance(node, Entries):
            ends = node.entries.get("from"), node.entries.get("to")
            return (ends[0], ends[1]) if len(node.entries) == 2 and ends[0] and ends[1] else None
        if isinstance(node, Leaf):
            low, between, high = node.text.partition(" to ")
            return (Leaf(low.strip(), node.mark), Leaf(high.strip(), node.mark)) if between else None
        return None

    def between(self, key: str, known: Param, ends: tuple[Node, Node]) -> tuple[Choice, ...]:
        """The two ends of a range of numbers; nothing where they are none."""
        low, high = (self.choice(key, known, end) for end in ends)
        if low is None or high is None:
            return ()
        if not (math.isfinite(low.number) and math.isfinite(high.number) and low.number < high.number):
            self.problems.append(Problem(f"`{key}` has no such range", ends[0].mark, f"{low.words} to {high.words}",
                                         "two numbers, the smaller first"))
        return low, high

    def listed(self, factor: Factor, choice: Choice) -> Choice:
        """The value of a list that is meant."""
        value = repr(self._value(factor.key, factor.param, choice.node))
        for one in factor.choices:
            if repr(self._value(factor.key, factor.param, one.node)) == value:
                return one
        return self._none_of(factor, choice.node)

    def among(self, factor: Factor, node: Node) -> Choice:
        """The firm that is meant."""
        return next((one for one in factor.choices if one.words == said(node)), None) or self._none_of(factor, node)

    def _none_of(self, factor: Factor, node: Node) -> Choice:
        self.problems.append(Problem(f"`{factor.key}` does not take this value here", node.mark, said(node),
                                     ", ".join(one.words for one in factor.choices)))
        return factor.choices[0]

    def choice(self, key: str, known: Param, node: Node) -> Choice | None:
        """One value; None where there is none to be read."""
        try:
            value = self._value(key, known, node)
        except Unreadable as error:
            self.problems.extend(error.problems)
            return None
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return Choice(said(node), node, float(value) if is_number else math.nan)

    def _value(self, key: str, known: Param, node: Node) -> Any:
        slot = find(self.root, key)
        assert isinstance(slot, Slot)
        value = value_of(key, known, node, self.root)
        checked(slot, key, node, value)
        return value
