"""The facts are played for real, in few worlds: what must hold however few they are."""

from __future__ import annotations

import pytest

from smsim.facts.judging import NOT_MEASURED, Finding
from smsim.facts.playing import facts


@pytest.fixture(scope="module")
def found() -> dict[str, Finding]:
    return {finding.fact.id: finding for finding in facts(replications=4)}


def _value(finding: Finding, name: str) -> float:
    return next(one.value for one in finding.measures if one.measure.name == name)


@pytest.mark.slow
def test_every_measure_of_every_fact_has_a_value(found: dict[str, Finding]) -> None:
    judged = [(finding.fact.id, one) for finding in found.values() for one in finding.measures]
    assert [(number, one.measure.name) for number, one in judged if one.verdict == NOT_MEASURED] == []


@pytest.mark.slow
def test_leads_really_rise_by_half_and_reps_are_busy(found: dict[str, Finding]) -> None:
    assert _value(found["5"], "rise in leads") == pytest.approx(0.5, abs=0.06)
    assert _value(found["5"], "utilisation") == pytest.approx(1.0, abs=0.02)


@pytest.mark.slow
def test_later_calls_qualify_less(found: dict[str, Finding]) -> None:
    assert _value(found["3"], "1st over 2nd hour") > 1
    assert _value(found["3"], "1st hour over a day or more") > _value(found["3"], "1st over 2nd hour")


@pytest.mark.slow
def test_what_idle_askers_ask_comes_at_once_and_what_buyers_ask_does_not(found: dict[str, Finding]) -> None:
    assert _value(found["7"], "everybody, 6 months") > _value(found["7"], "buyers, 6 months")
