"""What the facts read off a run, on tables small enough to count by hand."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest

from smsim.facts import black_hole, carry_over, lead_decay, more_leads, response_times
from smsim.facts.fact import Played
from smsim.scenario import load

NEVER = math.nan
#: Two weeks of warm-up, ten weeks in all.
TIMES = {"run.warm_up": 14.0, "run.weeks": 10}
START = 14.0


def _played(rows: list[tuple[float, float, bool, str]], scenario: Any = TIMES, kpis: dict[str, float] | None = None) -> Played:
    """Leads as (day of birth, hours to the first call, whether qualified, outcome)."""
    born = np.array([row[0] for row in rows])
    touched = born + np.array([row[1] for row in rows]) / 24.0
    leads = pd.DataFrame({
        "created": born, "first_touch": touched, "qualified": np.where([row[2] for row in rows], touched, np.nan),
        "outcome": [row[3] for row in rows],
    })
    return Played(scenario, kpis or {}, pd.DataFrame({"day": np.arange(70)}), leads)


def _means(played: Played, numbers: Any, world: str) -> dict[str, dict[str, float]]:
    return {world: dict(numbers(played))}


def test_only_leads_born_after_the_warm_up_and_a_month_before_the_end_count_for_the_black_hole() -> None:
    played = _played([
        (13.9, NEVER, False, "cold_in_queue"),      # in the warm-up
        (40.1, NEVER, False, "cold_in_queue"),      # less than 30 days before day 70
        (20.0, NEVER, False, "below_threshold"),    # no marketing lead
        (START, NEVER, False, "cold_in_queue"), (20.0, NEVER, False, "never_routed"), (40.0, NEVER, False, "expired"),
        (20.0, 5.0, True, "won"),
    ])
    assert black_hole.numbers(played) == {"leads": 4, "never_worked": 3}
    assert black_hole.never_worked(_means(played, black_hole.numbers, "firm")) == 0.75


def test_response_times_are_those_of_answered_leads_only() -> None:
    hours = [0.5, 1.0, 10.0, 24.0, 100.0]
    means = _means(_played([(20.0, h, False, "not_a_buyer") for h in [*hours, NEVER, NEVER]]), response_times.numbers, "web")
    assert response_times.share_within(0.5)(means) == pytest.approx(0.2)
    assert response_times.share_within(4)(means) == pytest.approx(0.4)
    assert response_times.share_within(72)(means) == pytest.approx(0.8)
    assert response_times.mean_hours(means) == pytest.approx(np.mean(hours))
    assert response_times.variation(means) == pytest.approx(np.std(hours) / np.mean(hours))


def test_an_answer_after_a_month_counts_as_an_answer_but_not_in_the_mean() -> None:
    means = _means(_played([(20.0, 2.0, False, "stalled"), (20.0, 721.0, False, "stalled")]), response_times.numbers, "web")
    assert response_times.mean_hours(means) == pytest.approx(2.0)
    assert response_times.share_within(720)(means) == pytest.approx(0.5)


def test_qualify_rates_are_counted_by_age_at_the_first_call() -> None:
    rows = [(20.0, 0.3, True, "won")] * 3 + [(20.0, 0.9, False, "cold_in_queue")]          # 3 of 4 in the first hour
    rows += [(20.0, 1.5, True, "won")] + [(20.0, 1.9, False, "cold_in_queue")] * 3         # 1 of 4 in the second
    rows += [(20.0, 5.0, True, "won")] + [(20.0, 20.0, False, "cold_in_queue")] * 9        # 1 of 10 until the end of the day
    rows += [(20.0, 30.0, True, "won")] + [(20.0, 900.0, False, "cold_in_queue")] * 19     # 1 of 20 later
    rows += [(20.0, NEVER, False, "cold_in_queue")] * 50
    means = _means(_played(rows), lead_decay.numbers, "web")
    values = {measure.name: measure.of(means) for measure in lead_decay.FACT.measures}
    assert values == pytest.approx({
        "1st over 2nd hour": 3.0, "1st hour over a day or more": 15.0, "drop after 1 hour": 0.5, "drop after 2 hours": 0.15,
        "drop after 24 hours": 0.05,
    })


def test_a_rate_that_rises_with_age_is_seen() -> None:
    rows = [(20.0, 1.5, False, "cold_in_queue"), (20.0, 5.0, True, "won"), (20.0, 30.0, False, "cold_in_queue")]
    means = _means(_played(rows), lead_decay.numbers, "web")
    assert lead_decay.drop((1.0, 2.0), (2.0, 24.0))(means) < 0


def test_leads_that_nobody_called_lengthen_the_delay_of_all_leads_only() -> None:
    scenario = load("b2b", ["run.weeks=10", "run.warm_up=2 weeks"])
    kpis = {"revenue": 100.0, "selling_hours": 640.0}
    calls = [(20.0, 10.0, True, "won"), (20.0, 20.0, False, "not_a_buyer")]
    few = more_leads.numbers(_played(calls, scenario, kpis))
    many = more_leads.numbers(_played([*calls, (20.0, NEVER, False, "cold_in_queue")], scenario, kpis))
    means = {"firm": few, "more": many}
    assert more_leads.change(more_leads.ratio("hours_of_called", "called"))(means) == pytest.approx(0.0)
    assert more_leads.change(more_leads.ratio("hours_of_all", "old_leads"))(means) == pytest.approx((10 + 20 + 720) / 3 - 15)
    assert more_leads.rise(means) == pytest.approx(0.5)


def test_reps_who_sell_all_day_are_fully_used() -> None:
    """Eight weeks of five days of eight hours, eight reps: 2560 hours, of which admin leaves 64% for selling."""
    scenario = load("b2b", ["run.weeks=10", "run.warm_up=2 weeks"])
    found = more_leads.numbers(_played([(20.0, 1.0, False, "won")], scenario, {"revenue": 1.0, "selling_hours": 2560 * 0.64}))
    assert found["working_hours"] == pytest.approx(2560)
    assert found["busy_hours"] == pytest.approx(2560)


def test_elasticity_is_one_where_revenue_grows_as_leads_do() -> None:
    firm = {"leads": 100.0, "revenue": 50.0}
    assert more_leads.elasticity({"firm": firm, "more": {"leads": 150.0, "revenue": 75.0}}) == pytest.approx(1.0)
    assert more_leads.elasticity({"firm": firm, "more": {"leads": 150.0, "revenue": 50.0}}) == pytest.approx(0.0)


def test_the_firm_with_more_leads_spends_half_as_much_again_on_every_channel_of_the_plain_one() -> None:
    plain, more = (load(world.scenario).but(world.settings) for world in more_leads.WORLDS.values())
    changed = {key for key, value in more.values().items() if value != plain.values()[key]}
    spending = {key for key in plain.values() if key.startswith("channels.") and key.endswith(".spend")}
    assert changed == spending | {"market.customers"}
    assert all(more[key] == 1.5 * plain[key] for key in changed)


def test_the_burst_is_all_that_differs_between_the_worlds_of_a_pair() -> None:
    worlds = {label: load(world.scenario).but(world.settings).values() for label, world in carry_over.WORLDS.items()}
    for who in (carry_over.BUYERS, carry_over.ALL):
        with_it, without = worlds[f"{who}, burst"], worlds[who]
        assert {key for key in without if with_it[key] != without[key]} == {"channels.broadcast.spend"}


def _weekly(extra: list[float]) -> dict[str, dict[str, float]]:
    base = {f"week_{week}": 100.0 for week in range(carry_over.WEEKS)}
    padded = extra + [0.0] * (carry_over.WEEKS - len(extra))
    return {"buyers": base, "buyers, burst": {f"week_{week}": 100.0 + more for week, more in enumerate(padded)}}


def test_an_effect_that_fades_as_goodwill_does_lies_within_six_to_nine_months() -> None:
    means = _weekly([0.932**week for week in range(carry_over.WEEKS)])
    whole = 1 - 0.932**carry_over.WEEKS
    assert carry_over.share_within(26, "buyers")(means) == pytest.approx((1 - 0.932**26) / whole)
    assert carry_over.share_within(26, "buyers")(means) < 0.9 < carry_over.share_within(39, "buyers")(means)


def test_an_effect_of_one_week_lies_within_six_months_whole() -> None:
    assert carry_over.share_within(26, "buyers")(_weekly([7.0])) == pytest.approx(1.0)


def test_inquiries_are_counted_by_week_since_the_burst() -> None:
    days = [carry_over.BEFORE * 7 - 0.5, carry_over.BEFORE * 7.0, carry_over.BEFORE * 7 + 6.9, carry_over.BEFORE * 7 + 7.0]
    scenario = {"run.warm_up": carry_over.BEFORE * 7.0, "run.weeks": carry_over.BEFORE + carry_over.WEEKS}
    found = carry_over.numbers(_played([(day, NEVER, False, "below_threshold") for day in days], scenario))
    assert (found["week_0"], found["week_1"], sum(found.values())) == (2, 1, 3)
