"""How far a study is, on standard error: a bar with the time left on a terminal, now and then a line elsewhere."""

from __future__ import annotations

import sys
import threading
import time
from typing import Any

from smsim.experiment.compiling import is_cold

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

    def tell(self, text: str) -> None:
        """Say what is still wanted; nobody listens."""


class Lines(Silent):
    """A line after a second, then one every ten, and one at the end."""

    def __init__(self) -> None:
        self._began, self._start, self._done, self._of, self._said = time.monotonic(), -1, 0, 0, 0
        self._over = threading.Event()
        self._wanted = ""

    def __enter__(self) -> Lines:
        threading.Thread(target=self._talk, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        if self._said and self._done == self._of:
            self._say()

    def __call__(self, done: int, of: int) -> None:
        """Take note of how far it is."""
        self._start, self._done, self._of = done if self._start < 0 else self._start, done, of

    def tell(self, text: str) -> None:
        """Add to each line what is still wanted."""
        self._wanted = f"; {text}" if text else ""

    def _talk(self) -> None:
        pause = _FIRST
        while not self._over.wait(pause):
            self._say()
            pause = _EVERY

    def _say(self) -> None:
        if not self._of:
            return
        self._said += 1
        spent, new = time.monotonic() - self._began, self._done - self._start
        after = f", about {_span((self._of - self._done) * spent / new)} left" if new > 0 and self._done < self._of else ""
        if new <= 0 and self._said == 1 and is_cold():
            after = "; the model is compiled first, once, which takes some ten seconds"
        print(f"{self._done} of {self._of} replications after {_span(spent)}{after}{self._wanted}", file=sys.stderr, flush=True)


class Bar(Silent):
    """A bar that goes away when the study is done."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

        parts = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("left"),
                 TimeRemainingColumn())
        self._bar: Any = Progress(*parts, console=Console(stderr=True), transient=True)
        self._task: Any = None
        self._start = 0
        self._wanted = ""

    def __enter__(self) -> Bar:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def __call__(self, done: int, of: int) -> None:
        """Move the bar."""
        if self._task is None:
            self._task = self._bar.add_task("compiling, once" if is_cold() and done < of else "playing", total=of, completed=done)
            self._start = done
        said = {"description": self._wanted or "playing"} if done > self._start else {}
        self._bar.update(self._task, completed=done, total=of, **said)

    def tell(self, text: str) -> None:
        """Stand before the bar."""
        self._wanted = text


def shown(*, quiet: bool) -> Silent:
    """What tells how far it is: nothing, lines, or a bar."""
    if quiet:
        return Silent()
    return Bar() if sys.stderr.isatty() else Lines()


def _span(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
