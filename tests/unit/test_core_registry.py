"""What is found: the rooms, and installed packages through their entry points."""

from __future__ import annotations

import importlib.metadata
import types
from typing import Any

import pytest

from smsim.core.contracts import Practice
from smsim.core.registry import registry
from smsim.errors import PluginError


class _Point:
    """An entry point that loads a module made here."""

    def __init__(self, module: types.ModuleType) -> None:
        self.module = module

    def load(self) -> types.ModuleType:
        return self.module


def _installed(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    module = types.ModuleType("somebodys_package")
    practice = type("Lunch", (Practice,), {"name": name, "__module__": module.__name__})
    module.Lunch = practice  # type: ignore[attr-defined]
    found: Any = lambda group: [_Point(module)] if group == "smsim" else []  # noqa: E731
    monkeypatch.setattr(importlib.metadata, "entry_points", found)


def test_an_installed_package_is_found_by_its_entry_point(monkeypatch: pytest.MonkeyPatch) -> None:
    _installed(monkeypatch, "lunch")
    assert "lunch" in registry.__wrapped__(()).practices


def test_a_name_that_is_taken_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    _installed(monkeypatch, "meetings")
    with pytest.raises(PluginError, match="taken"):
        registry.__wrapped__(())


def test_the_day_runs_in_the_order_of_its_phases() -> None:
    parts = registry(()).parts()
    phases = [part.phase for part in parts if hasattr(part, "phase")]
    assert phases == sorted(phases)
    assert {"needs", "demand", "handoff", "selling", "choice", "trust", "record"} <= set(registry(()).mechanisms)
