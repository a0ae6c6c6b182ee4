"""The store of runs: what was played once is never played again, and nothing that lies there can make a number wrong."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
import runner_pretend as pretend
from runner_played import Counting
from runner_pretend import Pretended

import smsim.results
from smsim.experiment import identity, runstore
from smsim.experiment.runstore import RunStore
from smsim.results import ResultSet

SILO, RHYTHM = Pretended("silo"), Pretended("rhythm", 5.0)


@pytest.fixture
def play(tmp_path: Path) -> Counting:
    (tmp_path / "marks").mkdir()
    return Counting(str(tmp_path / "marks"))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


def run(*scenarios: Pretended, **options: object) -> ResultSet:
    return smsim.results.run(list(scenarios), **options)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.parquet"))}


def files(store: Path) -> list[Path]:
    return sorted(store.rglob("*.run"))


@pytest.mark.parametrize("leads", [False, True])
def test_runs_from_the_store_leave_the_same_bytes_as_played_ones(tmp_path: Path, play: Counting, store: Path, leads: bool) -> None:
    run(SILO, RHYTHM, play=play, store="off", out=tmp_path / "none", leads=leads)
    run(SILO, RHYTHM, play=play, store=store, out=tmp_path / "played", leads=leads)
    assert play.count == 16
    found = run(SILO, RHYTHM, play=play, store=store, out=tmp_path / "fetched", leads=leads)
    assert play.count == 16
    assert found.provenance["store"]["reused"] == 8
    assert contents(tmp_path / "none") == contents(tmp_path / "played") == contents(tmp_path / "fetched")
    assert ("leads.parquet" in contents(tmp_path / "fetched")) == leads


def test_a_run_is_known_under_any_name_and_in_any_company(play: Counting, store: Path) -> None:
    first = run(SILO, play=play, store=store)
    found = run(RHYTHM, Pretended("another name", replications=2), play=play, store=store, replications=6)
    assert found.provenance["store"]["reused"] == 4
    assert list(found.kpi("revenue")["another name"][:4]) == list(first.kpi("revenue")["silo"])


def test_what_came_from_the_store_adds_up_over_the_commands_of_a_study(tmp_path: Path, play: Counting, store: Path) -> None:
    run(SILO, play=play, store=store, replications=6)
    run(SILO, play=play, store=store, replications=2, out=tmp_path / "study")
    found = run(SILO, play=play, store=store, replications=5, out=tmp_path / "study")
    assert found.provenance["store"]["reused"] == 5
    assert run(SILO, play=play, store=store, replications=5, out=tmp_path / "study").provenance["store"]["reused"] == 5


@pytest.mark.parametrize("other", [
    {"scenarios": Pretended("silo", effect=1e-12)}, {"scenarios": Pretended("silo", seed=2)}, {"scenarios": Pretended("silo", weeks=3)},
    {"leads": True},
])
def test_what_differs_in_anything_that_matters_is_played(play: Counting, store: Path, other: dict[str, object]) -> None:
    run(SILO, play=play, store=store)
    found = smsim.results.run(**({"scenarios": SILO, "play": play, "store": store} | other))
    assert found.provenance["store"]["reused"] == 0
    assert play.count == 8


def test_other_rules_play_again(play: Counting, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(SILO, play=play, store=store)
    run(SILO, play=Counting(play.marks, version=2), store=store)
    monkeypatch.setattr(identity, "rules", lambda: "the model's code has changed")
    run(SILO, play=play, store=store)
    assert play.count == 12


def test_a_run_kept_with_its_leads_serves_where_none_are_asked_for(tmp_path: Path, play: Counting, store: Path) -> None:
    run(SILO, play=play, store=store, leads=True)
    run(SILO, play=play, store=store, out=tmp_path / "fetched")
    assert play.count == 4
    run(SILO, play=play, store="off", out=tmp_path / "played")
    assert contents(tmp_path / "fetched") == contents(tmp_path / "played")


def test_a_model_that_does_not_say_what_it_is_and_failures_are_not_kept(store: Path) -> None:
    run(SILO, play=pretend.play, store=store)
    run(SILO, play=pretend.fails_in_one_world, store=store)
    assert not files(store)


def cut(content: bytes) -> bytes:
    return content[:len(content) // 2]


def flipped(content: bytes) -> bytes:
    at = len(content) - 200
    return content[:at] + bytes([content[at] ^ 4]) + content[at + 1:]


def of_somebody_else(content: bytes) -> bytes:
    return b"%PDF-1.7 the minutes of a meeting"


@pytest.mark.parametrize("spoil", [cut, flipped, of_somebody_else, lambda content: b"", lambda content: content[:30]])
def test_a_damaged_file_is_noticed_and_only_its_run_is_repeated(tmp_path: Path, play: Counting, store: Path, spoil) -> None:
    run(SILO, RHYTHM, play=play, store=store, out=tmp_path / "played")
    spoilt = files(store)[3]
    good = spoilt.read_bytes()
    spoilt.write_bytes(spoil(good))
    found = run(SILO, RHYTHM, play=play, store=store, out=tmp_path / "again")
    assert play.count == 9
    (trouble,) = found.provenance["store"]["troubles"]
    assert spoilt.name in trouble
    assert "played again" in trouble
    assert contents(tmp_path / "again") == contents(tmp_path / "played")
    assert spoilt.read_bytes() == good


def test_every_bit_that_is_flipped_is_noticed(play: Counting, store: Path) -> None:
    run(SILO, play=play, store=store, replications=1)
    (path,) = files(store)
    good = path.read_bytes()
    for at in [*range(0, 400, 7), *range(400, len(good), 61)]:
        path.write_bytes(good[:at] + bytes([good[at] ^ (1 << at % 8)]) + good[at + 1:])
        assert len(list(RunStore(store).check())) == 1, at


def test_a_run_under_the_name_of_another_is_noticed(tmp_path: Path, play: Counting, store: Path) -> None:
    run(SILO, play=play, store=store, out=tmp_path / "played")
    one, other = files(store)[:2]
    other.write_bytes(one.read_bytes())
    found = run(SILO, play=play, store=store, out=tmp_path / "again")
    assert "another run" in found.provenance["store"]["troubles"][0]
    assert contents(tmp_path / "again") == contents(tmp_path / "played")


def test_a_full_disk_stops_the_keeping_and_not_the_study(
    tmp_path: Path, play: Counting, store: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    run(SILO, play=play, store="off", out=tmp_path / "none")
    tried = []

    def full(self: RunStore, key: str, told: object, rows: object) -> None:
        tried.append(key)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(RunStore, "put", full)
    found = run(SILO, play=play, store=store, out=tmp_path / "out")
    assert len(tried) == 1
    assert "the disk is full" in found.provenance["store"]["troubles"][0]
    assert found.provenance["status"] == "finished"
    assert contents(tmp_path / "out") == contents(tmp_path / "none")


def test_nothing_half_written_is_left_where_writing_fails(play: Counting, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object) -> bytes:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(runstore, "pack", breaks)
    run(SILO, play=play, store=store)
    assert not [path for path in store.rglob("*") if path.is_file()]


def test_a_store_that_cannot_be_read_plays(tmp_path: Path, play: Counting, store: Path) -> None:
    run(SILO, play=play, store=store)
    for path in files(store):
        path.unlink()
        path.mkdir()
    found = run(SILO, play=play, store=store)
    assert len(found.runs) == 4
    assert found.provenance["store"]["troubles"]


def test_the_store_is_where_the_environment_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SMSIM_STORE", "OFF")
    assert runstore.named() is None
    monkeypatch.setenv("SMSIM_STORE", str(tmp_path / "kept"))
    assert runstore.named().folder == tmp_path / "kept"
    monkeypatch.delenv("SMSIM_STORE")
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    assert runstore.named().folder == tmp_path / "smsim" / "runs"
    (tmp_path / "file").touch()
    with pytest.raises(smsim.errors.InputError, match="no folder"):
        runstore.named(tmp_path / "file")
