"""The cases of docs/exact.md: each plays its firms and returns a picture and the lines of its table."""

from __future__ import annotations

from collections.abc import Callable

import exact_closing
import exact_customers
import exact_launches
import exact_learning
import exact_order
import numpy as np
from exact_drawing import COLOURS, INK, WORLDS, line, panels, points, row
from formulas import erlang_a, erlang_c, fluid, still_warm, warm_when_called
from matplotlib.figure import Figure
from numpy.typing import NDArray
from stages import STAGES, alive_by_stage, keep_diary, live, midnights, stays
from waiting import AUDITED, cold_share, delayed, queue, share_warm, waits

from smsim import SalesMarketingModel, load
from smsim.world.leads import DECIDING, HANDOFF, QUEUED, SELLING
from smsim.world.outcomes import Outcome

Played = tuple[Figure, list[str]]


def impatience() -> Played:
    """Cases 2, 2b, 2c: leads go cold in a queue."""
    figure, (left, right) = panels("Share of leads that go cold", "Mean wait of all leads, hours")
    fine, loads, rows = np.linspace(1, 30, 80), [5, 8, 10, 12, 15, 20, 30], []
    for number, theta in enumerate((0.5, 1.0)):
        exact = [erlang_a(often, 1, 10, theta, 1000) for often in fine]
        line(left, fine, [one[0] for one in exact], number, label=f"patience {1 / theta:g} h")
        line(right, fine, [one[1] / often for one, often in zip(exact, fine, strict=True)], number)
        played = [waits(queue((often, 1, 10, theta)), WORLDS) for often in loads]
        points(left, loads, [one[:, 0] for one in played], number)
        points(right, loads, [one[:, 1] for one in played], number)
        for often, one in zip(loads, played, strict=True):
            if (often, theta) in ((10, 0.5), (12, 0.5), (10, 1.0), (30, 0.5)):
                rows += told_of_queue((often, 1, 10, theta), one)
    rows += told_of_queue((4, 1.5, 3, 0.8), waits(queue((4, 1.5, 3, 0.8)), WORLDS))
    heavy = np.linspace(10.5, 30)
    left.plot(heavy, fluid(heavy, 1, 10), color=INK, lw=1, ls=":", label="great load: 1 − cμ/λ")
    left.legend()
    for axis in (left, right):
        axis.set_xlabel("leads an hour, ten reps, calls of an hour")
    return figure, rows


def told_of_queue(setting: tuple[float, float, int, float], played: NDArray[np.float64]) -> list[str]:
    """The lines about one queue."""
    words = "λ {:g}, μ {:g}, c {}, θ {:g}".format(*setting)
    cold, waiting, chance = erlang_a(*setting)
    exact = ("share cold", cold), ("mean wait, h", waiting / setting[0]), ("share that waits", chance)
    return [row(words, figure, known, played[:, number]) for number, (figure, known) in enumerate(exact)]


def patience() -> Played:
    """Case 3: leads wait for ever."""
    figure, (left, right) = panels("Share of leads that wait", "Mean wait, hours")
    rows = []
    for number, (reps, loads) in enumerate(((10, [5, 6, 7, 8, 9]), (3, [1, 1.5, 2, 2.5]))):
        fine = np.linspace(0.3, 0.93, 60)
        for axis, which in ((left, 0), (right, 1)):
            line(axis, fine, [erlang_c(share * reps, 1, reps)[which] for share in fine], number, label=f"{reps} reps")
        played = [waits(queue((often, 1, reps, 0), weeks=6), WORLDS) for often in loads]
        points(left, np.array(loads) / reps, [one[:, 2] for one in played], number)
        points(right, np.array(loads) / reps, [one[:, 1] for one in played], number)
        for often, one in zip(loads, played, strict=True):
            if often in (8, 2):
                chance, wait = erlang_c(often, 1, reps)
                rows += [row(f"λ {often}, μ 1, c {reps}", "share that waits", chance, one[:, 2]),
                         row(f"λ {often}, μ 1, c {reps}", "mean wait, h", wait, one[:, 1])]
    left.legend()
    for axis in (left, right):
        axis.set_xlabel("load: leads an hour over calls that can be made")
    return figure, rows


def stock_and_flow() -> Played:
    """Case 4: Little's law."""
    figure, (left, right) = panels("Leads in a stage at midnight, counted", "Leads in the queue at midnight")
    rows, days = [], 182
    for number, world in enumerate(("b2b", "monthly", "web")):
        book = keep_diary(load(world).but({"run.weeks": 26, "run.warm_up": 0}), 4, days)
        for marker, stage in zip("os^D", STAGES, strict=True):
            entered, left_at = stays(book, stage)
            product = np.isfinite(entered).sum() / days * midnights(entered, left_at, days).mean()
            counted = book.stages[stage].mean()
            left.loglog(product, counted, marker, ms=7, mfc="white", mew=1.6, color=COLOURS[number], label=stage if not number else None)
            rows.append(row(world, f"{stage}: λ·W = L", product, counted))
    left.axline((1, 1), (10, 10), color=INK, lw=1, zorder=0)
    left.set_xlabel("entered a day × midnights stayed, from the log")
    left.legend()
    loads, fine = [6, 8, 10, 12, 14], np.linspace(5, 15, 50)
    line(right, fine, [erlang_a(often, 1, 10, 0.5, 800)[1] for often in fine], 0)
    points(right, loads, [[queue_at_midnight(often, seed) for seed in WORLDS[:12]] for often in loads], 0)
    right.set_xlabel("leads an hour, ten reps, calls of an hour, patience 2 h")
    return figure, rows


def queue_at_midnight(often: float, seed: int) -> float:
    """Mean number that waits at midnight, over sixty nights."""
    model, found = SalesMarketingModel(queue((often, 1, 10, 0.5), weeks=9), seed), []
    model.run_for(3)
    for _ in range(60):
        model.run_for(1)
        found.append(alive_by_stage(model.world, model.days_played)[1])
    return float(np.mean(found))


def balance() -> Played:
    """Case 5: nothing is lost."""
    figure, (axis,) = panels("Everybody who asked or was found by a rep, by where they are; firm b2b, one world")
    days = 182
    book = keep_diary(load("b2b").but({"run.weeks": 26, "run.warm_up": 0}), 4, days)
    tallies, ends = book.days, book.outcomes
    born = np.cumsum(tallies["inquiries"] + tallies["opportunities"] - tallies["opportunities_marketing"])
    alive = book.states[:, [HANDOFF, QUEUED]].sum(axis=1), book.states[:, [SELLING, DECIDING]].sum(axis=1)
    parts = {"below the threshold": ends[:, Outcome.BELOW_THRESHOLD],
             "rejected, never routed": ends[:, [Outcome.REJECTED, Outcome.NEVER_ROUTED]],
             "cold, closed or expired": ends[:, [Outcome.COLD_IN_QUEUE, Outcome.COLD_IN_HANDOFF, Outcome.WINDOW_CLOSED, Outcome.EXPIRED]],
             "no buyer": ends[:, Outcome.NOT_A_BUYER], "stalled, lost, undecided": ends[:, [2, 3, 4]], "won": ends[:, Outcome.WON],
             "leads waiting": alive[0], "opportunities open": alive[1]}
    stack = [values if values.ndim == 1 else values.sum(axis=1) for values in parts.values()]
    colours = ["#cfd6dd", "#9fb1c1", *COLOURS]
    axis.stackplot(np.arange(1, days + 1)[::7], [values[::7] for values in stack], labels=list(parts), colors=colours, lw=0, alpha=0.85)
    axis.plot(np.arange(1, days + 1)[::7], born[::7], color=INK, lw=1.8, label="born")
    axis.legend(loc="center left", bbox_to_anchor=(1.0, 0.5), reverse=True)
    axis.set(xlabel="day", ylabel="inquiries and prospects")
    over = born - live(book.states) - ends.sum(axis=1)
    money = np.abs(np.cumsum(tallies["revenue"]) - book.revenue).max() / book.revenue[-1]
    return figure, [row("b2b, 182 midnights", "born − somewhere, largest", 0, float(np.abs(over).max())),
                    row("b2b, 182 midnights", "revenue − value of deals won, largest, relative", 0, float(money))]


def cooling() -> Played:
    """Case 6: decay against delay."""
    figure, (left, right) = panels("Share still warm when called", "The same at audited response times")
    hours, fine, rows = [0.25, 1, 4, 24, 72], np.geomspace(0.1, 150, 80), []
    for number, share in enumerate((0.5, 0.8, 0.97)):
        line(left, fine, still_warm(fine, share, 25 / 60, 72), number, label=f"w {share:g}")
        played = [[1 - cold_share(delayed(hour, share), seed) for seed in WORLDS[:5]] for hour in hours]
        points(left, hours, played, number)
        rows.append(row(f"w {share:g}, every call after 4 h", "share warm", float(still_warm(4.0, share, 25 / 60, 72)), played[2]))
    left.set(xscale="log", xlabel="hours from birth to call, on the model")
    left.legend()
    shares = [0.0, 0.3, 0.5, 0.8, 0.97]
    line(right, [0, 1], [warm_when_called(AUDITED, [(w, 25 / 60), (1 - w, 72)]) for w in (0, 1)], 3)
    found = [share_warm(AUDITED, [(w, 25 / 60), (1 - w, 72)]) for w in shares]
    right.plot(shares, found, "o", ms=5, mfc="white", mew=1.6, color=COLOURS[3])
    right.set(xlabel="share of the impatient, w (200,000 leads each)")
    for w in (0.8, 0.97):
        exact = warm_when_called(AUDITED, [(w, 25 / 60), (1 - w, 72)])
        rows.append(row(f"w {w:g}, answered as audited", "share warm, of 200,000 leads", round(exact, 4), found[shares.index(w)]))
    return figure, rows


CASES: dict[str, Callable[[], Played]] = {
    "impatience": impatience, "patience": patience, "stock-and-flow": stock_and_flow, "balance": balance, "cooling": cooling,
    **exact_learning.CASES, **exact_launches.CASES, **exact_customers.CASES, **exact_closing.CASES, **exact_order.CASES,
}
