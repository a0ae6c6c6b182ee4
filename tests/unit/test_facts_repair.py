"""Facts 14 and 15: what is counted, and that a change is asked for only where the model has what it needs."""

from __future__ import annotations

import pytest

from smsim import load
from smsim.facts import asymmetric_trust, repair
from smsim.facts.fact import Played


def _played(kpis: dict[str, float]) -> Played:
    return Played(None, kpis, None, None)  # type: ignore[arg-type]


@pytest.mark.parametrize(("levels", "count"), [
    ([0.5, 0.4, 0.5, 0.6], 1.0), ([0.5, 0.4, 0.6], 0.5), ([0.5, 0.3, 0.4, 0.6], 1.5), ([0.5, 0.5, 0.6], 0.0),
])
def test_successes_are_counted_up_to_the_level_the_last_one_in_part(levels: list[float], count: float) -> None:
    assert asymmetric_trust.successes(iter(levels)) == pytest.approx(count)


@pytest.mark.parametrize("harshness", [1.0, 2.0, 3.0])
def test_at_one_half_it_takes_about_as_many_successes_as_a_failure_weighs(harshness: float) -> None:
    scenario = load("b2b").but({"culture.harshness": harshness})
    assert asymmetric_trust.successes(asymmetric_trust.sales(scenario)) == pytest.approx(harshness)
    assert asymmetric_trust.successes(asymmetric_trust.marketing(scenario)) == pytest.approx(harshness, rel=0.03)


def test_collaboration_is_the_mean_of_what_the_two_believe_of_each_other() -> None:
    kpis = {"trust_sales_in_marketing": 0.4, "trust_marketing_in_sales": 0.2, "intel_used_share": 0.1, "stereotype_of_marketing": 0.3,
            "stereotype_of_sales": 0.5, "conflicts_open": 2.0}
    found = repair.numbers(_played(kpis))
    assert found == {"collaboration": pytest.approx(0.3), "exchange": 0.1, "pictures": pytest.approx(0.4), "conflicts": 2.0}
    means = {"meetings": {"exchange": 0.5}, "meetings, without": {"exchange": 0.2}}
    assert repair.change("meetings", "exchange")(means) == pytest.approx(0.3)


def test_a_setting_that_is_not_there_is_left_out_and_so_is_a_change_that_needs_it() -> None:
    assert repair.there({"culture.trust": 0.5, "culture.nothing": 1.0}) == {"culture.trust": 0.5}
    assert {"rotation", "committees", "meetings", "co-location", "training", "frequency"} <= set(repair.CHANGES)
    for name, (without, with_it) in repair.CHANGES.items():
        assert repair.there(without | with_it) == without | with_it, name
        assert {name, f"{name}, without"} <= set(repair.FACT.worlds)
