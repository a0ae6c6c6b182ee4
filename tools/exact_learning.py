"""The cases of docs/exact.md about messages, news, trust and experience, arrivals, luck and names."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from arrivals import daily, owned
from beliefs import Belief, walk_error
from exact_drawing import COLOURS, INK, WORLDS, line, panels, points, row
from firms import goodwill_by_day, only_arrivals, only_experience, only_follow_up, only_messages, squared_error
from formulas import duration, goodwill, mean_staleness, random_walk_filter, remembered, staleness_by_days, trust_after, trust_at_rest
from matplotlib.figure import Figure
from pairs import in_unit, money_figures, pair, played_with, without_own_luck
from scipy import stats

from smsim import SalesMarketingModel, play

Played = tuple[Figure, list[str]]


def messages() -> Played:
    """Case 8: goodwill builds up and fades."""
    figure, (left, right) = panels("Goodwill, per contact a day", "Share left after the spending stops")
    rows = []
    for number, (contacts, kept, days) in enumerate(((0.5, 0.736, 28), (0.3, 0.9, 28), (0.1, 0.932 ** (1 / 7), 28))):
        fine, some = np.arange(days + 1), [1, 3, 7, 14, 21, 28]
        line(left, fine, goodwill(1, kept) * (1 - kept**fine), number, label=f"d {kept:.3f} a day")
        played = np.array([goodwill_by_day(only_messages(contacts, kept), seed, days) for seed in WORLDS[:6]]) / contacts
        points(left, some, [played[:, day - 1] for day in some], number)
        faded = goodwill_by_day(only_messages(contacts, kept, pulse=104), 1, 7 + days)[6:]
        line(right, fine, kept**fine, number)
        right.plot(some, faded[some] / faded[0], "o", ms=5, mfc="white", mew=1.6, color=COLOURS[number])
        long = 100 if kept < 0.95 else 700
        rested = [goodwill_by_day(only_messages(contacts, kept), seed, long)[-1] / contacts for seed in WORLDS[:6]]
        rows.append(row(f"d {kept:.4g} a day", "goodwill at rest, per contact a day", goodwill(1, kept), rested))
        rows.append(row(f"d {kept:.4g} a day", "half-life, days", duration(0.5, kept), 10 * np.log(0.5) / np.log(faded[10] / faded[0])))
    left.legend()
    for axis in (left, right):
        axis.set_xlabel("days")
    return figure, rows


def walks() -> Played:
    """Case 9: what a report is worth about a random walk."""
    figure, (left, right) = panels("Share of a report that is believed, K", "Squared error before each report, R = 1")
    ratios, rows = [0.02, 0.1, 0.25, 1, 4], []
    fine = np.geomspace(0.01, 6, 60)
    line(left, fine, [random_walk_filter(ratio, 1)[1] for ratio in fine])
    line(right, fine, [random_walk_filter(ratio, 1)[0] for ratio in fine])
    for moves, noise in ((1, 1), (1, 4), (0.25, 1)):
        rows.append(row(f"Q {moves}, R {noise}", "K at rest", random_walk_filter(moves, noise)[1], gain_at_rest(moves, noise)))
    left.plot(ratios, [gain_at_rest(ratio, 1.0) for ratio in ratios], "o", ms=5, mfc="white", mew=1.6, color=COLOURS[0])
    errors = [[walk_error(ratio, 1.0, walk) for walk in range(40)] for ratio in ratios]
    points(right, ratios, errors)
    rows.append(row("Q .25, R 1", "P, squared error before a report", random_walk_filter(0.25, 1)[0], errors[2]))
    for axis in (left, right):
        axis.set(xscale="log", xlabel="how far the need moves between reports, Q/R")
    right.set_yscale("log")
    return figure, rows


def gain_at_rest(moves: float, noise: float) -> float:
    """By how much of the difference a belief moves once it has heard two hundred reports."""
    belief = Belief(noise)
    for step in range(200):
        belief.age(moves)
        gain = belief.hear([step + 1.0, 0.0, 0.0])
    return float(gain)


def news() -> Played:
    """Case 10: the age of what is known."""
    figure, (axis,) = panels("Squared error of what marketing believes, with exact reports every T weeks")
    often, fine, rows = [1, 2, 4, 8, 13], np.arange(1, 14), []
    for number, (by, first) in enumerate((("meetings", 1), ("research", 0))):
        exact = {every: staleness_by_days(0.1 / 7, first, 7 * every - 1 + first) for every in range(1, 14)}
        line(axis, fine, [exact[every] for every in fine], number, label=f"{by}, counted by days")
        played = [[squared_error(0.1, every, by, seed) for seed in WORLDS[:12]] for every in often]
        points(axis, often, played, number)
        rows += [row(f"{by} every {every} wk, k .1", "mean squared error", exact[every], played[often.index(every)]) for every in (1, 4)]
    own = [squared_error(0.3, 2, "meetings", seed) for seed in WORLDS[:12]]
    rows.append(row("meetings every 2 wk, k .3", "mean squared error", staleness_by_days(0.3 / 7, 1, 14), own))
    axis.plot(fine, [mean_staleness(0.1, every) for every in fine], ":", color=INK, lw=1.2, label="continuous time")
    axis.legend()
    axis.set(xlabel="weeks between reports, T", ylabel="share of the need's variance", ylim=(0, None))
    return figure, rows


def trust() -> Played:
    """Case 12: trust that is lost faster than won."""
    figure, (left, right) = panels("Marketing's trust in sales at rest", "The way there from .9, λ 2")
    shares, fine, rows = [0.3, 0.5, 0.7, 0.8, 0.9], np.linspace(0.2, 0.97, 60), []
    for number, harshness in enumerate((1, 2, 3)):
        line(left, fine, trust_at_rest(fine, harshness), number, label=f"λ {harshness}")
        played = [[play(only_follow_up(good, harshness), seed).kpis["trust_marketing_in_sales"] for seed in WORLDS[:6]] for good in shares]
        points(left, shares, played, number)
        for good, one in zip(shares, played, strict=True):
            if (good, harshness) in ((0.7, 2), (0.8, 2), (0.5, 1), (0.9, 3)):
                rows.append(row(f"π {good:g}, λ {harshness}", "trust at rest", float(trust_at_rest(good, harshness)), one))
    days, some = np.arange(42), [8, 14, 20, 27, 34, 41]
    for number, good in enumerate((0.4, 0.7, 0.85)):
        made = only_follow_up(good, 2, 0.005, 20.0).but({"run.weeks": 6, "run.warm_up": 0})
        ways = np.array([play(made, seed).days["trust_marketing_in_sales"] for seed in WORLDS[:20]])
        line(right, days, trust_after(np.maximum(0, days - 7), good, 2, (20.0, 0.005, 0.9)), number, label=f"π {good:g}")
        points(right, some, [ways[:, day] for day in some], number)
    left.set(xlabel="share of leads that are called, π")
    right.set(xlabel="day (leads are judged when a week old)")
    left.legend()
    right.legend()
    return figure, rows


def experience() -> Played:
    """Case 13: counts that fade."""
    figure, (left, right) = panels("Calls remembered, 20 a week", "Calls remembered at rest, in weeks")
    weeks, fine, rows = [2, 5, 10, 20, 40, 80], np.linspace(0, 80, 81), []
    for number, memory in enumerate((0.8, 0.9, 0.95)):
        played = np.array([calls_remembered(20.0, memory, seed, weeks) for seed in WORLDS[:12]])
        line(left, fine, remembered(20, memory, fine), number, label=f"φ {memory:g}")
        points(left, weeks, list(played.T), number)
        points(right, [memory], [played[:, -1] / 20], number)
        told = (f"φ {memory:g}, 20 calls a week", "weeks' worth of calls after 80 weeks")
        rows.append(row(*told, remembered(1, memory, 80), played[:, -1] / 20))
    phi = np.linspace(0.7, 0.96, 60)
    right.plot(phi, 1 / (1 - phi), color=INK, lw=1.2, zorder=1)
    left.set(xlabel="weeks")
    left.legend()
    right.set(xlabel="share left after a week, φ")
    return figure, rows


def calls_remembered(calls: float, memory: float, seed: int, weeks: list[int]) -> list[float]:
    """What a rep's counts add up to at the end of some weeks, without the past he was given."""
    model, found = SalesMarketingModel(only_experience(calls, 0.3, memory, max(weeks)), seed), []
    past = (model.world.reps["lead_good"] + model.world.reps["lead_bad"]).sum()
    for week in range(1, max(weeks) + 1):
        model.run_for(7)
        if week in weeks:
            now = (model.world.reps["lead_good"] + model.world.reps["lead_bad"]).sum()
            found.append(float(now - past * memory**week) / 2 / memory)
    return found


def arrivals() -> Played:
    """Case 25: thinned streams."""
    figure, (axis,) = panels("Days with so many leads that have an owner, of a stream of ten a day")
    rows = []
    for number, share in enumerate((0.2, 0.5, 0.9)):
        counts = daily(only_arrivals(10.0, **{"leads.unowned": 1 - share}), WORLDS[:8], owned)
        many = np.arange(22)
        line(axis, many, stats.poisson.pmf(many, 10 * share), number, label=f"p {share:g}")
        seen = np.array([np.mean(counts == one) for one in many])
        half = 1.96 * np.sqrt(seen * (1 - seen) / len(counts))
        axis.errorbar(many, seen, half, fmt="o", ms=4, mfc="white", mew=1.4, capsize=2, color=COLOURS[number], zorder=3)
        rows.append(row(f"λ 10 a day, p {share:g}", "mean a day", 10 * share, list(counts)))
        rows.append(row(f"λ 10 a day, p {share:g}", "variance over mean", 1, float(counts.var(ddof=1) / counts.mean())))
    axis.legend()
    axis.set(xlabel="leads a day", ylabel="share of 3,360 days")
    return figure, rows


def luck() -> Played:
    """Case 26: the same luck."""
    figure, (left, right) = panels("Revenue of two like firms, thousands", "Variance of the difference, paired/unpaired")
    sides, rows = pair(), []
    one, other = (np.array([run.kpis["revenue"] for run in side]) / 1000 for side in sides)
    left.plot(one, np.roll(other, 1), "x", ms=5, color=COLOURS[1], label="each in a world of its own")
    left.plot(one, other, "o", ms=5, mfc="white", mew=1.6, color=COLOURS[0], label="both in the same world")
    left.set(xlabel="age of 10% of leads seen", ylabel="age of 11% seen")
    left.legend(loc="upper center", bbox_to_anchor=(0.5, -0.16), ncols=2)
    line(right, [0, 1], [1, 0])
    for name in ("leads", "revenue", "opportunities", "win_rate", "contribution", "selling_hours"):
        x, y = (np.array([run.kpis[name] for run in side]) for side in sides)
        total = x.var(ddof=1) + y.var(ddof=1)
        shared, left_over = 2 * np.cov(x, y)[0, 1] / total, (y - x).var(ddof=1) / total
        right.plot(shared, left_over, "o", ms=5, mfc="white", mew=1.6, color=COLOURS[0])
        rows.append(row(f"age seen 10 or 11%, r {shared:.3f}", f"paired variance of {name}", 1 - shared, left_over))
    right.set(xlabel="correlation r in the same worlds")
    return figure, rows


def names() -> Played:
    """Case 27: names and units."""
    figure, (left, right) = panels("Trust of each rep, week by week", "Amounts of money of a run")
    order, rows, made = (2, 3, 1, 0), [], without_own_luck()
    worlds = [played_with(places, made.but({"run.weeks": weeks}), 6).world.reps
              for weeks in (13, 26, 39) for places in ((0, 1, 2, 3), order)]
    before, after = worlds[::2], worlds[1::2]
    for number in range(4):
        xs, ys = [one["trust"][number] for one in before], [one["trust"][order[number]] for one in after]
        left.plot(xs, ys, "os^D"[number], ms=6, mfc="white", mew=1.6, color=COLOURS[number], label=f"rep {number}, then {order[number]}")
        rows.append(row(f"rep {number} becomes {order[number]}", "trust after 39 weeks", float(xs[-1]), float(ys[-1])))
    left.axline((0.4, 0.4), slope=1, color=INK, lw=1, zorder=0)
    left.set(xlabel="under the old name", ylabel="under the new name")
    left.legend()
    plain = play(made, 8).kpis
    for number, times in enumerate((1024.0, 7.3)):
        scaled = play(in_unit(made, times), 8).kpis
        there = [name for name in money_figures(made) if plain[name] > 0]
        right.loglog([plain[name] for name in there], [scaled[name] for name in there], "o", ms=5, mfc="white", mew=1.6,
                     color=COLOURS[number], label=f"unit 1/{times:g}")
        right.axline((1e4, 1e4 * times), (1e5, 1e5 * times), color=COLOURS[number], lw=1)
        rows.append(row(f"unit 1/{times:g}", "revenue, times", times, scaled["revenue"] / plain["revenue"]))
    right.set(xlabel="in the old unit", ylabel="in the new unit")
    right.legend()
    return figure, rows


CASES: dict[str, Callable[[], Played]] = {
    "messages": messages, "walks": walks, "news": news, "trust": trust, "experience": experience, "arrivals": arrivals, "luck": luck,
    "names": names,
}
