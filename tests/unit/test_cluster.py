"""More than one machine: the numbers of one process, whoever of the others dies; a lost scheduler loses nothing that came back."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import runner_pretend as pretend
from runner_played import Counting
from runner_pretend import Pretended

import smsim
from smsim.errors import InputError, RunError
from smsim.experiment import identity, parcel, versions
from smsim.experiment.cluster import gathered
from smsim.experiment.parcel import Parcel, play_parcel
from smsim.experiment.plan import Plan
from smsim.experiment.runner import Crew
from smsim.experiment.worker import MODEL, Failure, Landed
from smsim.record import Run
from smsim.results import ResultSet
from tests.command_line import smsim_says

HERE = Path(__file__).parent
SILO, RHYTHM = Pretended("silo", replications=12), Pretended("rhythm", 5.0, replications=12)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.parquet"))}


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    """A scenario that names a plugin, a mind and a lead log of its own."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "minds.py").write_text("from smsim import Rep\nclass Calm(Rep):\n    mind = 'rep'\n")
    (folder / "bell.py").write_text("from smsim import Kpi\nKPIS = (Kpi('rung', 'count', 'how often the bell rang'),)\n")
    (folder / "log.csv").write_text("created\n" + "".join(f"2024-01-{day:02}\n" for day in range(1, 29) for _ in range(3)))
    (folder / "mine.yaml").write_text(
        "extends: silo\nplugins: [bell.py]\ncompany: {rep_mind: 'minds.py:Calm'}\nleads: {replay: {file: log.csv, created: created}}\n"
        "run: {weeks: 6, warm_up: 1 week, replications: 2}\n")
    return folder / "mine.yaml"


def test_what_travels_is_played_where_nothing_of_it_lies(scenario: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "elsewhere"))
    mine = smsim.load(str(scenario))
    assert {path.name for path in identity.named_files(mine)} == {"bell.py", "minds.py", "log.csv"}
    packed, files, expected = Parcel.of(mine), parcel.luggage(Plan((mine,))), smsim.play(mine, 7, leads=True)
    shutil.rmtree(scenario.parent)
    missing = play_parcel(MODEL, packed, 7, True).result
    assert isinstance(missing, Failure)
    assert "did not arrive" in missing.error
    parcel.unpack(files)
    landed = play_parcel(MODEL, packed, 7, True)
    assert isinstance(landed.result, Run), landed.result
    assert repr(landed.result.kpis) == repr(expected.kpis)
    assert "rung" in landed.result.kpis
    assert list(landed.result.leads["created"]) == list(expected.leads["created"])


def test_a_file_that_is_changed_is_another_file(scenario: Path) -> None:
    before = Parcel.of(smsim.load(str(scenario)))
    (scenario.parent / "minds.py").write_text("from smsim import Rep\nclass Calm(Rep):\n    mind = 'rep'\n    # calmer\n")
    after = Parcel.of(smsim.load(str(scenario)))
    assert dict(before.files) != dict(after.files)


def test_a_worker_with_other_rules_plays_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = Parcel.of(SILO)
    monkeypatch.setattr(versions, "code_hash", lambda: "another")
    found = play_parcel(pretend.play, packed, 1, False)
    assert isinstance(found.result, Failure)
    assert "another version" in found.result.error


def test_what_another_kind_of_machine_played_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from smsim.experiment import runner

    monkeypatch.setattr(runner, "play_one", lambda play, *task: Landed(play(*task), "another machine's rules"))
    (tmp_path / "marks").mkdir()
    found = smsim.run(SILO, play=Counting(str(tmp_path / "marks")), store=tmp_path / "store")
    assert len(found.runs) == 12
    assert not list(tmp_path.glob("store/*/*.run"))


@pytest.mark.parametrize("cluster", ["local", "local:0", "local:many", "somewhere"])
def test_what_names_no_cluster_is_refused(tmp_path: Path, cluster: str) -> None:
    with pytest.raises(InputError, match="names no cluster"):
        smsim.run(SILO, play=pretend.play, cluster=cluster, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_without_dask_the_command_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert smsim_says(monkeypatch, "run", "silo", "--cluster", "local:2", "--out", str(tmp_path / "out")) == 2
    assert "smsim[cluster]" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


# With dask.distributed ------------------------------------------------------------------------------------------------------------

def dask(*words: str) -> subprocess.Popen[bytes]:
    """A scheduler or a worker as a process of its own that finds the tests' pretended models."""
    path = os.pathsep.join([str(HERE), *sys.path])
    command = [sys.executable, "-m", "distributed.cli.dask_" + words[0], *words[1:]]
    return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": path}, stderr=subprocess.DEVNULL)


class Machines:
    """A scheduler and workers without nannies, so that one that is killed stays dead."""

    def __init__(self, folder: Path, count: int) -> None:
        self.folder, file = folder, folder / "scheduler.json"
        self.scheduler = dask("scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", str(file), "--host", "127.0.0.1")
        while not (file.exists() and "tcp://" in file.read_text()):
            time.sleep(0.1)
        import json

        self.address = json.loads(file.read_text())["address"]
        self.workers = [self.another() for _ in range(count)]

    def another(self) -> subprocess.Popen[bytes]:
        return dask("worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(self.folder))

    def end(self) -> None:
        for process in [*self.workers, self.scheduler]:
            process.kill()
            process.wait()


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Machines]:
    pytest.importorskip("distributed", reason="dask.distributed is not installed")
    found = Machines(tmp_path, 2)
    yield found
    found.end()


def slow_play(tmp_path: Path) -> Counting:
    (tmp_path / "marks").mkdir(exist_ok=True)
    return Counting(str(tmp_path / "marks"), nap=0.2)


def when(play: Counting, count: int, then: object) -> threading.Thread:
    """Do something as soon as so many replications were played."""
    def watch() -> None:
        while play.count < count:
            time.sleep(0.02)
        then()

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    return thread


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_one_process_two_processes_and_a_cluster_leave_the_same_bytes(tmp_path: Path, scenario: Path, machines: Machines) -> None:
    for name, who in {"one": {}, "two": {"workers": 2}, "cluster": {"cluster": machines.address}}.items():
        smsim.run([str(scenario), "silo"], replications=3, weeks=14, leads=True, out=tmp_path / name, store="off", **who)
    one = contents(tmp_path / "one")
    assert "failures.parquet" not in one
    assert one == contents(tmp_path / "two") == contents(tmp_path / "cluster")


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_a_plugin_that_is_edited_is_another_one_to_workers_that_had_it(tmp_path: Path, scenario: Path, machines: Machines) -> None:
    plugin = scenario.parent / "bell.py"
    text = "from smsim import Kpi\nKPIS = (Kpi('rung', 'count', 'how often', of_run=lambda period: {}),)\n"
    found = []
    for value in (1.0, 2.0):
        plugin.write_text(text.format(value))
        (tmp_path / f"{value}").mkdir()
        folder = shutil.copytree(scenario.parent, tmp_path / f"{value}" / "mine")  # this process itself keeps what it has imported
        found.append(smsim.run(str(folder / "mine.yaml"), cluster=machines.address, store="off").runs["rung"].tolist())
    assert found == [[1.0, 1.0], [2.0, 2.0]]


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_a_worker_killed_in_the_middle_changes_nothing(tmp_path: Path, machines: Machines) -> None:
    play = slow_play(tmp_path)
    smsim.run([SILO, RHYTHM], play=pretend.play, out=tmp_path / "undisturbed")
    killing = when(play, 7, machines.workers[0].kill)
    found = smsim.run([SILO, RHYTHM], play=play, cluster=machines.address, out=tmp_path / "out")
    killing.join(1)
    assert machines.workers[0].wait(5) == -signal.SIGKILL
    assert found.failures.empty
    assert contents(tmp_path / "out") == contents(tmp_path / "undisturbed")


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_a_worker_that_joins_later_has_the_files_too(tmp_path: Path, scenario: Path, machines: Machines) -> None:
    machines.workers[1].kill()
    mine = smsim.load(str(scenario))
    with gathered(Crew(cluster=machines.address), Plan((mine,))) as crew:
        machines.workers.append(machines.another())
        machines.workers[0].kill()
        from smsim.experiment.worker import play_one

        landed = crew.executor.submit(play_one, MODEL, mine, 7, False).result(120)
    assert repr(landed.result.kpis) == repr(smsim.play(mine, 7).kpis)


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_where_the_scheduler_is_lost_what_was_finished_is_kept_and_the_study_goes_on_later(tmp_path: Path, machines: Machines) -> None:
    play = slow_play(tmp_path)
    when(play, 9, machines.scheduler.kill)
    began = time.monotonic()
    with pytest.raises(RunError, match="scheduler cannot be reached; what was finished is kept") as lost:
        smsim.run([SILO, RHYTHM], play=play, cluster=machines.address, out=tmp_path / "out")
    assert lost.value.exit_status == 1
    assert time.monotonic() - began < 60
    kept = ResultSet.read(tmp_path / "out")
    assert 5 <= len(kept.runs) < 24
    before = play.count
    smsim.run([SILO, RHYTHM], play=play, out=tmp_path / "out")
    assert play.count - before == 24 - len(kept.runs)
    smsim.run([SILO, RHYTHM], play=pretend.play, out=tmp_path / "undisturbed")
    assert contents(tmp_path / "out") == contents(tmp_path / "undisturbed")


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_a_scheduler_that_is_not_there_is_told_before_anything_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="dask.distributed is not installed")
    monkeypatch.setattr("smsim.experiment.cluster._FIND", 2)
    with pytest.raises(InputError, match="no scheduler answers"):
        smsim.run(SILO, play=pretend.play, cluster="tcp://127.0.0.1:9", out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_the_command_plays_on_processes_of_this_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    pytest.importorskip("distributed", reason="dask.distributed is not installed")
    words = ["run", "silo", "--replications", "4", "--weeks", "14", "--quiet", "--out"]
    assert smsim_says(monkeypatch, *words, str(tmp_path / "here"), "--workers", "1") == 0
    assert smsim_says(monkeypatch, *words, str(tmp_path / "there"), "--cluster", "local:2") == 0
    assert contents(tmp_path / "here") == contents(tmp_path / "there")
    assert capsys.readouterr().err == ""


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_a_cluster_plays_no_more_and_no_less_until_a_study_is_precise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="dask.distributed is not installed")
    words = ["compare", "silo", "monthly", "--weeks", "16", "--set", "market.customers=200", "--precision", "revenue=20%"]
    words += ["--quiet", "--out"]
    assert smsim_says(monkeypatch, *words, str(tmp_path / "here"), "--workers", "1") == 0
    assert smsim_says(monkeypatch, *words, str(tmp_path / "there"), "--cluster", "local:2") == 0
    assert contents(tmp_path / "here") == contents(tmp_path / "there")
    assert ResultSet.read(tmp_path / "here").provenance["reached"]["met"]
