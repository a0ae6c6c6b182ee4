"""YAML in, scenario out."""

from smsim.scenario.library import shipped
from smsim.scenario.loading import from_tree, load, load_all, vary
from smsim.scenario.scenario import Scenario

__all__ = ["Scenario", "from_tree", "load", "load_all", "shipped", "vary"]
