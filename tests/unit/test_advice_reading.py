"""A file of a decision is read as a scenario file is: what is wrong is told with its place, and what was probably meant."""

from __future__ import annotations

import json
import math
from pathlib import Path

import jsonschema
import numpy as np
import pytest
import yaml

from smsim.advice.candidates import Candidates
from smsim.advice.decision import Decision, read_decision
from smsim.advice.objective import BELOW, EXPECTED, WORST, Objective
from smsim.advice.schema import decision_schema
from smsim.compare import paired
from smsim.core.kpi import Kpi
from smsim.errors import InputError
from smsim.scenario.library import folder, names

LEVERS = "base: silo\nlevers:\n  practices.meetings.every: {never: 0, 4 weeks: 6000, 1 week: 500 per week}\n"


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)

    def asked(text: str, *sets: str) -> Decision:
        (tmp_path / "d.yaml").write_text(text, encoding="utf-8")
        return read_decision("d.yaml", list(sets))

    return asked


def test_a_lever_lists_values_with_their_costs_a_year_and_leaves_out_what_is_there_already(ask) -> None:
    lever, = ask(LEVERS).levers
    assert [(option.words, option.cost) for option in lever.options] == [("4 weeks", 6000), ("1 week", 26_000)]


def test_a_range_costs_what_lies_on_the_line_between_its_ends(ask) -> None:
    lever, = ask("base: silo\nlevers: {channels.promotion.spend: {from: 500 per week, to: 1500 per week, cost: 0 to 52000}}\n").levers
    assert lever.option(0.25).cost == 13_000
    assert lever.option(0.25).number == 750


def test_steps_make_a_list_of_a_range(ask) -> None:
    text = "base: silo\nlevers: {channels.promotion.spend: {from: 500 per week, to: 1500 per week, cost: 0 to 52000, steps: 3}}\n"
    assert [option.cost for option in ask(text).levers[0].options] == [26_000, 52_000]


def test_a_named_lever_sets_what_a_scenario_file_sets(ask) -> None:
    lever, = ask("base: silo\nlevers: {tool: {like: practices/crm, cost: 20000}}\n").levers
    assert set(lever.keys) == {"practices.crm.tool", "practices.crm.process", "practices.crm.support"}


def test_candidates_above_the_budget_are_not_among_those_that_can_be_had(ask) -> None:
    made = Candidates(ask(LEVERS + "  pledge: {like: practices/pledge, cost: 12000}\nbudget: 20000\n"))
    assert [made.cost(pick) for pick in made.all(100) or ()] == [0, 12_000, 6000, 18_000]


def test_worlds_are_firms_by_markets_by_draws(ask) -> None:
    worlds = "worlds: {named: {calm: {}, wild: {leads.age_seen: 50%}}, ranges: {market.tolerance: 0.3 to 1}, draws: 3}\n"
    decision = ask(LEVERS.replace("silo", "[silo, web]") + worlds)
    drawn = decision.worlds.drawn(1)
    assert len(drawn) == decision.worlds.count == 12
    assert drawn[4].name == "silo, wild, draw 2"
    values = sorted(world.scenario["market.tolerance"] for world in drawn[:3])
    assert all(0.3 + at * 0.7 / 3 <= value <= 0.3 + (at + 1) * 0.7 / 3 for at, value in enumerate(values))
    other = decision.worlds.drawn(2)
    assert [one.scenario["market.tolerance"] for one in other] != [one.scenario["market.tolerance"] for one in drawn]


WRONG = [
    ("base: silo\nlevers:\n  practices.meetings.evry: {4 weeks: 1}\n", "d.yaml:3:3: a scenario has no setting",
     "`practices.meetings.every`"),
    (LEVERS + "budgit: 5\n", "d.yaml:4:1: a decision has no key `budgit`", "`budget`"),
    (LEVERS + "budget: much\n", "d.yaml:4:9: `budget` is no amount", "60000"),
    (LEVERS.replace("6000", "dear"), "d.yaml:3:49: this is no cost", "12000"),
    (LEVERS.replace("never: 0", "never: 10"), "is never as it is, so that costs nothing", ""),
    (LEVERS + "measure: contributon\n", "there is no key figure `contributon`", "`contribution`"),
    (LEVERS + "measure: lead_threshold\n", "nobody can say whether more lead_threshold is better", ""),
    (LEVERS + "objective: worst tent\n", "this is no objective", "`worst tenth`"),
    (LEVERS + "worlds: {named: {a: {practices.meetings.every: 1 week}}}\n", "is set by a lever and by the worlds", ""),
    (LEVERS + "worlds: {draws: 4}\n", "nothing is drawn where no range is given", ""),
    (LEVERS + "  meet: {settings: {practices.meetings.every: 1 week}, cost: 1}\n", "two levers set `practices.meetings.every`", ""),
    (LEVERS + "  tool: {like: practices/crn, cost: 1}\n", "there is no scenario `practices/crn`", "`practices/crm`"),
    (LEVERS + "trials: none\n", "`trials` cannot be this", ""),
    ("base: silo\n", "a decision has at least one lever", ""),
]


@pytest.mark.parametrize(("text", "what", "meant"), WRONG)
def test_what_is_wrong_is_told_with_its_place_and_what_was_meant(ask, text: str, what: str, meant: str) -> None:
    with pytest.raises(InputError) as told:
        ask(text)
    assert what in str(told.value)
    assert meant in str(told.value)


def test_the_mean_is_judged_by_the_usual_paired_interval() -> None:
    luck = np.random.default_rng(3)
    one, other = luck.normal(1, 2, 12), luck.normal(0, 2, 12)
    gain, usual = Objective(Kpi("x", "count", "", "up")).gain(one[:, None], other[:, None]), paired(one, other)
    assert (gain.gain, gain.low, gain.high) == pytest.approx((usual.difference, usual.low, usual.high), rel=1e-12)


def test_the_worst_tenth_counts_its_last_run_in_part() -> None:
    values = np.arange(15.0)[:, None]
    assert Objective(Kpi("x", "count", "", "up"), WORST).value(values) == pytest.approx((0 + 0.5 * 1) / 1.5)
    assert Objective(Kpi("x", "count", "", "down"), WORST).value(values) == pytest.approx((14 + 0.5 * 13) / 1.5)


def test_less_is_better_where_the_figure_says_so() -> None:
    low, high = np.zeros((4, 1)), np.ones((4, 1))
    assert Objective(Kpi("x", "count", "", "down"), EXPECTED).gain(low, high).gain == 1
    assert Objective(Kpi("x", "count", "", "up"), BELOW, 0.5).gain(low, high).gain == 1


@pytest.mark.parametrize("name", names("recommendation"))
def test_shipped_decisions_are_read_and_fit_the_schema(name: str) -> None:
    assert read_decision(name).levers
    told = yaml.safe_load((folder("recommendation") / f"{name}.yaml").read_text(encoding="utf-8"))
    jsonschema.validate(told, decision_schema())
    assert math.isfinite(read_decision(name).budget)
    assert json.dumps(decision_schema())


def test_a_budget_that_pays_for_no_lever_is_told_with_its_place_and_the_cheapest(ask) -> None:
    with pytest.raises(InputError) as wrong:
        ask("base: silo\nlevers:\n  practices.meetings.every: {4 weeks: 6000, 1 week: 24000}\nbudget: 0\n")
    assert "d.yaml:4:9: no lever can be paid" in str(wrong.value)
    assert "6000" in str(wrong.value)


def test_a_free_lever_can_be_paid_with_a_budget_of_nothing(ask) -> None:
    assert ask("base: silo\nlevers:\n  practices.meetings.every: {4 weeks: 0, 1 week: 24000}\nbudget: 0\n").budget == 0


def test_a_figure_that_is_not_there_is_told_once(ask) -> None:
    with pytest.raises(InputError) as wrong:
        ask(LEVERS + "measure: profit\n")
    assert "there is no key figure `profit`" in str(wrong.value)
    assert "nobody can say" not in str(wrong.value)
