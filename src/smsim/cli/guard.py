"""Around every command: what goes wrong becomes a message on standard error and an exit status."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable

from smsim.errors import SmsimError

INTERRUPTED = 130


def guarded[**P](command: Callable[P, int | None]) -> Callable[P, None]:
    """Make a command leave with its status, and with a plain message where it fails."""

    @functools.wraps(command)
    def leave(*args: P.args, **kwargs: P.kwargs) -> None:
        sys.exit(_status(lambda: command(*args, **kwargs)))

    return leave


def _status(command: Callable[[], int | None]) -> int:
    try:
        status = command() or 0
        sys.stdout.flush()
    except KeyboardInterrupt:
        say("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        close_pipe()
        return 0
    except SmsimError as error:
        say(f"error: {error}", "red")
        return error.exit_status
    except Exception as error:
        return _bug(error)
    return status


def _bug(error: Exception) -> int:
    if os.environ.get("SMSIM_DEBUG"):
        raise error
    say(f"{type(error).__name__}: {error}", "red")
    say("This is a bug in smsim, not in what you typed. SMSIM_DEBUG=1 before the same command shows where it happened.")
    return 1


def say(text: str, style: str = "") -> None:
    """Write a line on standard error, in colour on a terminal."""
    from rich.console import Console

    Console(stderr=True, soft_wrap=True).print(text, style=style or None, markup=False, highlight=False)


def close_pipe() -> None:
    """Let nobody complain that nobody reads any more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
