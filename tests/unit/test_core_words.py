"""The words of the house: units, calendar, hours of birth, tables, key figures."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsim.core import units
from smsim.core.birth import day_curves, day_weights, hours_of_week, instant
from smsim.core.calendar import Rhythm, is_workday, month, workday_on_or_after
from smsim.core.kernel import launch, sources_hash
from smsim.core.table import Table, field

UNITS = ("hours", "days", "weeks", "share", "money", "money per month", "per week", "per day", "per customer", "sd")


@given(st.sampled_from(UNITS), st.floats(0, 1e9, allow_nan=False))
def test_what_is_said_exactly_is_read_back_exactly(unit, value):
    assert units.read(units.say_exactly(value, unit), unit) == value


@given(st.sampled_from(UNITS), st.floats(1e-3, 1e6))
def test_what_is_said_in_words_is_read_back_nearly(unit, value):
    assert units.read(units.say(value, unit), unit) == pytest.approx(value, rel=1e-4)


@pytest.mark.parametrize(("text", "unit", "value"), [
    ("25 minutes", "hours", 25 / 60), ("2 weeks", "days", 14.0), ("never", "days", math.inf), ("at once", "hours", 0.0),
    ("8%", "share", 0.08), ("0.08", "share", 0.08), ("5000", "money", 5000.0), ("4000 per month", "money per month", 4000.0),
    ("52000 per year", "money per week", 1000.0), ("70 per week", "per week", 70.0), ("1 per 26 weeks", "per week", 1 / 26),
    ("10 per hour", "per week", 1680.0), ("week 20", "date", 140.0), ("day 3", "date", 3.0), ("010", "number", 10.0),
    ("1e-3", "number", 0.001), ("30 min", "hours", 0.5), ("1 month", "weeks", 52 / 12),
])
def test_words_become_numbers(text, unit, value):
    assert units.read(text, unit) == pytest.approx(value)


@pytest.mark.parametrize(("text", "unit"), [
    ("2", "days"), ("2 apples", "days"), ("fast", "share"), ("70", "per week"), ("70 per fortnight", "per week"), ("12:30", "hours"),
    ("1e999", "number"), ("1 per 0 weeks", "per week"), ("week", "date"), ("", "number"), ("nan", "number"), ("inf", "number"),
])
def test_what_is_no_quantity_is_refused(text, unit):
    with pytest.raises(ValueError, match=r"\w"):
        units.read(text, unit)


def test_the_first_day_is_a_monday():
    assert [is_workday(day) for day in range(7)] == [True] * 5 + [False] * 2
    assert [workday_on_or_after(day) for day in (4, 5, 6, 7)] == [4, 7, 7, 7]


def test_months_follow_4_4_5():
    weeks = [sum(month(day) == number for day in range(364)) // 7 for number in range(12)]
    assert weeks == [4, 4, 5] * 4


def occasions(rhythm, days):
    found, day = [], -1
    while (due := rhythm.after(day)) is not None and due < days:
        found.append(due)
        day = due
    return found


def test_every_day_means_every_working_day():
    assert occasions(Rhythm(1), 15) == [1, 2, 3, 4, 7, 8, 9, 10, 11, 14]


def test_the_first_time_is_one_interval_after_the_start():
    assert occasions(Rhythm(14), 60) == [14, 28, 42, 56]
    assert Rhythm(math.inf).after(0) is None


@given(st.floats(1, 400), st.integers(0, 3000), st.booleans())
def test_the_next_occasion_lies_ahead_on_a_working_day_and_none_is_left_out(every, day, workdays):
    rhythm = Rhythm(every, workdays=workdays)
    due = rhythm.after(day)
    assert due > day
    assert is_workday(due) or not workdays
    assert due <= day + math.ceil(every) + 3
    assert all(rhythm.after(between) == due for between in range(day, min(due, day + 30)))


@pytest.mark.parametrize("profile", ["office", "evening", "always", [1.0] * 24, [0.0] * 8 + [1.0] + [0.0] * 15])
def test_a_profile_is_one_week_of_everything(profile):
    hours = hours_of_week(profile)
    assert hours.shape == (168,)
    assert hours.sum() == pytest.approx(1)
    assert day_weights(hours).sum() == pytest.approx(7)
    curves = day_curves(hours)
    assert (np.diff(curves, axis=1) >= -1e-15).all()
    assert curves[:, -1] == pytest.approx(1)


def test_four_in_five_ask_in_office_hours():
    hours = hours_of_week("office").reshape(7, 24)
    assert hours[:5, 9:17].sum() == pytest.approx(0.8)


@pytest.mark.parametrize("profile", ["lunch", [1.0] * 23, [-1.0] + [1.0] * 23, [0.0] * 24])
def test_what_is_no_profile_is_refused(profile):
    with pytest.raises(ValueError, match="profile"):
        hours_of_week(profile)


@given(st.floats(0, 1, exclude_max=True))
def test_an_instant_is_where_the_curve_says(u):
    curve = day_curves(hours_of_week("office"))[0]
    at = instant(curve, u)
    assert 0 <= at < 1
    whole = np.concatenate([[0], curve])
    assert np.interp(at * 24, np.arange(25), whole) == pytest.approx(u, abs=1e-5)


class Boxes(Table, name="boxes"):
    """For tests."""

    weight = field("f8", 2.5, "kg", "Weight")
    size = field("f8", (1.0, 2.0, 3.0), "m", "Size", (3,))
    owner = field("i2", -1, "index", "Owner")


def test_a_new_row_is_as_declared_and_old_rows_stay_where_they_are():
    boxes = Boxes(2)
    boxes["owner"][1] = 7
    before = boxes.rows.dtype
    boxes.grow(5)
    boxes.grow(3)
    assert len(boxes) == 5
    assert boxes["owner"].tolist() == [-1, 7, -1, -1, -1]
    assert boxes["size"][4].tolist() == [1.0, 2.0, 3.0]
    assert boxes.rows.dtype == before
    assert boxes.rows.dtype.isalignedstruct
    assert "weight" in boxes
    assert "price" not in boxes


def test_the_cache_knows_every_source():
    assert sources_hash() == sources_hash()
    assert len(sources_hash()) == 16


def test_a_kernel_launched_twice_says_the_same():
    curve = day_curves(hours_of_week("always"))[0]
    assert [launch(instant, curve, u) for u in (0.25, 0.5)] == pytest.approx([0.25, 0.5])
