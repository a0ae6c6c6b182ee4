"""All rows in one hand, as kernels take them."""

from __future__ import annotations

from typing import Any

from smsim.core.bundle import Bundle


class Rows(Bundle):
    """The arrays of the tables; made anew when a table has grown."""

    customers: Any
    accounts: Any
    segments: Any
    shocks: Any
    insight: Any
    rep_insight: Any
    notes: Any
    reps: Any
    marketers: Any
    queues: Any
    deals: Any
    firm: Any
    follow_up: Any
    channels: Any
    inquiries: Any
    leads: Any
    agenda: Any
    log: Any
    today: Any
    products: Any
    interests: Any
    asking_days: Any
    know_how: Any
    sales: Any
    journal: Any
    named: Any
    rivals: Any
    rival_insight: Any
    rep_rival_insight: Any
    rival_notes: Any
    tips: Any
