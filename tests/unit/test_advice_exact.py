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
    assert span["high_number"] - span["low_number"] < 7 * 7
    row = Advice.of(found).shortlist.iloc[0]
    exact = -(2 / 4 + 0.25 * 4 / 2) + 9.0
    assert row["low"] - 0.02 <= exact <= row["high"] + 0.03


@pytest.mark.parametrize(("quota", "best"), [(0.5, 0.7226), (1.0, 0.2967), (1.25, 0.0434)])
def test_the_best_effort_under_a_quota_is_found_on_the_right_hill(decide, quota: float, best: float) -> None:
    effort = "levers: {channels.advertising.spend: {from: 0 per week, to: 2 per week, cost: 0 to 0}}\n"
    found = decide(f"{effort}trials: 40\nreplications: 48\nfirst: 12\n", objectives.effort,
                   f"selling.effort.expected={quota} per week", "channels.advertising.spend=3 per week")
    span, = Advice.of(found).about["spans"]
    assert span["low_number"] <= best <= span["high_number"]
    found_at = found.bench.decision.levers[0].option(found.leader[0]).number
    assert objectives.reward(best, quota) - objectives.reward(found_at, quota) < 0.002


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
    made = found.bench.candidates
    ads, heads = (found.bench.decision.levers[at].option(found.leader[at]).number for at in (0, 1))
    assert made.cost(found.leader) == pytest.approx(100, abs=8)
    assert ads / (ads + heads) == pytest.approx(0.12 / 0.46, abs=0.09)
    exact = (100 * 0.12 / 0.46) ** 0.12 * (100 * 0.34 / 0.46) ** 0.34
    row = Advice.of(found).shortlist.set_index("is_leader").loc[True]
    assert row["lead_gain"] == 0.0
    assert row["low"] - 0.03 <= exact - 0.1**0.46 <= row["high"] + 0.06


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


def test_where_nothing_helps_nothing_is_recommended(decide) -> None:
    text = "levers: {practices.meetings.every: {4 weeks: 10, 1 week: 20}, practices.pledge.within: {2 hours: 10}}\nreplications: 12\n"
    wrong = [decide(f"{text}seed: {seed}\n", objectives.nothing).recommended != (None, None) for seed in range(5)]
    assert sum(wrong) <= 1
