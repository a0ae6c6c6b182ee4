"""What stereotypes do, what softens them, and what the practices that bring people together carry, item by item."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from worlds import SMALL, TINY, model_of, scenario

from smsim import SalesMarketingModel, play
from smsim.mechanisms.exchange import pass_down, pass_up, pool
from smsim.mechanisms.stereotypes import Stereotypes, weigh_week
from smsim.practices.liaison import carry_up
from smsim.practices.requests import ask_all
from smsim.practices.rotation import carry_across
from smsim.practices.service import ask_and_answer
from smsim.world.market import RING, Market
from smsim.world.people import Marketers, Reps

PICTURES = {"culture.stereotypes": 0.4}
EVERYTHING_COUNTS = (0.0, 0.0)


def settled(share: float, keep: float, c: float) -> float:
    """Where N ← (N₀ + (N − N₀)·k)·(1 − c) stays."""
    return share * (1 - keep) * (1 - c) / (1 - keep * (1 - c))


def week(start: float, told: float, heard: float, **settings: Any) -> float:
    """A stereotype after a week in which so much was told and heard, on either side."""
    p, reps, marketers = Stereotypes(stereotypes=0.4, **settings), Reps(1), Marketers(1)
    for people in (reps, marketers):
        people["stereotype"], people["items_told"], people["items_heard"] = start, told, heard
    weigh_week(reps.rows, marketers.rows, p.row(), 0.5 ** (7 / p.relapse))
    assert reps["stereotype"][0] == marketers["stereotype"][0]
    assert reps["items_told"][0] == reps["items_heard"][0] == 0
    return float(reps["stereotype"][0])


def seen(model: SalesMarketingModel, rep: int, segment: int, day: float, value: float = 1.0) -> None:
    """A rep makes an observation."""
    row = model.world.reps[:][rep]
    note = model.world.notes[:][rep * RING + row["notes"] % RING]
    note["seen"], note["noise"], note["day"], note["segment"], note["sent"] = value, 0.9, day, segment, 0
    row["notes"] += 1


def first_meeting(model: SalesMarketingModel, rep: int, due: float, customer: int = 0) -> None:
    """A rep has one opportunity, whose first meeting is due."""
    lead = model.world.leads[:][0]
    lead["customer"], lead["rep"], lead["due"], lead["meetings"], lead["after"], lead["before"] = customer, rep, due, 0, -1, -1
    model.world.deals["head"][rep] = model.world.deals["tail"][rep] = 0


def test_a_week_of_full_contact_takes_three_percent_and_more_items_take_no_more() -> None:
    assert week(0.4, 2.5, 2.5) == pytest.approx(0.4 * 0.97)
    assert week(0.4, 50, 50) == pytest.approx(0.4 * 0.97)
    assert week(0.4, 1, 1) == pytest.approx(0.4 * (1 - 0.03 * 0.4))


def test_what_goes_one_way_is_no_contact() -> None:
    assert week(0.4, 100, 0) == week(0.4, 0, 100) == 0.4


def test_without_contact_half_of_what_was_softened_is_back_after_a_year() -> None:
    now = 0.1
    for _ in range(52):
        now = week(now, 0, 0)
    assert now == pytest.approx(0.25)


def test_with_full_contact_every_week_a_stereotype_settles_where_the_formula_says() -> None:
    now = 0.4
    for _ in range(2000):
        now = week(now, 5, 5)
    assert now == pytest.approx(settled(0.4, 0.5 ** (1 / 52), 0.03)) == pytest.approx(0.1199, abs=1e-4)


def test_a_stereotype_of_one_half_makes_a_report_half_as_precise() -> None:
    gained = {}
    for doubt in (0.0, 0.5):
        model = model_of(TINY)
        model.world.marketers["stereotype"][int(model.world.segments["marketer"][1])] = doubt
        seen(model, 0, 1, day=-1)
        before = 1 / model.world.insight["var"][1]
        pass_up(model.world.rows, model.plot.of(Market).row(), (0, 1), 1, EVERYTHING_COUNTS, 0)
        gained[doubt] = 1 / model.world.insight["var"][1] - before
    assert gained == {0.0: pytest.approx(1 / 0.9), 0.5: pytest.approx(0.5 / 0.9)}


def test_a_message_is_taken_with_the_variance_of_trust_and_of_the_stereotype() -> None:
    model = model_of(TINY, PICTURES)
    model.world.reps["trust"], model.world.reps["stereotype"][1] = 0.5, 0.8
    pass_down(model.world.rows, 2, 10.0)
    heard, view = model.world.rep_insight["heard_var"].reshape(3, -1), model.world.insight["var"]
    assert heard[0] == pytest.approx(view / 0.5 / 0.6)
    assert heard[1] == pytest.approx(view / 0.5 / 0.2)


def test_what_is_told_again_is_no_news() -> None:
    model = model_of(TINY)
    segments = len(model.world.segments)
    assert [pass_down(model.world.rows, 3, 10.0) for _ in range(2)] == [segments, 0]
    assert model.world.reps["items_heard"].tolist() == [segments] * 3


def test_a_view_that_only_aged_is_no_news_a_week_later() -> None:
    model = model_of(TINY, {"market.research.every": "never"})
    pass_down(model.world.rows, 3, 64.0)
    model.run_for(7)
    assert pass_down(model.world.rows, 3, 71.0) == 0


def test_only_the_named_reps_tell_the_freshest_first_and_each_item_once() -> None:
    model = model_of(TINY, {"market.research.every": "never"})
    for rep, day in ((0, -9.0), (0, -2.0), (1, -5.0), (2, -1.0)):
        seen(model, rep, 0, day)
    told = pass_up(model.world.rows, model.plot.of(Market).row(), (0, 2), 2, (-7.0, -30.0), 0)
    assert (told, model.world.reps["items_told"].tolist()) == (2, [1, 1, 0])
    today = model.world.today[:][0]
    assert (today["notes_sent"], today["notes_used"], today["notes_age"]) == (2, 2, 7)
    assert pass_up(model.world.rows, model.plot.of(Market).row(), (0, 2), 9, (-7.0, -30.0), 0) == 1
    assert (model.world.today["notes_sent"][0], model.world.today["notes_used"][0]) == (3, 2)


def test_pooling_gives_everybody_what_the_others_have_tracked_once() -> None:
    reps = model_of(TINY).world.reps
    reps["fresh_good"], reps["new_fresh_good"] = [3.0, 1.0, 0.0], [2.0, 1.0, 0.0]
    pool(reps[:])
    pool(reps[:])
    assert reps["fresh_good"].tolist() == [4.0, 3.0, 3.0]


def test_every_observation_is_used_late_or_lost() -> None:
    kpis = play(scenario(SMALL, {"practices.meetings.every": "8 weeks", "practices.meetings.length": "3 hours"}), 1).kpis
    assert kpis["intel_used_share"] + kpis["intel_late_share"] + kpis["intel_lost_share"] == pytest.approx(1)
    assert min(kpis["intel_used_share"], kpis["intel_late_share"], kpis["intel_lost_share"]) > 0
    assert kpis["report_delay_days"] > 7


def test_pay_cures_no_stereotype() -> None:
    pay = {"incentives.reps.commission": 0.2, "incentives.reps.team_share": 1.0, "selling.effort.chosen": "always"}
    made = [play(scenario(SMALL, PICTURES, other), 1).kpis["stereotype_of_marketing"] for other in ({}, pay)]
    assert made == [pytest.approx(0.4, abs=1e-12)] * 2


@pytest.mark.parametrize("practice", [
    {"practices.training_together.every": "4 weeks"}, {"practices.co_location.together": "yes"}, {"practices.requests.every": "1 week"},
    {"practices.liaison.hours": "10 hours"}, {"practices.sales_meetings.every": "1 week", "practices.sales_meetings.speaks": "no"},
])
def test_company_without_an_exchange_in_person_softens_nothing(practice: dict[str, Any]) -> None:
    kpis = play(scenario(SMALL, PICTURES, practice), 1).kpis
    assert kpis["practice_cost"] > 0
    assert kpis["stereotype_of_marketing"] == kpis["stereotype_of_sales"] == pytest.approx(0.4, abs=1e-12)


def test_a_newcomer_has_the_usual_picture() -> None:
    model = model_of(TINY, PICTURES)
    model.world.reps["stereotype"], model.world.reps["hired"][1] = 0.1, 2
    model.run_for(3)
    assert model.world.reps["stereotype"].tolist() == pytest.approx([0.1, 0.4, 0.1])


def test_on_a_joint_call_the_rep_takes_marketings_view_whatever_he_thinks_of_marketers() -> None:
    heard = {}
    for joint in (False, True):
        model = model_of(TINY, PICTURES, {"practices.ride_alongs.every": "1 week", "practices.ride_alongs.joint": joint})
        first_meeting(model, 0, due=1.0)
        segment, view = model.world.customers["segment"][0], model.world.insight["var"].copy()
        model.world.parts["ride_alongs"].morning(0)
        heard[joint] = model.world.rep_insight["heard_var"][segment] / view[segment]
        assert model.world.insight["var"][segment] == pytest.approx(1 / (1 / view[segment] + 1 / (0.64 + 0.25)))
        assert (model.world.reps["items_told"][0], model.world.marketers["items_heard"][0]) == (1, 1)
    assert heard[True] == pytest.approx(1)
    assert heard[False] == pytest.approx(1 / 0.45 / 0.6)


def test_a_liaison_hears_the_oldest_first_and_leaves_the_rest_waiting() -> None:
    model = model_of(TINY, {"market.research.every": "never"})
    for rep, day in ((0, -3.0), (1, -9.0), (2, -6.0)):
        seen(model, rep, 0, day)
    assert carry_up(model.world.rows, model.plot.of(Market).row(), 2, 0.05, (-30.0, -30.0), 0) == 2
    assert model.world.today["notes_age"][0] == 9 + 6
    assert model.world.reps["away"].tolist() == [0, 0.05, 0.05]


def test_a_liaison_with_more_hours_is_faster() -> None:
    few, many = (play(scenario(SMALL, {"practices.liaison.hours": hours}), 1).kpis for hours in (0.5, 10))
    assert few["report_delay_days"] > 2 * many["report_delay_days"] > 0
    assert many["report_delay_days"] < 4


def test_who_changes_places_loses_half_a_day_at_first_and_less_every_day() -> None:
    model = model_of(TINY, {"practices.rotation.share": "2 per year", "practices.rotation.stay": "52 weeks"})
    rotating = model.world.parts["rotation"]
    rotating.due = 1.0
    lost = []
    for day in range(3):
        before = model.world.reps["away"].copy()
        rotating.morning(day)
        lost.append(float((model.world.reps["away"] - before).max()))
    assert lost == pytest.approx([4 * math.exp(-day / 30) for day in range(3)])
    assert model.world.marketers["away"].max() == pytest.approx(sum(lost))


def test_what_one_knows_goes_along_to_the_other_side_undoubted() -> None:
    model = model_of(TINY, PICTURES, {"market.research.every": "never"})
    seen(model, 1, 0, day=-1)
    view = model.world.insight["var"].copy()
    carry_across(model.world.rows, (1, 0), model.plot.of(Market).row(), 42.0, EVERYTHING_COUNTS, 0)
    assert 1 / model.world.insight["var"][0] - 1 / view[0] == pytest.approx(1 / 0.9)
    assert model.world.rep_insight["heard_var"].reshape(3, -1)[1] == pytest.approx(model.world.insight["var"])
    assert (model.world.reps["items_told"][1], model.world.marketers["items_heard"][0]) == (1, 1)


@pytest.mark.parametrize(("left", "served"), [(0.4, 0), (0.5, 1)])
def test_marketing_answers_as_long_as_its_hours_last(left: float, served: int) -> None:
    model = model_of(TINY)
    first_meeting(model, 2, due=0.6)
    hours = np.full(2, left)
    assert ask_and_answer(model.world.rows, hours, 0.5, (0.0, 1.0), 42.0, 0) == served
    assert (model.world.reps["requests"][2], model.world.reps["served"][2]) == (1, served)
    assert model.world.marketers["away"].sum() == 0.5 * served


@pytest.mark.parametrize(("due", "most", "answered"), [(0.6, 1.0, 0), (1.6, 1.0, 1), (0.6, 2.0, 1)])
def test_a_rep_with_customers_to_see_declines(due: float, most: float, answered: int) -> None:
    model = model_of(TINY)
    first_meeting(model, 1, due)
    seen(model, 1, 0, day=-1)
    luck = model_of(TINY, {"practices.requests.every": "1 week"}).world.parts["requests"].luck
    told = ask_all(model.world.rows, model.plot.of(Market).row(), luck.keys, (most, 0.2, 3), EVERYTHING_COUNTS, 0)
    assert (model.world.reps["asked"][1], model.world.reps["answered"][1], told) == (1, answered, answered)
    assert model.world.reps["away"][1] == pytest.approx(0.2 * answered)


def test_a_committee_knows_what_is_being_launched_and_its_colleagues_do_not() -> None:
    launch = {"launches": [{"product": "widget", "train": "never", "announce": "week 3", "ship": "week 4"}]}
    model = model_of(TINY, launch, {"practices.committees.every": "2 weeks", "practices.committees.who": 0.3})
    model.world.parts["committees"].morning(7)
    assert model.world.know_how["hours"].reshape(3, -1)[:, 1].tolist() == [1.0, 0.0, 0.0]
