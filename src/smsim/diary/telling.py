"""A week in words, and as plain values."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from smsim.diary.keeping import Day, State, Week
from smsim.world.journal import AWAY, LEAD, MEETING, OWN, TRIAGE
from smsim.world.leads import DECIDING, FREE

_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_KINDS = {AWAY: "habits", TRIAGE: "triage", LEAD: "lead", MEETING: "meeting", OWN: "own call"}


@dataclasses.dataclass(frozen=True)
class Line:
    """One line of a diary: when, what, and what he did not know."""

    when: str
    what: str
    truth: str = ""


def as_plain(week: Week) -> dict[str, Any]:
    """Everything, for `--json`."""
    found = dataclasses.asdict(week)
    for day in found["days"]:
        for task in day["tasks"]:
            task["kind"] = _KINDS[task["kind"]]
    return found


def head(week: Week) -> list[str]:
    """What stands above the days: who, when, and what he has decided for the week."""
    return [f"{week.scenario}: rep {week.rep}, week {week.week}, replication {week.replication}", *_decisions(week.before, week.decided)]


def _decisions(before: State, now: State) -> Iterator[str]:
    yield (f"Monday morning he trusts marketing's leads {before.trust:.0%} (half would be as much as his own prospects) and is "
           f"{before.sure_fresh:.0%} sure that fresh ones are better.")
    moved = "as before" if abs(now.share_leads - before.share_leads) < 5e-4 else f"last week {before.share_leads:.0%}"
    yield (f"He decides: {now.share_leads:.0%} of his prospecting hours go to marketing's leads ({moved}); "
           f"the newest first {now.newest_first:.0%} of the time, else the oldest.")
    if now.effort != 1 or now.share_reported != 1:
        yield f"He means to work {now.effort:.2f} of the normal day and to write up {now.share_reported:.0%} of what he hears."


def title(day: Day) -> str:
    """A day's heading."""
    return f"{_NAMES[day.day % 7]}, day {day.day}"


def is_silent(day: Day) -> bool:
    """Whether nothing of his happened."""
    return not (day.tasks or day.told or day.asked or day.ended or day.habits)


def lines(day: Day, week: Week) -> list[Line]:
    """A day, from morning to night."""
    return [*_morning(day), *(line for group in _groups(day.tasks) for line in _tasks(group, day, week)), *_night(day)]


def _morning(day: Day) -> Iterator[Line]:
    if day.day % 7 < 5 or day.tasks:
        yield Line("", f"{day.waiting} leads wait on his list" + (f", the oldest for {_age(day.oldest)}" if day.waiting else ""))
    if day.told:
        took = ", ".join(f"{telling.weight:.0%} for {telling.segment} ones" for telling in day.told)
        yield Line("", f"marketing tells him what customers want; of what he now believes it makes {took}")
    if day.horizon is not None:
        yield Line("", f"it tells him what changes are coming, up to day {day.horizon:.0f}")
    if day.asked:
        yield Line("", f"marketing asks him {_times(day.asked)}; " + (f"he answers {_times(day.answered)}" if day.answered else
                                                                      "he is busy selling, and does not answer"))


def _night(day: Day) -> Iterator[Line]:
    if day.observed:
        yield Line("", f"he has learned what {_many(day.observed, 'customer wants', 'customers want')}")
    if day.passed_on:
        yield Line("", f"{_many(day.passed_on, 'observation of his has', 'observations of his have')} reached marketing")
    if day.ended:
        ends = ", ".join(f"{name.replace('_', ' ')} {count}" for name, count in day.ended.items())
        yield Line("", f"ended, of what was his: {ends}")


def _groups(tasks: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Tasks as they follow each other; own calls in a row are one group."""
    for kind, run in itertools.groupby(tasks, key=lambda task: task["kind"]):
        if kind == OWN:
            yield list(run)
        else:
            yield from ([task] for task in run)


def _tasks(group: list[dict[str, Any]], day: Day, week: Week) -> Iterator[Line]:
    first, when = group[0], f"{_clock(group[0]['start'])}–{_clock(group[-1]['end'])}"
    if first["kind"] == AWAY:
        yield Line(when, f"with others: {', '.join(day.habits) or 'training'}")
    elif first["kind"] == TRIAGE:
        yield Line(when, "looks through the leads that came")
    elif first["kind"] == OWN:
        yield Line(when, _own(group))
    elif first["kind"] == LEAD:
        yield _lead(first, when, week)
    else:
        yield _meeting(first, when, week)


def _own(group: list[dict[str, Any]]) -> str:
    reached = sum(task["came"] for task in group)
    came = f"{_many(reached, 'live buyer', 'live buyers')} reached" if reached else "nobody reached"
    return f"{_many(len(group), 'call', 'calls')} of his own: {came}"


def _lead(task: dict[str, Any], when: str, week: Week) -> Line:
    channel = f" from {week.channels[task['channel']].replace('_', ' ')}" if task["channel"] >= 0 else ""
    told = f"calls a lead{channel}, {_age(task['start'] - task['created'])} old: "
    if task["came"]:
        return Line(when, told + "a live buyer; an opportunity is opened")
    if not task["buyer"]:
        return Line(when, told + "a bad lead", "never a buyer")
    late = task["start"] - task["dies"]
    return Line(when, told + "a bad lead", f"a buyer, who had gone {_age(late)} before")


def _meeting(task: dict[str, Any], when: str, week: Week) -> Line:
    of = "of an opportunity of his own" if task["source"] else "of an opportunity from a marketing lead"
    came = {FREE: "it stalls", DECIDING: "the customer will decide"}.get(task["came"], "they will meet again")
    found = "; he hears what the customer wants, and designs the solution" if task["meetings"] == 0 else ""
    return Line(when, f"meeting {task['meetings'] + 1} {of} ({week.currency}{task['value']:,.0f}){found}: {came}")


def tail(week: Week) -> list[str]:
    """What the week came to."""
    tasks = [task for day in week.days for task in day.tasks]
    hours = {kind: 24 * sum(task["end"] - task["start"] for task in tasks if task["kind"] == kind) for kind in _KINDS}
    leads = [task for task in tasks if task["kind"] == LEAD]
    gone = sum(1 for task in leads if task["buyer"] and not task["came"])
    spent = ", ".join(f"{name} {hours[kind]:.1f}" for kind, name in _KINDS.items() if hours[kind] > 0)
    asked, answered = (sum(getattr(day, name) for day in week.days) for name in ("asked", "answered"))
    found = [f"Hours of the clock, what else fills a day among them: {spent or 'none'}.",
             f"Marketing leads called: {len(leads)}; {sum(task['came'] for task in leads)} reached a live buyer, {gone} were buyers "
             f"who had gone by then. To him all the rest were bad leads.",
             f"Sunday night he trusts marketing's leads {week.after.trust:.0%} (Monday {week.before.trust:.0%}); marketing trusts that "
             f"sales works its leads {week.after.trust_in_sales:.0%} (Monday {week.before.trust_in_sales:.0%})."]
    return found + ([f"Marketing asked him {_times(asked)}; he answered {_times(answered)}."] if asked else [])


def _many(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"


def _times(count: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")


def _clock(instant: float) -> str:
    """The time of day; what reaches past midnight says so."""
    minutes = round((instant % 1) * 1440)
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def _age(days: float) -> str:
    if days < 1 / 24:
        return _many(round(days * 1440), "minute", "minutes")
    return _many(round(days * 24), "hour", "hours") if days < 2 else f"{days:.0f} days"
