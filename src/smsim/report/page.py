"""The page: verdicts in words, the figures, the pictures, what differs, how sure it is, and where it comes from."""

from __future__ import annotations

import base64
import contextlib
import functools
import math
import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import jinja2
import vl_convert
from markupsafe import Markup

from smsim.core.cache import cache_folder
from smsim.experiment.intervals import CONFIDENCE
from smsim.report import steps, verdicts
from smsim.report.answers import answers
from smsim.report.figures import GLYPHS, figures
from smsim.report.findings import Findings
from smsim.report.look import BLUE, look
from smsim.report.mattering import Mattering, as_they_stand
from smsim.report.pictures import REASONS, Picture
from smsim.report.reached import counted, reached
from smsim.report.settings import differing
from smsim.report.statistics import SPREAD, mean_interval, variance_ratio
from smsim.report.takeaways import mattering
from smsim.report.wording import label, listed, sentence

#: Most scenarios that stand side by side in the table of figures; more become rows.
ACROSS, SHOWN = 4, 5


@dataclass(frozen=True)
class Result:
    """What is said of one scenario at the head of the page."""

    scenario: str
    describe: str
    colour: str
    verdict: str
    glyph: str
    says: list[tuple[str, str]]


def write_page(findings: Findings, pictures: list[Picture], path: Path) -> Path:
    """Write the page; it loads nothing from anywhere."""
    return fill("report.html.j2", _content(findings, pictures), path)


def fill(template: str, content: dict[str, Any], path: Path) -> Path:
    """Write a page from a template and what stands in it."""
    room = jinja2.Environment(loader=jinja2.PackageLoader("smsim.report"), autoescape=True, trim_blocks=True, lstrip_blocks=True,
                              undefined=jinja2.StrictUndefined)
    path.write_text(room.get_template(template).render(**content), encoding="utf-8")
    return path


def _content(findings: Findings, pictures: list[Picture]) -> dict[str, Any]:
    firms = as_they_stand(findings)
    across = len(firms.scenarios) <= ACROSS
    rows = figures(firms, None if across else SHOWN)
    return {
        "findings": findings, "title": title(findings), "setting": setting(findings), "results": results(findings),
        "reached": reached(findings),
        "figures": rows if across else list(zip(*rows, strict=True)), "across": across, "glyphs": GLYPHS,
        **drawn(pictures),
        "reasons": reasons(findings), "differing": differing(firms), "describe": _descriptions(firms),
        "sure": sure(firms), "matters": _matters(findings),
        "provenance": provenance(findings), "failures": failures(findings),
    }


def drawn(pictures: list[Picture]) -> dict[str, Any]:
    """The pictures of a page, still and alive, and what makes them live."""
    told = [{"name": picture.name, "title": _title_of(picture), "caption": picture.caption, "image": _image(picture),
             "tall": picture.height > 0.75 * picture.width} for picture in pictures]
    return {"pictures": told, "specs": {picture.name: picture.spec for picture in pictures}, "vega": Markup(_vega())}


def reasons(findings: Findings) -> list[dict[str, Any]]:
    """Why the scenarios differ, as tables of words."""
    return [{"title": steps.title(each), "how": steps.how(each), **dict(zip(("heads", "rows"), steps.table(each), strict=True))}
            for each in steps.every(findings)[:REASONS]]


def _matters(findings: Findings) -> list[tuple[str, list[str], list[list[str]]]]:
    """What matters: for each figure its name, the heads of its table, and a row for each setting."""
    asked = answers(findings)
    if not isinstance(asked, Mattering):
        return []
    return [(label(kpi), mattering.heads(asked), mattering.lines(asked, kpi)) for kpi in asked.measure]


@functools.cache
def _vega() -> str:
    """Everything that draws, in one script; it needs no network. Putting it together takes a second: it is kept."""
    folder = cache_folder("report")
    kept = folder / f"vega-{version("vl-convert-python")}.js" if folder else None
    if kept is not None and kept.exists():
        return kept.read_text(encoding="utf-8")
    script = str(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;"))
    if kept is not None:
        with contextlib.suppress(OSError):
            new = kept.with_suffix(f".{os.getpid()}")
            new.write_text(script, encoding="utf-8")
            new.replace(kept)
    return script


def title(findings: Findings) -> str:
    """What was played, as the title of the page."""
    asked = answers(findings)
    if asked is not None:
        return sentence(str(asked.asked["describe"] or asked.asked["name"]))
    others = findings.others
    if not others:
        return findings.baseline
    if len(others) > 3:
        return f"{findings.baseline} and {len(others)} other scenarios"
    return f"{findings.baseline} against {listed(others)}" if not findings.differences.empty else listed(findings.scenarios)


def setting(findings: Findings) -> str:
    """How much was played, in one line."""
    weeks = (int(findings.days["day"].max()) + 1) // 7 if not findings.days.empty else 0
    parts = [counted(findings)]
    parts += [f"{weeks} weeks each"] if weeks else []
    parts += [f"the first {findings.warm_up_days / 7:g} weeks are warm-up and not counted"] if findings.warm_up_days else []
    return ", ".join(parts)


def results(findings: Findings) -> list[Result]:
    """A verdict per scenario; where nothing was compared, what each scenario earns; the answers to a question."""
    asked = answers(findings)
    if asked is not None:
        return [Result(sentence(label(kpi)), "", BLUE, "", "", asked.says(kpi)) for kpi in asked.measure]
    colours = dict(zip(findings.scenarios, look(findings).colours, strict=True))
    describe = _descriptions(findings)
    told = verdicts.verdicts(findings)
    found = []
    for scenario in findings.others if told else findings.scenarios:
        own = [each for each in told if each.scenario == scenario]
        if told and not own:
            continue
        says = [(each.says, each.numbers) for each in own] or _earns(findings, scenario)
        verdict = own[0].verdict if own else ""
        found.append(Result(scenario, describe.get(scenario, ""), colours[scenario], verdict, GLYPHS.get(verdict, ""), says))
    return found


def _earns(findings: Findings, scenario: str) -> list[tuple[str, str]]:
    said = []
    for name in findings.columns(*verdicts.DECISIVE):
        values = findings.values(scenario, name)
        mean, low, high = mean_interval(values)
        numbers = "One run only: no interval."
        if not math.isnan(low):
            ends = [findings.said(float(values.quantile(share)), name) for share in ((1 - SPREAD) / 2, (1 + SPREAD) / 2)]
            numbers = (f"95% interval of the mean {findings.said(low, name)} to {findings.said(high, name)}; "
                       f"four of five runs lie between {ends[0]} and {ends[1]}.")
        said.append((f"{label(name).capitalize()} is {findings.said(mean, name)} per run on average.", numbers))
    return said


def sure(findings: Findings, *, bands: bool = True) -> list[str]:
    """How sure the figures are, in sentences; what the bands mean where they are drawn."""
    count = findings.replications
    runs = counted(findings)
    said = [f"{runs}: the same company in {count} different worlds." if count > 1 else
            f"{runs}: a single run says nothing about luck, so there are no intervals. Play more with --replications."]
    if count > 1 and bands:
        said.append(f"The light band, spread of runs, is where {SPREAD:.0%} of the runs lie: what luck does to one company. "
                    f"The dark band, uncertainty of the mean, is the {CONFIDENCE:.0%} interval (Student's t) of the average: "
                    "more runs narrow it.")
    if findings.differences.empty:
        return said
    said.append("Scenarios are paired: a replication of one is played in the same world, on the same luck, as that of the other. "
                "Differences are taken world by world, so luck that both share cancels.")
    saved = [_saved(findings, name) for name in findings.others[:3]]
    said += [text for text in saved if text]
    said.append(f"A difference inside ±{100 * findings.band:g}% of the baseline is called no difference that matters. "
                "The intervals are about luck alone: they do not say how well the model fits a real company.")
    return said


def _saved(findings: Findings, scenario: str) -> str:
    name = next(iter(findings.columns(*verdicts.DECISIVE)), "")
    if not name:
        return ""
    ratio = variance_ratio(findings.values(scenario, name), findings.values(findings.baseline, name))
    if math.isnan(ratio) or ratio <= 0:
        return ""
    worth = f"as good as {1 / ratio:,.0f} times as many unpaired runs" if ratio < 0.7 else "pairing hardly helps here"
    return f"{scenario}: the paired difference in {label(name)} has {ratio:.1%} of the variance of unpaired runs; {worth}."


def provenance(findings: Findings) -> list[tuple[str, str]]:
    """What is needed to make everything again."""
    told = findings.provenance
    seed = told.get("seed", "")
    if isinstance(seed, Mapping):
        kinds = dict.fromkeys(str(each) for each in seed.values())
        seed = next(iter(kinds)) if len(kinds) == 1 else ", ".join(f"{name}: {each}" for name, each in seed.items())
    rows = [
        ("Played by", findings.made_by), ("Drawn by", findings.command), ("Seed", str(seed)),
        ("Plan", str(told.get("plan_hash") or "")), ("Started", str(told.get("start") or told.get("started") or "")),
        ("Took", f"{float(told['seconds']):,.0f} s" if told.get("seconds") else ""),
        ("Versions", _together(told.get("versions"))),
        ("Machine", _together(told.get("machine"))),
    ]
    return [(name, words) for name, words in rows if words]


def _together(told: Any) -> str:
    return ", ".join(f"{key} {value}" for key, value in told.items()) if isinstance(told, Mapping) else ""


def failures(findings: Findings) -> list[tuple[str, int, str]]:
    """The replications that failed: scenario, replication, error."""
    columns = ("scenario", "replication", "error")
    table = findings.failures
    return list(table[list(columns)].itertuples(index=False, name=None)) if not table.empty else []


def _descriptions(findings: Findings) -> dict[str, str]:
    return {name: str(tree.get("describe") or "").strip() for name, tree in findings.trees.items()}


def _title_of(picture: Picture) -> str:
    text = picture.spec.get("title", {}).get("text", "")
    return " ".join(text) if isinstance(text, list) else str(text)


def _image(picture: Picture) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(picture.svg.encode("utf-8")).decode("ascii")
