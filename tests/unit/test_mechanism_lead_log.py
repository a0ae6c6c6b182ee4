"""A real firm's log: read as it stands, and what cannot be read is told by line."""

from __future__ import annotations

import numpy as np
import pytest

from smsim import InputError
from smsim.errors import LeadLogError
from smsim.mechanisms.lead_log import Replay, read_lead_log


def log(tmp_path, text, encoding="utf-8", **columns):
    file = tmp_path / "leads.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return read_lead_log(Replay(file=str(file), **columns))


def problems(tmp_path, text, **columns):
    with pytest.raises(LeadLogError) as caught:
        log(tmp_path, text, **columns)
    assert isinstance(caught.value, InputError)
    assert caught.value.exit_status == 2
    return caught.value.problems


def test_days_count_from_the_monday_before_the_first_lead(tmp_path):
    found = log(tmp_path, "created\n2024-01-05 12:00\n2024-01-03\n2024-01-10T06:00:00\n")
    assert found.monday == "2024-01-01"
    assert found.created.tolist() == [4.5, 2.0, 9.25]
    assert found.dated.tolist() == [1, 0, 1]
    assert (found.ids, found.customer_names) == (None, None)


def test_every_column_that_is_named_is_kept_as_it_stands(tmp_path):
    text = "id,when,source,worth,who\nA1,2024-01-01,Web ,1500.5,Ann\nA2,2024-01-02,,,Bob\nA3,2024-01-02,Web ,9,Ann\n"
    found = log(tmp_path, text, created="when", channel="source", id="id", value="worth", customer="who")
    assert found.ids == ["A1", "A2", "A3"]
    assert found.channels == ["Web ", "", "Web "]
    assert found.customers.tolist() == [0, 1, 0]
    assert found.customer_names == ["Ann", "Bob", "Ann"]
    np.testing.assert_array_equal(found.values, [1500.5, np.nan, 9.0])


@pytest.mark.parametrize("text", [
    b"\xef\xbb\xbfcreated\r\n2024-01-01\r\n", b'created,note\n2024-01-01,"two\nlines"\n', b"created\n2024-01-01",
])
def test_marks_of_order_line_ends_and_quotes_do_no_harm(tmp_path, text):
    assert len(log(tmp_path, text).created) == 1


def test_a_date_nobody_can_read_is_told_by_line(tmp_path):
    found = problems(tmp_path, "created\n2024-01-01\n31.12.2024\n2024-01-02\nlately\n")
    assert [problem.mark.line for problem in found] == [3, 5]
    assert found[0].read == "31.12.2024"
    assert "2018-03-31" in found[0].allowed


def test_a_value_that_is_no_number_is_told_by_line(tmp_path):
    found = problems(tmp_path, "created,value\n2024-01-01,12\n2024-01-01,much\n", value="value")
    assert [problem.mark.line for problem in found] == [3]


def test_a_column_that_is_not_there_is_told_with_the_nearest_name(tmp_path):
    found = problems(tmp_path, "creatd,source\n2024-01-01,web\n")
    assert found[0].mark.line == 1
    assert "created" in found[0].what
    assert "creatd" in found[0].meant


def test_a_file_without_a_byte_and_one_without_a_row_are_told(tmp_path):
    assert "empty" in problems(tmp_path, "")[0].what
    assert "no rows" in problems(tmp_path, "created\n")[0].what


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(LeadLogError, match="no such lead log"):
        read_lead_log(Replay(file=str(tmp_path / "nothing.csv")))


def test_another_encoding_is_told_with_its_line(tmp_path):
    found = problems(tmp_path, "created,source\n2024-01-01,web\n2024-01-02,Büro\n".encode("latin-1"))
    assert "UTF-8" in found[0].what
    assert found[0].mark.line == 3


def test_an_id_that_stands_twice_is_told_with_where_it_stood_first(tmp_path):
    found = problems(tmp_path, "created,id\n2024-01-01,7\n2024-01-02,8\n2024-01-03,7\n", id="id")
    assert [problem.mark.line for problem in found] == [4]
    assert "line 2" in found[0].what


def test_a_row_with_too_few_or_too_many_cells_is_told(tmp_path):
    found = problems(tmp_path, "created,source\n2024-01-01\n2024-01-01,web,too much\n2024-01-01,web\n")
    assert [problem.mark.line for problem in found] == [2, 3]


def test_a_hopeless_file_is_given_up_after_twenty_lines(tmp_path):
    assert len(problems(tmp_path, "created\n" + "never\n" * 500)) == 20


def test_dates_with_and_without_a_zone_can_stand_together(tmp_path):
    assert len(log(tmp_path, "created\n2024-01-01T10:00:00+02:00\n2024-01-01 11:00\n").created) == 2


@pytest.mark.parametrize("value", ["nan", "inf", "-5"])
def test_a_value_that_no_deal_can_have_is_told(tmp_path, value):
    found = problems(tmp_path, f"created,value\n2024-01-01,{value}\n", value="value")
    assert found[0].mark.line == 2
