"""A practice that fails in the middle of a run, in the way it is told; a plugin of the tests."""

import os
import signal
import sys

from smsim import Practice, Rhythm, Section, param


class Trouble(Section, at="practices.trouble"):
    """What goes wrong."""

    kind: str = param("none", "text", "What goes wrong", source="assumed", grade="C",
                      choices=("none", "raise", "leave", "memory", "kill"))


class Making(Practice):
    """Trouble is made on the thirtieth day."""

    name = "trouble"
    sections = (Trouble,)

    def rhythm(self) -> Rhythm:
        """Every thirty days."""
        return Rhythm(30.0)

    def morning(self, day: int) -> None:
        """Fail."""
        print("a morning of trouble")  # noqa: T201 a user may
        kind = self.scenario.of(Trouble).kind
        if kind == "raise":
            raise RuntimeError("no coffee\nleft \udcff")
        if kind == "leave":
            sys.exit(0)
        if kind == "memory":
            bytearray(10**15)
        if kind == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
