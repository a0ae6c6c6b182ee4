"""The claims as they stand in their files: all there, all askable or with a reason, none with a verdict."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from command_line import smsim_says

from smsim.claims.claim import CENTRE
from smsim.claims.firms import content, firms_of, grade_of
from smsim.claims.judging import VERDICTS, judge
from smsim.claims.playing import Cast, Request
from smsim.claims.reading import KEYS, read_claims
from smsim.claims.shelf import ROOM, choose, shelf
from smsim.claims.stored import kept_effects, last_word, stored
from smsim.core.registry import registry
from smsim.errors import InputError, ScenarioError
from smsim.scenario.layout import find, layout

COUNTS = {"000": 17, "001": 24, "002": 32, "003": 18, "004": 22}


def test_every_claim_of_the_five_articles_is_there():
    assert list(shelf()) == [f"{article}.{number}" for article, count in COUNTS.items() for number in range(1, count + 1)]
    assert len({claim.text for claim in shelf().values()}) == 113
    assert {claim.article.partition("_")[0] for claim in shelf().values()} == set(COUNTS)


def test_a_claim_is_asked_or_says_why_not():
    for claim in shelf().values():
        assert (claim.ask is None) == bool(claim.reason), claim.id
        assert claim.text.endswith(".")
        assert claim.mechanisms


def test_the_firms_of_every_claim_can_be_made():
    for claim in shelf().values():
        if claim.ask is not None:
            firms = firms_of(claim.ask)
            assert len({content(firm) for firm in firms[CENTRE].values()}) == len(claim.ask.arms), f"{claim.id}: two arms are one firm"
            assert grade_of(firms) in ("A", "B", "C", "")


def test_what_a_claim_rests_on_makes_other_firms():
    for claim in shelf().values():
        if claim.ask is not None:
            firms = firms_of(claim.ask)
            whole = {point: frozenset(content(firm) for firm in arms.values()) for point, arms in firms.items()}
            assert len(set(whole.values())) == len(whole), f"{claim.id}: a value of what it rests on changes nothing, or is there twice"


def test_firms_that_several_claims_share_are_played_once():
    request = Request([shelf()["000.12"], shelf()["001.16"]], run={"replications": 2}, ranges=False)
    assert len(Cast(request.firms()).plan().scenarios) == 2


def test_a_claim_waits_for_nothing_that_is_there():
    whole = layout(registry())
    came = {claim.id: claim.waits_for for claim in shelf().values() if claim.waits_for
            and all(find(whole, key) is not None for key in claim.waits_for)}
    assert came == {}, "what these wait for is there now: take `waits_for` away and check their settings"


def test_no_verdict_is_written_by_hand():
    assert not [key for key in KEYS if "verdict" in key]
    for file in ROOM.glob("*.yaml"):
        lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        assert not re.search(r"\bverdict|\bsupported|\bcontradicted", "\n".join(lines))


def test_what_is_kept_was_made_by_a_command_and_follows_from_its_numbers():
    kept = stored()
    assert set(kept["claims"]) <= set(shelf())
    assert not kept["claims"] or kept["command"].startswith("smsim claims")
    for id_, one in kept["claims"].items():
        if one["digest"] == shelf()[id_].digest:
            assert judge(shelf()[id_], kept_effects(shelf()[id_])).word == one["verdict"] == last_word(shelf()[id_])


def test_a_claim_that_reads_otherwise_than_when_it_was_asked_has_no_verdict():
    import dataclasses

    claim = next(one for one in shelf().values() if one.ask is not None)
    assert last_word(dataclasses.replace(claim, written="otherwise")) is None


@pytest.mark.parametrize(("wrong", "says"), [
    ("kpi: revenu", r"x.yaml:5:10: there is no such key figure[\s\S]*did you mean `revenue`"),
    ('expected: "up"', r"x.yaml:6:15: this cannot be expected"),
    ("with: 3", r"x.yaml:7:11: `with` is a map"),
    ("wiht: {}", r"x.yaml:8:5: there is no key `wiht` here[\s\S]*did you mean `with`"),
    ("level: 1", r"a claim is asked in one way"),
])
def test_a_mistake_in_a_file_is_told_with_its_place(tmp_path: Path, wrong, says):
    lines = {"claim": "It pays.", "kpi": "revenue", "expected": '"+"', "with": "{run.weeks: 52}"}
    key, _, value = wrong.partition(": ")
    lines[key] = value
    text = "article: a.txt\nclaims:\n  000.1:\n" + "".join(f"    {name}: {said}\n" for name, said in lines.items())
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError, match=says):
        read_claims(tmp_path / "x.yaml")


def test_a_setting_there_is_not_is_told_where_it_stands(tmp_path: Path):
    text = 'article: a.txt\nclaims:\n  000.1: {claim: It pays., kpi: revenue, expected: "+", with: {run.weks: 9}}\n'
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    [claim] = read_claims(tmp_path / "x.yaml")
    with pytest.raises(ScenarioError, match=r"x.yaml:3:\d+.*\n.*weks"):
        firms_of(claim.ask)


def test_articles_and_ids_can_be_named_and_others_not():
    assert [claim.id for claim in choose(["003.2", "000.1"])] == ["000.1", "003.2"]
    assert len(choose(["002"])) == 32
    with pytest.raises(InputError, match=r"did you mean `002.13`"):
        choose(["002.133"])


def test_the_list_is_one_object_and_plays_nothing(monkeypatch, capsys):
    monkeypatch.setattr("smsim.model.play", lambda *_: pytest.fail("something is played"))
    assert smsim_says(monkeypatch, "claims", "--list", "--json") == 0
    said = json.loads(capsys.readouterr().out)["claims"]
    assert len(said) == 113
    assert all(list(one) == ["id", "text", "kpi", "expected", "verdict"] for one in said)
    assert all(one["verdict"] in (*VERDICTS, None) for one in said)


def test_an_unknown_id_leaves_with_two(monkeypatch, capsys):
    assert smsim_says(monkeypatch, "claims", "9") == 2
    assert "no such claim" in capsys.readouterr().err


def test_a_claim_is_asked_in_the_form_of_the_list(monkeypatch, capsys):
    words = ("--set", "market.customers=200", "--set", "company.reps=2", "--weeks", "20")
    assert smsim_says(monkeypatch, "claims", "001.21", "000.12", "-n", "4", "--workers", "1", "--as-it-stands", "--json", *words) == 0
    asked, not_asked = json.loads(capsys.readouterr().out)["claims"]
    assert list(asked)[:5] == ["id", "text", "kpi", "expected", "verdict"]
    assert asked["effects"][0]["n"] >= 4
    assert not_asked["verdict"] == "not testable here"
