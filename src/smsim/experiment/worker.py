"""What happens in the process that plays one replication."""

from __future__ import annotations

import importlib
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from smsim.experiment.compiling import alone_while_cold
from smsim.record import Run

#: Plays one replication: `play(scenario, seed, leads)`.
Play = Callable[[Any, int, bool], Run]
#: The model's own, by the path a worker imports it from.
MODEL = "smsim.model:play"


@dataclass(frozen=True)
class Failure:
    """Why a replication has no result."""

    error: str
    traceback: str = ""

    @classmethod
    def of(cls, error: BaseException) -> Failure:
        """What an exception says, in letters that any file can hold."""
        text = str(error).strip()
        told = f"{type(error).__name__}: {text}" if text else type(error).__name__
        trace = "".join(traceback.format_exception(error))
        return cls(*(part.encode("utf-8", "backslashreplace").decode() for part in (told, trace)))


@dataclass(frozen=True)
class Landed:
    """What came back, and the rules it was played by where that was another machine."""

    result: Run | Failure
    rules: str = ""


def find(play: Play | str) -> Play:
    """The function itself, imported where it is named as `module:function`."""
    if not isinstance(play, str):
        return play
    module, _, name = play.partition(":")
    found: Play = getattr(importlib.import_module(module), name)
    return found


def play_one(play: Play | str, scenario: Any, seed: int, leads: bool) -> Run | Failure:
    """Play one replication; whatever goes wrong in it comes back as a failure."""
    try:
        found = find(play)
        with alone_while_cold():
            return found(scenario, seed, leads)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a plugin may even call sys.exit()
        return Failure.of(error)


def start(line: Connection, play: Play | str) -> None:
    """Get a worker ready: Ctrl-C is its parent's business, its life ends with its parent's, the model is imported.

    What a plugin prints there goes to standard error, so that standard output holds results and nothing else.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    sys.stdout = sys.stderr
    threading.Thread(target=_die_with_parent, args=(line,), daemon=True).start()
    find(play)


def _die_with_parent(line: Connection) -> None:
    """Wait for the line to the parent to break: by its death, however sudden, or because it hangs up."""
    try:
        line.recv_bytes()
    except (EOFError, OSError):
        os._exit(1)
