"""Whatever kills a study, and whoever writes beside it, nothing that was kept is lost or wrong; a full disk stops cleanly."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from smsim.errors import RunError
from smsim.experiment.runstore import RunStore

sys.path.insert(0, str(Path(__file__).parents[1] / "unit"))
import runner_pretend as pretend
from runner_played import Counting

import smsim

STUDY = Path(__file__).with_name("stored_study.py")
pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
MANY = 24


def begin(out: Path, store: Path | str, marks: Path, count: int, nap: float, workers: int = 1) -> subprocess.Popen[bytes]:
    marks.mkdir(exist_ok=True)
    words = [str(word) for word in (out, store, marks, count, nap, workers)]
    with (marks / "said").open("wb") as said:
        return subprocess.Popen([sys.executable, str(STUDY), *words], stdout=said)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.parquet"))}


def undisturbed(tmp_path: Path, count: int) -> dict[str, bytes]:
    assert begin(tmp_path / "undisturbed", "off", tmp_path / "others", count, 0.0).wait(120) == 0
    return contents(tmp_path / "undisturbed")


def is_sound(store: Path) -> bool:
    return not list(RunStore(store).check())


@pytest.mark.slow
@pytest.mark.parametrize(("kept", "workers"), [("folder and store", 1), ("folder", 2), ("store", 2)])
def test_a_study_killed_at_ten_random_instants_ends_in_the_same_bytes(tmp_path: Path, kept: str, workers: int) -> None:
    """Where only the store is kept, every start fills a new folder."""
    expected, luck, killed = undisturbed(tmp_path, MANY), random.Random(f"{kept} {workers}"), 0
    store = "off" if kept == "folder" else tmp_path / "store"
    marks, out = tmp_path / "marks", tmp_path / "out"
    for start in range(11):
        out = tmp_path / f"out{start}" if kept == "store" else out
        before = Counting(str(marks)).count if marks.exists() else 0
        study = begin(out, store, marks, MANY, 0.2 * workers, workers)
        if start == 10:
            break
        deadline = time.monotonic() + 60
        while study.poll() is None and Counting(str(marks)).count == before and time.monotonic() < deadline:
            time.sleep(0.01)  # from the first replication on: what is killed while it starts has written nothing yet
        time.sleep(luck.uniform(0.0, 0.6))
        study.kill()
        killed += study.wait() == -9
    assert study.wait(240) == 0
    assert (marks / "said").read_bytes() == b""
    assert killed >= 8
    assert contents(out) == expected
    if kept != "folder":
        assert is_sound(tmp_path / "store")
        assert Counting(str(marks)).count <= 2 * MANY + 2 * workers * 10


def test_two_studies_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    expected = undisturbed(tmp_path, 8)
    studies = [begin(tmp_path / f"out{i}", tmp_path / "store", tmp_path / "marks", 8, 0.02) for i in range(2)]
    assert [study.wait(120) for study in studies] == [0, 0]
    assert contents(tmp_path / "out0") == contents(tmp_path / "out1") == expected
    assert len(list((tmp_path / "store").rglob("*.run"))) == 16
    assert is_sound(tmp_path / "store")
    played = Counting(str(tmp_path / "marks")).count
    assert begin(tmp_path / "third", tmp_path / "store", tmp_path / "marks", 8, 0.02).wait(120) == 0
    assert Counting(str(tmp_path / "marks")).count == played
    assert contents(tmp_path / "third") == expected


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 96 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    try:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=96k", "tmpfs", str(disk)], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("a small disk cannot be mounted here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def play(tmp_path: Path) -> Counting:
    (tmp_path / "marks").mkdir(exist_ok=True)
    return Counting(str(tmp_path / "marks"))


def test_a_store_on_a_disk_that_fills_up_leaves_the_study_as_it_is(tmp_path: Path, small_disk: Path) -> None:
    expected = undisturbed(tmp_path, 20)
    scenarios = [pretend.Pretended("silo", replications=20), pretend.Pretended("rhythm", 5.0, replications=20)]
    found = smsim.run(scenarios, play=play(tmp_path), out=tmp_path / "out", store=small_disk / "store", leads=True)
    assert contents(tmp_path / "out") == expected
    (trouble,) = found.provenance["store"]["troubles"]
    assert "the store takes no more runs: the disk is full" in trouble
    assert is_sound(small_disk / "store")
    again = smsim.run(scenarios, play=play(tmp_path), out=tmp_path / "again", store=small_disk / "store", leads=True)
    assert 0 < again.provenance["store"]["reused"] < 40
    assert contents(tmp_path / "again") == expected


def test_a_study_on_a_disk_that_fills_up_stops_and_goes_on_when_there_is_room(tmp_path: Path, small_disk: Path) -> None:
    scenarios = [pretend.Pretended("silo", replications=20), pretend.Pretended("rhythm", 5.0, replications=20)]
    expected, ballast = undisturbed(tmp_path, 20), small_disk / "ballast"
    ballast.write_bytes(bytes(76_000))
    with pytest.raises(RunError, match="the disk is full; what was finished before is kept there"):
        smsim.run(scenarios, play=play(tmp_path), out=small_disk / "out", store=tmp_path / "store", leads=True)
    ballast.unlink()
    found = smsim.run(scenarios, play=play(tmp_path), out=small_disk / "out", store=tmp_path / "store", leads=True)
    assert contents(small_disk / "out") == expected
    assert found.provenance["status"] == "finished"
