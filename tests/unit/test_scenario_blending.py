"""What lies between two scenarios: pieces that change as one, and firms that have some of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from smsim import Scenario, ScenarioError, load
from smsim.scenario.blending import Blend

HERE = Path(__file__).resolve().parents[2] / "src" / "smsim" / "scenarios"
SHIPPED = sorted(path for path in HERE.glob("*.yaml"))


def _values(scenario: Scenario) -> dict[str, Any]:
    return {key: value for key, value in scenario.values().items() if key != "run.replications"}


def _pieces(a: Scenario, b: Scenario, **manner: Any) -> dict[str, str]:
    return {piece.name: piece.words() for piece in Blend(a, b).pieces(**manner)}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_with_no_piece_it_is_the_one_with_all_the_other(path: Path) -> None:
    for other in ("silo", "abc_corp"):
        for a, b in ((load(other), load(str(path))), (load(str(path)), load(other))):
            blend = Blend(a, b)
            for by in ("key", "section"):
                pieces = blend.pieces(by)  # type: ignore[arg-type]
                assert _values(blend.scenario([], "none")) == _values(a)
                assert _values(blend.scenario(pieces, "all")) == _values(b)


def test_each_setting_is_a_piece_and_changes_alone() -> None:
    silo, alliance = load("silo"), load("alliance")
    assert _pieces(silo, alliance) == {"practices.meetings.every": "never → 2 weeks", "practices.pledge.within": "never → 2 hours"}
    blend = Blend(silo, alliance)
    one = blend.scenario(blend.pieces()[1:], "one")
    assert one["practices.pledge.within"] == alliance["practices.pledge.within"]
    assert one["practices.meetings.every"] == silo["practices.meetings.every"]
    assert one.name == "one"


def test_a_channel_a_launch_a_log_and_shares_of_one_whole_are_one_piece_each() -> None:
    silo = load("silo")
    assert list(_pieces(silo, load("small_firm"))).count("channels.website") == 1
    launch = [{"product": "widget", "train": "week 20", "announce": "week 26", "ship": "week 26"}]
    assert list(_pieces(silo, silo.but({"launches": launch}))) == ["launches.widget"]
    assert _pieces(load("launch"), load("launch_early")) == {"launches.widget": "announce week 52 → week 40"}
    log = _pieces(load("silo"), load("real_silo"))
    assert "synthetic_leads.csv" in log["leads.replay"]
    assert "/" not in log["leads.replay"]
    paid = silo.but({"incentives.marketers": {"leads": "30%", "revenue": "70%"}})
    other = silo.but({"incentives.marketers": {"margin": "100%"}})
    assert list(_pieces(paid, other)) == ["incentives.marketers"]


def test_a_change_that_both_have_is_the_same_wherever_it_stands() -> None:
    def firm(*dates: str) -> Scenario:
        every = [{"at": date, "set": {"practices.meetings.every": f"{at} weeks"}} for date, at in zip(dates, (1, 2, 4), strict=False)]
        return load("silo").but({"changes": every[::-1]})

    a, b = firm("week 40"), firm("week 40", "week 30")
    pieces = Blend(a, b).pieces()
    assert [piece.words() for piece in pieces] == ["added: at week 30, set {practices.meetings.every: 2 weeks}"]
    assert [turn.day for turn in Blend(a, b).scenario(pieces, "b").turns] == [turn.day for turn in b.turns] == [210, 280]
    assert [piece.words() for piece in Blend(b, a).pieces()] == ["taken away: at week 30, set {practices.meetings.every: 2 weeks}"]


def test_sections_are_fewer_pieces_and_what_is_held_together_is_one() -> None:
    silo, firm = load("silo"), load("small_firm")
    assert list(_pieces(silo, firm, by="section")) == ["company", "market", "channels"]
    held = _pieces(silo, firm, together=[["company.reps", "market.customers"]])
    assert "company.reps + market.customers" in held
    assert len(held) == len(_pieces(silo, firm)) - 1


def test_a_firm_that_cannot_be_is_an_error_of_the_scenario() -> None:
    early = {"train": "week 8", "ship": "week 9", "announce": "week 14", "rival_enters": "never"}
    a, b = load("launch"), load("launch").but({"run.weeks": 26, "launches.0": early})
    blend = Blend(a, b)
    with pytest.raises(ScenarioError, match="lies outside the run"):
        blend.scenario([piece for piece in blend.pieces() if piece.name == "run.weeks"], "short")


def test_a_plugin_and_what_it_brings_come_together() -> None:
    plugin = Path(__file__).resolve().parents[1] / "contract" / "plugins"
    files = [path for path in sorted(plugin.glob("*.py")) if "Practice" in path.read_text(encoding="utf-8")]
    assert files
    silo = load("silo")
    other = Scenario("other", "", silo.file, (str(files[0]),), silo.node)
    assert list(_pieces(silo, other)) == ["plugins"]
    assert _pieces(silo, other)["plugins"].endswith(files[0].name)
    assert Blend(silo, other).scenario(Blend(silo, other).pieces(), "x").plugins == other.plugins
