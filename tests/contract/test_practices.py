"""A practice acts through the currencies it names, and through nothing else; alone, and with all the others."""

from __future__ import annotations

import pytest
from worlds import SMALL, WORLDS, scenario

from smsim import play
from smsim.core.contracts import CURRENCIES
from smsim.core.registry import registry
from smsim.testing import differing, muted

PRACTICES = registry().practices
CHANNELS = [(name, currency) for name, practice in PRACTICES.items() for currency in practice.through]
#: Where a practice is on, and the figures it may leave behind even if nothing of it arrives in the world: what it tallies itself.
OWN_FIGURES: dict[str, set[str]] = {"crm": {"kpi crm_use", "days crm_use"}}


def world_of(name):
    """A small world in which the practice is on."""
    return scenario(SMALL, WORLDS[name])


def silent(name):
    """The same world without it."""
    return scenario(SMALL, {key: value for key, value in WORLDS[name].items() if not key.startswith(f"practices.{name}.")})


@pytest.mark.parametrize("name", PRACTICES)
def test_a_practice_names_the_channels_through_which_it_acts(name):
    practice = PRACTICES[name]
    assert practice.through, "name the columns, by currency"
    assert set(practice.through) <= set(CURRENCIES)
    for columns in practice.through.values():
        assert {column for column in columns if not {column, column.partition(".")[0] + ".*"} & set(practice.writes)} == set()


@pytest.mark.parametrize("name", PRACTICES)
def test_with_all_it_writes_cut_nothing_is_left_of_a_practice(name):
    with muted(PRACTICES[name], PRACTICES[name].writes):
        cut = play(world_of(name), 1, leads=True)
    assert differing(cut, play(silent(name), 1, leads=True)) <= OWN_FIGURES.get(name, set())


@pytest.mark.parametrize(("name", "currency"), CHANNELS)
def test_what_goes_through_a_channel_goes_with_it(name, currency):
    with muted(PRACTICES[name], PRACTICES[name].through[currency]):
        cut = play(world_of(name), 1, leads=True)
    assert differing(cut, play(world_of(name), 1, leads=True))


@pytest.mark.parametrize("name", PRACTICES)
def test_a_practice_does_its_part_among_all_others(name):
    together = {key: value for other in PRACTICES for key, value in WORLDS[other].items()}
    without = {key: value for key, value in together.items() if not key.startswith(f"practices.{name}.")}
    everything, rest = (play(scenario(SMALL, made), 1, leads=True) for made in (together, without))
    assert differing(everything, rest)
