"""The command that decides: candidates within a budget are played on the same luck, and what to do is said."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smsim.cli import studies, tell
from smsim.cli.guard import say
from smsim.cli.manner import Manner
from smsim.cli.progress import shown

if TYPE_CHECKING:
    from smsim.advice.advice import Advice
    from smsim.advice.decision import Decision
    from smsim.advice.recommending import Found


def recommend(asked: studies.Asked, manner: Manner, *, yes: bool) -> int:
    """Play a decision, write its tables, draw its pictures, print what to do."""
    from smsim.advice.advice import Advice

    decision = read(asked)
    out = manner.out or Path("results") / studies.as_folder(decision.name)
    advice = Advice.of(_play(decision, manner, out, yes=yes), ["smsim", *sys.argv[1:]])
    advice.write(out)
    undrawn = studies.draw_into(out, manner)
    _tell(advice, out, manner)
    if undrawn is not None:
        raise undrawn
    return 0


def read(asked: studies.Asked) -> Decision:
    """Read the decision. Raises ScenarioError."""
    from smsim.advice.decision import read_decision
    from smsim.scenario.command import Told

    told = [Told(f"--{name}", f"run.{name}", value) for name, value in asked.run.items() if value is not None and name != "replications"]
    return read_decision(asked.scenarios[0], [*asked.sets, *told], asked.run.get("replications"))


def _play(decision: Decision, manner: Manner, out: Path, *, yes: bool) -> Found:
    from smsim.advice import recommending
    from smsim.experiment.runner import Crew

    crew = recommending.prepare(decision, Crew(manner.count(), cluster=manner.cluster), out)
    if not yes:
        _require_short(decision, crew, manner)
    try:
        with shown(quiet=manner.is_silent) as progress, contextlib.redirect_stdout(sys.stderr):  # a plugin may print
            found = recommending.recommend(decision, crew, out, progress, ["smsim", *sys.argv[1:]])
    except KeyboardInterrupt:
        say(f"What was finished is kept in {out}; the same command goes on from there.")
        raise
    if found.bench.reused and not manner.is_silent:
        say(f"{found.bench.reused} of {found.bench.runs} replications had been played before and came from the store (`smsim store`)")
    for trouble in dict.fromkeys(found.bench.troubles):
        say(trouble, "yellow")
    return found


def _require_short(decision: Decision, crew: Any, manner: Manner) -> None:
    """Time one replication, and say how long it takes at most. Raises PlanError where that is long."""
    from smsim.advice.length import measure
    from smsim.experiment.compiling import is_cold
    from smsim.experiment.length import require_short

    if not manner.is_silent and is_cold():
        say("timing one replication; the model is compiled first, once, which takes a minute or so")
    with contextlib.redirect_stdout(sys.stderr):
        length = measure(decision, crew)
    require_short(length)
    if not manner.is_silent:
        say(f"at most {length}")


def _tell(advice: Advice, out: Path, manner: Manner) -> None:
    if manner.json:
        tell.as_json(as_told(advice, out) | manner.where())
    elif not manner.quiet:
        in_words(advice)
        tell.on_terminal().print(f"\nReport: {out / 'report.html'}", markup=False, highlight=False, soft_wrap=True)
        manner.tell_where()


def as_told(advice: Advice, out: Path) -> dict[str, Any]:
    """What `--json` prints: everything of the recommendation but the candidates of the search."""
    names = ("shortlist", "steps", "regret")
    return {"out": str(out), **advice.about} | {name: tell.rows(getattr(advice, name)) for name in names}


def in_words(advice: Advice) -> None:
    """Print what to do, the short list and the steps."""
    from smsim.report.advice import page, words

    console = tell.on_terminal()
    for text in (f"{words.headline(advice)}.", *words.sentences(advice)):
        console.print(text, markup=False, highlight=False, soft_wrap=not console.is_terminal)
    for told in page.tables(advice):
        console.print()
        _print_table(told)
        console.print(told["foot"], style="dim", markup=False, highlight=False, soft_wrap=not console.is_terminal)


def _print_table(told: dict[str, Any]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(str(told["title"]), style="bold"), title_justify="left", box=None, pad_edge=False, header_style="bold",
                  padding=(0, 2, 0, 0))
    for at, head in enumerate(told["heads"]):
        table.add_column(head, overflow="fold", justify="left" if at < 2 else "right")
    for row in told["rows"]:
        table.add_row(*map(Text, row))
    tell.on_terminal().print(table)
