"""Whatever changes in the course of whatever run: the past is the same, leads and customers are conserved, a copy goes the same way."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from test_conservation import SEEDS, check_customers, check_lists, check_log
from worlds import differing
from worlds_at_random import changes, scenarios

from smsim import SalesMarketingModel


@given(scenarios(), changes(), SEEDS, st.data())
def test_a_change_leaves_the_past_alone_and_loses_nobody(made, change, seed, data):
    days = made["run.weeks"] * 7
    day = data.draw(st.integers(0, days - 1))
    model = SalesMarketingModel(made.but({"changes": [{"at": f"day {day}", "set": change}]}), seed)
    without = SalesMarketingModel(made, seed)
    if day:
        model.run_for(day)
        without.run_for(day)
    assert differing(model.result(leads=True), without.result(leads=True)) == set()
    for _ in range(days - day):
        model.step()
        check_lists(model.world)
        check_customers(model.world)
    check_log(model)
    assert int(model.world.firm["live"][0]) + int(model.world.firm["logged"][0]) == len(model.period().log)


@given(scenarios(), changes(), changes(), SEEDS)
def test_a_fork_with_the_same_changes_is_the_same_future(made, first, second, seed):
    model = SalesMarketingModel(made, seed)
    model.run_for(3)
    fork = model.fork()
    for future in (model, fork):
        future.change(first)
        future.run_for(2)
        future.change(second)
        future.run_for(made["run.weeks"] * 7 - 5)
    assert differing(model.result(leads=True), fork.result(leads=True)) == set()
