"""A practice is one file: a user's own gets its schema, listing, explanation, page, scenario and contract tests without more."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from command_line import smsim_says

from smsim import load
from smsim.errors import PluginError, ScenarioError
from smsim.scenario import library
from smsim.testing import Promise, promises

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "add-a-practice.md"


def text() -> str:
    """The practice of the page that says how to add one."""
    found = re.search(r"<!-- file: outlook\.py -->\n```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[1]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "outlook.py"
    path.write_text(text(), encoding="utf-8")
    return path


def written(tmp_path: Path, change: tuple[str, str]) -> Path:
    """The practice with some of its text changed."""
    assert change[0] in text()
    path = tmp_path / "mine.py"
    path.write_text(text().replace(*change, 1), encoding="utf-8")
    return path


def test_a_python_file_is_the_silo_with_its_practices_switched_on(own: Path):
    made, silo = load(own), load("silo")
    assert made.name == "outlook"
    assert made["practices.outlook.every"] == 14
    assert {key: value for key, value in made.values().items() if key in silo} == silo.values()


def test_its_settings_are_in_the_schema(own: Path, monkeypatch, capsys):
    assert smsim_says(monkeypatch, "schema", str(own)) == 0
    known = json.loads(capsys.readouterr().out)["properties"]["practices"]["properties"]
    assert "2 weeks" in str(known["outlook"]["properties"]["every"]) or "every" in known["outlook"]["properties"]
    assert smsim_says(monkeypatch, "schema") == 0
    assert "outlook" not in capsys.readouterr().out


def test_it_is_listed_and_explained_down_to_a_setting(own: Path, monkeypatch, capsys):
    assert smsim_says(monkeypatch, "list", "practices", "--scenario", str(own), "--json") == 0
    listed = {one["name"]: one for one in json.loads(capsys.readouterr().out)["practices"]}
    assert listed["outlook"]["on"]
    assert not listed["meetings"]["on"]
    assert smsim_says(monkeypatch, "explain", "practices.outlook.writing", "--scenario", str(own)) == 0
    assert "A marketer's time to write it" in capsys.readouterr().out


def test_it_has_a_page(own: Path, monkeypatch, capsys):
    assert smsim_says(monkeypatch, "explain", "practice", "outlook", "--scenario", str(own), "--page") == 0
    page = capsys.readouterr().out
    assert page.startswith("# outlook\n")
    assert "| information | `reps.horizon` | day |" in page
    assert "| `practices.outlook.reading` | 12 minutes |" in page


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> list[Promise]:
    path = tmp_path_factory.mktemp("tried") / "outlook.py"
    path.write_text(text(), encoding="utf-8")
    return list(promises(path))


def test_all_it_promises_is_tried_and_kept(tried: list[Promise]):
    assert [str(one) for one in tried if one.broken] == []
    assert len(tried) == 11
    assert {one.of for one in tried} == {"outlook", *(f"practices.outlook.{key}" for key in ("every", "writing", "reading"))}


#: How a practice may break what it promises, and what is then said of it.
WRONGS = {
    "it writes what it does not name": (('"reps.horizon", "reps.away", ', '"reps.horizon", '), "writes only what it claims"),
    "it acts not through what it names": (('through = {"information": ("reps.horizon",)', 'through = {"trust": ("marketers.stereotype",)'),
                                          "does something through trust"),
    "a setting moves the other way": (('moves="practice_cost +")\n    reading', 'moves="practice_cost -")\n    reading'),
                                      "moves practice_cost -"),
    "it is on unasked": (('return not math.isinf(scenario.of(OutlookNote).every)', "return True"), "is not built unless it is asked for"),
    "it does not say what switches it on": (('    usual = {"practices.outlook.every": "2 weeks"}\n', ""),
                                            "says in `usual` which settings switch it on"),
    "it names what is not there": (('reads = ("reps.horizon",)', 'reads = ("reps.horizons",)'), "says what it reads, writes and is for"),
}


@pytest.mark.parametrize("wrong", WRONGS)
def test_a_promise_that_is_broken_is_named(tmp_path: Path, wrong: str):
    change, said = WRONGS[wrong]
    assert any(one.says == said and one.broken for one in promises(written(tmp_path, change)))


def test_check_leaves_with_one_where_a_promise_is_broken(tmp_path: Path, monkeypatch, capsys):
    path = written(tmp_path, WRONGS["it does not say what switches it on"][0])
    assert smsim_says(monkeypatch, "check", str(path)) == 1
    said = capsys.readouterr()
    assert "BROKEN  outlook: says in `usual`" in said.out
    assert "promises are broken" in said.err


def test_check_says_when_there_is_nothing_in_a_python_file_to_try(tmp_path: Path, monkeypatch, capsys):
    (tmp_path / "empty.py").write_text("", encoding="utf-8")
    assert smsim_says(monkeypatch, "check", str(tmp_path / "empty.py")) == 0
    assert "nothing was tried" in capsys.readouterr().err


def test_a_file_that_does_not_import_is_told_with_its_line(tmp_path: Path):
    (tmp_path / "torn.py").write_text("import math\nmath.no_such_thing\n", encoding="utf-8")
    with pytest.raises(PluginError, match=r"torn\.py:2"):
        load(tmp_path / "torn.py")


def test_a_setting_of_usual_that_is_not_there_is_told_with_the_nearest(tmp_path: Path):
    path = written(tmp_path, ('usual = {"practices.outlook.every"', 'usual = {"practices.outlook.evry"'))
    with pytest.raises(ScenarioError, match="did you mean `every`"):
        load(path)


def test_a_practice_of_smsim_that_says_what_switches_it_on_needs_no_file(monkeypatch):
    from smsim.core.registry import registry
    from smsim.practices.pledge import Pledging

    monkeypatch.setattr(Pledging, "usual", {"practices.pledge.within": "3 hours"})
    monkeypatch.setattr(library, "is_file", lambda path: not str(path).endswith("practices/pledge.yaml") and path.is_file())
    assert registry().practices["pledge"] is Pledging
    assert load("practices/pledge")["practices.pledge.within"] == 3
    assert "practices/pledge" in library.names()


def test_check_reads_questions_and_scenarios_alike(tmp_path: Path, monkeypatch, capsys):
    assert smsim_says(monkeypatch, "check", "rhythm", "silo", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert [one["name"] for one in said["questions"]] == ["rhythm"]
    assert [one["name"] for one in said["scenarios"]] == ["silo"]
    (tmp_path / "mine.yaml").write_text("base: silo\nvary: {leads.latncy: [at once, 1 day]}\n", encoding="utf-8")
    assert smsim_says(monkeypatch, "check", str(tmp_path / "mine.yaml")) == 2
    assert "leads.latency" in capsys.readouterr().err


def test_claims_are_listed_where_a_user_looks_for_them(monkeypatch, capsys):
    assert smsim_says(monkeypatch, "list", "claims", "--json") == 0
    assert len(json.loads(capsys.readouterr().out)["claims"]) == 113
