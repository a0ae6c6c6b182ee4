"""The questions of the emergence study: which firms are played, and which differences answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import smsim
from smsim.scenario.sizing import larger_market
from studies import channels
from studies.cells import NEVER, Cell, Contrast, Label, apart, cell, gain

FIRMS = ("b2b", "web")
RHYTHMS = ("13 weeks", "4 weeks", "2 weeks", "1 week", "1 day")
FEW = ("4 weeks", "1 week", "1 day")
#: What is left out or switched off, one at a time.
ABLATIONS: Mapping[str, Mapping[str, Any]] = {
    "no pooling": {},
    "bandwidth 0": {"practices.meetings.bandwidth": 0},
    "trust frozen": {"culture.frozen": "yes"},
    "no drift, no shocks": {"market.drift": 0, "market.shocks": 0},
    "age seen by all": {"leads.age_seen": 1},
}
#: What is swept: setting → values.
RANGES: Mapping[str, tuple[Any, ...]] = {
    "leads.decay.impatient_share": (0, 0.25, 0.5, 0.8, 0.97),
    "load": (0.5, 1, 1.5, 2),
    "market.tolerance": (0.35, 0.5, 0.7, 1),
    "leads.age_seen": (0, 0.1, 0.25, 0.5, 1),
    "leads.priority": ("learned", "first_in", "newest", "hottest", "value"),
}
_CORNER = [(tolerance, drift) for tolerance in (0.35, 0.5) for drift in (0.02, 0.05)]


@dataclass(frozen=True)
class Question:
    """One question: its name, how many worlds, and the contrasts that answer it."""

    name: str
    replications: int
    ask: Callable[[], Iterable[Contrast]]

    @cached_property
    def contrasts(self) -> list[Contrast]:
        """All contrasts, in the order of the tables."""
        return list(self.ask())

    def cells(self) -> dict[Cell, str]:
        """Every firm that has to be played, and the setting it belongs to."""
        found: dict[Cell, str] = {}
        for one in self.contrasts:
            for each in one.cells:
                found.setdefault(each, one.label.setting)
        return found


def _rhythm(arms: Iterable[str]) -> Iterator[Contrast]:
    for firm in FIRMS:
        for arm in arms:
            for every in RHYTHMS:
                yield gain(Label(firm, "", "", every, arm), cell(firm, every, arm), cell(firm, NEVER))


def _channels() -> Iterator[Contrast]:
    for firm in FIRMS:
        for every in ("4 weeks", "1 week"):
            cells = {some: cell(firm, every, channels.arm(some)) for some in channels.coalitions()}
            yield from channels.parts(firm, every, cells, cell(firm, NEVER))


def _ablations() -> Iterator[Contrast]:
    for firm in FIRMS:
        full = {every: gain(Label(firm, "full model", "", every, "gain"), cell(firm, every), cell(firm, NEVER)) for every in FEW}
        yield from full.values()
        for name, changes in ABLATIONS.items():
            arm = "both - pooling" if name == "no pooling" else "both"
            for every in FEW:
                own = gain(Label(firm, name, "", every, "gain"), cell(firm, every, arm, changes), cell(firm, NEVER, changes=changes))
                yield own
                yield apart(Label(firm, name, "", every, "gain less full model's"), own, full[every])


def _ranges() -> Iterator[Contrast]:
    for firm in FIRMS:
        for setting, values in RANGES.items():
            for value in values:
                changes = load(firm, value) if setting == "load" else {setting: value}
                base = cell(firm, NEVER, changes=changes)
                for every in FEW:
                    yield gain(Label(firm, setting, str(value), every, "both"), cell(firm, every, changes=changes), base)


def load(firm: str, times: float) -> dict[str, float]:
    """So many times the customers and the money of every channel for the same people: each customer is reached as before."""
    return larger_market(times, smsim.load(firm))


def _corner() -> Iterator[Contrast]:
    for firm in FIRMS:
        for tolerance, drift in _CORNER:
            changes = {"leads.age_seen": 1, "market.tolerance": tolerance, "market.drift": drift}
            base = cell(firm, NEVER, changes=changes)
            for arm in ("up", "down", "both"):
                for every in ("4 weeks", "1 week"):
                    label = Label(firm, "tolerance, drift", f"{tolerance}, {drift}", every, arm)
                    yield gain(label, cell(firm, every, arm, changes), base)


QUESTIONS = (
    Question("rhythm", 200, lambda: _rhythm(["both"])),
    Question("direction", 200, lambda: _rhythm(["up", "down", "none"])),
    Question("channels", 200, _channels),
    Question("ablations", 200, _ablations),
    Question("ranges", 60, _ranges),
    Question("corner", 60, _corner),
)
