"""A setting that changes in the course of a run changes nothing before, and from then on what it would have changed anyway."""

from __future__ import annotations

import math

import numpy as np
import pytest
from test_parameters import BESIDE, SLOTS, TESTED, sides
from worlds import LOG, PLUGINS, SMALL, STREAM, TINY, WORLDS, differing, scenario

from smsim import SalesMarketingModel, compare, load, play
from smsim.world.leads import QUEUED
from smsim.world.outcomes import Outcome

LEVERS = [key for key in TESTED if not SLOTS[key][1].fixed]
#: What shapes the first day too, so that a change on its morning comes too late for that, and why.
FIRST_DAY = {
    "culture.harshness": "weighs the past that reps begin with",
    "leads.triage": "weighs the past that reps begin with",
    "selling.call.mean": "weighs the past that reps begin with",
    **dict.fromkeys((f"market.rivalry.{name}" for name in ("look", "reaction", "noise")), "rivals have offers before the first day"),
    "culture.orientation_gap": "the first study is at hand before the first day",
    **dict.fromkeys(("market.research.noise", "market.slant.spread", "market.slant.shared"),
                    "the first study is at hand before the first day"),
}
#: Every part is tuned anew by this, and nobody answers fresh leads in these worlds, so nothing else happens.
IDLE = "selling.answer_within"


def later(day, settings):
    """The setting that lets others change on a day."""
    return {"changes": [{"at": f"day {day}", "set": settings}]}


def pair(key, layer):
    """The world in which a parameter tells, on its low side, and what changes it to its high side."""
    low, high = sides(key)
    return scenario(layer, BESIDE.get(key, {}), SLOTS[key][1].given, low), high


@pytest.mark.parametrize("key", LEVERS)
def test_the_past_is_the_same_to_the_last_bit_until_the_morning_of_the_change(key):
    made, high = pair(key, SMALL)
    without, changed = SalesMarketingModel(made, 1), SalesMarketingModel(made.but(later(60, high)), 1)
    for model in (without, changed):
        model.run_for(60)
    assert differing(without.result(leads=True), changed.result(leads=True)) == set()
    for model in (without, changed):
        model.run_for(122)
    assert differing(without.result(leads=True), changed.result(leads=True)) != set(), "a setting that changes changes something"


@pytest.mark.parametrize("key", LEVERS)
def test_a_change_on_the_first_morning_is_a_setting(key):
    made, high = pair(key, TINY)
    found = differing(play(made.but(high), 3, leads=True), play(made.but(later(0, high)), 3, leads=True))
    assert (found == set()) == (key not in FIRST_DAY)


@pytest.mark.parametrize("world", WORLDS)
def test_a_change_to_what_holds_already_changes_nothing(world):
    made = scenario(TINY, WORLDS[world])
    tree, held = made.tree(), {}
    for key, known in made.settled.items():
        if not known.param.fixed and known.value is not None:
            value = tree
            for step in known.path:
                value = value[int(step) if isinstance(value, list) else step]
            held[key] = value
    assert len(held) > 100
    found = differing(play(made, 2, leads=True), play(made.but(later(20, held)), 2, leads=True))
    assert found == set()


@pytest.mark.parametrize("world", WORLDS)
def test_what_is_tuned_anew_without_a_difference_goes_on_as_it_was(world):
    made = scenario(TINY, WORLDS[world], {"market.research.every": "1 week", "market.research.lag": "10 days"})
    changed = made.but({"changes": [{"at": f"day {day}", "set": {IDLE: f"{day} minutes"}} for day in (9, 16, 26)]})
    assert len(changed.turns) == 3
    assert differing(play(made, 2, leads=True), play(changed, 2, leads=True)) == set()


def test_policies_and_rules_others_have_laid_down_outlive_a_change_of_something_else():
    model = SalesMarketingModel(scenario(TINY), 1)
    model.run_for(10)
    model.world.firm["threshold"] = 0.55
    model.world.reps["answer_within"] = 3.0
    model.change({"channels.website.spend": "9000 per week", "leads.age_seen": "90%"})
    assert model.world.firm["threshold"] == 0.55
    assert (model.world.reps["answer_within"] == 3.0).all()
    model.change({"leads.threshold": 0.7})
    assert model.world.firm["threshold"] == 0.7


def meetings(model):
    return np.flatnonzero(model.record.days()["meeting_hours"]).tolist()


def test_a_rhythm_that_begins_or_changes_begins_anew_and_one_that_ends_is_over():
    weekly, tenth, never = ({"practices.meetings.every": every} for every in ("1 week", "10 days", "never"))
    changes = [{"at": "day 14", "set": weekly}, {"at": "day 25", "set": tenth}, {"at": "day 50", "set": never}]
    model = SalesMarketingModel(scenario(SMALL, {"changes": changes}), 1)
    model.run_for(91)
    assert meetings(model) == [21, 35, 45]


def test_a_rhythm_that_stays_goes_on_when_the_meeting_grows_longer():
    model = SalesMarketingModel(scenario(SMALL, WORLDS["meetings"], later(24, {"practices.meetings.length": "2 hours"})), 1)
    model.run_for(42)
    hours = model.record.days()["meeting_hours"]
    assert meetings(model) == [7, 14, 21, 28, 35]
    assert hours[28] == 2 * hours[21]


def test_a_meeting_that_falls_on_the_morning_of_the_change_is_the_new_rhythms_business():
    model = SalesMarketingModel(scenario(SMALL, WORLDS["meetings"], later(21, {"practices.meetings.every": "4 weeks"})), 1)
    model.run_for(91)
    assert meetings(model) == [7, 14, 49, 77]


def test_meetings_that_begin_late_pool_only_what_was_tracked_since():
    model = SalesMarketingModel(scenario(SMALL, {"leads.age_seen": "100%"}, later(56, {"practices.meetings.every": "1 week"})), 1)
    model.run_for(56)
    assert model.world.reps["new_stale_bad"].sum() > 0
    model.run_for(1)
    assert model.world.reps["new_stale_bad"].sum() < 40


def test_a_pledge_that_ends_leaves_everybody_as_without_it():
    changes = [{"at": f"day {day}", "set": {"practices.pledge.within": within}}
               for day, within in ((7, "1 day"), (14, "2 hours"), (21, "never"))]
    model = SalesMarketingModel(scenario(TINY, {"changes": changes, "selling.answering": "40%"}), 1)
    found = []
    for _ in range(4):
        found.append(model.world.reps["answer_within"].tolist())
        model.run_for(8)
    assert found == [[2, 0, 0], [24, 24, 24], [2, 2, 2], [2, 0, 0]]


def ranks(model):
    leads = model.world.leads[:]
    return leads[leads["state"] == QUEUED]


@pytest.mark.parametrize(("before", "after"), [("territory", "pool"), ("pool", "territory"), ("pool", "round_robin")])
def test_who_waits_when_the_routing_changes_is_called_under_the_new_one(before, after):
    base = scenario(TINY, STREAM, {"leads.routing": before, "leads.decay.patient_mean": "never", "leads.decay.impatient_share": "0%"})
    model = SalesMarketingModel(base, 1)
    model.run_for(14)
    waiting = set(ranks(model)["identity"].tolist())
    assert len(waiting) > 10
    model.change({"leads.routing": after})
    assert set(ranks(model)["identity"].tolist()) == waiting
    assert ((ranks(model)["rep"] < 0) == (after == "pool")).all()
    model.change({"leads.arrivals": "0", "selling.plan": {"leads": "100%"}})
    model.run_for(21)
    log = model.period().log
    mine = log[np.isin(log["identity"], list(waiting)) & (log["source"] == 0)]
    assert (np.isfinite(mine["first_touch"]) | (mine["outcome"] != Outcome.OPEN)).mean() > 0.8


def test_a_new_order_of_calls_holds_for_those_who_wait_already():
    model = SalesMarketingModel(scenario(TINY, STREAM), 1)
    model.run_for(14)
    model.change({"leads.priority": "hottest"})
    assert (ranks(model)["rank"] == ranks(model)["score"]).all()
    model.change({"leads.priority": "value"})
    assert (ranks(model)["rank"] == ranks(model)["value"]).all()


@pytest.mark.parametrize("visible", [True, False])
def test_leads_that_wait_when_cold_begins_or_ceases_to_show_still_come_to_an_end(visible):
    made = scenario(TINY, STREAM, {"leads.decay.visible": not visible, "selling.plan": {"prospects": "100%"}, "leads.expiry": "10 days"})
    model = SalesMarketingModel(made.but(later(14, {"leads.decay.visible": visible, "leads.arrivals": "0"})), 1)
    model.run_for(14)
    assert model.world.firm["live"][0] > 10
    model.run_for(28)
    leads = model.world.leads[:]
    assert not ((leads["state"] == QUEUED) & (leads["expires"] < 42)).any()


def test_a_stream_that_doubles_brings_twice_as_many_and_one_that_stops_none():
    days = 26 * 7
    model = SalesMarketingModel(scenario(SMALL, STREAM, {"leads.birth_hours": "always", "changes": [
        {"at": f"day {day}", "set": {"leads.arrivals": rate}}
        for day, rate in ((56, "700 per week"), (84, "0"), (112, "70 per week"))]}), 4)
    model.run_for(days)
    born = model.record.days()["inquiries"]
    assert born[:56].sum() == pytest.approx(560, abs=4 * math.sqrt(560))
    assert born[56:84].sum() == pytest.approx(2800, abs=4 * math.sqrt(2800))
    assert born[84:112].sum() == 0
    assert born[112:].sum() == pytest.approx(700, abs=4 * math.sqrt(700))


def test_rows_of_a_log_that_have_come_stay_and_those_to_come_are_drawn_anew():
    made = scenario(TINY, LOG)
    changed = made.but(later(14, {f"channels.{name}.quality": 1.0 for name in made.tree()["channels"]} | {"leads.birth_hours": "evening"}))
    one, other = (play(each, 1, leads=True).leads for each in (made, changed))
    assert sorted(one["lead"]) == sorted(other["lead"])
    assert (one["created"][one["created"] < 14] == other["created"][other["created"] < 14]).all()
    assert (one["created"] != other["created"]).any()


def test_a_figure_of_a_practice_that_is_on_for_a_while_counts_those_days(tmp_path):
    path = tmp_path / "plugged.yaml"
    path.write_text(f"extends: silo\nplugins: [{PLUGINS / 'coffee.py'}]\n")
    made = load(path).but(TINY).but({"changes": [{"at": "day 14", "set": {"practices.coffee.every": "1 day"}},
                                                 {"at": "day 28", "set": {"practices.coffee.every": "never"}}]})
    run = play(made, 1)
    assert len(run.days["coffees"]) == 42
    assert np.isfinite(run.days["coffees"]).nonzero()[0].tolist() == list(range(14, 28))
    assert run.kpis["coffees"] == 9


def test_a_mind_reads_settings_anew():
    model = SalesMarketingModel(scenario(TINY, later(14, {"selling.base_share": "90%"})), 1)
    model.run_for(14)
    before = model.world.reps["share_leads"].copy()
    model.run_for(1)
    assert (model.world.reps["share_leads"] > before + 0.2).all()


def test_a_change_at_once_is_a_change_on_that_morning():
    made, weekly = scenario(SMALL), {"practices.meetings.every": "1 week", "leads.priority": "newest"}
    live, planned = SalesMarketingModel(made, 1), SalesMarketingModel(made.but(later(60, weekly)), 1)
    live.run_for(60)
    live.change(weekly)
    live.run_for(122)
    planned.run_for(182)
    assert live.plot["practices.meetings.every"] == planned.plot["practices.meetings.every"] == 7
    assert differing(live.result(leads=True), planned.result(leads=True)) == set()


@pytest.mark.parametrize("world", WORLDS)
def test_a_fork_goes_on_as_the_model_does_and_a_change_of_nothing_leaves_it_so(world):
    model = SalesMarketingModel(scenario(TINY, WORLDS[world], later(30, {"leads.age_seen": "60%"})), 2)
    model.run_for(19)
    fork, other = model.fork(), model.fork()
    fork.change({"leads.age_seen": 0.1})
    other.change({"leads.age_seen": 0.9, "selling.call.mean": "1 hour"})
    for future in (other, model, fork):
        future.run_for(23)
    assert differing(model.result(leads=True), fork.result(leads=True)) == set()
    assert differing(model.result(leads=True), other.result(leads=True)) != set()
    assert model.plot["leads.age_seen"] == other.plot["leads.age_seen"] == 0.6


def test_two_futures_of_a_fork_share_their_luck():
    model = SalesMarketingModel(scenario(SMALL), 3)
    model.run_for(60)
    one, other = model.fork(), model.fork()
    one.change({"selling.admin": "30%"})
    other.change({"practices.meetings.every": "1 week"})
    asked = []
    for future in (one, other):
        future.run_for(40)
        leads = future.result(leads=True).leads
        asked.append(dict(zip(leads["lead"].tolist(), leads["score"].tolist(), strict=True)))
    both = asked[0].keys() & asked[1].keys()
    assert len(both) > 0.8 * len(asked[0])
    assert all(asked[0][lead] == asked[1][lead] for lead in both)


def test_a_comparison_differs_from_the_day_of_the_change_on():
    made = scenario(SMALL, {"run.replications": 2})
    changed = made.but(later(84, {"practices.meetings.every": "1 week"}), name="meet from week 12")
    days = compare([made.but({}, name="never"), changed]).results.days.set_index(["scenario", "replication", "day"])
    one, other = days.loc["never"], days.loc["meet from week 12"]
    same = ((one == other) | (one.isna() & other.isna())).all(axis=1)
    assert same[same.index.get_level_values("day") < 84].all()
    assert (~same).groupby("replication").any().all()


def test_who_waits_for_a_stream_comes_sooner_by_as_much_as_it_quickens():
    model = SalesMarketingModel(scenario(TINY, {"leads.arrivals": "7 per week"}), 1)
    model.run_for(10)
    clock = model.world.parts["arrivals"].clock
    now, wait = clock["now"][0], clock["next"][0] - clock["now"][0]
    model.change({"leads.arrivals": "70 per week"})
    assert clock["next"][0] == pytest.approx(now + wait / 10)
    model.change({"leads.arrivals": "0"})
    model.change({"leads.arrivals": "7 per week"})
    assert clock["next"][0] == pytest.approx(now + wait)


def test_a_horizon_that_widens_shows_all_that_comes_within_it():
    wide = {"market.horizon.ahead": "60 days"}
    base = {"market.shocks": "1 per week"}
    model = SalesMarketingModel(scenario(TINY, base, {"market.horizon.ahead": "0 days"}, later(30, wide)), 1)
    always = SalesMarketingModel(scenario(TINY, base, wide), 1)
    for each in (model, always):
        each.run_for(31)
    coming = [np.sort(each.world.shocks["day"][each.world.shocks["day"] > 30]).tolist() for each in (model, always)]
    assert coming[0] == coming[1]
    assert len(coming[0]) > 10


def test_every_study_under_way_keeps_its_place_and_comes_in_whatever_the_rhythm_becomes():
    base = scenario(SMALL, {"market.research.every": "4 weeks", "market.research.lag": "1 week"})
    model = SalesMarketingModel(base.but({"changes": [
        {"at": "day 30", "set": {"market.research.every": "1 week", "market.research.lag": "10 weeks"}},
        {"at": "day 120", "set": {"market.research.lag": "3 days", "market.research.noise": 0.1}}]}), 1)
    believing, most = model.world.parts["insight"], 0
    for day in range(26 * 7):
        model.run_for(1)
        slots = [study.slot for study in believing.under_way]
        assert len(set(slots)) == len(slots)
        assert [study.due for study in believing.under_way] == sorted(study.due for study in believing.under_way)
        assert all(study.due > day for study in believing.under_way)
        assert np.flatnonzero(believing.studies["day"][::3] >= 0).tolist() == sorted(slots)
        most = max(most, len(slots))
    assert most == 10
