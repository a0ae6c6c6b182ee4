"""What one rep does all day, task by task: kept only where somebody asks for it (`smsim diary`), else there are no rows."""

from __future__ import annotations

from smsim.core.table import Table, field

#: What a line is about: hours given to a habit, a look through routed leads, a call on a lead, a meeting with a customer, an own call.
AWAY, TRIAGE, LEAD, MEETING, OWN = 1, 2, 3, 4, 5


class Journal(Table, name="journal"):
    """One line per task of the reps who keep a journal, in the order in which they were begun."""

    start = field("f8", 0.0, "day", "When it was begun")
    end = field("f8", 0.0, "day", "When it was over")
    created = field("f8", 0.0, "day", "Birth of the lead it was about")
    dies = field("f8", 0.0, "day", "When that lead goes cold or its window closes: the truth, which the rep does not know")
    value = field("f8", 0.0, "money", "Value of the deal")
    customer = field("i4", -1, "index", "Customer; -1 for none")
    channel = field("i4", -1, "index", "Channel that brought the lead; -1 for none")
    meetings = field("i4", 0, "count", "Meetings held with this customer before")
    came = field("i4", 0, "code", "What came of it: 1 for a live buyer reached; after a meeting, the state of the opportunity")
    kind = field("i2", 0, "code", "1 away, 2 triage, 3 lead, 4 meeting, 5 own call")
    source = field("i2", 0, "code", "0 marketing, 1 the rep's own")
    buyer = field("i2", 0, "flag", "Whether a live buyer stands behind the lead: the truth")
    rep = field("i4", -1, "index", "Whose line it is")
