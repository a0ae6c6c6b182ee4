"""New products against what is known: Bass's curve (case 1), shares of equals and races (19), knowledge that fades (23)."""

from __future__ import annotations

import math

import numpy as np
import pytest
from diffusion import (
    YEAR,
    asked_after_a_week,
    bass,
    decided,
    only_choices,
    only_memory,
    only_pushing,
    only_races,
    peak,
    share_after,
)
from formulas import within_four_errors

from smsim import play

SEEDS = range(8)
#: p, q a year and the years played: the table's, and one of our own in which imitation rules.
SETTINGS = [(0.03, 0.38, 13), (0.05, 1.2, 7)]


def near_share(count, total, exact):
    """A count of independent events of known chance lies within four standard errors."""
    assert abs(count / total - exact) <= 4 * math.sqrt(exact * (1 - exact) / total), f"{count / total:.4f} of {total} against {exact:.4f}"


def test_the_curve_of_bass_is_as_tabled():
    assert bass([1, 5, 10], 0.03, 0.38) == pytest.approx([0.03576, 0.33120, 0.81280], abs=6e-6)
    assert peak(0.03, 0.38) == pytest.approx((6.1926, 0.4605, 0.11059), abs=6e-5)


@pytest.mark.parametrize(("p", "q", "years"), SETTINGS)
@pytest.mark.parametrize("share", [0.15, 0.5, 0.85])
def test_interest_spreads_as_bass_says(p, q, years, share):
    """F(t), continuous; the model takes steps of a day."""
    t = share * years
    within_four_errors([share_after(p, q, years, seed, t) for seed in SEEDS], float(bass(t, p, q)))


@pytest.mark.parametrize(("p", "q", "years"), SETTINGS)
def test_interest_is_greatest_when_bass_says(p, q, years):
    """dF/dt is even about t*: as many in the year before as in the year after, and at t* F = ½ − p/2q."""
    when, share, _ = peak(p, q)
    before, after = (np.array([share_after(p, q, years, seed, when + shift) for seed in SEEDS]) for shift in (-1, 1))
    now = np.array([share_after(p, q, years, seed, when) for seed in SEEDS])
    within_four_errors(after - 2 * now + before, 0)
    within_four_errors(now, share)
    within_four_errors(after - before, float(bass(when + 1, p, q) - bass(when - 1, p, q)))


@pytest.mark.parametrize("times", [0.5, 1.0, 3.0])
def test_who_is_interested_asks_at_the_rate_of_his_goodwill(times):
    """1 − e^{−a·(G/G₀)^η·t} have asked after t weeks: looking only on days on which the warmest would ask loses nobody."""
    found = [asked_after_a_week(times, seed) for seed in SEEDS]
    within_four_errors(found, 1 - math.exp(-0.5 * times**0.45))


def test_an_annual_step_would_be_another_curve():
    """The annual recursion gives F(1) = p; what is played is more than three standard errors above."""
    found = [share_after(0.03, 0.38, 13, seed, 1) for seed in SEEDS]
    assert np.mean(found) - 0.03 > 3 * np.std(found, ddof=1) / math.sqrt(len(found))


@pytest.mark.parametrize("retention", [0.75, 0.85, 0.98])
def test_a_year_without_practice_leaves_the_twelfth_power_of_a_month(retention):
    model = only_memory(retention, 20.0)
    model.run_for(YEAR)
    assert model.world.know_how["hours"] / 20 == pytest.approx(retention**12, rel=1e-9)


def test_what_shipyards_kept_after_a_year_is_as_tabled():
    model = only_memory(0.75, 1.0)
    model.run_for(YEAR)
    assert model.world.know_how["hours"] == pytest.approx(0.0317, abs=5e-5)


@pytest.mark.parametrize("rivals", [0, 1, 3, 8])
def test_equals_share_the_market_equally(rivals):
    """By e^{u_i}/Σe^u firm, each rival and no decision, all liked alike, get 1/(rivals + 2) each."""
    won, lost, none = sum(decided(only_choices(rivals), seed) for seed in range(2))
    total = won + lost + none
    assert total > 8000
    for count, exact in ((won, 1 / (rivals + 2)), (lost, rivals / (rivals + 2)), (none, 1 / (rivals + 2))):
        near_share(count, total, exact)


def test_an_offer_liked_more_has_the_share_of_the_formula():
    won, lost, none = decided(only_choices(3, **{"selling.choice.base": 1.1, "selling.choice.rival": -0.4}), 5)
    firm, rival = math.exp(1.1), math.exp(-0.4)
    near_share(won, won + lost + none, firm / (1 + firm + 3 * rival))


def test_a_new_system_shares_with_nobody_until_a_rival_enters_and_with_all_once_all_have():
    made = only_pushing(4, lag=2)
    early, first, late = (decided(made, 3, days) for days in ((0, 182), (182, 196), (224, 364)))
    assert early[1] == 0
    near_share(early[0], early.sum(), 1 / 2)
    near_share(first[0], first.sum(), 1 / 3)
    near_share(late[0], late.sum(), 1 / 6)
    assert min(early.sum(), first.sum(), late.sum()) > 100


@pytest.mark.parametrize(("cold", "closes"), [(24, 1), (24, 3), (60, 1)])
def test_the_first_of_two_exponential_ends_wins_by_its_rate(cold, closes):
    """λ_i/Σλ: the share of leads that go cold before their window closes (both ends are exponential from birth)."""
    outcome = play(only_races(cold, closes), 2, leads=True).leads["outcome"].astype(str)
    lost, closed = (outcome == "cold_in_queue").sum(), (outcome == "window_closed").sum()
    assert lost + closed > 15000
    near_share(lost, lost + closed, (24 / cold) / (24 / cold + 1 / closes))
