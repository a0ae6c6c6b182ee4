"""What each setting does alone, from its low to its high end, and how the indices of a design lie."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from smsim.report.answers import called
from smsim.report.charts.effects import scale_of
from smsim.report.look import BASELINE, BLUE, INK, ORANGE, QUIET, SKY, dressed, names_axis
from smsim.report.mattering import LEADING, Mattering
from smsim.report.turning import HANGS, TURNS, WON
from smsim.report.wording import label, sentence

PANEL, ROW = 520, 36
_ENDS = {"low": ("low end", ORANGE), "high": ("high end", BLUE)}
_LINES = alt.Scale(type="point", padding=0.6)
_TOLD = {"yes": "told from luck", "no": "cannot be told from luck", "not known": "luck not known"}


def _named(row: pd.Series[Any]) -> str:
    turns = {TURNS: " †", HANGS: " ‡", WON: " ‡"}.get(str(row["decision"]), "")
    return f"{called(str(row['setting']))} ({row['grade']}){turns}"


def tornado(found: Mattering, kpi: str) -> alt.TopLevelMixin | None:
    """Draw a bar from the figure as the firm stands to each end of each setting, the longest first."""
    table = found.table(kpi)
    if table.empty:
        return None
    rows = [{"name": _named(row), "end": _ENDS[end][0], "own": row["at_own"], "at": row[f"at_{end}"], "low": row[f"at_{end}_low"],
             "high": row[f"at_{end}_high"], "words": row[f"{end}_words"], "said": found.said(kpi, row[f"at_{end}"])}
            for _, row in table.iterrows() for end in _ENDS]
    data = pd.DataFrame(rows)
    reach = (data["at"] - data["own"]).abs().groupby(data["name"]).max().sort_values(ascending=False)
    order = list(reach.index)
    over = f", what {found.asked['firms'][1]} has over {found.asked['firms'][0]}" if found.is_pair else ""
    flags = (" †: the sign of the difference turns, beyond its interval. ‡: it is decided as the firms stand but not at an end, or the "
             "other way round." if found.is_pair else "")
    subtitle = (f"One setting at a time, all others as they stand, in the same worlds{over}. Thin lines: 95% intervals. In brackets: the "
                f"grade of the setting's evidence.{flags}")
    return dressed(_bars(data, order, found, kpi), f"{sentence(label(kpi))}: each setting from end to end", subtitle)


def _bars(data: pd.DataFrame, order: list[str], found: Mattering, kpi: str) -> Any:
    domain, colours = [_ENDS[end][0] for end in _ENDS], [_ENDS[end][1] for end in _ENDS]
    colour = alt.Color("end:N", scale=alt.Scale(domain=domain, range=colours),
                       legend=alt.Legend(title=None, orient="top", symbolType="square"))
    y = alt.Y("name:N", sort=order, title=None, axis=names_axis(), scale=_LINES)
    ends = [*data["low"].dropna(), *data["high"].dropna(), *data["at"], *data["own"], *([0.0] if found.is_pair else [])]
    room = 0.16 * (max(ends) - min(ends) or 1.0)
    x: dict[str, Any] = {"title": sentence(label(kpi)), "axis": scale_of(found.findings.kpi(kpi).unit),
                         "scale": alt.Scale(domain=[min(ends) - room, max(ends) + room], nice=False, zero=False)}
    aside = alt.YOffset("end:N", sort=domain, scale=alt.Scale(domain=domain, range=[-8, 8]))
    base = alt.Chart(data).encode(y=y)
    data = data.assign(align=data["at"] >= data["own"])
    layers = [
        base.mark_bar(height=10, opacity=0.85).encode(x=alt.X("own:Q", **x), x2="at:Q", color=colour, yOffset=aside,
                                                      tooltip=["name:N", "end:N", "words:N", "said:N"]),
        base.mark_rule(color=INK, strokeWidth=1.3).encode(x=alt.X("low:Q", **x), x2="high:Q", yOffset=aside),
    ]
    layers += [alt.Chart(data[data["align"] == right]).mark_text(align="left" if right else "right", dx=5 if right else -5, fontSize=10.5,
                                                                 color=QUIET).encode(
        y=y, yOffset=aside, x=alt.X("edge:Q", **x), text="words:N").transform_calculate(edge="datum.high" if right else "datum.low")
        for right in (True, False) if (data["align"] == right).any()]
    own = alt.Chart(data.head(1)).mark_rule(color=BASELINE, strokeDash=[4, 2]).encode(x=alt.X("own:Q", **x))
    zero = [alt.Chart(pd.DataFrame([{"at": 0.0}])).mark_rule(color=INK).encode(x=alt.X("at:Q", **x))] if found.is_pair else []
    return alt.layer(*zero, own, *layers).properties(width=PANEL, height=ROW * len(order))


def effects_apart(found: Mattering, kpi: str) -> alt.TopLevelMixin | None:
    """Draw each setting of a Morris design: how large its effects are, against how much they differ."""
    table = found.table(kpi)
    if table.empty:
        return None
    data = _plain(table)
    top = float(max(data["mu_star_high"].max(), data["sigma"].max())) * 1.08 or 1.0
    axis = scale_of(found.findings.kpi(kpi).unit)
    scale = alt.Scale(domain=[0, top], nice=False, clamp=True)
    x = alt.X("mu_star:Q", title="μ*: mean size of the change over the whole range", axis=axis, scale=scale)
    y = alt.Y("sigma:Q", title="σ: how much it differs from point to point", axis=axis, scale=scale)
    base, by_spread = alt.Chart(data), data.sort_values("sigma")
    line = alt.Chart(pd.DataFrame([{"at": 0.0}, {"at": top}])).mark_line(color=BASELINE, strokeDash=[4, 3], strokeWidth=1).encode(
        x=alt.X("at:Q", scale=scale), y=alt.Y("at:Q", scale=scale))
    layers = [base.mark_rule(color=SKY, strokeWidth=1.4).encode(x=alt.X("mu_star_low:Q", scale=scale), x2="mu_star_high:Q", y=y),
              base.mark_point(filled=True, size=75, opacity=1).encode(x=x, y=y, color=_told_colour(data),
                                                                      tooltip=["setting:N", "low_words:N", "high_words:N"]),
              alt.Chart(by_spread[::2]).mark_text(align="left", dx=7, dy=-7, fontSize=11, color=INK).encode(x=x, y=y, text="name:N"),
              alt.Chart(by_spread[1::2]).mark_text(align="right", dx=-7, dy=-7, fontSize=11, color=INK).encode(x=x, y=y, text="name:N")]
    subtitle = ("Right: matters. High: what it does depends on the other settings, or it bends; on the dashed line σ = μ*. Rules: 95% "
                f"intervals of μ*. {found.of_noise(kpi)}")
    return dressed(alt.layer(line, *layers).properties(width=PANEL, height=330), _heading(found, kpi), subtitle)


def shares_of_variance(found: Mattering, kpi: str) -> alt.TopLevelMixin | None:
    """Draw the first and total index of each setting of a Sobol design."""
    table = found.table(kpi)
    if table.empty:
        return None
    data = _plain(table)
    words = {"first": ("alone (first)", BLUE), "total": ("with all others (total)", SKY)}
    long = pd.concat([data.assign(index=words[name][0], value=data[name], low=data[f"{name}_low"], high=data[f"{name}_high"])
                      for name in words], ignore_index=True)[["name", "index", "value", "low", "high"]]
    domain = [word for word, _ in words.values()]
    colour = alt.Color("index:N", scale=alt.Scale(domain=domain, range=[own for _, own in words.values()]),
                       legend=alt.Legend(title=None, orient="top", symbolType="square"))
    aside = alt.YOffset("index:N", sort=domain, scale=alt.Scale(domain=domain, range=[-7, 7]))
    y = alt.Y("name:N", sort=list(data["name"]), title=None, axis=names_axis(), scale=_LINES)
    base = alt.Chart(long).encode(y=y, yOffset=aside)
    x = alt.X("value:Q", title="Share of the variance that the settings make", axis=alt.Axis(tickCount=6))
    luck = alt.Chart(data).mark_tick(color=INK, thickness=2, height=20).encode(y=y, x="noise:Q")
    layers = [base.mark_bar(height=12).encode(x=x, color=colour), base.mark_rule(color=INK, strokeWidth=1.3).encode(x="low:Q", x2="high:Q")]
    subtitle = ("Alone, and together with all others; the gap between the two is what it does jointly. Rules: 95% intervals, with luck "
                f"taken off. Ticks: what luck would have added. {found.of_noise(kpi)}")
    return dressed(alt.layer(*layers, luck).properties(width=PANEL, height=ROW * len(data)), _heading(found, kpi), subtitle)


def _plain(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(name=[_named(row) for _, row in table.iterrows()], told=[_TOLD[told] for told in table["told"]])


def _told_colour(data: pd.DataFrame) -> alt.Color:
    domain = [word for word in _TOLD.values() if word in set(data["told"])]
    colours = [{"told from luck": BLUE, "luck not known": ORANGE}.get(word, "#b7bfc7") for word in domain]
    return alt.Color("told:N", scale=alt.Scale(domain=domain, range=colours), legend=alt.Legend(title=None, orient="top"))


def _heading(found: Mattering, kpi: str) -> str:
    table = found.table(kpi)
    sure = [called(str(name)) for name in table.loc[table["told"] != "no", "setting"].head(2)]
    told = f"{' and '.join(sure) or 'no setting'} can be told from luck" if "no" in set(table["told"]) else f"first {' and '.join(sure)}"
    return f"{sentence(label(kpi))} of {found.whose}: {told} " \
           f"({LEADING[found.design][1]})"
