"""The cases of docs/exact.md about new products: interest that spreads, shares of equals and races, know-how that fades."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from diffusion import YEAR, bass, decided, only_choices, only_memory, only_races, peak, share_after
from exact_drawing import COLOURS, WORLDS, line, panels, points, row
from matplotlib.figure import Figure

from smsim import play

Played = tuple[Figure, list[str]]
_FEW = WORLDS[:8]


def interest() -> Played:
    """Case 1: Bass."""
    figure, (left, right) = panels("Share of customers who have been interested", "Share who become interested in a year")
    rows = []
    for number, (p, q, years) in enumerate(((0.03, 0.38, 13), (0.05, 1.2, 7))):
        fine, when = np.linspace(0, years, 60), np.linspace(0, years - 1, 9)
        line(left, fine, bass(fine, p, q), number, label=f"p {p:g}, q {q:g} a year")
        middle = np.linspace(0.5, years - 0.5, 60)
        line(right, middle, bass(middle + 0.5, p, q) - bass(middle - 0.5, p, q), number)
        played = np.array([[share_after(p, q, years, seed, t) for seed in _FEW] for t in when])
        points(left, when, played, number)
        points(right, when[1:], [[share_after(p, q, years, seed, t + 0.5) - share_after(p, q, years, seed, t - 0.5) for seed in _FEW]
                                 for t in when[1:]], number)
        top, share, _ = peak(p, q)
        rows.append(row(f"p {p:g}, q {q:g}", f"share at the peak, t* = {top:.2f} years", share,
                        [share_after(p, q, years, seed, top) for seed in _FEW]))
        for t in (1, 5):
            found = [share_after(p, q, years, seed, t) for seed in _FEW]
            rows.append(row(f"p {p:g}, q {q:g}", f"share after {t:g} y", float(bass(t, p, q)), found))
    left.legend()
    for axis in (left, right):
        axis.set_xlabel("years since the announcement")
    return figure, rows


def equals() -> Played:
    """Case 19: shares among equals, and races."""
    figure, (left, right) = panels("Share won among equals", "Share that goes cold before its window closes")
    rivals, rates, rows = [0, 1, 2, 3, 5, 8], [0.25, 0.5, 1, 2, 4], []
    line(left, rivals, [1 / (count + 2) for count in rivals])
    won = [[(lambda ends: ends[0] / ends.sum())(decided(only_choices(count), seed)) for seed in _FEW[:4]] for count in rivals]
    points(left, rivals, won)
    left.set_xlabel("rivals, beside the firm and no decision")
    rows += [row(f"rivals {count}, all liked alike", "share won", 1 / (count + 2), won[rivals.index(count)]) for count in (1, 3)]
    fine = np.linspace(0.2, 4, 40)
    line(right, fine, fine / (1 + fine), 1)
    first = [[_cold_first(24 / rate, 1, seed) for seed in _FEW[:3]] for rate in rates]
    points(right, rates, first, 1)
    right.set(xlabel="rate of going cold over rate of closing")
    rows += [row(f"rates {rate:g} to 1", "share cold first", rate / (1 + rate), first[rates.index(rate)]) for rate in (0.5, 2)]
    return figure, rows


def _cold_first(cold: float, closes: float, seed: int) -> float:
    outcome = play(only_races(cold, closes), seed, leads=True).leads["outcome"].astype(str)
    lost, closed = (outcome == "cold_in_queue").sum(), (outcome == "window_closed").sum()
    return float(lost / (lost + closed))


def forgetting() -> Played:
    """Case 23: know-how without practice."""
    figure, (axis,) = panels("Know-how left, without practice")
    rows, months = [], np.arange(13)
    for number, kept in enumerate((0.75, 0.85, 0.98)):
        line(axis, np.linspace(0, 12, 60), kept ** np.linspace(0, 12, 60), number, label=f"{kept:g} a month")
        model, left = only_memory(kept, 1.0), []
        for month in months:
            if month:
                model.run_for(round(month * YEAR / 12) - model.days_played)
            left.append(float(model.world.know_how["hours"][1]))
        axis.plot(np.round(months * YEAR / 12) / YEAR * 12, left, "o", ms=5, mfc="white", mew=1.6, color=COLOURS[number])
        rows.append(row(f"{kept:g} a month", "left after a year", kept**12, left[-1]))
    axis.set(xlabel="months", ylim=(0, 1.02))
    axis.legend()
    return figure, rows


CASES: dict[str, Callable[[], Played]] = {"interest": interest, "equals": equals, "forgetting": forgetting}
