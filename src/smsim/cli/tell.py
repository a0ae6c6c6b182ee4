"""What a study found, as one JSON object or as a table and sentences."""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

    from smsim.compare import Comparison
    from smsim.results import ResultSet

#: Columns of text where there is no terminal to measure.
_WIDTH = 120


def as_json(found: Any) -> None:
    """Print one JSON object; what is no number is null."""
    json.dump(_plain(found), sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if hasattr(value, "item"):
        return _plain(value.item())
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table as objects."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict(orient="records")]


def of_run(results: ResultSet, out: Path) -> dict[str, Any]:
    """What `run --json` prints."""
    means = {str(name): dict(row) for name, row in results.means().iterrows()}
    return {"out": str(out), "runs": len(results.runs), "failures": len(results.failures), "means": means} | _sought(results)


def of_comparison(comparison: Comparison, out: Path) -> dict[str, Any]:
    """What `compare --json` prints."""
    results = comparison.results
    ratios = {name: comparison.variance_ratio("revenue", name) for name in comparison.scenarios}
    return {
        "baseline": comparison.baseline, "out": str(out), "band": comparison.band, "runs": len(results.runs),
        "failures": len(results.failures), "variance_ratio": ratios, "differences": rows(comparison.differences),
    } | _sought(results)


def _sought(results: ResultSet) -> dict[str, Any]:
    """What it was played for and how far it got; nothing where that was a number of replications."""
    return {"reached": results.provenance["reached"]} if "reached" in results.provenance else {}


def on_terminal() -> Console:
    """The console results are printed on; wide enough where nobody sees its edge."""
    from rich.console import Console

    return Console() if sys.stdout.isatty() else Console(width=_WIDTH)


def in_words(found: ResultSet | Comparison, out: Path, *, quiet: bool) -> None:
    """Print the headline table, the verdict on each scenario in a sentence or two, and where everything lies."""
    if quiet:
        return
    from smsim.report import print_table

    console = on_terminal()
    print_table(found, console)
    for sentence in [*_verdicts(found), *_reached(found)]:
        console.print(sentence, markup=False, highlight=False, soft_wrap=True)
    console.print(f"\nReport: {out / 'report.html'}", markup=False, highlight=False, soft_wrap=True)


def _reached(found: ResultSet | Comparison) -> list[str]:
    """What the study was played for and whether it got there; nothing where that was a number of replications."""
    from smsim.report.findings import gather
    from smsim.report.reached import reached

    return reached(gather(found))


def _verdicts(found: ResultSet | Comparison) -> list[str]:
    if not hasattr(found, "differences"):
        return []
    from smsim.report.findings import gather
    from smsim.report.verdicts import verdicts

    return [f"{told.scenario}: {told.says} {told.numbers}" for told in verdicts(gather(found))]


def print_columns(heads: tuple[str, ...], lines: list[tuple[str, ...]]) -> None:
    """A table without lines, its cells folded to the width of the terminal."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in heads:
        table.add_column(Text(head), overflow="fold")
    for line in lines:
        table.add_row(*map(Text, line))
    on_terminal().print(table)
