"""A study that takes some seconds, for tests that stop it; `python interrupt_study.py OUT WORKERS`."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "unit"))

import runner_pretend as pretend

if __name__ == "__main__":
    from smsim.results import run

    out, workers = sys.argv[1], int(sys.argv[2])
    scenarios = [pretend.Pretended("silo", replications=15), pretend.Pretended("rhythm", 5.0, replications=15)]
    try:
        run(scenarios, play=pretend.slow, out=out, workers=workers, leads=True)
    except KeyboardInterrupt:
        sys.exit(130)
