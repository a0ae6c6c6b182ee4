"""Benchmarks play what they say they play; how fast, no test asserts."""

from __future__ import annotations

import dataclasses
import math
import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.additions import PLAIN, added, additions, everything  # noqa: E402
from benchmarks.engines import Floor, memory_of, profile  # noqa: E402
from benchmarks.firms import core, firm, twin_settings  # noqa: E402
from benchmarks.goals import Goal  # noqa: E402
from benchmarks.mesa_twin import Customer, Funnel  # noqa: E402
from benchmarks.page import BEGIN, END, figure, tables  # noqa: E402
from benchmarks.rounds import interleave, median, ratio  # noqa: E402
from benchmarks.totals import NAMES, agreements, compare  # noqa: E402
from smsim import SalesMarketingModel  # noqa: E402
from smsim.core.registry import registry  # noqa: E402
from smsim.report.markers import between  # noqa: E402


@pytest.mark.parametrize("customers", [500, 2000, 20_000])
def test_people_and_money_grow_with_the_customers(customers):
    plot = firm("silo", customers)
    assert plot["company.reps"] == customers // 250
    assert plot["company.marketers"] == customers // 500
    assert plot["channels.website.spend"] / customers == pytest.approx(firm("silo", 2000)["channels.website.spend"] / 2000)


def test_everybody_plays_once_a_round_and_another_begins_each_time():
    order: list[str] = []
    results = interleave({name: lambda name=name: order.append(name) or {"at": len(order)} for name in "abc"}, 3, lambda _: None)
    assert "".join(order) == "abc" + "bca" + "cab"
    assert [one["at"] for one in results["a"]] == [1, 6, 8]


def test_a_slow_spell_that_falls_on_both_leaves_the_ratio_as_it_is():
    results = {"slow": [{"t": 6.0}, {"t": 60.0}, {"t": 6.0}], "quick": [{"t": 2.0}, {"t": 20.0}, {"t": 2.0}]}
    assert ratio(results, "slow", "quick", "t") == 3
    assert median(results, "slow", "t") == 6
    assert math.isnan(ratio(results, "slow", "nobody", "t"))


@pytest.mark.parametrize(("at_least", "measured", "verdict"), [
    (True, 60.0, "met"), (True, 30.0, "missed by a factor of 2.00"), (False, 60.0, "met"), (False, 90.0, "missed by a factor of 1.50"),
    (True, math.nan, "not measured"),
])
def test_a_missed_goal_says_by_how_much(at_least, measured, verdict):
    assert Goal("g", 60.0, at_least, measured).verdict == verdict


def test_tables_go_between_the_markers_of_the_page_and_nowhere_else():
    page = (ROOT / "docs" / "speed.md").read_text(encoding="utf-8")
    filled = between(page, BEGIN, END, "THESE")
    assert between(filled, BEGIN, END, "THOSE") == filled.replace("THESE", "THOSE")
    assert filled.startswith(page[: page.index("<!-- bench")])
    with pytest.raises(ValueError, match="no place"):
        between("a page", BEGIN, END, "THESE")


def test_what_was_not_measured_makes_no_table():
    found: dict[str, dict] = {part: {} for part in ("engines", "additions", "memory", "commands", "compiling", "processes", "profile")}
    assert tables(found, []) == {}
    engines = {"engines": {"floor 20000": [{"customer-day": 2.0, "set up": 0.0}, {"customer-day": 4.0, "set up": 0.0}]}}
    assert tables(found | engines, [])["A simulated year"][1] == ["floor", "20,000", "3", "2 – 4", figure(3 * 364 * 20_000 / 1e9), "0"]


def test_an_addition_is_the_plain_firm_but_for_what_it_adds():
    plain, launch = firm(PLAIN, 500), added("launch", 500)
    differ = {key for key, value in plain.values().items() if launch.values()[key] != value}
    assert {key.split(".")[0] for key in launch.values() if key not in plain.values()} == {"launches"}
    assert {key.split(".")[0] for key in differ} <= {"products"}


def test_with_everything_on_every_practice_and_every_mechanism_but_other_sources_of_leads_is_there():
    model = SalesMarketingModel(everything(500), 1)
    known = registry()
    assert {one.name for one in model.practices} == set(known.practices)
    off = set(known.mechanisms) - {one.name for one in model.mechanisms}
    assert off <= {"arrivals", "log_replay", "journal"}, off
    assert (model.plot["market.customers"], model.plot["company.reps"]) == (500, 2)


def test_the_cost_of_an_addition_is_its_ratio_to_the_plain_firm_in_the_same_round():
    results = {PLAIN: [{"year": 2.0}, {"year": 20.0}, {"year": 2.0}], "quota": [{"year": 3.0}, {"year": 30.0}, {"year": 4.0}]}
    found: dict[str, dict] = {part: {} for part in ("engines", "memory", "commands", "compiling", "processes", "profile")}
    assert tables(found | {"additions": results}, [])["What each addition costs"][1:] == [
        ["`silo`", "2", "1", "–"], ["`quota`", "4", "1.5", "1.5 – 2"]]


def test_every_round_of_an_addition_plays_the_same_year():
    play = additions(100)[PLAIN]
    model = play.args[0]
    assert play()["year"] > 0
    assert (play()["year"] > 0, model.days_played) == (True, 364)


def test_the_floor_draws_once_for_each_customer_and_day():
    floor = Floor(2000)
    floor.run_for(50)
    assert floor.sum == pytest.approx(50_000, abs=5 * math.sqrt(100_000 / 12))


@pytest.fixture(scope="module")
def twin():
    model = Funnel(twin_settings(core(400)), rng=3)
    model.run_for(120)
    return model


def test_every_lead_of_the_twin_is_somewhere(twin):
    waiting = sum(len(rep.queue) for rep in twin.reps)
    offers = sum(len(rep.offers) for rep in twin.reps)
    assert twin.leads == twin.calls + waiting
    assert twin.inquiries > twin.leads >= twin.calls > twin.opportunities > twin.won > 0
    busy = sum(customer.busy for customer in twin.customers)
    assert busy == waiting + offers + len(twin.deciding)


def test_the_twin_is_a_mesa_model_of_agents_that_collects_its_figures_daily(twin):
    assert len(twin.agents_by_type[Customer]) == 400
    assert twin.datacollector.get_model_vars_dataframe()["won"].iloc[-1] == twin.won


def test_the_twin_takes_its_settings_from_the_scenario():
    plain = twin_settings(core(400))
    changed = twin_settings(core(400).but({"market.windows": "5 per year", "selling.call.mean": "3 hours"}))
    assert changed.opening == pytest.approx(1 - math.exp(-5 / 364))
    assert changed.call == 3 / 24
    assert dataclasses.replace(changed, opening=plain.opening, call=plain.call) == plain


def test_totals_that_differ_by_more_than_luck_are_told_apart():
    one = np.random.default_rng(1).normal(100, 5, (30, len(NAMES)))
    other = np.random.default_rng(2).normal(100, 5, (30, len(NAMES)))
    assert all(total.holds for total in compare(one, other))
    other[:, 4] *= 1.1
    assert [total.name for total in compare(one, other) if not total.holds] == ["calls"]


def test_a_watched_day_is_the_same_day():
    plain, watched = (SalesMarketingModel(core(300), 5) for _ in range(2))
    plain.run_for(28)
    spent = profile(watched, 14)
    watched.run_for(14)
    assert {mechanism.name for mechanism in watched.mechanisms} < set(spent)
    assert all(np.array_equal(plain.record.days()[name], watched.record.days()[name], equal_nan=True) for name in plain.record.days())


def test_hot_memory_is_everything_but_the_log():
    model = SalesMarketingModel(core(300), 5)
    told = memory_of(model)
    assert told["hot"] == pytest.approx(sum(size for name, size in told.items() if name.startswith("table ")))
    assert told["hot"] + told["log"] == pytest.approx(sum(table[:].nbytes for table in model.world.tables.values()) / 300)


@pytest.mark.slow
def test_ten_totals_of_a_year_agree_between_the_core_funnel_and_its_mesa_twin():
    found = agreements(customers=1000, replications=30)
    assert [total.name for total in found] == list(NAMES)
    assert [f"{total.name}: {total.smsim:.1f} against {total.twin:.1f}" for total in found if not total.holds] == []
