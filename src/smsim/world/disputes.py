"""Disputes between marketing and sales: what each is about, who is in it, until when it lasts."""

from __future__ import annotations

from smsim.core.table import Table, field

#: What a dispute is about.
PRICE, BUDGET, LEADS = 0, 1, 2


class Disputes(Table, name="disputes"):
    """One row per open dispute; rows of those that are settled are used again."""

    open = field("i2", 0, "flag", "Whether it is open")
    kind = field("i2", PRICE, "code", "0 a price, 1 the budget of a channel, 2 the leads of a rep")
    rep = field("i4", -1, "index", "The rep in it; -1 for none")
    marketer = field("i4", -1, "index", "The marketer in it; -1 for none")
    subject = field("i4", -1, "index", "Row of the opportunity, or channel; -1 for none")
    identity = field("i8", -1, "id", "Which opportunity it is, for its row may be used again")
    began = field("f8", 0.0, "day", "When it arose")
    until = field("f8", 0.0, "day", "When the two have settled it, or were told to; nobody knows beforehand")
    due = field("f8", 0.0, "day", "When the opportunity's next meeting was due before")
