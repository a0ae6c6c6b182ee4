"""smsim: the simulator a firm plays before it changes how its sales and marketing people work together."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from smsim.agents.people import Marketer, Rep
    from smsim.compare import Comparison, compare
    from smsim.core.calendar import Rhythm
    from smsim.core.contracts import Mechanism, Phase, Practice
    from smsim.core.kernel import kernel, launch
    from smsim.core.kpi import Kpi
    from smsim.core.luck import luck
    from smsim.core.section import Section, param
    from smsim.core.table import Table, field
    from smsim.errors import InputError, RunError, ScenarioError, SmsimError
    from smsim.model import SalesMarketingModel, play
    from smsim.results import ResultSet, run
    from smsim.scenario import Scenario, load

__version__ = "0.1.0"

_HOMES = {
    "Comparison": "compare", "InputError": "errors", "Kpi": "core.kpi", "Marketer": "agents.people", "Mechanism": "core.contracts",
    "Phase": "core.contracts", "Practice": "core.contracts", "Rep": "agents.people", "ResultSet": "results", "Rhythm": "core.calendar",
    "RunError": "errors", "SalesMarketingModel": "model", "Scenario": "scenario", "ScenarioError": "errors", "Section": "core.section",
    "SmsimError": "errors", "Table": "core.table", "compare": "compare", "field": "core.table", "kernel": "core.kernel",
    "launch": "core.kernel", "load": "scenario", "luck": "core.luck", "param": "core.section", "play": "model", "run": "results",
}

__all__ = [
    "Comparison", "InputError", "Kpi", "Marketer", "Mechanism", "Phase", "Practice", "Rep", "ResultSet", "Rhythm", "RunError",
    "SalesMarketingModel", "Scenario", "ScenarioError", "Section", "SmsimError", "Table", "compare", "field", "kernel", "launch", "load",
    "luck", "param", "play", "run",
]


def __getattr__(name: str) -> Any:
    """Fetch a public name from its room when it is first asked for: `import smsim` is quick."""
    if name in _HOMES:
        return getattr(importlib.import_module(f"smsim.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'smsim' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
