"""The emergence study: which firms are played, where, and how the page is filled. Nothing is played here."""

from __future__ import annotations

from pathlib import Path

import pytest

from studies import channels, page, pictures
from studies.cells import Cell, cell
from studies.playing import Size, folders, homes
from studies.questions import ABLATIONS, FIRMS, QUESTIONS, RANGES, RHYTHMS, load

PAGE = Path(__file__).resolve().parents[2] / "docs" / "findings.md"


@pytest.mark.parametrize(("arm", "direction", "pooling"), [
    ("both", "both", "yes"), ("both - pooling", "both", "no"), ("up", "up", "yes"), ("up + pooling", "up", "always"),
    ("none", "none", "yes"), ("none + pooling", "none", "always"),
])
def test_an_arm_says_who_talks_and_whether_ages_are_pooled(arm: str, direction: str, pooling: str) -> None:
    found = cell("b2b", "4 weeks", arm).scenario()
    assert (found["practices.meetings.direction"], found["practices.meetings.pooling"]) == (direction, pooling)
    assert found["practices.meetings.every"] == 28


def test_every_firm_is_named_apart_from_every_other() -> None:
    names = [each.name for each in homes()]
    assert len(set(names)) == len(names)


def test_the_same_firm_said_differently_is_played_once() -> None:
    assert cell("b2b", "1 week", "both + pooling") == cell("b2b", "1 week", changes={"leads.age_seen": 0.1})
    assert cell("web", "never", "up", {"practices.meetings.bandwidth": 0}) == Cell("web")
    assert cell("web", "1 week", changes={"leads.decay.impatient_share": 0.5}) != cell("web", "1 week")
    assert load("b2b", 1)
    assert cell("b2b", "1 day", changes=load("b2b", 1)) == Cell("b2b", "1 day")


def test_every_firm_a_question_needs_is_played_in_enough_worlds() -> None:
    played = {each: folder.replications for folder in folders(QUESTIONS, Size()) for each in folder.cells}
    for question in QUESTIONS:
        assert min(played[each] for each in question.cells()) >= question.replications


def test_one_question_alone_is_played_with_what_it_shares() -> None:
    found = {folder.name for folder in folders([QUESTIONS[2]], Size(replications=4))}
    assert found == {f"{name}-{firm}" for name in ("rhythm", "direction", "channels") for firm in FIRMS}


def test_the_questions_ask_what_they_promise() -> None:
    asked = {question.name: {(one.label.firm, one.label.setting, one.label.value, one.label.every, one.label.arm)
                             for one in question.contrasts} for question in QUESTIONS}
    assert len(asked["rhythm"]) == len(FIRMS) * len(RHYTHMS)
    assert len(asked["direction"]) == 3 * len(asked["rhythm"])
    assert len(asked["channels"]) == len(FIRMS) * 2 * (len(channels.CHANNELS) + 2)
    assert len(asked["ablations"]) == len(FIRMS) * 3 * (1 + 2 * len(ABLATIONS))
    assert len(asked["ranges"]) == len(FIRMS) * 3 * sum(map(len, RANGES.values()))


def test_twice_the_load_is_twice_the_customers_and_twice_all_money() -> None:
    own, double = cell("b2b", "never").scenario(), cell("b2b", "never", changes=load("b2b", 2)).scenario()
    changed = {key for key, value in double.values().items() if value != own[key]}
    assert changed == {"market.customers"} | {key for key in own.values() if key.startswith("channels.") and key.endswith(".spend")}
    assert all(double[key] == 2 * own[key] for key in changed)


def test_words_outside_the_markers_stay() -> None:
    text = "before\n<!-- study: rhythm -->\nold\n<!-- end of rhythm -->\nafter\n"
    assert page.between(text, "rhythm", "new") == "before\n<!-- study: rhythm -->\nnew\n<!-- end of rhythm -->\nafter\n"


def test_a_page_without_its_markers_is_not_filled() -> None:
    with pytest.raises(ValueError, match="one pair of markers"):
        page.between("nothing", "rhythm", "new")


def test_the_page_has_a_place_for_every_question() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for question in QUESTIONS:
        assert page.between(text, question.name, "new").count("new\n<!-- end of " + question.name) == 1


@pytest.mark.parametrize(("found", "text"), [
    ((3.14159, 2.7, 3.58), "+3.14 ± 0.44"), ((-3.14159, -7.2, 0.92), "*−3.1 ± 4.1*"), ((-0.01, -5.0, 4.98), "*0 ± 5.0*"),
    ((461175.0, 153632.0, 768717.0), "+460,000 ± 310,000"), ((36.0, 36.0, 36.0), "+36"), ((0.0, 0.0, 0.0), "0"),
    ((float("nan"), 0.0, 1.0), "–"),
])
def test_a_difference_is_said_to_two_digits_of_its_interval(found: tuple[float, float, float], text: str) -> None:
    assert page.said(*found) == text


def test_a_leaner_picture_keeps_its_words() -> None:
    found = pictures.lean('<text x="12.3456" style="font-family: A, B; fill: red">0.97</text>\n<path d="M 1.2345 2\nL 3 4.56\n"/>\n')
    assert found == '<text x="12.3" style="fill: red">0.97</text>\n<path d="M 1.2 2 L 3 4.6\n"/>\n'
