"""The command that turns runs into what a decision hangs on."""

from __future__ import annotations

from typing import Annotated

import typer

from smsim.cli.manner import Manner, away
from smsim.cli.options import (
    Band,
    Cluster,
    Count,
    Csv,
    Json,
    Out,
    Quiet,
    Seed,
    Sets,
    Slides,
    Weeks,
    Workbook,
    Workers,
)


def sensitivity(
    firms: Annotated[list[str], typer.Argument(metavar="A [B]", help="A firm, or two: then what B has over A is asked about.")],
    over: Annotated[list[str] | None, typer.Option(
        "--over", metavar="KEY=LOW..HIGH", help="Vary this; KEY alone over its evidence range. Unless told, all that have one.")] = None,
    method: Annotated[str, typer.Option("--method", metavar="morris|sobol", help="Screen (cheap), or split the variance.")] = "morris",
    trajectories: Annotated[str | None, typer.Option("--trajectories", metavar="N", help="Of a morris design; 10 unless told.")] = None,
    points: Annotated[str | None, typer.Option("--points", metavar="N", help="Of a sobol design, a power of 2; 64 unless told.")] = None,
    measure: Annotated[list[str] | None, typer.Option("--measure", metavar="KPI", help="The figure; again for more.")] = None,
    replications: Count = None, seed: Seed = None, weeks: Weeks = None, workers: Workers = None, out: Out = None, sets: Sets = None,
    band: Band = "1%", quiet: Quiet = False, json: Json = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", metavar="", help="Play also what takes more than ten minutes.")] = False,
    cluster: Cluster = None, slides: Slides = None, workbook: Workbook = None, csv: Csv = None,
) -> int:
    """Say which settings matter, how much of that is luck, and on which of them the decision turns."""
    from smsim.cli import mattering, studies

    asked = studies.Asked(firms, sets or [], [], {"replications": replications, "seed": seed, "weeks": weeks})
    wanted = mattering.Wanted(over or [], method, {"--trajectories": trajectories, "--points": points}, measure or ["contribution"])
    manner = Manner(workers, out, False, quiet, json, cluster, away(slides, workbook, csv))
    return mattering.sensitivity(asked, wanted, manner, band, yes=yes)
