"""What a deck says, slide by slide: the decision, what it rests on, why, what differs, how sure it is, how to make it again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from smsim.compare import BETTER
from smsim.report import page, verdicts
from smsim.report.answers import Answers, answers
from smsim.report.charts.forest import relative_differences
from smsim.report.figures import Figure, figures
from smsim.report.findings import Findings
from smsim.report.settings import NOTHING, differing
from smsim.report.takeaways import charts, mattering, reasons
from smsim.report.takeaways.questions import answer
from smsim.report.takeaways.shapes import Chart, Part, Slide, Table, Words
from smsim.report.wording import listed

#: What can be read on a slide: rows of a table, scenarios beside the baseline, scenarios one below the other, figures of a question.
LINES, ACROSS, LISTED, MEASURED = 11, 3, 6, 4
#: The two slides of differences.
EARNS = ("contribution", "revenue", "deals_won", "win_rate")
ON_THE_WAY = ("never_worked_share", "first_response_hours_median", "lead_half_life_hours", "cold_share")
LIMITS = (
    ("Not a forecast. ", "Signs and orders of magnitude follow from stated assumptions. Most defaults are judgement; nothing is fitted to "
                         "this firm."),
    ("The interval is about luck alone. ", "It says how well the model's own average is known, not whether the model is right: the larger "
                                           "doubt."),
    ("Before acting, ", "vary what is assumed and see whether the sign stays: `smsim experiment assumptions`, or --vary on the settings "
                        "you doubt."),
)

Maker = Callable[[Findings], Iterable[Slide]]


def slides(findings: Findings) -> list[Slide]:
    """Every slide for which the folder holds the data, in order."""
    return [slide for make in MAKERS for slide in make(findings)]


def charts_of(findings: Findings) -> list[Chart]:
    """The charts of all slides, in order."""
    return [part for slide in slides(findings) for part in slide.parts if isinstance(part, Chart)]


def decision(findings: Findings) -> tuple[str, str]:
    """The decision in a sentence, and how sure it is in another."""
    told = page.results(findings)
    if answers(findings) is not None or findings.differences.empty or not told:
        head = told[0].says[0] if told and told[0].says else (page.title(findings), "")
        name = f"{told[0].scenario}: " if told and answers(findings) is None and len(findings.scenarios) > 1 else ""
        return f"{name}{head[0]}".removesuffix("."), head[1]
    own = [each for each in verdicts.verdicts(findings) if each.kpi == verdicts.verdicts(findings)[0].kpi]
    better = [each for each in own if each.verdict == BETTER]
    if not better and len(own) > 1:
        return verdicts.forest_title(findings), f"{own[0].scenario}: {own[0].numbers}"
    best = max(better or own, key=lambda each: _gap(findings, each))
    others = listed([each.scenario for each in better if each is not best][:4])
    more = f" Also better: {others}; the highest of several is partly luck." if others else ""
    return f"{best.scenario} against {findings.baseline}: {best.says[:1].lower()}{best.says[1:]}".removesuffix("."), best.numbers + more


def best(findings: Findings) -> str:
    """The scenario that differs most for the better on the figure to decide on; empty where nothing was compared."""
    told = verdicts.verdicts(findings)
    own = [each for each in told if each.kpi == told[0].kpi]
    return max(own, key=lambda each: _gap(findings, each)).scenario if own else ""


def _gap(findings: Findings, told: verdicts.Verdict) -> float:
    row = findings.difference(told.scenario, told.kpi)
    return float(row["difference"]) if row is not None else 0.0


def _opening(findings: Findings) -> Iterator[Slide]:
    asked = answers(findings)
    if asked is not None:
        varied = [(f"{key}: ", ", ".join(asked.words(key))) for key in asked.factors[:LINES]]
        yield Slide(page.title(findings), f"{page.setting(findings)}.", [Words(varied)])
        return
    described = [(f"{name}: ", " ".join(text.split())[:160]) for name in findings.scenarios[:4]
                 if (text := str(findings.trees.get(name, {}).get("describe") or ""))]
    yield Slide(page.title(findings), f"{page.setting(findings)}.", [Words(described)] if described else [])


def _decided(findings: Findings) -> Iterator[Slide]:
    asked = answers(findings)
    said, sure = decision(findings)
    if asked is not None:
        told = [(f"{asked.sentence(kpi)} ", asked.ends(kpi)) for kpi in asked.measure[:MEASURED]]
        yield Slide(said, "", [Words(told)])
        return
    paired = "; below, the paired difference from the baseline, with its 95% interval" if not findings.differences.empty else ""
    foot = f"Mean of the runs, ± its 95% interval{paired}. {charts.drawn(findings, LISTED)}".strip()
    yield Slide(said, sure, [key_figures(findings)], foot)


def key_figures(findings: Findings) -> Table:
    """The headline figures as the page has them: scenarios side by side, or, where they are many, one below the other."""
    rows = figures(findings)
    if len(findings.scenarios) <= ACROSS + 1:
        heads = ["", *findings.scenarios]
        return Table(heads, [[row[0].label, *map(_cell, row)] for row in rows[:6]], [1.3, *[1.2] * len(findings.scenarios)])
    three = rows[:3]
    best = charts.shown(findings, LISTED)
    table = [[own[0].scenario, *map(_cell, own)] for own in zip(*three, strict=True) if own[0].scenario in best]
    return Table(["", *(row[0].label for row in three)], table, [1.3, *[1.2] * len(three)])


def _cell(figure: Figure) -> str:
    if not figure.change:
        return f"{figure.mean} {figure.give_or_take}".strip()
    return f"{figure.mean}\n{figure.change} ({figure.interval}) {figure.glyph}".strip()


def _differences(findings: Findings) -> Iterator[Slide]:
    if findings.differences.empty or answers(findings) is not None:
        return
    for title, kpis in ((verdicts.forest_title(findings), EARNS), (f"On the way: what changes against {findings.baseline}", ON_THE_WAY)):
        chart = charts.differences(findings, findings.columns(*kpis))
        if chart is not None:
            below = f"{findings.many} worlds; each scenario against {findings.baseline} in the same world."
            yield Slide(title, below, [chart], chart.note)


def _answered(findings: Findings) -> Iterator[Slide]:
    asked = answers(findings)
    for kpi in asked.measure[:MEASURED] if asked is not None else ():
        assert isinstance(asked, Answers)
        chart = answer(asked, kpi)
        yield Slide(asked.sentence(kpi).removesuffix("."), asked.ends(kpi), [chart], chart.note)


def _revenue(findings: Findings) -> Iterator[Slide]:
    if answers(findings) is not None:
        return
    both = [chart for chart in (charts.revenue(findings), charts.gained(findings)) if chart is not None]
    if both:
        warm = f"The first {findings.warm_up_days // 7} weeks are warm-up and not counted. " if findings.warm_up_days else ""
        yield Slide(verdicts.revenue_title(findings), _gained(findings), list(both),
                    warm + " ".join(chart.note for chart in both if chart.note))


def _gained(findings: Findings) -> str:
    table = relative_differences(findings)
    rows = table[(table["kpi"] == "revenue") & table["scenario"].isin(charts.shown(findings, charts.LINES))] if not table.empty else table
    told = [f"{row['scenario']} {' '.join(str(row['words']).split())}" for _, row in rows.iterrows()]
    return f"Revenue against {findings.baseline}: {listed(told)}." if told else ""


def _fates(findings: Findings) -> Iterator[Slide]:
    if answers(findings) is not None:
        return
    name = best(findings) or next(iter(findings.others), "")
    both: list[Part] = [chart for chart in (charts.fates(findings), charts.bridge(findings, name) if name else None) if chart is not None]
    if both:
        foot = (f"Right: {name} against {findings.baseline}; alive: still open, or won. Blue: fewer die of it; vermillion: more do. "
                "The steps add up to the last column.")
        yield Slide(verdicts.causes_title(findings), _alive(both, charts.days(findings)), both, foot if len(both) > 1 else "")


def _alive(drawn: list[Part], days: str) -> str:
    """Of a hundred leads, how many are alive in the two scenarios of a waterfall."""
    told = [(chart.categories, chart.series[1].values) for chart in drawn if isinstance(chart, Chart) and chart.name == "bridge"]
    ends = [f"{number:.1f} are {names[at]}" for names, values in told for at in (0, -1) if (number := values[at]) is not None]
    return f"Of 100 leads, {', '.join(ends)} {days} days after they came." if ends else ""


def _settings(findings: Findings) -> Iterator[Slide]:
    asked = answers(findings)
    if asked is not None:
        rows = [[key, ", ".join(asked.words(key))] for key in asked.factors]
        yield Slide("What was varied", f"{len(asked.firms)} firms.", [_cut(Table(["setting", "values"], rows, [1.0, 1.6]))])
        return
    table = settings(findings, charts.shown(findings, ACROSS + 1)[1:])
    if table.rows:
        count = len(table.rows)
        below = f"{count} setting{'s' if count > 1 else ''}; everything else is the same. {charts.drawn(findings, ACROSS + 1)}".strip()
        yield Slide(f"What differs from {findings.baseline}", below, [_cut(table)])


def settings(findings: Findings, names: list[str]) -> Table:
    """The settings in which these scenarios differ from the baseline: a row for each, a column per scenario."""
    found = {name: {each.key: each for each in own} for name, own in differing(findings).items() if name in names}
    keys = {key: each.baseline for own in found.values() for key, each in own.items()}
    rows = [[key, base, *(found[name][key].here if key in found.get(name, {}) else base for name in names)] for key, base in keys.items()]
    told = [[cell or NOTHING for cell in row] for row in rows]
    return Table(["setting", findings.baseline, *names], told, [1.5, *[1.0] * (len(names) + 1)])


def _cut(table: Table) -> Table:
    if len(table.rows) <= LINES:
        return table
    rest = [f"… and {len(table.rows) - LINES + 1} more; `smsim diff` and the workbook have them all"]
    return Table(table.heads, [*table.rows[:LINES - 1], [*rest, *[""] * (len(table.heads) - 1)]], table.widths)


def _sure(findings: Findings) -> Iterator[Slide]:
    known = Words([("", text) for text in page.sure(findings, bands=False)])
    yield Slide("How sure this is, and what it cannot tell", "", [known, Words(list(LIMITS))])


def _again(findings: Findings) -> Iterator[Slide]:
    told = [(f"{name}: ", words) for name, words in page.provenance(findings)]
    failed = page.failures(findings)
    told += [("Failed: ", f"{len(failed)} replications; they are not in any figure")] if failed else []
    yield Slide("How to make this again", "The same command, version and seed give the same numbers to the last bit.", [Words(told)])


#: What makes slides, in the order of the deck. A maker gives none where the folder has not what it tells of: one more is one more line.
MAKERS: tuple[Maker, ...] = (
    _opening, _decided, _differences, reasons.slides, _answered, mattering.slides, _revenue, _fates, _settings, _sure, _again,
)
