"""Where evidence contradicts the articles (docs/contradictions.md), played small: each can fail."""

from __future__ import annotations

from functools import cache

import pytest
from worlds import SMALL, mean_of, scenario

from smsim import load, play
from smsim.core.luck import replication_seed

MEET = {"practices.meetings.every": "1 week"}
DISPUTES = (("culture.conflicts.rate", "0.1 per week"), ("culture.stereotypes", 0.4))


@cache
def means(firm, changes=(), worlds=3):
    """Mean key figures of a shipped firm over a few worlds."""
    made = load(firm).but(dict(changes))
    runs = [play(made, replication_seed(1, world)).kpis for world in range(worlds)]
    return {kpi: sum(run[kpi] for run in runs) / worlds for kpi in runs[0]}


def error(kpi, *layers):
    return mean_of(scenario(SMALL, MEET, *layers), kpi, range(6))


def test_standing_up_for_ones_own_evidence_helps_marketing_know_where_each_kind_is_off_in_its_own_way():
    slanted = {"market.slant.spread": 2.0, "market.slant.shared": 0.0}
    gap = {"culture.orientation_gap": 3.0}
    assert error("marketing_need_error", slanted, gap) < 0.97 * error("marketing_need_error", slanted)
    assert error("marketing_need_error", gap) > error("marketing_need_error")


def test_common_pay_neither_cuts_disputes_nor_cures_stereotypes():
    own, shared = (means(firm, DISPUTES, 4) for firm in ("own_metrics", "shared_metrics"))
    assert shared["conflicts_open"] > 0.9 * own["conflicts_open"]
    assert shared["stereotype_of_marketing"] == pytest.approx(own["stereotype_of_marketing"])
    assert shared["contribution"] < own["contribution"]


def test_meeting_four_times_as_often_tells_nobody_anything_where_nobody_speaks():
    silent = {"practices.meetings.direction": "none"}
    seldom = silent | {"practices.meetings.every": "4 weeks"}
    assert error("marketing_need_error", silent) == error("marketing_need_error", seldom)
    assert error("meeting_hours", silent) > 3 * error("meeting_hours", seldom)
    assert error("marketing_need_error") < 0.8 * error("marketing_need_error", silent)


def test_what_reps_know_is_best_where_both_speak():
    """Marketing has more to tell where it has been told."""
    down = error("sales_need_error", {"practices.meetings.direction": "down"})
    assert error("sales_need_error", {"practices.meetings.direction": "both"}) < down
    assert down < error("sales_need_error", {"practices.meetings.direction": "none"})


def test_with_all_of_it_on_record_nobody_can_say_within_a_hundred_points_what_a_channel_brings_back():
    assert means("attribution")["roi_interval"] > 1


def test_pressing_reps_who_are_not_trained_burns_accounts_and_sells_more_of_the_product():
    pressed, left = means("abc_corp"), means("abc_corp", (("launches.0.pressure", 0.0),))
    assert left["burned_accounts"] < 0.5 * pressed["burned_accounts"]
    assert left["launch_revenue"] < pressed["launch_revenue"]


def test_reps_who_do_marketings_work_know_more():
    assert means("encroached")["sales_need_error"] < means("silo")["sales_need_error"]
