"""What a part says of itself is true: it writes what it claims, reads what there is, and every name has unit and meaning."""

from __future__ import annotations

import re

import numpy as np
import pytest
from worlds import HERE, PLUGINS, RIVALS, SMALL, TINY, WORLDS, model_of, scenario

from smsim import SalesMarketingModel
from smsim.core import units
from smsim.core.contracts import Mechanism, Practice
from smsim.core.kpi import Kpi
from smsim.core.registry import registry
from smsim.core.section import GRADES
from smsim.testing.comparing import changed, covered, snapshot, watch
from smsim.world.customers import Customers

FOUND = registry()
PARTS = {**FOUND.mechanisms, **FOUND.practices}
#: The settings under which each part is on, by its name; those not named are on in `silo`.
_QUOTA = {"incentives.reps.quota": "20000 per month", "incentives.reps.bonus": 900.0}
#: How a part is switched on that plays in no world of its own.
ON = WORLDS | {"effort": _QUOTA, "timing": _QUOTA, "rival_insight": RIVALS,
               "mood": {"selling.mood.momentum": 0.1, "selling.mood.calls": 0.06},
               "ledger": {"incentives.marketers.leads": 1.0}, "messages": {"market.message_hours": 4.0},
               "people": {"company.people.spread": 0.5, "company.people.quits": "1 per year"}}
COLUMNS = {f"{table.name}.{column}" for table in FOUND.tables.values() for column in table.fields}
PARAMS = {f"{section.at}.{name}": (section, name, known) for section in FOUND.sections for name, known in section.params().items()}
WORDS_AND_NUMBERS = ("quota", "flag", "text", "path", "mind", "names", "shares", "profile", "settings", "word")
KPIS = """revenue deals_won gross_margin marketing_spend pay_cost practice_cost contribution leads leads_worked never_worked_share
    first_response_hours_mean first_response_hours_median cold_share lead_half_life_hours win_rate sales_cycle_days_median selling_hours
    meeting_hours wasted_selling_hours intel_used_share marketing_need_error sales_need_error trust_sales_in_marketing
    trust_marketing_in_sales trust_sales_in_marketing_end trust_marketing_in_sales_end lead_threshold morale conflicts_open
    attribution_coverage burned_accounts launch_revenue launch_ready_day market_share forecast_mape quarter_end_share
    customer_lifetime_value""".split()


@pytest.mark.parametrize("name", PARTS)
def test_a_part_writes_only_what_it_claims(name):
    model = model_of(SMALL, {"run.weeks": 13, "market.customers": 200}, ON.get(name, {}))
    assert name in model.world.parts, "say in ON how it is switched on"
    part, found = model.world.parts[name], set()
    watch(part, "day" if isinstance(part, Mechanism) else "morning", found)
    model.run_for(91)
    assert {column for column in found if not covered(column, part.writes)} == set()


@pytest.mark.parametrize("name", PARTS)
def test_what_a_part_reads_and_writes_exists(name):
    tables = {column.partition(".")[0] + ".*" for column in COLUMNS}
    assert set(PARTS[name].reads) | set(PARTS[name].writes) <= COLUMNS | tables


@pytest.mark.parametrize(("kind", "name"), FOUND.minds)
def test_a_mind_writes_only_its_own_policy(kind, name):
    pay = {"incentives.marketers.leads": 1.0} if kind == "marketer" else {}
    model = model_of(TINY, {f"company.{kind}_mind": name, "practices.meetings.every": "1 week"}, pay)
    model.run_for(38)
    for person in model.reps if kind == "rep" else model.marketers:
        before = snapshot(model.world)
        model.world.segments["message"] += 0.0
        person.decide()
        wrote = changed(before, model.world)
        if kind == "rep":
            policy = {f"reps.{column}" for column, known in model.world.reps.fields.items() if known.meaning.startswith("Policy")}
            assert wrote <= policy
            others = np.arange(len(model.reps)) != person.index
            assert (model.world.reps[:][others] == before["reps"][others]).all()
        else:
            ours = {f"{table}.{column}" for table in ("firm", "segments", "channels")
                    for column, known in getattr(model.world, table).fields.items() if known.meaning.startswith("Policy of marketing")}
            assert wrote <= {"segments.message"} | (ours if person.index == 0 else set())
            assert name == "keeper" or person.index > 0 or wrote >= {"firm.threshold", "channels.budget"}
            theirs = [s for s in range(len(model.world.segments)) if s not in person.segments]
            assert (model.world.segments["message"][theirs] == before["segments"]["message"][theirs]).all()


@pytest.mark.parametrize("name", PARTS)
def test_a_part_says_what_happens_and_names_each_stream_once(name):
    part = PARTS[name]
    assert part.name == name
    assert part.__doc__
    assert len(set(part.streams)) == len(part.streams)
    assert all(section.__doc__ for section in part.sections)
    if issubclass(part, Practice):
        assert part.costs
        assert part.moves


def test_every_mechanism_has_its_place_in_the_day():
    model = model_of(TINY)
    order = [(mechanism.phase, mechanism.name) for mechanism in model.mechanisms]
    assert order == sorted(order)


def test_inquiries_are_scored_after_they_are_made():
    order = [part.name for part in FOUND.parts()]
    makers = [name for name, part in PARTS.items() if "inquiries.*" in part.writes and name != "scoring"]
    assert makers
    assert all(order.index(name) < order.index("scoring") < order.index("handoff") for name in makers)


@pytest.mark.parametrize("key", PARAMS)
def test_a_parameter_says_what_it_is(key):
    section, name, known = PARAMS[key]
    assert known.meaning[0].isupper()
    assert not known.meaning.endswith(".")
    assert known.unit
    assert known.grade in GRADES
    assert known.source
    default = section.default(name)
    if known.unit not in WORDS_AND_NUMBERS and not known.choices:
        assert known.low is not None, "a number has bounds"
        assert known.high is not None, "a number has bounds"
        assert known.low < known.high
        assert default in known.words.values() or known.low <= default <= known.high
    if known.choices and known.unit not in ("shares", "names"):
        assert default in known.choices or default in known.words.values()
    for word, value in known.words.items():
        assert known.read(word) == value


@pytest.mark.parametrize("key", PARAMS)
def test_a_parameter_says_what_it_moves_in_words_there_are(key):
    known = PARAMS[key][2]
    if known.moves:
        kpi, sign = known.moves.rsplit(" ", 1)
        assert kpi in FOUND.kpis
        assert sign in "+-?"
    made = scenario(known.given)
    assert all(given in made for given in known.given)


@pytest.mark.parametrize("key", PARAMS)
def test_a_default_said_in_words_is_read_back(key):
    section, name, known = PARAMS[key]
    default = section.default(name)
    if isinstance(default, int | float) and not isinstance(default, bool):
        exact = known.say(default) if default in known.words.values() or known.unit == "count" else units.say_exactly(default, known.unit)
        assert known.read(exact) == default
    elif isinstance(default, str):
        assert known.read(known.say(default)) == default


def test_every_source_is_assumed_or_stands_in_the_bibliography():
    path = HERE.parent / "docs" / "sources.md"
    if not path.is_file():
        pytest.skip("the bibliography is not written yet")
    known = set(re.findall(r"[a-z]+\d{4}[a-z]?|[a-z]+", path.read_text(encoding="utf-8").lower()))
    used = {known_param.source for _, _, known_param in PARAMS.values()} - {"assumed"}
    assert used - known == set()


@pytest.mark.parametrize("name", FOUND.tables)
def test_every_column_has_a_unit_and_a_meaning(name):
    table = FOUND.tables[name]
    assert table.__doc__
    for column, known in table.fields.items():
        assert known.unit, column
        assert not known.meaning[:1].islower(), column
        assert known.meaning, column


def test_a_customer_is_at_most_64_bytes():
    assert Customers.dtype().itemsize <= 64


@pytest.mark.parametrize("name", KPIS)
def test_every_figure_people_were_promised_is_there(name):
    known = FOUND.kpis[name]
    assert isinstance(known, Kpi)
    assert known.meaning
    assert known.better in ("up", "down", "neither")
    assert (known.is_daily or known.adds == "last") != (known.of_run is not None)


def test_every_daily_figure_has_a_value_every_day():
    from smsim import play

    run = play(scenario(TINY), 1)
    daily = {name for name, known in FOUND.kpis.items() if known.is_daily}
    assert {"day", *daily} == set(run.days)
    assert {len(values) for values in run.days.values()} == {42}
    assert set(run.kpis) == set(FOUND.kpis)


def test_tables_of_a_plugin_are_tables_of_the_world(tmp_path):
    path = tmp_path / "plugged.yaml"
    path.write_text(f"extends: silo\nplugins: [{PLUGINS / 'weather.py'}]\n")
    from smsim import load

    model = SalesMarketingModel(load(path).but(TINY), 1)
    assert model.world.tables["sky"] is model.world.sky
    found = set()
    watch(model.world.parts["weather"], "day", found)
    model.run_for(30)
    assert found == {"sky.rain"}
