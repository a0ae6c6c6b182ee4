"""What a rep does for his pay is what pays best: asked of every choice he has, none beats the one he made."""

from __future__ import annotations

import numpy as np
import pytest

from smsim import SalesMarketingModel, load
from smsim.mechanisms.choice import USUALLY_WON
from smsim.mechanisms.effort import pay_of_a_later_sale, pay_of_an_hour, pay_of_sales, prospects
from smsim.mechanisms.reporting import Reporting, share_reported
from smsim.mechanisms.timing import Timing


def followed(day, **changes):
    """The reps of a firm with quotas on the morning of a day, each of whom has done what his pay asks for."""
    plot = load("quota").but({"market.customers": 1000, "selling.reporting.hours": 0.2, "incentives.reps.accelerator": 3.0, **changes})
    model = SalesMarketingModel(plot, 1)
    model.run_for(day)
    for rep in model.reps:
        rep.earning.look(day).follow()
    return model, [(rep.row, rep.earning) for rep in model.reps]


def worth(effort, earning):
    o = earning.outlook[0]
    return prospects(effort, o, earning.pay[0]) - 0.5 * o["cost"] * o["left"] * effort**2


@pytest.mark.parametrize("day", [130, 267])
def test_no_length_of_the_day_pays_better_than_the_one_he_works(day):
    _, reps = followed(day)
    for row, earning in reps:
        o, chosen = earning.outlook[0], worth(row.effort, earning)
        assert all(worth(effort, earning) <= chosen + 1e-6 for effort in np.linspace(o["least"], o["most"], 501))


def test_he_writes_up_as_much_as_an_hour_of_selling_leaves_to_writing():
    model, reps = followed(130)
    duty = model.plot.of(Reporting).duty
    for row, earning in reps:
        _, salary, hours, _, _ = earning.asking
        hour = pay_of_an_hour(earning.outlook, earning.pay, row.effort, hours)
        assert row.share_reported == share_reported(duty, salary, hour)


def test_he_writes_up_all_where_writing_takes_no_time():
    _, reps = followed(130, **{"selling.reporting.hours": 0.0})
    assert all(row.share_reported == 1 for row, _ in reps)


def test_near_the_end_he_brings_forward_the_deals_that_it_pays_to_bring_forward():
    model, reps = followed(267)
    found = [best_reach(row, earning, model.plot.of(Timing)) for row, earning in reps]
    assert [row.pull for row, _ in reps] == found
    assert any(found)


def best_reach(row, earning, timing):
    """The days beyond the end from which it pays most to bring deals forward; 0 where it does not pay."""
    later, gains = pay_of_a_later_sale(earning.outlook, earning.pay), {0.0: 0.0}
    for weeks in range(1, 5):
        values, shares = row.soon[:weeks], timing.haste * (np.arange(weeks) + 0.9) / timing.price
        given = float(USUALLY_WON * (values * (1 - shares)).sum())
        if shares[-1] <= timing.most:
            more = pay_of_sales(earning.outlook, earning.pay, row.effort, given)
            gains[7.0 * weeks] = more - later * USUALLY_WON * float(values.sum())
    best = max(gains, key=lambda days: (gains[days] - 1e-6 * days))
    return min(best, timing.reach)


def test_near_the_end_he_holds_back_only_deals_that_bring_more_later():
    model, reps = followed(267, **{"incentives.reps.cap": "100%", "incentives.reps.quota": "20000 per quarter"})
    timing = model.plot.of(Timing)
    for row, earning in reps:
        value = USUALLY_WON * row.late
        later = pay_of_a_later_sale(earning.outlook, earning.pay) * value * (1 - (1 - USUALLY_WON) * timing.haste)
        assert row.push == (value > 0 and later > -pay_of_sales(earning.outlook, earning.pay, row.effort, -value) + 1e-9)
    assert {row.push for row, _ in reps} == {0.0, 1.0}


def test_far_from_the_end_no_deal_is_moved():
    _, reps = followed(130)
    assert all(row.pull == 0 and row.push == 0 for row, _ in reps)
