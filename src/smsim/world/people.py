"""Reps and marketers: state that physics writes, and policy that only their minds (and rules) write."""

from __future__ import annotations

from smsim.core.table import Table, field


class Reps(Table, name="reps"):
    """One row per rep."""

    # policy: written by the rep's mind
    share_leads = field("f8", 0.3, "share", "Policy: share of prospecting hours that go to marketing leads")
    newest_first = field("f8", 0.5, "share", "Policy: how often the newest lead is taken rather than the oldest")
    effort = field("f8", 1.0, "working days", "Policy: how long he works, over the length of the working day")
    share_reported = field("f8", 1.0, "share", "Policy: how much of what he observes he writes up for marketing")
    pull = field("f8", 0.0, "days", "Policy: deals due up to so long after the period's end are brought forward with a discount")
    push = field("f8", 0.0, "flag", "Policy: whether deals due before the period's end are held back until after it")
    # rules: written by practices
    answer_within = field("f8", 0.0, "hours", "Rule: leads younger than this are called before anything else; 0 for no such rule")
    # time
    clock = field("f8", 0.0, "day", "When the rep is free next")
    carry = field("f8", 0.0, "days", "Work begun earlier that reaches into the next working day")
    away = field("f8", 0.0, "hours", "Hours taken from the next working day by meetings")
    triage = field("f8", 0.0, "hours", "Hours owed for looking through routed leads")
    allowance = field("f8", 0.0, "hours", "Hours that due opportunities may still take")
    hours_leads = field("f8", 0.0, "hours", "Hours on marketing leads this week")
    hours_own = field("f8", 0.0, "hours", "Hours on own prospecting this week")
    listed = field("i8", 0, "count", "Customers on this week's own list that have been passed")
    own_calls = field("i4", 0, "count", "Own prospecting calls this week")
    picks = field("i4", 0, "count", "Leads picked from a queue today")
    # what he is like
    talent = field("f8", 1.0, "times", "How fast he works once he knows the job, against the average rep")
    skill = field("f8", 1.0, "times", "How fast he works now")
    cheer = field("f8", 1.0, "times", "How long a call takes him in his present mood, over the usual")
    mood = field("f8", 0.0, "sd", "What recent wins and losses have left")
    hired = field("f8", -1e9, "day", "When he started")
    hires = field("i4", 0, "count", "How many have had this place before him")
    back = field("f8", -1.0, "day", "When the vacant place is filled again; in the past while somebody is there")
    # pay: the book of the period
    quota = field("f8", 0.0, "money", "Quota of the period; 0 for none")
    sold = field("f8", 0.0, "money", "Sales of the period")
    earned = field("f8", 0.0, "money", "Commission and bonus paid for the period so far")
    soon = field("f8", 0.0, "money", "Value of his deals that will be decided in each of the four weeks after the period's end", (4,))
    late = field("f8", 0.0, "money", "Value of his deals that will be decided before it")
    sold_week = field("f8", 0.0, "money", "Sales of the week")
    usual = field("f8", 0.0, "money per week", "Sales a week of normal effort as he believes; 0 before he has an idea")
    # experience: discounted counts of calls that reached a live buyer, or did not
    fresh_good = field("f8", 0.0, "calls", "Good calls on leads seen to be fresh")
    fresh_bad = field("f8", 0.0, "calls", "Bad calls on leads seen to be fresh")
    stale_good = field("f8", 0.0, "calls", "Good calls on leads seen to be old")
    stale_bad = field("f8", 0.0, "calls", "Bad calls on leads seen to be old")
    lead_good = field("f8", 0.0, "calls", "Good calls on marketing leads of any age")
    lead_bad = field("f8", 0.0, "calls", "Bad calls on marketing leads of any age")
    own_good = field("f8", 0.0, "calls", "Good own calls")
    own_bad = field("f8", 0.0, "calls", "Bad own calls")
    # what this rep has tracked since counts were last pooled
    new_fresh_good = field("f8", 0.0, "calls", "Tracked since the last pooling: good, fresh")
    new_fresh_bad = field("f8", 0.0, "calls", "Tracked since the last pooling: bad, fresh")
    new_stale_good = field("f8", 0.0, "calls", "Tracked since the last pooling: good, old")
    new_stale_bad = field("f8", 0.0, "calls", "Tracked since the last pooling: bad, old")
    # what he knows and believes
    sure_fresh = field("f8", 0.5, "share", "How sure the rep is that fresh leads are better (P)")
    trust = field("f8", 0.45, "share", "Trust in marketing's leads, relative to own prospecting (T)")
    horizon = field("f8", -1.0, "day", "Last day up to which the rep has been told of coming changes")
    notes = field("i4", 0, "count", "Field observations made so far")
    hour_brings = field("f8", 0.0, "money per hour", "Sales that an hour of a normal week brings, as he believes")
    redesigns = field("i4", 0, "count", "Solutions he has designed again today")


class Marketers(Table, name="marketers"):
    """One row per marketer."""

    away = field("f8", 0.0, "hours", "Hours taken from the day by meetings")


class Firm(Table, name="firm"):
    """One row: what belongs to nobody alone."""

    threshold = field("f8", 0.4, "score", "Policy of marketing: score from which an inquiry is a marketing lead")
    trust_in_sales = field("f8", 0.45, "share", "Marketing's trust that sales works its leads")
    told = field("f8", -1.0, "day", "Last day on which sales told marketing in a meeting what became of its leads")
    turn = field("i8", 0, "count", "Whose turn it is when leads go round")
    free = field("i4", -1, "row", "First free row of leads")
    live = field("i8", 0, "count", "Rows of leads in use")
    room = field("i8", 0, "count", "Leads that may still be born today, so that every one of them has a row and a line in the log")
    logged = field("i8", 0, "count", "Rows of the log in use")


class FollowUp(Table, name="follow_up"):
    """What marketing sees of its leads: one row per day of birth, in a ring."""

    born = field("i4", 0, "leads", "Marketing leads born that day")
    worked = field("i4", 0, "leads", "Those called within a week")


#: Days the ring of `FollowUp` holds.
FOLLOW_UP_RING = 16
