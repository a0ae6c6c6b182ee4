"""The command that asks why, and its options."""

from __future__ import annotations

from typing import Annotated

import typer

from smsim.cli.manner import Manner, away
from smsim.cli.options import Band, Cluster, Count, Csv, Json, One, Out, Quiet, Seed, Sets, Slides, Weeks, Workbook, Workers

_SPLIT = "The split"


def why(
    a: One, b: One,
    kpi: Annotated[str, typer.Option(
        "--kpi", metavar="NAME", rich_help_panel=_SPLIT, help="The key figure whose gap is split.")] = "revenue",
    by: Annotated[str, typer.Option(
        "--by", metavar="key|section", rich_help_panel=_SPLIT, help="Split over settings, or over sections of the file.")] = "key",
    together: Annotated[list[str] | None, typer.Option(
        "--together", metavar="KEY,KEY", rich_help_panel=_SPLIT, help="Settings that change as one; again for more.")] = None,
    orders: Annotated[str | None, typer.Option(
        "--orders", metavar="N", rich_help_panel=_SPLIT, help="Play so many orders drawn at random, not every coalition.")] = None,
    replications: Count = None, seed: Seed = None, weeks: Weeks = None, workers: Workers = None, out: Out = None, sets: Sets = None,
    band: Band = "1%", quiet: Quiet = False, json: Json = False, cluster: Cluster = None, slides: Slides = None, workbook: Workbook = None,
    csv: Csv = None,
) -> int:
    """Say why two scenarios differ: through which settings, and through which leads."""
    from smsim.cli import studies, why

    asked = studies.Asked([a, b], sets or [], [], {"replications": replications, "seed": seed, "weeks": weeks})
    manner = Manner(workers, out, True, quiet, json, cluster, away(slides, workbook, csv))
    return why.why(asked, manner, why.Wanted(kpi, by, together or [], orders, band))
