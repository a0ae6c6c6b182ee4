"""One rep's week on the terminal, or as one JSON object."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from smsim.cli import tell
from smsim.errors import InputError, Problem

if TYPE_CHECKING:
    from smsim.diary.keeping import Week


def diary(source: str, sets: Sequence[str], which: dict[str, str], *, json: bool) -> int:
    """Play a world up to a week and tell what one rep did in it. `which` names rep, week and replication."""
    from smsim.diary.keeping import keep
    from smsim.diary.telling import as_plain
    from smsim.scenario import load

    numbers = {name: _whole(name, text) for name, text in which.items()}
    week = keep(load(source, sets), **numbers)
    if json:
        tell.as_json(as_plain(week))
    else:
        _in_words(week)
    return 0


def _whole(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise InputError(Problem(f"--{name} is no number", read=text[:80], allowed="a whole number from 0"))
    return int(text)


def _in_words(week: Week) -> None:
    """Dim is what he did not know."""
    from rich.text import Text

    from smsim.diary.telling import head, is_silent, lines, tail, title

    console = tell.on_terminal()
    for count, line in enumerate(head(week)):
        console.print(Text(line, style="" if count else "bold"))
    for day in week.days:
        if is_silent(day):
            continue
        console.print(Text(f"\n{title(day)}", style="bold"))
        for one in lines(day, week):
            text = Text(f"  {one.when:<13}{one.what}")
            text.append(f"  [in truth {one.truth}]" if one.truth else "", style="dim")
            console.print(text, soft_wrap=not console.is_terminal)
    console.print("")
    for line in tail(week):
        console.print(Text(line), soft_wrap=not console.is_terminal)
