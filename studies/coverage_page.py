"""The tables of docs/precision.md, from those of docs/precision/*.csv."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

Rows = tuple[list[str], list[list[str]]]
LOW, HIGH = 0.93, 0.97
#: Studies as the issue counts them.
STUDIES = 400


def _percent(value: float) -> str:
    return f"{value:.1%}"


def savings(found: pd.DataFrame) -> Rows:
    """How many times the runs independent seeds would take, by firm and figure."""
    wide = found.pivot_table(index="scenario", columns="kpi", values="times", sort=False)
    heads = ["runs with independent seeds, times those in the same worlds", *(str(kpi).replace("_", " ") for kpi in wide)]
    return heads, [[str(name), *(f"{value:.1f}" for value in row)] for name, row in zip(wide.index, wide.to_numpy(), strict=True)]


def fixed(found: pd.DataFrame) -> Rows:
    """Coverage by figure and number of worlds, over the nine pairs."""
    rows = []
    for (kpi, worlds), own in found.groupby(["kpi", "worlds"], sort=False):
        many = own["rate of many"]
        inside = int(own["rate"].between(LOW, HIGH).sum())
        rows.append([str(kpi).replace("_", " "), str(worlds), _percent(many.mean()), f"{_percent(many.min())} to {_percent(many.max())}",
                     f"{inside} of {len(own)}"])
    return ["intervals cover the truth: figure", "worlds", "mean of the pairs, 20,000 studies each", "lowest and highest pair",
            "pairs within 95% ± 2 in 400 studies"], rows


def null(found: pd.DataFrame) -> Rows:
    """False alarms, in 400 studies and in 5,000."""
    rows = []
    for (what, worlds), own in found.groupby(["null", "worlds"], sort=False):
        few, many = (own[own["studies"] == studies].iloc[0] for studies in (STUDIES, own["studies"].max()))
        rows.append([str(what), str(worlds), str(few["in words"]), _percent(many["rate"])])
    return ["nothing differs, yet *better* or *worse*", "worlds", f"{STUDIES} studies", "5,000 studies"], rows


def sequential(found: pd.DataFrame) -> Rows:
    """What `--precision` takes and how sure it is."""
    rows = [[str(row["scenario"]), f"± {row['wanted']:.0%}", f"{row['worlds']:.0f}", str(row["in words"]),
             f"{row['worlds without']:.0f}", _percent(row["without look-ahead"]), f"{row['worlds apart']:.0f}", f"{row['times']:.1f}"]
            for _, row in found.iterrows()]
    for wanted, own in found.groupby("wanted", sort=False):
        rows.append(["*all nine*", f"± {wanted:.0%}", f"{own['worlds'].mean():.0f}", _percent(own["rate"].mean()),
                     f"{own['worlds without'].mean():.0f}", _percent(own["without look-ahead"].mean()), f"{own['worlds apart'].mean():.0f}",
                     f"{own['worlds apart'].mean() / own['worlds'].mean():.1f}"])
    return ["`--precision`, contribution against `silo`", "asked", "worlds", "covers the truth", "worlds without look-ahead",
            "covers without", "worlds with independent seeds", "times"], rows


def selection(found: pd.DataFrame) -> Rows:
    """How often `--best` is right."""
    rows = [[str(row["scenarios"]), f"{row['band']:.0%}", str(row["in words"]), str(row["good"]), f"{row['runs']:,.0f}",
             f"{row['without dropping']:,.0f}"] for _, row in found.iterrows()]
    return ["`--best`, the scenarios", "band", "chose the best", "chose one within the band of it", "runs",
            "runs if none were dropped"], rows


BLOCKS: dict[str, Callable[[pd.DataFrame], Rows]] = {
    "savings": savings, "sequential": sequential, "fixed": fixed, "null": null, "selection": selection}
