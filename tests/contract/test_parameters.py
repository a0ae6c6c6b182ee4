"""Every parameter moves some output, in the direction its declaration says.

Each is set far to one side and far to the other, in a small world where what it belongs to is on, and both are played on the same
luck. `+` and `-` are tested on the mean of a handful of paired runs, `?` on whether the figure moves at all.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from worlds import LAUNCH, LOG, PLUGINS, SMALL, STREAM, mean_of, scenario

from smsim import load, play
from smsim.core.registry import registry
from smsim.mechanisms.pay import MarketerPay
from smsim.testing import differing
from smsim.testing.sides import broken, numbers
from smsim.testing.sides import sides as by_kind

SEEDS = range(4)
#: What cannot move an output by its nature, and why.
EXEMPT = {
    "run.replications": "how often a world is played is no property of it",
    "run.seed": "which luck a study has is tested by `test_another_seed_is_another_run`; a run is given its own",
    "company.currency": "a sign on a chart",
    "changes[].at_": "when other settings change: `test_changes.py`",
    "changes[].set_": "what other settings become: `test_changes.py`",
    "launches[].product": "names one of `products`; a wrong name is bad input",
    "launches[].strict": "forbids to ship before the announcement: bad input",
    "leads.replay.file": "a log replaces demand altogether: `test_a_log_is_played_as_it_stands`",
    "leads.replay.created": "the name of a column: `test_a_log_is_played_as_it_stands`",
    "leads.replay.channel": "the name of a column: `test_a_log_is_played_as_it_stands`",
    "leads.replay.id": "the name of a column: `test_a_log_is_played_as_it_stands`",
    "leads.replay.value": "the name of a column: `test_a_log_is_played_as_it_stands`",
    "leads.replay.customer": "the name of a column: `test_a_log_is_played_as_it_stands`",
}
#: The two sides, where a third of the value and three times the value are not what tells.
SIDES = {
    "run.weeks": (13, 26), "run.warm_up": ("2 weeks", "13 weeks"),
    "company.marketers": (1, 6), "company.reps": (2, 6), "market.rivals": (0, 12),
    "company.rep_mind": ("steady", f"{PLUGINS / 'loner.py'}:Loner"),
    "company.marketer_mind": ("listener", f"{PLUGINS / 'loner.py'}:Preacher"),
    "company.gross_margin": (0.2, 0.9), "culture.trust": (0.1, 0.9), "culture.memory": (0.5, 1.0), "culture.blame": (0.0, 1.0),
    "channels.*.carry_over": (0.3, 0.97), "channels.*.quality": (0.1, 0.9), "channels.*.pulse": ("at once", "8 weeks"),
    "channels.*.traceable": (0.1, 0.9),
    "incentives.reps.quota": ("20000 per quarter", "400000 per quarter"), "incentives.reps.cap": (1.0, 5.0),
    "incentives.reps.ratchet": (0.0, 1.0), "incentives.reps.team_share": (0.0, 1.0), "selling.effort.least": (0.2, 0.9),
    "selling.effort.most": (1.0, 1.5), "selling.timing.reach": ("at once", "28 days"), "selling.timing.most": (0.0, 0.45),
    "company.people.ramp": ("at once", "80 weeks"),
    "leads.arrivals": ("20 per week", "100 per week"), "leads.birth_hours": ("office", "evening"), "leads.threshold": (0.2, 0.7),
    "leads.score_auc": (0.55, 0.95), "leads.age_seen": (0.0, 1.0), "leads.latency": ("at once", "2 days"), "leads.pulled_share": (0.0, 1.0),
    "leads.unowned": (0.0, 0.6), "leads.reject_below": (0.2, 0.8), "leads.priority": ("first_in", "newest"),
    "leads.triage": (0.0, 1.0),
    "leads.decay.impatient_share": (0.1, 0.9), "leads.decay.impatient_mean": ("1 minute", "24 hours"),
    "leads.expiry": ("2 days", "60 days"),
    "leads.decay.patient_mean": ("2 hours", "500 hours"),
    **{f"incentives.marketers.{figure}": (0.0, 1.0) for figure in MarketerPay.weights},
    "incentives.marketers.may_move": (["threshold"], ["mix"]), "crm.closed_loop": ("no", "yes"), "crm.lag": ("at once", "20 weeks"),
    "crm.misattributed": (0.0, 0.8), "crm.memory": (0.6, 1.0), "leads.off_list": (0.05, 0.6), "market.message_hours": (0.0, 8.0),
    "market.segments.*.share": (0.02, 3.0), "market.horizon.noise": (0.05, 4.0), "market.horizon.ahead": (0, 60),
    "market.shocks": ("1 per 200 weeks", "1 per 4 weeks"),
    "market.drift": ("0", "0.3 per week"), "market.tolerance": (0.2, 2.0), "market.offset": (0.0, 2.0),
    "market.research.every": ("4 weeks", "never"), "market.research.lag": ("at once", "20 weeks"), "market.research.noise": (0.1, 5.0),
    "practices.meetings.every": ("1 week", "8 weeks"), "practices.meetings.who": (0.4, 1.0),
    "practices.meetings.fresh": ("2 days", "60 days"),
    "practices.pledge.within": ("1 hour", "48 hours"),
    "practices.arbitration.every": ("1 week", "8 weeks"), "practices.sales_research.every": ("1 week", "8 weeks"),
    "practices.roles.neglect": (0.0, 1.0), "practices.organisation.by": ("customer", "product"),
    "practices.organisation.specialists": (0.3, 0.6), "practices.organisation.asks": (0.0, 1.0),
    "practices.organisation.passed": (0.0, 1.0), "selling.asking.hours": (0.0, 1.0),
    "practices.funnel_agreement.qualified": (0.2, 0.7), "culture.conflicts.about": ({"price": 1.0}, {"leads": 1.0}),
    "practices.attribution.every": ("4 weeks", "never"), "practices.attribution.recorded": (0.3, 1.0),
    "practices.attribution.cleared": (0.0, 1.0), "practices.attribution.hold_out": (0.0, 0.9),
    "practices.attribution.attention": (0.0, 0.9), "practices.attribution.weight": (0.0, 1.0),
    "practices.collateral.every": ("4 weeks", "26 weeks"), "practices.collateral.reps": (0, 2),
    "practices.message.every": ("4 weeks", "never"), "practices.message.agreed": (0.1, 1.0), "practices.crm.support": (0.0, 1.0),
    "practices.crm.gain": (0.0, 10.0), "practices.crm.astray": (0.0, 1.0), "practices.crm.lost": (0.0, 1.0),
    "practices.target_lists.every": ("4 weeks", "26 weeks"), "practices.target_lists.size": (10, 80),
    "practices.target_lists.again": ("4 weeks", "26 weeks"), "practices.valuable_customers.every": ("4 weeks", "26 weeks"),
    "practices.valuable_customers.known": (0.05, 1.0), "practices.shared_metrics.share": (0.0, 1.0),
    "selling.choice.consistency": (0.0, 2.0),
    "selling.material.found": (-2.0, 2.0), "selling.material.saves": (0.0, 1.5), "market.accents.spread": (0.1, 1.0),
    "selling.admin": (0.1, 0.8), "selling.plan": ({"leads": 0.9, "prospects": 0.1}, {"leads": 0.1, "prospects": 0.9}),
    "selling.answering": (0.0, 1.0), "selling.answer_within": ("30 minutes", "24 hours"), "selling.base_share": (0.1, 0.8),
    "selling.choice.base": (-2.0, 2.0), "selling.choice.rival": (-3.0, 1.0), "selling.choice.goodwill": (0.0, 5.0),
    "selling.choice.half_goodwill": (0.1, 100.0),
    "selling.deals.meetings": (2, 6), "selling.deals.stall": (0.0, 0.6), "selling.deals.due_share": (0.1, 1.0),
    "selling.deals.tailoring": (0.0, 1.0), "market.accounts.slope": (0.0, 8.0), "market.accounts.renewal": ("4 weeks", "16 weeks"),
    "selling.delivery.after": ("at once", "10 weeks"),
    "selling.deals.freeze": ("at once", "60 days"),
    "market.rivalry.usual_fit": (0.0, 0.9), "market.rivalry.reaction": (0.1, 1.0), "market.rivalry.focus": (0.0, 4.0),
    "culture.orientation_gap": (1.0, 8.0), "market.slant.spread": (0.1, 1.5), "market.slant.shared": (0.0, 1.0),
    "selling.sale_types.*.base": (-4.0, 2.0), "selling.sale_types.*.readiness": (0.0, 8.0),
    "products.*.sale_type": ("new_system", "commodity"), "products.*.margin": (0.2, 0.9), "market.launched.reaction": (0.0, 1.0),
    "launches[].train": ("week 5", "never"),
    "selling.sale_types.*.marketing": (0.0, 1.0), "products.*.fixed": (0.0, 1.0), "products.*.offers": (0.0, 3.0),
    "launches[].ends": ("week 5", "never"),
    "launches[].announce": ("week 3", "never"), "launches[].ship": ("week 4", "never"), "launches[].rival_enters": ("week 5", "never"),
    "launches[].pressure": (0.0, 0.9), "selling.readiness.retention": (0.2, 1.0),
    "selling.readiness.burn": ("1 week", "52 weeks"),
}
#: What is played beside, so that few runs tell.
BESIDE = {key: {"market.shocks": "1 per 8 weeks"} for key in ("market.shock_size", "market.horizon.noise", "market.research.lag")}
SLOTS = {f"{section.at}.*.{name}" if section.each else f"{section.at}.{name}": (section, known)
         for section in registry().sections for name, known in section.params().items()}
_OF_LAUNCHES = ("launches", "products", "market.launched", "selling.readiness", "selling.sale_types")
BESIDE |= {key: LAUNCH for key in SLOTS if key.startswith(_OF_LAUNCHES)}
#: Customers interested soon, where what is sold of the product must tell.
BESIDE |= {key: LAUNCH | {"products.widget.innovation": 4.0}
           for key in ("launches[].training", "selling.sale_types.*.marketing", "products.*.offers")}
BESIDE["market.launched.lag"] = LAUNCH | {"market.launched.reaction": 1.0}
BESIDE["practices.committees.on_launch"] = LAUNCH
BESIDE |= {f"practices.{name}.{key}": {**practice.beside, **practice.usual} for name, practice in registry().practices.items()
           if practice.usual for section in practice.sections for key in section.params()}
BESIDE |= {key: LAUNCH | {"products.widget.innovation": 4.0, "products.widget.value": 2.0}
           for key in SLOTS if key.startswith(("practices.organisation", "selling.asking"))}
TESTED = [key for key in SLOTS if key not in EXEMPT]


def sides(key):
    """The two settings of a parameter that are played against each other, as maps of settings."""
    section, known = SLOTS[key]
    if "*" in key:
        names = list(section.entries)[-1:] if key == "market.segments.*.share" else list(section.entries)
        defaults = scenario()
        pairs = {key.replace("*", name): SIDES.get(key) or numbers(known, defaults[key.replace("*", name)]) for name in names}
        return {full: pair[0] for full, pair in pairs.items()}, {full: pair[1] for full, pair in pairs.items()}
    low, high = SIDES.get(key) or by_kind(known, scenario(BESIDE.get(key, {}), known.given)[key.replace("[]", ".0")])
    written = key.replace("[]", ".0")
    return {written: low}, {written: high}


@pytest.mark.parametrize("key", TESTED)
def test_a_parameter_moves_what_it_says(key):
    known = SLOTS[key][1]
    assert known.moves, "say what it moves, or exempt it with the reason"
    kpi, sign = known.moves.rsplit(" ", 1)
    low, high = (scenario(SMALL, BESIDE.get(key, {}), known.given, side) for side in sides(key))
    found, change = set(), math.nan
    if sign == "?":
        found = set().union(*(differing(play(low, seed, leads=True), play(high, seed, leads=True)) for seed in SEEDS[:2]))
    else:
        change = mean_of(high, kpi, SEEDS) - mean_of(low, kpi, SEEDS)
    assert not broken(known, found, change)


@pytest.mark.parametrize("key", EXEMPT)
def test_an_exemption_is_of_a_parameter_that_says_nothing(key):
    assert not SLOTS[key][1].moves


@pytest.mark.parametrize("priority", ["learned", "first_in", "newest", "hottest", "value"])
def test_every_order_of_calls_is_another_order(priority):
    other = "newest" if priority == "first_in" else "first_in"
    one, two = (play(scenario(SMALL, {"leads.priority": word}), 1, leads=True) for word in (priority, other))
    assert "leads first_touch" in differing(one, two)


@pytest.mark.parametrize(("one", "other"), [("territory", "round_robin"), ("round_robin", "pool"), ("pool", "territory")])
def test_every_routing_is_another_routing(one, other):
    found = differing(*(play(scenario(SMALL, {"leads.routing": word}), 1, leads=True) for word in (one, other)))
    assert "leads rep" in found


@pytest.mark.parametrize(("one", "other"), [("both", "up"), ("up", "down"), ("down", "none"), ("none", "both")])
def test_every_direction_of_a_meeting_carries_something_else(one, other):
    meet = {"practices.meetings.every": "1 week"}
    found = differing(*(play(scenario(SMALL, meet, {"practices.meetings.direction": word}), 1) for word in (one, other)))
    assert {"kpi marketing_need_error", "kpi sales_need_error"} & found


def test_a_log_is_played_as_it_stands():
    run = play(scenario({"run.weeks": 6, "run.warm_up": 0, "company.reps": 2, "market.customers": 300}, LOG), 1, leads=True)
    assert len(run.leads["lead"]) == 120
    assert sorted(run.leads["lead"]) == [f"L{number:03d}" for number in range(120)]
    assert set(run.leads["channel"]) == {"web", "fair", "phone", ""}
    assert set(run.leads["customer"]) <= {f"firm {number}" for number in range(40)}
    assert {5000.0, 59000.0} >= {v for v in run.leads["value"] if v in (5000.0, 59000.0)}
    assert (np.diff(run.leads["created"]) >= 0).all()


@pytest.mark.parametrize("column", ["channel", "id", "value", "customer"])
def test_a_column_of_a_log_that_is_not_named_is_not_read(column):
    base = {"run.weeks": 6, "run.warm_up": 0, "company.reps": 2, "market.customers": 300} | LOG
    named, unnamed = (play(scenario(base, extra), 1, leads=True) for extra in ({}, {f"leads.replay.{column}": ""}))
    changed = {"id": "leads lead"}.get(column, f"leads {column}")
    assert changed in differing(named, unnamed)


def test_the_column_of_dates_may_have_any_name(tmp_path):
    file = tmp_path / "leads.csv"
    file.write_text("born\n2024-01-03 10:00\n2024-01-05\n")
    made = scenario({"run.weeks": 2, "run.warm_up": 0, "company.reps": 1}, {"leads.replay.file": str(file), "leads.replay.created": "born"})
    assert len(play(made, 1, leads=True).leads["lead"]) == 2


def test_a_stream_brings_as_many_as_it_says():
    made = scenario(SMALL, STREAM)
    assert mean_of(made, "leads", SEEDS) == pytest.approx(70 * 22, rel=0.05)


def test_parameters_of_a_plugin_are_parameters(tmp_path):
    path = tmp_path / "plugged.yaml"
    path.write_text(f"extends: silo\nplugins: [{PLUGINS / 'weather.py'}]\nweather: {{wet: 100%}}\n")
    assert play(load(path).but(SMALL), 1).kpis["rainy_days"] == 22 * 7
