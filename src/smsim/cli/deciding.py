"""The commands that turn runs into a decision: why, sensitivity, recommend."""

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
    One,
    Out,
    Quiet,
    Seed,
    Sets,
    Slides,
    Weeks,
    Workbook,
    Workers,
)

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
