"""Two pictures: what a customer-day costs each engine at each size, and which part of the day takes it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd

from benchmarks.page import KINDS
from benchmarks.rounds import Results, median


def by_size(results: Results) -> alt.TopLevelMixin:
    """A line for each kind of engine over the number of customers, both axes logarithmic."""
    rows = [(KINDS[name.split()[0]], int(name.split()[1]), median(results, name, "customer-day")) for name in results]
    table = pd.DataFrame(rows, columns=["engine", "customers", "ns"])
    ticks = sorted(set(table["customers"]))
    chart: alt.TopLevelMixin = alt.Chart(table, title="What one customer costs on one day").mark_line(point=True).encode(
        x=alt.X("customers:Q", scale=alt.Scale(type="log"), axis=alt.Axis(values=ticks, format=",", grid=False), title="customers"),
        y=alt.Y("ns:Q", scale=alt.Scale(type="log"), title="nanoseconds"),
        color=alt.Color("engine:N", title=None, sort=list(KINDS.values()), legend=alt.Legend(labelLimit=260)),
    ).properties(width=420, height=260)
    return chart


def by_part(profile: Results) -> alt.TopLevelMixin:
    """A bar for each size, in pieces for the parts of the day."""
    rows = [(f"{int(size.split()[1]):,} customers", part, median(profile, size, part)) for size in profile for part in profile[size][0]]
    table = pd.DataFrame(rows, columns=["size", "part", "ns"])
    order = table.groupby("part")["ns"].max().sort_values(ascending=False).index.tolist()
    table["rank"] = table["part"].map(order.index)
    sizes = list(dict.fromkeys(table["size"]))
    chart: alt.TopLevelMixin = alt.Chart(table, title="Which part of the day takes the time").mark_bar().encode(
        x=alt.X("ns:Q", title="nanoseconds a customer-day"), y=alt.Y("size:N", sort=sizes, title=None),
        color=alt.Color("part:N", sort=order, title=None, scale=alt.Scale(scheme="tableau20")), order="rank:Q",
    ).properties(width=420, height=140)
    return chart


def draw(found: dict[str, Any], folder: Path) -> None:
    """Save what can be drawn from what was found."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, make, data in (("speed", by_size, found["engines"]), ("speed_day", by_part, found["profile"])):
        if data:
            make(data).save(folder / f"{name}.svg")
