"""A study that takes some seconds, for tests that stop it; `python interrupt_study.py OUT WORKERS [precision|best]`."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "unit"))

import runner_pretend as pretend

if __name__ == "__main__":
    from smsim.compare import compare
    from smsim.results import run

    out, workers = sys.argv[1], int(sys.argv[2])
    scenarios = [pretend.Pretended("silo", replications=15), pretend.Pretended("rhythm", 5.0, replications=15)]
    aims = {"precision": {"precision": {"revenue": 0.05}}, "best": {"best": "revenue", "band": 0.05}}
    try:
        if len(sys.argv) > 3:
            scenarios += [pretend.Pretended("weak", -20.0)]
            compare(scenarios, play=pretend.slow_and_noisy, out=out, workers=workers, **aims[sys.argv[3]])
        else:
            run(scenarios, play=pretend.slow, out=out, workers=workers, leads=True)
    except KeyboardInterrupt:
        sys.exit(130)
