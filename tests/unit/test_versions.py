"""What this process may take of the machine."""

from __future__ import annotations

import resource
import subprocess
import sys

import pytest

from smsim import load
from smsim.experiment import versions
from smsim.experiment.plan import Plan


def test_a_container_allows_less_than_the_machine(tmp_path, monkeypatch):
    told, silent = tmp_path / "memory.max", tmp_path / "unlimited"
    told.write_text("1000000\n")
    silent.write_text("max\n")
    monkeypatch.setattr(versions, "_CONTAINER", (told, silent, tmp_path / "nowhere"))
    assert versions.memory_allowed() == 1e6
    monkeypatch.setattr(versions, "_CONTAINER", (silent,))
    assert 1e6 < versions.memory_allowed() <= versions.memory()


@pytest.mark.parametrize("edited", ["mind.py", "plugin.py", "beside.py"])
def test_an_edited_mind_or_plugin_or_what_lies_beside_it_is_another_plan(tmp_path, edited):
    for name, text in {"mind.py": "from smsim import Rep\nclass Mine(Rep):\n    name = 'mine'\n", "plugin.py": "", "beside.py": ""}.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "firm.yaml").write_text("extends: silo\nplugins: [plugin.py]\ncompany: {rep_mind: 'mind.py:Mine'}\n")
    before = Plan((load(tmp_path / "firm.yaml"),))
    assert Plan((load(tmp_path / "firm.yaml"),)).hash == before.hash
    with (tmp_path / edited).open("a") as file:
        file.write("# another word\n")
    assert Plan((load(tmp_path / "firm.yaml"),)).hash != before.hash


def test_a_limit_of_the_process_counts_too():
    asked = "from smsim.experiment.versions import memory_allowed; print(memory_allowed())"
    limit = 4 * 10**9
    ran = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True,
                         preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)))
    assert float(ran.stdout) <= limit


def test_where_there_is_no_room_to_draw_a_command_says_so_and_what_was_played_is_kept(tmp_path):
    limit = 40 * 10**9
    ran = subprocess.run([sys.executable, "-m", "smsim", "run", "silo", "-n", "1", "--weeks", "14", "--out", str(tmp_path / "out")],
                         capture_output=True, text=True, check=False,
                         preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)))
    assert ran.returncode == 1
    assert "not drawn" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert (tmp_path / "out" / "runs.parquet").is_file()
