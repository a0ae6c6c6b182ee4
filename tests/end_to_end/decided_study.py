"""A decision that kills itself: `python decided_study.py FILE OUT LOOK REPLICATIONS`, kill −9 in that look after so many replications."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "unit"))

import objectives

if __name__ == "__main__":
    from smsim.advice.advice import Advice
    from smsim.advice.bench import Bench
    from smsim.advice.decision import read_decision
    from smsim.advice.recommending import recommend
    from smsim.experiment.runner import Crew

    file, out, number, replications = sys.argv[1:]
    begun, left, plain = [0], [int(replications)], Bench.play

    def counted(bench: Bench, look: Any, picks: Any) -> None:
        """A look that counts."""
        begun[0] += 1
        if begun[0] == int(number) and not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        plain(bench, look, picks)

    def deadly(scenario: Any, seed: int, leads: bool = False) -> Any:
        """A run that is the last after so many."""
        if begun[0] == int(number):
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return objectives.meeting(scenario, seed, leads)

    Bench.play = counted  # type: ignore[method-assign]
    found = recommend(read_decision(file, ["run.warm_up=0 weeks"]), Crew(workers=1, play=deadly, store="off"), Path(out))
    Advice.of(found).write(Path(out))
