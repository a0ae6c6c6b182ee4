"""Streaks, moods, talents and empty places, against what is known exactly (cases 15, 15b, 22)."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from scipy.stats import norm
from worlds import QUEUE, SMALL, model_of, quality, scenario

from smsim import SalesMarketingModel, play
from smsim.mechanisms.mood import lag_one
from smsim.mechanisms.people import learned


def logit(share):
    return math.log(share / (1 - share))


#: One rep, one deal a day: a short call, a short meeting, a decision within hours, and nothing else.
CHAIN = QUEUE | quality(1.0) | {
    "company.reps": 1, "run.weeks": 300, "run.warm_up": "0 weeks", "leads.routing": "territory",
    "leads.decay.patient_mean": "1000 weeks", "leads.decay.impatient_share": 0.0, "selling.call.mean": "6 minutes",
    "selling.deals.meetings": 1, "selling.deals.meeting_hours": 0.1, "selling.deals.gap": "1 hour", "selling.deals.deciding": "1 hour",
    "selling.choice.fit": 0.0, "selling.choice.goodwill": 0.0, "market.rivals": 0, "market.customers": 1,
}


@pytest.fixture(scope="module")
def one_a_day(tmp_path_factory):
    file = tmp_path_factory.mktemp("log") / "daily.csv"
    days = np.datetime64("2024-01-01") + np.arange(300 * 7)
    file.write_text("created\n" + "".join(f"{day} 09:00\n" for day in days))
    return {"leads.replay.file": str(file)}


def test_with_only_the_last_decision_in_mind_wins_are_a_chain_of_two_states(one_a_day):
    """P(win) = b/(1 − a + b) and lag-1 correlation a − b, for a .25 after a win and b .20 after none: .2105 and .050 (case 15)."""
    a, b = 0.25, 0.20
    slope = logit(a) - logit(b)
    made = scenario(CHAIN, one_a_day, {"selling.mood.half_life": "at once", "selling.mood.momentum": slope,
                            "selling.choice.base": logit(b) + 0.47 * slope})
    shares, dependences = [], []
    for seed in range(24):
        kpis = play(made, seed).kpis
        shares.append(kpis["win_rate"])
        dependences.append(kpis["win_dependence"])
    for found, exact in ((shares, b / (1 - a + b)), (dependences, a - b)):
        error = np.std(found, ddof=1) / math.sqrt(len(found))
        assert abs(np.mean(found) - exact) < 4 * error
        assert error < 0.006
    assert b / (1 - a + b) == pytest.approx(0.2105, abs=5e-5)


@pytest.mark.parametrize(("n", "share"), [(3, 5 / 12), (4, 17 / 42), (5, 49 / 120)])
def test_short_strings_of_a_fair_coin_seem_to_turn_round(n, share):
    """The mean of P(H after H) over all strings that have one: 5/12, 17/42, 49/120, not a half (case 15b)."""
    found = [lag_one(np.array(string, dtype=bool))[0] for string in itertools.product((0, 1), repeat=n)]
    assert np.nanmean(found) == pytest.approx(share, rel=1e-12)


@pytest.mark.parametrize("n", [4, 5, 8])
def test_the_correction_takes_that_away_for_every_number_of_wins(n):
    """Over all strings with k wins in n in which both are defined, the difference has the mean −1/(n − 1)."""
    for k in range(2, n - 1):
        strings = [np.array(string, dtype=bool) for string in itertools.product((0, 1), repeat=n) if sum(string) == k]
        found = [one - other for one, other in map(lag_one, strings)]
        assert np.nanmean(found) == pytest.approx(-1 / (n - 1), rel=1e-12)


def test_moods_halve_in_a_half_life():
    model = model_of({"selling.mood.momentum": 0.1, "selling.mood.half_life": "2 weeks", "leads.arrivals": "0",
                      "selling.prospecting.success": 0.0})
    model.world.reps["mood"] = 0.8
    model.run_for(14)
    assert model.world.reps["mood"].tolist() == pytest.approx([0.4] * len(model.world.reps), rel=1e-12)


def test_a_good_mood_makes_calls_six_percent_shorter():
    made = {"selling.mood.calls": 0.06, "selling.mood.half_life": "never", "leads.arrivals": "0", "selling.prospecting.success": 0.0}
    model = model_of({**made, "selling.mood.half_life": "1000 days"})
    model.world.reps["mood"] = np.linspace(-2, 2, len(model.world.reps))
    model.run_for(1)
    cheer = model.world.reps["cheer"]
    assert cheer[0] == pytest.approx(1.06)
    assert cheer[-1] == pytest.approx(0.94)
    assert (np.diff(cheer) <= 0).all()


@pytest.mark.parametrize(("spread", "share"), [(0.5, 0.366), (1.095, 0.600)])
def test_the_best_fifth_of_talents_have_their_share(spread, share):
    """1 − Φ(z.8 − σ) (case 22), and talents are 1 in the mean."""
    exact = 1 - norm.cdf(norm.ppf(0.8) - spread)
    assert exact == pytest.approx(share, abs=6e-4)
    model = model_of({"company.reps": 200_000, "company.people.spread": spread, "market.customers": 1, "company.marketers": 0})
    talents = np.sort(model.world.reps["talent"])[::-1]
    assert talents[:40_000].sum() / talents.sum() == pytest.approx(exact, abs=0.006)
    assert talents.mean() == pytest.approx(1.0, abs=4 * talents.std() / math.sqrt(len(talents)))


def test_who_is_twice_as_fast_makes_twice_the_calls():
    """Skill acts on time: with everything else off, calls are hours times skill over the length of a call."""
    made = {"company.reps": 40, "company.people.spread": 0.5, "leads.arrivals": "0", "selling.deals.meetings": 1, "run.weeks": 4,
            "selling.admin": 0.0, "run.warm_up": "0 weeks", "market.customers": 40_000, "selling.prospecting.success": 1e-12}
    model = model_of(made)
    model.run_for(5)
    reps = model.world.reps
    np.testing.assert_allclose(reps["own_calls"], 40 * reps["skill"] / 0.5, rtol=0.02, atol=1)


def test_a_newcomer_learns_along_a_logistic_curve():
    assert learned(77.0, 22.0) == pytest.approx(0.5)
    assert learned(154.0, 22.0) == pytest.approx(0.95)
    assert learned(0.0, 22.0) == pytest.approx(0.05)
    assert learned(3.0, 0.0) == 1.0


def test_places_are_empty_as_long_as_rates_say():
    """A place is filled for 1/q on average and empty for v: the share of empty ones is v/(v + 1/q), within four standard errors."""
    made = {"company.reps": 400, "company.people.quits": 2.0, "company.people.vacancy": "8 weeks", "market.customers": 1,
            "company.marketers": 0, "leads.arrivals": "0", "selling.prospecting.success": 0.0, "run.weeks": 156}
    model = model_of(made)
    empty = []
    for day in range(156 * 7):
        model.run_for(1)
        if day > 364 and day % 56 == 0:
            empty.append((model.world.reps["back"] > day).mean())
    exact = 56 / (56 + 364 / 2 + 0.5)
    assert abs(np.mean(empty) - exact) < 4 * math.sqrt(exact * (1 - exact) / 400 / len(empty))


def test_nobody_is_paid_for_an_empty_place():
    made = scenario(SMALL, {"company.people.quits": 4.0, "company.people.vacancy": "9 weeks", "incentives.reps.commission": 0.0})
    model = SalesMarketingModel(made, 2)
    present = 0
    for day in range(made["run.weeks"] * 7):
        model.run_for(1)
        present += int((model.world.reps["back"] <= day).sum()) if day >= made["run.warm_up"] else 0
    salaries = (4000 * present + 5000 * 2 * (26 * 7 - 28)) * 12 / 364
    assert model.result().kpis["pay_cost"] == pytest.approx(salaries, rel=1e-9)


def test_what_a_rep_leaves_behind_is_called_sooner_by_colleagues():
    made = scenario(SMALL, {"company.people.quits": 3.0, "company.reps": 6})
    hours = {}
    for handover in ("wait", "colleagues"):
        runs = [play(made.but({"company.people.handover": handover}), seed).kpis for seed in range(6)]
        hours[handover] = np.mean([kpis["first_response_hours_mean"] for kpis in runs])
    assert hours["colleagues"] < hours["wait"]
