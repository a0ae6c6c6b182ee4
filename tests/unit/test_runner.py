"""Playing a plan: the same rows whoever plays, in whatever company, after whatever happened on the way."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import runner_pretend as pretend
from runner_pretend import Pretended

import smsim.results
from smsim.core.luck import replication_seed
from smsim.errors import PlanError, RunError
from smsim.experiment import compiling, store
from smsim.experiment.runner import fitting_workers
from smsim.results import ResultSet

SILO, RHYTHM = Pretended("silo"), Pretended("rhythm", 5.0)


def run(*scenarios: Pretended, play: Callable[..., object] = pretend.play, **options: object) -> ResultSet:
    return smsim.results.run(list(scenarios), play=play, **options)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.parquet"))}


def test_two_workers_leave_the_same_bytes_as_one(tmp_path: Path) -> None:
    run(SILO, RHYTHM, out=tmp_path / "one", leads=True)
    run(SILO, RHYTHM, out=tmp_path / "two", leads=True, workers=2)
    one, two = contents(tmp_path / "one"), contents(tmp_path / "two")
    assert set(one) == {"runs.parquet", "days.parquet", "curves.parquet", "leads.parquet"}
    assert one == two


def test_the_order_of_scenarios_does_not_show_in_the_rows(tmp_path: Path) -> None:
    run(SILO, RHYTHM, out=tmp_path / "one")
    other = run(RHYTHM, SILO, out=tmp_path / "two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert other.baseline == "rhythm"
    assert other.scenarios == ["rhythm", "silo"]


def test_company_and_the_number_of_replications_change_no_row() -> None:
    alone = run(SILO, replications=2).runs
    crowd = run(RHYTHM, SILO, replications=5).runs
    there = crowd[(crowd["scenario"] == "silo") & (crowd["replication"] < 2)].reset_index(drop=True)
    assert alone.equals(there)
    assert list(alone["seed"]) == [replication_seed(1, 0), replication_seed(1, 1)]


def test_memory_and_folder_hold_the_same(tmp_path: Path) -> None:
    here, there = run(SILO, RHYTHM, leads=True), run(SILO, RHYTHM, leads=True, out=tmp_path / "out")
    for name in ("runs", "days", "curves", "leads"):
        assert getattr(here, name).equals(getattr(there, name)), name


def test_any_executor_may_play(tmp_path: Path) -> None:
    with ThreadPoolExecutor(3) as executor:
        run(SILO, RHYTHM, out=tmp_path / "threads", executor=executor, workers=3)
    run(SILO, RHYTHM, out=tmp_path / "here")
    assert contents(tmp_path / "threads") == contents(tmp_path / "here")


def test_columns_stand_in_the_order_people_were_promised() -> None:
    found = run(SILO, leads=True)
    assert list(found.runs)[:6] == ["scenario", "replication", "seed", "revenue", "deals_won", "gross_margin"]
    assert list(found.runs)[-2:] == ["customer_lifetime_value", "a_plugin_figure"]
    assert found.runs["deals_won"].isna().all()
    assert list(found.days) == ["scenario", "replication", "day", "revenue"]
    assert list(found.leads) == ["scenario", "replication", "lead", "recycled_from", "created", "outcome"]
    assert found.leads["recycled_from"].isna().sum() == 8


def test_a_failing_replication_is_a_row_and_the_others_go_on(tmp_path: Path) -> None:
    found = run(SILO, RHYTHM, out=tmp_path / "out", play=pretend.fails_in_one_world, workers=2, replications=12)
    unlucky = {i for i in range(12) if replication_seed(1, i) % 2 == 0}
    assert 0 < len(unlucky) < 12
    assert set(found.failures["replication"]) == unlucky
    assert found.failures["error"].iloc[0] == "ValueError: the market collapsed"
    assert "fails_in_one_world" in found.failures["traceback"].iloc[0]
    assert len(found.runs) == 24 - len(unlucky)
    assert found.provenance["status"] == "failed"


def test_what_failed_is_played_again_when_the_command_is_repeated(tmp_path: Path) -> None:
    run(SILO, out=tmp_path / "out", play=pretend.fails_in_one_world)
    found = run(SILO, out=tmp_path / "out")
    assert len(found.runs) == 4
    assert not (tmp_path / "out" / "failures.parquet").exists()


def test_a_worker_that_dies_is_replaced_and_its_replication_played_again(tmp_path: Path) -> None:
    (tmp_path / "marks").mkdir()
    scenario = Pretended("silo", folder=str(tmp_path / "marks"))
    found = run(scenario, play=pretend.dies_once, workers=2)
    assert any((tmp_path / "marks").iterdir())
    assert len(found.runs) == 4
    assert found.failures.empty


def test_a_replication_that_always_kills_its_worker_fails_and_the_others_are_played() -> None:
    found = run(SILO, Pretended("deadly", replications=1), play=pretend.always_dies_in_one_world, workers=2)
    assert list(found.failures["scenario"]) == ["deadly"]
    assert len(found.runs) == 4


def test_a_study_in_which_every_worker_dies_is_given_up() -> None:
    with pytest.raises(RunError, match="one after another"):
        run(Pretended("deadly", replications=6), play=pretend.always_dies_in_one_world, workers=2)


def test_more_replications_continue_the_same_plan(tmp_path: Path) -> None:
    run(SILO, out=tmp_path / "out", replications=2)
    played: list[int] = []
    found = run(SILO, out=tmp_path / "out", replications=5, progress=lambda done, of: played.append(done))
    assert played[0] == 2
    assert len(found.runs) == 5
    run(SILO, out=tmp_path / "new", replications=5)
    assert contents(tmp_path / "out") == contents(tmp_path / "new")


def test_a_finished_study_is_not_played_again(tmp_path: Path) -> None:
    run(SILO, out=tmp_path / "out")
    before = contents(tmp_path / "out")
    run(SILO, out=tmp_path / "out", play="nowhere:nothing")
    assert contents(tmp_path / "out") == before


@pytest.mark.parametrize("interval", [0.0, 0.05])
def test_merging_often_leaves_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, interval: float) -> None:
    run(SILO, RHYTHM, out=tmp_path / "seldom", leads=True)
    monkeypatch.setattr(store, "PART", interval)
    monkeypatch.setattr(store, "MERGE", interval)
    run(RHYTHM, SILO, out=tmp_path / "often", leads=True)
    assert contents(tmp_path / "seldom") == contents(tmp_path / "often")
    assert not (tmp_path / "often" / "parts").exists()


def test_a_folder_that_holds_another_plan_is_refused(tmp_path: Path) -> None:
    run(SILO, out=tmp_path / "out")
    before = contents(tmp_path / "out")
    with pytest.raises(PlanError, match="another plan"):
        run(SILO, RHYTHM, out=tmp_path / "out")
    with pytest.raises(PlanError, match="other settings"):
        run(Pretended("silo", 1.0), out=tmp_path / "out")
    assert contents(tmp_path / "out") == before


def test_a_folder_that_holds_anything_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("years of work")
    with pytest.raises(PlanError, match=r"thesis\.doc"):
        run(SILO, out=tmp_path)
    with pytest.raises(PlanError, match="is a file"):
        run(SILO, out=tmp_path / "thesis.doc")
    with pytest.raises(PlanError, match="is a file"):
        run(SILO, out=tmp_path / "thesis.doc" / "deeper")
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.doc"]


def test_parts_of_a_study_are_told_from_parts_of_somebody_else(tmp_path: Path) -> None:
    (tmp_path / "ours" / "parts" / ".00000002").mkdir(parents=True)
    assert len(run(SILO, out=tmp_path / "ours").runs) == 4
    (tmp_path / "theirs" / "parts").mkdir(parents=True)
    (tmp_path / "theirs" / "parts" / "wheel.dwg").write_text("years of work")
    with pytest.raises(PlanError, match="something else"):
        run(SILO, out=tmp_path / "theirs")
    assert (tmp_path / "theirs" / "parts" / "wheel.dwg").is_file()


def test_what_would_fit_into_memory_fits() -> None:
    from smsim.experiment.room import what_fits
    from smsim.model import memory_needed
    from smsim.scenario import load

    large = load("silo", ["market.customers=20000000", "run.weeks=1040"])
    told = what_fits(large, memory_needed, 22e9)
    assert [key.split(":")[0] for key in told] == ["`market.customers", "`run.weeks"]
    for one in told:
        key, _, size = one.strip("`").partition(": ")
        value = int(size.replace("_", ""))
        assert memory_needed(large.but({key: value})) <= 22e9
        assert memory_needed(large.but({key: round(value * 1.2) + 1})) > 22e9


def test_two_commands_cannot_fill_one_folder(tmp_path: Path) -> None:
    pytest.importorskip("fcntl")
    plan, _, _ = smsim.results.prepare([SILO])
    from smsim.experiment.folder import claim

    with claim(tmp_path / "out", plan), pytest.raises(PlanError, match="another command"):
        run(SILO, out=tmp_path / "out")


@pytest.mark.parametrize(("scenarios", "words"), [
    ([], "no scenario"),
    ([SILO, Pretended("silo", 1.0)], "are named 'silo'"),
    ([Pretended(replications=0)], "no replication"),
    ([Pretended(weeks=1, warm_up=7)], "leaves no day"),
])
def test_what_cannot_be_played_is_refused_before_a_word_is_written(tmp_path: Path, scenarios: list[Pretended], words: str) -> None:
    with pytest.raises(PlanError, match=words):
        run(*scenarios, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_replication_that_cannot_fit_into_memory_is_refused() -> None:
    plan, _, _ = smsim.results.prepare([SILO])
    plan.require_room(lambda scenario: 1e6, 2e6)
    with pytest.raises(PlanError, match="does not fit into memory"):
        plan.require_room(lambda scenario: 3e9, 2e9)


def test_as_many_workers_are_taken_as_fit_into_memory() -> None:
    assert fitting_workers(8, 1e9, 3.5e9) == 3
    assert fitting_workers(2, 1e9, 3.5e9) == 2
    assert fitting_workers(2, 9e9, 3.5e9) == 1


def test_one_process_compiles_while_the_code_is_cold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "_cache", lambda: tmp_path)
    assert compiling.is_cold()
    with compiling.alone_while_cold():
        assert compiling.is_cold()
    assert not compiling.is_cold()


def test_a_full_disk_stops_the_study_and_keeps_what_was_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(SILO, out=tmp_path / "out", replications=2)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("smsim.experiment.merging.write_part", full)
    with pytest.raises(RunError, match="the disk is full"):
        run(SILO, out=tmp_path / "out")
    monkeypatch.undo()
    assert len(ResultSet.read(tmp_path / "out").runs) == 2
    assert len(run(SILO, out=tmp_path / "out").runs) == 4
