"""Whatever stops a study, what was finished is readable, and the same command ends in the same files."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from smsim.results import ResultSet

STUDY = Path(__file__).with_name("interrupt_study.py")
pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
Started = subprocess.Popen[bytes]


@pytest.fixture
def started(tmp_path: Path) -> Iterator[list[Started]]:
    """Studies begun by a test; none outlives it."""
    found: list[Started] = []
    yield found
    for study in found:
        study.kill()
        study.wait()


def begin(out: Path, workers: int, started: list[Started], *aim: str) -> Started:
    study = subprocess.Popen([sys.executable, str(STUDY), str(out), str(workers), *aim])
    started.append(study)
    return study


def wait_for_runs(out: Path, study: Started, count: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and study.poll() is None:
        if (out / "provenance.json").is_file() and len(ResultSet.read(out).runs) >= count:
            return
        time.sleep(0.05)
    raise AssertionError(f"the study did not get to {count} runs")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.parquet"))}


def children_of(parent: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    subprocess.run([sys.executable, str(STUDY), str(out), "2"], check=True, timeout=120)
    return contents(out)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_study_killed_three_times_ends_as_if_nothing_had_happened(
    tmp_path: Path, started: list[Started], undisturbed: dict[str, bytes], workers: int,
) -> None:
    out = tmp_path / "out"
    for count in (1, 6, 12):
        study = begin(out, workers, started)
        wait_for_runs(out, study, count)
        study.kill()
        study.wait()
        if count > 1:  # a first replication may be killed between its part and the first merging of parts
            assert len(pd.read_parquet(out / "runs.parquet")) >= 1
        assert len(ResultSet.read(out).runs) >= count
    assert begin(out, workers, started).wait(timeout=120) == 0
    assert contents(out) == undisturbed
    assert sorted(path.name for path in out.iterdir()) == [
        "curves.parquet", "days.parquet", "leads.parquet", "provenance.json", "runs.parquet"]


@pytest.mark.parametrize("aim", ["precision", "best"])
def test_a_study_that_finds_out_how_long_it_is_ends_the_same_after_three_deaths(tmp_path: Path, started: list[Started], aim: str) -> None:
    out, calm = tmp_path / "out", tmp_path / "calm"
    assert begin(calm, 1, started, aim).wait(timeout=120) == 0
    whole = len(ResultSet.read(calm).runs)
    for part in (0.05, 0.35, 0.6):
        study = begin(out, 2, started, aim)
        wait_for_runs(out, study, int(part * whole))
        study.kill()
        study.wait()
    assert len(ResultSet.read(out).runs) < whole
    assert begin(out, 2, started, aim).wait(timeout=120) == 0
    assert contents(out) == contents(calm)
    assert ResultSet.read(out).provenance["reached"] == ResultSet.read(calm).provenance["reached"]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_workers_do_not_outlive_a_killed_study(tmp_path: Path, started: list[Started]) -> None:
    study = begin(tmp_path / "out", 2, started)
    wait_for_runs(tmp_path / "out", study, 1)
    workers = children_of(study.pid)
    assert len(workers) >= 2
    study.kill()
    study.wait()
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and any(Path(f"/proc/{pid}").exists() for pid in workers):
        time.sleep(0.1)
    assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]


@pytest.mark.parametrize(("workers", "number"), [(1, signal.SIGINT), (2, signal.SIGINT), (2, signal.SIGTERM)])
def test_ctrl_c_keeps_what_is_finished_and_the_same_command_goes_on(
    tmp_path: Path, started: list[Started], undisturbed: dict[str, bytes], workers: int, number: signal.Signals,
) -> None:
    out = tmp_path / "out"
    study = begin(out, workers, started)
    wait_for_runs(out, study, 3)
    study.send_signal(number)
    assert study.wait(timeout=30) == 130
    kept = ResultSet.read(out)
    assert len(kept.runs) >= 3
    assert len(kept.runs) == len(pd.read_parquet(out / "runs.parquet")) == kept.days.groupby(["scenario", "replication"]).ngroups
    assert kept.provenance["status"] == "interrupted"
    assert begin(out, workers, started).wait(timeout=120) == 0
    assert contents(out) == undisturbed
