"""The headline figures on a terminal."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from smsim.report.figures import Figure, figures
from smsim.report.findings import Findings

STYLES = {"better": "bold blue", "worse": "bold red", "too close to call": "yellow", "no difference that matters": "dim"}


def headline_table(findings: Findings) -> Table:
    """A row per KPI and scenario: mean, paired difference, 95% interval, share of worlds, verdict."""
    runs = f"{findings.many} run{'s' if findings.replications != 1 else ''} per scenario"
    table = Table(title_justify="left", box=None, pad_edge=False, header_style="bold", title_style="bold", caption_justify="left")
    paired = not findings.differences.empty
    title = f"{findings.baseline} and what changes against it, {runs}" if paired else f"Mean of {runs}, ± its 95% interval"
    table.title = Text(title)
    for name in ("", "scenario"):
        table.add_column(name, overflow="fold")
    heads = ("mean", "difference", "95% interval", "better in") if paired else ("mean", "±")
    for head in heads:
        table.add_column(head, justify="right", no_wrap=True)
    if paired:
        table.add_column("verdict", no_wrap=True)
    for row in figures(findings):
        for at, figure in enumerate(row):
            table.add_row(figure.label if at == 0 else "", Text(figure.scenario), *_cells(figure, paired=paired))
    return table


def _cells(figure: Figure, *, paired: bool) -> list[Text | str]:
    if not paired:
        return [figure.mean, figure.give_or_take]
    verdict = Text(f"{figure.glyph} {figure.verdict}".strip(), style=STYLES.get(figure.verdict, ""))
    return [figure.mean, figure.change, figure.interval, figure.share_better, verdict]
