"""What the model is held against: facts of real firms, and what articles claim."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from smsim.cli.manner import Manner
from smsim.cli.options import STUDY, Cluster, Count, Json, Quiet, Seed, Sets, Weeks, Workers


def facts(
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID…]", help="Numbers or names of facts; all unless told.")] = None,
    replications: Count = None, seed: Seed = None, workers: Workers = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", rich_help_panel=STUDY, help="Keep the runs in this folder.")] = None,
    sets: Sets = None, list_: Annotated[bool, typer.Option("--list", metavar="", help="List the facts; play nothing.")] = False,
    quiet: Quiet = False, json: Json = False, cluster: Cluster = None,
) -> int:
    """Compute stylised facts of real firms and say whether the model shows them."""
    from smsim.cli import facts

    if list_:
        return facts.list_all(ids or [], json=json)
    run = {"replications": replications, "seed": seed}
    return facts.compute(ids or [], sets or [], run, Manner(workers, out, False, quiet, json, cluster))


def claims(
    ids: Annotated[list[str] | None, typer.Argument(
        metavar="[ID…]", help="Claims such as 002.13, or articles such as 002; all unless told.")] = None,
    replications: Count = None, seed: Seed = None, weeks: Weeks = None, workers: Workers = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", rich_help_panel=STUDY, help="Keep the runs in this folder.")] = None,
    sets: Sets = None,
    list_: Annotated[bool, typer.Option("--list", metavar="", help="List the claims and the verdicts kept; play nothing.")] = False,
    as_it_stands: Annotated[bool, typer.Option(
        "--as-it-stands", metavar="", help="Leave out the other values of what a claim rests on; quicker, and says less.")] = False,
    quiet: Quiet = False, json: Json = False, cluster: Cluster = None,
) -> int:
    """Ask the model what articles claim of marketing and sales, and say what comes of it."""
    from smsim.cli import claims

    if list_:
        return claims.list_all(ids or [], json=json)
    run = {"replications": replications, "seed": seed, "weeks": weeks}
    manner = Manner(workers, out, leads=False, quiet=quiet, json=json, cluster=cluster)
    return claims.ask(ids or [], sets or [], run, manner, ranges=not as_it_stands)
