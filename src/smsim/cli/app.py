"""The commands and their options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from smsim.cli import deciding, evidence
from smsim.cli.guard import guarded
from smsim.cli.manner import Manner, away
from smsim.cli.options import (
    Band,
    Cluster,
    Count,
    Csv,
    Json,
    Leads,
    NewBand,
    One,
    Out,
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

    smsim experiment rhythm

    smsim recommend habits_first

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
    cluster: Cluster = None, slides: Slides = None, workbook: Workbook = None, csv: Csv = None,
) -> int:
    """Play scenarios and write results."""
    from smsim.cli import studies

    asked = studies.Asked(scenarios, sets or [], varies or [], {"replications": replications, "seed": seed, "weeks": weeks})
    return studies.run(asked, Manner(workers, out, leads, quiet, json, cluster, away(slides, workbook, csv)))


@app.command()
@guarded
def compare(
    scenarios: Scenarios, replications: Count = None, seed: Seed = None, weeks: Weeks = None, workers: Workers = None,
    out: Out = None, sets: Sets = None, varies: Varies = None, leads: Leads = False, band: Band = "1%", quiet: Quiet = False,
    json: Json = False, cluster: Cluster = None, slides: Slides = None, workbook: Workbook = None, csv: Csv = None,
) -> int:
    """Play scenarios in the same worlds; say which is better than the first, and how sure that is."""
    from smsim.cli import studies

    asked = studies.Asked(scenarios, sets or [], varies or [], {"replications": replications, "seed": seed, "weeks": weeks})
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


@app.command()
@guarded
def check(scenarios: Scenarios, sets: Sets = None, varies: Varies = None, quiet: Quiet = False, json: Json = False) -> int:
    """Read scenarios, or a decision, and say what is wrong with them; nothing is played."""
    from smsim.cli import reading

    return reading.check(scenarios, sets or [], varies or [], quiet=quiet, json=json)


@app.command()
@guarded
def diff(
    first: One, second: Annotated[str | None, typer.Argument(metavar="[OTHER]", help="Another; silo unless told.")] = None,
    sets: Sets = None, json: Json = False,
) -> int:
    """Show the settings in which two scenarios differ, and nothing else."""
    from smsim.cli import reading

    pair = ("silo", first) if second is None else (first, second)
    return reading.diff(pair, sets or [], json=json)


@app.command()
@guarded
def explain(
    what: Annotated[list[str], typer.Argument(metavar="SCENARIO | practice NAME", help="A scenario, or `practice` and a name.")],
    scenario: Annotated[str, typer.Option("--scenario", metavar="SCENARIO", help="Where the practice is looked at.")] = "silo",
    sets: Sets = None, json: Json = False,
) -> int:
    """Tell what happens in a scenario, with every setting and its source; or what a practice costs and moves."""
    from smsim.cli import reading

    if len(what) > 1:
        return reading.explain_practice(what, scenario, sets or [], json=json)
    return reading.explain(what[0], sets or [], json=json)


@app.command()
@guarded
def diary(
    scenario: One,
    rep: Annotated[str, typer.Option("--rep", metavar="R", help="Which rep, counted from 0.")] = "0",
    week: Annotated[str, typer.Option("--week", metavar="W", help="Which week; week W begins on day 7·W.")] = "13",
    replication: Annotated[str, typer.Option("--replication", metavar="I", help="Which world, counted from 0 as in runs.parquet.")] = "0",
    seed: Seed = None, sets: Sets = None, json: Json = False,
) -> int:
    """Tell one rep's week: what he did hour by hour, what came of it, what he was told, and what he did not know."""
    from smsim.cli import diary

    told = [] if seed is None else [f"run.seed={seed}"]
    return diary.diary(scenario, [*(sets or []), *told], {"rep": rep, "week": week, "replication": replication}, json=json)


@app.command()
@guarded
def schema(
    questions: Annotated[bool, typer.Option("--questions", metavar="", help="That of question files.")] = False,
    decisions: Annotated[bool, typer.Option("--decisions", metavar="", help="That of files of decisions.")] = False,
) -> int:
    """Print the JSON schema of scenario files, for editors."""
    from smsim.cli import reading

    return reading.schema(questions=questions, decisions=decisions)


@app.command(name="list")
@guarded
def list_(json: Json = False) -> int:
    """List the scenarios, questions and decisions that come with smsim."""
    from smsim.cli import reading

    return reading.list_shipped(json=json)


@app.command()
@guarded
def new(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write.")],
    extends: Annotated[str, typer.Option("--extends", metavar="SCENARIO", help="What it starts from.")] = "silo",
    json: Json = False,
) -> int:
    """Write a scenario of your own to start from."""
    from smsim.cli import reading

    return reading.new(path, extends, json=json)


@app.command()
@guarded
def store(
    check: Annotated[bool, typer.Option("--check", metavar="", help="Read every run to its end; name damaged and foreign files.")] = False,
    older_than: Annotated[str | None, typer.Option("--older-than", metavar="SPAN", help="Take away what was not used for so long.")] = None,
    keep: Annotated[str | None, typer.Option("--keep", metavar="SIZE", help="Take away what was used longest ago, down to a size.")] = None,
    stale: Annotated[bool, typer.Option("--stale", metavar="", help="Take away what other versions played.")] = False,
    quiet: Quiet = False, json: Json = False,
) -> int:
    """List the runs that are kept and never played again; check or prune them. SMSIM_STORE says where they are."""
    from smsim.cli import kept

    return kept.store(kept.Wanted(check, older_than, keep, stale), quiet=quiet, json=json)
