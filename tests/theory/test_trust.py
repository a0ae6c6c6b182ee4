"""Trust and experience come to rest where their formulas say, and get there as fast."""

from __future__ import annotations

import math

import numpy as np
import pytest
from firms import only_experience, only_follow_up
from formulas import believed_share, remembered, trust_after, trust_at_rest, within_four_errors

from smsim import SalesMarketingModel, play
from smsim.mechanisms.trust import rate

SEEDS = range(12)
#: Days before the leads of the first day are judged.
WEEK = 7


@pytest.mark.parametrize(("good", "harshness", "table"), [(0.7, 2, 0.5385), (0.8, 2, 0.6667), (0.75, 3, 0.5), (0.4, 1, 0.4)])
def test_marketings_trust_comes_to_rest_where_steps_up_and_down_balance(good, harshness, table):
    """E[T] = π/(π + λ(1 − π)), where leads are called with chance π, each alone (case 12)."""
    exact = trust_at_rest(good, harshness)
    assert exact == pytest.approx(table, abs=6e-5)
    made = only_follow_up(good, harshness)
    within_four_errors([play(made, seed).kpis["trust_marketing_in_sales"] for seed in SEEDS], exact)


@pytest.mark.parametrize(("good", "harshness", "step"), [(0.7, 2, 0.005), (0.35, 1, 0.01)])
def test_and_the_way_there_is_a_straight_line_in_logarithms(good, harshness, step):
    """E[T − T*] shrinks by 1 − (απ + λα(1 − π)) a lead; after d days of a Poisson stream by e^{−a·d·(…)}."""
    often, start = 20.0, 0.9
    made = only_follow_up(good, harshness, step, often).but({"run.weeks": 6, "run.warm_up": 0})
    ways = np.array([play(made, seed).days["trust_marketing_in_sales"] for seed in range(40)])
    for day in (8, 15, 25, 40):
        within_four_errors(ways[:, day], trust_after(day - WEEK, good, harshness, (often, step, start)))


def weeks_of(model, rep):
    """Good and bad calls of a rep in every week, by the log."""
    log = model.period().log
    mine = log[(log["rep"] == rep) & np.isfinite(log["first_touch"])]
    week, good, weeks = (mine["first_touch"] // 7).astype(int), np.isfinite(mine["qualified"]), model.days_played // 7
    return np.bincount(week[good], minlength=weeks), np.bincount(week[~good], minlength=weeks)


@pytest.mark.parametrize(("calls", "good", "memory"), [(20.0, 0.3, 0.95), (5.0, 0.7, 0.8)])
def test_a_rep_counts_every_call_and_forgets_it_week_by_week(calls, good, memory):
    """Counts are Σ φ^age × calls of the week, to the last call; trust is the ratio of two Beta means, exactly (case 13)."""
    made = only_experience(calls, good, memory, weeks=30)
    model = SalesMarketingModel(made, 5)
    before = model.world.reps[:].copy()
    model.run_for(made["run.weeks"] * 7)
    fade = memory ** np.arange(made["run.weeks"], 0, -1.0)
    for rep, row in enumerate(model.world.reps[:]):
        for name, counted in zip(("lead_good", "lead_bad"), weeks_of(model, rep), strict=True):
            assert row[name] == pytest.approx(before[name][rep] * fade[0] + (fade * counted).sum(), rel=1e-12)
        of_leads = believed_share(row["lead_good"] / memory, row["lead_bad"] / memory)
        of_own = believed_share(before["own_good"][rep] * fade[0] / memory, before["own_bad"][rep] * fade[0] / memory)
        hours = (made["selling.call.mean"] + made["leads.triage"], made["selling.call.mean"])
        assert row["trust"] == pytest.approx(of_leads / hours[0] / (of_leads / hours[0] + of_own / hours[1]), rel=1e-12)


@pytest.mark.parametrize(("calls", "good", "memory"), [(20.0, 0.3, 0.95), (5.0, 0.7, 0.8)])
def test_experience_is_as_deep_as_one_over_one_minus_phi_weeks(calls, good, memory):
    """In the mean n/(1 − φ) calls are remembered, 20 weeks' worth at φ = .95, of which a share π is good; the first past is gone."""
    weeks, found = 120, []
    for seed in SEEDS:
        model = SalesMarketingModel(only_experience(calls, good, memory, weeks), seed)
        past = model.world.reps["lead_good"].sum() + model.world.reps["lead_bad"].sum()
        model.run_for(weeks * 7)
        reps = model.world.reps[:]
        total = reps["lead_good"].sum() + reps["lead_bad"].sum() - past * memory**weeks
        found.append((total / 2 / memory, reps["lead_good"].sum() / 2 / memory))
    exact = remembered(calls, memory, weeks)
    assert exact == pytest.approx(calls / (1 - memory), rel=3e-3)
    within_four_errors(np.array(found)[:, 0], exact)
    within_four_errors(np.array(found)[:, 1], exact * good)


@pytest.mark.parametrize(("good", "bad"), [(0, 0), (3, 7), (0.5, 12.25)])
def test_a_rate_is_the_mean_of_a_beta_belief(good, bad):
    """(a + s)/(a + b + n) with a = .3, b = 1.2."""
    assert rate(float(good), float(bad), 1.0) == pytest.approx(believed_share(good, bad))
    assert math.isclose(rate(float(good), float(bad), 2.0), believed_share(good, 2 * bad))
