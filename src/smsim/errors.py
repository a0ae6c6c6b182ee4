"""Everything that can go wrong, as a tree.

    SmsimError
    ├── InputError              exit status 2, nothing written
    │   ├── ScenarioError       a scenario file says something it cannot (carries one or more `Problem`s)
    │   ├── LeadLogError        a replayed lead log has bad rows
    │   ├── PluginError         a user's own file cannot be used
    │   └── PlanError           the command asks for what cannot be played
    └── RunError                exit status 1, what was finished is kept
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

#: How many problems an error's text tells; `problems` holds them all.
_MOST_TOLD = 100


def printable(text: str) -> str:
    """The text with every letter that would move a cursor, hide or colour something written as an escape."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in text)


@dataclass(frozen=True)
class Mark:
    """A place in a file: its name, and line and column counted from 1 (0 where there is none)."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        file = printable(self.file)
        return f"{file}:{self.line}:{self.column}" if self.line else file


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an input: where, what was read, what is allowed, what was probably meant."""

    what: str
    mark: Mark | None = None
    read: str = ""
    allowed: str = ""
    meant: str = ""

    def __str__(self) -> str:
        what = printable(self.what)
        lines = [f"{self.mark}: {what}" if self.mark else what]
        if self.read:
            lines.append(f"    read:     {printable(self.read)}")
        if self.allowed:
            lines.append(f"    allowed:  {printable(self.allowed)}")
        if self.meant:
            lines.append(f"    did you mean {printable(self.meant)}?")
        return "\n".join(lines)


class SmsimError(Exception):
    """The root of every error smsim raises on purpose."""

    exit_status = 1


class InputError(SmsimError):
    """What was given cannot be used; nothing has been written."""

    exit_status = 2

    def __init__(self, problems: str | Problem | Iterable[Problem]) -> None:
        if isinstance(problems, str):
            problems = Problem(problems)
        if isinstance(problems, Problem):
            problems = [problems]
        self.problems = tuple(problems)
        told = [str(problem) for problem in self.problems[:_MOST_TOLD]]
        more = len(self.problems) - len(told)
        super().__init__("\n".join([*told, f"… and {more} more"] if more else told))


class ScenarioError(InputError):
    """A scenario file says something it cannot."""


class LeadLogError(InputError):
    """A lead log to be replayed has rows that cannot be read."""


class PluginError(InputError):
    """A user's own mechanism, practice or mind cannot be used."""


class PlanError(InputError):
    """The command asks for something that cannot be played."""


class RunError(SmsimError):
    """Something failed while playing; what was finished is kept."""
