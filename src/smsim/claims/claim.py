"""A claim: what an article says follows from what, how the model is asked, and what would bear it out.

    pair         one firm without the cause, one with it: the paired difference of the figure
    interaction  two causes, four firms: what both bring together, less what each brings alone
    interior     one setting over a list of values, or a row of firms: the best inner one against both ends
    level        one firm: the figure itself, above or below a number written down before

The firms are played again with other values of the assumed settings a claim rests on (`rests_on`), one setting at a time. A claim
that cannot be asked says why (`untestable`); one that waits for a part of the model says for which (`waits_for`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from smsim.scenario import Scenario
from smsim.scenario.nodes import Leaf, Node

#: The firm in which a claim is asked that names no other. Here and nowhere else.
BASE = "whole_silo"
PAIR, INTERACTION, INTERIOR, LEVEL = "pair", "interaction", "interior", "level"
#: What is expected of the figure: it rises (or lies above), it falls (or lies below), it stays.
RISES, FALLS, STAYS = "+", "-", "0"
EXPECTED = (RISES, FALLS, STAYS)
#: The arms of a level, a pair and an interaction; those of an interior test are its values in words.
FIRM, WITHOUT, WITH = "firm", "without", "with"
FIRST, SECOND, BOTH = "first", "second", "both"

#: Settings and what stands for them, in the order in which they are laid over a firm.
type Settings = tuple[tuple[str, Node], ...]


@dataclass(frozen=True)
class Point:
    """A value of one assumed setting; the defaults where there is no key."""

    key: str = ""
    words: str = ""

    def __str__(self) -> str:
        return f"{self.key} = {self.words}" if self.key else "as it stands"


#: Nothing is changed but what the claim is about.
CENTRE = Point()


@dataclass(frozen=True)
class Ask:
    """How the model is asked, and what is expected of which figure (a key figure, or one `/` another).

    `common` holds in all firms, on top of their base; `arms` is what makes each; `rests_on` the assumed settings and the values they
    are asked over. `edge` is the number a level is held against. `band` is the size below which a difference does not matter, in units
    of the figure; none for the usual share of the baseline.
    """

    kind: str
    figure: str
    expected: str
    base: Leaf
    common: Settings
    arms: Mapping[str, Settings]
    rests_on: Mapping[str, tuple[Node, ...]] = field(default_factory=dict)
    edge: float = 0.0
    band: float | None = None

    @property
    def figures(self) -> tuple[str, ...]:
        """The key figures it is made of."""
        return tuple(part.strip() for part in self.figure.split("/"))


@dataclass(frozen=True)
class Claim:
    """One claim of one article, in our words."""

    id: str
    article: str
    text: str
    mechanisms: tuple[str, ...]
    kpi: str
    expected: str
    #: How the model is asked; none where it cannot be.
    ask: Ask | None
    #: Why it cannot be asked; empty where it can.
    reason: str = ""
    #: The parts of the model it waits for.
    waits_for: tuple[str, ...] = ()
    #: What a reader should know of how it is asked.
    note: str = ""
    #: The claim as it stands in its file.
    written: str = field(default="", repr=False)

    @property
    def digest(self) -> str:
        """Tells this claim, as it is written, from any other."""
        return hashlib.blake2b(f"{BASE}\n{self.written}".encode(), digest_size=8).hexdigest()


#: The firms of a claim, by point and arm.
Firms = Mapping[Point, Mapping[str, Scenario]]
