"""Writes down the numbers of every shipped scenario (`make golden`). A number that moves needs a news fragment that says why.

    python tools/golden.py
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Any

from smsim.core.luck import replication_seed
from smsim.model import play
from smsim.scenario import load
from smsim.scenario.library import names
from smsim.world.products import Launch

NUMBERS = Path(__file__).parents[1] / "tests" / "golden" / "numbers.json"
#: One world of each, half a year after a quarter of warm-up, or as long as the scenario itself is; launches and renewals to the end.
_WEEKS = 39


def numbers(name: str) -> dict[str, Any]:
    """Every key figure of one world of a shipped scenario; null where there is none."""
    scenario = load(name)
    long = scenario.each(Launch) or scenario["market.accounts.renewal"] < math.inf
    weeks = scenario["run.weeks"] if long else min(_WEEKS, scenario["run.weeks"])
    shorter = scenario.but({"run.weeks": weeks})
    kpis = play(shorter, replication_seed(1, 0)).kpis
    return {kpi: None if math.isnan(value) else value for kpi, value in sorted(kpis.items())}


def main() -> None:
    """Write them."""
    NUMBERS.write_text(json.dumps({name: numbers(name) for name in names()}, indent=1) + "\n", encoding="utf-8")
    print(f"{len(names())} scenarios", file=sys.stderr)


if __name__ == "__main__":
    main()
