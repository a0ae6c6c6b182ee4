"""What matters: the indices of functions with known indices, played in the model's place from the question to the table."""

from __future__ import annotations

import importlib.util
import math
from pathlib import Path
from typing import Any

import analytic
import numpy as np
import pytest

from smsim.compare import Comparison
from smsim.errors import InputError, ScenarioError
from smsim.experiment.designs import Design
from smsim.experiment.indices import effects, indices, parts
from smsim.experiment.plan import Plan
from smsim.experiment.question import read_question
from smsim.experiment.runner import Crew
from smsim.experiment.sampling import screening
from smsim.experiment.study import Desk
from smsim.report.answers import answers
from smsim.report.findings import gather
from smsim.report.mattering import Mattering
from smsim.report.turning import HANGS, HOLDS, OPEN, TURNS, WON, crossing, decision
from smsim.results import play_study

PAIR = "base: [silo, biweekly]\nmeasure: contribution\nweeks: 14\n"


def design(tmp_path: Path, text: str) -> Design:
    (tmp_path / "q.yaml").write_text(text, encoding="utf-8")
    return Design(read_question(tmp_path / "q.yaml"))


def played(tmp_path: Path, text: str, play: Any) -> Mattering:
    """A question in a file, played by another model, to what the report tells of it."""
    made = design(tmp_path, text)
    plan = Plan(tuple(each.scenario for each in made.variants))
    results = play_study(plan, Crew(play=play, store="off"), Desk(notes={"experiment": made.about()}))
    found = answers(gather(Comparison(results)))
    assert isinstance(found, Mattering)
    return found


def question(method: str, samples: int, count: int, replications: int = 1) -> str:
    vary = "".join(f"  {key}: 0% to 100%\n" for key in analytic.INPUTS[:count])
    return f"{PAIR}design: {method}\nsamples: {samples}\nreplications: {replications}\nvary:\n{vary}"


def by_input(found: Mattering) -> Any:
    return found.table("contribution").set_index("setting")


@pytest.mark.parametrize(("play", "samples", "replications"), [(analytic.ishigami, 64, 1), (analytic.ishigami_with_luck, 128, 5)])
def test_sobol_indices_of_ishigamis_function_are_those_known(tmp_path: Path, play: Any, samples: int, replications: int) -> None:
    table = by_input(played(tmp_path, question("sobol", samples, 3, replications), play))
    for name, known in zip(("first", "total"), analytic.ishigami_indices(), strict=True):
        for key, value in zip(analytic.INPUTS, known, strict=False):
            assert table.loc[key, f"{name}_low"] <= value <= table.loc[key, f"{name}_high"]
            assert table.loc[key, name] == pytest.approx(value, abs=0.3)
    assert table.loc["leads.unowned", "total"] > table.loc["leads.unowned", "first"] + 0.1


def test_sobol_indices_of_the_g_function_are_those_known(tmp_path: Path) -> None:
    table = by_input(played(tmp_path, question("sobol", 32, 6), analytic.g_function))
    for name, known in zip(("first", "total"), analytic.g_indices(), strict=True):
        for key, value in zip(analytic.INPUTS, known, strict=True):
            assert table.loc[key, f"{name}_low"] - 1e-3 <= value <= table.loc[key, f"{name}_high"] + 1e-3


def test_a_morris_design_ranks_the_inputs_of_the_g_function(tmp_path: Path) -> None:
    found = played(tmp_path, question("morris", 12, 6), analytic.g_function)
    assert list(found.table("contribution")["setting"])[:4] == list(analytic.INPUTS[:4])
    assert by_input(found).loc[list(analytic.INPUTS[4:]), "mu_star"].max() < 0.1 * found.table("contribution")["mu_star"].max()


def test_what_is_luck_alone_is_called_so(tmp_path: Path) -> None:
    found = played(tmp_path, question("morris", 4, 2, 4), analytic.luck_alone)
    assert set(found.table("contribution")["told"]) == {"no"}
    assert "no setting can be told from luck" in found.sentence("contribution")
    assert found.parts("contribution").noise > 0.5


def test_few_effects_of_luck_alone_are_taken_for_more_and_none_that_is_large_is_missed() -> None:
    taken, found_out = [], []
    for seed in range(100):
        shares, luck = np.array(screening("morris", 3, 6, seed)), np.random.default_rng([seed, 3])
        values = 10 * shares[:, :1] + luck.normal(0, 3, (len(shares), 5)) + (shares[:, 2:] - 0.5) * luck.normal(0, 5, 5)
        found = indices("morris", shares, values, seed)
        taken += list(found["mu_star"][1:] > found["noise"][1:])
        found_out.append(found["mu_star"][0] > found["noise"][0])
    assert np.mean(taken) <= 0.08
    assert np.mean(found_out) >= 0.9


def test_with_one_world_nobody_claims_to_know_the_noise(tmp_path: Path) -> None:
    found = played(tmp_path, question("morris", 4, 3), analytic.ishigami)
    assert set(found.table("contribution")["told"]) == {"not known"}
    assert "single world" in found.ends("contribution")


def test_a_setting_on_which_the_decision_turns_is_flagged_with_its_grade_and_the_value(tmp_path: Path) -> None:
    found = played(tmp_path, question("morris", 4, 2, 6), analytic.straight)
    row = by_input(found).loc["leads.age_seen"]
    assert row["decision"] == TURNS
    assert row["turns_low"] <= row["turns_at"] <= row["turns_high"]
    assert row["turns_at"] == pytest.approx(0.6, abs=0.12)
    flag = found.flags("contribution")[0]
    assert "leads.age_seen (judgement, graded C)" in flag
    assert "zero at about" in flag
    assert by_input(found).loc["leads.pulled_share", "decision"] == HOLDS


@pytest.mark.parametrize(("signs", "says"), [((1, 1, -1), TURNS), ((-1, 0, 1), TURNS), ((1, 1, 0), HANGS), ((0, 0, 1), WON),
                                             ((-1, -1, -1), HOLDS), ((0, 0, 0), OPEN)])
def test_a_decision_turns_hangs_is_won_or_holds(signs: tuple[int, int, int], says: str) -> None:
    assert decision(signs) == says


def test_the_value_at_which_a_decision_turns_lies_on_the_line_between_values_played() -> None:
    worlds = np.array([[2.0, 2.2, 1.8], [1.0, 1.1, 0.9], [-1.0, -0.9, -1.1]])
    at, low, high = crossing([0.0, 1.0, 3.0], worlds, 1) or (math.nan,) * 3
    assert at == pytest.approx(2.0)
    assert 1.0 <= low <= at <= high <= 3.0
    assert crossing([0.0, 1.0, math.inf], worlds, 1) is None
    assert crossing([0.0, 1.0, 3.0], np.abs(worlds), 1) is None


def _noisy(method: str, samples: int, seed: int, worlds: int, noise: float) -> tuple[Any, Any]:
    shares = np.array(screening(method, 3, samples, seed))
    luck = np.random.default_rng([seed, 7])
    values = analytic.ishigami_at((2 * shares.T - 1) * math.pi)[:, None] + luck.normal(0, 5, worlds)
    return shares, values + luck.normal(0, noise, (len(shares), worlds)) + (shares[:, 2:] - 0.5) * luck.normal(0, 3, worlds)


def test_intervals_hold_the_known_indices_in_nineteen_of_twenty_studies_or_more() -> None:
    first, total = analytic.ishigami_indices()
    inside = []
    for seed in range(60):
        found = indices("sobol", *_noisy("sobol", 32, seed, 5, 3.0), seed)
        inside += [found[f"{name}_low"][at] <= known[at] <= found[f"{name}_high"][at]
                   for name, known in (("first", first), ("total", total)) for at in range(3)]
    assert np.mean(inside) >= 0.95


def test_luck_does_not_swell_the_total_index_of_what_does_nothing() -> None:
    told = []
    for seed in range(40):
        shares, luck = np.array(screening("sobol", 4, 64, seed)), np.random.default_rng(seed)
        values = analytic.ishigami_at((2 * shares.T[:3] - 1) * math.pi)[:, None] + luck.normal(0, 6.0, (len(shares), 4))
        found = indices("sobol", shares, values, seed)
        told.append((found["total"][3], found["noise"][3]))
    total, noise = np.mean(told, axis=0)
    assert noise > 0.2
    assert abs(total) < 0.05


def test_variance_is_parted_into_settings_luck_and_both() -> None:
    luck = np.random.default_rng(1)
    values = luck.normal(0, 3, (400, 1)) + luck.normal(0, 2, 200) + luck.normal(0, 1, (400, 200))
    found = parts(values)
    assert found.inputs + found.luck + found.both == pytest.approx(1)
    assert (found.inputs, found.luck, found.both) == pytest.approx((9 / 14, 4 / 14, 1 / 14), abs=0.06)
    assert found.noise == pytest.approx(1 / 200 / 9, rel=0.3)


def test_an_effect_is_the_change_over_the_whole_range() -> None:
    shares = np.array(screening("morris", 3, 4, 5))
    values = (shares @ [3.0, -2.0, 0.0])[:, None] + np.array([0.0, 10.0])
    assert effects(shares, values) == pytest.approx(np.broadcast_to(np.array([3.0, -2.0, 0.0])[:, None, None], (3, 4, 2)))


def test_of_two_firms_every_point_is_played_in_both_and_compared_with_its_like(tmp_path: Path) -> None:
    made = design(tmp_path, question("morris", 2, 2))
    assert made.size == len(made.variants) == 2 * (1 + 4 + 2 * 3)
    for one, other in zip(made.variants[::2], made.variants[1::2], strict=True):
        assert (one.against, other.against) == (one.scenario.name, one.scenario.name)
        differs = {key for key, value in other.scenario.values().items() if one.scenario.values().get(key) != value}
        assert differs == {"practices.meetings.every"}


def test_evidence_stands_for_the_settings_that_have_a_range_play_a_part_and_are_alike(tmp_path: Path) -> None:
    keys = [factor.key for factor in design(tmp_path, f"{PAIR}design: morris\nvary: evidence\n").question.factors]
    assert {"market.tolerance", "leads.decay.impatient_share", "culture.harshness"} <= set(keys)
    assert not {"selling.mood.half_life", "practices.meetings.every", "market.rivalry.reaction"} & set(keys)
    tolerance = next(f for f in design(tmp_path, f"{PAIR}design: morris\nvary: evidence\n").question.factors if f.key == "market.tolerance")
    assert [choice.number for choice in tolerance.choices] == [0.35, 1.0]


@pytest.mark.parametrize(("text", "says"), [
    ("design: morris\nvary: {practices.meetings.every: 1 week to 8 weeks}\n", "it is in this that the firms differ"),
    ("design: morris\nvary: {company.reps: evidence}\n", "has no evidence range"),
    ("design: sobol\nsamples: 60\nvary: evidence\n", "a power of 2"),
    ("design: morris\nvary: {leads.priority: [learned, newest, value]}\n", "steps between 4 levels"),
    ("design: sobol\nvary: {leads.priority: [learned]}\n", "has one value"),
    ("design: sobol\nvary: {practices.liaison.down: 80% to 20%}\n", "no such range"),
    ("design: morris\nbaseline: {market.tolerance: 1}\nvary: {market.tolerance: 0.5 to 1}\n", "has no baseline"),
    ("vary: {market.tolerance: evidence}\n", "a grid needs values"),
])
def test_what_cannot_be_asked_is_said_so(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ScenarioError, match=says):
        design(tmp_path, PAIR + text)


def test_switches_and_counts_are_varied_like_ranges(tmp_path: Path) -> None:
    made = design(tmp_path, f"{PAIR}design: morris\nsamples: 3\nvary:\n  crm.closed_loop: [no, yes]\n  company.reps: 4 to 10\n")
    points = [each.scenario for each in made.variants if each.is_point]
    assert {point["crm.closed_loop"] for point in points} == {"no", "yes"}
    assert {point["company.reps"] for point in points} <= {4, 6, 8, 10}


def test_without_salib_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = design(tmp_path, question("morris", 2, 2))
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(InputError, match=r"smsim\[all\]"):
        _ = made.variants
