"""Names and units are nothing: reps and rivals who are alike can change places, and money can be counted in pennies (case 27)."""

from __future__ import annotations

import math

import numpy as np
import pytest
from formulas import within_four_errors
from pairs import SIZE, in_unit, money_figures, played_with, without_own_luck
from worlds import differing

from smsim import load, play
from smsim.world.outcomes import Outcome


@pytest.mark.parametrize("order", [(1, 0, 2, 3), (2, 3, 1, 0)])
def test_reps_who_change_places_have_each_others_year(order):
    """Every lead has the same fate under the new name, to the last bit; the firm's figures are the same."""
    plain, swapped = (played_with(places, without_own_luck(), 6) for places in ((0, 1, 2, 3), order))
    log, other = (model.period().log for model in (plain, swapped))
    for name in set(log.dtype.names) - {"rep"}:
        np.testing.assert_array_equal(log[name], other[name], err_msg=name)
    had = log["rep"] >= 0
    assert (np.array(order)[log["rep"][had]] == other["rep"][had]).all()
    for name in plain.world.reps.fields:
        rounding = 1e-14 if name in ("sold", "sold_week") else 0.0  # money is added up in the order of rows
        np.testing.assert_allclose(plain.world.reps[name], swapped.world.reps[name][list(order)], rounding, err_msg=name)
    first, second = plain.result().kpis, swapped.result().kpis
    assert first["deals_won"] > 0
    for name, value in first.items():
        assert second[name] == pytest.approx(value, rel=1e-12, nan_ok=True), name


def test_no_rep_is_favoured():
    """With luck of their own, reps are alike in the mean: first and last win as many marketing leads, within four standard errors."""
    made, found = load("b2b").but(SIZE), []
    for seed in range(24):
        leads = play(made, seed, leads=True).leads
        won = leads["rep"][leads["outcome"] == "won"]
        found.append((won == 0).sum() - (won == 3).sum())
    within_four_errors(found, 0)


@pytest.mark.parametrize("rivals", [3, 7])
def test_rivals_who_are_alike_are_one_rival_of_their_weight(rivals):
    """Σ e^b over n rivals is e^{b + ln n}: every deal ends alike."""
    made = load("b2b").but(SIZE)
    many = made.but({"market.rivals": rivals, "selling.choice.rival": -0.9})
    one = made.but({"market.rivals": 1, "selling.choice.rival": -0.9 + math.log(rivals)})
    runs = play(many, 2, leads=True), play(one, 2, leads=True)
    assert runs[0].kpis["market_share"] < 1
    assert differing(*runs) == set()


@pytest.mark.parametrize("rivals", [1, 3])
def test_customers_who_like_all_offers_alike_share_themselves_out_evenly(rivals):
    """Where nothing weighs, each of firm, n rivals and no decision is chosen with chance 1/(n + 2)."""
    made = load("b2b").but(SIZE | {"market.rivals": rivals, **{
        f"selling.choice.{name}": 0 for name in ("base", "rival", "fit", "goodwill")}})
    ends = (Outcome.WON, Outcome.LOST_TO_RIVAL, Outcome.NO_DECISION)
    logs = [play(made, seed, leads=True).leads["outcome"] for seed in range(12)]
    shares = np.array([[(log == end.label).sum() for end in ends] for log in logs], float)
    shares /= shares.sum(axis=1, keepdims=True)
    for share, of in zip(shares.T, (1, rivals, 1), strict=True):
        within_four_errors(share, of / (rivals + 2))


@pytest.mark.parametrize("world", ["b2b", "monthly"])
def test_in_a_unit_a_thousand_times_smaller_everything_is_the_same_but_money(world):
    """Scaled by 1024, money is homogeneous of degree one to the last bit, and nothing else differs."""
    made = load(world).but(SIZE)
    plain, scaled = play(made, 8, leads=True), play(in_unit(made, 1024.0), 8, leads=True)
    money = money_figures(made)
    there = [name for name in money if not math.isnan(plain.kpis[name])]
    assert {"revenue", "contribution", "pay_cost", "marketing_spend"} <= set(there)
    for name in there:
        assert scaled.kpis[name] == 1024.0 * plain.kpis[name] != 0 or plain.kpis[name] == 0, name
    expected = {f"kpi {name}" for name in there if plain.kpis[name]}
    expected |= {f"days {name}" for name in money if np.nan_to_num(plain.days.get(name, np.zeros(1))).any()}
    assert differing(plain, scaled) == expected | {"leads value"}


def test_in_any_other_unit_too():
    """By 7.3 to float rounding."""
    made = load("b2b").but(SIZE)
    plain, scaled = play(made, 8), play(in_unit(made, 7.3), 8)
    money = money_figures(made)
    for name, value in plain.kpis.items():
        assert scaled.kpis[name] == pytest.approx(value * (7.3 if name in money else 1.0), rel=1e-10, nan_ok=True), name
