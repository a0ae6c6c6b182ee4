"""What the title of a waterfall says of the gap."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from smsim.report import steps


def _title(low: float, high: float) -> str:
    findings: Any = SimpleNamespace(baseline="silo", currency="$", kpi=lambda _: SimpleNamespace(unit="money"))
    rows = pd.DataFrame({"label": ["meetings", "pledge"], "value": [75_000.0, 25_000.0], "alone": [1.0, 1.0]})
    return steps.title(steps.Steps(findings, "alliance", "revenue", rows, (100_000.0, low, high), 4))


def test_a_gap_that_may_be_nought_is_told_to_be_too_close_to_call() -> None:
    assert "by $100k, too close to call: 75% of it through meetings" in _title(-50_000, 250_000)


@pytest.mark.parametrize(("low", "high"), [(50_000, 150_000), (float("nan"), float("nan"))])
def test_a_gap_beyond_its_interval_or_of_one_world_is_told_as_it_is(low: float, high: float) -> None:
    assert "by $100k: 75%" in _title(low, high)
