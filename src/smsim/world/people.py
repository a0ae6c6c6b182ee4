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
    refuses = field("f8", 0.0, "flag", "Rule: no marketing lead is called while there is a dispute about them")
    age_known = field("f8", 0.0, "share", "Rule: chance that he sees a lead's age by a tool, where that is more than `leads.age_seen`")
    sells = field("i4", -1, "index", "Rule: the one product he sells; 0 for the standing business, -1 for whatever there is")
    place = field("i4", 0, "index", "Rule: his place among those who sell it; the customers of a place are every so many from there on")
    peers = field("i4", 0, "count", "Rule: how many they are; 0 where territories are those of everybody")
    trains = field("i4", -1, "index", "Rule: the one product he is trained for; 0 for none, -1 for all")
    # time
    clock = field("f8", 0.0, "day", "When the rep is free next")
    carry = field("f8", 0.0, "days", "Work begun earlier that reaches into the next working day")
    away = field("f8", 0.0, "hours", "Hours taken from the next working day by meetings")
    triage = field("f8", 0.0, "hours", "Hours owed for looking through routed leads")
    allowance = field("f8", 0.0, "hours", "Hours that due opportunities may still take")
    hours_leads = field("f8", 0.0, "hours", "Hours on marketing leads this week")
    hours_own = field("f8", 0.0, "hours", "Hours on own prospecting this week")
    listed = field("i8", 0, "count", "Customers on this week's own list that have been passed")
    named = field("i4", 0, "count", "Named accounts of this week that have been passed")
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
    # the other side, in person
    stereotype = field("f8", 0.0, "share", "How far he takes marketers for people out of touch, whoever they are: 0 not at all")
    items_told = field("f8", 0.0, "items", "What he has told marketers in person since contact was last weighed")
    items_heard = field("f8", 0.0, "items", "What marketers have told him in person since then that was new")
    asked = field("i4", 0, "count", "Times marketing has asked him what customers say")
    answered = field("i4", 0, "count", "Times he has answered")
    requests = field("i4", 0, "count", "Times he has asked marketing about a customer he was going to see")
    served = field("i4", 0, "count", "Times marketing has answered")
    swapped = field("f8", -1.0, "day", "When he last changed places with a marketer; -1 for never")
    kept = field("i4", 0, "flag", "Whether his journal is kept")
    logging = field("f8", 0.0, "share", "Share of his leads that he keeps in the CRM")
    hour_brings = field("f8", 0.0, "money per hour", "Sales that an hour of a normal week brings, as he believes")
    redesigns = field("i4", 0, "count", "Solutions he has designed again today")


class Marketers(Table, name="marketers"):
    """One row per marketer."""

    away = field("f8", 0.0, "hours", "Hours taken from the day by meetings")
    stereotype = field("f8", 0.0, "share", "How far he takes reps for people who chase one deal, whoever they are: 0 not at all")
    items_told = field("f8", 0.0, "items", "What he has told reps in person since contact was last weighed")
    items_heard = field("f8", 0.0, "items", "What reps have told him in person since then that was new")


class Firm(Table, name="firm"):
    """One row: what belongs to nobody alone."""

    threshold = field("f8", 0.4, "score", "Policy of marketing: score from which an inquiry is a marketing lead")
    trust_in_sales = field("f8", 0.45, "share", "Marketing's trust that sales works its leads")
    told = field("f8", -1.0, "day", "Last day on which sales told marketing in a meeting what became of its leads")
    qualified = field("f8", 0.0, "score", "Rule: what both sides call qualified: threshold and bar in one; 0 where each has its own")
    owned = field("f8", 0.0, "share", "Rule: share of the steps nobody owned that an agreement gives an owner")
    formality = field("f8", 0.0, "share", "Rule: how much of who does what is written down (F)")
    clarity = field("f8", 1.0, "share", "How clear it is who does what")
    dropped = field("f8", 0.0, "share", "Leads that have no owner since roles are unclear")
    doubled = field("f8", 0.0, "share", "Calls that are made twice since roles are unclear")
    # rules: written by practices
    asks = field("f8", 0.0, "share", "Rule: how often a rep asks a customer who has just bought what else he is looking for")
    passed = field("f8", 0.0, "share", "Rule: how often a rep who hears of what he does not sell passes it on")
    asking = field("f8", 0.0, "hours", "A rep's time to ask it")
    asked = field("i8", 0, "count", "Prospects asked since this morning")
    tips = field("i8", 0, "count", "Tips passed on since this morning")
    at_once = field("f8", 0.0, "share", "Rule: share of the leads that would wait for the daily pull and are handed over at once instead")
    astray = field("f8", 0.0, "share", "Share of leads that reach somebody whose they are not, and go on with the pull after the next")
    lost = field("f8", 0.0, "share", "Share of leads that a tool without a process gives to nobody")
    tracked = field("f8", 0.0, "share", "Share of leads whose channel a CRM keeps on record, where that is more than the channel's own")
    told_by_tool = field("f8", 0.0, "flag", "Whether marketing reads in a CRM what became of the leads that are kept there")
    held = field("i8", 0, "code", "Rule: channel, counted from 1, that is withheld from the control group; -1 for all, 0 for none")
    cleared = field("f8", 0.0, "share", "Share of wrong records of channels that attribution puts right")
    by_worth = field("f8", 0.0, "flag", "Rule: the lead of the customer who is believed to be worth most is called first")
    shared = field("f8", 0.0, "share", "Rule: share of everybody's variable pay that goes by the firm's revenue")
    turn = field("i8", 0, "count", "Whose turn it is when leads go round")
    free = field("i4", -1, "row", "First free row of leads")
    live = field("i8", 0, "count", "Rows of leads in use")
    room = field("i8", 0, "count", "Leads that may still be born today, so that every one of them has a row and a line in the log")
    logged = field("i8", 0, "count", "Rows of the log in use")
    jotted = field("i8", 0, "count", "Lines of the journal in use")


class FollowUp(Table, name="follow_up"):
    """What marketing sees of its leads: one row per day of birth, in a ring."""

    born = field("i4", 0, "leads", "Marketing leads born that day")
    worked = field("i4", 0, "leads", "Those called within a week")


#: Days the ring of `FollowUp` holds.
FOLLOW_UP_RING = 16
