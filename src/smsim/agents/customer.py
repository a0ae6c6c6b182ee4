"""A customer is a view on a row. [mesa]"""

from __future__ import annotations

from smsim.core.view import RowAgent


class Customer(RowAgent):
    """Somebody who may buy: `goodwill`, `stage`, `window_end`, `segment`, `value`, `offset`, `purchases` … are columns."""
