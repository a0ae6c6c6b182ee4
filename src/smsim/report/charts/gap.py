"""What a scenario has gained on the baseline so far, world by world: the paired difference of revenue, summed up."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from smsim.core.calendar import WEEK
from smsim.report.charts.revenue import MONEY, banded, weeks_axis
from smsim.report.look import BASELINE, WIDTH, Look, dressed, facets, heading
from smsim.report.statistics import bands, summarise


def gains(days: pd.DataFrame, baseline: str, warm_up_days: int) -> pd.DataFrame:
    """Revenue above that of the baseline's run in the same world, summed from the warm-up's end, by replication and week."""
    counted = days[days["day"] >= warm_up_days]
    counted = counted.assign(week=counted["day"] // WEEK + 1)
    weeks = counted.groupby(["scenario", "replication", "week"], observed=True)["revenue"].sum()
    wide = weeks.unstack("scenario")
    gaps = wide.drop(columns=baseline).sub(wide[baseline], axis=0).groupby(level="replication").cumsum()
    return gaps.reset_index().melt(["replication", "week"], var_name="scenario", value_name="gain").dropna(subset=["gain"])


def revenue_gained(days: pd.DataFrame, look: Look, warm_up_days: int, title: str) -> alt.TopLevelMixin | None:
    """Draw the mean gain on the baseline with its two bands; None where there is no other scenario or no pair."""
    others = look.scenarios[1:]
    gaps = gains(days, look.baseline, warm_up_days) if others else pd.DataFrame()
    if gaps.empty:
        return None
    summary = summarise(gaps, ["scenario", "week"], "gain")
    table = pd.concat([bands(summary), summary[["scenario", "week", "mean"]].assign(band=None)], ignore_index=True)
    last = int(days["day"].max() + 1) // WEEK
    alone = len(others) <= 2
    x = weeks_axis(last, 1 if alone else 3)
    money = f"revenue gained so far{f' ({look.currency})' if look.currency else ''}"
    y: dict[str, Any] = {"title": money, "axis": alt.Axis(labelExpr=MONEY, tickCount=5), "scale": alt.Scale(zero=True)}
    zero = alt.Chart(pd.DataFrame([{"mean": 0}])).mark_rule(color=BASELINE, strokeDash=[4, 2]).encode(y=alt.Y("mean:Q", **y))
    layers = [zero, *banded(x, y, look if alone else look.without_legend())]
    subtitle = f"Paired: each run less the run of {look.baseline} in the same world, summed after the warm-up. Line: mean."
    if alone:
        return dressed(alt.layer(*layers, data=table).properties(width=WIDTH, height=280), title, subtitle)
    panels = alt.layer(*layers, data=table.assign(panel=table["scenario"].map(heading)))
    return dressed(facets(panels, others, 140), title, subtitle)
