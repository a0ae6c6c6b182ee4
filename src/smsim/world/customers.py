"""Customers: a hot row that is looked at every day, and a cold row for what only some need."""

from __future__ import annotations

from smsim.core.table import Table, field

#: Number of buying criteria.
CRITERIA = 3
#: Numbers kept free for customers in the identity of what they do on a day or in a week: more than a market may have.
NUMBERS = 1 << 25
#: Stages of a customer: nobody talks to them, a lead is open, an opportunity is open.
IDLE, LEAD, OPPORTUNITY = 0, 1, 2
#: No window is open.
CLOSED = -1


class Customers(Table, name="customers"):
    """What changes, or is read, on most days (at most 64 bytes a customer)."""

    goodwill = field("f8", 0.0, "contacts", "What past messages still weigh with this customer")
    retention = field("f8", 0.99, "share per day", "Share of goodwill left after a day, as the channels that built it carry over")
    appeal = field("f8", 1.0, "fit", "Fit of the firm's message to this customer's need, refreshed weekly")
    window_end = field("i4", CLOSED, "day", "Day on which the open buying window closes; -1 without one")
    windows = field("i4", 0, "count", "Buying windows so far")
    inquiries = field("i4", 0, "count", "Inquiries so far")
    segment = field("i2", 0, "index", "Market segment")
    channel = field("i2", -1, "index", "Channel that touched the customer last; -1 for none")
    stage = field("i2", IDLE, "code", "0 idle, 1 an open lead, 2 an open opportunity")
    asked = field("i4", -1, "day", "Day on which the customer asked last, about anything")


class Accounts(Table, name="accounts"):
    """What is read only when somebody deals with the customer."""

    offset = field("f8", 0.0, "sd", "The customer's own departure from the segment's need", (CRITERIA,))
    value = field("f8", 0.0, "money", "Value of a deal with this customer")
    last_lead = field("i8", -1, "id", "The last inquiry of this customer")
    last_asked = field("f8", -1e9, "day", "When it was made")
    owner = field("i4", 0, "index", "Rep whose territory the customer is in")
    opportunities = field("i4", 0, "count", "Opportunities so far")
    purchases = field("i4", 0, "count", "Deals won with this customer")
    believed = field("f8", 0.0, "log money", "What the firm believes a deal with this customer is worth, as a logarithm")
    withheld = field("i2", 0, "flag", "Whether the customer is in the control group, from which a channel is withheld")
    named = field("i2", 0, "flag", "Whether the customer is on his rep's list of named accounts")
    held_by = field("i4", -1, "row", "The lead or opportunity that takes the customer up, or the last that did")
    burned_until = field("i4", 0, "day", "Day until which the customer has no ear for the firm, since an unready rep lost a pitch")
