"""Leads: today's inquiries, the live ones (recycled rows), and the log of those that ended."""

from __future__ import annotations

from smsim.core.table import Table, field
from smsim.world.customers import CRITERIA

#: States of a live row: free, with nobody yet, waiting for a call, being sold to, deciding.
FREE, HANDOFF, QUEUED, SELLING, DECIDING = 0, 1, 2, 3, 4
#: Where a lead came from.
FROM_MARKETING, FROM_REP = 0, 1
#: Identities of what came of another talk with the customer (customer and day) lie above those of leads and of own prospects.
CROSS = 1 << 41


class Inquiries(Table, name="inquiries"):
    """Who asks today, in order of the instant."""

    at = field("f8", 0.0, "day", "Instant of the inquiry")
    identity = field("i8", 0, "id", "What its luck is keyed by: customer and day, or index in a stream or log")
    customer = field("i4", 0, "index", "Who asks")
    channel = field("i4", -1, "index", "Channel that brought them")
    score = field("f8", 0.0, "score", "Noisy score, 0 to 1")
    value = field("f8", 0.0, "money", "Value of a deal")
    window_end = field("f8", 0.0, "day", "When the buying window closes")
    buyer = field("i4", 0, "flag", "Whether a live buyer asks")
    holds = field("i4", 0, "flag", "Whether the customer is taken up by this inquiry (not in a stream or log)")
    passes = field("i4", 1, "flag", "Whether it is a marketing lead")
    product = field("i4", 0, "index", "Product it is about; 0 for the firm's standing business")


class Leads(Table, name="leads"):
    """Live leads and opportunities. A lead that is dead but not known to be keeps its row until somebody finds out."""

    created = field("f8", 0.0, "day", "Instant of birth")
    routed = field("f8", 0.0, "day", "Instant at which it is with a rep, or in the pool; inf if nobody owns it")
    dies = field("f8", 0.0, "day", "Instant at which it goes cold or its window closes")
    expires = field("f8", 0.0, "day", "Instant at which it is given up")
    touched = field("f8", 0.0, "day", "Instant of the first call; nan before")
    qualified = field("f8", 0.0, "day", "Instant of qualification; nan before")
    due = field("f8", 0.0, "day", "When the next meeting is due, or the customer decides")
    value = field("f8", 0.0, "money", "Value of the deal")
    score = field("f8", 0.0, "score", "Score at birth")
    rank = field("f8", 0.0, "rank", "What the queue is sorted by")
    edge = field("f8", 0.0, "log-odds", "What other states add to the customer's liking of the offer")
    ready = field("f8", 0.0, "share", "Readiness with which a new product was pitched, mean over its meetings")
    discount = field("f8", 0.0, "money", "What the value was higher before a discount")
    apart = field("f8", 0.0, "sd²", "Squared distance of the solution from the product for the many")
    design = field("f8", 0.0, "sd", "The solution as designed at the first meeting, or later again", (CRITERIA,))
    own = field("f8", 0.0, "sd", "What this customer seems to want beyond his segment", (CRITERIA,))
    identity = field("i8", 0, "id", "What its luck is keyed by")
    recycled_from = field("i8", -1, "id", "The earlier lead of the same buying window; -1 for none")
    customer = field("i4", 0, "index", "Customer")
    rep = field("i4", -1, "index", "Rep; -1 before")
    channel = field("i4", -1, "index", "Channel")
    before = field("i4", -1, "row", "The one before it in its list")
    after = field("i4", -1, "row", "The one after it in its list")
    meetings = field("i4", 0, "count", "Meetings held")
    product = field("i4", 0, "index", "Product it is about; 0 for the firm's standing business")
    state = field("i2", FREE, "code", "0 free, 1 hand-off, 2 queued, 3 selling, 4 deciding")
    source = field("i2", FROM_MARKETING, "code", "0 marketing, 1 the rep's own prospecting")
    moved = field("i2", 0, "flag", "Whether its rep has moved the day of decision")
    dies_of = field("i2", 0, "outcome", "What it dies of at `dies`")
    buyer = field("i2", 0, "flag", "Whether a live buyer stands behind it")
    holds = field("i2", 0, "flag", "Whether the customer is taken up by it")
    traced = field("i2", 0, "flag", "Whether its true channel is on record")


#: A day that never comes.
NEVER = 2**31 - 1


class Agenda(Table, name="agenda"):
    """When somebody must look at a live lead again: one row beside each row of leads, small, for it is read every day."""

    due = field("i4", NEVER, "day", "Day on which it is routed, given up or decided; past days and days of rows that are free mean nothing")


class Log(Table, name="log"):
    """Leads that ended, and inquiries below the threshold: the truth about each."""

    identity = field("i8", 0, "id", "Identity")
    recycled_from = field("i8", -1, "id", "The earlier lead; -1 for none")
    created = field("f8", 0.0, "day", "Birth")
    routed = field("f8", 0.0, "day", "Routed; nan if never")
    first_touch = field("f8", 0.0, "day", "First call; nan if never")
    qualified = field("f8", 0.0, "day", "Qualified; nan if never")
    closed = field("f8", 0.0, "day", "End; nan while open")
    value = field("f8", 0.0, "money", "Value")
    score = field("f8", 0.0, "score", "Score")
    customer = field("i4", 0, "index", "Customer")
    rep = field("i4", -1, "index", "Rep; -1 for none")
    channel = field("i2", -1, "index", "Channel; -1 for none")
    outcome = field("i2", 0, "outcome", "Outcome")
    source = field("i2", 0, "code", "0 marketing, 1 the rep's own")
    traced = field("i2", 0, "flag", "Whether its true channel is on record")
    product = field("i2", 0, "index", "Product it was about; 0 for the firm's standing business")
