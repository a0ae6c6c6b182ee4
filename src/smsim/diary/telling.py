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


#: How his leads and opportunities end, in words: {0} leads, {1} customers.
ENDS = {
    "won": "{1} bought", "lost_to_rival": "{1} bought from a rival", "no_decision": "{1} decided to leave things as they are",
    "stalled": "with {1} it has come to nothing", "burned_unready": "{1} would not be called again", "not_a_buyer": "{0} put aside as bad",
    "window_closed": "{0} of buyers who no longer looked", "cold_in_queue": "{0} cold on his list",
    "cold_in_handoff": "{0} cold before reaching his list", "rejected": "{0} sent back", "never_routed": "{0} never routed",
    "expired": "{0} taken off his list as too old", "below_threshold": "{0} below the threshold",
}
#: Ends he does not know of on that day.
_UNSEEN = ("window_closed", "cold_in_queue", "cold_in_handoff", "never_routed", "below_threshold")
#: What takes hours every day, in words, where the part that takes them is called otherwise.
_HOURS = {"attribution": "being shown marketing's numbers", "bulletin": "reading marketing's bulletin",
          "requests": "answering marketing", "service": "asking marketing", "liaison": "the liaison",
          "clarity": "keeping to what is written of roles", "readiness": "training for what is launched",
          "loyalty": "customers who were sold to", "selling": "writing up what customers want"}


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
    return not (day.tasks or day.told or day.asked or day.ended or day.habits or day.notices)


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
    yield from _dialogue(day)


def _dialogue(day: Day) -> Iterator[Line]:
    """What marketing asks and shows, and what he answers."""
    if day.asked:
        yield Line("", f"marketing asks him{'' if day.asked == 1 else f' {_times(day.asked)}'} what customers say; {_answer(day)}")
    for notice in day.notices:
        leads = notice.good + notice.bad
        what = (f"shows in numbers what became of {_many(leads, 'lead', 'leads')} that were called: "
                f"{_many(notice.good, 'live buyer', 'live buyers')}" if leads else f"sends round its {notice.practice.replace('_', ' ')}")
        how = (f"he trusts its leads {notice.trust:.0%}, and looks" if notice.heard else
               f"he trusts its leads {notice.trust:.0%}, less than the {notice.least:.0%} at which he would look: it falls on deaf ears")
        yield Line("", f"marketing {what}; {how}")


def _answer(day: Day) -> str:
    """What he answers, and why not."""
    kept = f"; {_many(day.unsent, 'thing', 'things')} he has heard of customers {'stays' if day.unsent == 1 else 'stay'} with him"
    if day.answered:
        return f"he answers {_times(day.answered)}"
    if day.busy:
        return f"he is busy selling, {_many(day.due, 'meeting', 'meetings')} with customers due, and does not answer" + (
            kept if day.unsent else "")
    return "he would have time, and does not write it up" + (kept if day.unsent else "")


def _night(day: Day) -> Iterator[Line]:
    if day.observed:
        yield Line("", f"he has learned what {_many(day.observed, 'customer wants', 'customers want')}")
    if day.passed_on:
        yield Line("", f"{_many(day.passed_on, 'observation of his has', 'observations of his have')} reached marketing")
    known = [ENDS[name].format(_many(count, "lead", "leads"), _many(count, "customer", "customers"))
             for name, count in day.ended.items() if name not in _UNSEEN]
    unseen = [ENDS[name].format(_many(count, "lead", "leads"), "") for name, count in day.ended.items() if name in _UNSEEN]
    if known or unseen:
        yield Line("", "; ".join(known) if known else "nothing he would know of", "; ".join(unseen))


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
        yield Line(when, "given to " + (", ".join(_HOURS.get(name, name.replace("_", " ")) for name in day.hours) or "the week before"))
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
    told = f"{told}a colleague has called it too, which takes as long again; " if task.get("twice") else told
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
