"""How a lead can end, and at whose desk it ended. One of each for every lead, always."""

from __future__ import annotations

from enum import IntEnum


class Outcome(IntEnum):
    """The one cause with which a lead ended; `OPEN` has not."""

    OPEN = 0
    WON = 1
    LOST_TO_RIVAL = 2
    NO_DECISION = 3
    STALLED = 4
    BURNED_UNREADY = 5
    NOT_A_BUYER = 6
    WINDOW_CLOSED = 7
    COLD_IN_QUEUE = 8
    COLD_IN_HANDOFF = 9
    REJECTED = 10
    NEVER_ROUTED = 11
    EXPIRED = 12
    BELOW_THRESHOLD = 13

    @property
    def label(self) -> str:
        """The name as it stands in files."""
        return self.name.lower()


class Desk(IntEnum):
    """Where a lead ended."""

    NOBODY = 0
    MARKETING = 1
    HANDOFF = 2
    REP = 3
    EXECUTIVE = 4
    CUSTOMER = 5
    RIVAL = 6

    @property
    def label(self) -> str:
        """The name as it stands in files; empty for a lead still open."""
        return "" if self is Desk.NOBODY else self.name.lower()


#: The desk each outcome ends at.
DESK_OF = {
    Outcome.OPEN: Desk.NOBODY, Outcome.WON: Desk.CUSTOMER, Outcome.LOST_TO_RIVAL: Desk.RIVAL, Outcome.NO_DECISION: Desk.CUSTOMER,
    Outcome.STALLED: Desk.CUSTOMER, Outcome.BURNED_UNREADY: Desk.REP, Outcome.NOT_A_BUYER: Desk.CUSTOMER,
    Outcome.WINDOW_CLOSED: Desk.REP, Outcome.COLD_IN_QUEUE: Desk.REP, Outcome.COLD_IN_HANDOFF: Desk.HANDOFF,
    Outcome.REJECTED: Desk.REP, Outcome.NEVER_ROUTED: Desk.HANDOFF, Outcome.EXPIRED: Desk.REP, Outcome.BELOW_THRESHOLD: Desk.MARKETING,
}
