"""The commands and their options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from smsim.cli.guard import guarded
from smsim.cli.manner import Manner, away

EXAMPLES = """
Examples:

    smsim list

    smsim new mine.yaml --extends silo

    smsim compare silo mine.yaml --replications 100

    smsim compare silo --vary "practices.meetings.every=never,4 weeks,1 week"

    smsim experiment rhythm

    smsim run silo --set "leads.latency=at once" --weeks 52 --json

Exit status: 0 done, 1 something failed (what was finished is kept), 2 bad input, 130 interrupted.
"""
app = typer.Typer(
    name="smsim", add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]}, epilog=EXAMPLES,
    help="Play a firm's sales and marketing before you change how they work together.",
)
_STUDY, _MORE = "The study", "Scenarios"
Scenarios = Annotated[list[str], typer.Argument(metavar="SCENARIO…", help="Paths of scenario files, or names of shipped ones.")]
One = Annotated[str, typer.Argument(metavar="SCENARIO", help="The path of a scenario file, or the name of a shipped one.")]
Sets = Annotated[list[str] | None, typer.Option(
    "--set", metavar="KEY=VALUE", rich_help_panel=_MORE, help="Change a setting in every scenario given; again for more.")]
Varies = Annotated[list[str] | None, typer.Option(
    "--vary", metavar="KEY=A,B,C", rich_help_panel=_MORE, help="Make one scenario for each value; again for every combination.")]
Count = Annotated[str | None, typer.Option(
    "--replications", "-n", metavar="N", rich_help_panel=_STUDY, help="How many worlds each scenario is played in.")]
Seed = Annotated[str | None, typer.Option(
    "--seed", "-s", metavar="S", rich_help_panel=_STUDY, help="Which worlds: another seed, others.")]
Weeks = Annotated[str | None, typer.Option("--weeks", metavar="W", rich_help_panel=_STUDY, help="How long, warm-up included.")]
Workers = Annotated[str | None, typer.Option(
    "--workers", metavar="K", rich_help_panel=_STUDY, help="How many processes play; all cores unless told.")]
Out = Annotated[Path | None, typer.Option(
    "--out", metavar="DIR", rich_help_panel=_STUDY,
    help="Where results go; results/NAME unless told.")]
Leads = Annotated[bool, typer.Option("--leads", metavar="", rich_help_panel=_STUDY, help="Keep every lead (leads.parquet).")]
Band = Annotated[str, typer.Option(
    "--band", metavar="SHARE", help="Smaller differences, as a share of the baseline, do not matter.")]
NewBand = Annotated[str | None, typer.Option("--band", metavar="SHARE", help="Judge differences again with another band.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", metavar="", help="Say nothing unless something is wrong.")]
_AWAY = "To take away (written over where they are)"
Slides = Annotated[Path | None, typer.Option("--slides", metavar="FILE.pptx", rich_help_panel=_AWAY, help="Slides with charts to edit.")]
Workbook = Annotated[Path | None, typer.Option(
    "--workbook", metavar="FILE.xlsx", rich_help_panel=_AWAY, help="A workbook: charts, and every table.")]
Csv = Annotated[Path | None, typer.Option(
    "--csv", metavar="DIR", rich_help_panel=_AWAY, help="Every table as text, into a folder; only the runs, into FILE.csv.")]
Json = Annotated[bool, typer.Option("--json", metavar="", help="Print one JSON object on standard output and nothing else.")]


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
    slides: Slides = None, workbook: Workbook = None, csv: Csv = None,
) -> int:
    """Play scenarios and write results."""
    from smsim.cli import studies

    asked = studies.Asked(scenarios, sets or [], varies or [], {"replications": replications, "seed": seed, "weeks": weeks})
    return studies.run(asked, Manner(workers, out, leads, quiet, json, takeaways=away(slides, workbook, csv)))


@app.command()
@guarded
def compare(
    scenarios: Scenarios, replications: Count = None, seed: Seed = None, weeks: Weeks = None, workers: Workers = None,
    out: Out = None, sets: Sets = None, varies: Varies = None, leads: Leads = False, band: Band = "1%", quiet: Quiet = False,
    json: Json = False, slides: Slides = None, workbook: Workbook = None, csv: Csv = None,
) -> int:
    """Play scenarios in the same worlds; say which is better than the first, and how sure that is."""
    from smsim.cli import studies

    asked = studies.Asked(scenarios, sets or [], varies or [], {"replications": replications, "seed": seed, "weeks": weeks})
    return studies.compare(asked, Manner(workers, out, leads, quiet, json, takeaways=away(slides, workbook, csv)), band)


@app.command()
@guarded
def experiment(
    question: Annotated[str, typer.Argument(metavar="FILE", help="The path of a question file, or the name of a shipped one.")],
    replications: Count = None, seed: Seed = None, weeks: Weeks = None, workers: Workers = None, out: Out = None, sets: Sets = None,
    band: Band = "1%", quiet: Quiet = False, json: Json = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", metavar="", help="Play also what takes more than ten minutes.")] = False,
    slides: Slides = None, workbook: Workbook = None, csv: Csv = None,
) -> int:
    """Answer a question in a file: what is varied in which firm, what is measured."""
    from smsim.cli import experiment, studies

    asked = studies.Asked([question], sets or [], [], {"replications": replications, "seed": seed, "weeks": weeks})
    manner = Manner(workers, out, leads=False, quiet=quiet, json=json, takeaways=away(slides, workbook, csv))
    return experiment.experiment(asked, manner, band, yes=yes)


@app.command()
@guarded
def facts(
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID…]", help="Numbers or names of facts; all unless told.")] = None,
    replications: Count = None, seed: Seed = None, workers: Workers = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", rich_help_panel=_STUDY, help="Keep the runs in this folder.")] = None,
    sets: Sets = None, list_: Annotated[bool, typer.Option("--list", metavar="", help="List the facts; play nothing.")] = False,
    quiet: Quiet = False, json: Json = False,
) -> int:
    """Compute stylised facts of real firms and say whether the model shows them."""
    from smsim.cli import facts

    if list_:
        return facts.list_all(ids or [], json=json)
    run = {"replications": replications, "seed": seed}
    return facts.compute(ids or [], sets or [], run, Manner(workers, out, leads=False, quiet=quiet, json=json))


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
    """Read scenarios and say what is wrong with them; nothing is played."""
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
def explain(scenario: One, sets: Sets = None, json: Json = False) -> int:
    """Tell what happens in a scenario, day by day, with every setting, its meaning and its source."""
    from smsim.cli import reading

    return reading.explain(scenario, sets or [], json=json)


@app.command()
@guarded
def schema(
    questions: Annotated[bool, typer.Option("--questions", metavar="", help="That of question files.")] = False,
) -> int:
    """Print the JSON schema of scenario files, for editors."""
    from smsim.cli import reading

    return reading.schema(questions=questions)


@app.command(name="list")
@guarded
def list_(json: Json = False) -> int:
    """List the scenarios and questions that come with smsim."""
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
