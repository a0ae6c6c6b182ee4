"""Mesa's data collector, answered from the record. [mesa]"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mesa
import pandas as pd


class Daybook(mesa.DataCollector):
    """A value a day for every daily key figure. They are kept anyway: nothing is collected before somebody asks.

    What a user collects besides (`agent_reporters`, `agenttype_reporters`, tables) is Mesa's business, as always.
    """

    def __init__(self, daily: Callable[[], dict[str, list[float]]], **reporters: Any) -> None:
        self._daily = daily
        super().__init__(**reporters)

    @property
    def model_vars(self) -> dict[str, list[float]]:
        """Key figure → one value for each day played."""
        return self._daily()

    @model_vars.setter
    def model_vars(self, value: Any) -> None:
        """Mesa starts with an empty one."""

    def get_model_vars_dataframe(self) -> pd.DataFrame:
        """A row a day, a column for each daily key figure."""
        return pd.DataFrame(self.model_vars)
