"""The commands that look and play no study: check, diff, explain, diary, schema, list, new, store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from smsim.cli.options import Json, One, Quiet, Scenarios, Seed, Sets, Varies


def check(scenarios: Scenarios, sets: Sets = None, varies: Varies = None, quiet: Quiet = False, json: Json = False) -> int:
    """Read scenarios, questions and decisions and say what is wrong with them; of a Python file, try what its parts promise."""
    from smsim.cli import checking

    return checking.check(scenarios, sets or [], varies or [], quiet=quiet, json=json)


def diff(
    first: One, second: Annotated[str | None, typer.Argument(metavar="[OTHER]", help="Another; silo unless told.")] = None,
    sets: Sets = None, json: Json = False,
) -> int:
    """Show the settings in which two scenarios differ, and nothing else."""
    from smsim.cli import reading

    pair = ("silo", first) if second is None else (first, second)
    return reading.diff(pair, sets or [], json=json)


def explain(
    what: Annotated[list[str], typer.Argument(
        metavar="SCENARIO | KEY | practice NAME", help="A scenario, a setting such as leads.latency, or `practice` and a name.")],
    scenario: Annotated[str, typer.Option("--scenario", metavar="SCENARIO", help="Where setting or practice are looked at.")] = "silo",
    page: Annotated[bool, typer.Option("--page", metavar="", help="The practice as a page in Markdown.")] = False,
    sets: Sets = None, json: Json = False,
) -> int:
    """Tell what happens in a scenario, with every setting and its source; or what a setting is, or what a practice costs and moves."""
    from smsim.cli import explaining

    return explaining.explain(what, explaining.Where(scenario, sets or []), as_page=page, json=json)


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


def schema(
    scenario: Annotated[str | None, typer.Argument(
        metavar="[SCENARIO]", help="A scenario with plugins, or a Python file, whose settings shall be in it.")] = None,
    questions: Annotated[bool, typer.Option("--questions", metavar="", help="That of question files.")] = False,
    decisions: Annotated[bool, typer.Option("--decisions", metavar="", help="That of files of decisions.")] = False,
) -> int:
    """Print the JSON schema of scenario files, for editors."""
    from smsim.cli import reading

    return reading.schema(scenario, questions=questions, decisions=decisions)


def list_(
    what: Annotated[str | None, typer.Argument(
        metavar="[WHAT]", help="scenarios, questions, decisions, practices or claims; the first three unless told.")] = None,
    scenario: Annotated[str, typer.Option(
        "--scenario", metavar="SCENARIO", help="Where practices are looked at, those of its plugins among them.")] = "silo",
    json: Json = False,
) -> int:
    """List what comes with smsim: scenarios, questions, decisions, practices, claims."""
    from smsim.cli import listing

    return listing.list_all(what, scenario, json=json)


def new(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write.")],
    extends: Annotated[str, typer.Option("--extends", metavar="SCENARIO", help="What it starts from.")] = "silo",
    json: Json = False,
) -> int:
    """Write a scenario of your own to start from."""
    from smsim.cli import reading

    return reading.new(path, extends, json=json)


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
