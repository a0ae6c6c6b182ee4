"""Recommending where the best is known: exact cases as objectives in the model's place, budgets, and worlds that disagree."""

from __future__ import annotations

from pathlib import Path

import objectives
import pytest

from smsim.advice.advice import Advice
from smsim.advice.decision import read_decision
from smsim.advice.recommending import Found, recommend
from smsim.experiment.runner import Crew

SHORT = "weeks: 2\nmeasure: deals_won\n"


@pytest.fixture
def decide(tmp_path: Path):
    def decided(text: str, play, *sets: str) -> Found:
        file = tmp_path / "d.yaml"
        file.write_text(f"base: silo\n{SHORT}{text}", encoding="utf-8")
        return recommend(read_decision(file, ["run.warm_up=0 weeks", *sets]), Crew(play=play, store="off"))

    return decided


def test_the_best_rhythm_of_a_market_that_walks_is_four_weeks(decide) -> None:
    rhythm = "levers: {practices.meetings.every: {from: 1 week, to: 16 weeks, cost: 0 to 0}}\n"
    found = decide(f"{rhythm}trials: 40\nreplications: 48\nfirst: 6\n", objectives.meeting)
    told = Advice.of(found).about
    span, = told["spans"]
    assert span["low_number"] <= 28 <= span["high_number"]
    assert span["low_number"] <= span["best_number"] <= span["high_number"]
    assert span["high_number"] - span["low_number"] < 7 * 7


@pytest.mark.parametrize(("quota", "best"), [(0.5, 0.7226), (1.0, 0.2967), (1.25, 0.0434)])
def test_the_best_effort_under_a_quota_is_found_on_the_right_hill(decide, quota: float, best: float) -> None:
    effort = "levers: {channels.advertising.spend: {from: 0 per week, to: 2 per week, cost: 0 to 0}}\n"
    found = decide(f"{effort}trials: 40\nreplications: 48\nfirst: 6\n", objectives.effort,
                   f"selling.effort.expected={quota} per week", "channels.advertising.spend=3 per week")
    span, = Advice.of(found).about["spans"]
    assert span["low_number"] <= best <= span["high_number"]
    assert [place["number"] for place in span["places"]][:: len(span["places"]) - 1] == [0.0, 2.0]


def test_a_budget_is_split_as_elasticities_say_and_spent(decide) -> None:
    found = decide("""
levers:
  channels.advertising.spend: {from: 1 per week, to: 100 per week, cost: 1 to 100}
  channels.promotion.spend: {from: 1 per week, to: 100 per week, cost: 1 to 100}
budget: 100
trials: 90
replications: 48
first: 6
""", objectives.split, "channels.advertising.spend=0.1 per week", "channels.promotion.spend=0.1 per week")
    ads, heads = Advice.of(found).about["spans"]
    assert ads["low_number"] <= 100 * 0.12 / 0.46 <= ads["high_number"]
    assert heads["low_number"] <= 100 * 0.34 / 0.46 <= heads["high_number"]
    assert ads["high_number"] - ads["low_number"] < 50
    made = found.bench.candidates
    assert 90 < made.cost(found.leader) <= 100
    assert all(made.cost(place.pick) <= 100 for along in found.ranges for place in along.places)


TWO = """
levers:
  practices.meetings.every: {4 weeks: 100}
  practices.pledge.within: {2 hours: 100}
budget: 100
worlds: {named: {forgiving: {market.tolerance: 1}, strict: {market.tolerance: 0.4}}}
replications: 20
"""


def test_the_expected_and_the_robust_answer_differ_where_worlds_do(decide) -> None:
    assert decide(TWO, objectives.bet).recommended == (0.0, None)
    assert decide(TWO + "objective: worst tenth\n", objectives.bet).recommended == (None, 0.0)
    assert decide(TWO + "objective: share above 1\n", objectives.bet).recommended == (None, 0.0)


def test_regret_is_told_world_by_world(decide) -> None:
    table = Advice.of(decide(TWO, objectives.bet)).regret.set_index(["world", "candidate"])["regret"]
    assert table["forgiving", "meetings.every 4 weeks"] == 0
    assert table["strict", "meetings.every 4 weeks"] == pytest.approx(6, abs=0.01)
    assert table["forgiving", "pledge.within 2 hours"] == pytest.approx(8, abs=0.01)


@pytest.mark.parametrize("trials", [3, 60])
def test_nobody_above_the_budget_is_ever_played(decide, trials: int) -> None:
    text = """
levers:
  practices.meetings.every: {1 week: 60, 4 weeks: 30}
  practices.pledge.within: {2 hours: 50}
  practices.ride_alongs.every: {4 weeks: 40, 8 weeks: 20}
  leads.priority: {newest: 0}
budget: 70
replications: 4
"""
    played = []

    def seen(scenario, seed, leads=False):
        played.append((scenario["practices.meetings.every"], scenario["practices.pledge.within"], scenario["practices.ride_alongs.every"]))
        return objectives.bet(scenario, seed, leads)

    found = decide(f"{text}trials: {trials}\n", seen)
    costs = [{7.0: 60, 28.0: 30}.get(m, 0) + (50 if p > 0 else 0) + {28.0: 40, 56.0: 20}.get(r, 0) for m, p, r in played]
    assert max(costs) <= 70
    assert max(costs) >= 50
    assert all(found.bench.candidates.cost(pick) <= 70 for pick in found.looked_at)


def test_a_range_of_whole_numbers_is_searched_at_whole_numbers(decide) -> None:
    found = decide("levers: {company.reps: {from: 3, to: 7, cost: 0 to 40}}\ntrials: 30\nreplications: 6\n", objectives.staff)
    looked_at = {found.bench.candidates.label(pick) for pick in found.looked_at}
    assert looked_at == {"as it is", *(f"company.reps {count}" for count in range(3, 8))}
    span, = Advice.of(found).about["spans"]
    assert [place["number"] for place in span["places"]] == [3, 4, 5, 6, 7]
    assert (span["low_number"], span["best_number"], span["high_number"]) == (4, 5, 6)
