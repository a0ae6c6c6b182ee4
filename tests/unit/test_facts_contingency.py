"""Contingency asks the two shipped firms, and reads gains as they are."""

from __future__ import annotations

import pytest

from smsim import load
from smsim.facts.contingency import ALIGNED, DIVIDED, FACT, change, gain, more


@pytest.mark.parametrize(("settings", "of", "shipped"), [(DIVIDED, "silo", "divided"), (ALIGNED, "divided", "aligned")])
def test_what_is_asked_of_a_launch_is_what_the_shipped_firms_have(settings, of, shipped):
    assert load(of).but(settings).values() == load(shipped).values()


def test_gains_are_shares_of_what_the_divided_firm_earns():
    means = {"a, divided": {"contribution": 200.0}, "a, aligned": {"contribution": 220.0},
             "b, divided": {"contribution": 100.0}, "b, aligned": {"contribution": 90.0}}
    assert gain("a")(means) == pytest.approx(0.1)
    assert more("a", "b")(means) == pytest.approx(0.2)
    assert change("contribution", "a, aligned", "b, divided")(means) == pytest.approx(1.2)


def test_every_gain_has_its_two_worlds():
    firms = [name.rpartition(", ") for name in FACT.worlds if ", " in name]
    assert {where for where, _, firm in firms if firm == "divided"} == {where for where, _, firm in firms if firm == "aligned"}
