"""How often `--precision`, `--best` and the intervals are right: plays a pool of runs, draws studies from it, writes docs/precision.md."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

import smsim
from smsim.compare import BETTER, WORSE, paired
from smsim.report.look import BLUE, INK, QUIET, VERMILLION
from studies.coverage_trials import Rate, Values, holds, least_favourable, until_chosen, until_precise, without_look_ahead
from studies.pictures import STYLE
from studies.playing import SAY

ROOT = Path(__file__).resolve().parents[1]
OUT, PAGE, TABLES = ROOT / "results" / "coverage", ROOT / "docs" / "precision.md", ROOT / "docs" / "precision"
START, END = "<!-- written by `make coverage` -->", "<!-- end of what is written -->"
BASE = "silo"
OTHERS = ("monthly", "biweekly", "weekly", "daily", "alliance", "aligned", "shared_pay", "crm_process", "collateral")
KPIS = ("contribution", "revenue", "leads", "win_rate", "cold_share")
HEADLINE, SIZES, WANTED, BANDS = "contribution", (5, 10, 20, 50, 100), (0.05, 0.02, 0.01), (0.05, 0.02)
#: Studies as the tables count them, and as many more as tell a fraction of a percent.
STUDIES, MANY = 400, 20_000
Pool = Mapping[str, Mapping[str, Values]]


def main(words: Sequence[str] | None = None) -> int:
    """Play the pool, draw the studies, write and draw: 0 all done, 2 cannot be played, 130 stopped."""
    made = argparse.ArgumentParser(prog="python -m studies.coverage", description=__doc__)
    made.add_argument("--worlds", type=int, default=500, metavar="N", help="worlds of each firm in the pool (500)")
    made.add_argument("--workers", type=int, default=2, metavar="K", help="how many worlds are played at once (2)")
    made.add_argument("--pool", type=Path, metavar="DIR", help="a pool that was played before; nothing is played")
    told = made.parse_args(words)
    try:
        found = smsim.ResultSet.read(told.pool) if told.pool else smsim.run(
            [BASE, *OTHERS], replications=told.worlds, workers=told.workers, out=OUT)
    except smsim.InputError as error:
        SAY.print(str(error))
        return 2
    except KeyboardInterrupt:
        SAY.print("stopped; what was finished is kept, and the same command goes on from there")
        return 130
    write(pool_of(found))
    return 0


def pool_of(found: smsim.ResultSet) -> dict[str, dict[str, Values]]:
    """KPI → scenario → a value for each world that all scenarios have."""
    there = found.kpi(HEADLINE).dropna().index
    return {kpi: {str(name): column.to_numpy(dtype=float) for name, column in found.kpi(kpi).loc[there].items()} for kpi in KPIS}


def write(pool: Pool) -> None:
    """Every table, as CSV and in the page, and the picture."""
    TABLES.mkdir(parents=True, exist_ok=True)
    frames = {}
    for name, made in STEPS.items():
        SAY.print(f"{name} …")
        frames[name] = made(pool)
        frames[name].to_csv(TABLES / f"{name}.csv", index=False, float_format="%.6g", lineterminator="\n")
    with mpl.rc_context(STYLE):
        picture(frames).savefig(ROOT / "docs" / "pictures" / "coverage.svg", metadata={"Date": None})
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(START)
    text = "\n".join(_lines(frames, len(pool[HEADLINE][BASE])))
    PAGE.write_text(f"{before}{START}\n\n{text}\n{END}{rest.partition(END)[2]}", encoding="utf-8")


def _rate(rate: Rate) -> dict[str, object]:
    return {"rate": rate.share, "in words": str(rate), "studies": rate.of}


def fixed(pool: Pool) -> pd.DataFrame:
    """How often intervals of a fixed number of worlds cover the truth: each pair, figure and size."""
    luck, rows = np.random.default_rng(1), []
    for kpi in KPIS:
        for name in [name for name in pool[kpi] if name != BASE]:
            gaps = pool[kpi][name] - pool[kpi][BASE]
            gaps = gaps[np.isfinite(gaps)]
            for n in SIZES:
                first, many = (holds(gaps, float(gaps.mean()), n, studies, luck) for studies in (STUDIES, MANY))
                rows.append({"kpi": kpi, "scenario": name, "worlds": n, **_rate(first), "rate of many": many.share})
    return pd.DataFrame(rows)


def null(pool: Pool) -> pd.DataFrame:
    """How often something is found where there is nothing: one scenario under two names, each study in other worlds."""
    luck, rows = np.random.default_rng(2), []
    base, other = pool[HEADLINE][BASE], pool[HEADLINE]["monthly"]
    for what in ("other worlds for each name", "the two names dealt anew in each world"):
        for n in SIZES[1:]:
            for studies in (STUDIES, MANY // 4):
                found = [_dealt(base, other, n, luck) if "dealt" in what else (base[luck.integers(0, len(base), n)],
                                                                             base[luck.integers(0, len(base), n)]) for _ in range(studies)]
                wrong = sum(paired(one, two, "up").verdict in (BETTER, WORSE) for one, two in found)
                rows.append({"null": what, "worlds": n, **_rate(Rate(wrong, studies))})
    return pd.DataFrame(rows)


def _dealt(one: Values, two: Values, n: int, luck: np.random.Generator) -> tuple[Values, Values]:
    """In each world a coin decides which of two scenarios is called which: as different as they are, neither name is better."""
    at, coin = luck.integers(0, len(one), n), luck.random(n) < 0.5
    return np.where(coin, one[at], two[at]), np.where(coin, two[at], one[at])


def sequential(pool: Pool) -> pd.DataFrame:
    """`--precision`: coverage after stopping, worlds taken, and how many independent worlds would take."""
    luck, rows = np.random.default_rng(3), []
    values = pool[HEADLINE]
    for name in [name for name in values if name != BASE]:
        for wanted in WANTED:
            told = until_precise(values[name], values[BASE], wanted, STUDIES, luck)
            with without_look_ahead():
                hasty = until_precise(values[name], values[BASE], wanted, STUDIES, luck)
            apart = until_precise(values[name], values[BASE], wanted, STUDIES // 4, luck, apart=True)
            rows.append({"scenario": name, "wanted": wanted, **_rate(told.covers), "worlds": told.worlds, "missed": told.missed,
                         "without look-ahead": hasty.covers.share, "worlds without": hasty.worlds, "worlds apart": apart.worlds,
                         "times": apart.worlds / told.worlds})
    return pd.DataFrame(rows)


def savings(pool: Pool) -> pd.DataFrame:
    """Variance of the paired difference over that of independent worlds: its inverse is how many times the runs."""
    rows = []
    for kpi, values in pool.items():
        for name in [name for name in values if name != BASE]:
            one, base = values[name], values[BASE]
            there = np.isfinite(one) & np.isfinite(base)
            ratio = float((one - base)[there].var(ddof=1) / (one[there].var(ddof=1) + base[there].var(ddof=1)))
            rows.append({"kpi": kpi, "scenario": name, "worlds": int(there.sum()), "ratio": ratio, "times": 1 / ratio})
    return pd.DataFrame(rows)


def selection(pool: Pool) -> pd.DataFrame:
    """`--best`: how often the best is chosen, as the scenarios are and where the best leads by just the band."""
    luck, rows, values = np.random.default_rng(4), [], pool[HEADLINE]
    few = {name: values[name] for name in (BASE, "monthly", "weekly")}
    for band in BANDS:
        for what, found in (("as they are", values), ("the last leads by the band", least_favourable(values, band)),
                            ("three, the last leads by the band", least_favourable(few, band))):
            told = until_chosen(found, band, STUDIES, luck)
            rows.append({"scenarios": what, "band": band, **_rate(told.right), "good": str(told.good), "runs": told.runs,
                         "without dropping": told.worlds * len(found)})
    return pd.DataFrame(rows)


STEPS: dict[str, Callable[[Pool], pd.DataFrame]] = {
    "savings": savings, "fixed": fixed, "null": null, "sequential": sequential, "selection": selection}


def picture(frames: Mapping[str, pd.DataFrame]) -> Figure:
    """Coverage by the number of worlds, false alarms, coverage after stopping: each against what it should be."""
    figure = Figure(figsize=(10, 3.9))
    left, middle, right = figure.subplots(1, 3, gridspec_kw={"left": 0.065, "right": 0.985, "top": 0.86, "bottom": 0.16, "wspace": 0.27})
    many = frames["fixed"]
    for kpi, mark in zip(KPIS, "os^Dv", strict=True):
        own = many[many["kpi"] == kpi].groupby("worlds")["rate of many"]
        left.plot(SIZES, own.mean(), marker=mark, markersize=5, label=kpi.replace("_", " "))
    left.set_xscale("log")
    left.set(xlabel="worlds of a study", title="Intervals that cover the truth")
    left.set_xticks(SIZES, SIZES)
    left.legend(loc="lower right", fontsize=7.5)
    for (what, own), colour, mark in zip(frames["null"].groupby("null", sort=False), (BLUE, VERMILLION), "os", strict=True):
        few, many = own[own["studies"] == STUDIES], own[own["studies"] != STUDIES]
        middle.plot(many["worlds"], many["rate"], marker=mark, color=colour, label=what)
        middle.plot(few["worlds"], few["rate"], marker=mark, color=colour, linestyle="none", markerfacecolor="none")
    middle.set_xscale("log")
    middle.set(xlabel="worlds of a study; hollow: 400 studies", title="Something found where nothing is", ylim=(0, 0.1))
    middle.set_xticks(SIZES[1:], SIZES[1:])
    middle.legend(loc="lower right", fontsize=7.5)
    for wanted, colour, mark in zip(WANTED, (VERMILLION, BLUE, INK), "os^", strict=True):
        own = frames["sequential"][frames["sequential"]["wanted"] == wanted]
        right.scatter(own["worlds"], own["rate"], color=colour, marker=mark, label=f"±{wanted:.0%} wanted")
    right.set_xscale("log")
    right.set_xticks((20, 50, 100, 200), (20, 50, 100, 200))
    right.set(xlabel="worlds it took, mean", title="Covered after --precision stopped")
    right.legend(loc="lower right", fontsize=7.5)
    for axes, aim in ((left, 0.95), (middle, 0.05), (right, 0.95)):
        axes.axhspan(aim - 0.02, aim + 0.02, color="#dde7f0", zorder=0)
        axes.axhline(aim, color=QUIET, linewidth=1)
        axes.minorticks_off()
        axes.yaxis.set_major_formatter(mpl.ticker.PercentFormatter(1, 0))
    for axes in (left, right):
        axes.set_ylim(0.88, 1.0)
    return figure


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"| {' | '.join('---' for _ in heads)} |"
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""


def _lines(frames: Mapping[str, pd.DataFrame], worlds: int) -> Iterator[str]:
    from studies.coverage_page import BLOCKS

    yield f"The pool: {worlds} worlds of each of {len(OTHERS) + 1} firms, two years, 2,000 customers. All figures: [precision/](precision)."
    yield ""
    yield "![Intervals that cover the truth, false alarms, and coverage after stopping](pictures/coverage.svg)"
    yield ""
    for name, block in BLOCKS.items():
        heads, rows = block(frames[name])
        yield from _table(heads, rows)


if __name__ == "__main__":
    sys.exit(main())
