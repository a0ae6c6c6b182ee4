"""Fills docs/findings.md: tables and pictures between markers, from the CSV files; words outside the markers stay."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from smsim.report import markers
from smsim.report.wording import label
from studies import tables
from studies.pictures import PICTURES, worlds_played

Frames = Mapping[str, pd.DataFrame]
_OF_NEVER, _OF_THE_GAIN = "% of the mean of the same firm that never meets", "% of the gain"
_LESS = "less that of the full model in the same worlds, in % of the full model's mean without meetings"
COMMAND = "make study"


def fill(template: Path, docs: Path, names: Iterable[str]) -> None:
    """Write the page with the blocks of these questions made anew."""
    text = template.read_text(encoding="utf-8")
    frames = {path.stem: tables.read(path) for path in sorted((docs / "findings").glob("*.csv"))}
    for name in names:
        needed = ["rhythm", "direction"] if name == "direction" else [name]
        if all(one in frames for one in needed):
            text = between(text, name, "\n".join([*BLOCKS[name](frames), *shown(name, frames, docs)]))
    docs.mkdir(parents=True, exist_ok=True)
    (docs / template.name).write_text(text, encoding="utf-8")


def between(text: str, name: str, made: str) -> str:
    """The text with another inside of a pair of markers. Raises ValueError where the page has no such pair."""
    return markers.between(text, f"<!-- study: {name} -->", f"<!-- end of {name} -->", f"\n{made}\n")


def shown(name: str, frames: Frames, docs: Path) -> list[str]:
    """The pictures of a question, with how to read them, and where its numbers are."""
    lines = []
    for picture in PICTURES:
        if picture.belongs == name and (docs / "pictures" / f"{picture.file}.svg").exists():
            lines += [f"![{picture.title}](pictures/{picture.file}.svg)", "",
                      f"*{picture.caption} {worlds_played(frames[name])} worlds of each firm; `{COMMAND}`.*", ""]
    return [*lines, f"All figures: [findings/{name}.csv](findings/{name}.csv).", ""]


def _headed(found: pd.DataFrame, kpi: str, words: str, rows: Sequence[str], column: str) -> list[str]:
    unit = "share" if words == _OF_THE_GAIN else "percent"
    return [f"{label(kpi).capitalize()}, {words}:", "", *grid(found[found["kpi"] == kpi], rows, column, unit), ""]


def _rhythm(frames: Frames) -> list[str]:
    found = frames["rhythm"]
    lines = [line for kpi in ("contribution", "revenue") for line in _headed(found, kpi, _OF_NEVER, ["firm"], "every")]
    for firm, own in found.groupby("firm", sort=False):
        told = own.assign(figure=[label(kpi) for kpi in own["kpi"]], never=[plain(value) for value in own["baseline_mean"]])
        lines += [f"`{firm}`, in the units of [the key figures](reference/kpis.md), more or less than never:", "",
                  *grid(told, ["figure", "never"], "every", "difference"), ""]
    return lines


def _direction(frames: Frames) -> list[str]:
    found = pd.concat([frames["rhythm"], frames["direction"]])
    return [line for kpi in ("contribution", "revenue") for line in _headed(found, kpi, _OF_NEVER, ["firm", "every"], "arm")]


def _channels(frames: Frames) -> list[str]:
    return [line for words in (_OF_NEVER, _OF_THE_GAIN)
            for line in _headed(frames["channels"], "contribution", words, ["firm", "every"], "arm")]


def _ablations(frames: Frames) -> list[str]:
    found = frames["ablations"].rename(columns={"setting": "what is left out"})
    return [line for arm, words in (("gain", _OF_NEVER), ("gain less full model's", _LESS))
            for line in _headed(found[found["arm"] == arm], "contribution", words, ["firm", "what is left out"], "every")]


def _ranges(frames: Frames) -> list[str]:
    found = frames["ranges"]
    told = found.assign(never=[plain(value) for value in found["baseline_mean"]])
    return _headed(told, "contribution", _OF_NEVER, ["firm", "setting", "value", "never"], "every")


def _corner(frames: Frames) -> list[str]:
    found = frames["corner"].rename(columns={"value": "tolerance, drift"})
    told = found.assign(how=found["arm"] + ", " + found["every"], never=[plain(value) for value in found["baseline_mean"]])
    return _headed(told, "contribution", _OF_NEVER, ["firm", "tolerance, drift", "never"], "how")


#: What stands between the markers of each question.
BLOCKS: Mapping[str, Callable[[Frames], list[str]]] = {
    "rhythm": _rhythm, "direction": _direction, "channels": _channels, "ablations": _ablations, "ranges": _ranges, "corner": _corner,
}


def grid(found: pd.DataFrame, rows: Sequence[str], column: str, unit: str) -> list[str]:
    """A Markdown table: one row for each value of `rows`, one column for each of `column`."""
    ends = {"percent": ("percent", "percent_low", "percent_high"), "share": ("share", "share_low", "share_high"),
            "difference": ("difference", "low", "high")}[unit]
    columns = list(dict.fromkeys(found[column]))
    cells: dict[tuple[str, ...], dict[str, str]] = {}
    for row in found.to_dict("records"):
        cells.setdefault(tuple(row[name] for name in rows), {})[row[column]] = said(*(row[end] for end in ends))
    lines = [[*rows, *columns], ["---"] * (len(rows) + len(columns))]
    lines += [[*head, *(told.get(name, "–") for name in columns)] for head, told in cells.items()]
    return ["| " + " | ".join(line) + " |" for line in lines]


def said(middle: float, low: float, high: float) -> str:
    """A mean with half its interval, to two digits of the half; in italics where the interval holds zero."""
    if not all(map(math.isfinite, (middle, low, high))):
        return "–"
    half = (high - low) / 2
    if half <= 1e-6 * abs(middle):
        return f"{middle:+,.6g}".replace("-", "−") if middle else "0"
    digits = 1 - math.floor(math.log10(half))
    decimals, rounded = max(0, digits), round(middle, digits)
    text = f"{f'{rounded:+,.{decimals}f}' if rounded else '0'} ± {round(half, digits):,.{decimals}f}".replace("-", "−")
    return f"*{text}*" if low <= 0 <= high else text


def plain(value: float) -> str:
    """A mean to four digits."""
    return "–" if not math.isfinite(value) else f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
