"""Facts that play their world again: what they count, what they change in it, and that they change nothing else."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from smsim.facts import elasticities, funnel, momentum, uncapping
from smsim.facts.fact import Played
from smsim.facts.playing import facts
from smsim.model import SalesMarketingModel, play
from smsim.scenario import load

SMALL = {"market.customers": 300, "run.warm_up": 14, "run.weeks": 60}


def _played(name: str, **changes: object) -> Played:
    scenario = load(name).but(SMALL | {key.replace("__", "."): value for key, value in changes.items()})
    return Played.of(scenario, play(scenario, 3, leads=True), 3)


def test_a_world_that_is_played_again_is_the_same_world() -> None:
    played = _played("quota")
    again = played.again()
    again.run_for(played.end)
    assert list(again.record.days()["revenue"]) == list(played.days["revenue"])


def test_elasticity_is_the_power_with_which_revenue_follows() -> None:
    means = {"firm": {"plain_quarter": 100.0, "ads_quarter": 100.0 * 1.1**0.12, "plain_year": 400.0, "ads_year": 400.0 * 1.1**0.24,
                      "selling_year": 400.0 * 1.1**0.34}}
    values = {measure.name: measure.of(means) for measure in elasticities.FACT.measures}
    assert values == pytest.approx({"ads, short-run": 0.12, "ads, long-run": 0.24, "ratio": 2.0, "selling": 0.34, "selling over ads": 0.1})


def test_a_tenth_more_selling_is_a_tenth_more_of_the_day() -> None:
    scenario = load("silo")
    ads, selling = elasticities.more_ads(scenario), elasticities.more_selling(scenario)
    assert {key: value / scenario[key] for key, value in ads.items()} == pytest.approx(dict.fromkeys(ads, 1.1))
    assert len(ads) == 8
    assert (1 - selling["selling.admin"]) / (1 - scenario["selling.admin"]) == pytest.approx(1.1)


def test_revenue_is_counted_in_the_first_quarter_and_the_second_year_after_the_change() -> None:
    days = np.zeros(elasticities.CHANGE + elasticities.AFTER)
    days[[elasticities.CHANGE - 1, elasticities.CHANGE, elasticities.CHANGE + 91, elasticities.CHANGE + 364, -1]] = [1, 2, 4, 8, 16]
    assert elasticities.spans("plain", days) == {"plain_quarter": 2.0, "plain_year": 24.0}


def test_the_funnel_counts_inquiries_that_had_half_a_year_and_decided_deals_of_all_sources() -> None:
    played = _played("silo")
    found = funnel.numbers(played)
    born = played.leads["created"]
    old = played.leads[(born >= 14) & (born <= 60 * 7 - 182)]
    assert found["inquiries"] == len(old) > found["sold"] == (old["outcome"] == "won").sum()
    assert found["won"] == played.kpis["deals_won"]
    assert found["won"] / (found["won"] + found["lost"] + found["none"]) == pytest.approx(played.kpis["win_rate"])


def test_what_is_left_of_a_quota_is_seen_over_what_is_usually_sold_in_the_weeks_left() -> None:
    reps = {"quota": np.full(5, 100.0), "sold": np.array([100.0, 80.0, 0.0, 0.0, 0.0]), "usual": np.array([10.0, 10.0, 25.0, 10.0, 0.0])}
    assert uncapping.still_to_sell(reps, 4.0).tolist() == [0, 2, 3, 5, 6]


def test_efforts_that_rise_and_fall_have_one_peak_and_others_do_not() -> None:
    def means(*efforts: float) -> dict[str, dict[str, float]]:
        return {"quarterly": {f"{name}_{i}": 10.0 * by for i, effort in enumerate(efforts) for name, by in (("efforts", effort),
                                                                                                            ("mornings", 1.0))}}
    assert uncapping.against_one_peak(means(0.6, 0.8, 1.2, 1.2, 0.9, 0.7, 0.6)) == 0.0
    assert uncapping.against_one_peak(means(0.6, 0.8, 1.2, 1.0, 1.1, 0.7, 0.6)) == pytest.approx(0.1)
    assert uncapping.against_one_peak(means(0.9, 0.8, 1.2, 1.0, 0.9, 0.7, 0.6)) == pytest.approx(0.1)
    assert uncapping.effort(means(0.6, 0.8, 1.2, 1.0, 1.1, 0.7, 0.6), (2, 3)) == pytest.approx(1.1)


def test_reps_who_differ_are_split_by_talent_and_watched_every_deciding_morning() -> None:
    played = _played("quota", run__weeks=104, company__people__spread=0.5, market__customers=500)
    found = uncapping.differing(played)
    model = played.again()
    model.run_for(728)
    assert found["bottom"] + found["top"] <= model.record.days()["revenue"][364:].sum() + 1e-6
    assert found["bottom"] < found["top"] * 2
    quarters, reps = (728 - 14) // 7, 8
    assert sum(found[f"mornings_{i}"] for i in range(7)) > quarters * reps
    assert 0.6 <= sum(found[f"efforts_{i}"] for i in range(7)) / sum(found[f"mornings_{i}"] for i in range(7)) <= 1.25


def test_a_gift_does_nothing_where_moods_do_nothing_and_helps_where_they_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(momentum, "MORNINGS", (182, 252))
    plain = momentum.gifts(SalesMarketingModel(load("silo").but(SMALL), 3))
    assert plain["won_0"] == plain["won_1"] == plain["won_2"] > 0
    strong = momentum.gifts(SalesMarketingModel(load("spirits").but({"market.customers": 1000, "selling.mood.momentum": 1.0}), 3))
    assert strong["won_0"] < strong["won_1"] <= strong["won_2"]


def test_odds_of_gifts_are_held_against_those_without() -> None:
    means = {"spirits": {"won_0": 50.0, "won_1": 60.0, "won_2": 65.0, "worst": 100.0, "best": 113.0} | {
        f"decided_{wins}": 100.0 for wins in range(3)}}
    assert momentum.first_gift(means) == pytest.approx(1.5)
    assert momentum.second_gift(means) == pytest.approx(math.log(65 / 35 / 1.5) / math.log(1.5))
    assert momentum.spirits(means) == pytest.approx(0.13)


def test_facts_that_play_again_leave_the_numbers_of_other_facts_as_they_are() -> None:
    alone, together = (facts(*ids, replications=1, sets=["market.customers=300"]) for ids in (["1"], ["1", "12"]))
    assert alone[0].measures[0].value == together[0].measures[0].value
    assert not pd.isna(together[1].measures[0].value)
