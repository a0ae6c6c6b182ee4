"""Worlds are added until a difference is known as precisely as was asked, and not by luck; what limits that is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import runner_pretend as pretend
from runner_pretend import Pretended

from smsim.compare import Comparison, compare, paired
from smsim.errors import InputError, RunError
from smsim.experiment.aim import Best, Precision, aim_of
from smsim.experiment.intervals import narrowing
from smsim.experiment.precision import look_ahead, met_at
from smsim.report.findings import gather
from smsim.report.reached import counted, reached
from smsim.results import ResultSet, run

SILO, RHYTHM, WEAK = Pretended("silo"), Pretended("rhythm", 5.0), Pretended("weak", -30.0)


def study(*scenarios: Pretended, wanted: Any = 0.04, **options: Any) -> Comparison:
    told = {"precision": {"revenue": wanted}, "play": pretend.noisy, "store": "off"} | options
    return compare(list(scenarios or (SILO, RHYTHM)), **told)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.parquet"))}


def sought(found: Comparison) -> dict[str, Any]:
    return found.results.provenance["reached"]


def test_a_half_width_after_each_world_is_that_of_a_study_of_so_many_worlds() -> None:
    luck = np.random.default_rng(1)
    base, one = luck.normal(100, 5, 40), luck.normal(103, 5, 40)
    base[3], one[7] = np.nan, np.nan
    widths = narrowing(one - base, base)
    for n in (2, 3, 5, 12, 40):
        there = np.isfinite(base[:n]) & np.isfinite(one[:n])
        told = paired(one[:n], base[:n])
        assert widths[n - 1] == pytest.approx((told.high - told.low) / 2 / base[:n][there].mean(), rel=1e-9)
    assert np.isinf(widths[0])


def test_what_never_differs_is_precise_also_where_the_mean_is_nought() -> None:
    assert list(narrowing(np.zeros(4), np.zeros(4))[1:]) == [0, 0, 0]
    assert np.isinf(narrowing(np.array([1.0, 2.0, 3.0]), np.zeros(3))).all()


def test_a_narrow_moment_does_not_stop_a_study() -> None:
    calm, moment = np.r_[np.full(9, 0.02), np.full(6, 0.009)], np.r_[np.full(9, 0.02), 0.009, 0.02, np.full(5, 0.009)]
    assert met_at(calm, 0.01) == 10
    assert met_at(calm[:-1], 0.01) == 0
    assert met_at(moment, 0.01) == 0


@pytest.mark.parametrize(("n", "more"), [(3, 5), (100, 5), (120, 6), (400, 20)])
def test_the_longer_a_study_the_further_it_looks_ahead(n: int, more: int) -> None:
    assert look_ahead(n) == more


def test_a_study_goes_on_until_it_is_precise_and_no_longer() -> None:
    found = study()
    told, values = sought(found), found.results.kpi("revenue")
    n = told["worlds"]["silo"]
    widths = narrowing((values["rhythm"] - values["silo"]).to_numpy(), values["silo"].to_numpy())
    assert told["met"]
    assert n == len(values) > 40
    assert (widths[n - 1 - look_ahead(n - 6):] <= 0.04).all()
    assert met_at(widths[:n - max(5, n // 10)], 0.04) == 0
    assert found.results.provenance["plan"]["replications"] == {"silo": n, "rhythm": n}
    assert len(found.results.provenance["seeds"]["silo"]) == n


def test_more_precision_takes_more_worlds_and_continues_what_is_there(tmp_path: Path) -> None:
    first = study(out=tmp_path / "out", wanted=0.06)
    second = study(out=tmp_path / "out")
    study(out=tmp_path / "new")
    assert len(first.results.runs) < len(second.results.runs)
    assert contents(tmp_path / "out") == contents(tmp_path / "new")


@pytest.mark.parametrize("crew", ["two workers", "threads"])
def test_whoever_plays_the_same_bytes_are_left(tmp_path: Path, crew: str) -> None:
    study(out=tmp_path / "one")
    if crew == "threads":
        with ThreadPoolExecutor(3) as executor:
            study(out=tmp_path / "other", executor=executor, workers=3)
    else:
        study(out=tmp_path / "other", workers=2)
    assert contents(tmp_path / "one") == contents(tmp_path / "other")


def test_each_figure_has_its_own_precision_and_the_slowest_decides() -> None:
    loose, both = study(wanted=0.2), study(precision={"revenue": 0.2, "cold_share": 0.005})
    assert sought(loose)["worlds"]["silo"] == 15
    assert sought(both)["worlds"]["silo"] > 30
    assert [(width["kpi"], width["met"]) for width in sought(both)["widths"]] == [("revenue", True), ("cold_share", True)]


def test_a_limit_of_runs_stops_a_study_and_is_told(tmp_path: Path) -> None:
    found = study(out=tmp_path / "out", most_runs=41)
    told = sought(found)
    assert (len(found.results.runs), told["met"], told["stopped"]) == (40, False, "runs")
    assert found.results.provenance["status"] == "finished"
    said = " ".join(reached(gather(found)))
    assert "by its limit of runs after 20 worlds" in said
    assert "(± 4% asked)" in said
    assert "worlds would do" in said
    study(out=tmp_path / "out")
    study(out=tmp_path / "new")
    assert contents(tmp_path / "out") == contents(tmp_path / "new")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_limit_of_minutes_stops_a_study_and_the_same_command_goes_on(tmp_path: Path, workers: int) -> None:
    slow = {"play": pretend.slow_and_noisy, "out": tmp_path / "out", "workers": workers}
    found = study(most_minutes=0.02, **slow)
    told = sought(found)
    assert (told["met"], told["stopped"]) == (False, "minutes")
    assert len(found.results.runs) < 100
    assert sum(told["worlds"].values()) == sum(map(len, found.results.provenance["seeds"].values()))
    study(**slow)
    study(out=tmp_path / "new")
    assert contents(tmp_path / "out") == contents(tmp_path / "new")


def test_what_the_store_has_is_not_played_again(tmp_path: Path) -> None:
    first = study(store=tmp_path / "store", out=tmp_path / "one")
    second = study(store=tmp_path / "store", out=tmp_path / "two")
    assert first.results.provenance["store"]["reused"] == 0
    assert second.results.provenance["store"]["reused"] == len(first.results.runs)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_worlds_that_failed_are_no_worlds() -> None:
    found = study(play=pretend.noisy_and_failing)
    (width,) = sought(found)["widths"]
    assert width["met"]
    assert width["n"] == found.difference("rhythm", "revenue").n < sought(found)["worlds"]["silo"]


def test_a_run_alone_makes_its_own_mean_precise() -> None:
    found = run([SILO, RHYTHM], play=pretend.noisy, store="off", precision={"revenue": 0.05})
    told = found.provenance["reached"]
    assert [width["scenario"] for width in told["widths"]] == ["silo", "rhythm"]
    for width in told["widths"]:
        values = found.kpi("revenue")[width["scenario"]].to_numpy()
        assert width["reached"] == pytest.approx(narrowing(values, values)[-1])
        assert width["reached"] <= 0.05


def test_replications_that_were_told_are_the_fewest() -> None:
    assert sought(study(wanted=0.5, replications=33))["worlds"] == {"silo": 33, "rhythm": 33}


def test_progress_says_how_many_are_likely_and_what_is_wanted() -> None:
    class Listener:
        def __init__(self) -> None:
            self.seen: list[tuple[int, int]] = []
            self.said: list[str] = []

        def __call__(self, done: int, of: int) -> None:
            self.seen.append((done, of))

        def tell(self, text: str) -> None:
            self.said.append(text)

    listener = Listener()
    found = study(progress=listener)
    whole = len(found.results.runs)
    assert listener.seen[-1][0] == whole
    assert all(done <= of for done, of in listener.seen)
    assert whole / 2 < listener.seen[whole // 2][1] < 2 * whole
    assert "revenue of rhythm ±" in listener.said[-1]
    assert "±4.00% wanted" in listener.said[-1]


def test_the_best_is_found_and_who_is_behind_costs_no_more() -> None:
    found = compare([SILO, RHYTHM, WEAK], play=pretend.noisy, store="off", best="revenue", band=0.05)
    told = sought(found)
    worlds = told["worlds"]
    assert (told["best"], told["left"], told["met"]) == ("rhythm", ["rhythm"], True)
    assert [one["scenario"] for one in told["dropped"]] == ["weak", "silo"]
    assert worlds["weak"] == 20 < worlds["silo"] == worlds["rhythm"]
    assert (found.difference("weak", "revenue").n, found.difference("rhythm", "revenue").n) == (20, worlds["silo"])
    said = " ".join(reached(gather(found)))
    assert "rhythm has the best revenue: true with probability 95% or more, if it leads by 5% of silo" in said
    assert "weak after 20 worlds (behind " in said
    assert counted(gather(found)) == f"20 to {worlds['silo']} replications of a scenario"


def test_less_is_best_where_less_is_better() -> None:
    found = compare([SILO, RHYTHM, WEAK], play=pretend.noisy, store="off", best="cold_share", band=0.05)
    assert sought(found)["best"] == "rhythm"


def test_scenarios_that_come_out_alike_do_not_go_on_for_ever() -> None:
    found = compare([SILO, Pretended("twin"), WEAK], play=pretend.play, store="off", best="revenue")
    told = sought(found)
    assert (told["left"], told["best"], told["met"]) == (["silo", "twin"], "silo", True)
    assert "silo and twin came out alike" in reached(gather(found))[0]


def test_a_best_that_is_not_settled_is_told_so(tmp_path: Path) -> None:
    even = Pretended("even", 0.1)
    found = compare([SILO, even, WEAK], play=pretend.noisy, store="off", best="revenue", band=0.01, most_runs=150, out=tmp_path / "out")
    told = sought(found)
    assert (told["met"], told["stopped"], len(told["left"])) == (False, "runs", 2)
    assert 140 < len(found.results.runs) <= 150
    assert "before it was settled" in reached(gather(found))[0]
    assert ResultSet.read(tmp_path / "out").provenance["reached"] == told


@pytest.mark.parametrize(("told", "said"), [
    ({"precision": "1"}, "did you mean"), ({"precision": "0%"}, "out of range"), ({"precision": "fine"}, "no share"),
    ({"precision": "revenue=1%,revenue=2%"}, "twice"), ({"precision": "1%", "best": "revenue"}, "one of them"),
    ({"most_runs": "100"}, "of no use alone"), ({"probability": "90%", "precision": "1%"}, "together with --best"),
    ({"best": "revenue", "probability": "20%"}, "too small"), ({"precision": "1%", "most_runs": "many"}, "no number of runs"),
    ({"precision": "1%", "most_minutes": "0"}, "no number of minutes"), ({"best": "revenue", "band": 0.0}, "`--band` above 0%"),
])
def test_an_aim_that_makes_no_sense_is_refused(told: dict[str, Any], said: str) -> None:
    band = told.pop("band", 0.01)
    with pytest.raises(InputError, match=said):
        aim_of(told, paired=True, band=band)


def test_an_aim_is_read_as_people_write_it() -> None:
    assert aim_of({"precision": "1%"}, paired=True, band=0.01) == Precision({"contribution": 0.01})
    assert aim_of({"precision": "revenue=1%, leads=2%"}, paired=True, band=0.01) == Precision({"revenue": 0.01, "leads": 0.02})
    assert aim_of({"best": "revenue", "probability": "90%"}, paired=True, band=0.02) == Best("revenue", 0.9, 0.02)
    assert aim_of({"precision": None, "replications": "20"}, paired=True, band=0.01) is None


def test_what_cannot_begin_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not let the study begin"):
        study(out=tmp_path / "out", most_runs=10)
    with pytest.raises(InputError, match="there is no key figure `revenu`"):
        compare(["silo", "monthly"], precision="revenu=1%", out=tmp_path / "out")
    with pytest.raises(InputError, match="neither good nor bad"):
        compare(["silo", "monthly"], best="lead_threshold", out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_figure_that_a_model_of_ones_own_does_not_have_ends_the_study() -> None:
    with pytest.raises(RunError, match="no run has a key figure nothing"):
        study(precision={"nothing": 0.01})
