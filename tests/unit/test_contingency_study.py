"""The study of contingency: every practice in every situation, markets in proportion to heads, gains per head and year."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from studies.contingency import AGAINST, ALL, BLOCKS, NONE, PRACTICES, SITUATIONS, apart, gains, middle, table

ONE = SITUATIONS[0]


@pytest.mark.parametrize("one", SITUATIONS, ids=lambda one: f"{one.question}, {one.name}")
def test_each_practice_switches_on_its_own_settings_and_all_of_them_together(one):
    firms = {firm.name: firm for firm in one.scenarios()}
    base, every = firms[NONE].values(), {}
    for name in firms.keys() - {NONE, ALL}:
        moved = {key for key, value in firms[name].values().items() if value != base[key]}
        assert moved == set(PRACTICES[name])
        every |= {key: firms[name][key] for key in moved}
    assert {key: value for key, value in firms[ALL].values().items() if value != base[key]} == every


def test_markets_and_money_grow_with_heads():
    for question in ("size, a new system", "size, the standing business"):
        own = [one.scenarios()[0] for one in SITUATIONS if one.question == question]
        heads = [firm["company.reps"] + firm["company.marketers"] for firm in own]
        assert heads == [6, 60, 600]
        for key in ("market.customers", "channels.advertising.spend"):
            assert len({round(firm[key] / count, 6) for firm, count in zip(own, heads, strict=True)}) == 1


def runs(extra):
    worlds = range(4)
    levels = {NONE: 6000.0, "meetings": 6000.0 + extra}
    rows = [{"replication": world, "scenario": name, "contribution": levels.get(name, 6000.0) + world}
            for name, _ in ONE.practices() for world in worlds]
    return pd.DataFrame(rows)


def test_a_gain_is_per_head_and_year():
    found = gains(ONE, runs(600.0))
    years = (104 - 13) / 52
    assert found[found["practice"] == "meetings"]["gain"].to_numpy() == pytest.approx(600 / 60 / years)
    assert found[found["practice"] == "target lists"]["gain"].to_numpy() == pytest.approx(0)


def test_situations_are_told_apart_by_the_difference_of_their_gains():
    here, there = gains(ONE, runs(600.0)), gains(ONE, runs(120.0)).assign(situation=AGAINST[ONE.question])
    found = pd.concat([here, there])
    mean, half = apart(found, ONE.question, ONE.name, "meetings")
    assert mean == pytest.approx(480 / 60 * 52 / 91)
    assert half == pytest.approx(0, abs=1e-9)
    assert "| meetings |" in table(found, ONE.question)


def test_every_question_has_its_place_and_what_it_is_held_against():
    assert {one.question for one in SITUATIONS} == set(AGAINST) == set(BLOCKS)
    for question, name in AGAINST.items():
        assert name in [one.name for one in SITUATIONS if one.question == question]
    assert middle(pd.Series([1.0, np.nan, 3.0]))[0] == 2
