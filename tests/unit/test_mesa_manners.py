"""The model is a Mesa model: agent sets, agents, events, data collector, copies."""

from __future__ import annotations

import copy
import pickle

import mesa
import numpy as np
import pytest
from mesa.agentset import AbstractAgentSet
from worlds import LOG, SMALL, TINY, WORLDS, differing, model_of, scenario

from smsim import Marketer, Rep, SalesMarketingModel
from smsim.agents.customer import Customer


@pytest.fixture(scope="module")
def model():
    made = model_of(TINY)
    made.run_for(21)
    return made


def test_customers_are_an_agent_set_of_agents(model):
    customers = model.customers
    assert isinstance(customers, AbstractAgentSet)
    assert len(customers) == 200
    assert len(list(customers)) == 200
    assert all(isinstance(customer, mesa.Agent) for customer in customers)
    assert customers[3].unique_id == 3
    assert customers[3] in customers
    assert customers[3] == customers[3]
    assert len({customers[3], customers[3], customers[4]}) == 2
    assert "customer" not in customers


def test_a_customer_is_its_row(model):
    customer = model.customers[5]
    assert isinstance(customer, Customer)
    assert customer.goodwill == model.world.customers["goodwill"][5]
    assert customer.value == model.world.accounts["value"][5]
    assert customer.model is model
    made = model_of(TINY)
    made.customers[5].goodwill = 9.5
    assert made.world.customers["goodwill"][5] == 9.5
    with pytest.raises(AttributeError, match="no attribute"):
        _ = customer.hat_size
    with pytest.raises(TypeError):
        customer.remove()


def test_select_takes_those_for_whom_it_is_true(model):
    customers = model.customers
    warm = customers.select(lambda customer: customer.goodwill > 2.0)
    assert {c.unique_id for c in warm} == set(np.flatnonzero(model.world.customers["goodwill"] > 2.0).tolist())
    assert isinstance(warm, type(customers))
    assert len(customers.select(at_most=7)) == 7
    assert len(customers.select(at_most=0.1)) == 20
    assert len(customers.select(agent_type=Customer)) == 200
    assert len(customers.select(agent_type=Rep)) == 0
    assert len(customers.where(customers.column("segment") == 1)) == (model.world.customers["segment"] == 1).sum()
    assert len(warm.select(lambda customer: customer.segment == 0)) <= len(warm)


def test_groups_are_agent_sets_and_count_everybody(model):
    by_name, by_function = model.customers.groupby("segment"), model.customers.groupby(lambda customer: customer.segment)
    assert sum(by_name.count().values()) == 200
    assert by_name.count() == by_function.count()
    assert all(isinstance(group, AbstractAgentSet) for _, group in by_name)
    assert by_name.agg("goodwill", np.mean)[0] == pytest.approx(
        model.world.customers["goodwill"][model.world.customers["segment"] == 0].mean())


def test_values_are_got_set_and_added_up():
    made = model_of(TINY)
    customers = made.customers
    assert customers.get("segment") == made.world.customers["segment"].tolist()
    assert customers.get(["segment", "value"])[0] == [int(made.world.customers["segment"][0]), float(made.world.accounts["value"][0])]
    assert customers.get("hat", handle_missing="default", default_value=7) == [7] * 200
    with pytest.raises(AttributeError):
        customers.get("hat")
    assert customers.agg("value", sum) == pytest.approx(made.world.accounts["value"].sum())
    assert customers.set("goodwill", 1.5) is customers
    assert set(customers.get("goodwill")) == {1.5}
    customers.where(customers.column("segment") == 0).set("goodwill", 3.0)
    assert (made.world.customers["goodwill"] == np.where(made.world.customers["segment"] == 0, 3.0, 1.5)).all()


def test_sorting_and_shuffling_make_new_sets(model):
    values = model.customers.sort("value", ascending=True).get("value")
    assert values == sorted(values)
    assert model.customers.sort(lambda customer: customer.value).get("value") == values[::-1]
    shuffled = model.customers.shuffle()
    assert shuffled.get("unique_id") != model.customers.get("unique_id")
    assert sorted(shuffled.get("unique_id")) == model.customers.get("unique_id")


def test_do_and_map_reach_everybody():
    made = model_of(TINY)
    assert made.customers.map(lambda customer, more: customer.unique_id + more, 1) == list(range(1, 201))
    met = []
    assert made.customers.do(lambda customer: met.append(customer.unique_id)) is made.customers
    made.customers.shuffle_do(lambda customer: met.append(customer.unique_id))
    assert sorted(met) == sorted([*range(200), *range(200)])


def test_the_market_neither_grows_nor_shrinks(model):
    for change in (model.customers.add, model.customers.remove, model.customers.discard):
        with pytest.raises(TypeError):
            change(model.customers[0])


def test_reps_and_marketers_are_agents_of_the_model(model):
    assert len(model.agents) == 5
    assert len(model.agents_by_type[type(model.reps[0])]) == 3
    assert all(isinstance(rep, Rep) for rep in model.reps)
    assert all(isinstance(marketer, Marketer) for marketer in model.marketers)
    assert sorted(s for marketer in model.marketers for s in marketer.segments) == [0, 1, 2]
    assert model.reps[1].row.trust == model.world.reps["trust"][1]
    with pytest.raises(AttributeError):
        model.reps[1].row.charm = 3


def test_the_data_collector_has_a_row_a_day(model):
    frame = model.datacollector.get_model_vars_dataframe()
    assert len(frame) == 21
    days = model.record.days()
    assert (frame["selling_hours"].to_numpy() == days["selling_hours"]).all()
    assert (frame["wasted_selling_hours"].to_numpy() == days["wasted_hours"]).all()


def test_stepping_running_for_and_running_until_are_the_same():
    steps, run_for, until = (SalesMarketingModel(scenario(TINY, WORLDS["meetings"]), 3) for _ in range(3))
    for _ in range(42):
        steps.step()
    run_for.run_for(42)
    until.run_until(42)
    assert steps.time == run_for.time == until.time == 42
    assert steps.days_played == run_for.days_played == until.days_played == 42
    assert differing(steps.result(leads=True), run_for.result(leads=True)) == set()
    assert differing(steps.result(leads=True), until.result(leads=True)) == set()


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("fork", [copy.deepcopy, lambda model: pickle.loads(pickle.dumps(model))], ids=["deepcopy", "pickle"])
def test_a_copy_of_a_running_model_goes_on_as_the_model_does(world, fork):
    model = SalesMarketingModel(scenario(TINY, WORLDS[world]), 2)
    model.run_for(19)
    twin = fork(model)
    model.run_for(23)
    assert twin.days_played == 19
    twin.run_for(23)
    assert differing(model.result(leads=True), twin.result(leads=True)) == set()


def test_a_copy_can_go_another_way_and_leaves_the_model_alone():
    model, untouched = model_of(SMALL), model_of(SMALL)
    model.run_for(60)
    other = copy.deepcopy(model)
    other.world.reps["answer_within"] = 8.0
    other.run_for(60)
    model.run_for(60)
    untouched.run_for(120)
    assert differing(model.result(leads=True), untouched.result(leads=True)) == set()
    assert "leads first_touch" in differing(model.result(leads=True), other.result(leads=True))


def test_people_decide_at_their_rhythm(tmp_path):
    file = tmp_path / "counting.py"
    file.write_text(
        "from smsim import Marketer, Rep\n"
        "class Counting(Rep):\n    name = 'counting'\n    times = ()\n"
        "    def decide(self):\n        self.times = (*self.times, self.model.time)\n"
        "class Counter(Marketer):\n    name = 'counter'\n    times = ()\n"
        "    def decide(self):\n        self.times = (*self.times, self.model.time)\n")
    model = model_of(TINY, {"company.rep_mind": f"{file}:Counting", "company.marketer_mind": f"{file}:Counter"})
    model.run_for(42)
    assert [rep.times for rep in model.reps] == [(0.5, 7.5, 14.5, 21.5, 28.5, 35.5)] * 3
    assert [marketer.times for marketer in model.marketers] == [(0.5, 28.5)] * 2


def test_who_leaves_the_firm_decides_no_more():
    model = model_of(TINY)
    model.run_for(8)
    gone = model.reps[0]
    gone.row.share_leads = 0.123
    gone.remove()
    model.run_for(20)
    assert gone not in model.agents
    assert gone.row.share_leads == 0.123
    assert model.reps[1].row.share_leads != 0.3


def test_meetings_happen_on_the_mornings_of_their_rhythm():
    model = model_of(TINY, {"practices.meetings.every": "10 days", "practices.meetings.length": "2 hours"})
    model.run_for(42)
    hours = model.record.days()["meeting_hours"]
    assert np.flatnonzero(hours).tolist() == [10, 21, 30]
    assert hours[10] == 2 * 5


def test_a_model_takes_a_name_a_scenario_and_changes():
    assert SalesMarketingModel("silo", 1, {"company.reps": 2, "market.customers": 10}).plot["company.reps"] == 2
    assert len(SalesMarketingModel(scenario(TINY), changes={"market.customers": 10}).customers) == 10


def test_a_log_is_played_through_the_model_too():
    model = SalesMarketingModel(scenario(TINY, LOG), 1)
    model.run_for(42)
    assert model.world.channel_names[-4:] != model.world.channel_names[:4]
    assert set(model.world.channel_names) >= {"web", "fair", "phone"}


def test_running_longer_than_planned_goes_on():
    model = model_of(TINY)
    model.run_for(60)
    assert len(model.record.days()["day"]) == 60
    assert len(model.datacollector.get_model_vars_dataframe()) == 60
