"""The command that asks what matters, and how what it found is written and told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smsim.cli import studies, tell
from smsim.errors import InputError, Problem, RunError

if TYPE_CHECKING:
    from smsim.cli.manner import Manner
    from smsim.compare import Comparison
    from smsim.experiment.designs import Design
    from smsim.report.mattering import Mattering

#: What one range of numbers on the command line looks like.
_RANGE = re.compile(r"(.+?)\.\.(.+)")
_SIZES = {"morris": "--trajectories", "sobol": "--points"}


@dataclass(frozen=True)
class Wanted:
    """What is varied, by which method, at how many points, and what is measured."""

    over: list[str]
    method: str
    sizes: Mapping[str, str | None]
    measure: list[str]


def sensitivity(asked: studies.Asked, wanted: Wanted, manner: Manner, band: str, *, yes: bool) -> int:
    """Ask what matters in a firm, or in what one firm has over another."""
    from smsim.cli import experiment

    return experiment.answer(read(asked, wanted), manner, band, yes=yes)


def read(asked: studies.Asked, wanted: Wanted) -> Design:
    """The question of the command line, as a file would ask it. Raises ScenarioError or InputError."""
    from smsim.experiment.designs import Design
    from smsim.experiment.question import asked_of
    from smsim.scenario.command import Told

    if len(asked.scenarios) > 2:
        raise InputError(Problem("one firm is asked about, or what a second has over the first", read=", ".join(asked.scenarios)[:80],
                                 allowed="A, or A B"))
    if wanted.method not in _SIZES:
        raise InputError(Problem("--method is no way to say what matters", read=wanted.method[:80], allowed=" or ".join(_SIZES)))
    told: dict[str, Any] = {"base": asked.scenarios, "design": wanted.method, "vary": _varied(wanted.over), "measure": wanted.measure}
    told |= {"name": f"what matters in {'+'.join(Path(name).stem for name in asked.scenarios)} by {wanted.method}"}
    sizes = {name: size for name, size in wanted.sizes.items() if size is not None}
    own = _SIZES[wanted.method]
    if sizes.keys() - {own}:
        raise InputError(Problem(f"{' and '.join(sizes.keys() - {own})} is of the other method", read=f"--method {wanted.method}",
                                 allowed=f"{own} N"))
    if own in sizes:
        told["samples"] = sizes[own]
    run = [Told(f"--{name}", f"run.{name}", value) for name, value in asked.run.items() if value is not None]
    return Design(asked_of(told, [*asked.sets, *run]))


def _varied(over: list[str]) -> Any:
    """`KEY=LOW..HIGH`, `KEY=A,B` or `KEY` alone, over its evidence range; all settings that have one where none is named."""
    from smsim.experiment.factors import EVIDENCE
    from smsim.scenario.command import choices

    found: dict[str, Any] = {}
    for text in over:
        key, equals, value = (part.strip() for part in text.partition("="))
        if not key or key in found or (equals and not value):
            what = f"`{key[:80]}` is varied twice" if key in found else "--over is no setting to vary"
            raise InputError(Problem(what, read=text[:80], allowed="KEY=LOW..HIGH, KEY=A,B, or KEY alone over its evidence range; once"))
        ends = _RANGE.fullmatch(value)
        found[key] = EVIDENCE if not equals else f"{ends[1].strip()} to {ends[2].strip()}" if ends else choices(text)[1]
    return found or EVIDENCE


def write(comparison: Comparison, folder: Path) -> None:
    """Write `sensitivity.parquet`: a row per key figure and setting. Raises RunError where the disk is full."""
    from smsim.experiment import tables

    table = tables.from_frame(_of(comparison).everything())
    try:
        tables.write(folder / "sensitivity.parquet", [table], table.schema)
    except OSError as error:
        raise RunError(f"{folder}: cannot write sensitivity.parquet: {error.strerror or error}; the runs are kept") from error


def _of(comparison: Comparison) -> Mattering:
    from smsim.report.answers import answers
    from smsim.report.findings import gather
    from smsim.report.mattering import Mattering

    found = answers(gather(comparison))
    assert isinstance(found, Mattering)
    return found


def as_json(found: Mattering, out: Path) -> dict[str, Any]:
    """What `sensitivity --json` prints: the method, the firms, and a row per key figure and setting as in the table."""
    told = {kpi: {"says": found.sentence(kpi), "rests_on": found.ends(kpi), "flags": found.flags(kpi)} for kpi in found.measure}
    return {"out": str(out), "method": found.design, "firms": found.asked["firms"], "replications": found.findings.replications,
            "figures": told, "settings": tell.rows(found.everything())}


def in_words(found: Mattering) -> None:
    """Print, figure by figure, which settings matter, how sure that is, and on which the decision turns."""
    from rich.table import Table
    from rich.text import Text

    from smsim.report.takeaways.mattering import heads, lines

    console = tell.on_terminal()
    for kpi in found.measure:
        for says, rests_on in found.says(kpi):
            console.print(f"{says} {rests_on}".strip(), markup=False, highlight=False, soft_wrap=True)
        table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
        for at, head in enumerate(heads(found)):
            table.add_column(Text(head), overflow="fold", no_wrap=at == 0)
        for line in lines(found, kpi):
            table.add_row(*map(Text, line))
        console.print(table)
    console.print("~: cannot be told from luck. ?: not decided. luck: what luck alone would show.", markup=False, highlight=False)
