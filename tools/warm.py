"""Compiles the kernels once, so that test processes that start together find them on disk."""

from __future__ import annotations

import sys

from smsim.core.kernel import COMPILED
from smsim.experiment.compiling import alone_while_cold
from smsim.model import play
from smsim.scenario import load
from smsim.scenario.library import names


def main() -> None:
    """Play every shipped scenario once."""
    if not COMPILED:
        return
    print("compiling what is not yet compiled", file=sys.stderr)
    with alone_while_cold():
        for name in names():
            play(load(name), seed=1)


if __name__ == "__main__":
    main()
