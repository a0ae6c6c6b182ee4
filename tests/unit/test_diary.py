"""`smsim diary`: what is told of a rep's week is what happened, and writing it down changes nothing."""

from __future__ import annotations

import json

import numpy as np
import pytest
from command_line import smsim_says
from worlds import SMALL, differing, model_of, scenario

from smsim import SalesMarketingModel, load, play
from smsim.core.luck import replication_seed
from smsim.diary.keeping import Day, State, Week, keep
from smsim.diary.listening import shown
from smsim.diary.telling import ENDS, lines, tail
from smsim.errors import PlanError
from smsim.world.journal import AWAY, LEAD, OWN
from smsim.world.outcomes import Outcome

MEETS = SMALL | {"practices.meetings.every": "1 week"}


@pytest.fixture(scope="module")
def week() -> Week:
    return keep(scenario(MEETS), 1, 12)


def test_keeping_a_journal_changes_nothing():
    model = model_of(MEETS)
    model.world.reps["kept"] = 1
    model.world.journal.grow(100_000)
    model.run_for(26 * 7)
    assert int(model.world.firm["jotted"][0]) > 1000
    assert differing(model.result(leads=True), play(scenario(MEETS), 1, leads=True)) == set()


def test_nobody_writes_a_line_unasked():
    model = model_of(MEETS)
    model.run_for(28)
    assert len(model.world.journal) == 0
    assert int(model.world.firm["jotted"][0]) == 0


def test_the_calls_of_a_week_are_those_of_the_lead_log(week):
    seed = replication_seed(1, 0)
    leads = play(scenario(MEETS), seed, leads=True).leads
    touched = np.asarray(leads["first_touch"], dtype=float)
    mine = (np.asarray(leads["rep"]) == 1) & (touched >= 84) & (touched < 91)
    told = sorted(task["start"] for day in week.days for task in day.tasks if task["kind"] == LEAD)
    assert told == sorted(touched[mine])
    assert told


def test_tasks_follow_each_other_and_fill_working_days_only(week):
    for day in week.days:
        starts, ends = ([task[name] for task in day.tasks] for name in ("start", "end"))
        assert all(end <= start + 1e-9 for end, start in zip(ends, starts[1:], strict=False))
        assert bool(day.tasks) == (day.day % 7 < 5)


def test_a_meeting_is_told_on_its_morning_with_what_he_took_of_it(week):
    meets = [day for day in week.days if day.habits]
    assert [day.day % 7 for day in meets] == [0]
    assert {telling.segment for telling in meets[0].told} <= {"small", "middle", "large"}
    assert all(0 < telling.weight < 1 for telling in meets[0].told)
    assert all(not day.told for day in week.days if not day.habits)


def test_own_calls_in_a_row_are_one_line(week):
    day = max(week.days, key=lambda one: sum(task["kind"] == OWN for task in one.tasks))
    own = [line for line in lines(day, week) if "of his own:" in line.what]
    assert 0 < len(own) <= sum(task["kind"] == OWN for task in day.tasks)


def test_questions_that_stay_unanswered_are_told():
    day, state = Day(3, [], [], [], None, 2, 0, 0, 0, 0, 0.0, {}, due=4, busy=True), State(0.3, 0.5, 1, 1, 0.4, 0.5, 0.1)
    week = Week("silo", 0, 0, 0, 1, state, state, state, "$", [], [day])
    said = "asks him twice what customers say; he is busy selling, 4 meetings with customers due, and does not answer"
    assert any(said in line.what for line in lines(day, week))
    assert tail(week)[-1] == "Marketing asked him twice; he answered never."


def test_who_has_time_and_says_nothing_is_not_called_busy():
    day, state = Day(3, [], [], [], None, 1, 0, 0, 0, 0, 0.0, {}, unsent=3), State(0.3, 0.5, 1, 1, 0.4, 0.5, 0.1)
    said = [line.what for line in lines(day, Week("silo", 0, 0, 0, 1, state, state, state, "$", [], [day]))]
    assert any("he would have time, and does not write it up; 3 things he has heard of customers stay with him" in line for line in said)


@pytest.fixture(scope="module")
def deaf() -> Week:
    """A week of a shipped scenario: the one the README names."""
    return keep(load("deaf_ears"), 1, 26)


def test_marketing_asks_sales_is_busy_and_numbers_fall_on_deaf_ears_in_one_week(deaf):
    said = [line.what for line in lines(deaf.days[0], deaf)]
    assert any("marketing asks him what customers say; he is busy selling" in line for line in said)
    assert any("marketing shows in numbers" in line and "it falls on deaf ears" in line for line in said)


def test_a_rep_is_deaf_where_his_trust_is_too_low_and_the_numbers_leave_him_as_he_was(deaf):
    (notice,) = deaf.days[0].notices
    assert notice.trust < notice.least == load("deaf_ears")["practices.attribution.attention"]
    assert not notice.heard


def test_what_is_shown_in_numbers_is_what_those_who_look_take_in():
    model = SalesMarketingModel(scenario(SMALL, {"practices.attribution.every": "4 weeks", "practices.attribution.attention": 0.0}), 1)
    model.run_for(28)
    part, reps = model.world.parts["attribution"], model.world.reps
    good, bad = shown(model.world, part)
    before = reps["lead_good"][0], reps["lead_bad"][0]
    part.morning(28)
    assert (good, bad) > (0, 0)
    assert reps["lead_good"][0] - before[0] == pytest.approx(part.p.weight * good)
    assert reps["lead_bad"][0] - before[1] == pytest.approx(part.p.weight * bad / part.harsh)


def test_what_took_his_hours_is_named_and_adds_up(week):
    days = [day for day in week.days if day.hours]
    assert {name for day in days for name in day.hours} == {"meetings"}
    for day in days:
        gone = 24 * sum(task["end"] - task["start"] for task in day.tasks if task["kind"] == AWAY)
        assert sum(day.hours.values()) == pytest.approx(gone)


def test_every_end_of_a_lead_has_its_words():
    assert set(ENDS) == {outcome.label for outcome in Outcome} - {"open"}


@pytest.mark.parametrize(("rep", "week"), [(3, 1), (0, 26), (-1, 1)])
def test_a_rep_or_a_week_there_is_not_is_refused(rep, week):
    with pytest.raises(PlanError, match="has no"):
        keep(scenario(SMALL), rep, week)


def test_the_command_prints_one_object(monkeypatch, capsys):
    small = [word for key, value in SMALL.items() for word in ("--set", f"{key}={value}")]
    assert smsim_says(monkeypatch, "diary", "silo", "--rep", "2", "--week", "5", "--json", *small) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["rep"], said["week"], len(said["days"])) == (2, 5, 7)
    assert {task["kind"] for day in said["days"] for task in day["tasks"]} <= {"habits", "triage", "lead", "meeting", "own call"}


def test_the_command_reads_like_a_diary(monkeypatch, capsys):
    small = [word for key, value in SMALL.items() for word in ("--set", f"{key}={value}")]
    assert smsim_says(monkeypatch, "diary", "monthly", "--rep", "0", "--week", "8", *small) == 0
    said = capsys.readouterr().out
    assert "Monday, day 56" in said
    assert "given to meetings" in said
    assert "Sunday night he trusts" in said


def test_a_week_beyond_the_run_leaves_with_two(monkeypatch, capsys):
    assert smsim_says(monkeypatch, "diary", "silo", "--week", "104") == 2
    assert "0 to 103" in capsys.readouterr().err
