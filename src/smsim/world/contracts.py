"""Contracts: what customers who have bought are owed, how content they are, and when they decide again."""

from __future__ import annotations

from smsim.core.table import Table, field
from smsim.world.customers import CRITERIA
from smsim.world.leads import NEVER


class Sales(Table, name="sales"):
    """Deals won today, in order; without rows where nobody looks after customers once they have bought."""

    value = field("f8", 0.0, "money", "What the customer pays")
    listed = field("f8", 0.0, "money", "The same before a discount")
    apart = field("f8", 0.0, "sd²", "Squared distance of the solution from the product for the many")
    design = field("f8", 0.0, "sd", "The solution as designed", (CRITERIA,))
    customer = field("i4", 0, "index", "Customer")
    rep = field("i4", 0, "index", "Rep")
    product = field("i4", 0, "index", "Product; 0 for the firm's standing business")


class Contracts(Table, name="contracts"):
    """One row for each customer who has ever bought."""

    value = field("f8", 0.0, "money", "Value of the last deal")
    margin = field("f8", 0.0, "share", "Share of it left after the cost of goods")
    first = field("f8", 0.0, "money", "Margin of the deal with which the customer was won")
    churn = field("f8", 0.0, "share", "The customer's own chance to leave when the contract is up, at neutral satisfaction")
    expected = field("f8", 0.0, "fit", "Fit the customer was led to expect")
    apart = field("f8", 0.0, "sd²", "Squared distance of the solution from the product for the many")
    satisfaction = field("f8", 0.0, "share", "Satisfaction with what was delivered last")
    design = field("f8", 0.0, "sd", "The solution as designed", (CRITERIA,))
    customer = field("i4", 0, "index", "Customer")
    rep = field("i4", 0, "index", "Rep who sold last, and serves")
    product = field("i4", 0, "index", "Product sold last")
    delivers = field("i4", NEVER, "day", "Day of a delivery that is still to come")
    renews = field("i4", NEVER, "day", "Day on which the contract is up")
    decisions = field("i4", 0, "count", "Decisions to stay or to leave, ever")
    active = field("i2", 0, "flag", "Whether the customer is under contract")
    delivered = field("i2", 0, "flag", "Whether anything has been delivered under this contract")


class Dues(Table, name="dues"):
    """When somebody must look at a contract again: one row beside each of contracts, small, for it is read every day."""

    due = field("i4", NEVER, "day", "Day of the next delivery or renewal")


class Holders(Table, name="holders"):
    """One row per customer."""

    contract = field("i4", -1, "row", "The customer's row of contracts; -1 for one who has never bought")


class Tended(Table, name="tended"):
    """One row: what happened today to customers who have bought."""

    renewals = field("f8", 0.0, "customers", "Customers who stayed when their contract was up")
    churned = field("f8", 0.0, "customers", "Customers who left")
    renewal_revenue = field("f8", 0.0, "money", "What those who stayed pay")
    renewal_margin = field("f8", 0.0, "money", "What is left of it after the cost of goods")
    deliveries = field("f8", 0.0, "deals", "Deals delivered")
    satisfaction = field("f8", 0.0, "share", "Sum of the satisfaction with them")
    tailoring_cost = field("f8", 0.0, "money", "What it cost to make them other than the product for the many")
    customers_gained = field("f8", 0.0, "customers", "Customers won, at their first delivery")
    lifetime_value = field("f8", 0.0, "money", "Sum of what they are worth")
    referrals = field("f8", 0.0, "customers", "Customers who began to look because another told them")
    service_hours = field("f8", 0.0, "hours", "Reps' hours for customers who stayed")
