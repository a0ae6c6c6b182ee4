"""The changelog is made of news fragments: each well named, none left out."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from markdown_examples import ROOT

FRAGMENTS = sorted(path for path in (ROOT / "news").glob("*.md") if path.name != "README.md")
KINDS = [kind["directory"] for kind in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["towncrier"]["type"]]


def _build(folder: Path, version: str, how: str) -> subprocess.CompletedProcess[str]:
    words = ["-m", "towncrier", "build", how, "--version", version, "--dir", str(folder), "--config", str(folder / "pyproject.toml")]
    return subprocess.run([sys.executable, *words], capture_output=True, encoding="utf-8", check=False)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The fragments and what governs them, to be played with."""
    shutil.copytree(ROOT / "news", tmp_path / "news")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize("fragment", FRAGMENTS, ids=lambda path: path.name)
def test_a_fragment_is_named_for_what_and_of_which_kind_and_says_a_sentence(fragment: Path) -> None:
    text = fragment.read_text(encoding="utf-8")
    assert re.fullmatch(rf"[a-z0-9-]+\.({'|'.join(KINDS)})\.md", fragment.name)
    assert text.rstrip().endswith(".")
    assert len(text) < 600, "a fragment is one or two sentences"


def test_the_draft_of_the_changelog_holds_every_fragment() -> None:
    draft = _build(ROOT, "0.0", "--draft")
    assert draft.returncode == 0, draft.stderr
    said = " ".join(draft.stdout.split())
    assert [path.name for path in FRAGMENTS if " ".join(path.read_text(encoding="utf-8").split()) not in said] == []


def test_a_fragment_of_no_known_kind_stops_the_changelog(project: Path) -> None:
    assert _build(project, "0.0", "--draft").returncode == 0
    (project / "news" / "better.improved.md").write_text("It is better.\n")
    assert _build(project, "0.0", "--draft").returncode != 0


def test_a_release_stands_above_the_releases_before_it(project: Path) -> None:
    shutil.copy(ROOT / "CHANGELOG.md", project)
    for version in ("0.1.0", "0.2.0"):
        (project / "news" / "thing.added.md").write_text(f"A thing of {version}.\n")
        assert _build(project, version, "--keep").returncode == 0
    written = (project / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\S+)", written, re.MULTILINE) == ["0.2.0", "0.1.0"]
    assert written.startswith("# Changes\n")
