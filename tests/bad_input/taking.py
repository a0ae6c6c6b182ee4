"""Wants the name of a practice that comes with smsim."""

from smsim import Practice


class Mine(Practice):
    """A habit with a name that is taken."""

    name = "meetings"
