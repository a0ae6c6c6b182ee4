"""The numbers of shipped scenarios stay what they are until somebody says why they move."""

from __future__ import annotations

import json
import math

import pytest

from smsim.scenario.library import names
from tools.golden import NUMBERS, numbers

KNOWN = json.loads(NUMBERS.read_text(encoding="utf-8"))


def test_every_shipped_scenario_has_its_numbers():
    assert sorted(KNOWN) == sorted(names())


def same(one, other):
    return one is other if None in (one, other) else math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-9)


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_a_shipped_scenario_gives_the_numbers_it_gave(name):
    """To a millionth: `exp` is not the same to the last bit on all machines."""
    found = numbers(name)
    assert sorted(found) == sorted(KNOWN[name])
    moved = {kpi: (was, found[kpi]) for kpi, was in KNOWN[name].items() if not same(found[kpi], was)}
    assert not moved, "if that is meant: `make golden`, and a news fragment that says why"
