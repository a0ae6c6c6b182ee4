"""What marketers make of their pay, on ledgers written by hand."""

import numpy as np
import pytest
from worlds import TINY, model_of

from smsim.agents.aiming import Policy, believed, elasticity
from smsim.world.ledger import BANDS, Books

CENTRES = (np.arange(BANDS) + 0.5) / BANDS
NOTHING = np.zeros((3, BANDS))


def marketer(paid, capacity=None, asked=2.0, **changes):
    """The head of marketing, four weeks on record; `capacity` is how many leads of any week are worked, else all are."""
    model = model_of(TINY, {f"incentives.marketers.{paid}": 1.0, **changes})
    world = model.world
    world.ledger["asked"] = asked * 20
    world.books["weeks"] = 20
    for passed in (20, 30, 40, 60, 80) * 4:
        note(world.books, passed, passed if capacity is None else capacity)
    return model.marketers[0]


def note(books, passed, worked):
    x, y = np.log(passed), np.log(worked)
    for column, value in {"cohorts": 1, "passed": passed, "worked": worked, "x": x, "y": y, "xx": x * x, "xy": x * y}.items():
        books[column] += value


def tell(head, chance, calls=400.0):
    """Sales tell what share of the leads of each segment and band was good."""
    chance = np.broadcast_to(chance, (3, BANDS)).ravel()
    head.world.ledger["good"], head.world.ledger["bad"] = calls * chance, calls * (1 - chance)
    head.world.ledger["won"] = calls * chance * 0.47 * np.repeat(head.world.segments["deal_value"], BANDS)


def aimed(head):
    """What he would do this morning."""
    assert head.aim.look()
    return head.aim.best()


def test_who_is_told_nothing_thinks_every_score_as_good():
    assert np.ptp(believed(NOTHING, NOTHING)) < 1e-12


def test_what_was_told_of_a_band_is_believed_of_it():
    good, bad = NOTHING.copy(), NOTHING.copy()
    good[1, 15], bad[1, 15] = 300, 700
    assert believed(good, bad)[1, 15] == pytest.approx(0.3, abs=0.01)


def test_bands_nobody_was_told_of_lie_on_the_line_through_the_others():
    good, bad = NOTHING.copy(), NOTHING.copy()
    for band in range(10, BANDS):
        good[:, band], bad[:, band] = 1000 * CENTRES[band] / 2, 1000 * (1 - CENTRES[band] / 2)
    assert believed(good, bad)[0, 5] == pytest.approx(CENTRES[5] / 2, abs=0.01)


def test_a_chance_is_believed_to_lie_between_nothing_and_one():
    steep = np.where(CENTRES > 0.6, 1000.0, 0.0) * np.ones((3, 1))
    chance = believed(steep, 1000.0 - steep)
    assert (chance > 0).all()
    assert (chance < 1).all()


@pytest.mark.parametrize(("worked", "low", "high"), [(lambda n: 20, 0.0, 0.12), (lambda n: n / 2, 0.9, 1.0)])
def test_how_work_follows_leads_is_seen_in_large_and_small_weeks(worked, low, high):
    books = Books(1)
    for passed in (20, 30, 40, 60, 80) * 4:
        note(books, passed, worked(passed))
    assert low <= elasticity(books[0]) <= high


def test_without_a_week_on_record_nothing_is_known_of_it():
    assert elasticity(Books(1)[0]) == 0.5


def test_a_month_must_be_on_record_before_anybody_decides():
    head = marketer("leads")
    head.world.books["weeks"] = 3.0
    assert not head.aim.look()


def test_who_is_paid_by_leads_lowers_the_threshold_a_band_a_month():
    assert aimed(marketer("leads")) == Policy(pytest.approx(0.35), 3)


def test_who_takes_sales_hours_for_endless_goes_faster():
    head = marketer("leads", **{"company.marketer_mind": "volume"})
    assert aimed(head).threshold == pytest.approx(0.25)


def test_who_is_paid_by_the_closing_ratio_raises_it():
    head = marketer("closing_ratio")
    tell(head, CENTRES / 2)
    assert aimed(head).threshold == pytest.approx(0.45)


@pytest.mark.parametrize("figure", ["pipeline", "revenue", "margin", "new_accounts", "market_share"])
def test_who_is_paid_for_sales_raises_it_only_where_sales_are_short_of_hours(figure):
    short, free = marketer(figure, capacity=20), marketer(figure)
    for head in (short, free):
        tell(head, CENTRES / 2)
    assert aimed(short).threshold > 0.4
    assert aimed(free).threshold < 0.4


def test_who_is_paid_for_revenue_and_told_nothing_lowers_it_even_where_sales_are_short_of_hours():
    head = marketer("revenue", capacity=20, **{"incentives.marketers.may_move": ["threshold"]})
    head.aim.least_gain = 1e-9
    assert aimed(head).threshold < 0.4


def test_who_thinks_all_policies_as_good_stays():
    head = marketer("closing_ratio", capacity=None)
    tell(head, 0.2)
    assert aimed(head) == head.aim.now()


def test_who_is_told_nothing_still_knows_which_segments_pay_little():
    head = marketer("revenue", capacity=20, **{"incentives.marketers.may_move": ["targets"]})
    head.aim.follow(aimed(head))
    assert head.world.segments["bar"].tolist() == [0.2, 0.0, 0.0]


def test_a_segment_that_never_buys_leaves_the_target_list():
    head = marketer("revenue", capacity=20, **{"incentives.marketers.may_move": ["targets"]})
    tell(head, np.array([[0.3], [0.3], [0.0]]))
    policy = aimed(head)
    head.aim.follow(policy)
    assert policy == Policy(0.4, 2)
    assert head.world.segments["bar"].tolist() == [0.0, 0.0, 0.2]


def test_a_list_that_was_made_can_be_undone():
    head = marketer("leads", **{"incentives.marketers.may_move": ["targets"]})
    head.world.segments["bar"] = [0.2, 0.2, 0.0]
    for _ in range(2):
        head.aim.follow(aimed(head))
    assert head.world.segments["bar"].tolist() == [0.0, 0.0, 0.0]


def test_the_threshold_stays_within_the_scale():
    head = marketer("leads")
    for _ in range(20):
        head.aim.follow(aimed(head))
    assert head.world.firm["threshold"][0] == pytest.approx(0.05)


def test_shares_of_pay_lie_between_what_each_alone_would_do():
    model = model_of(TINY, {"incentives.marketers.leads": 0.5, "incentives.marketers.closing_ratio": 0.5})
    alone = {name: marketer(name) for name in ("leads", "closing_ratio")}
    head = model.marketers[0]
    for table in ("ledger", "books"):
        getattr(model.world, table)[:] = getattr(alone["leads"].world, table)[:]
    gains = {}
    for name, other in {**alone, "both": head}.items():
        tell(other, CENTRES / 2)
        assert other.aim.look()
        gains[name] = other.aim._worth(Policy(0.35, 3), other.aim.figures(other.aim.now()))
    assert gains["both"] == pytest.approx((gains["leads"] + gains["closing_ratio"]) / 2)


def test_the_keeper_keeps():
    head = marketer("leads", **{"company.marketer_mind": "keeper"})
    head.decide()
    assert head.world.firm["threshold"][0] == 0.4
    assert (head.world.channels["budget"] == -1).all()


def test_the_others_in_marketing_decide_on_nothing_but_messages():
    head = marketer("leads")
    other = head.model.marketers[1]
    assert other.aim is None
    other.decide()
    assert head.world.firm["threshold"][0] == 0.4
