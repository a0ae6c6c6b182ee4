"""What is on record is what has happened, as far as somebody has told."""

import numpy as np
import pytest
from worlds import SMALL, model_of

from smsim.world.closing import full_log
from smsim.world.outcomes import Outcome

PAID = {"incentives.marketers.leads": 1.0, "company.marketer_mind": "keeper", "crm.memory": 1.0, "crm.lag": "at once"}
MEET = {"practices.meetings.every": "2 weeks"}


def played(**changes):
    """A world after half a year, and the truth about its marketing leads and inquiries."""
    model = model_of(SMALL, PAID, changes)
    model.run_for(182)
    log = full_log(model.world, 182)
    return model.world, log[log["source"] == 0]


def told(world):
    return world.ledger["good"].sum() + world.ledger["bad"].sum()


def test_everybody_who_asks_is_written_down_once():
    world, log = played()
    assert world.ledger["asked"].sum() == len(log)
    assert world.books["weeks"][0] == 26


def test_inquiries_stand_in_the_band_of_their_score_and_the_row_of_their_segment():
    world, log = played()
    band = np.minimum((log["score"] * 20).astype(int), 19)
    cell = world.customers["segment"][log["customer"]] * 20 + band
    assert (world.ledger["asked"] == np.bincount(cell, minlength=60)).all()


def test_with_a_crm_every_call_and_every_sale_is_told():
    world, log = played(**{"crm.closed_loop": "yes"})
    good = ~np.isnan(log["qualified"]) & (log["qualified"] < 182)
    ended = log["outcome"] > 0
    called_in_vain = ended & np.isnan(log["qualified"]) & ~np.isnan(log["first_touch"])
    rejected = ended & np.isnan(log["first_touch"]) & (log["outcome"] == Outcome.REJECTED)
    assert world.ledger["good"].sum() == good.sum()
    assert world.ledger["bad"].sum() == (called_in_vain | rejected).sum()
    assert world.ledger["won"].sum() == pytest.approx(log["value"][log["outcome"] == Outcome.WON].sum())


def test_a_channel_is_credited_with_the_leads_whose_trace_is_on_record():
    world, log = played()
    leads = log[(log["outcome"] != Outcome.BELOW_THRESHOLD) & (log["traced"] > 0)]
    assert (world.credits["leads"] == np.bincount(leads["channel"], minlength=8)).all()


def test_leads_put_down_wrongly_are_as_many_elsewhere():
    (right, _), (wrong, _) = played(), played(**{"crm.misattributed": "50%"})
    assert wrong.credits["leads"].sum() == right.credits["leads"].sum()
    assert (wrong.credits["leads"] != right.credits["leads"]).any()


def test_nobody_tells_where_the_loop_is_open():
    world, _ = played(**MEET)
    assert told(world) == 0


def test_what_is_told_in_meetings_waits_for_one():
    never, often = (played(**{"crm.closed_loop": "meetings"}, **extra)[0] for extra in ({}, MEET))
    assert told(never) == 0
    assert told(often) > 0


def test_a_meeting_in_which_only_marketing_talks_tells_it_nothing():
    world, _ = played(**{"crm.closed_loop": "meetings", "practices.meetings.direction": "down"}, **MEET)
    assert told(world) == 0


def test_news_that_is_older_is_less_news():
    (old, _), (new, _) = (played(**{"crm.closed_loop": "yes", "crm.lag": lag}) for lag in ("60 days", "at once"))
    assert 0 < told(old) < told(new)


def test_old_weeks_fade():
    world, log = played(**{"crm.memory": 0.5})
    assert world.books["weeks"][0] == pytest.approx(2.0, abs=1e-6)
    assert world.ledger["asked"].sum() < len(log) / 5


def test_what_is_worked_within_a_week_is_seen_a_week_later():
    world, log = played()
    leads = log[log["outcome"] != Outcome.BELOW_THRESHOLD]
    old = leads[leads["created"] < 182 - 8]
    worked = old["first_touch"] - old["created"] <= 7.0
    assert world.books["passed"][0] == len(old)
    assert world.books["worked"][0] == worked.sum()
