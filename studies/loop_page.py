"""Draws the loop's pictures and fills the tables of docs/loop.md, from docs/loop/*.csv; words outside the markers stay."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure
from rich.console import Console

from smsim.report.look import QUIET
from studies import loop_pictures
from studies.loop_pictures import BASE, ORDERS, PAYS, REPS, STARTED, firm, name
from studies.loop_tables import ends_of
from studies.page import between
from studies.pictures import STYLE, lean

COMMAND = "make loop"
_KPIS = {"trust_sales_in_marketing": ("trust, last year", 1, 3), "lead_hours_share": ("share of hours for leads", 1, 3),
         "revenue": ("revenue of the year, thousand", 1e3, 0)}


def write(docs: Path, say: Console) -> None:
    """Draw everything and fill the page."""
    found = {path.stem: pd.read_csv(path) for path in sorted((docs / "loop").glob("*.csv"))}
    pictures = {
        "loop-return": ("What reps come to, once round the loop", loop_pictures.returns, ("round",)),
        "loop-gain": ("Where the loop feeds on itself: its steepest place (bold: above 1)", loop_pictures.gains, ("round", "gain")),
        "loop-ends": ("Does the start decide? Ten years from trust .2 and from .8", loop_pictures.ways, ("ways",)),
        "loop-links": ("What cutting one link is worth", loop_pictures.forest, ("links",)),
    }
    for file, (title, draw, needs) in pictures.items():
        if all(need in found for need in needs):
            save(draw, [found[need] for need in needs], title, docs / "pictures" / f"{file}.svg")
    page = docs / "loop.md"
    text = page.read_text(encoding="utf-8")
    for block, (table, needs) in TABLES.items():
        if all(need in found for need in needs):
            text = between(text, block, "\n".join(table(*(found[need] for need in needs))))
    page.write_text(text, encoding="utf-8")
    say.print(f"docs/loop.md and {len(pictures)} pictures")


def save(draw: Any, tables: list[pd.DataFrame], title: str, path: Path) -> None:
    """Draw a picture, its name above and the command that makes it below."""
    with mpl.rc_context(STYLE):
        figure: Figure = draw(*tables)
        height = figure.get_figheight()
        figure.suptitle(title, x=0.012, y=1 - 0.12 / height, ha="left", va="top", fontsize=13, fontweight="bold")
        worlds = int(max(table["n"].max() for table in tables))
        foot = f"{COMMAND}  ·  {worlds} worlds of each firm"
        figure.text(0.012, 0.08 / height, foot, fontsize=8, color=QUIET, va="bottom")
        figure.savefig(path, metadata={"Date": None, "Title": title, "Description": foot, "Creator": "smsim"})
    path.write_text(lean(path.read_text(encoding="utf-8")), encoding="utf-8")


def number(value: float, half: float, digits: int = 2, *, signed: bool = False) -> str:
    """A mean with half its interval; in italics where a difference may be none."""
    if pd.isna(value):
        return "–"
    words = f"{value:{'+' if signed else ''},.{digits}f}" + ("" if pd.isna(half) else f" ± {half:,.{digits}f}")
    words = words.replace("-", "−")
    return f"*{words}*" if signed and not abs(value) > half else words


def resting(points: pd.DataFrame) -> list[str]:
    """Where each firm can rest, by what its curve says."""
    lines = ["| order of calls | base share 30% | 40% | 60% |", "|---|---|---|---|"]
    for order in ORDERS:
        found = firm(points, REPS, order)
        cells = [_rests(found, base) for base in (0.3, BASE, 0.6)]
        lines.append(f"| {name(*order)} | {' | '.join(cells)} |")
    return lines


def steepest(steps: pd.DataFrame) -> list[str]:
    """Both gains where the curve is steepest."""
    lines = ["| order of calls | steepest g | steepest G | at s |", "|---" * 4 + "|"]
    for order in ORDERS:
        found = firm(steps, REPS, order)
        top = found.loc[found["full"].idxmax()]
        bound = found.loc[found["gain"].idxmax()]
        cells = [number(bound["gain"], bound["gain_half"]), number(top["full"], top["full_half"]), f"{top["low"]:.2f} to {top["high"]:.2f}"]
        lines.append(f"| {name(*order)} | {' | '.join(cells)} |")
    return lines


def paid(points: pd.DataFrame, steps: pd.DataFrame) -> list[str]:
    """What marketing's pay makes of the curve, where the oldest are called first."""
    lines = ["| reps | ages seen | paid for | threshold, few, many | steepest g | steepest G | at s | rests: base 40% | 60% | 70% |",
             "|---" * 10 + "|"]
    for reps in sorted(points["company.reps"].unique(), reverse=True):
        for order in ORDERS[:2]:
            for base, words in PAYS.items():
                told = _of_pay(*(firm(some, reps, order, base) for some in (points, steps)))
                lines.append(f"| {reps:.0f} | {order[1]:.0%} | {words} | {told} |")
    return lines


def _of_pay(held: pd.DataFrame, found: pd.DataFrame) -> str:
    top, bound = (found.loc[found[key].idxmax()] for key in ("full", "gain"))
    few, many = (f"{held['threshold'].iloc[at]:.2f}" for at in (0, -1))
    cells = [f"{few}, {many}", number(bound["gain"], bound["gain_half"]), number(top["full"], top["full_half"]),
             f"{top["low"]:.2f} to {top["high"]:.2f}", *(_rests(held, base) for base in (BASE, 0.6, 0.7))]
    return " | ".join(cells)


def _rests(held: pd.DataFrame, base: float) -> str:
    return ", ".join(f"{share:.2f}" if stable else f"({share:.2f})" for share, stable in ends_of(held, base, 1.0))


def at_rest(rest: pd.DataFrame) -> list[str]:
    """Both gains where each firm comes to rest."""
    lines = ["| reps | order of calls | s | W | g | G |", "|---" * 6 + "|"]
    for reps in sorted(rest["company.reps"].unique()):
        for order in ORDERS:
            row = firm(rest, reps, order).iloc[0]
            cells = [number(row[kpi], row[f"{kpi}_half"]) for kpi in ("lead_hours_share", "warm_share", "loop_gain", "loop_gain_full")]
            lines.append(f"| {reps:.0f} | {name(*order)} | {' | '.join(cells)} |")
    return lines


def both_ends(apart: pd.DataFrame) -> list[str]:
    """How far the two starts are apart in years 3 and 10."""
    lines = ["| firm | figure | year | from .2 | from .8 | apart |", "|---|---|---|---|---|---|"]
    for one in STARTED:
        for kpi, (words, unit, digits) in _KPIS.items():
            for row in apart[(apart["firm"] == one) & (apart["kpi"] == kpi)].itertuples():
                low, high = (f"{value / unit:,.{digits}f}" for value in (row.from_low, row.from_high))
                gap = number(row.apart / unit, row.half / unit, digits, signed=True)
                lines.append(f"| {one} | {words} | {row.year} | {low} | {high} | {gap} |")
    return lines


def cut(links: pd.DataFrame) -> list[str]:
    """What each cut is worth."""
    lines = ["| firm | cut | contribution, thousand | revenue, thousand | warm when called | hours |", "|---" * 6 + "|"]
    for (one, what), some in links.groupby(["firm", "cut"], sort=False):
        rows = some.set_index("kpi")
        cells = []
        for kpi, unit, digits in (("contribution", 1e3, 0), ("revenue", 1e3, 0), ("warm_share", 1, 3), ("lead_hours_share", 1, 3)):
            row = rows.loc[kpi]
            whole = f"{row['mean'] / unit:,.{digits}f}"
            cells.append(whole if what == "nothing" else number(row["gap"] / unit, row["half"] / unit, digits, signed=True))
        lines.append(f"| {one} | {what} | {' | '.join(cells)} |")
    return lines


TABLES: dict[str, tuple[Any, tuple[str, ...]]] = {
    "rests": (resting, ("round",)), "gain": (steepest, ("gain",)), "rest": (at_rest, ("rest",)), "ends": (both_ends, ("apart",)),
    "links": (cut, ("links",)), "paid": (paid, ("round", "gain")),
}
