"""What changes in the course of a run: dates, and the settings that hold from then on."""

from __future__ import annotations

import math
from typing import Any

from smsim.core.section import Section, param

_OTHERS = "a change changes no other change"


class Change(Section, at="changes[]"):
    """Something that is different from the morning of a day on. Until then the run is the same, to the last bit."""

    at_: float = param(math.inf, "date", "The morning from which on it holds; a day of the run", source="assumed", grade="C", low=0,
                       high=7280, words={"never": math.inf}, fixed=_OTHERS)
    set_: dict[str, Any] = param(dict, "settings", "The settings that hold from then on, each as anywhere else in the file",
                                 source="assumed", grade="C", fixed=_OTHERS)
