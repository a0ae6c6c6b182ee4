"""What cannot be launched: a product nobody has described, one product twice, a date that lies outside the run."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from smsim.errors import Problem
from smsim.scenario.nodes import NOWHERE, Entries, Items, Node, nearest, said
from smsim.world.products import Launch, Product

if TYPE_CHECKING:
    from smsim.scenario.scenario import Scenario

#: The section of a file that holds launches, and the dates of each.
LAUNCHES, DATES = "launches", ("train", "announce", "ship", "rival_enters", "ends")


def problems_of(scenario: Scenario) -> Iterator[Problem]:
    """What is wrong with the launches of a scenario, each problem at its place in the file."""
    node = scenario.node.entries.get(LAUNCHES)
    if not isinstance(node, Items) or Launch not in scenario.registry.sections:
        return
    seen: dict[str, str] = {}
    for index, item in enumerate(node.items):
        if isinstance(item, Entries):
            yield from _of_product(scenario, index, item, seen)
            yield from _of_dates(scenario, index, item)


def _of_product(scenario: Scenario, index: int, item: Entries, seen: dict[str, str]) -> Iterator[Problem]:
    """The product is one of those described, and launched once."""
    key, products = f"{LAUNCHES}.{index}.product", list(scenario.each(Product))
    product, mark = str(scenario[key]), _node(item, "product").mark
    allowed = f"one of `products`: {', '.join(products) or 'none is described'}"
    if not product.strip():
        yield Problem(f"`{key}` is needed", mark, said(item), allowed)
    elif product not in products:
        yield Problem(f"`{key}` names no product", mark, product, allowed, nearest(product, products))
    elif product in seen:
        yield Problem(f"`{product}` is launched twice", mark, product, f"one launch of each product; the first stands at {seen[product]}")
    seen.setdefault(product, str(mark))


def _of_dates(scenario: Scenario, index: int, item: Entries) -> Iterator[Problem]:
    """Whatever has a date falls into the run."""
    weeks = scenario["run.weeks"]
    for word in DATES:
        key = f"{LAUNCHES}.{index}.{word}"
        day = scenario[key]
        if not math.isinf(day) and day >= weeks * 7:
            node = _node(item, word)
            allowed = f"a date before `week {weeks}`, when the run ends, or `never`"
            yield Problem(f"`{key}` lies outside the run", node.mark, said(node), allowed)


def _node(item: Entries, word: str) -> Node:
    """What was written under a word; the whole item where nothing was."""
    found = item.entries.get(word, item)
    return found if found.mark is not NOWHERE else item
