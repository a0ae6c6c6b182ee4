"""How far a study is, on standard error: a bar with the time left on a terminal, now and then a line elsewhere."""

from __future__ import annotations

import sys
import time
from typing import Any

#: Seconds before the first line, and between lines, where there is no terminal.
_FIRST, _EVERY = 1.0, 10.0


class Silent:
    """Says nothing."""

    def __enter__(self) -> Silent:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def __call__(self, done: int, of: int) -> None:
        """Take note of nothing."""


class Lines(Silent):
    """A line after a second, then one every ten."""

    def __init__(self) -> None:
        self._began, self._next, self._start, self._last = time.monotonic(), _FIRST, -1, (0, 0)

    def __call__(self, done: int, of: int) -> None:
        """Say how far it is, if it is time to."""
        if self._start < 0:
            self._start = done
        spent = time.monotonic() - self._began
        if spent >= self._next or (done == of and self._next > _FIRST):
            self._next = spent + _EVERY
            left = (of - done) * spent / max(done - self._start, 1)
            after = f", about {_span(left)} left" if done < of else ""
            print(f"{done} of {of} replications after {_span(spent)}{after}", file=sys.stderr, flush=True)


class Bar(Silent):
    """A bar that goes away when the study is done."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

        parts = (TextColumn("playing"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("left"),
                 TimeRemainingColumn())
        self._bar: Any = Progress(*parts, console=Console(stderr=True), transient=True)
        self._task: Any = None

    def __enter__(self) -> Bar:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def __call__(self, done: int, of: int) -> None:
        """Move the bar."""
        if self._task is None:
            self._task = self._bar.add_task("", total=of, completed=done)
        self._bar.update(self._task, completed=done)


def shown(*, quiet: bool) -> Silent:
    """What tells how far it is: nothing, lines, or a bar."""
    if quiet:
        return Silent()
    return Bar() if sys.stderr.isatty() else Lines()


def _span(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
