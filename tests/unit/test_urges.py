"""Who is next to feel an urge stands on top, and an interest is on one list of days, or on none."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import LAUNCH, SMALL, model_of

from smsim.mechanisms.urges import put_in_place
from smsim.world.products import Urges


@given(st.lists(st.floats(0, 100), min_size=1, max_size=40), st.lists(st.floats(0, 100), max_size=40))
@settings(max_examples=30, deadline=None)
def test_urges_come_in_their_order_whatever_takes_the_place_of_the_first(first, more):
    urges, left = Urges(len(first)), sorted(first)
    urges["at"] = left
    urges["customer"] = np.arange(len(left))
    for at in more:
        assert urges["at"][0] == left[0]
        put_in_place(urges.rows, 0, len(left), left[0] + at, int(urges["customer"][0]))
        left = sorted([*left[1:], left[0] + at])
    assert urges["at"][0] == left[0]
    assert sorted(urges["at"]) == left
    assert sorted(urges["customer"]) == list(range(len(left)))


def listed(model):
    """The rows on the lists of days, one list after the other."""
    interests, found = model.world.interests, []
    for slot, first in enumerate(model.world.asking_days["first"].tolist()):
        row, before = first, -1
        while row >= 0:
            assert interests["before"][row] == before
            assert interests["due"][row] % len(model.world.asking_days) == slot
            found.append(row)
            before, row = row, int(interests["after"][row])
    return found


def test_who_is_interested_is_on_one_list_of_a_day_to_come_and_who_is_not_is_on_none():
    model = model_of(SMALL, LAUNCH, {"products.widget.innovation": 4.0})
    for day in range(120):
        model.run_for(1)
        rows = listed(model)
        interests = model.world.interests
        assert len(set(rows)) == len(rows)
        assert sorted(rows) == np.flatnonzero(interests["until"] >= 0).tolist()
        assert (interests["due"][rows] > day).all()
    assert len(rows) > 50
