"""Goodwill builds up and fades as Nerlove and Arrow say, customer by customer. The period is the day."""

from __future__ import annotations

import numpy as np
import pytest
from firms import goodwill_by_day, only_messages
from formulas import duration, goodwill, within_four_errors

from smsim import SalesMarketingModel

#: (contacts per customer and day, share of goodwill left after a day): the table's .736, and the default of a channel, .932 a week.
SETTINGS = [(0.5, 0.736), (0.1, 0.932 ** (1 / 7))]


@pytest.mark.parametrize(("contacts", "kept"), SETTINGS)
def test_steady_contacts_hold_goodwill_at_x_over_one_minus_d(contacts, kept):
    """G → x/(1 − d): 3.788 per contact at d = .736 (case 8)."""
    days = 100 if kept < 0.8 else 700
    found = [goodwill_by_day(only_messages(contacts, kept), seed, days)[-1] for seed in range(8)]
    within_four_errors(found, goodwill(contacts, kept) * (1 - kept**days))


@pytest.mark.parametrize(("contacts", "kept"), SETTINGS)
def test_goodwill_builds_up_by_the_sum_of_what_is_left(contacts, kept):
    """On the way G_n = x(1 − d^n)/(1 − d)."""
    curves = np.array([goodwill_by_day(only_messages(contacts, kept), seed, 14) for seed in range(8)])
    for day in (1, 3, 14):
        within_four_errors(curves[:, day - 1], goodwill(contacts, kept) * (1 - kept**day))


@pytest.mark.parametrize(("contacts", "kept"), SETTINGS)
def test_after_the_spending_stops_every_customer_forgets_at_the_same_rate(contacts, kept):
    """G·d^n for each customer: half is gone after ln ½/ln d, 90% after ln .1/ln d, and a pulse adds up to 1/(1 − d) times itself."""
    model = SalesMarketingModel(only_messages(contacts, kept, pulse=104), 3)
    model.run_for(7)
    first = model.world.customers["goodwill"].copy()
    after = [first]
    for _ in range(700 if kept > 0.8 else 200):
        model.run_for(1)
        after.append(model.world.customers["goodwill"].copy())
    assert first.max() > 0
    for day in (1, 2, 10, 100):
        np.testing.assert_allclose(after[day], first * kept**day, rtol=1e-11)
    means = np.array([now.mean() for now in after]) / first.mean()
    for share in (0.5, 0.9):
        assert np.flatnonzero(means <= 1 - share)[0] == np.ceil(duration(share, kept))
    assert means.sum() == pytest.approx(goodwill(1, kept) * (1 - kept**len(means)), rel=1e-9)
