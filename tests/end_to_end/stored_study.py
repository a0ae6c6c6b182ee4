"""A study whose runs are kept, for tests that stop it; `python stored_study.py OUT STORE MARKS REPLICATIONS NAP WORKERS`."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "unit"))

import runner_pretend as pretend
from runner_played import Counting

if __name__ == "__main__":
    from smsim.results import run

    out, store, marks, replications, nap, workers = sys.argv[1:]
    scenarios = [pretend.Pretended(name, effect, int(replications)) for name, effect in (("silo", 0.0), ("rhythm", 5.0))]
    found = run(scenarios, play=Counting(marks, nap=float(nap)), out=out, store=store, workers=int(workers), leads=True)
    sys.stdout.writelines(found.provenance["store"]["troubles"])
