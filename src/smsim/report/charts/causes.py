"""What became of the leads: the share that ended with each outcome, grouped by the desk it ended at."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from smsim.report.charts.strips import strips
from smsim.report.look import BASELINE, BLUE, GREEN, INK, ORANGE, PAPER, PURPLE, SKY, VERMILLION, WIDTH, Look, dressed, names_axis
from smsim.report.statistics import summarise
from smsim.report.wording import outcome
from smsim.world.outcomes import DESK_OF, Desk, Outcome

#: The shades of each desk, its outcomes in order; marketing first, as a lead travels.
SHADES = {
    Desk.MARKETING: ("#8c6bb1",), Desk.HANDOFF: (ORANGE, "#f6d186"),
    Desk.REP: ("#8f3b00", "#e8854a", VERMILLION, "#f0aa82", "#f6cdb5"), Desk.EXECUTIVE: ("#777777",),
    Desk.CUSTOMER: (BLUE, SKY, "#a9d8f5"), Desk.RIVAL: (PURPLE,),
}
REST, REST_COLOUR = "still open", "#e3e6e9"
#: The causes drawn one by one with their uncertainty, and the least share that has its number in the bar.
ONE_BY_ONE, ROOM = 8, 0.045
PERCENT = alt.Axis(format="%", tickCount=4)


def endings(curves: pd.DataFrame) -> pd.DataFrame:
    """The share of leads that ended with each outcome by the last age of the curves, by replication, with what is left."""
    last = curves[(curves["age_hours"] == curves["age_hours"].max()) & (curves["curve"] != "surviving")]
    known = {each.label for each in Outcome} - {"open"}
    ended = last[last["curve"].isin(known)]
    wide = ended.pivot_table(index=["scenario", "replication"], columns="curve", values="value", observed=True)
    if wide.empty:
        return pd.DataFrame(columns=["scenario", "replication", "cause", "share"])
    wide[REST] = (1 - wide.sum(axis=1)).clip(lower=0)
    long: pd.DataFrame = wide.reset_index().melt(["scenario", "replication"], var_name="cause", value_name="share")
    return long.fillna({"share": 0.0})


def causes_of_death(curves: pd.DataFrame, look: Look, title: str) -> alt.TopLevelMixin | None:
    """Draw a bar per scenario, and the largest causes one by one with their intervals; None where no lead ended."""
    ended = endings(curves)
    if ended.empty:
        return None
    table = ordered(summarise(ended, ["scenario", "cause"], "share"))
    days = f"{curves['age_hours'].max() / 24:.0f} days"
    deaths = table[~table["cause"].isin([REST, "won"])]
    largest = deaths.groupby("words")["mean"].mean().nlargest(ONE_BY_ONE).index
    single = deaths[deaths["words"].isin(largest)]
    alone: Any = strips(_told(single), look, list(largest), PERCENT) if look.in_panels else _dots(single, list(largest), look)
    bars: Any = _bars(table, look, days)
    chart = alt.vconcat(bars, alone, spacing=26).resolve_scale(color="independent")
    subtitle = "Colour family: the desk the lead ended at. Below: the largest causes, dot and 95% interval of the mean."
    return dressed(chart, title, subtitle)


def _told(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(panel=table["words"], words=[f"{share:.1%}" for share in table["mean"]])


def ordered(table: pd.DataFrame) -> pd.DataFrame:
    """Causes in the order of the desks, with words, colour and the ends of their piece of the bar."""
    desks = list(SHADES)
    order = sorted((each for each in Outcome if each is not Outcome.OPEN), key=lambda each: (desks.index(DESK_OF[each]), each))
    rank = {each.label: at for at, each in enumerate([each for each in order if each is not Outcome.WON])} | {REST: 90, "won": 91}
    table = table[table.groupby("cause")["mean"].transform("max") > 0].assign(rank=lambda rows: rows["cause"].map(rank))
    table = table.sort_values(["scenario", "rank"], kind="stable")
    end = table.groupby("scenario", sort=False)["mean"].cumsum()
    rest = {"won": "won", REST: _rest(table)}
    words = table["cause"].map(lambda cause: rest.get(cause) or f"{_desk(cause).label}: {outcome(cause)}")
    return table.assign(words=words, start=end - table["mean"], end=end, middle=end - table["mean"] / 2)


def _rest(table: pd.DataFrame) -> str:
    return REST if (table["cause"] == "won").any() else "open or won"


def _desk(cause: str) -> Desk:
    return DESK_OF[Outcome[cause.upper()]]


def colour_of(cause: str) -> str:
    """A shade of the colour of the desk it ends at."""
    if cause in (REST, "won"):
        return REST_COLOUR if cause == REST else GREEN
    desk = _desk(cause)
    own: list[Outcome] = [each for each in Outcome if DESK_OF.get(each) is desk and each not in (Outcome.OPEN, Outcome.WON)]
    return SHADES[desk][own.index(Outcome[cause.upper()]) % len(SHADES[desk])]


def _bars(table: pd.DataFrame, look: Look, days: str) -> alt.TopLevelMixin:
    kinds = table.drop_duplicates("words").sort_values("rank")
    scale = alt.Scale(domain=list(kinds["words"]), range=[colour_of(cause) for cause in kinds["cause"]])
    legend = alt.Legend(title=None, orient="bottom", columns=3, symbolType="square", symbolSize=160, symbolStrokeWidth=0)
    y = alt.Y("scenario:N", sort=look.scenarios, title=None, axis=names_axis())
    x = alt.X("start:Q", title=f"share of leads, within {days} of creation", axis=alt.Axis(format="%", tickCount=5),
              scale=alt.Scale(domain=[0, 1], nice=False))
    tooltip = [alt.Tooltip("scenario:N"), alt.Tooltip("words:N", title="outcome"),
               *(alt.Tooltip(f"{end}:Q", format=".1%") for end in ("mean", "low", "high"))]
    base = alt.Chart(table).encode(y=y)
    bar = base.mark_bar(stroke=PAPER, strokeWidth=1).encode(x=x, x2="end:Q", color=alt.Color("words:N", scale=scale, legend=legend),
                                                            tooltip=tooltip)
    dark = [words for words, cause in zip(kinds["words"], kinds["cause"], strict=True) if is_dark(colour_of(cause))]
    ink = alt.when(alt.FieldOneOfPredicate(field="words", oneOf=dark)).then(alt.value(PAPER)).otherwise(alt.value(INK))
    numbers = base.mark_text(fontSize=11).transform_filter(f"datum.mean >= {ROOM}").encode(
        x="middle:Q", text=alt.Text("mean:Q", format=".0%"), color=ink)
    return alt.layer(bar, numbers).properties(width=WIDTH, height=alt.Step(34))


def is_dark(colour: str) -> bool:
    """Whether words on it must be light."""
    red, green, blue = (int(colour[at:at + 2], 16) for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue < 140


def _dots(table: pd.DataFrame, order: list[str], look: Look) -> alt.TopLevelMixin:
    y = alt.Y("words:N", sort=order, title=None, axis=names_axis(),
              scale=alt.Scale(paddingInner=0.25, paddingOuter=0.1))
    offset = alt.YOffset("scenario:N", sort=look.scenarios, scale=alt.Scale(paddingOuter=0.1))
    x = alt.X("low:Q", title="share of leads", axis=alt.Axis(format="%", tickCount=6), scale=alt.Scale(zero=True))
    colours = look.colours if len(look.scenarios) > 1 else [BASELINE]
    legend = alt.Legend(title=None, orient="top", columns=3, labelLimit=0, symbolType="circle") if len(look.scenarios) > 1 else None
    colour = alt.Color("scenario:N", scale=alt.Scale(domain=look.scenarios, range=colours), legend=legend)
    base = alt.Chart(table).encode(y=y, yOffset=offset, color=colour)
    bars = base.mark_rule(strokeWidth=2.2).encode(x=x, x2="high:Q")
    tooltip = [alt.Tooltip("scenario:N"), alt.Tooltip("mean:Q", title="share", format=".1%")]
    dots = base.mark_point(filled=True, size=46, opacity=1).encode(x=alt.X("mean:Q", title="share of leads"), tooltip=tooltip)
    return alt.layer(bars, dots).properties(width=WIDTH, height=alt.Step(11 if len(look.scenarios) < 6 else 8))
