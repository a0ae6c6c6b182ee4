"""The pages are true: examples run, references are current, links lead somewhere, every source is in the bibliography."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from markdown_examples import ROOT, pages, run_examples

from smsim.core.contracts import Mechanism
from smsim.core.registry import registry

DOCS = ROOT / "docs"
_EXAMPLE = re.compile(r"^```(python|shell)$", re.MULTILINE)
WITH_EXAMPLES = [page for page in pages() if page.name != "README.md" and _EXAMPLE.search(page.read_text(encoding="utf-8"))]
#: What must stand on no page: folders of a machine, addresses of package indexes.
_HOSTS = re.compile(r"(?<![.\w])/(?:home|root|work|opt|Users)/|index-url|find-links|https?://[\w.-]*(?:localhost|pypi)", re.IGNORECASE)


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=_name)
def test_examples_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("smsim.report.draw", lambda _folder: [])  # pictures take long, and the README's are drawn
    assert run_examples(page)


def _reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference", ROOT / "tools" / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_what_is_written_from_the_code_is_current() -> None:
    stale = [_name(path) for path, text in _reference().pages().items() if path.read_text(encoding="utf-8") != text]
    assert not stale, "run `make docs`"


def test_every_source_of_a_parameter_is_in_the_bibliography() -> None:
    used = {param.source for section in registry().sections for param in section.params().values()} - {"assumed"}
    listed = set(re.findall(r"^### (\w+)$", (DOCS / "sources.md").read_text(encoding="utf-8"), re.MULTILINE))
    assert used <= listed


def test_every_source_says_how_far_it_was_checked() -> None:
    entries = re.split(r"^### ", (DOCS / "sources.md").read_text(encoding="utf-8").split("\n## Methods")[0], flags=re.MULTILINE)[1:]
    assert [entry.split()[0] for entry in entries if not re.search(r"\*\*[CSM]\*\*", entry)] == []


@pytest.mark.parametrize("page", pages(), ids=_name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if not (page.parent / link).exists()]
    assert not missing


@pytest.mark.parametrize("file", [*pages(), ROOT / "Makefile", ROOT / "constraints.txt", ROOT / ".ci" / "run"], ids=_name)
def test_no_machine_is_named(file: Path) -> None:
    assert not _HOSTS.findall(file.read_text(encoding="utf-8"))


def _odd() -> str:
    return (DOCS / "odd.md").read_text(encoding="utf-8")


def test_the_odd_description_tells_the_day_in_the_order_in_which_it_is_played() -> None:
    told = re.findall(r"^\| (\d|morning)[^|]*\| `(\w+)` \|", _odd(), re.MULTILINE)
    found = [(str(int(part.phase)) if issubclass(part, Mechanism) else "morning", part.name) for part in registry().parts()]
    assert told == found


def test_the_odd_description_describes_every_part_mind_and_setting() -> None:
    found, submodels = registry(), _odd().partition("\n## 7 ")[2]
    names = {*found.mechanisms, *found.practices, *(name for _, name in found.minds)}
    places = {section.at.removesuffix("[]") for section in found.sections}
    assert {name for name in names if not re.search(rf"^### .*`{name}`", submodels, re.MULTILINE)} == set()
    assert {place for place in places if not re.search(rf"`{re.escape(place)}[`.]", _odd())} == set()


def test_every_decision_is_numbered_and_told_alike() -> None:
    decisions = sorted((DOCS / "decisions").glob("*.md"))
    assert [page.name[:4] for page in decisions] == [f"{number:04}" for number in range(1, len(decisions) + 1)]
    heads = ("## What was to be decided", "## Decision", "## Why", "## What it costs")
    assert [page.name for page in decisions if any(head not in page.read_text(encoding="utf-8") for head in heads)] == []
