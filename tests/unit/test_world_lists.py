"""A world of five rows: lists, births and deaths of leads."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import scenario

from smsim.core.kernel import rows
from smsim.world.closing import full_log
from smsim.world.customers import CLOSED, IDLE, LEAD
from smsim.world.ending import cause_of_death, end_lead, open_lead
from smsim.world.leads import FREE, HANDOFF, QUEUED, Leads
from smsim.world.lists import Queues, delist, enlist
from smsim.world.outcomes import DESK_OF, Outcome
from smsim.world.world import World

NONE = -1


def ranks(leads, queue):
    found, row = [], int(queue["head"][0])
    while row >= 0:
        found.append((float(leads["rank"][row]), row))
        row = int(leads["after"][row])
    return found


@given(st.lists(st.integers(0, 4), min_size=1, max_size=5), st.data())
def test_a_list_stays_sorted_and_whole_whoever_comes_and_goes(given_ranks, data):
    leads, queue = Leads(5), Queues(1)
    inside = []
    for row, rank in enumerate(given_ranks):
        leads["rank"][row] = rank
        enlist(leads.rows, row, queue.rows[0])
        inside.append(row)
        if data.draw(st.booleans()):
            gone = data.draw(st.sampled_from(inside))
            delist(leads.rows, gone, queue.rows[0])
            inside.remove(gone)
        found = ranks(leads, queue)
        assert found == sorted(found, key=lambda pair: pair[0])
        assert [row for _, row in found] == sorted(inside, key=lambda row: (leads["rank"][row], row))
        assert queue["tail"][0] == (found[-1][1] if found else NONE)


def five(leads=5, customers=5):
    made = World(scenario({"market.customers": customers, "company.reps": 1, "company.marketers": 1}), 1)
    made.firm["room"] = leads
    return made


def born(world, customer=0, **columns):
    row = open_lead(world.rows)
    lead = world.leads
    lead["customer"][row], lead["holds"][row], lead["state"][row] = customer, 1, QUEUED
    world.customers["stage"][customer] = LEAD
    for name, value in columns.items():
        lead[name][row] = value
    return row


def test_no_more_leads_are_born_than_there_is_room_for():
    world = five(leads=3)
    assert [open_lead(world.rows) >= 0 for _ in range(5)] == [True, True, True, False, False]
    assert world.firm["live"][0] == 3


def test_a_lead_that_ends_leaves_a_line_a_free_row_and_a_free_customer():
    world = five()
    row = born(world, 2, created=1.0, routed=1.5, touched=2.0, value=100.0)
    world.customers["window_end"][2] = 50
    end_lead(world.rows, row, int(Outcome.NOT_A_BUYER), 2.5)
    assert world.leads["state"][row] == FREE
    assert world.firm["live"][0] == 0
    assert world.firm["free"][0] == row
    assert world.customers["stage"][2] == IDLE
    assert world.customers["window_end"][2] == 50
    line = world.log[0]
    assert (line["customer"], line["outcome"], line["closed"], line["value"]) == (2, Outcome.NOT_A_BUYER, 2.5, 100.0)
    assert np.isnan(line["qualified"])


@pytest.mark.parametrize(("outcome", "closes"), [
    (Outcome.WON, True), (Outcome.LOST_TO_RIVAL, True), (Outcome.COLD_IN_QUEUE, True), (Outcome.COLD_IN_HANDOFF, True),
    (Outcome.STALLED, True), (Outcome.REJECTED, False), (Outcome.EXPIRED, False), (Outcome.NEVER_ROUTED, False),
])
def test_who_was_lost_to_a_decision_or_to_cold_stops_looking(outcome, closes):
    world = five()
    row = born(world, 1)
    world.customers["window_end"][1] = 80
    end_lead(world.rows, row, int(outcome), 3.0)
    assert (world.customers["window_end"][1] == CLOSED) == closes


def test_a_lead_that_does_not_hold_its_customer_lets_nobody_go():
    world = five()
    row = born(world, 1, holds=0)
    end_lead(world.rows, row, int(Outcome.WON), 3.0)
    assert world.customers["stage"][1] == LEAD


@pytest.mark.parametrize(("routed", "dies", "expires", "dies_of", "cause"), [
    (math.inf, 1.0, 30.0, Outcome.COLD_IN_QUEUE, Outcome.NEVER_ROUTED),
    (2.0, 1.0, 30.0, Outcome.COLD_IN_QUEUE, Outcome.COLD_IN_HANDOFF),
    (2.0, 3.0, 30.0, Outcome.COLD_IN_QUEUE, Outcome.COLD_IN_QUEUE),
    (2.0, 1.0, 30.0, Outcome.WINDOW_CLOSED, Outcome.WINDOW_CLOSED),
    (2.0, 40.0, 30.0, Outcome.COLD_IN_QUEUE, Outcome.EXPIRED),
])
def test_what_took_a_lead_first_is_what_it_died_of(routed, dies, expires, dies_of, cause):
    lead = np.zeros(1, dtype=Leads.dtype())
    lead["routed"], lead["dies"], lead["expires"], lead["dies_of"] = routed, dies, expires, dies_of
    assert cause_of_death(rows(lead)[0], int(Outcome.EXPIRED)) == cause
    world = five()
    born(world, 0, routed=routed, dies=dies, expires=expires, dies_of=dies_of, state=HANDOFF, created=0.0)
    line = full_log(world, 50.0)[0]
    assert line["outcome"] == cause
    assert line["closed"] == min(dies, expires)


def test_the_log_at_an_instant_calls_open_what_is_alive():
    world = five()
    born(world, 0, created=1.0, routed=1.0, dies=9.0, expires=31.0)
    assert full_log(world, 5.0)["outcome"].tolist() == [Outcome.OPEN]
    assert full_log(world, 9.0)["outcome"].tolist() == [Outcome.COLD_IN_QUEUE]


def test_room_is_made_without_moving_anybody():
    world = five(customers=5)
    row = born(world, 3, value=7.0)
    world.make_room(1000)
    assert len(world.leads) >= 1001
    assert world.leads["value"][row] == 7.0
    free = {open_lead(world.rows) for _ in range(1000)}
    assert len(free) == 1000
    assert row not in free
    assert -1 not in free


def test_every_outcome_has_a_desk_and_a_name():
    assert set(DESK_OF) == set(Outcome)
    assert len({outcome.label for outcome in Outcome}) == len(Outcome)


def test_segments_have_their_shares_and_territories_are_even():
    world = World(scenario({"market.customers": 20_000, "company.reps": 8, "market.value_spread": 0.6, "market.offset": 0.5}), 1)
    shares = np.bincount(world.customers["segment"]) / 20_000
    assert shares == pytest.approx([0.5, 0.35, 0.15], abs=0.015)
    assert set(np.bincount(world.accounts["owner"])) == {2500}
    logs = np.log(world.accounts["value"] / world.segments["deal_value"][world.customers["segment"]])
    assert logs.mean() == pytest.approx(0, abs=0.02)
    assert logs.std() == pytest.approx(0.6, rel=0.03)
    assert world.accounts["offset"].std(axis=0) == pytest.approx([0.5] * 3, rel=0.03)
