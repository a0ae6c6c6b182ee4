"""Whatever fails in the middle of a study of the real model leaves with 1, and what was finished is readable and goes on."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from smsim.__main__ import main
from smsim.results import ResultSet, run
from smsim.scenario import load

PLUGIN = Path(__file__).with_name("failing_plugin.py")
pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits and signals as POSIX has them")
LEAST = ("--weeks", "16", "--set", "market.customers=200")


@pytest.fixture
def trouble(tmp_path: Path) -> Path:
    """A scenario that fails as `--set practices.trouble.kind=…` tells."""
    file = tmp_path / "trouble.yaml"
    file.write_text(f"name: trouble\nextends: silo\nplugins: [{PLUGIN}]\n")
    return file


def smsim(folder: Path, *words: str, limit: int | None = None) -> subprocess.CompletedProcess[str]:
    def narrow() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run([sys.executable, "-m", "smsim", *words, *LEAST, "--json"], cwd=folder, capture_output=True, text=True,
                          timeout=300, preexec_fn=narrow)


def in_plain_words(done: subprocess.CompletedProcess[str]) -> bool:
    return "Traceback" not in done.stderr and "bug" not in done.stderr


@pytest.mark.parametrize(("kind", "said"), [
    ("raise", r"trouble, replication 0: RuntimeError: no coffee\nleft"), ("leave", "trouble, replication 0: SystemExit: 0"),
    ("memory", "fewer --workers leave more memory to each"),
])
def test_a_plugin_that_fails_is_told_with_its_line_and_the_tables_say_the_rest(
    trouble: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kind: str, said: str,
) -> None:
    monkeypatch.chdir(trouble.parent)
    words = ["run", "trouble.yaml", "-n", "2", "--workers", "1", "--set", f"practices.trouble.kind={kind}", "--out", "out"]
    monkeypatch.setattr(sys, "argv", ["smsim", *words, *LEAST, "--json"])
    with pytest.raises(SystemExit) as gone:
        main()
    told = capsys.readouterr()
    assert gone.value.code == 1, told.err
    assert said in told.err
    assert "failing_plugin.py:" in told.err
    assert "Traceback" not in told.err
    assert told.out.startswith("{")
    failures = ResultSet.read(trouble.parent / "out").failures
    assert list(failures["replication"]) == [0, 1]
    assert failures["traceback"].str.contains("in morning").all()


@pytest.mark.slow
def test_a_scenario_that_kills_its_workers_leaves_the_other_whole(trouble: Path) -> None:
    mild = trouble.with_name("mild.yaml")
    mild.write_text("name: mild\nextends: silo\n")
    fatal = trouble.with_name("fatal.yaml")
    fatal.write_text("name: fatal\nextends: trouble.yaml\npractices: {trouble: {kind: kill}}\n")
    done = smsim(trouble.parent, "run", "mild.yaml", "fatal.yaml", "-n", "2", "--workers", "2", "--out", "out")
    assert done.returncode == 1, done.stderr
    assert "its worker died" in done.stderr
    assert in_plain_words(done)
    kept = ResultSet.read(trouble.parent / "out")
    assert list(kept.runs["scenario"]) == ["mild", "mild"]
    assert list(kept.failures["scenario"]) == ["fatal", "fatal"]


def test_a_disk_that_fills_keeps_what_fitted_and_the_same_command_goes_on(tmp_path: Path) -> None:
    scenario, out = load("silo", ["market.customers=200"]), tmp_path / "out"
    first = run(scenario, weeks=16, replications=1, leads=True, out=out).runs
    largest = max(path.stat().st_size for path in out.iterdir())
    full = smsim(tmp_path, "run", "silo", "--workers", "1", "--leads", "--out", "out", "-n", "8", limit=largest + 1000)
    assert full.returncode == 1
    assert "cannot write: File too large; what was finished before is kept" in full.stderr
    assert in_plain_words(full)
    kept = ResultSet.read(out)
    assert kept.provenance["status"] == "failed"
    assert kept.runs.iloc[:1].equals(first)
    assert len(kept.runs) == kept.leads.groupby(["scenario", "replication"]).ngroups
    assert len(run(scenario, weeks=16, replications=8, leads=True, out=out).runs) == 8


def test_a_disk_on_which_nothing_fits_is_left_as_it_was(tmp_path: Path) -> None:
    done = smsim(tmp_path, "run", "silo", "-n", "1", "--workers", "1", "--out", "out", limit=50)
    assert done.returncode == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_a_worker_killed_from_outside_costs_nothing_but_time(tmp_path: Path) -> None:
    from test_interrupts import children_of

    words = [sys.executable, "-m", "smsim", "run", "silo", "-n", "30", "--workers", "2", "--quiet", "--out", "out", "--weeks", "52"]
    study = subprocess.Popen(words, cwd=tmp_path)
    try:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and not (tmp_path / "out" / "runs.parquet").is_file():
            time.sleep(0.05)
        os.kill(children_of(study.pid)[-1], signal.SIGKILL)
        assert study.wait(timeout=300) == 0
    finally:
        study.kill()
        study.wait()
    kept = ResultSet.read(tmp_path / "out")
    assert len(kept.runs) == 30
    assert kept.failures.empty
