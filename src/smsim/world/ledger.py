"""What marketing has on record of its own work: who asked, what sales made of it, which channel it is put down to.

All counts fade by the week, so that a count over `books.weeks` is a mean in which recent weeks weigh more.
"""

from __future__ import annotations

from smsim.core.table import Table, field

#: Bands of the score that marketing tells apart.
BANDS = 20


class Ledger(Table, name="ledger"):
    """One row per segment and band of the score (row = segment × BANDS + band)."""

    asked = field("f8", 0.0, "inquiries", "Inquiries, marketing leads or not")
    good = field("f8", 0.0, "leads", "Leads that marketing was told became opportunities")
    bad = field("f8", 0.0, "leads", "Leads that marketing was told were called in vain, or rejected")
    won = field("f8", 0.0, "money", "Value of deals that marketing was told were won")


class Credits(Table, name="credits"):
    """One row per channel: what it has brought as far as is on record."""

    leads = field("f8", 0.0, "leads", "Marketing leads put down to it")
    good = field("f8", 0.0, "leads", "Those that marketing was told became opportunities")


class Books(Table, name="books"):
    """One row: the weeks seen, and how many leads of a week were worked within a week."""

    weeks = field("f8", 0.0, "weeks", "Weeks on record")
    cohorts = field("f8", 0.0, "weeks", "Weeks whose leads are a week old")
    passed = field("f8", 0.0, "leads", "Marketing leads of those weeks")
    worked = field("f8", 0.0, "leads", "Those of them that were called within a week")
    x = field("f8", 0.0, "log", "Logarithms of the leads of a week, added up")
    y = field("f8", 0.0, "log", "Logarithms of those worked, added up")
    xx = field("f8", 0.0, "log²", "Squares of the former, added up")
    xy = field("f8", 0.0, "log²", "Products of both, added up")
