"""`smsim store` lists, checks and prunes; and the runs of real scenarios are known by all that they follow from."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
from runner_played import Counting
from runner_pretend import Pretended

import smsim
from smsim.experiment import identity, runstore
from smsim.experiment.worker import MODEL
from tests.command_line import smsim_says

Monkey, Said = pytest.MonkeyPatch, pytest.CaptureFixture[str]
PLUGIN = '''
from smsim import Kpi, Mechanism

class Bell(Mechanism):
    """A bell rings."""
    name = "bell"
    kpis = (Kpi("rung", "count", "how often the bell rang"),)
'''


@pytest.fixture
def store(tmp_path: Path, monkeypatch: Monkey) -> Path:
    folder = tmp_path / "store"
    monkeypatch.setenv("SMSIM_STORE", str(folder))
    (tmp_path / "marks").mkdir()
    smsim.run([Pretended("silo"), Pretended("rhythm", 5.0)], play=Counting(str(tmp_path / "marks")), store=folder)
    return folder


def told(monkeypatch: Monkey, capsys: Said, *words: str) -> dict[str, object]:
    assert smsim_says(monkeypatch, "store", "--json", *words) == 0
    return json.loads(capsys.readouterr().out)


def test_it_says_what_is_kept(store: Path, monkeypatch: Monkey, capsys: Said) -> None:
    found = told(monkeypatch, capsys)
    assert found["runs"] == 8
    assert found["bytes"] == sum(path.stat().st_size for path in store.rglob("*.run"))
    assert [(one["scenario"], one["runs"]) for one in found["scenarios"]] == [("rhythm", 4), ("silo", 4)]
    assert smsim_says(monkeypatch, "store", "--check") == 0
    assert "8 runs" in capsys.readouterr().out


def test_checking_tells_of_damaged_and_foreign_files_and_touches_neither(
    store: Path, monkeypatch: Monkey, capsys: Said,
) -> None:
    spoilt = next(store.rglob("*.run"))
    spoilt.write_bytes(spoilt.read_bytes()[:-1])
    (store / "minutes.pdf").write_bytes(b"%PDF")
    assert smsim_says(monkeypatch, "store", "--check") == 1
    said = capsys.readouterr().err.replace("\n", " ")
    assert f"{spoilt} is damaged" in said
    assert "minutes.pdf was not written by smsim" in said
    assert spoilt.exists()
    told(monkeypatch, capsys, "--keep", "0 MB")
    assert [path.name for path in store.rglob("*") if path.is_file()] == ["minutes.pdf"]


def test_pruning_takes_what_was_not_used_for_longest(store: Path, monkeypatch: Monkey, capsys: Said) -> None:
    paths = sorted(store.rglob("*.run"))
    for age, path in enumerate(paths):
        os.utime(path, (time.time() - age * 86_400,) * 2)
    assert told(monkeypatch, capsys, "--older-than", "5.5 days")["taken_away"] == 2
    assert sorted(store.rglob("*.run")) == paths[:6]
    assert told(monkeypatch, capsys, "--keep", f"{sum(path.stat().st_size for path in paths[:3]) / 1000:f} KB")["taken_away"] == 3
    assert sorted(store.rglob("*.run")) == paths[:3]


def test_what_was_used_lately_is_kept(store: Path, tmp_path: Path, monkeypatch: Monkey, capsys: Said) -> None:
    for path in store.rglob("*.run"):
        os.utime(path, (0, 0))
    smsim.run(Pretended("silo"), play=Counting(str(tmp_path / "marks")), store=store)
    assert told(monkeypatch, capsys, "--older-than", "30 days")["taken_away"] == 4


def test_what_other_versions_played_is_stale(store: Path, monkeypatch: Monkey, capsys: Said) -> None:
    assert told(monkeypatch, capsys, "--stale")["taken_away"] == 0
    monkeypatch.setattr(identity, "rules", lambda: "others")
    assert told(monkeypatch, capsys)["stale_runs"] == 8
    assert told(monkeypatch, capsys, "--stale")["taken_away"] == 8


@pytest.mark.parametrize("words", [("--keep", "plenty"), ("--older-than", "always"), ("--older-than", "-3 days")])
def test_what_is_no_size_or_span_is_refused(
    store: Path, monkeypatch: Monkey, capsys: Said, words: tuple[str, str],
) -> None:
    assert smsim_says(monkeypatch, "store", *words) == 2
    assert "allowed" in capsys.readouterr().err
    assert len(list(store.rglob("*.run"))) == 8


def test_without_a_store_the_command_says_so(monkeypatch: Monkey, capsys: Said) -> None:
    monkeypatch.setenv("SMSIM_STORE", "off")
    assert smsim_says(monkeypatch, "store") == 2
    assert "SMSIM_STORE=off" in capsys.readouterr().err


def known(scenario: object) -> str | None:
    return identity.of_scenario(scenario, MODEL)


def test_a_real_scenario_is_known_by_its_settings_and_not_by_its_names() -> None:
    silo = smsim.load("silo")
    assert known(silo) == known(silo.but({}, name="another")) == known(silo.but({"run.replications": 7}))
    assert known(silo) != known(silo.but({"company.reps": 9}))
    assert known(silo) != known(silo.but({"selling.trust_slope": silo["selling.trust_slope"] * (1 + 1e-12)}))
    assert known(smsim.load("weekly")) != known(silo)


def test_a_plugin_is_known_by_its_text_wherever_it_lies_and_by_what_lies_beside_it(tmp_path: Path) -> None:
    found = []
    for place, text in (("one", PLUGIN), ("two", PLUGIN), ("three", f"{PLUGIN}\n# another text")):
        (tmp_path / place).mkdir()
        (tmp_path / place / "bell.py").write_text(text)
        (tmp_path / place / "mine.yaml").write_text("extends: silo\nplugins: [bell.py]\n")
        found.append(known(smsim.load(str(tmp_path / place / "mine.yaml"))))
    assert found[0] == found[1] != found[2]
    (tmp_path / "two" / "helping.py").write_text("x = 1")
    assert known(smsim.load(str(tmp_path / "two" / "mine.yaml"))) != found[0]


def test_a_lead_log_is_known_by_its_rows(tmp_path: Path) -> None:
    log = tmp_path / "leads.csv"
    found = []
    for text in ("created\n2024-01-01\n", "created\n2024-01-02\n", "created\n2024-01-01\n"):
        log.write_text(text)
        found.append(known(smsim.load("silo", [f"leads.replay={{file: {log}, created: created}}"])))
    assert found[0] == found[2] != found[1]


def test_facts_are_known_by_their_code_too(monkeypatch: Monkey) -> None:
    from smsim.facts import playing

    silo, reader = smsim.load("silo"), playing.Reader({"silo": ("1",)})
    before = identity.of_scenario(silo, reader)
    assert before not in (None, known(silo), identity.of_scenario(silo, playing.Reader({"silo": ("1", "2")})))
    monkeypatch.setattr(playing, "code_hash", lambda: "other code")
    assert identity.of_scenario(silo, reader) != before


def test_a_model_that_is_anybodys_is_not_known() -> None:
    assert identity.of_scenario(smsim.load("silo"), smsim.play) is None
    assert runstore.OFF == "off"
