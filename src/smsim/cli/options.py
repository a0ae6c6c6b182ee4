"""Arguments and options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

STUDY, MORE = "The study", "Scenarios"
Scenarios = Annotated[list[str], typer.Argument(metavar="SCENARIO…", help="Paths of scenario files, or names of shipped ones.")]
One = Annotated[str, typer.Argument(metavar="SCENARIO", help="The path of a scenario file, or the name of a shipped one.")]
Sets = Annotated[list[str] | None, typer.Option(
    "--set", metavar="KEY=VALUE", rich_help_panel=MORE, help="Change a setting in every scenario given; again for more.")]
Varies = Annotated[list[str] | None, typer.Option(
    "--vary", metavar="KEY=A,B,C", rich_help_panel=MORE, help="Make one scenario for each value; again for every combination.")]
Count = Annotated[str | None, typer.Option(
    "--replications", "-n", metavar="N", rich_help_panel=STUDY, help="How many worlds each scenario is played in.")]
Seed = Annotated[str | None, typer.Option(
    "--seed", "-s", metavar="S", rich_help_panel=STUDY, help="Which worlds: another seed, others.")]
Weeks = Annotated[str | None, typer.Option("--weeks", metavar="W", rich_help_panel=STUDY, help="How long, warm-up included.")]
Workers = Annotated[str | None, typer.Option(
    "--workers", metavar="K", rich_help_panel=STUDY, help="How many processes play; all cores unless told.")]
Cluster = Annotated[str | None, typer.Option(
    "--cluster", metavar="WHERE", rich_help_panel=STUDY, help="Play on a dask cluster: tcp://HOST:PORT, or local:N processes.")]
Out = Annotated[Path | None, typer.Option(
    "--out", metavar="DIR", rich_help_panel=STUDY,
    help="Where results go; results/NAME unless told.")]
Leads = Annotated[bool, typer.Option("--leads", metavar="", rich_help_panel=STUDY, help="Keep every lead (leads.parquet).")]
Band = Annotated[str, typer.Option(
    "--band", metavar="SHARE", help="Smaller differences, as a share of the baseline, do not matter.")]
NewBand = Annotated[str | None, typer.Option("--band", metavar="SHARE", help="Judge differences again with another band.")]
_LONG = "As many replications as it takes"
Precise = Annotated[str | None, typer.Option(
    "--precision", metavar="SHARE", rich_help_panel=_LONG, help="Play until half-widths are this small: 1%, or revenue=1%,leads=2%.")]
Best = Annotated[str | None, typer.Option(
    "--best", metavar="KPI", rich_help_panel=_LONG, help="Play until one scenario is best; drop those clearly behind.")]
Probability = Annotated[str | None, typer.Option(
    "--probability", metavar="SHARE", rich_help_panel=_LONG, help="How sure the best shall be, if it leads by the band; 95% unless told.")]
MostRuns = Annotated[str | None, typer.Option(
    "--most-runs", metavar="N", rich_help_panel=_LONG, help="Stop after so many replications in all; 10,000 unless told.")]
MostMinutes = Annotated[str | None, typer.Option("--most-minutes", metavar="M", rich_help_panel=_LONG, help="Stop after so many minutes.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", metavar="", help="Say nothing unless something is wrong.")]
_AWAY = "To take away (written over where they are)"
Slides = Annotated[Path | None, typer.Option("--slides", metavar="FILE.pptx", rich_help_panel=_AWAY, help="Slides with charts to edit.")]
Workbook = Annotated[Path | None, typer.Option(
    "--workbook", metavar="FILE.xlsx", rich_help_panel=_AWAY, help="A workbook: charts, and every table.")]
Csv = Annotated[Path | None, typer.Option(
    "--csv", metavar="DIR", rich_help_panel=_AWAY, help="Every table as text, into a folder; only the runs, into FILE.csv.")]
Json = Annotated[bool, typer.Option("--json", metavar="", help="Print one JSON object on standard output and nothing else.")]
