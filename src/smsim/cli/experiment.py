"""The command that answers a question in a file: every firm it asks for is played on the same luck."""

from __future__ import annotations

import contextlib
import math
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smsim.cli import mattering, studies, tell
from smsim.cli.guard import say
from smsim.cli.manner import Manner

if TYPE_CHECKING:
    from smsim.experiment.designs import Design
    from smsim.experiment.length import Length
    from smsim.experiment.plan import Plan
    from smsim.report.answers import Answers

#: More firms than this are counted, not listed.
_LINES = 40


def experiment(asked: studies.Asked, manner: Manner, band: str, *, yes: bool) -> int:
    """Play a question, write its tables, draw its pictures, print its answer."""
    return answer(read(asked), manner, band, yes=yes)


def answer(design: Design, manner: Manner, band: str, *, yes: bool) -> int:
    """The same for a question that was read."""
    from smsim.compare import Comparison
    from smsim.experiment import designs

    share = studies.share_of(band)
    plan, out = prepare(design, manner, yes=yes)
    about = design.about()
    try:
        results, _ = studies.play(plan, manner, out, {"band": share, "experiment": about})
    finally:
        if (out / "provenance.json").is_file():
            designs.write(about, out)
    if results.baseline not in results.scenarios:
        return studies.status(results, out)
    comparison = Comparison(results, share)
    comparison.write(out)
    if design.is_screening:
        mattering.write(comparison, out)
    undrawn = studies.draw_into(out, manner)
    _tell(comparison, out, manner)
    return studies.status(results, out, undrawn)


def read(asked: studies.Asked) -> Design:
    """Read the question. Raises ScenarioError."""
    from smsim.experiment.designs import Design
    from smsim.experiment.question import read_question
    from smsim.scenario.command import Told

    told = [Told(f"--{name}", f"run.{name}", value) for name, value in asked.run.items() if value is not None]
    return Design(read_question(asked.scenarios[0], [*asked.sets, *told]))


def prepare(design: Design, manner: Manner, *, yes: bool) -> tuple[Plan, Path]:
    """What is played, and where it goes. Raises PlanError for what takes long, unless that is wanted; nothing is written."""
    from smsim.experiment import folder, length
    from smsim.experiment.plan import Plan
    from smsim.experiment.runner import Crew
    from smsim.experiment.study import ready

    workers = Crew(manner.count())
    base = Plan((design.question.base,))
    if design.size > length.MOST:
        _require_short(lambda: length.too_many(base, design.size, ready(base, workers)), design, manner)
    plan = Plan(tuple(variant.scenario for variant in design.variants))
    plan.require_comparable()
    out = manner.out or Path("results") / studies.as_folder(design.question.name)
    folder.require(out, plan)
    if not yes:
        crew = ready(plan, workers)
        _require_short(lambda: length.measure(plan, out, crew), design, manner)
    return plan, out


def _require_short(measure: Callable[[], Length], design: Design, manner: Manner) -> None:
    """Time one replication, and say how long everything takes. Raises PlanError where that is long."""
    from smsim.experiment.compiling import is_cold
    from smsim.experiment.length import require_short

    if not manner.is_silent and is_cold():
        say("timing one replication; the model is compiled first, once, which takes a minute or so")
    with contextlib.redirect_stdout(sys.stderr):  # a plugin may print
        found = measure()
    require_short(found, design.question.factors[0].mark)
    if not manner.is_silent:
        say(str(found))


def _tell(comparison: Any, out: Path, manner: Manner) -> None:
    from smsim.report.answers import answers
    from smsim.report.findings import gather
    from smsim.report.mattering import Mattering

    found = answers(gather(comparison))
    assert found is not None
    if manner.json and isinstance(found, Mattering):
        tell.as_json(mattering.as_json(found, out) | manner.where())
    elif manner.json:
        tell.as_json(tell.of_comparison(comparison, out) | {"experiment": of_answers(found)} | manner.where())
    elif not manner.quiet:
        if isinstance(found, Mattering):
            mattering.in_words(found)
        else:
            in_words(found)
        _print(f"\nReport: {out / 'report.html'}")
        manner.tell_where()


def of_answers(found: Answers) -> dict[str, Any]:
    """What `experiment --json` prints beside what `compare --json` does: the question and a row per firm and key figure."""
    columns = ["scenario", "against", "mean", "low", "high", "gap", "gap_low", "gap_high", "verdict"]
    rows = []
    for kpi in found.measure:
        for row, values in zip(tell.rows(found.rows(kpi)), found.firms.to_dict("records"), strict=True):
            settings = {key: values[f"f{at}"] for at, key in enumerate(found.factors)}
            rows.append({"kpi": kpi, "values": settings} | {name: row[name] for name in columns})
    about = {"name": found.asked["name"], "design": found.asked["design"], "factors": found.factors, "measure": found.measure}
    return about | {"answers": rows}


def in_words(found: Answers) -> None:
    """Print what each firm came to, figure by figure; of a latin design, how closely each figure follows each setting."""
    from smsim.report.wording import label

    _print(f"{found.asked['name']}: {len(found.firms)} firms, {found.findings.replications} replications of each")
    if not found.is_grid:
        _print("Rank correlation of each figure's mean with each setting, from −1 (falls) to +1 (rises):")
        _columns({"setting": found.factors} | {label(kpi): [_signed(lean) for lean in found.leanings(kpi)] for kpi in found.measure})
    for kpi in found.measure:
        if found.is_grid and len(found.firms) <= _LINES:
            _columns(_figures(found, kpi))
        _print(found.sentence(kpi))


def _figures(found: Answers, kpi: str) -> dict[str, list[str]]:
    from smsim.report.answers import called
    from smsim.report.wording import label

    rows = found.rows(kpi)
    settings = {called(key): list(found.firms[f"f{at}"]) for at, key in enumerate(found.factors)}
    return settings | {label(kpi): list(rows["mean_words"]), "difference": [words.replace("\n", " ") for words in rows["gap_words"]],
                       "verdict": list(rows["verdict"])}


def _signed(lean: float) -> str:
    return "–" if math.isnan(lean) else f"{lean:+.2f}".replace("-", "−")


def _columns(columns: dict[str, list[str]]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for head in columns:
        table.add_column(Text(head), overflow="fold")
    for line in zip(*columns.values(), strict=True):
        table.add_row(*map(Text, line))
    tell.on_terminal().print(table)


def _print(line: str) -> None:
    tell.on_terminal().print(line, markup=False, highlight=False, soft_wrap=True)
