"""The commands and their options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from smsim.cli import deciding, evidence, looking
from smsim.cli.guard import guarded
from smsim.cli.manner import Manner, away
from smsim.cli.options import (
    Band,
    Best,
    Cluster,
    Count,
    Csv,
    Json,
    Leads,
    MostMinutes,
    MostRuns,
    NewBand,
    Out,
    Precise,
    Probability,
    Quiet,
    Scenarios,
    Seed,
    Sets,
    Slides,
    Varies,
    Weeks,
    Workbook,
    Workers,
)

EXAMPLES = """
Examples:

    smsim list

    smsim new mine.yaml --extends silo

    smsim compare silo mine.yaml --replications 100

    smsim compare silo --vary "practices.meetings.every=never,4 weeks,1 week"

    smsim compare silo monthly --precision 1%

    smsim why silo alliance

    smsim experiment rhythm

    smsim run silo --set "leads.latency=at once" --weeks 52 --json

Exit status: 0 done, 1 something failed (what was finished is kept), 2 bad input, 130 interrupted.
"""
app = typer.Typer(
    name="smsim", add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]}, epilog=EXAMPLES,
    help="Play a firm's sales and marketing before you change how they work together.",
)


def _show_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"smsim {version('smsim')}")
        raise typer.Exit


@app.callback()
def _common(
    _version: Annotated[bool, typer.Option(
        "--version", metavar="", callback=_show_version, is_eager=True, help="Say which smsim.")] = False,
) -> None:
    pass


@app.command()
@guarded
def run(
    scenarios: Scenarios, replications: Count = None, seed: Seed = None, weeks: Weeks = None, workers: Workers = None,
    out: Out = None, sets: Sets = None, varies: Varies = None, leads: Leads = False, quiet: Quiet = False, json: Json = False,
    cluster: Cluster = None, slides: Slides = None, workbook: Workbook = None, csv: Csv = None, precision: Precise = None,
    most_runs: MostRuns = None, most_minutes: MostMinutes = None,
) -> int:
    """Play scenarios and write results."""
    from smsim.cli import studies

    asked = studies.Asked(scenarios, sets or [], varies or [], {"replications": replications, "seed": seed, "weeks": weeks},
                          {"precision": precision, "most_runs": most_runs, "most_minutes": most_minutes})
    return studies.run(asked, Manner(workers, out, leads, quiet, json, cluster, away(slides, workbook, csv)))


@app.command()
@guarded
def compare(
    scenarios: Scenarios, replications: Count = None, seed: Seed = None, weeks: Weeks = None, workers: Workers = None,
    out: Out = None, sets: Sets = None, varies: Varies = None, leads: Leads = False, band: Band = "1%", quiet: Quiet = False,
    json: Json = False, cluster: Cluster = None, slides: Slides = None, workbook: Workbook = None, csv: Csv = None,
    precision: Precise = None, best: Best = None, probability: Probability = None, most_runs: MostRuns = None,
    most_minutes: MostMinutes = None,
) -> int:
    """Play scenarios in the same worlds; say which is better than the first, and how sure that is."""
    from smsim.cli import studies

    asked = studies.Asked(scenarios, sets or [], varies or [], {"replications": replications, "seed": seed, "weeks": weeks},
                          {"precision": precision, "best": best, "probability": probability, "most_runs": most_runs,
                           "most_minutes": most_minutes})
    return studies.compare(asked, Manner(workers, out, leads, quiet, json, cluster, away(slides, workbook, csv)), band)


@app.command()
@guarded
def experiment(
    question: Annotated[str, typer.Argument(metavar="FILE", help="The path of a question file, or the name of a shipped one.")],
    replications: Count = None, seed: Seed = None, weeks: Weeks = None, workers: Workers = None, out: Out = None, sets: Sets = None,
    band: Band = "1%", quiet: Quiet = False, json: Json = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", metavar="", help="Play also what takes more than ten minutes.")] = False,
    cluster: Cluster = None, slides: Slides = None, workbook: Workbook = None, csv: Csv = None,
) -> int:
    """Answer a question in a file: what is varied in which firm, what is measured."""
    from smsim.cli import experiment, studies

    asked = studies.Asked([question], sets or [], [], {"replications": replications, "seed": seed, "weeks": weeks})
    return experiment.experiment(asked, Manner(workers, out, False, quiet, json, cluster, away(slides, workbook, csv)), band, yes=yes)


app.command()(guarded(deciding.why))
app.command()(guarded(deciding.sensitivity))
app.command()(guarded(deciding.recommend))
app.command()(guarded(evidence.facts))
app.command()(guarded(evidence.claims))


@app.command()
@guarded
def report(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A results folder.")], band: NewBand = None,
    quiet: Quiet = False, json: Json = False, slides: Slides = None, workbook: Workbook = None, csv: Csv = None,
) -> int:
    """Draw charts and report of a results folder again."""
    from smsim.cli import studies

    manner = Manner(None, folder, leads=False, quiet=quiet, json=json, takeaways=away(slides, workbook, csv))
    return studies.report(folder, band, manner)


for _command in (looking.check, looking.diff, looking.explain, looking.diary, looking.schema, looking.new, looking.store):
    app.command()(guarded(_command))
app.command(name="list")(guarded(looking.list_))
