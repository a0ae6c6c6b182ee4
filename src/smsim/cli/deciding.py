"""What to do with the money there is."""

from __future__ import annotations

from typing import Annotated

import typer

from smsim.cli.manner import Manner, away
from smsim.cli.options import Cluster, Count, Csv, Json, Out, Quiet, Seed, Sets, Slides, Weeks, Workbook, Workers


def recommend(
    decision: Annotated[str, typer.Argument(metavar="FILE", help="The path of a decision file, or the name of a shipped one.")],
    replications: Count = None, seed: Seed = None, weeks: Weeks = None, workers: Workers = None, out: Out = None, sets: Sets = None,
    quiet: Quiet = False, json: Json = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", metavar="", help="Play also what takes more than ten minutes.")] = False,
    cluster: Cluster = None, slides: Slides = None, workbook: Workbook = None, csv: Csv = None,
) -> int:
    """Say which levers to pull within a budget, what each step buys, and how it stands in uncertain worlds."""
    from smsim.cli import recommend, studies

    asked = studies.Asked([decision], sets or [], [], {"replications": replications, "seed": seed, "weeks": weeks})
    return recommend.recommend(asked, Manner(workers, out, False, quiet, json, cluster, away(slides, workbook, csv)), yes=yes)
