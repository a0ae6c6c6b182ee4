"""Around every command: what goes wrong becomes a message on standard error and an exit status."""

from __future__ import annotations

import errno
import functools
import os
import re
import sys
import textwrap
from collections.abc import Callable

from smsim.errors import SmsimError

INTERRUPTED = 130
_HANGS = re.compile(r" *((read|allowed): +)?")
#: Where a disk or a machine comes to its end.
_ENDS = {errno.ENOSPC: "the disk is full", errno.EDQUOT: "the disk quota is used up", errno.EFBIG: "the file would be too large",
         errno.EROFS: "the disk may not be written to", errno.EIO: "the disk fails",
         errno.EAGAIN: "the machine takes no more processes", errno.ENOMEM: "there is not enough memory"}


def guarded[**P](command: Callable[P, int | None]) -> Callable[P, None]:
    """Make a command leave with its status, and with a plain message where it fails."""

    @functools.wraps(command)
    def leave(*args: P.args, **kwargs: P.kwargs) -> None:
        sys.exit(_status(lambda: command(*args, **kwargs)))

    return leave


def _status(command: Callable[[], int | None]) -> int:
    try:
        status = command() or 0
        if sys.stdout is not None:  # it may have been closed before the command began
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
    except BaseException as error:
        if isinstance(error, SystemExit) and isinstance(error.__context__, BrokenPipeError):  # rich leaves so
            close_pipe()
            return 0
        return _not_on_purpose(error)
    return status


def _not_on_purpose(error: BaseException) -> int:
    """What nobody raised on purpose: a machine at its end, or a bug."""
    if os.environ.get("SMSIM_DEBUG"):
        raise error
    if isinstance(error, OSError) and error.errno in _ENDS:
        where = f"{error.filename}: " if error.filename else ""
        say(f"error: {where}cannot go on: {_ENDS[error.errno]}; what was finished before is kept", "red")
        _let_go()
        return 1
    if isinstance(error, MemoryError):
        say("error: there is not enough memory; what was finished before is kept. Fewer or shorter replications take less", "red")
        return 1
    say(f"{type(error).__name__}: {error}", "red")
    say("This is a bug in smsim, not in what you typed. SMSIM_DEBUG=1 before the same command shows where it happened.")
    return 1


def say(text: str, style: str = "") -> None:
    """Write on standard error; on a terminal in colour and within its width, elsewhere line by line as it is."""
    from rich.console import Console

    console = Console(stderr=True, soft_wrap=True, emoji=False)
    if console.is_terminal:
        text = "\n".join(_folded(line, console.width) for line in text.splitlines())
    console.print(text, style=style or None, markup=False, highlight=False)


def _folded(line: str, width: int) -> str:
    """A line as a paragraph that hangs below its first word, or below the word after `read:` and the like."""
    indent = _HANGS.match(line)
    assert indent is not None
    return textwrap.fill(line.strip(), max(width - 1, 20), initial_indent=line[: len(line) - len(line.lstrip())],
                         subsequent_indent=" " * max(4, len(indent[0])), break_long_words=False, break_on_hyphens=False)


def _let_go() -> None:
    """Do not try again, on leaving, to write what standard output could not take."""
    try:
        sys.stdout.flush()
    except OSError:
        close_pipe()


def close_pipe() -> None:
    """Let nobody complain that nobody reads any more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
