"""The study of practices: which settings switch one on stands in one scenario each, and switches on nothing else."""

from __future__ import annotations

import pytest

from smsim import load
from smsim.claims.claim import BASE
from smsim.core.registry import registry
from studies.practices import ALL, firms, playable, switched_on


def _on(scenario):
    return {name for name, practice in registry().practices.items() if practice.is_on(scenario)}


@pytest.mark.parametrize("name", playable())
def test_the_scenario_of_a_practice_switches_on_that_one_alone(name):
    own, before = load(f"practices/{name}"), load("silo")
    assert _on(own) - _on(before) == {name}
    assert all(key.startswith(f"practices.{name}.") or name in key for key in switched_on(name))


def test_every_practice_is_played_alone_and_left_out():
    made = {firm.name: _on(firm) for firm in firms()}
    base, every = made[load(BASE).name], set(playable())
    assert made[ALL] - base == every
    for name in playable():
        assert made[name] - base == {name}
        assert made[f"{ALL} but {name}"] - base == every - {name}
