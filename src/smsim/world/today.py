"""Today's tallies: one number a day for each, reset every morning, kept by the record."""

from __future__ import annotations

from smsim.core.table import Table, field


class Today(Table, name="today"):
    """One row. A mechanism adds to what it brings about; further figures come from `Part.tallies`."""

    inquiries = field("f8", 0.0, "leads", "People who asked")
    leads = field("f8", 0.0, "leads", "Marketing leads born")
    opportunities = field("f8", 0.0, "deals", "Opportunities opened")
    opportunities_marketing = field("f8", 0.0, "deals", "Opportunities opened from marketing leads")
    deals_won = field("f8", 0.0, "deals", "Deals won")
    deals_lost = field("f8", 0.0, "deals", "Deals lost to a rival")
    deals_undecided = field("f8", 0.0, "deals", "Deals that ended without a decision")
    rival_wins = field("f8", 0.0, "deals", "Purchases from rivals, whether or not the firm was in the race")
    revenue = field("f8", 0.0, "money", "Value of deals won, and what customers who stay pay")
    deals_burned = field("f8", 0.0, "deals", "Deals lost for want of a ready rep")
    burned_accounts = field("f8", 0.0, "customers", "Customers who want no more of the firm for a while, after an unready pitch")
    launch_revenue = field("f8", 0.0, "money", "Value of deals won for launched products")
    launch_discounts = field("f8", 0.0, "money", "What was taken off their value")
    launch_margin = field("f8", 0.0, "money", "What is left of it after the cost of goods")
    duplicate_contacts = field("f8", 0.0, "count", "Calls on customers whom the firm was talking to already, which the caller did not know")
    cross_sold = field("f8", 0.0, "deals", "Deals won with customers of whom a rep heard while he was selling something else")
    discounts = field("f8", 0.0, "money", "What was taken off the value of deals won")
    revenue_marketing = field("f8", 0.0, "money", "Value of deals won from marketing leads")
    revenue_traced = field("f8", 0.0, "money", "Value of deals won from marketing leads whose channel is on record")
    marketing_spend = field("f8", 0.0, "money", "Money spent on channels")
    pay_cost = field("f8", 0.0, "money", "Salaries and commission")
    practice_hours_cost = field("f8", 0.0, "money", "Hours of practices at their pay")
    practice_money = field("f8", 0.0, "money", "Money that practices cost beside hours")
    selling_hours = field("f8", 0.0, "hours", "Reps' hours on leads, prospects and opportunities")
    wasted_hours = field("f8", 0.0, "hours", "Those on leads already dead, or never buyers")
    lead_hours = field("f8", 0.0, "hours", "Those on marketing leads")
    meeting_hours = field("f8", 0.0, "hours", "Person-hours in meetings")
    notes_made = field("f8", 0.0, "count", "Field observations made")
    notes_used = field("f8", 0.0, "count", "Field observations that reached marketing while fresh")
    notes_sent = field("f8", 0.0, "count", "Field observations that reached marketing, fresh or not")
    notes_age = field("f8", 0.0, "days", "How old they were together")
    asked = field("f8", 0.0, "count", "Reps whom marketing asked what customers say")
    answered = field("f8", 0.0, "count", "Those who answered")
    requests = field("f8", 0.0, "count", "Questions of reps about a customer they were going to see")
    served = field("f8", 0.0, "count", "Those that marketing answered")
    trust_sales_in_marketing = field("f8", 0.0, "share", "Reps' trust in marketing's leads, mean")
    trust_marketing_in_sales = field("f8", 0.0, "share", "Marketing's trust that sales works its leads")
    marketing_need_error = field("f8", 0.0, "tolerances", "Root mean square error of marketing's beliefs")
    sales_need_error = field("f8", 0.0, "tolerances", "Root mean square error of the reps' beliefs")
    belief_gap = field("f8", 0.0, "tolerances", "Root mean square distance of the reps' beliefs from marketing's")
    meetings_with_material = field("f8", 0.0, "count", "Customer meetings for which there was material of marketing's")
    meetings_using_it = field("f8", 0.0, "count", "Those in which it was used")
    lead_threshold = field("f8", 0.0, "score", "Score from which an inquiry is a marketing lead")
