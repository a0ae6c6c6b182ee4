"""A question becomes firms: every combination of a grid once, points of a latin design that share no slice of any setting."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from smsim.errors import PlanError
from smsim.experiment import designs, length
from smsim.experiment.designs import Design, latin
from smsim.experiment.length import Length, require_short
from smsim.experiment.question import read_question
from smsim.scenario.library import names

GRID = "base: silo\nvary:\n  practices.meetings.every: [never, 1 week, 1 day]\n  market.tolerance: [0.35, 1]\n"
LATIN = """
base: silo
design: latin
samples: 20
vary:
  leads.age_seen: 10% to 50%
  company.reps: 4 to 12
  leads.priority: [learned, newest]
"""


def design(tmp_path: Path, text: str, *sets: str) -> Design:
    (tmp_path / "q.yaml").write_text(text, encoding="utf-8")
    return Design(read_question(tmp_path / "q.yaml", list(sets)))


def test_a_grid_holds_every_combination_once_and_nothing_else_differs(tmp_path: Path) -> None:
    made = design(tmp_path, GRID)
    found = {(one.scenario["practices.meetings.every"], one.scenario["market.tolerance"]) for one in made.variants}
    assert found == {(every, tolerance) for every in (math.inf, 7.0, 1.0) for tolerance in (0.35, 1.0)}
    assert len(made.variants) == made.size == 6
    base = made.question.base.values()
    varied = {factor.key for factor in made.question.factors}
    assert all(key in varied for one in made.variants for key, value in one.scenario.values().items() if value != base[key])


def test_firms_are_named_as_those_of_the_command_line(tmp_path: Path) -> None:
    assert design(tmp_path, GRID).variants[3].scenario.name == "silo[practices.meetings.every=1 week][market.tolerance=1]"


def test_all_are_compared_with_the_first_point_unless_told(tmp_path: Path) -> None:
    made = design(tmp_path, GRID)
    assert {one.against for one in made.variants} == {"silo[practices.meetings.every=never][market.tolerance=0.35]"}
    assert made.variants[0].scenario.name == made.variants[0].against


def test_a_baseline_is_each_firm_with_the_values_it_names(tmp_path: Path) -> None:
    made = design(tmp_path, GRID + "baseline: {practices.meetings.every: 7 days}\n")
    assert made.variants[0].scenario.name == "silo[practices.meetings.every=1 week][market.tolerance=0.35]"
    for one in made.variants:
        other = next(each.scenario for each in made.variants if each.scenario.name == one.against)
        assert other["practices.meetings.every"] == 7.0
        assert other["market.tolerance"] == one.scenario["market.tolerance"]


FIRMS = "base: [silo, paid_by_leads]\nvary:\n  leads.age_seen: [0%, 10%]\n"


def test_a_question_may_name_several_firms_and_each_takes_every_value(tmp_path: Path) -> None:
    made = design(tmp_path, FIRMS + "weeks: 20\n", "market.customers=100")
    found = [(one.scenario["incentives.marketers.leads"], one.scenario["leads.age_seen"]) for one in made.variants]
    assert found == [(0.0, 0.0), (0.0, 0.1), (1.0, 0.0), (1.0, 0.1)]
    assert {(one.scenario["run.weeks"], one.scenario["market.customers"]) for one in made.variants} == {(20, 100)}
    assert made.variants[-1].scenario.name == "paid by leads[leads.age_seen=10%]"
    assert list(designs.points(made.about())["base"]) == ["silo", "silo", "paid by leads", "paid by leads"]


def test_a_firm_can_be_what_all_are_compared_with(tmp_path: Path) -> None:
    made = design(tmp_path, FIRMS + "baseline: {base: paid by leads}\n")
    for one in made.variants:
        assert one.against == "paid by leads[leads.age_seen=" + one.scenario.name.split("=")[1]


def test_a_latin_design_takes_turns_among_firms(tmp_path: Path) -> None:
    first, *rest = design(tmp_path, LATIN.replace("silo", "[silo, paid_by_leads]")).variants
    assert first.scenario["incentives.marketers.leads"] == 0
    assert sum(one.scenario["incentives.marketers.leads"] == 1 for one in rest) == 10


@pytest.mark.parametrize("samples", [2, 7, 40])
def test_no_two_points_share_a_slice_of_any_setting(samples: int) -> None:
    slices = np.floor(np.array(latin(3, samples, seed=5)) * samples)
    assert all(sorted(column) == list(range(samples)) for column in slices.T)


def test_the_same_seed_is_the_same_points_and_another_seed_others() -> None:
    assert latin(2, 9, seed=1) == latin(2, 9, seed=1)
    assert latin(2, 9, seed=1) != latin(2, 9, seed=2)


def test_a_latin_design_plays_the_base_and_points_within_their_ranges(tmp_path: Path) -> None:
    made = design(tmp_path, LATIN)
    first, *rest = made.variants
    assert first.scenario.name == "silo"
    assert first.scenario["leads.age_seen"] == made.question.base["leads.age_seen"]
    assert not first.is_point
    assert len(rest) == 20
    assert all(0.1 <= one.scenario["leads.age_seen"] <= 0.5 for one in rest)
    assert {type(one.scenario["company.reps"]) for one in rest} == {int}
    assert [sum(one.scenario["leads.priority"] == word for one in rest) for word in ("learned", "newest")] == [10, 10]


def test_the_studys_seed_chooses_the_points(tmp_path: Path) -> None:
    one, other = (design(tmp_path, LATIN, f"run.seed={seed}").variants[1].scenario["leads.age_seen"] for seed in (1, 2))
    assert one != other


def test_the_table_holds_numbers_in_the_settings_unit_and_words_where_there_are_none(tmp_path: Path) -> None:
    table = designs.points(design(tmp_path, GRID).about())
    assert list(table["practices.meetings.every"]) == [math.inf, math.inf, 7.0, 7.0, 1.0, 1.0]
    assert list(table["market.tolerance"]) == [0.35, 1.0] * 3
    assert set(designs.points(design(tmp_path, LATIN).about())["leads.priority"]) == {"learned", "newest"}


@pytest.mark.parametrize("name", names("experiment"))
def test_every_shipped_question_can_be_asked(name: str) -> None:
    question = read_question(name)
    assert question.describe
    assert len(Design(question).variants) == Design(question).size


def test_what_takes_more_than_ten_minutes_is_told_and_needs_a_yes() -> None:
    require_short(Length(4, 400, 400, 1.0, 2))
    with pytest.raises(PlanError, match=r"4 firms, 4,000 replications: about 33 minutes on 2 workers") as caught:
        require_short(Length(4, 4000, 4000, 1.0, 2))
    assert "--yes" in str(caught.value)


def test_only_what_is_left_takes_time() -> None:
    require_short(Length(4, 4000, 100, 1.0, 1))
    assert "100 of them still to play" in str(Length(4, 4000, 100, 1.0, 1))


def test_twice_the_weeks_take_about_twice_as_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from smsim.experiment.plan import Plan
    from smsim.experiment.runner import Crew

    monkeypatch.setattr(length, "time_one", lambda _scenario: 1.0)
    made = design(tmp_path, "base: silo\nvary: {run.weeks: [50, 100]}\nreplications: 10\n")
    plan = Plan(tuple(one.scenario for one in made.variants))
    assert length.measure(plan, tmp_path / "nothing", Crew(1)).whole == pytest.approx(10 * (1 + 2))
